import { newer } from '../kernel/instants';
import type { Unit } from '../org/units';
import type { FigureDef, Form } from './form';
import {
  isCounted,
  type FigureAnswer,
  type FigureChange,
  type FigureState,
  type FigureVersion,
  type Report,
  type ReportAct,
  type ReportEffect,
  type ReportOutcome,
  reportId,
} from './report';
import { contradictions, impossible, normalAnswer } from './validation';

/**
 * What an effect makes of a report: the whole rule of drafting, sending, correcting and taking back, as one pure
 * function. Dialogs use it to show what would happen, the service to make it happen. The same effect a second time
 * answers `already`; a report is never half changed. Only arrival times are compared, never the time of processing.
 */
export interface ApplyContext {
  readonly form: Form;
  /** Ids of the figures asked in this period: all of them must be said before the report can be sent. */
  readonly asked: readonly string[];
  readonly unit: Pick<Unit, 'name' | 'adults' | 'households'>;
  /** The same unit's report of the period before; null when there is none. */
  readonly previous: Report | null;
  /** Before it everything is kept as a draft. */
  readonly opensAt: Date;
  /** Sent after it: `late`. */
  readonly deadline: Date;
  /** From it on nothing changes any more. */
  readonly lockAt: Date;
  readonly undoMs: number;
  readonly receiptFor: (unitName: string, period: string) => string;
}

export function applyToReport(
  report: Report | null,
  effect: ReportEffect,
  context: ApplyContext,
): ReportOutcome {
  if (report?.applied.includes(effect.id)) return { outcome: 'already', report };
  if (effect.at >= context.lockAt) return { outcome: 'locked', since: context.lockAt, report };
  switch (effect.kind) {
    case 'report.answer':
      return answer(report, effect, context);
    case 'report.submit':
      return submit(report, effect, context);
    case 'report.undo':
      return undo(report, effect, context);
  }
}

/** A report of which nothing has been said yet. `rev` 0: not stored. */
export function emptyReport(effect: Pick<ReportEffect, 'key' | 'at'>): Report {
  return {
    ...effect.key,
    id: reportId(effect.key),
    state: 'draft',
    receipt: null,
    submittedAt: null,
    late: false,
    figures: {},
    versions: [],
    acts: [],
    applied: [],
    rev: 0,
    touchedAt: effect.at,
  };
}

function answer(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.answer' }>,
  context: ApplyContext,
): ReportOutcome {
  const answers = readAnswers(effect.figures, context);
  if (!answers) return { outcome: 'refused', why: 'bad_value', report: before };
  const report = before ?? emptyReport(effect);
  const sent = report.submittedAt !== null;
  const added: FigureVersion[] = [];
  const replaced: ReportAct['replaced'][number][] = [];
  for (const given of answers) {
    const old = report.figures[given.figure];
    if (old && saysTheSame(old, given)) continue;
    replaced.push({ figure: given.figure, version: old?.version ?? 0 });
    added.push(newVersion(report, given, sent ? 'submitted' : 'draft', effect, context));
  }
  const next = withVersions(report, added);
  // A draft may contradict itself while it is being written; what stands as sent may not.
  if (sent && contradictions(context.form, valuesOf(next)).length > 0)
    return { outcome: 'refused', why: 'bad_value', report: before };
  const act: ReportAct = { effectId: effect.id, kind: 'correct', at: effect.at, by: effect.by, replaced };
  return applied({ ...next, acts: sent && added.length > 0 ? [...next.acts, act] : next.acts }, effect);
}

function submit(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.submit' }>,
  context: ApplyContext,
): ReportOutcome {
  const refuse = (why: Extract<ReportOutcome, { outcome: 'refused' }>['why']): ReportOutcome => ({
    outcome: 'refused',
    why,
    report: before,
  });
  if (!before || before.submittedAt !== null || Object.keys(before.figures).length === 0)
    return refuse('nothing_to_submit');
  if (effect.at < context.opensAt) return refuse('not_open');
  if (context.asked.some((figure) => !before.figures[figure])) return refuse('incomplete');
  if (contradictions(context.form, valuesOf(before)).length > 0) return refuse('bad_value');
  return applied(
    {
      ...withState(before, 'draft', 'submitted'),
      state: 'submitted',
      receipt: before.receipt ?? context.receiptFor(context.unit.name, before.period),
      submittedAt: effect.at,
      late: effect.at > context.deadline,
      acts: [
        ...before.acts,
        { effectId: effect.id, kind: 'submit', at: effect.at, by: effect.by, replaced: [] },
      ],
    },
    effect,
  );
}

function undo(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.undo' }>,
  context: ApplyContext,
): ReportOutcome {
  const last = before && undoable(before);
  if (!before || !last) return { outcome: 'refused', why: 'nothing_to_undo', report: before };
  if (effect.at.getTime() - last.at.getTime() > context.undoMs)
    return { outcome: 'refused', why: 'undo_expired', report: before };
  const act: ReportAct = { effectId: effect.id, kind: 'undo', at: effect.at, by: effect.by, replaced: [] };
  if (last.kind === 'submit')
    return applied(
      {
        ...withState(before, 'submitted', 'draft'),
        state: 'draft',
        submittedAt: null,
        late: false,
        acts: [...before.acts, act],
      },
      effect,
    );
  // Taking back a correction says the old value again: what was said in between stays in the history.
  const restored = last.replaced.map(({ figure, version }) => {
    const old = before.versions.find((v) => v.figure === figure && v.version === version);
    const said: FigureAnswer = old
      ? { figure, value: old.value, status: old.status, reason: old.reason }
      : { figure, value: null, status: 'not_applicable' };
    return newVersion(before, said, 'submitted', effect, context);
  });
  const replaced = last.replaced.map(({ figure }) => ({
    figure,
    version: before.figures[figure]?.version ?? 0,
  }));
  return applied({ ...withVersions(before, restored), acts: [...before.acts, { ...act, replaced }] }, effect);
}

/** The last submit or correction that has not been taken back; null when there is none. */
export function undoable(report: Report): ReportAct | null {
  const standing: ReportAct[] = [];
  for (const act of report.acts) {
    if (act.kind === 'undo') standing.pop();
    else standing.push(act);
  }
  return standing.at(-1) ?? null;
}

/** The answers in their proper shape, the last one of each figure; null when one cannot be. */
function readAnswers(given: readonly FigureAnswer[], context: ApplyContext): FigureAnswer[] | null {
  const figures = new Map<string, FigureDef>(context.form.figures.map((figure) => [figure.id, figure]));
  const byFigure = new Map<string, FigureAnswer>();
  for (const raw of given) {
    const figure = figures.get(raw.figure);
    const said = normalAnswer(raw);
    if (!figure || !said) return null;
    if (said.value !== null && impossible(figure, said.value, context.unit)) return null;
    byFigure.set(raw.figure, said);
  }
  return [...byFigure.values()];
}

function newVersion(
  report: Report,
  said: FigureAnswer,
  state: FigureState,
  effect: ReportEffect,
  context: ApplyContext,
): FigureVersion {
  return {
    figure: said.figure,
    value: said.value,
    status: said.status,
    change: changeSince(context.previous, said),
    state,
    version: (report.figures[said.figure]?.version ?? 0) + 1,
    by: effect.by,
    onBehalf: effect.onBehalf,
    at: effect.at,
    eventId: effect.eventId,
    effectId: effect.id,
    reason: said.reason ?? null,
  };
}

/** Against what the month before counted; a month that only holds a draft, or said it did not know, gives nothing to compare with. */
function changeSince(previous: Report | null, said: FigureAnswer): FigureChange {
  const before = previous?.figures[said.figure];
  if (!before || !isCounted(before)) return 'new';
  return before.value === said.value ? 'unchanged' : 'changed';
}

/** Saying the same again adds nothing; a reason given for it does. */
function saysTheSame(old: FigureVersion, said: FigureAnswer): boolean {
  return old.status === said.status && old.value === said.value && (said.reason ?? old.reason) === old.reason;
}

function valuesOf(report: Report): Record<string, number | null> {
  return Object.fromEntries(Object.values(report.figures).map((v) => [v.figure, v.value]));
}

function withVersions(report: Report, added: readonly FigureVersion[]): Report {
  if (added.length === 0) return report;
  const figures = { ...report.figures, ...Object.fromEntries(added.map((v) => [v.figure, v])) };
  const states = Object.values(figures).map((v) => v.state);
  const sent = states.includes('returned') ? 'returned' : 'submitted';
  return {
    ...report,
    state: report.submittedAt === null ? 'draft' : sent,
    figures,
    versions: [...report.versions, ...added],
  };
}

/** Moves the newest version of each figure from one state to another. What was said does not change, and nothing older moves. */
function withState(report: Report, from: FigureState, to: FigureState): Report {
  const moved = (v: FigureVersion): FigureVersion => (v.state === from ? { ...v, state: to } : v);
  return {
    ...report,
    figures: Object.fromEntries(Object.entries(report.figures).map(([id, v]) => [id, moved(v)])),
    versions: report.versions.map((v) => (report.figures[v.figure]?.version === v.version ? moved(v) : v)),
  };
}

function applied(report: Report, effect: ReportEffect): ReportOutcome {
  return {
    outcome: 'applied',
    report: {
      ...report,
      applied: [...report.applied, effect.id],
      rev: report.rev + 1,
      touchedAt: newer(report.touchedAt, effect.at),
    },
  };
}
