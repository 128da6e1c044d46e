import type { Unit } from '../org/units';

/** What reporting needs of the tree of units; `UnitTree` is one. Immutable: a changed organisation is another object. Days are `YYYY-MM-DD` of Viet Nam. */
export interface UnitsView {
  /** Null for a code that does not exist, or not on that day. */
  get(code: string, day: string): Unit | null;
  roots(day: string): readonly Unit[];
  children(code: string, day: string): readonly Unit[];
  /** The unit and everything below it, parents before children; empty when it is not there that day. */
  within(code: string, day: string): readonly Unit[];
  isWithin(code: string, ancestor: string, day: string): boolean;
}
