import { MINUTE } from '../../kernel/vn-time';
import type { Duty } from '../../reporting/duties';
import { countEnds, endOfChain, type ChainEnd, type Silence } from './ends';

/** The asking of one unit for one duty, and how it has ended. */
export interface Chain extends Pick<Duty, 'unit' | 'submittedAt' | 'deadline' | 'lockAt'> {
  /** Null: it still runs. */
  readonly end: ChainEnd | null;
  /** Why nobody of the unit can be told at the moment; null: somebody can, or it has sent. */
  readonly why: Silence['why'];
}

export interface ChainsDeps {
  /** Of a kind of duty, those of the units at or below one. */
  readonly duties: (kind: string, period: string, top: string, now: Date) => Promise<readonly Duty[]>;
  readonly unreachable: (
    period: string,
    now: Date,
  ) => Promise<ReadonlyMap<string, NonNullable<Silence['why']>>>;
  /** Which of these units were told of it, or have begun it. */
  readonly told: (
    kind: string,
    period: string,
    units: readonly string[],
    now: Date,
  ) => Promise<ReadonlySet<string>>;
  /** Why nothing comes from a unit, as it was written down for the period. */
  readonly reasons: (kind: string, period: string) => Promise<ReadonlyMap<string, string>>;
}

/**
 * How the asking for a duty has ended, for every unit that owes it at or below one. Worked out anew from what was sent
 * and what was delivered each time it is asked, so it corrects itself the moment somebody submits. Nothing is stored.
 */
export class Chains {
  constructor(private readonly deps: ChainsDeps) {}

  async of(kind: string, period: string, top: string, now: Date): Promise<Chain[]> {
    const { unreachable, told, reasons } = this.deps;
    const duties = await this.deps.duties(kind, period, top, now);
    const silent = duties.filter(({ submittedAt }) => submittedAt === null);
    if (silent.length === 0) return duties.map((duty) => chainOf(duty, KNOWS_NOTHING, now));
    // Whether somebody was told matters once the lock has come.
    const ended = silent.filter(({ lockAt }) => now >= lockAt).map(({ unit }) => unit);
    const [why, reached, said] = await Promise.all([
      unreachable(period, now),
      ended.length > 0 ? told(kind, period, ended, now) : new Set<string>(),
      reasons(kind, period),
    ]);
    return duties.map((duty) => {
      const { unit } = duty;
      const silence = { why: why.get(unit) ?? null, told: reached.has(unit), reason: said.get(unit) ?? null };
      return chainOf(duty, duty.submittedAt === null ? silence : KNOWS_NOTHING, now);
    });
  }

  /** How many of them came to each end; those that still run stand under `open`. */
  counts(chains: readonly Pick<Chain, 'end'>[]): ReturnType<typeof countEnds> {
    return countEnds(chains.map(({ end }) => end));
  }
}

/** The same answer for a period within one minute, for whoever makes a hundred lists at once. */
export function sameMinute(unreachable: ChainsDeps['unreachable']): ChainsDeps['unreachable'] {
  let known: { readonly key: string; readonly why: ReturnType<ChainsDeps['unreachable']> } | null = null;
  return (period, now) => {
    const key = `${period} ${Math.floor(now.getTime() / MINUTE)}`;
    if (known?.key !== key) known = { key, why: unreachable(period, now) };
    return known.why;
  };
}

const KNOWS_NOTHING: Silence = { why: null, told: false, reason: null };

function chainOf(duty: Duty, silence: Silence, now: Date): Chain {
  const { unit, submittedAt, deadline, lockAt, status } = duty;
  const end = endOfChain(status, silence, duty, now);
  return { unit, submittedAt, deadline, lockAt, end, why: silence.why };
}
