import { owes, type FigureDef, type Form } from './form';
import { audienceOf, treeDay } from './deadlines';
import type { FormRun } from './runs';
import type { FigureVersion } from './report';
import type { CountedReport, IndicatorTotal, UnitTotals } from './totals';
import { inOrderOfTotals } from './totals';
import type { UnitsView } from './units-view';

/**
 * The same totals as `rollup-index.ts`, reckoned from nothing but the reports, the plain way. It is what the kept sums
 * are held against, so it shares no code with them: no places, no differences, no columns.
 */
export function recompute(
  form: Form,
  period: string,
  asked: readonly FigureDef[],
  units: UnitsView,
  reports: Iterable<CountedReport>,
  run: FormRun | null = null,
): Map<string, UnitTotals> {
  const newest = new Map<string, CountedReport>();
  for (const report of reports) {
    if (report.form !== form.id || report.period !== period) continue;
    const known = newest.get(report.unit);
    if (!known || known.rev < report.rev) newest.set(report.unit, report);
  }
  const day = treeDay(form, period, run);
  const audience = audienceOf(form, run);
  const result = new Map<string, UnitTotals>();
  const all = units.roots(day).flatMap((root) => units.within(root.code, day));
  const reporting = all.filter((unit) => owes(form, unit, audience));
  const below = new Set(reporting.flatMap(({ code }) => units.within(code, day).slice(1)));
  for (const unit of all)
    if (!below.has(unit)) {
      const owing = units.within(unit.code, day).filter((below) => owes(form, below, audience));
      result.set(
        unit.code,
        totalsOf(
          form,
          period,
          asked,
          unit.code,
          owing.map((u) => u.code),
          newest,
        ),
      );
    }
  return result;
}

type Sums = Pick<IndicatorTotal, 'value' | 'numerator' | 'denominator'>;

function summed({ kind }: FigureDef, said: readonly FigureVersion[]): Sums {
  const add = (amounts: readonly (number | null)[]): number | null =>
    amounts.length === 0 ? null : amounts.reduce<number>((sum, amount) => sum + Number(amount), 0);
  if (kind !== 'ratio') return { value: add(said.map(({ value }) => value)) };
  const parts = said.flatMap(({ detail }) => (detail?.kind === 'ratio' ? [detail] : []));
  const numerator = add(parts.map((part) => part.numerator));
  const denominator = add(parts.map((part) => part.denominator));
  const share = numerator === null || !denominator ? null : numerator / denominator;
  return { value: share === null ? null : Number(share.toFixed(4)), numerator, denominator };
}

function totalsOf(
  form: Form,
  period: string,
  asked: readonly FigureDef[],
  unit: string,
  owing: readonly string[],
  reports: ReadonlyMap<string, CountedReport>,
): UnitTotals {
  const sent = owing.map((code) => reports.get(code)).filter((report) => report?.submittedAt != null);
  const indicators: IndicatorTotal[] = [];
  for (const figure of inOrderOfTotals(form.figures, asked)) {
    const values = new Map<string, FigureVersion>();
    for (const code of owing) {
      const said = reports.get(code)?.figures[figure.id];
      const stands = said?.state === 'submitted' || said?.state === 'approved';
      if (stands && (said.status === 'reported' || said.status === 'zero')) values.set(code, said);
    }
    const isAsked = asked.includes(figure);
    if (!isAsked && values.size === 0) continue;
    indicators.push({
      id: figure.id,
      measure: figure.measure,
      ...summed(figure, [...values.values()]),
      covered: values.size,
      expected: owing.length,
      zero: [...values.values()].filter(({ value, detail }) =>
        detail?.kind === 'ratio' ? detail.numerator === 0 : value === 0,
      ).length,
      missing: owing.filter((code) => !values.has(code)),
    });
  }
  return {
    form: form.id,
    period,
    unit,
    expected: owing.length,
    onTime: sent.filter((report) => !report?.late).length,
    late: sent.filter((report) => report?.late).length,
    indicators,
  };
}
