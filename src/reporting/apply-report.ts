import type { UserKey } from '../kernel/ids';
import { newer } from '../kernel/instants';
import type { Unit } from '../org/units';
import type { FigureDef, Form } from './form';
import { lastCounted } from './earlier';
import {
  type FigureAnswer,
  type FigureChange,
  type FigureState,
  type FigureVersion,
  type Report,
  type ReportAct,
  type ReportEffect,
  type ReportOutcome,
  type SecondValue,
  reportId,
} from './report';
import { mayDecide, weigh } from './two-values';
import { contradictions, impossible, normalAnswer } from './validation';
import { detailFits } from './values';

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
  /** The same unit's reports of earlier periods, the latest first. */
  readonly earlier: readonly Report[];
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
    case 'report.decide':
      return decide(report, effect, context);
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
    seconds: {},
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
  const refuse = refusing(before);
  const answers = readAnswers(effect.figures, context);
  if (!answers) return refuse('bad_value');
  const report = before ?? emptyReport(effect);
  const sent = report.submittedAt !== null;
  const changes = changesOf(report, answers, effect, context);
  if (!changes) return refuse('undecided');
  const next = withSeconds(withVersions(report, changes.versions), changes.seconds);
  // A draft may contradict itself while it is being written; what stands as sent may not.
  if (sent && contradictions(context.form, valuesOf(next)).length > 0) return refuse('bad_value');
  const changed = changes.versions.length + changes.seconds.length > 0;
  const act = actOf(report, effect, 'correct', changes);
  return applied({ ...next, acts: sent && changed ? [...next.acts, act] : next.acts }, effect);
}

/** New versions, and second values put (or, with null, settled) by one effect. */
interface Changes {
  readonly versions: readonly FigureVersion[];
  readonly seconds: readonly { readonly figure: string; readonly now: SecondValue | null }[];
}

/** Null: one of the answers would be a third value where two are not decided yet. */
function changesOf(
  report: Report,
  answers: readonly FigureAnswer[],
  effect: ReportEffect,
  context: ApplyContext,
): Changes | null {
  const state = report.submittedAt === null ? 'draft' : 'submitted';
  const versions: FigureVersion[] = [];
  const seconds: { figure: string; now: SecondValue | null }[] = [];
  for (const given of answers) {
    const { figure } = given;
    const version = newVersion(report, given, state, effect, context);
    const verdict = weigh(report.figures[figure] ?? null, report.seconds[figure] ?? null, version);
    if (verdict.does === 'refuse') return null;
    if (verdict.does === 'replace') versions.push(version);
    if (verdict.second !== 'keep') seconds.push({ figure, now: verdict.second });
  }
  return { versions, seconds };
}

function actOf(report: Report, effect: ReportEffect, kind: ReportAct['kind'], changes: Changes): ReportAct {
  const seconds = changes.seconds.map(({ figure }) => ({ figure, before: report.seconds[figure] ?? null }));
  return {
    effectId: effect.id,
    kind,
    at: effect.at,
    by: effect.by,
    replaced: changes.versions.map(({ figure }) => ({
      figure,
      version: report.figures[figure]?.version ?? 0,
    })),
    ...(seconds.length > 0 ? { seconds } : {}),
  };
}

function refusing(report: Report | null) {
  return (why: Extract<ReportOutcome, { outcome: 'refused' }>['why']): ReportOutcome => ({
    outcome: 'refused',
    why,
    report,
  });
}

function decide(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.decide' }>,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(before);
  const second = before?.seconds[effect.figure];
  const standing = before?.figures[effect.figure];
  if (!before || !standing || second?.effectId !== effect.second) return refuse('nothing_to_decide');
  if (!mayDecide(standing, second, effect)) return refuse('not_yours');
  const { by, onBehalf, at, eventId, reason } = second;
  // Whoever said it keeps it: the decision is an act of its own.
  const taken: FigureVersion = {
    ...newVersion(before, { ...second, reason }, 'submitted', effect, context),
    ...{ by, onBehalf, at, eventId },
    ...(second.byDeputy ? { byDeputy: true } : {}),
  };
  const changes: Changes = {
    versions: effect.take === 'second' ? [taken] : [],
    seconds: [{ figure: effect.figure, now: null }],
  };
  const next = withSeconds(withVersions(before, changes.versions), changes.seconds);
  if (contradictions(context.form, valuesOf(next)).length > 0) return refuse('bad_value');
  return applied({ ...next, acts: [...next.acts, actOf(before, effect, 'decide', changes)] }, effect);
}

function submit(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.submit' }>,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(before);
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
  const refuse = refusing(before);
  const last = before && undoable(before, effect.by);
  if (!before || !last) return refuse('nothing_to_undo');
  if (effect.at.getTime() - last.at.getTime() > context.undoMs) return refuse('undo_expired');
  const undone = { undoes: last.effectId };
  if (last.kind === 'submit') {
    const act = { ...actOf(before, effect, 'undo', { versions: [], seconds: [] }), ...undone };
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
  }
  const changes = takenBack(before, last, effect, context);
  if (changes.versions.length + changes.seconds.length === 0) return refuse('nothing_to_undo');
  const act = { ...actOf(before, effect, 'undo', changes), ...undone };
  const next = withSeconds(withVersions(before, changes.versions), changes.seconds);
  return applied({ ...next, acts: [...before.acts, act] }, effect);
}

/**
 * Taking back a correction says the old value again, as whoever said it: what was said in between stays in the history.
 * What somebody else has changed since is left to them.
 */
function takenBack(report: Report, last: ReportAct, effect: ReportEffect, context: ApplyContext): Changes {
  const versions = last.replaced
    .filter(({ figure }) => report.figures[figure]?.effectId === last.effectId)
    .map(({ figure, version }) => {
      const old = report.versions.find((v) => v.figure === figure && v.version === version);
      if (!old)
        return newVersion(
          report,
          { figure, value: null, status: 'not_applicable' },
          'submitted',
          effect,
          context,
        );
      const again = newVersion(report, old, 'submitted', effect, context);
      const { byDeputy: _own, ...said } = again;
      return {
        ...said,
        by: old.by,
        onBehalf: old.onBehalf,
        ...(old.byDeputy ? { byDeputy: true } : {}),
      };
    });
  const seconds = (last.seconds ?? [])
    .filter(({ figure }) => (report.seconds[figure]?.effectId ?? last.effectId) === last.effectId)
    .map(({ figure, before }) => ({ figure, now: before }));
  return { versions, seconds };
}

/** The last thing done to the report as sent, by this person, that has not been taken back; null when there is none. */
export function undoable(report: Pick<Report, 'acts'>, by: UserKey): ReportAct | null {
  const standing: ReportAct[] = [];
  for (const act of report.acts) {
    if (act.kind !== 'undo') standing.push(act);
    else {
      const at = act.undoes === undefined ? -1 : standing.findIndex((a) => a.effectId === act.undoes);
      standing.splice(at < 0 ? standing.length - 1 : at, 1);
    }
  }
  return standing.findLast((act) => act.by === by) ?? null;
}

/** The answers in their proper shape, the last one of each figure; null when one cannot be. */
function readAnswers(given: readonly FigureAnswer[], context: ApplyContext): FigureAnswer[] | null {
  const figures = new Map<string, FigureDef>(context.form.figures.map((figure) => [figure.id, figure]));
  const byFigure = new Map<string, FigureAnswer>();
  for (const raw of given) {
    const figure = figures.get(raw.figure);
    const said = normalAnswer(raw);
    if (!figure || !said || (said.value !== null && !detailFits(figure, said.detail))) return null;
    if (said.value !== null && impossible(figure, said.value, context.unit, said.detail)) return null;
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
    ...(said.detail ? { detail: said.detail } : {}),
    status: said.status,
    change: changeSince(context.earlier, said),
    state,
    version: (report.figures[said.figure]?.version ?? 0) + 1,
    by: effect.by,
    onBehalf: effect.onBehalf,
    ...(effect.byDeputy ? { byDeputy: true } : {}),
    at: effect.at,
    eventId: effect.eventId,
    effectId: effect.id,
    reason: said.reason ?? null,
  };
}

/** Against the last earlier period that counted something; one that only holds a draft, or said it did not know, gives nothing to compare with. */
function changeSince(earlier: readonly Report[], said: FigureAnswer): FigureChange {
  const last = lastCounted(earlier, said.figure);
  if (!last) return 'new';
  return last.value === said.value ? 'unchanged' : 'changed';
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

function withSeconds(report: Report, changes: Changes['seconds']): Report {
  if (changes.length === 0) return report;
  const seconds = { ...report.seconds };
  for (const { figure, now } of changes) {
    if (now) seconds[figure] = now;
    else delete seconds[figure];
  }
  return { ...report, seconds };
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
