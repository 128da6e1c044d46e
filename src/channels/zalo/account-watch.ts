import { stopwatch, type Clock } from '../../kernel/clock';
import { isAppError, messageOf } from '../../kernel/errors';
import { DAY, HOUR, MINUTE } from '../../kernel/vn-time';
import type { Logger } from '../../observability/logger';
import {
  ACCOUNT_ALARMS,
  alarmOfCall,
  alarmOfRefusal,
  alarmsOfAccount,
  alarmsOfToken,
  readAccount,
  type AccountAlarm,
  type AccountInfo,
  type StandingAlarm,
} from './account';
import type { Caller } from './api/caller';
import type { ZaloTokens } from './tokens';
import type { ErrorFamily } from './errors';
import { PATHS } from './wire';

/** A message that waits for an operator is tried again each hour. */
const REFUSAL_STANDS = 2 * HOUR;

const WRONG_SIGNATURE: StandingAlarm = {
  alarm: 'webhook_signature',
  facts: { check: 'ZALO_APP_ID and ZALO_OA_SECRET_KEY, against the webhook page of the console' },
};

/**
 * Looks after the account: keeps the token fresh, asks Zalo how the account stands (with each new token and
 * once a day, each hour while something is wrong), and keeps the alarms an operator should see. Each alarm is said in the log once when it begins and once when it ends, whatever happens between.
 */
export interface AccountWatch {
  /** For a timer of some seconds. Never rejects. */
  tend(): Promise<void>;
  /** Something happened to the account, by Zalo's name of the event; names that mean no alarm are left alone. */
  noteEvent(name: string, at: Date): Promise<void>;
  /** Zalo refused a call of whatever kind. What that says of the account stands until no call has been refused so for two hours. */
  noteRefusal(family: ErrorFamily, code: number, text: string, path?: string): void;
  /** Zalo took a call on this path: what was refused there before is mended. */
  noteAccepted(path: string): void;
  /** Something may have been mended just now: all that calls have said is forgotten, and Zalo is asked again. */
  lookAgain(): Promise<void>;
  /** An event's signature matched, or did not: the alarm stands until one matches, or none was wrong for two hours. */
  noteSignature(matches: boolean): void;
  /** What is wrong now, worst first. */
  standing(): readonly AccountAlarm[];
}

export interface AccountWatchOptions {
  readonly caller: Caller;
  readonly tokens: Pick<ZaloTokens, 'tend' | 'health' | 'noteRevoked'>;
  readonly oaId: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long after a question that got no answer it is asked again, in milliseconds. */
  readonly askAgainMs?: number;
  readonly refusalStandsMs?: number;
}

export function createAccountWatch(options: AccountWatchOptions): AccountWatch {
  return new Watch(options);
}

class Watch implements AccountWatch {
  private info: AccountInfo | null = null;
  private refusal: StandingAlarm | null = null;
  private askedAt: Date | null = null;
  /** When the pair was issued that the question was asked with: a new pair may be that of another account. */
  private askedWith: number | undefined;
  private sinceTry: () => number = () => Infinity;
  private asking: Promise<void> | null = null;
  private readonly refused = new Map<
    AccountAlarm,
    { readonly alarm: StandingAlarm; readonly since: () => number; readonly path: string | null }
  >();
  private told = new Set<AccountAlarm>();

  constructor(private readonly options: AccountWatchOptions) {}

  async tend(): Promise<void> {
    await this.options.tokens.tend();
    this.tell();
    if (this.isDue()) await (this.asking ??= this.ask().finally(() => (this.asking = null)));
    this.tell();
  }

  async noteEvent(name: string, at: Date): Promise<void> {
    if (name !== 'permission_revoked') return;
    await this.options.tokens.noteRevoked(at);
    // How far it goes is for Zalo to say.
    this.askSoon();
    this.tell();
  }

  noteRefusal(family: ErrorFamily, code: number, text: string, path?: string): void {
    const alarm = alarmOfCall(family, code, text);
    if (alarm === null) return;
    this.refused.set(alarm.alarm, { alarm, since: stopwatch(), path: path ?? null });
    this.tell();
  }

  noteAccepted(path: string): void {
    if (this.refused.size === 0) return;
    for (const [name, refused] of this.refused) if (refused.path === path) this.refused.delete(name);
    this.tell();
  }

  async lookAgain(): Promise<void> {
    for (const [name, { path }] of this.refused) if (path !== null) this.refused.delete(name);
    this.askSoon();
    await this.tend();
  }

  noteSignature(matches: boolean): void {
    const stands = this.refused.has('webhook_signature');
    if (matches && !stands) return;
    if (matches) this.refused.delete('webhook_signature');
    else this.refused.set('webhook_signature', { alarm: WRONG_SIGNATURE, since: stopwatch(), path: null });
    if (matches || !stands) this.tell();
  }

  standing(): readonly AccountAlarm[] {
    const present = new Set(this.alarms().map(({ alarm }) => alarm));
    return ACCOUNT_ALARMS.filter((alarm) => present.has(alarm));
  }

  private alarms(): StandingAlarm[] {
    const now = this.options.clock.now();
    return [
      ...alarmsOfToken(this.options.tokens.health(), now),
      ...(this.refusal ? [this.refusal] : []),
      ...[...this.refused.values()]
        .filter(({ since }) => since() < (this.options.refusalStandsMs ?? REFUSAL_STANDS))
        .map(({ alarm }) => alarm),
      ...(this.info ? alarmsOfAccount(this.info, this.options.oaId, now) : []),
    ];
  }

  private askSoon(): void {
    this.askedAt = null;
    this.sinceTry = () => Infinity;
  }

  private isDue(): boolean {
    const { state, obtainedAt } = this.options.tokens.health();
    if (state === 'dead' || state === 'missing') return false;
    if (this.askedWith !== obtainedAt?.getTime()) return true;
    const now = this.options.clock.now().getTime();
    const asked = this.askedAt?.getTime() ?? null;
    // A clock that was set back must not put the question off for longer than a day.
    const wrong =
      this.refusal ?? (this.info && alarmsOfAccount(this.info, this.options.oaId, new Date(now))[0]);
    const due = asked === null || now < asked || now - asked >= (wrong ? HOUR : DAY);
    return due && this.sinceTry() >= (this.options.askAgainMs ?? 10 * MINUTE);
  }

  private async ask(): Promise<void> {
    this.sinceTry = stopwatch();
    this.askedWith = this.options.tokens.health().obtainedAt?.getTime();
    try {
      const answer = await this.options.caller.call({ method: 'GET', path: PATHS.accountInfo });
      if (answer.outcome === 'ok') {
        this.info = readAccount(answer.data);
        this.refusal = null;
      } else if (answer.outcome === 'code') this.refusal = alarmOfRefusal(answer.code, answer.text);
      if (answer.outcome === 'ok' || this.refusal !== null) this.askedAt = this.options.clock.now();
    } catch (error) {
      // Without a token nothing can be asked, and that has its own alarm.
      if (!isAppError(error))
        this.options.log.warn({ reason: messageOf(error) }, 'the account could not be looked at');
    }
  }

  private tell(): void {
    const alarms = this.alarms();
    const present = new Set(alarms.map(({ alarm }) => alarm));
    for (const { alarm, facts } of alarms)
      if (!this.told.has(alarm))
        this.options.log.error({ code: 'zalo_alarm', alarm, ...facts }, 'zalo account alarm');
    for (const alarm of this.told)
      if (!present.has(alarm))
        this.options.log.info({ code: 'zalo_alarm', alarm }, 'zalo account alarm ended');
    this.told = present;
  }
}
