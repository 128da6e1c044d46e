import { groupBy } from '../kernel/lists';
import { nextDay } from '../kernel/work-calendar';
import { holdsOn, meets, shared } from './days';
import { foldName, withoutKind } from './fold';
import { agencyNames } from './agencies';
import { type UnitLevel, UNIT_LEVELS, type UnitSpan, type UnitRecord, type Unit } from './unit';

export { dayOfPeriod, holdsOn } from './days';

/** The whole tree as it stood on one day; made once for each stretch of days on which nothing changed. */
interface Snapshot {
  readonly roots: readonly Unit[];
  readonly children: ReadonlyMap<string, readonly Unit[]>;
  readonly below: Map<string, readonly Unit[]>;
  names: ReadonlyMap<string, readonly Unit[]> | null;
}

const SNAPSHOTS_KEPT = 8;
const NONE: readonly Unit[] = Object.freeze([]);

/** The tree of units on any day. Immutable: a change of the organisation is a new tree. Lists are in order of code. */
export class UnitTree {
  private readonly units = new Map<string, readonly Unit[]>();
  private readonly changes: readonly string[];
  private readonly snapshots = new Map<number, Snapshot>();
  private merged: ReadonlyMap<string, readonly Unit[]> | null = null;

  constructor(readonly records: readonly UnitRecord[]) {
    const days = new Set<string>();
    const ordered = [...records].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
    for (const { code, level, spans } of ordered) {
      this.units.set(
        code,
        spans.map((span) => Object.freeze({ ...span, code, level })),
      );
      for (const span of spans) {
        days.add(span.validFrom);
        if (span.validTo !== null) days.add(nextDay(span.validTo, 1));
      }
    }
    this.changes = [...days].sort();
  }

  /** How many units were ever in the tree. */
  get size(): number {
    return this.units.size;
  }

  /** The unit on that day; null when there is none, or not on that day. */
  get(code: string, day: string): Unit | null {
    return this.units.get(code)?.find((unit) => holdsOn(unit, day)) ?? null;
  }

  /** The unit on that day, or as it was last before it, or as it will be first: for naming what is past or to come. */
  getNearest(code: string, day: string): Unit | null {
    const spans = this.units.get(code);
    if (!spans) return null;
    return spans.findLast((unit) => unit.validFrom <= day) ?? spans[0] ?? null;
  }

  /** From when on the unit is gone for good, and what followed it; null while it lasts, for one yet to begin, and for a code never seen. */
  endOf(code: string, day: string): { readonly since: string; readonly into: readonly string[] } | null {
    const last = this.units.get(code)?.at(-1);
    if (!last || last.validTo === null || day <= last.validTo) return null;
    return { since: nextDay(last.validTo, 1), into: last.mergedInto ?? [] };
  }

  /** Units that ended by becoming part of this one, as they last were; what was split is nobody's in whole, so it is not among them. */
  mergedFrom(code: string): readonly Unit[] {
    this.merged ??= groupBy(
      [...this.units.values()]
        .flatMap((spans) => spans.at(-1) ?? [])
        .filter((unit) => unit.mergedInto?.length === 1),
      (unit) => unit.mergedInto?.[0] ?? '',
    );
    return this.merged.get(code) ?? NONE;
  }

  /** Every span of the unit, in order of time; empty for a code never seen. */
  spansOf(code: string): readonly Unit[] {
    return this.units.get(code) ?? NONE;
  }

  /** The units without a parent on that day. */
  roots(day: string): readonly Unit[] {
    return this.at(day).roots;
  }

  children(code: string, day: string): readonly Unit[] {
    return this.at(day).children.get(code) ?? NONE;
  }

  /** The unit and everything below it that holds on that day, parents before children; empty when the unit does not hold. */
  within(code: string, day: string): readonly Unit[] {
    const snapshot = this.at(day);
    const known = snapshot.below.get(code);
    if (known) return known;
    const top = this.get(code, day);
    if (!top) return NONE;
    const found: Unit[] = [top];
    for (let i = 0; i < found.length; i += 1)
      found.push(...(snapshot.children.get((found[i] as Unit).code) ?? NONE));
    snapshot.below.set(code, found);
    return found;
  }

  /** The villages at or below the unit: of a village, itself. */
  villagesUnder(code: string, day: string): readonly Unit[] {
    return this.levelWithin(code, 'village', day);
  }

  /** The communes at or below the unit: of a commune, itself; of a village, none. */
  communesUnder(code: string, day: string): readonly Unit[] {
    return this.levelWithin(code, 'commune', day);
  }

  /** From the parent up to the root on that day; empty for the root and for a unit that does not hold. */
  ancestors(code: string, day: string): readonly Unit[] {
    const found: Unit[] = [];
    let unit = this.get(code, day);
    while (unit?.parent != null && found.length < UNIT_LEVELS.length) {
      unit = this.get(unit.parent, day);
      if (unit) found.push(unit);
    }
    return found;
  }

  /** Whether the unit is `ancestor` or lies below it on that day. */
  isWithin(code: string, ancestor: string, day: string): boolean {
    if (code === ancestor) return this.get(code, day) !== null;
    return this.ancestors(code, day).some((unit) => unit.code === ancestor);
  }

  /** Whether the unit is or ever was `ancestor` or below it, on any day: for reading what is past. */
  isWithinEver(code: string, ancestor: string): boolean {
    if (code === ancestor) return this.units.has(code);
    return this.spansOf(code).some((span) => this.reaches(span, ancestor));
  }

  /** Codes of every unit that is or ever was `ancestor` or below it. */
  everWithin(ancestor: string): readonly string[] {
    return [...this.units.keys()].filter((code) => this.isWithinEver(code, ancestor));
  }

  /**
   * The units called exactly so on that day, marks, case and the word of their kind aside («tan hoa», «xã Tân Hoà»);
   * inside `under` and of `level` when given. Never a near match: one letter off is another village.
   * More than one means that the caller must ask which.
   */
  find(text: string, day: string, where: { under?: string; level?: UnitLevel } = {}): readonly Unit[] {
    const names = this.namesAt(day);
    const whole = foldName(text);
    if (whole === '') return NONE;
    const fits = (unit: Unit): boolean =>
      (where.level === undefined || unit.level === where.level) &&
      (where.under === undefined || this.isWithin(unit.code, where.under, day));
    const exact = (names.get(whole) ?? NONE).filter(fits);
    if (exact.length > 0) return exact;
    const bare = withoutKind(whole);
    return bare === whole ? NONE : (names.get(bare) ?? NONE).filter(fits);
  }

  /** The first days of the stretches in which nothing changes, in order. */
  get changeDays(): readonly string[] {
    return this.changes;
  }

  /** Whether the unit lay below `ancestor` on a day of this span; the parent may have moved while the span lasted. */
  private reaches(span: Pick<UnitSpan, 'validFrom' | 'validTo' | 'parent'>, ancestor: string): boolean {
    if (span.parent === null) return false;
    return this.spansOf(span.parent).some(
      (above) =>
        meets(span, above) &&
        (above.code === ancestor || this.reaches({ ...shared(span, above), parent: above.parent }, ancestor)),
    );
  }

  private levelWithin(code: string, level: UnitLevel, day: string): readonly Unit[] {
    const { below } = this.at(day);
    const key = `${level} ${code}`;
    const known = below.get(key);
    if (known) return known;
    const found = this.within(code, day).filter((unit) => unit.level === level);
    if (found.length > 0) below.set(key, found);
    return found;
  }

  private namesAt(day: string): ReadonlyMap<string, readonly Unit[]> {
    const snapshot = this.at(day);
    if (snapshot.names) return snapshot.names;
    const names = new Map<string, Unit[]>();
    for (const [, spans] of this.units) {
      const unit = spans.find((span) => holdsOn(span, day));
      if (!unit) continue;
      const folded = foldName(unit.name);
      const called = [folded, withoutKind(folded), foldName(`${unit.kind} ${unit.name}`)];
      for (const name of new Set(unit.level === 'agency' ? agencyNames(unit) : called)) {
        const named = names.get(name);
        if (named) named.push(unit);
        else names.set(name, [unit]);
      }
    }
    snapshot.names = names;
    return names;
  }

  private at(day: string): Snapshot {
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.changes[middle] as string) <= day) low = middle + 1;
      else high = middle;
    }
    const known = this.snapshots.get(low);
    if (known) return known;
    const made = this.snapshotOn(day);
    const oldest = this.snapshots.keys().next();
    if (this.snapshots.size >= SNAPSHOTS_KEPT && !oldest.done) this.snapshots.delete(oldest.value);
    this.snapshots.set(low, made);
    return made;
  }

  private snapshotOn(day: string): Snapshot {
    const roots: Unit[] = [];
    const children = new Map<string, Unit[]>();
    for (const [, spans] of this.units) {
      const unit = spans.find((span) => holdsOn(span, day));
      if (!unit) continue;
      if (unit.parent === null) roots.push(unit);
      else {
        const siblings = children.get(unit.parent);
        if (siblings) siblings.push(unit);
        else children.set(unit.parent, [unit]);
      }
    }
    return { roots, children, below: new Map(), names: null };
  }
}
