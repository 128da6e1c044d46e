import type { Form } from './form';
import type { Report } from './report';

/** Who holds the baton of one report: the one next act, whose it is, and since when. Derived from what was done; pure. */

export type BatonStep =
  | 'not_open'
  | 'begin'
  | 'finish'
  | 'send'
  | 'look_again'
  | 'review'
  | 'done'
  /** Locked without having been sent: only whoever is above may still enter it. */
  | 'locked';

export interface Baton {
  readonly step: BatonStep;
  /** `unit`: whoever reports; `above`: whoever approves; `nobody`: nothing is waited for. */
  readonly holder: 'unit' | 'above' | 'nobody';
  readonly since: Date;
}

export interface BatonFacts {
  readonly report: Report | null;
  readonly form: Pick<Form, 'approvedBy'>;
  readonly opensAt: Date;
  readonly lockAt: Date;
  /** Ids of the figures asked. */
  readonly asked: readonly string[];
}

export function batonOf({ report, form, opensAt, lockAt, asked }: BatonFacts, at: Date): Baton {
  const states = Object.values(report?.figures ?? {}).map(({ state }) => state);
  if (report?.submittedAt) {
    if (states.includes('returned'))
      return { step: 'look_again', holder: 'unit', since: lastAct(report, 'return') ?? report.submittedAt };
    if (form.approvedBy === null) return { step: 'done', holder: 'nobody', since: report.submittedAt };
    if (states.includes('submitted'))
      return { step: 'review', holder: 'above', since: lastAct(report, 'correct') ?? report.submittedAt };
    return { step: 'done', holder: 'nobody', since: lastAct(report, 'approve') ?? report.submittedAt };
  }
  if (at < opensAt) return { step: 'not_open', holder: 'nobody', since: opensAt };
  if (at >= lockAt) return { step: 'locked', holder: 'above', since: lockAt };
  const said = asked.filter((id) => report?.figures[id] !== undefined).length;
  const step = said === 0 ? 'begin' : said < asked.length ? 'finish' : 'send';
  return { step, holder: 'unit', since: opensAt };
}

/** The newest act of the kind since the report was last sent. */
function lastAct(report: Report, kind: Report['acts'][number]['kind']): Date | null {
  return report.acts.findLast((act) => act.kind === kind)?.at ?? null;
}

/** Those held longest first; what nobody waits for is left out. */
export function byTimeHeld<T extends { readonly baton: Baton }>(held: readonly T[]): T[] {
  return held
    .filter(({ baton }) => baton.holder !== 'nobody')
    .sort((a, b) => a.baton.since.getTime() - b.baton.since.getTime());
}
