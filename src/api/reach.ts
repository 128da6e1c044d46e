import { AppError } from '../kernel/errors';
import { vnDay } from '../kernel/vn-time';
import { nextDay } from '../kernel/work-calendar';
import type { Unit } from '../org/unit';
import { FORMS } from '../reporting/forms';
import { isPeriodOf } from '../reporting/deadlines';
import { cameFrom, type UnitsView } from '../reporting/units-view';
import type { ReleaseScope } from './present-release';
import type { ApiCaller } from './tokens';

/** What a caller of the API may see: its own subtree, and of releases what concerns it. */

/**
 * The unit as it is on the day; nothing where it is known but not there on that day. Throws `not_found` for a code that never
 * was, `outside_subtree` for what the caller may not see.
 */
export function reach(units: UnitsView, caller: ApiCaller, code: string, day: string): readonly Unit[] {
  const unit = units.get(code, day);
  if (!unit && !units.isWithinEver(code, code)) throw new AppError('not_found', { unit: code });
  const theirs = unit
    ? topsOf(units, caller, day).some((top) => units.isWithin(code, top.code, day))
    : caller.unit === null || units.isWithinEver(code, caller.unit);
  if (!theirs) throw new AppError('outside_subtree', { unit: code });
  return unit ? [unit] : [];
}

/** The same, of a unit that came from a merger after the day: those that were merged into it, old codes as they were. */
export function reachOrSources(
  units: UnitsView,
  caller: ApiCaller,
  code: string,
  day: string,
): readonly Unit[] {
  const sources = units.get(code, day) ? [] : cameFrom(units, code, day);
  return (sources.length > 0 ? sources.map((one) => one.code) : [code]).flatMap((one) =>
    reach(units, caller, one, day),
  );
}

/** Where the caller's view begins: the unit of the token, those it came from by a merger, or the top of the tree. */
export function topsOf(units: UnitsView, caller: ApiCaller, day: string): readonly Unit[] {
  if (caller.unit === null) return units.roots(day);
  const unit = units.get(caller.unit, day);
  return unit ? [unit] : cameFrom(units, caller.unit, day);
}

/** Codes of every unit that the caller may read of and that ever was at or below `unit`; null: all of them, and what is of no unit. */
export function unitsEver(
  units: UnitsView,
  caller: ApiCaller,
  unit: string | undefined,
): readonly string[] | null {
  if (unit !== undefined && !units.isWithinEver(unit, unit)) throw new AppError('not_found', { unit });
  if (unit !== undefined && caller.unit !== null && !units.isWithinEver(unit, caller.unit))
    throw new AppError('outside_subtree', { unit });
  const top = unit ?? caller.unit;
  return top === null ? null : units.everWithin(top);
}

/** Of a release, the caller's own part. */
export function releaseScope(units: UnitsView, { unit }: ApiCaller): ReleaseScope {
  return { top: unit, within: (code) => unit === null || units.isWithinEver(code, unit) };
}

/** The forms that are reported for periods of this kind. */
export function formsOf(period: string) {
  return [...FORMS.values()].filter((form) => isPeriodOf(form, period));
}

/** Without a week: the classes of the last two months and of the two to come. */
export function classDays(now: Date): { readonly first: string; readonly last: string } {
  const day = vnDay(now);
  return { first: nextDay(day, -62), last: nextDay(day, 62) };
}
