/**
 * The access token every call needs, and its renewal. A refresh token works once, so only one process may use it: one
 * renewal at a time here, a lease across processes, the stored pair read again before anything is asked of Zalo, and the
 * new pair stored before its first use. When Zalo says the refresh token is dead, sends wait and an alarm stands until an
 * administrator consents again; messages are still taken meanwhile.
 */
import { stopwatch, type Clock } from '../../kernel/clock';
import { AppError, isAppError, messageOf } from '../../kernel/errors';
import { inTime, sleep } from '../../kernel/retry';
import { HOUR } from '../../kernel/vn-time';
import type { OAuth, TokenAnswer, TokenPair } from './oauth';
import { TokenLease } from './token-lease';
import { TokenBackoff, type AgainMs } from './token-backoff';
import { TokenStore, type OpenPair, type TokenStoreOptions, type WholePair } from './token-store';

/** An access token to call with; `generation` says which pair it belongs to, for `renew`. */
export interface Token {
  readonly accessToken: string;
  readonly generation: number;
}

/** `failing`: renewal does not work at present, the old token still may. `dead` and `missing` need an administrator. */
export interface TokenHealth {
  readonly ok: boolean;
  readonly state: 'unread' | 'good' | 'failing' | 'dead' | 'missing';
  readonly since?: Date;
  /** Zalo's code, where it was Zalo that said no. */
  readonly code?: number;
  /** A few words on a failure that is not Zalo's. */
  readonly detail?: string;
  /** When Zalo issued the pair. */
  readonly obtainedAt?: Date;
  /** When Zalo issued the refresh token; it lives for three months. */
  readonly refreshSince?: Date;
  /** The account withdrew its permission. */
  readonly revokedAt?: Date;
  /** How long the last new pair was in this process's hands alone, in milliseconds: a kill just then would have lost it. */
  readonly windowMs?: number;
}

export interface TokenOptions extends Omit<TokenStoreOptions, 'pause'> {
  readonly oauth: OAuth;
  readonly clock: Clock;
  /** Distinct for each process, and the same again where there is only one and it starts anew. */
  readonly owner: string;
  readonly random?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
  /** Longer than two calls to the token endpoint may take, in milliseconds. */
  readonly leaseMs?: number;
  /** A caller waits so long for a renewal and is then told to come again; the renewal goes on. */
  readonly patienceMs?: number;
  readonly againMs?: AgainMs;
}

export interface ZaloTokens {
  /** The token to use now. Renews one that ran out, and in the background one that is about to. Rejects with `zalo_token_dead` while there is none. */
  current(): Promise<Token>;
  /** After Zalo refused the token of `generation`: the next one, of whoever renewed it first. */
  renew(generation: number): Promise<Token>;
  /** For a timer: looks what other processes and operators did, and renews when it is time, also when nothing is sent for weeks. Never rejects. */
  tend(): Promise<void>;
  /**
   * Gets a pair for a new consent and stores it; ends an alarm. Nobody renews meanwhile. Answers what Zalo said; rejects when
   * the store is away.
   */
  link(exchange: () => Promise<TokenAnswer>): Promise<TokenAnswer>;
  /** Notes that the account withdrew its permission, for every process to see. */
  noteRevoked(at: Date): Promise<void>;
  health(): TokenHealth;
}

const REFRESH_AGE = 20 * HOUR;
const LOOK_AGAIN = 5_000;
const PATIENCE_MS = 9_000;

interface Held extends Token {
  readonly refreshToken: string;
  readonly expiresAt: Date;
  readonly refreshAt: Date;
  readonly obtainedAt: Date;
  readonly refreshSince: Date;
  readonly revokedAt: Date | null;
  readonly dead: { readonly since: Date; readonly code: number } | null;
}

export function createZaloTokens(options: TokenOptions): ZaloTokens {
  return new Tokens(options);
}

class Tokens implements ZaloTokens {
  private readonly keep: TokenStore;
  private readonly lease: TokenLease;
  private readonly trouble: TokenBackoff;
  private held: Held | null = null;
  private missing = false;
  private renewing: Promise<Held> | null = null;
  private windowMs: number | null = null;
  /** The generation whose refresh token was answered once without tokens. */
  private answeredEmpty: number | null = null;
  private sinceLook: () => number = () => Infinity;

  constructor(private readonly options: TokenOptions) {
    const pause = options.pause ?? sleep;
    this.keep = new TokenStore({ ...options, pause });
    this.lease = new TokenLease({ ...options, pause });
    this.trouble = new TokenBackoff(options.clock, options.againMs);
  }

  async current(): Promise<Token> {
    const held = await this.usable();
    const now = this.options.clock.now();
    if (now >= held.expiresAt) return this.renewedSoon(held.generation);
    if (now >= held.refreshAt && this.trouble.mayAsk()) this.inBackground(held.generation);
    return held;
  }

  renew(generation: number): Promise<Token> {
    if (!this.renewing && this.held?.generation === generation && !this.trouble.maySpurn())
      return Promise.reject(new AppError('zalo_refused', { detail: 'new token refused' }));
    return this.renewedSoon(generation);
  }

  async tend(): Promise<void> {
    try {
      const held = await this.read();
      if (held === null || held.dead) return;
      const now = this.options.clock.now();
      const due = now >= held.refreshAt || this.keep.waiting || this.trouble.present !== null;
      if (due && this.trouble.mayAsk()) await this.renewed(held.generation);
    } catch (error) {
      // A renewal that failed stands in `health`; a store that is away is said by whoever needs it first.
      if (!this.trouble.present && !isAppError(error, 'zalo_token_dead'))
        this.options.log.warn({ reason: messageOf(error) }, 'the zalo token could not be looked at');
    }
  }

  async link(exchange: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
    const owner = `${this.options.owner}/consent`;
    await this.lease.take(owner, () => Promise.resolve(null));
    try {
      await this.keep.recover(await this.options.repo.load());
      const from = (await this.options.repo.load())?.generation ?? 0;
      const answer = await this.askTwice(exchange);
      if (answer.outcome === 'pair') {
        await this.keep.save(from, this.whole(answer.pair, null), {
          consent: true,
          sinceRead: answer.sinceRead,
        });
        await this.read();
      }
      return answer;
    } finally {
      await this.lease.release(owner);
    }
  }

  async noteRevoked(at: Date): Promise<void> {
    await this.options.repo.markRevoked(at);
    await this.read();
  }

  health(): TokenHealth {
    const { held } = this;
    const failing = this.trouble.present;
    const facts = {
      ...(held ? { obtainedAt: held.obtainedAt, refreshSince: held.refreshSince } : {}),
      ...(held?.revokedAt ? { revokedAt: held.revokedAt } : {}),
      ...(this.windowMs === null ? {} : { windowMs: this.windowMs }),
    };
    if (held?.dead) return { ok: false, state: 'dead', ...held.dead, ...facts };
    if (this.missing) return { ok: false, state: 'missing' };
    if (failing) return { ok: false, state: 'failing', ...failing, ...facts };
    return { ok: true, state: held ? 'good' : 'unread', ...facts };
  }

  private inBackground(generation: number): void {
    // What failed stands in `health`.
    this.renewed(generation).catch(() => undefined);
  }

  /** A send has no time to wait for another process's lease to run out. */
  private renewedSoon(generation: number): Promise<Held> {
    const late = (): Error => new AppError('zalo_unreachable', { detail: 'token renewal takes long' });
    return inTime(this.renewed(generation), this.options.patienceMs ?? PATIENCE_MS, late);
  }

  /** The pair in memory. A dead or missing one is looked for again every few seconds: an administrator may have consented. */
  private async usable(): Promise<Held> {
    const lacking = this.held === null || this.held.dead !== null;
    const known = this.missing || this.held?.dead;
    if (lacking && (!known || this.sinceLook() >= LOOK_AGAIN)) {
      this.sinceLook = stopwatch();
      await this.read();
    }
    return this.alive(this.held);
  }

  private alive(held: Held | null): Held {
    if (held === null) throw new AppError('zalo_token_dead', { state: 'missing' });
    if (held.dead !== null) throw new AppError('zalo_token_dead', { code: held.dead.code });
    return held;
  }

  private async read(): Promise<Held | null> {
    const pair = await this.keep.load();
    this.missing = pair === null;
    if (pair === null) this.held = null;
    else if (!this.isHeld(pair)) this.adopt(pair);
    return this.held;
  }

  private isHeld({ stored }: OpenPair): boolean {
    const { held } = this;
    return (
      held !== null &&
      held.generation === stored.generation &&
      held.revokedAt?.getTime() === stored.revokedAt?.getTime() &&
      (held.dead === null) === (stored.deadSince === null)
    );
  }

  private adopt({ stored, accessToken, refreshToken }: OpenPair): void {
    const isNew = this.held?.generation !== stored.generation;
    if (isNew) this.trouble.over();
    const life = stored.expiresAt.getTime() - stored.obtainedAt.getTime();
    const jitter = ((this.options.random ?? Math.random)() - 0.5) * HOUR;
    const age = Math.min(REFRESH_AGE + jitter, life * 0.8);
    const refreshAt = new Date(stored.obtainedAt.getTime() + age);
    this.held = {
      accessToken,
      refreshToken,
      generation: stored.generation,
      expiresAt: stored.expiresAt,
      refreshAt: isNew || !this.held ? refreshAt : this.held.refreshAt,
      obtainedAt: stored.obtainedAt,
      refreshSince: stored.refreshSince ?? stored.obtainedAt,
      revokedAt: stored.revokedAt,
      dead: stored.deadSince ? { since: stored.deadSince, code: stored.deadCode ?? 0 } : null,
    };
  }

  private async renewed(generation: number): Promise<Held> {
    for (;;) {
      this.renewing ??= this.renewOnce(generation)
        .catch((error: unknown) => {
          if (!isAppError(error, 'zalo_token_dead')) this.trouble.note(error);
          throw error;
        })
        .finally(() => (this.renewing = null));
      const held = await this.renewing;
      if (held.generation > generation) return held;
    }
  }

  private async renewOnce(generation: number): Promise<Held> {
    await this.keep.flush();
    const other = await this.newerThan(generation);
    if (other) return other;
    if (!this.trouble.mayAsk()) throw this.trouble.error();
    const leased = await this.lease.take(this.options.owner, () => this.newerThan(generation));
    if (leased) return leased;
    try {
      const done = await this.newerThan(generation);
      if (done) return done;
      if (await this.keep.recover(await this.options.repo.load()))
        return (await this.newerThan(generation)) as Held;
      return await this.exchange(generation);
    } finally {
      await this.lease.release(this.options.owner);
    }
  }

  /** The stored pair when somebody renewed it already; an error when it is known to be dead. */
  private async newerThan(generation: number): Promise<Held | null> {
    const held = this.alive(await this.read());
    return held.generation > generation ? held : null;
  }

  private async exchange(generation: number): Promise<Held> {
    const held = this.held as Held;
    const { refreshToken } = held;
    if (refreshToken === '') return this.declareDead(generation, 0);
    const answer = await this.askTwice(() => this.options.oauth.refresh(refreshToken));
    switch (answer.outcome) {
      case 'pair': {
        const took = await this.keep.save(generation, this.whole(answer.pair, held), {
          consent: false,
          sinceRead: answer.sinceRead,
        });
        this.windowMs = took.windowMs;
        this.trouble.renewed();
        this.options.log.info({ generation: generation + 1, ...took }, 'zalo token renewed');
        return (await this.newerThan(generation)) as Held;
      }
      case 'dead':
        return this.declareDead(generation, answer.code);
      case 'no_tokens': {
        if (this.answeredEmpty === generation) return this.declareDead(generation, 0);
        this.answeredEmpty = generation;
        throw new AppError('zalo_unreachable', { detail: answer.said ?? answer.meaning });
      }
      case 'refused':
        throw new AppError('zalo_refused', { code: answer.code, detail: answer.said ?? answer.meaning });
      case 'unknown':
        throw new AppError('zalo_unreachable', { detail: answer.detail });
    }
  }

  /** Without a new refresh token the one before serves on; after a consent there is none before. */
  private whole(pair: TokenPair, before: Held | null): WholePair {
    if (pair.refreshToken !== null) return { ...pair, refreshToken: pair.refreshToken };
    this.options.log.warn({}, 'zalo issued no new refresh token, the one before is used on');
    return before === null
      ? { ...pair, refreshToken: '' }
      : { ...pair, refreshToken: before.refreshToken, refreshSince: before.refreshSince };
  }

  /** An answer that got lost may have used the token or code up, or not: the same once more tells. */
  private async askTwice(ask: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
    this.keep.prepare();
    let answer = await ask();
    if (answer.outcome === 'unknown') {
      if (!this.trouble.present)
        this.options.log.warn({ detail: answer.detail }, 'zalo token answer lost, asking once more');
      answer = await ask();
    }
    if (answer.outcome !== 'pair') this.keep.nothingCame();
    return answer;
  }

  private async declareDead(generation: number, code: number): Promise<Held> {
    const other = await this.newerThan(generation);
    if (other) return other;
    await this.options.repo.markDead(generation, code, this.options.clock.now());
    await this.read();
    throw new AppError('zalo_token_dead', { code });
  }
}
