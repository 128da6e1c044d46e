import type { UserKey } from '../kernel/ids';
import { newer } from '../kernel/instants';
import type { Unit } from '../org/unit';
import type { TimesAbove } from './extension';
import type { FigureDef, Form } from './form';
import {
  reportId,
  type FigureState,
  type FigureVersion,
  type Report,
  type ReportAct,
  type SecondValue,
} from './report';
import type { FigureAnswer, ReportEffect, ReportOutcome } from './report-effect';
import { weigh } from './two-values';
import { impossible, normalAnswer } from './validation';
import { detailFits } from './values';
import { stateOf, newVersion } from './figure-versions';

/** The pieces out of which every change of a report is made: new versions, moved states, the act that says what was done. Pure. */

export interface ApplyContext extends TimesAbove {
  readonly form: Form;
  /** Ids of the figures asked in this period: all of them must be said before the report can be sent. */
  readonly asked: readonly string[];
  readonly unit: Pick<Unit, 'name' | 'adults' | 'households' | 'population'>;
  /** The same unit's reports of earlier periods, the latest first. */
  readonly earlier: readonly Report[];
  /** Before it everything is kept as a draft. */
  readonly opensAt: Date;
  /** Sent after it: `late`. */
  readonly deadline: Date;
  /** From it on the unit itself changes nothing any more, unless its own lock was moved. */
  readonly lockAt: Date;
  /** Extensions that the commune has granted for the period; read by `report.extend` only. Absent: none. */
  readonly extensions?: number;
  readonly undoMs: number;
  /** Somebody at the unit confirms what was sent (`form.confirmedBy`, where the setting asks it). Absent: nobody does. */
  readonly confirms?: boolean;
  readonly receiptFor: (unitName: string, period: string) => string;
}

/** A report of which nothing has been said yet. `rev` 0: not stored. */
export function emptyReport(effect: Pick<ReportEffect, 'key' | 'at'>): Report {
  return {
    ...effect.key,
    id: reportId(effect.key),
    state: 'draft',
    receipt: null,
    submittedAt: null,
    late: false,
    extendedTo: null,
    figures: {},
    seconds: {},
    versions: [],
    acts: [],
    applied: [],
    rev: 0,
    touchedAt: effect.at,
  };
}

export function refusing(report: Report | null) {
  return (why: Extract<ReportOutcome, { outcome: 'refused' }>['why']): ReportOutcome => ({
    outcome: 'refused',
    why,
    report,
  });
}

/** A figure that follows a yes is owed only after one. */
export function isOwed(form: Form, figure: string, report: Pick<Report, 'figures'> | null): boolean {
  const after = form.figures.find(({ id }) => id === figure)?.after;
  return after === undefined || report?.figures[after]?.value === 1;
}

/** What a value sent counts as: where nobody is above, sending approves. */
export function sentState(form: Pick<Form, 'approvedBy'>): FigureState {
  return form.approvedBy === null ? 'approved' : 'submitted';
}

/** New versions, and second values put (or, with null, settled) by one effect. */
export interface Changes {
  readonly versions: readonly FigureVersion[];
  readonly seconds: readonly { readonly figure: string; readonly now: SecondValue | null }[];
}

export const NO_CHANGES: Changes = { versions: [], seconds: [] };

/** A refusal: `undecided` for a third value where two are not decided yet, `needs_reason` for an approved figure corrected without one. */
export function changesOf(
  report: Report,
  answers: readonly FigureAnswer[],
  effect: ReportEffect,
  context: ApplyContext,
): Changes | 'undecided' | 'needs_reason' {
  const state = report.submittedAt === null ? 'draft' : sentState(context.form);
  const versions: FigureVersion[] = [];
  const seconds: { figure: string; now: SecondValue | null }[] = [];
  for (const given of answers) {
    const { figure } = given;
    const standing = report.figures[figure] ?? null;
    const version = newVersion(report, given, state, effect, context);
    const verdict = weigh(standing, report.seconds[figure] ?? null, version);
    if (verdict.does === 'refuse') return 'undecided';
    const corrects = verdict.does === 'replace' && isApproved(standing, context.form);
    if (corrects && version.reason === null) return 'needs_reason';
    if (verdict.does === 'replace') versions.push(version);
    if (verdict.second !== 'keep') seconds.push({ figure, now: verdict.second });
  }
  return { versions, seconds };
}

/** Approved by somebody above; where nobody is, a figure is simply corrected. */
function isApproved(version: FigureVersion | null, form: Form): boolean {
  return version?.state === 'approved' && form.approvedBy !== null;
}

export function actOf(
  report: Report,
  effect: Pick<ReportEffect, 'id' | 'at' | 'by'>,
  kind: ReportAct['kind'],
  changes: Changes = NO_CHANGES,
): ReportAct {
  const seconds = changes.seconds.map(({ figure }) => ({ figure, before: report.seconds[figure] ?? null }));
  return {
    effectId: effect.id,
    kind,
    at: effect.at,
    by: effect.by,
    replaced: changes.versions.map(({ figure }) => ({
      figure,
      version: report.figures[figure]?.version ?? 0,
    })),
    ...(seconds.length > 0 ? { seconds } : {}),
  };
}

/** The answers in their proper shape, the last one of each figure; null when one cannot be. */
export function readAnswers(given: readonly FigureAnswer[], context: ApplyContext): FigureAnswer[] | null {
  const figures = new Map<string, FigureDef>(context.form.figures.map((figure) => [figure.id, figure]));
  const byFigure = new Map<string, FigureAnswer>();
  for (const raw of given) {
    const figure = figures.get(raw.figure);
    const said = normalAnswer(raw);
    if (!figure || !said || (said.value !== null && !detailFits(figure, said.detail))) return null;
    if (said.value !== null && impossible(figure, said.value, context.unit, said.detail)) return null;
    byFigure.set(raw.figure, said);
  }
  return [...byFigure.values()];
}

/** What the report holds by now, by figure; nothing where there is none yet. */
export function valuesOf(report: Pick<Report, 'figures'> | null): Record<string, number | null> {
  return Object.fromEntries(Object.values(report?.figures ?? {}).map((v) => [v.figure, v.value]));
}

export type Moved = NonNullable<ReportAct['moved']>;

/** The newest versions of these figures in another state, and what was moved. What was said does not change, and nothing older moves. */
export function withState(
  report: Report,
  figures: readonly string[],
  to: FigureState,
): { readonly report: Report; readonly moved: Moved } {
  const moved = figures.flatMap((figure) => {
    const version = report.figures[figure];
    return version && version.state !== to ? [{ figure, version: version.version, from: version.state }] : [];
  });
  const states = new Map(moved.map(({ figure }) => [figure, to]));
  return { report: inStates(report, states), moved };
}

/** The newest versions in the states given. */
export function inStates(report: Report, states: ReadonlyMap<string, FigureState>): Report {
  const put = (v: FigureVersion): FigureVersion => {
    const state = report.figures[v.figure]?.version === v.version ? states.get(v.figure) : undefined;
    return state === undefined ? v : { ...v, state };
  };
  const versions = report.versions.map(put);
  const figures = Object.fromEntries(Object.entries(report.figures).map(([id, v]) => [id, put(v)]));
  return { ...report, versions, figures, state: stateOf(report.submittedAt, figures) };
}

/** Figures in the state, in the order in which they were first said. */
export function figuresIn(report: Report, state: FigureState): string[] {
  return Object.values(report.figures).flatMap((v) => (v.state === state ? [v.figure] : []));
}

/** For the act that sends: whether it comes after the deadline. */
export function lateness(
  effect: Pick<ReportEffect, 'at'>,
  { deadline }: Pick<ApplyContext, 'deadline'>,
): { readonly late: boolean } {
  return { late: effect.at > deadline };
}

/** The report as sent at the instant of the effect. */
export function asSent(report: Report, effect: ReportEffect, context: ApplyContext): Report {
  const sent = {
    ...report,
    receipt: report.receipt ?? context.receiptFor(context.unit.name, report.period),
    submittedAt: effect.at,
    ...lateness(effect, context),
  };
  return { ...sent, state: stateOf(sent.submittedAt, sent.figures) };
}

export function applied(report: Report, effect: ReportEffect): ReportOutcome {
  return {
    outcome: 'applied',
    report: {
      ...report,
      applied: [...report.applied, effect.id],
      rev: report.rev + 1,
      touchedAt: newer(report.touchedAt, effect.at),
    },
  };
}

/** The acts on a report after this one, by whoever is above. */
export function lookedAtSince(report: Pick<Report, 'acts'>, effectId: string): boolean {
  const at = report.acts.findIndex((act) => act.effectId === effectId);
  return report.acts.slice(at + 1).some(({ kind }) => FROM_ABOVE.includes(kind));
}

const FROM_ABOVE: readonly ReportAct['kind'][] = ['approve', 'return', 'enter', 'import'];

/** What a person can take back themselves. */
const OWN: readonly ReportAct['kind'][] = ['submit', 'correct', 'decide'];

/** The last thing done to the report as sent, by this person, that has not been taken back; null when there is none. */
export function undoable(report: Pick<Report, 'acts'>, by: UserKey): ReportAct | null {
  const standing: ReportAct[] = [];
  for (const act of report.acts) {
    if (OWN.includes(act.kind)) standing.push(act);
    else if (act.kind === 'undo') {
      const at = act.undoes === undefined ? -1 : standing.findIndex((a) => a.effectId === act.undoes);
      standing.splice(at < 0 ? standing.length - 1 : at, 1);
    }
  }
  return standing.findLast((act) => act.by === by) ?? null;
}
