import type { AuditNote } from '../audit/entry';
import { digestOfText } from '../audit/entry';
import type { AuditSource } from '../audit/audit.service';
import { digestOf, type Plain } from '../kernel/canonical-json';
import type { UserKey } from '../kernel/ids';
import { isoWithOffset } from '../kernel/vn-time';
import { FORMS } from './forms';
import type { FigureState, FigureVersion, Report, ReportAct } from './report';
import { sentState } from './report-writing';
import type { ReportsRepo, WriteMark } from './reports.repo';

/** What was done to reports, as notes of the audit: worked out of the report, which holds every version and every act. */

/** Another process may have stamped an earlier time on a later write; see the roll-up. */
const OVERLAP_MS = 15_000;
const PAGE = 200;
const NAMES: Readonly<Partial<Record<string, string>>> = {
  submit: 'report.sent',
  correct: 'report.corrected',
  decide: 'report.decided',
  undo: 'report.undone',
  approve: 'report.approved',
  confirm: 'report.confirmed',
  return: 'report.returned',
  enter: 'report.entered_on_behalf',
  object: 'report.objected',
  extend: 'report.extended',
  import: 'report.imported',
  adjust: 'report.adjusted',
};

/** Who held the unit's leading post at that moment; null: nobody. */
export type HolderAt = (unit: string, at: Date) => UserKey | null;

/**
 * One note for each effect that changed something, in the order in which they were applied. Made later, of the same report
 * with more acts, a note says the same: values stand in the state that they had after their act, not the one of now.
 */
export function notesOfReport(report: Report, holder: HolderAt): AuditNote[] {
  const acts = new Map(report.acts.map((act) => [act.effectId, act]));
  const states = new StatesOverTime(report);
  const known = new Map<string, FigureVersion>();
  const notes: AuditNote[] = [];
  for (const effectId of report.applied) {
    const act = acts.get(effectId);
    const said = report.versions.filter((version) => version.effectId === effectId);
    const first = act ?? said[0];
    if (!first) continue;
    const before = said.map(
      ({ figure }) => [keyOf(report.form, figure), asPlain(known.get(figure))] as const,
    );
    for (const version of said) known.set(version.figure, states.whenSaid(version));
    for (const version of states.movedBy(act, known)) known.set(version.figure, version);
    const onBehalf = said.some((version) => version.onBehalf);
    notes.push({
      id: `report:${effectId}`,
      at: first.at,
      act: act ? (NAMES[act.kind] ?? `report.${act.kind}`) : 'report.entered',
      by: first.by,
      onBehalfOf: onBehalf ? holder(report.unit, first.at) : null,
      unit: report.unit,
      subject: `${report.form}/${report.period}`,
      before: said.length > 0 ? { figures: Object.fromEntries(before) } : null,
      after: afterOf(report, act, said, known),
      reason: reasonOf(act, said),
      eventId: effectId.slice(0, Math.max(0, effectId.lastIndexOf(':'))) || null,
    });
  }
  return notes;
}

function afterOf(
  report: Report,
  act: ReportAct | undefined,
  said: readonly FigureVersion[],
  known: ReadonlyMap<string, FigureVersion>,
): Plain {
  const sends = act?.kind === 'submit' || act?.sent === true;
  const named = act?.kind === 'submit' ? [...known.keys()] : said.map(({ figure }) => figure);
  const figures = named.map((figure) => [keyOf(report.form, figure), asPlain(known.get(figure))] as const);
  const undone = act?.undoes === undefined ? undefined : report.acts.find((a) => a.effectId === act.undoes);
  const late = sends ? lateOf(report, act) : {};
  const beside = (act?.seconds ?? []).map(({ figure }) => keyOf(report.form, figure));
  return {
    ...(figures.length > 0 ? { figures: Object.fromEntries(figures) } : {}),
    ...(sends ? { report: 'submitted', ...late } : {}),
    ...(undone?.kind === 'submit' ? { report: 'draft' } : {}),
    ...(beside.length > 0 ? { beside } : {}),
    ...(said.some((version) => version.onBehalf) ? { onBehalf: true } : {}),
    ...besides(report.form, act ?? {}),
  };
}

/** The figure with its owner before it: `village.learners`. */
function keyOf(form: string, figure: string): string {
  return FORMS.get(form)?.figures.find(({ id }) => id === figure)?.key ?? figure;
}

/** What an act says beyond the figures: those it moved, the digest it vouches for, the lock it set. */
function besides(
  form: string,
  { moved, digest, lock }: Partial<ReportAct>,
): { readonly [key: string]: Plain } {
  return {
    ...(moved
      ? { moved: moved.map(({ figure, version, from }) => ({ figure: keyOf(form, figure), version, from })) }
      : {}),
    ...(digest === undefined ? {} : { digest }),
    ...(lock ? { lock: isoWithOffset(lock.until) } : {}),
  };
}

function reasonOf(act: ReportAct | undefined, said: readonly FigureVersion[]): string | null {
  const given = act?.reason;
  if (typeof given === 'string') return given;
  if (given) return digestOf({ ...given });
  return said.find(({ reason }) => reason !== null)?.reason ?? null;
}

/** Whether a sending came late. Acts written before that was kept with them say it of the last one only. */
function lateOf(report: Report, { effectId, late }: ReportAct): { readonly late?: boolean } {
  if (late !== undefined) return { late };
  const last = report.acts.findLast(({ kind, sent }) => kind === 'submit' || sent === true);
  return last?.effectId === effectId ? { late: report.late } : {};
}

/** Which act puts the figures it moves into which state. */
const MOVES_TO: Readonly<Partial<Record<ReportAct['kind'], FigureState>>> = {
  approve: 'approved',
  return: 'returned',
  undo: 'draft',
};

/** The states of a report's versions as they were in the course of time; the report itself knows only those of now. */
class StatesOverTime {
  private readonly first = new Map<string, FigureState>();

  constructor(private readonly report: Report) {
    for (const { moved } of report.acts)
      for (const { figure, version, from } of moved ?? []) {
        const key = `${figure} ${version}`;
        if (!this.first.has(key)) this.first.set(key, from);
      }
  }

  /** The version in the state in which it was written. */
  whenSaid(version: FigureVersion): FigureVersion {
    const state = this.first.get(`${version.figure} ${version.version}`);
    return state === undefined ? version : { ...version, state };
  }

  /** What the act moved, in the state it has from then on. */
  movedBy(act: ReportAct | undefined, known: ReadonlyMap<string, FigureVersion>): FigureVersion[] {
    const form = FORMS.get(this.report.form);
    const state = act && (MOVES_TO[act.kind] ?? (form ? sentState(form) : 'submitted'));
    return (act?.moved ?? []).flatMap(({ figure }) => {
      const version = known.get(figure);
      return version && state ? [{ ...version, state }] : [];
    });
  }
}

/** A value as it may stand in an entry: words only as their digest. Null: there was none. */
function asPlain(version: FigureVersion | undefined): Plain {
  if (!version) return null;
  const { value, status, state, detail } = version;
  if (detail === undefined) return { value, status, state };
  if (detail.kind === 'entries') return { value, status, state, digest: digestOf(detail.rows) };
  if (detail.kind !== 'ratio') return { status, state, digest: digestOfText(detail.text) };
  const { numerator, denominator, asOf, source } = detail;
  return {
    value,
    status,
    state,
    numerator,
    denominator,
    asOf,
    source: source === null ? null : digestOfText(source),
  };
}

/** Notes of every report that any process wrote since the mark. */
export function reportSource(
  repo: Pick<ReportsRepo, 'changedSince' | 'machineNow'>,
  holder: HolderAt,
): AuditSource {
  return {
    name: 'reports',
    async since(mark) {
      const from = readMark(mark);
      const changes = await repo.changedSince(from, PAGE);
      const notes = changes.flatMap(({ report }) => notesOfReport(report, holder));
      const last = changes.at(-1)?.mark ?? from;
      const more = changes.length === PAGE;
      // No further than what was read: as long as nothing is written the mark stays where it is.
      const until = new Date(repo.machineNow().getTime() - OVERLAP_MS);
      const settled = changes.findLast((change) => change.mark.at <= until)?.mark ?? from;
      const next = more ? last : { at: settled.at, id: '' };
      return { notes, mark: { at: next.at.toISOString(), id: next.id }, more };
    },
  };
}

function readMark(mark: Plain): WriteMark {
  const known = mark as { readonly at: string; readonly id: string } | null;
  return known ? { at: new Date(known.at), id: known.id } : { at: new Date(0), id: '' };
}
