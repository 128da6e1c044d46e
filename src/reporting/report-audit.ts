import type { AuditNote } from '../audit/entry';
import { digestOfText } from '../audit/entry';
import type { AuditSource } from '../audit/audit.service';
import { digestOf, type Plain } from '../kernel/canonical-json';
import type { UserKey } from '../kernel/ids';
import { isoWithOffset } from '../kernel/vn-time';
import { FORMS } from './forms';
import type { FigureVersion, Report, ReportAct } from './report';
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
  return: 'report.returned',
  enter: 'report.entered_on_behalf',
  object: 'report.objected',
  extend: 'report.extended',
  import: 'report.imported',
  adjust: 'report.adjusted',
};

/** One note for each effect that changed something, in the order in which they were applied. `holder`: who holds the unit's leading post. */
export function notesOfReport(report: Report, holder: (unit: string) => UserKey | null): AuditNote[] {
  const acts = new Map(report.acts.map((act) => [act.effectId, act]));
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
    for (const version of said) known.set(version.figure, version);
    const onBehalf = said.some((version) => version.onBehalf);
    notes.push({
      id: `report:${effectId}`,
      at: first.at,
      act: act ? (NAMES[act.kind] ?? `report.${act.kind}`) : 'report.entered',
      by: first.by,
      onBehalfOf: onBehalf ? holder(report.unit) : null,
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
  const figures = (act?.kind === 'submit' ? [...known.values()] : said).map(
    (version) => [keyOf(report.form, version.figure), asPlain(version)] as const,
  );
  const undone = act?.undoes === undefined ? undefined : report.acts.find((a) => a.effectId === act.undoes);
  const late = sends && act.effectId === sendingOf(report) ? { late: report.late } : {};
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

function sendingOf(report: Report): string | undefined {
  return report.acts.findLast(({ kind, sent }) => kind === 'submit' || sent === true)?.effectId;
}

/** A value as it may stand in an entry: words only as their digest. Null: there was none. */
function asPlain(version: FigureVersion | undefined): Plain {
  if (!version) return null;
  const { value, status, detail } = version;
  if (detail === undefined) return { value, status };
  if (detail.kind === 'entries') return { value, status, digest: digestOf(detail.rows) };
  if (detail.kind !== 'ratio') return { status, digest: digestOfText(detail.text) };
  const { numerator, denominator, asOf, source } = detail;
  return {
    value,
    status,
    numerator,
    denominator,
    asOf,
    source: source === null ? null : digestOfText(source),
  };
}

/** Notes of every report that any process wrote since the mark. */
export function reportSource(
  repo: Pick<ReportsRepo, 'changedSince' | 'machineNow'>,
  holder: (unit: string) => UserKey | null,
): AuditSource {
  return {
    name: 'reports',
    async since(mark) {
      const from = readMark(mark);
      const changes = await repo.changedSince(from, PAGE);
      const notes = changes.flatMap(({ report }) => notesOfReport(report, holder));
      const last = changes.at(-1)?.mark ?? from;
      const more = changes.length === PAGE;
      const back = Math.min(last.at.getTime(), repo.machineNow().getTime() - OVERLAP_MS);
      const next = more ? last : { at: new Date(back), id: '' };
      return { notes, mark: { at: next.at.toISOString(), id: next.id }, more };
    },
  };
}

function readMark(mark: Plain): WriteMark {
  const known = mark as { readonly at: string; readonly id: string } | null;
  return known ? { at: new Date(known.at), id: known.id } : { at: new Date(0), id: '' };
}
