import type { Report, ReportAct } from './report';
import { approvalDigest } from './report-digest';
import type { ReportEffect, ReportOutcome } from './report-effect';
import { actOf, applied, refusing, type ApplyContext } from './report-writing';

/** The chair's confirmation of what was sent: bound to the figures as shown, so that any change of them asks anew. Pure. */

export function confirm(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.confirm' }>,
): ReportOutcome {
  const refuse = refusing(before);
  if (!before?.submittedAt || confirmation(before)) return refuse('nothing_to_confirm');
  if (approvalDigest(before) !== effect.shown) return refuse('changed');
  const act = { ...actOf(before, effect, 'confirm'), digest: effect.shown };
  return applied({ ...before, acts: [...before.acts, act] }, effect);
}

/** The act that confirmed the figures as they stand; null: none, or they were changed since. */
export function confirmation(report: Report): ReportAct | null {
  const digest = approvalDigest(report);
  return report.acts.findLast((act) => act.kind === 'confirm' && act.digest === digest) ?? null;
}

/** Whether somebody at the unit is still to confirm what was sent. */
export function awaitsConfirmation(report: Report | null, context: Pick<ApplyContext, 'confirms'>): boolean {
  return context.confirms === true && report?.submittedAt != null && confirmation(report) === null;
}
