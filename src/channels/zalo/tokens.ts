/**
 * The access token every call needs, and its renewal. A refresh token works once, so only one process may use it: one
 * renewal at a time here, a lease across processes, the stored pair read again before anything is asked of Zalo, and the
 * new pair stored before its first use. When Zalo says the refresh token is dead, sends wait and an alarm stands until an
 * administrator consents again; messages are still taken meanwhile.
 */
import { stopwatch, type Clock } from '../../kernel/clock';
import { AppError, isAppError, messageOf } from '../../kernel/errors';
import { backoffMs, sleep } from '../../kernel/retry';
import { HOUR, MINUTE } from '../../kernel/vn-time';
import type { Logger } from '../../observability/logger';
import type { OAuth, TokenAnswer, TokenPair } from './oauth';
import { seal, unseal } from './seal';
import type { NewTokens, StoredTokens, TokenRepo } from './tokens.repo';

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
  readonly code?: number;
}

export interface TokenOptions {
  readonly repo: TokenRepo;
  readonly oauth: OAuth;
  /** 32 bytes. */
  readonly encryptionKey: Buffer;
  readonly accountId: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Distinct for each process. */
  readonly owner: string;
  /** From the configuration; used only while nothing is stored. */
  readonly first?: { readonly accessToken: string; readonly refreshToken: string };
  readonly random?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
  /** Longer than two calls to the token endpoint may take, in milliseconds. */
  readonly leaseMs?: number;
}

export interface ZaloTokens {
  /** The token to use now. Renews one that ran out, and in the background one that is about to. Rejects with `zalo_token_dead` while there is none. */
  current(): Promise<Token>;
  /** After Zalo refused the token of `generation`: the next one, of whoever renewed it first. */
  renew(generation: number): Promise<Token>;
  /** For a timer: renews when it is time, also when nothing is sent for weeks. Never rejects. */
  refreshIfDue(): Promise<void>;
  /** Stores a pair from a new consent; ends an alarm. */
  replace(pair: TokenPair): Promise<void>;
  health(): TokenHealth;
}

const REFRESH_AGE = 20 * HOUR;
const FIRST_LIFE = 25 * HOUR;
const AFTER_FAILURE = MINUTE;
const LOOK_AGAIN = 5_000;
const LEASE_POLL = 200;

interface Held extends Token {
  readonly refreshToken: string;
  readonly expiresAt: Date;
  readonly refreshAt: Date;
  readonly dead: { readonly since: Date; readonly code: number } | null;
}

export function createZaloTokens(options: TokenOptions): ZaloTokens {
  return new Tokens(options);
}

class Tokens implements ZaloTokens {
  private held: Held | null = null;
  private missing = false;
  private failing: { since: Date; code?: number } | null = null;
  private renewing: Promise<Held> | null = null;
  private unsaved: { from: number; tokens: NewTokens } | null = null;
  private sinceLook: () => number = () => Infinity;

  constructor(private readonly options: TokenOptions) {}

  async current(): Promise<Token> {
    const held = await this.usable();
    const now = this.options.clock.now();
    if (now >= held.expiresAt) return this.renewed(held.generation);
    if (now >= held.refreshAt && this.mayTry(now)) void this.refreshIfDue();
    return held;
  }

  renew(generation: number): Promise<Token> {
    return this.renewed(generation);
  }

  async refreshIfDue(): Promise<void> {
    try {
      const held = await this.usable();
      const now = this.options.clock.now();
      if (now >= held.refreshAt && this.mayTry(now)) await this.renewed(held.generation);
    } catch (error) {
      this.options.log.error({ reason: messageOf(error) }, 'zalo token not renewed');
    }
  }

  async replace(pair: TokenPair): Promise<void> {
    const tokens = this.sealed(pair);
    const stored = await this.options.repo.load();
    const done = stored
      ? await this.options.repo.advance(stored.generation, tokens)
      : await this.options.repo.insertFirst(tokens);
    if (!done) throw new AppError('turn_conflict', { what: 'zalo token' });
    await this.read();
  }

  health(): TokenHealth {
    const { held, failing } = this;
    if (held?.dead) return { ok: false, state: 'dead', since: held.dead.since, code: held.dead.code };
    if (this.missing) return { ok: false, state: 'missing' };
    if (failing) return { ok: false, state: 'failing', ...failing };
    return { ok: true, state: held ? 'good' : 'unread' };
  }

  private mayTry(now: Date): boolean {
    return this.failing === null || now.getTime() - this.failing.since.getTime() >= AFTER_FAILURE;
  }

  /** The pair in memory. A dead or missing one is looked for again every few seconds: an administrator may have consented. */
  private async usable(): Promise<Held> {
    const wanting = this.held === null || this.held.dead !== null;
    if (wanting && (this.sinceLook() >= LOOK_AGAIN || !(this.missing || this.held?.dead))) {
      this.sinceLook = stopwatch();
      await this.read();
    }
    if (this.held === null) throw new AppError('zalo_token_dead', { state: 'missing' });
    if (this.held.dead !== null) throw new AppError('zalo_token_dead', { code: this.held.dead.code });
    return this.held;
  }

  private async read(): Promise<Held | null> {
    let stored = await this.options.repo.load();
    if (stored === null && this.options.first?.accessToken) {
      await this.options.repo.insertFirst(this.sealed({ ...this.options.first, livesMs: FIRST_LIFE }));
      stored = await this.options.repo.load();
    }
    if (stored === null) {
      if (!this.missing)
        this.options.log.error({}, 'no zalo token is stored: consent by an administrator is needed');
      this.missing = true;
      return null;
    }
    this.missing = false;
    return this.adopt(stored);
  }

  private adopt(stored: StoredTokens): Held {
    const same =
      this.held?.generation === stored.generation && this.held.dead === null && stored.deadSince === null;
    if (same && this.held) return this.held;
    const text = unseal(this.options.encryptionKey, this.context, stored.sealed);
    const pair = JSON.parse(text) as { accessToken: string; refreshToken: string };
    const life = stored.expiresAt.getTime() - stored.obtainedAt.getTime();
    const jitter = ((this.options.random ?? Math.random)() - 0.5) * HOUR;
    const age = Math.min(REFRESH_AGE + jitter, life * 0.8);
    this.failing = null;
    this.held = {
      ...pair,
      generation: stored.generation,
      expiresAt: stored.expiresAt,
      refreshAt: new Date(stored.obtainedAt.getTime() + age),
      dead: stored.deadSince ? { since: stored.deadSince, code: stored.deadCode ?? 0 } : null,
    };
    return this.held;
  }

  private renewed(generation: number): Promise<Held> {
    this.renewing ??= this.renewOnce(generation)
      .catch((error: unknown) => {
        if (!isAppError(error, 'zalo_token_dead')) this.noteFailure(error);
        throw error;
      })
      .finally(() => (this.renewing = null));
    return this.renewing;
  }

  private async renewOnce(generation: number): Promise<Held> {
    const { repo, owner } = this.options;
    if (this.unsaved) await this.save();
    const other = await this.newerThan(generation);
    if (other) return other;
    const leased = await this.lease(generation);
    if (leased) return leased;
    try {
      return (await this.newerThan(generation)) ?? (await this.exchange(generation));
    } finally {
      await repo.release(owner).catch((error: unknown) => {
        this.options.log.warn(
          { reason: messageOf(error) },
          'token lease not released, it runs out by itself',
        );
      });
    }
  }

  /** The stored pair when somebody renewed it already; an error when it is known to be dead. */
  private async newerThan(generation: number): Promise<Held | null> {
    const held = await this.read();
    if (held === null) throw new AppError('zalo_token_dead', { state: 'missing' });
    if (held.dead) throw new AppError('zalo_token_dead', { code: held.dead.code });
    return held.generation > generation ? held : null;
  }

  /** Waits for the lease; a pair when another process renewed it meanwhile, null once the lease is ours. */
  private async lease(generation: number): Promise<Held | null> {
    const leaseMs = this.options.leaseMs ?? 40_000;
    for (let waited = 0; ; waited += LEASE_POLL) {
      const now = this.options.clock.now();
      if (await this.options.repo.lease(this.options.owner, now, new Date(now.getTime() + leaseMs)))
        return null;
      if (waited > leaseMs)
        throw new AppError('zalo_unreachable', { detail: 'another process holds the token lease' });
      await (this.options.pause ?? sleep)(LEASE_POLL);
      const other = await this.newerThan(generation);
      if (other) return other;
    }
  }

  private async exchange(generation: number): Promise<Held> {
    const answer = await this.ask();
    switch (answer.outcome) {
      case 'pair':
        this.unsaved = { from: generation, tokens: this.sealed(answer.pair) };
        await this.save();
        this.options.log.info({ generation: generation + 1 }, 'zalo token renewed');
        return (await this.newerThan(generation)) as Held;
      case 'dead':
        return this.declareDead(generation, answer.code);
      case 'refused':
        throw new AppError('zalo_refused', { code: answer.code });
      case 'unknown':
        throw new AppError('zalo_unreachable', { detail: answer.detail });
    }
  }

  /** An answer that got lost may have used the token up or not: the same token once more tells. */
  private async ask(): Promise<TokenAnswer> {
    const refreshToken = (this.held as Held).refreshToken;
    if (refreshToken === '') return { outcome: 'dead', code: 0 };
    const answer = await this.options.oauth.refresh(refreshToken);
    if (answer.outcome !== 'unknown') return answer;
    this.options.log.warn({ detail: answer.detail }, 'zalo token answer lost, asking once more');
    return this.options.oauth.refresh(refreshToken);
  }

  private async declareDead(generation: number, code: number): Promise<Held> {
    const other = await this.newerThan(generation);
    if (other) return other;
    await this.options.repo.markDead(generation, code, this.options.clock.now());
    await this.read();
    this.options.log.fatal({ code }, 'zalo refresh token is dead: an administrator must consent again');
    throw new AppError('zalo_token_dead', { code });
  }

  /** Keeps trying: the pair in hand is the only one that works, and the old refresh token is used up. */
  private async save(): Promise<void> {
    const { from, tokens } = this.unsaved as NonNullable<typeof this.unsaved>;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.options.repo.advance(from, tokens);
        this.unsaved = null;
        return;
      } catch (error) {
        this.options.log.error({ attempt, reason: messageOf(error) }, 'new zalo token not stored yet');
        if (attempt >= 5) throw new AppError('store_unavailable', { what: 'zalo token' }, { cause: error });
        await (this.options.pause ?? sleep)(backoffMs(attempt, 200, 2_000));
      }
    }
  }

  private noteFailure(error: unknown): void {
    const code =
      isAppError(error) && typeof error.facts['code'] === 'number' ? { code: error.facts['code'] } : {};
    this.failing = { since: this.options.clock.now(), ...code };
  }

  private get context(): string {
    return `zalo-token:${this.options.accountId}`;
  }

  private sealed(pair: TokenPair): NewTokens {
    const { accessToken, refreshToken, livesMs } = pair;
    const now = this.options.clock.now();
    return {
      sealed: seal(this.options.encryptionKey, this.context, JSON.stringify({ accessToken, refreshToken })),
      obtainedAt: now,
      expiresAt: new Date(now.getTime() + livesMs),
    };
  }
}
