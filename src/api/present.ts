import { isoWithOffset } from '../kernel/vn-time';
import type { Thread } from '../handover/thread';
import type { Unit } from '../org/unit';
import type { Duty } from '../reporting/duties';
import type { FigureDef, Form } from '../reporting/form';
import { stateAt, type FigureVersion, type Report, type SecondValue } from '../reporting/report';
import type { UnitTotals } from '../reporting/totals';
import { valueOfKind } from '../reporting/values';

/** Our values in the shapes that the API promises. Names here are fixed: add, never rename. Instants carry their offset; what is missing is null. */

export function presentUnit(unit: Unit) {
  const { code, name, level, kind, parent, validFrom, validTo, adults, households, population } = unit;
  const mergedInto = unit.mergedInto ?? [];
  return { code, name, level, kind, parent, validFrom, validTo, adults, households, population, mergedInto };
}

export function presentDuty(duty: Duty) {
  return {
    form: duty.form,
    period: duty.period,
    unit: duty.unit,
    opensAt: isoWithOffset(duty.opensAt),
    deadline: isoWithOffset(duty.deadline),
    lockAt: isoWithOffset(duty.lockAt),
    status: duty.status,
    submittedAt: instant(duty.submittedAt),
  };
}

/** Figures in the order of the form. `withHistory`: each with all its versions, oldest first. */
export function presentReport(form: Form, report: Report, lockAt: Date, now: Date, withHistory: boolean) {
  return {
    form: report.form,
    period: report.period,
    unit: report.unit,
    state: stateAt(report, lockAt, now),
    receipt: report.receipt,
    submittedAt: instant(report.submittedAt),
    late: report.late,
    figures: form.figures.flatMap((figure) => {
      const { id } = figure;
      const newest = report.figures[id];
      if (!newest) return [];
      const history = report.versions
        .filter((version) => version.figure === id)
        .map((version) => presentVersion(form, figure, version));
      const second = presentSecond(figure, report.seconds[id]);
      return [{ ...presentVersion(form, figure, newest), second, ...(withHistory ? { history } : {}) }];
    }),
  };
}

function presentSecond(figure: FigureDef, second: SecondValue | undefined) {
  if (!second) return null;
  const value = valueOfKind(figure, second);
  const { status, by, onBehalf, at, eventId, reason } = second;
  return { value, status, by, onBehalf, at: isoWithOffset(at), eventId, reason };
}

/** A ratio carries its parts, the day, the source and the version of the definition. */
function presentVersion(form: Form, figure: FigureDef, version: FigureVersion) {
  const { detail } = version;
  return {
    id: version.figure,
    value: valueOfKind(figure, version),
    ...(figure.kind === 'ratio'
      ? {
          numerator: detail?.kind === 'ratio' ? detail.numerator : null,
          denominator: detail?.kind === 'ratio' ? detail.denominator : null,
          asOf: detail?.kind === 'ratio' ? detail.asOf : null,
          source: detail?.kind === 'ratio' ? detail.source : null,
          definition: form.definition,
        }
      : {}),
    status: version.status,
    change: version.change,
    state: version.state,
    version: version.version,
    by: version.by,
    onBehalf: version.onBehalf,
    at: isoWithOffset(version.at),
    eventId: version.eventId,
    reason: version.reason,
  };
}

/** A talk between two people: who has it and since when, never its words. `holder` is the post that answers. */
export function presentThread(thread: Thread) {
  const { id, kind, unit, desk, standing, openedAt, promisedAt, answeredAt, closedAt, closedWhy, rating } =
    thread;
  return {
    ...{ id, kind, unit, desk },
    state: standing.state,
    openedAt: isoWithOffset(openedAt),
    promisedAt: instant(promisedAt),
    answeredAt: instant(answeredAt),
    holder: standing.holder?.office ?? null,
    closedAt: instant(closedAt),
    closedWhy,
    rating,
  };
}

/** A form as data, for those who read figures by program. */
export function presentForm(form: Form) {
  const { id, cadence, levels, owner, figures } = form;
  return {
    id,
    cadence,
    levels,
    owner,
    figures: figures.map((figure) => ({
      id: figure.id,
      kind: figure.kind,
      measure: figure.measure,
      nature: figure.nature,
      optional: figure.optional === true,
      rollUp: figure.rollUp,
    })),
  };
}

export function presentTotals(totals: UnitTotals, asOf: Date, measureName: (measure: string) => string) {
  const { form, period, unit, onTime, late, expected } = totals;
  return {
    form,
    period,
    unit,
    asOf: isoWithOffset(asOf),
    onTime,
    late,
    expected,
    indicators: totals.indicators.map((indicator) => ({
      ...indicator,
      measure: measureName(indicator.measure),
    })),
  };
}

function instant(at: Date | null): string | null {
  return at === null ? null : isoWithOffset(at);
}
