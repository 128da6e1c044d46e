import { EXTENSIONS_A_MONTH } from './extension';
import type { Report } from './report';
import type { ReportEffect, ReportOutcome } from './report-effect';
import { actOf, applied, emptyReport, refusing, type ApplyContext } from './report-writing';

/** The lock of one unit moved, within the quota of its commune (contract 5.1, «Locks»). Pure. */
export function extend(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.extend' }>,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(before);
  const until = context.extendTo;
  if (until === null) return refuse('not_extendable');
  if (effect.at >= until) return { outcome: 'locked', since: until, report: before };
  if (before?.extendedTo) return refuse('already_extended');
  if (!effect.byDepartment && (context.extensions ?? 0) >= EXTENSIONS_A_MONTH) return refuse('quota');
  const report = before ?? emptyReport(effect);
  const act = { ...actOf(report, effect, 'extend'), lock: { until, before: report.extendedTo } };
  return applied({ ...report, extendedTo: until, acts: [...report.acts, act] }, effect);
}
