import type { FigureVersion, Report, ReportAct } from './report';
import { stateOf } from './figure-versions';

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
  const taken = report.acts.filter((act) => mine(act.effectId));
  let versions: readonly FigureVersion[] = report.versions.filter((version) => !mine(version.effectId));
  let { submittedAt, late, extendedTo } = report;
  for (const act of taken.toReversed()) {
    versions = statesBefore(versions, act);
    if (act.kind === 'submit' || act.sent) {
      submittedAt = null;
      late = false;
    }
    if (act.lock) extendedTo = act.lock.before;
    if (act.kind === 'undo' && submittedAt === null && sendsAgain(report, act)) {
      // The undo took back the sending, which stands again.
      const sent = report.acts.findLast(({ kind, at }) => kind === 'submit' && at <= act.at);
      submittedAt = sent?.at ?? null;
      late = sent !== undefined && sent.at > deadline;
    }
  }
  if (versions.length === 0 && acts.length === 0) return null;
  const applied = report.applied.filter((effectId) => !mine(effectId));
  const figures = Object.fromEntries(versions.map((version) => [version.figure, version]));
  return {
    ...report,
    state: stateOf(submittedAt, figures),
    receipt: acts.some((act) => act.kind === 'submit' || act.sent) ? report.receipt : null,
    submittedAt,
    late,
    extendedTo,
    figures,
    seconds: secondsBefore(report, mine),
    versions,
    acts,
    applied,
    // Each effect was one write; what was read back under a number is known by it again.
    rev: report.rev - (report.applied.length - applied.length),
  };
}

/** Whether what the undo took back was the sending. */
function sendsAgain(report: Report, act: ReportAct): boolean {
  return (
    act.replaced.length === 0 &&
    report.acts.some(({ kind, effectId }) => kind === 'submit' && (act.undoes ?? effectId) === effectId)
  );
}

/** The versions in the states they had before the act. Acts written before that was kept moved drafts and back. */
function statesBefore(versions: readonly FigureVersion[], act: ReportAct): readonly FigureVersion[] {
  if (!act.moved) {
    if (act.kind === 'submit') return inState(versions, 'submitted', 'draft');
    return act.kind === 'undo' && act.replaced.length === 0 && act.seconds === undefined
      ? inState(versions, 'draft', 'submitted')
      : versions;
  }
  const from = new Map(act.moved.map((one) => [`${one.figure} ${one.version}`, one.from]));
  return versions.map((version) => {
    const state = from.get(`${version.figure} ${version.version}`);
    return state === undefined ? version : { ...version, state };
  });
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
