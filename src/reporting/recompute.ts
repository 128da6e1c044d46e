import { owes, type FigureDef, type Form } from './form';
import { dayOfPeriod } from './periods';
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
): Map<string, UnitTotals> {
  const newest = new Map<string, CountedReport>();
  for (const report of reports) {
    if (report.form !== form.id || report.period !== period) continue;
    const known = newest.get(report.unit);
    if (!known || known.rev < report.rev) newest.set(report.unit, report);
  }
  const day = dayOfPeriod({ period });
  const result = new Map<string, UnitTotals>();
  for (const root of units.roots(day))
    for (const unit of units.within(root.code, day)) {
      if (!owes(form, unit) && liesBelow(form, unit.level)) continue;
      const owing = units.within(unit.code, day).filter((below) => owes(form, below));
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

function liesBelow(form: Form, level: string): boolean {
  const levels = ['province', 'commune', 'village'];
  return form.levels.every((one) => levels.indexOf(level) > levels.indexOf(one));
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
    const values = new Map<string, number>();
    for (const code of owing) {
      const said = reports.get(code)?.figures[figure.id];
      const stands = said?.state === 'submitted' || said?.state === 'approved';
      if (stands && (said.status === 'reported' || said.status === 'zero'))
        values.set(code, Number(said.value));
    }
    const isAsked = asked.includes(figure);
    if (!isAsked && values.size === 0) continue;
    indicators.push({
      id: figure.id,
      measure: figure.measure,
      value: values.size === 0 ? null : [...values.values()].reduce((sum, value) => sum + value, 0),
      covered: values.size,
      expected: owing.length,
      zero: [...values.values()].filter((value) => value === 0).length,
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
