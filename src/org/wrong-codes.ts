import { HOUR } from '../kernel/vn-time';
import type { OrgRepo } from './org.repo';

/** What of a logger is used. */
interface Alarms {
  error(facts: object, message: string): void;
  info(facts: object, message: string): void;
}

/** More wrong claim codes than this from all people within an hour: somebody guesses with many accounts, and nobody's code is looked at. */
export const WRONG_CODES_CAP = 120;

/**
 * The cap over all people's wrong codes, beside the limit of each person. Counted in the store, so that every process
 * sees it; an operator sees it as an alarm of `/health/ready`, in the metrics and once in the log when it begins and ends.
 */
export class WrongCodes {
  /** As last read or written by this process, oldest first. */
  private recent: readonly Date[] = [];
  private alarmed = false;

  constructor(
    private readonly repo: Pick<OrgRepo, 'attempts' | 'addAttempt'>,
    private readonly log: Alarms,
    private readonly cap = WRONG_CODES_CAP,
  ) {}

  /** Until when no code is looked at; null while there is no need. The effect `without` is not counted: a turn done again decides as before. */
  async blockedUntil(at: Date, without: string): Promise<Date | null> {
    const noted = await this.repo.attempts(EVERYBODY);
    this.recent = noted.map((one) => one.at);
    this.standing(at);
    return this.untilOf(
      noted.filter(({ id }) => id !== without).map((one) => one.at),
      at,
    );
  }

  /** Counts a wrong code; the same effect twice counts once. */
  async note(effectId: string, at: Date): Promise<void> {
    await this.repo.addAttempt(EVERYBODY, effectId, at, this.cap);
    this.recent = (await this.repo.attempts(EVERYBODY)).map((one) => one.at);
    this.standing(at);
  }

  /** How many were wrong in the hour before, as far as this process knows. */
  inTheHour(now: Date): number {
    return this.recent.filter((at) => at.getTime() > now.getTime() - HOUR).length;
  }

  /** Whether the cap is reached; says so in the log when that begins and when it ends. */
  standing(now: Date): boolean {
    const reached = this.untilOf(this.recent, now) !== null;
    if (reached && !this.alarmed)
      this.log.error({ alarm: 'claim_codes', cap: this.cap }, 'too many wrong claim codes: no code is taken');
    if (!reached && this.alarmed) this.log.info({ alarm: 'claim_codes' }, 'claim codes are taken again');
    this.alarmed = reached;
    return reached;
  }

  private untilOf(wrong: readonly Date[], at: Date): Date | null {
    const hour = wrong.filter((one) => one <= at && one.getTime() > at.getTime() - HOUR);
    const first = hour.at(-this.cap);
    return hour.length >= this.cap && first ? new Date(first.getTime() + HOUR) : null;
  }
}

/** Stands for all people in the store of wrong tries; no channel has such an address. */
const EVERYBODY = 'everybody:*';
