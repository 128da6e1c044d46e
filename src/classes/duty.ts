import type { UnitTree } from '../org/units';
import { tookPlace, type ClassRecord } from './class';

/**
 * «At least one session a week at thôn, TDP» reads two ways: one in each commune or one in each village. Both are
 * counted; which one is the target is a setting. Pure.
 */
export interface WeekDuty {
  /** Communes with at least one class that took place in them or in one of their villages, of all there are. */
  readonly communes: { readonly held: number; readonly of: number };
  readonly villages: { readonly held: number; readonly of: number };
  readonly sessions: number;
  /** Visits: a person who came twice counts twice. */
  readonly visits: number;
}

/** `classes`: those of one week. A unit counts as it stood on `day`. */
export function weekDuty(
  classes: readonly ClassRecord[],
  tree: Pick<UnitTree, 'within' | 'isWithin'>,
  top: string,
  day: string,
): WeekDuty {
  const held = classes.filter((one) => tookPlace(one) && tree.isWithin(one.unit, top, day));
  const units = new Set(held.map(({ unit }) => unit));
  const below = tree.within(top, day);
  const communes = below.filter(({ level }) => level === 'commune');
  const villages = below.filter(({ level }) => level === 'village');
  const reached = communes.filter(({ code }) =>
    [...units].some((unit) => unit === code || tree.isWithin(unit, code, day)),
  );
  return {
    communes: { held: reached.length, of: communes.length },
    villages: { held: villages.filter(({ code }) => units.has(code)).length, of: villages.length },
    sessions: held.length,
    visits: held.reduce((sum, { attended }) => sum + (attended ?? 0), 0),
  };
}

/** What a month's report of a unit may be offered: its recorded classes. Null: none was recorded, which is not zero. */
export interface ClassProposal {
  readonly sessions: number;
  readonly visits: number;
}

export function proposalOf(classes: readonly ClassRecord[], unit: string): ClassProposal | null {
  const held = classes.filter((one) => one.unit === unit && tookPlace(one));
  if (held.length === 0) return null;
  return { sessions: held.length, visits: held.reduce((sum, { attended }) => sum + (attended ?? 0), 0) };
}
