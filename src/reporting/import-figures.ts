import { weigh } from './two-values';
import { contradictions } from './validation';
import type { FigureVersion, Report } from './report';
import type { FigureAnswer, ReportEffect, ReportOutcome } from './report-effect';
import {
  actOf,
  applied,
  asSent,
  emptyReport,
  lateness,
  readAnswers,
  refusing,
  sentState,
  type ApplyContext,
  type Changes,
} from './report-writing';
import { newVersion, withSeconds, withVersions } from './figure-versions';
import { amountOf, wholeOf } from './values';

/**
 * Figures out of a sheet of many units (contract 1). While the period is open they count as sent, and what differs from a
 * value that was sent already stands beside it; after the lock of whoever is above they are history: a unit without a value
 * gets them as approved, and one that has another value is refused. Pure.
 */
export function importFigures(
  before: Report | null,
  effect: Extract<ReportEffect, { kind: 'report.import' }>,
  context: ApplyContext,
): ReportOutcome {
  const refuse = refusing(before);
  const answers = readAnswers(effect.figures, context);
  if (!answers || answers.length === 0) return refuse('bad_value');
  if (effect.at < context.opensAt) return refuse('not_open');
  const isHistory = effect.at >= context.aboveLockAt;
  const report = before ?? emptyReport(effect);
  const state = isHistory ? 'approved' : sentState(context.form);
  const versions: FigureVersion[] = [];
  const seconds: { figure: string; now: Changes['seconds'][number]['now'] }[] = [];
  for (const given of answers) {
    const standing = report.figures[given.figure] ?? null;
    const isSent = standing !== null && standing.state !== 'draft' && standing.value !== null;
    if (isSent && sameAmount(standing, given)) continue;
    if (isSent && isHistory) return refuse('other_value');
    const version = newVersion(report, given, state, effect, context);
    const verdict = weigh(standing, report.seconds[given.figure] ?? null, version);
    if (verdict.does === 'refuse') return refuse('undecided');
    if (verdict.does === 'replace') versions.push(version);
    if (verdict.second !== 'keep') seconds.push({ figure: given.figure, now: verdict.second });
  }
  const sends = report.submittedAt === null;
  const sent = sends ? asSent(report, effect, context) : report;
  const next = withSeconds(withVersions(sent, versions), seconds);
  if (contradictions(context.form, sentValues(next)).length > 0) return refuse('contradiction');
  const changed = versions.length + seconds.length > 0;
  const act = { ...actOf(report, effect, 'import', { versions, seconds }), sheet: effect.sheet };
  const sending = { sent: true as const, ...lateness(effect, context) };
  const acts = changed || sends ? [...next.acts, sends ? { ...act, ...sending } : act] : next.acts;
  return applied({ ...next, acts }, effect);
}

/** The same number, or the same parts, whoever counted them. */
function sameAmount(standing: FigureVersion, given: FigureAnswer): boolean {
  if (standing.value !== given.value || standing.status !== given.status) return false;
  if (standing.detail?.kind === 'text' || standing.detail?.kind === 'link')
    return given.detail?.kind === standing.detail.kind && given.detail.text === standing.detail.text;
  return amountOf(standing) === amountOf(given) && wholeOf(standing) === wholeOf(given);
}

/** What stands as sent; a draft beside it is nobody's word yet. */
function sentValues(report: Report): Record<string, number | null> {
  const sent = Object.values(report.figures).filter(({ state }) => state !== 'draft');
  return Object.fromEntries(sent.map(({ figure, value }) => [figure, value]));
}
