import type { Turn } from '../../conversation/dialog';
import { MINUTE } from '../../kernel/vn-time';
import type { Unit } from '../../org/unit';
import { contextOf } from '../apply-context';
import { applyToReport, isOwed, type ApplyContext } from '../apply-report';
import { asBefore } from '../as-before';
import { countedValues, lastCounted, PERIODS_BACK, type EarlierValue } from '../earlier';
import { takes, type FigureDef, type Form } from '../form';
import { askedFigures, formOf } from '../forms';
import { timesOf, type PeriodTimes } from '../deadlines';
import { dayOfPeriod, monthOf } from '../periods';
import { withSize } from '../validation';
import { lockOf, type Report, type ReportKey } from '../report';
import type { FigureAnswer, ReportEffect, ReportOutcome } from '../report-effect';
import { personOf } from '../../org/chat/people';
import type { DialogDeps } from '../../dialogs/deps';

/** The form that villages report each month. */
export const VILLAGE_FORM = 'village-month';
export const COMMUNE_FORM = 'commune-month';

/** Everything a report talk needs to know about one report, read once in a turn; `report` follows the effects of the turn. */
export interface Facts {
  readonly key: ReportKey;
  readonly form: Form;
  readonly asked: readonly FigureDef[];
  readonly unit: Unit;
  readonly times: PeriodTimes;
  /** Reports of earlier months, the latest first. */
  readonly earlier: readonly Report[];
  /** Counted values of a figure in the months before, the last month first. */
  readonly history: (figure: string) => number[];
  readonly report: Report | null;
  readonly context: ApplyContext;
}

/** The month people mean when they report now: the one it is. */
export function periodMeant(at: Date): string {
  return monthOf(at);
}

/** The units for which the person reports, each once: that of the leading post first. */
export function ownUnits(turn: Turn<DialogDeps>): string[] {
  return [...new Set(personOf(turn).reporting.map((office) => office.unit))];
}

/** Reads the facts of a unit and period; null when the unit has no place on the form in that period. */
export async function factsOf(
  turn: Turn<DialogDeps>,
  unitCode: string,
  period: string,
  formId = VILLAGE_FORM,
): Promise<Facts | null> {
  const form = formOf(formId);
  const memoKey = memoOf({ form: form.id, period, unit: unitCode });
  const known = turn.memo.get(memoKey) as Facts | undefined;
  if (known) return known;
  const { deps } = turn;
  const key: ReportKey = { form: form.id, period, unit: unitCode };
  const times = timesOf(form, deps.settings.calendars, period);
  const day = dayOfPeriod(times);
  const there = deps.directory.tree.get(unitCode, day);
  if (!there || !takes(form, there)) return null;
  const unit = withSize(deps.directory.tree, there, day);
  const [stored, before] = await Promise.all([
    deps.reports.get(key),
    deps.reports.history(key, PERIODS_BACK),
  ]);
  // A turn played again after a crash decides from what it saw the first time.
  const report = asBefore(stored, turn.event.id, times.deadline);
  const asked = askedFigures(form, period, deps.settings.optionalFigures);
  const facts: Facts = {
    key,
    form,
    asked,
    unit,
    times: { ...times, lockAt: lockOf(report, times.lockAt) },
    earlier: before,
    report,
    history: (figure) => countedValues(before, figure),
    context: contextOf({
      ...{ form, asked, unit, earlier: before, times },
      calendars: deps.settings.calendars,
      undoMs: deps.settings.undoMinutes * MINUTE,
      chairConfirms: deps.settings.chairConfirms === true,
    }),
  };
  turn.memo.set(memoKey, facts);
  return facts;
}

/** Facts are read once in a turn. */
function memoOf({ form, period, unit }: ReportKey): string {
  return `report:${form}:${unit}:${period}`;
}

/** What an effect would make of the report; the facts of this turn follow it. */
export function preview(
  turn: Turn<DialogDeps>,
  facts: Facts,
  effect: ReportEffect,
): { facts: Facts; outcome: ReportOutcome } {
  const outcome = applyToReport(facts.report, effect, facts.context);
  if (outcome.outcome !== 'applied' && outcome.outcome !== 'already') return { facts, outcome };
  const next = { ...facts, report: outcome.report };
  turn.memo.set(memoOf(facts.key), next);
  return { facts: next, outcome };
}

/** The common part of every effect of this turn on this report. */
export function effectBase(turn: Turn<DialogDeps>, facts: Facts) {
  const posts = personOf(turn).reporting.filter((office) => office.unit === facts.key.unit);
  const byDeputy = posts.length > 0 && posts.every((office) => office.role === 'village_deputy');
  return {
    id: turn.effectId(),
    key: facts.key,
    by: turn.user,
    onBehalf: false,
    ...(byDeputy ? { byDeputy } : {}),
    at: turn.at,
    eventId: turn.event.id,
  } as const;
}

/** The place of a figure on every screen and in the one-line form: 1, 2, 3 … in the order of the form; one that follows a yes has that one's. */
export function numberOf(facts: Facts, figure: string): number {
  const numbered = facts.form.figures.filter(({ after }) => after === undefined);
  const own = facts.form.figures.find(({ id }) => id === figure);
  return numbered.findIndex(({ id }) => id === (own?.after ?? figure)) + 1;
}

/** Of how many the numbers of the questions are, «Câu 6/6»: never fewer than the number of the last that is asked. */
export function numbersOf(facts: Facts): number {
  return Math.max(facts.asked.length, ...facts.asked.map(({ id }) => numberOf(facts, id)));
}

export function figureOfId(facts: Facts, figure: string): FigureDef {
  const found = facts.form.figures.find((f) => f.id === figure);
  if (!found) throw new RangeError(`no figure ${figure} on ${facts.form.id}`);
  return found;
}

/** Figures asked in this period that nobody has answered for yet, in order. */
export function unanswered(facts: Facts): FigureDef[] {
  return facts.asked.filter((figure) => {
    if (!isOwed(facts.form, figure.id, facts.report)) return false;
    const said = facts.report?.figures[figure.id];
    return said === undefined || said.status === 'not_applicable';
  });
}

/** The figures that this report owes: those asked, and those that follow a yes once it was said. */
export function owedFigures(facts: Facts): FigureDef[] {
  return facts.asked.filter(({ id }) => isOwed(facts.form, id, facts.report));
}

export function answeredCount(facts: Facts): number {
  return owedFigures(facts).length - unanswered(facts).length;
}

/** The value of the last month that has one, with that month; null when none has. */
export function lastOf(facts: Facts, figure: string): EarlierValue | null {
  return lastCounted(facts.earlier, figure);
}

/** The value of the last month that has one; null when none has. */
export function lastValue(facts: Facts, figure: string): number | null {
  return lastOf(facts, figure)?.value ?? null;
}

/** The figures shown as last month's, as answers of this month: «confirmed unchanged». All that have a value, asked or not. */
export function asLastMonth(facts: Facts, except: readonly string[] = []): FigureAnswer[] {
  return facts.form.figures
    .filter((figure) => !except.includes(figure.id))
    .map((figure) => ({ figure: figure.id, value: lastValue(facts, figure.id) }))
    .filter((answer) => answer.value !== null)
    .map((answer) => ({ ...answer, status: answer.value === 0 ? 'zero' : 'reported', asBefore: true }));
}

export function isSent(facts: Facts): boolean {
  return facts.report !== null && facts.report.submittedAt !== null;
}
