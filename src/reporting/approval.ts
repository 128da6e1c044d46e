import { HOUR } from '../kernel/vn-time';
import { awaitsConfirmation } from './confirmation';
import { judgeAnswer } from './oddity';
import type { FigureVersion, Report, ReportAct } from './report';
import { approvalDigest } from './report-digest';
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
  readAnswers,
  refusing,
  sentState,
  valuesOf,
  withState,
  type ApplyContext,
} from './report-writing';
import { newVersion, withSeconds, withVersions } from './figure-versions';
import { digestWithSums } from './shown-sums';
import { contradictions } from './validation';

/**
 * What whoever is above a unit does with its report: approve it as shown, send single figures back, say and send it on the
 * unit's behalf; and the unit's objection to that. Pure; who may do it is asked where the effect is done.
 */

/** Acts by which somebody else says figures of the unit. */
const ENTERED: readonly ReportAct['kind'][] = ['enter', 'import'];

/** So long a unit may object to what was entered on its behalf. */
export const OBJECT_MS = 24 * HOUR;

export function approve(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.approve' }>,
): ReportOutcome {
  const refuse = refusing(before);
  const waiting = before?.submittedAt ? figuresIn(before, 'submitted') : [];
  // To approve after an objection says that it was looked at, also where nothing was left to approve.
  if (!before || (waiting.length === 0 && !openObjection(before))) return refuse('nothing_to_approve');
  if (Object.keys(before.seconds).length > 0) return refuse('undecided');
  if (approvalDigest(before) !== effect.shown) return refuse('changed');
  const { report, moved } = withState(before, waiting, 'approved');
  const act = {
    ...{ ...actOf(before, effect, 'approve'), moved },
    digest: digestWithSums(effect.shown, effect.sums),
    ...(effect.sums ? { sums: effect.sums } : {}),
  };
  return applied({ ...report, acts: [...before.acts, act] }, effect);
}

export function returnFigures(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.return' }>,
): ReportOutcome {
  const refuse = refusing(before);
  const stands = (figure: string): boolean =>
    ['submitted', 'approved'].includes(before?.figures[figure]?.state ?? '');
  if (!before?.submittedAt || effect.figures.length === 0 || !effect.figures.every(stands))
    return refuse('nothing_to_return');
  const { report, moved } = withState(before, effect.figures, 'returned');
  const act = { ...actOf(before, effect, 'return'), moved, reason: effect.reason };
  return applied({ ...report, acts: [...before.acts, act] }, effect);
}

export function enter(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.enter' }>,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(before);
  const answers = readAnswers(effect.figures, context);
  if (!answers || answers.length === 0) return refuse('bad_value');
  if (effect.at < context.opensAt) return refuse('not_open');
  const report = before ?? emptyReport(effect);
  return report.submittedAt === null
    ? enterAnew(before, report, answers, effect, context)
    : enterBeside(report, answers, effect, context);
}

/** Nothing was sent yet: the figures given are the report. What the unit drafted besides stays its draft. */
function enterAnew(
  before: Report | null,
  report: Report,
  answers: Parameters<typeof changesOf>[1],
  effect: ReportEffect,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(before);
  const state = sentState(context.form);
  const versions = answers.map((given) => newVersion(report, given, state, effect, context));
  const given = new Set(versions.map(({ figure }) => figure));
  const next = withVersions(asSent(report, effect, context), versions);
  const owed = context.asked.filter((figure) => isOwed(context.form, figure, next));
  if (owed.some((figure) => !given.has(figure))) return refuse('incomplete');
  const values = Object.fromEntries(versions.map(({ figure, value }) => [figure, value]));
  if (contradictions(context.form, values).length > 0) return refuse('bad_value');
  const sending = { sent: true as const, ...lateness(effect, context) };
  const act = { ...actOf(report, effect, 'enter', { versions, seconds: [] }), ...sending };
  return applied({ ...next, acts: [...report.acts, act] }, effect);
}

/** The unit sent its own: what is said on its behalf stands beside that. */
function enterBeside(
  report: Report,
  answers: Parameters<typeof changesOf>[1],
  effect: ReportEffect,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(report);
  const changes = changesOf(report, answers, effect, context);
  if (typeof changes === 'string') return refuse(changes);
  const next = withSeconds(withVersions(report, changes.versions), changes.seconds);
  if (contradictions(context.form, valuesOf(next)).length > 0) return refuse('bad_value');
  // What says nothing new is no act, and nothing to object to.
  const changed = changes.versions.length + changes.seconds.length > 0;
  const act = actOf(report, effect, 'enter', changes);
  return applied({ ...next, acts: changed ? [...report.acts, act] : report.acts }, effect);
}

export function object(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.object' }>,
): ReportOutcome {
  const entered = before && objectable(before, effect.at);
  if (!before || !entered) return refusing(before)('nothing_to_object');
  return applied({ ...before, acts: [...before.acts, actOf(before, effect, 'object')] }, effect);
}

/** What was entered on the unit's behalf and may still be objected to; null: nothing. */
export function objectable(report: Pick<Report, 'acts'>, at: Date): ReportAct | null {
  const last = report.acts.findLast(({ kind }) => ENTERED.includes(kind) || kind === 'object');
  return last && last.kind !== 'object' && at.getTime() - last.at.getTime() <= OBJECT_MS ? last : null;
}

/** The unit's objection, until whoever is above enters, decides or approves anew; null: none. */
export function openObjection(report: Pick<Report, 'acts'>): ReportAct | null {
  const last = report.acts.findLast(({ kind }) => ['object', ...ENTERED, 'decide', 'approve'].includes(kind));
  return last?.kind === 'object' ? last : null;
}

/** Why the figure was sent back, by whom and when; null: it was not, or has been answered. */
export function returnOf(report: Report, figure: string): ReportAct | null {
  if (report.figures[figure]?.state !== 'returned') return null;
  const named = ({ kind, moved }: ReportAct): boolean =>
    kind === 'return' && (moved ?? []).some((one) => one.figure === figure);
  return report.acts.findLast(named) ?? null;
}

/** Whether something of it waits for whoever approves: a figure, a choice between two values that is theirs, an objection. */
export function waitsForApproval(report: Report): boolean {
  if (report.submittedAt === null) return false;
  const theirs = Object.values(report.seconds).some(
    (second) => second.onBehalf || report.figures[second.figure]?.onBehalf === true,
  );
  return theirs || figuresIn(report, 'submitted').length > 0 || openObjection(report) !== null;
}

/** Why a report that waits is looked at one by one, never approved with the clean ones. Figure: the one it is about; null: the whole. */
export interface Doubt {
  readonly why:
    | 'missing'
    | 'returned'
    | 'reason'
    | 'second'
    | 'odd'
    | 'objection'
    | 'corrected'
    | 'unconfirmed';
  readonly figure: string | null;
}

/**
 * Everything that stands against approving it unseen (contract 5.1): an asked figure without a value that the form does not
 * let be missing or empty, a reason to read, a value against its own history, an objection, a second value. Empty: clean.
 */
export function doubtsOf(report: Report, context: ApplyContext): Doubt[] {
  const found: Doubt[] = [];
  for (const figure of context.form.figures) {
    const version = report.figures[figure.id];
    const owed = context.asked.includes(figure.id) && isOwed(context.form, figure.id, report);
    const without = !version || version.state === 'draft' || version.value === null;
    const add = (why: Doubt['why']): void => void found.push({ why, figure: figure.id });
    if (owed && without && !(version?.status === 'missing' && figure.mayBeMissing)) add('missing');
    if (!version) continue;
    if (report.seconds[figure.id]) add('second');
    if (version.state === 'returned') add('returned');
    if (version.state !== 'submitted') continue;
    if (lookedAtBefore(report, version)) add('corrected');
    else if (version.reason !== null) add('reason');
    else if (isOdd(figure, version, context)) add('odd');
  }
  if (openObjection(report)) found.push({ why: 'objection', figure: null });
  if (awaitsConfirmation(report, context)) found.push({ why: 'unconfirmed', figure: null });
  return found;
}

export function isClean(report: Report, context: ApplyContext): boolean {
  return waitsForApproval(report) && doubtsOf(report, context).length === 0;
}

/** An earlier version of the figure was approved, or sent back. */
function lookedAtBefore(report: Report, version: FigureVersion): boolean {
  return report.versions.some(
    ({ figure, state }) => figure === version.figure && (state === 'approved' || state === 'returned'),
  );
}

function isOdd(
  figure: ApplyContext['form']['figures'][number],
  version: FigureVersion,
  context: ApplyContext,
): boolean {
  return judgeAnswer(figure, version, context.earlier)?.tier === 'reason';
}
