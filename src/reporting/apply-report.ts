import { adjust } from './adjust-report';
import { approve, enter, object, returnFigures } from './approval';
import { confirm } from './confirmation';
import { importFigures } from './import-figures';
import { extend } from './extend-lock';
import { lockOf, type FigureVersion, type Report, type ReportAct } from './report';
import type { ReportEffect, ReportOutcome } from './report-effect';
import {
  actOf,
  applied,
  asSent,
  changesOf,
  emptyReport,
  figuresIn,
  isOwed,
  lateness,
  lookedAtSince,
  readAnswers,
  refusing,
  sentState,
  undoable,
  valuesOf,
  withState,
  type ApplyContext,
  type Changes,
} from './report-writing';
import { newVersion, withSeconds, withVersions } from './figure-versions';
import { mayDecide } from './two-values';
import { cannotBe, contradictions } from './validation';

export { emptyReport, isOwed, undoable, type ApplyContext } from './report-writing';

/**
 * What an effect makes of a report: the whole rule of drafting, sending, correcting, taking back and, from above,
 * entering, approving, sending back and giving more time, as one pure function. Dialogs use it to show what would happen,
 * the service to make it happen. The same effect a second time answers `already`; a report is never half changed. Only
 * arrival times are compared, never the time of processing.
 */
export function applyToReport(
  report: Report | null,
  effect: ReportEffect,
  context: ApplyContext,
): ReportOutcome {
  if (report?.applied.includes(effect.id)) return { outcome: 'already', report };
  const lock = lockFor(report, effect, context);
  if (lock !== null && effect.at >= lock) return { outcome: 'locked', since: lock, report };
  switch (effect.kind) {
    case 'report.answer':
      return answer(report, effect, context);
    case 'report.submit':
      return submit(report, effect, context);
    case 'report.decide':
      return decide(report, effect, context);
    case 'report.undo':
      return undo(report, effect, context);
    case 'report.approve':
      return approve(report, effect);
    case 'report.confirm':
      return confirm(report, effect);
    case 'report.return':
      return returnFigures(report, effect);
    case 'report.enter':
      return enter(report, effect, context);
    case 'report.adjust':
      return adjust(report, effect, context);
    case 'report.import':
      return importFigures(report, effect, context);
    case 'report.object':
      return object(report, effect);
    case 'report.extend':
      return extend(report, effect, context);
  }
}

/**
 * From when on the effect comes too late; null: never. The unit's lock binds the unit, whoever is above acts until their
 * own, and a figure that was sent back is open to the unit until then.
 */
function lockFor(report: Report | null, effect: ReportEffect, context: ApplyContext): Date | null {
  switch (effect.kind) {
    case 'report.adjust':
    case 'report.import':
      return null;
    case 'report.approve':
    case 'report.confirm':
      return context.approveUntil;
    case 'report.return':
    case 'report.enter':
    case 'report.object':
    case 'report.extend':
      return context.aboveLockAt;
    default:
      return effect.onBehalf || touchesReturned(report, effect)
        ? context.aboveLockAt
        : lockOf(report, context.lockAt);
  }
}

/** It answers nothing but figures that were sent back, or takes such an answer back. */
function touchesReturned(report: Report | null, effect: ReportEffect): boolean {
  if (report === null) return false;
  if (effect.kind === 'report.answer')
    return effect.figures.every(({ figure }) => report.figures[figure]?.state === 'returned');
  const last = effect.kind === 'report.undo' ? undoable(report, effect.by) : null;
  return (
    last?.kind === 'correct' &&
    last.replaced.every(({ figure, version }) =>
      report.versions.some((v) => v.figure === figure && v.version === version && v.state === 'returned'),
    )
  );
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
  if (typeof changes === 'string') return refuse(changes);
  const next = withSeconds(withVersions(report, changes.versions), changes.seconds);
  // A draft may contradict itself while it is being written; what stands as sent may not.
  if (sent && contradictions(context.form, valuesOf(next)).length > 0) return refuse('bad_value');
  const changed = changes.versions.length + changes.seconds.length > 0;
  const act = actOf(report, effect, 'correct', changes);
  return applied({ ...next, acts: sent && changed ? [...next.acts, act] : next.acts }, effect);
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
    ...newVersion(before, { ...second, reason }, sentState(context.form), effect, context),
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
  if (context.asked.some((figure) => isOwed(context.form, figure, before) && !before.figures[figure]))
    return refuse('incomplete');
  if (
    contradictions(context.form, valuesOf(before)).length > 0 ||
    cannotBe(context.form, before, context.unit).length > 0
  )
    return refuse('bad_value');
  const { report, moved } = withState(before, figuresIn(before, 'draft'), sentState(context.form));
  const act = { ...actOf(before, effect, 'submit'), moved, ...lateness(effect, context), ...seen(effect) };
  return applied({ ...asSent(report, effect, context), acts: [...before.acts, act] }, effect);
}

/** The sums below it, as they were shown to whoever sends it. */
function seen({ sums }: Extract<ReportEffect, { kind: 'report.submit' }>): Pick<ReportAct, 'sums'> {
  return sums ? { sums } : {};
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
  // What somebody above has looked at since is not taken away under their hands.
  if (lookedAtSince(before, last.effectId)) return refuse('looked_at');
  const undone = { undoes: last.effectId };
  if (last.kind === 'submit') {
    const { report, moved } = withState(before, figuresIn(before, sentState(context.form)), 'draft');
    const act = { ...actOf(before, effect, 'undo'), ...undone, moved };
    return applied(
      { ...report, state: 'draft', submittedAt: null, late: false, acts: [...before.acts, act] },
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
 * Taking back a correction says the old value again, as whoever said it and in the state it had: what was said in between
 * stays in the history. What somebody else has changed since is left to them.
 */
function takenBack(report: Report, last: ReportAct, effect: ReportEffect, context: ApplyContext): Changes {
  const sent = sentState(context.form);
  const versions = last.replaced
    .filter(({ figure }) => report.figures[figure]?.effectId === last.effectId)
    .map(({ figure, version }) => {
      const old = report.versions.find((v) => v.figure === figure && v.version === version);
      if (!old)
        return newVersion(report, { figure, value: null, status: 'not_applicable' }, sent, effect, context);
      const again = newVersion(report, old, old.state === 'draft' ? sent : old.state, effect, context);
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
