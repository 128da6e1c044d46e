import { lastCounted } from './earlier';
import type { FigureChange, FigureState, FigureVersion, Report, ReportState } from './report';
import type { FigureAnswer, ReportEffect } from './report-effect';
import type { ApplyContext, Changes } from './report-writing';

/** A figure's value as a new version beside those before it. */

/** The state of a report as its figures make it; what was never sent counts for nothing. */
export function stateOf(submittedAt: Date | null, figures: Report['figures']): ReportState {
  if (submittedAt === null) return 'draft';
  const states = Object.values(figures)
    .map(({ state }) => state)
    .filter((state) => state !== 'draft');
  if (states.includes('returned')) return 'returned';
  return states.length > 0 && states.every((state) => state === 'approved') ? 'approved' : 'submitted';
}

export function newVersion(
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
    ...(said.asBefore ? { asBefore: true as const } : {}),
  };
}

/** Against the last earlier period that counted something; one that only holds a draft, or said it did not know, gives nothing to compare with. */
function changeSince(earlier: readonly Report[], said: FigureAnswer): FigureChange {
  const last = lastCounted(earlier, said.figure);
  if (!last) return 'new';
  return last.value === said.value ? 'unchanged' : 'changed';
}

export function withVersions(report: Report, added: readonly FigureVersion[]): Report {
  if (added.length === 0) return report;
  const figures = { ...report.figures, ...Object.fromEntries(added.map((v) => [v.figure, v])) };
  return {
    ...report,
    state: stateOf(report.submittedAt, figures),
    figures,
    versions: [...report.versions, ...added],
  };
}

export function withSeconds(report: Report, changes: Changes['seconds']): Report {
  if (changes.length === 0) return report;
  const seconds = { ...report.seconds };
  for (const { figure, now } of changes) {
    if (now) seconds[figure] = now;
    else delete seconds[figure];
  }
  return { ...report, seconds };
}
