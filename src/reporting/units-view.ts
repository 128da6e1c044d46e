import type { Unit } from '../org/unit';

/** What reporting needs of the tree of units; `UnitTree` is one. Immutable: a changed organisation is another object. Days are `YYYY-MM-DD` of Viet Nam. */
export interface UnitsView {
  /** Null for a code that does not exist, or not on that day. */
  get(code: string, day: string): Unit | null;
  roots(day: string): readonly Unit[];
  children(code: string, day: string): readonly Unit[];
  /** The unit and everything below it, parents before children; empty when it is not there that day. */
  within(code: string, day: string): readonly Unit[];
  /** Units that ended by becoming part of this one, as they last were. */
  mergedFrom(code: string): readonly Unit[];
  /** Whether the unit is or ever was `ancestor` or below it. */
  isWithinEver(code: string, ancestor: string): boolean;
  /** Codes of every unit that is or ever was `ancestor` or below it. */
  everWithin(ancestor: string): readonly string[];
  isWithin(code: string, ancestor: string, day: string): boolean;
}

/** The units of that day out of which this one came by mergers; empty where it came from none, whether or not it was there itself. What was split is in nobody's sum. */
export function cameFrom(
  units: UnitsView,
  code: string,
  day: string,
  seen: ReadonlySet<string> = new Set(),
): Unit[] {
  const known = new Set(seen).add(code);
  return units
    .mergedFrom(code)
    .filter((before) => !known.has(before.code))
    .flatMap((before) => units.get(before.code, day) ?? cameFrom(units, before.code, day, known));
}
