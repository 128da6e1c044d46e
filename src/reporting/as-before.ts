import type { FigureVersion, Report } from './report';

/**
 * The report as it was before one event touched it: null when that event began it. A turn that is played again after a
 * crash must decide from what it saw the first time, or the person would read of a change that «was already so». Only
 * the last event that touched the report can be taken away; what later events did to it stays, as it should.
 */
export function asBefore(report: Report | null, eventId: string, deadline: Date): Report | null {
  if (!report) return null;
  const mine = (effectId: string): boolean => effectId.startsWith(`${eventId}:`);
  if (!report.applied.some(mine)) return report;
  const acts = report.acts.filter((act) => !mine(act.effectId));
  const taken = report.acts.filter((act) => mine(act.effectId)).map((act) => act.kind);
  let versions: readonly FigureVersion[] = report.versions.filter((version) => !mine(version.effectId));
  let { submittedAt, late } = report;
  if (taken.includes('submit')) {
    submittedAt = null;
    late = false;
    versions = inState(versions, 'submitted', 'draft');
  } else if (taken.includes('undo') && report.submittedAt === null) {
    // The undo took back the sending, which stands again.
    const sent = acts.filter((act) => act.kind === 'submit').at(-1);
    submittedAt = sent?.at ?? null;
    late = sent !== undefined && sent.at > deadline;
    versions = inState(versions, 'draft', 'submitted');
  }
  if (versions.length === 0 && acts.length === 0) return null;
  return {
    ...report,
    state: submittedAt === null ? 'draft' : 'submitted',
    receipt: acts.some((act) => act.kind === 'submit') ? report.receipt : null,
    submittedAt,
    late,
    figures: Object.fromEntries(versions.map((version) => [version.figure, version])),
    seconds: secondsBefore(report, mine),
    versions,
    acts,
    applied: report.applied.filter((effectId) => !mine(effectId)),
  };
}

/** The second values as they were before the event touched them. */
function secondsBefore(report: Report, mine: (effectId: string) => boolean): Report['seconds'] {
  const seconds = { ...report.seconds };
  for (const act of report.acts.toReversed().filter(({ effectId }) => mine(effectId)))
    for (const { figure, before } of act.seconds ?? []) {
      if (before) seconds[figure] = before;
      else delete seconds[figure];
    }
  return seconds;
}

/** The newest version of each figure moved from one state to another; older ones stay as they are. */
function inState(
  versions: readonly FigureVersion[],
  from: FigureVersion['state'],
  to: FigureVersion['state'],
): FigureVersion[] {
  const newest = new Map(versions.map((version) => [version.figure, version.version]));
  return versions.map((version) =>
    version.state === from && newest.get(version.figure) === version.version
      ? { ...version, state: to }
      : version,
  );
}
