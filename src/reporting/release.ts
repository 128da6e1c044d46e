import { canonicalJson, digestOf, type Plain } from '../kernel/canonical-json';
import type { UserKey } from '../kernel/ids';
import { treeDay } from './deadlines';
import type { FigureDef, Form } from './form';
import { isCounted, type FigureDetail } from './report';
import { RollupIndex } from './rollup-index';
import type { CountedReport, UnitTotals } from './totals';
import type { UnitsView } from './units-view';

/**
 * A release: the figures of a month, of all its forms, frozen under a number («Bản chốt 03/2026-1») when they are asked for,
 * with their digest. A second person confirms that digest; until then the release is quoted nowhere. Pure.
 */

export interface FrozenValue {
  readonly value: number;
  readonly detail?: FigureDetail;
  readonly reason: string | null;
}

/** What one unit had said that counts. */
export interface FrozenRow {
  readonly unit: string;
  readonly sent: 'on_time' | 'late' | 'no';
  readonly figures: Readonly<Record<string, FrozenValue>>;
}

export interface FrozenForm {
  readonly form: string;
  readonly definition: number;
  /** Of the top, every commune and every agency, with those that are missing; a village's stand in its row. */
  readonly totals: readonly UnitTotals[];
  readonly rows: readonly FrozenRow[];
}

/** One figure of one unit that is not what the last confirmed release of the month says. Null: no value that counts. */
export interface Difference {
  readonly form: string;
  readonly unit: string;
  readonly figure: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly reason: string | null;
}

export interface Release {
  /** `2026-03-1` */
  readonly id: string;
  readonly period: string;
  readonly number: number;
  readonly at: Date;
  readonly by: UserKey;
  readonly digest: string;
  readonly confirmedBy: UserKey | null;
  readonly confirmedAt: Date | null;
  readonly refusedBy: UserKey | null;
  readonly forms: readonly FrozenForm[];
  readonly differences: readonly Difference[];
}

/** All of a release but its figures. */
export type ReleaseHead = Omit<Release, 'forms'>;

export function releaseId(period: string, number: number): string {
  return `${period}-${number}`;
}

/** «03/2026-1», as it stands in «Bản chốt 03/2026-1». */
export function releaseNumber(id: string): string {
  const [year, month, number] = id.split('-');
  return `${month}/${year}-${number}`;
}

/** Whether it still waits for its second key. */
export function isWaiting(release: Pick<Release, 'confirmedBy' | 'refusedBy'>): boolean {
  return release.confirmedBy === null && release.refusedBy === null;
}

/** The figures of one form as they stand. */
export function freeze(
  form: Form,
  period: string,
  asked: readonly FigureDef[],
  units: UnitsView,
  reports: readonly CountedReport[],
): FrozenForm {
  const index = new RollupIndex(form, period, asked, units);
  for (const report of reports) index.apply(report);
  const day = treeDay(form, period);
  const totals = units
    .roots(day)
    .flatMap((root) => units.within(root.code, day))
    .filter(({ level }) => level !== 'village')
    .flatMap(({ code }) => index.totals(code) ?? []);
  const rows = reports.map(frozenRow).sort((a, b) => (a.unit < b.unit ? -1 : 1));
  return { form: form.id, definition: form.definition, totals, rows };
}

function frozenRow(report: CountedReport): FrozenRow {
  const figures = Object.values(report.figures).flatMap((version) => {
    if (!isCounted(version) || version.value === null) return [];
    const { figure, value, detail, reason } = version;
    return [[figure, { value, ...(detail ? { detail } : {}), reason }] as const];
  });
  const sent = report.submittedAt === null ? 'no' : report.late ? 'late' : 'on_time';
  return { unit: report.unit, sent, figures: Object.fromEntries(figures) };
}

/** The digest that the second key confirms: over the month, the number and every figure. */
export function releaseDigest(period: string, number: number, forms: readonly FrozenForm[]): string {
  return digestOf({ period, number, forms: forms as unknown as Plain });
}

/** What changed since the release before, in order of form, unit and figure; without one there is nothing to differ from. */
export function differencesSince(
  before: readonly FrozenForm[] | null,
  now: readonly FrozenForm[],
): Difference[] {
  return now.flatMap((after) => {
    const old = before?.find(({ form }) => form === after.form);
    return old ? differing(after.form, old, after) : [];
  });
}

function differing(form: string, before: FrozenForm, after: FrozenForm): Difference[] {
  const [old, now] = [rowsByUnit(before), rowsByUnit(after)];
  const units = [...new Set([...old.keys(), ...now.keys()])].sort();
  return units.flatMap((unit) => {
    const [from, to] = [old.get(unit), now.get(unit)];
    const figures = [...new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})])].sort();
    return figures.flatMap((figure) => {
      const [was, is] = [from?.[figure], to?.[figure]];
      if (sameFrozen(was, is)) return [];
      return [
        { form, unit, figure, from: was?.value ?? null, to: is?.value ?? null, reason: is?.reason ?? null },
      ];
    });
  });
}

function rowsByUnit({ rows }: FrozenForm): Map<string, FrozenRow['figures']> {
  return new Map(rows.map(({ unit, figures }) => [unit, figures]));
}

function sameFrozen(a: FrozenValue | undefined, b: FrozenValue | undefined): boolean {
  const said = (one: FrozenValue | undefined): Plain =>
    one ? { value: one.value, detail: one.detail ?? null } : null;
  return canonicalJson(said(a)) === canonicalJson(said(b));
}
