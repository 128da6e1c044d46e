import { contradictions } from './validation';
import type { Report } from './report';
import type { ReportEffect, ReportOutcome } from './report-effect';
import { actOf, applied, readAnswers, refusing, valuesOf, type ApplyContext } from './report-writing';
import { newVersion, withVersions } from './figure-versions';

/**
 * A correction after the lock of whoever is above the unit: it was asked for with a reason, the department approves it, and it
 * shows in the next release. It is the word of whoever asked for it; the approval is the act. Pure.
 */
export function adjust(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.adjust' }>,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(before);
  if (effect.at < context.aboveLockAt) return refuse('not_locked');
  if (!before?.submittedAt) return refuse('nothing_to_submit');
  const [given] = readAnswers([effect.answer], context) ?? [];
  if (!given) return refuse('bad_value');
  if (!given.reason) return refuse('needs_reason');
  const { by, at, onBehalf } = effect.asked;
  const version = { ...newVersion(before, given, 'approved', effect, context), by, at, onBehalf };
  const next = withVersions(before, [version]);
  if (contradictions(context.form, valuesOf(next)).length > 0) return refuse('bad_value');
  const act = actOf(before, effect, 'adjust', { versions: [version], seconds: [] });
  return applied({ ...next, acts: [...before.acts, act] }, effect);
}
