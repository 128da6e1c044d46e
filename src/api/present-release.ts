import { isoWithOffset } from '../kernel/vn-time';
import { releaseNumber, type Release } from '../reporting/release';
import type { UnitTotals } from '../reporting/totals';

/** Which part of a release a caller sees: all of it, or a unit and what is below. */
export interface ReleaseScope {
  /** Null: the whole. */
  readonly top: string | null;
  readonly within: (unit: string) => boolean;
}

/** The frozen totals of the caller's top; null when the release holds none of that unit. */
export function totalsIn(release: Release, form: string, { top }: ReleaseScope): UnitTotals | null {
  const totals = release.forms.find((one) => one.form === form)?.totals ?? [];
  return (top === null ? totals[0] : totals.find(({ unit }) => unit === top)) ?? null;
}

/** Null when the release holds nothing that the caller may see. */
export function presentRelease(
  release: Release,
  form: string,
  scope: ReleaseScope,
  labelOf: (number: string) => string,
) {
  const totals = totalsIn(release, form, scope);
  if (!totals) return null;
  const { id, at, by, confirmedBy, digest, differences } = release;
  return {
    id,
    label: labelOf(releaseNumber(id)),
    at: isoWithOffset(at),
    by,
    confirmedBy,
    digest,
    coverage: { covered: totals.onTime + totals.late, expected: totals.expected },
    differences: differences
      .filter((one) => one.form === form && scope.within(one.unit))
      .map(({ unit, figure, from, to, reason }) => ({ unit, figure, from, to, reason })),
  };
}
