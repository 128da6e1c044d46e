/**
 * The access token every call needs, and its renewal. A refresh token works once, so only one process may use it: one
 * renewal at a time here, a lease across processes, the stored pair read again before anything is asked of Zalo, and the
 * new pair stored before its first use. When Zalo says the refresh token is dead, sends wait and an alarm stands until an
 * administrator consents again; messages are still taken meanwhile. What is known and what may be done stands in
 * token-state.ts, what is kept in token-store.ts and, on its way there, in token-journal.ts; here it is done.
 */
import type { Clock } from '../../kernel/clock';
import { AppError, isAppError, messageOf } from '../../kernel/errors';
import { inTime } from '../../kernel/retry';
import type { OAuth, TokenAnswer, TokenPair } from './oauth';
import { TokenState, type AgainMs, type HeldPair, type Token, type TokenHealth } from './token-state';
import { TokenStore, type TokenStoreOptions, type WholePair } from './token-store';

export type { Token, TokenHealth };

export interface TokenOptions extends TokenStoreOptions {
  readonly oauth: OAuth;
  readonly clock: Clock;
  /** Distinct for each process, and the same again where there is only one and it starts anew. */
  readonly owner: string;
  readonly random?: () => number;
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

const PATIENCE_MS = 9_000;

export function createZaloTokens(options: TokenOptions): ZaloTokens {
  return new Tokens(options);
}

class Tokens implements ZaloTokens {
  private readonly state: TokenState;
  private readonly store: TokenStore;
  private renewing: Promise<HeldPair> | null = null;

  constructor(private readonly options: TokenOptions) {
    this.state = new TokenState(options);
    this.store = new TokenStore(options);
  }

  async current(): Promise<Token> {
    if (this.state.mustLook()) await this.read();
    const held = this.state.usable;
    if (this.state.isExpired(held)) return this.renewedSoon(held.generation);
    if (this.state.isOld(held) && this.state.mayAsk()) this.inBackground(held.generation);
    return held;
  }

  renew(generation: number): Promise<Token> {
    if (!this.renewing && !this.state.mayReplace(generation))
      return Promise.reject(new AppError('zalo_refused', { detail: 'new token refused' }));
    return this.renewedSoon(generation);
  }

  async tend(): Promise<void> {
    const { state } = this;
    try {
      const held = await this.read();
      if (held === null || held.dead) return;
      const isDue = state.isOld(held) || this.store.waiting || state.isFailing;
      if (isDue && state.mayAsk()) await this.renewed(held.generation);
    } catch (error) {
      // A renewal that failed stands in `health`; a store that is away is said by whoever needs it first.
      if (!state.isFailing && !isAppError(error, 'zalo_token_dead'))
        this.options.log.warn({ reason: messageOf(error) }, 'the zalo token could not be looked at');
    }
  }

  link(exchange: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
    const take = async (): Promise<TokenAnswer> => {
      await this.store.recover();
      const from = await this.store.generation();
      const answer = await this.askTwice(exchange);
      if (answer.outcome === 'pair') {
        const { pair, sinceRead } = answer;
        await this.store.save(from, this.whole(pair, null), { consent: true, sinceRead });
        await this.read();
      }
      return answer;
    };
    return this.store.alone(`${this.options.owner}/consent`, take, () => Promise.resolve(null));
  }

  async noteRevoked(at: Date): Promise<void> {
    await this.options.repo.markRevoked(at);
    await this.read();
  }

  health(): TokenHealth {
    return this.state.health();
  }

  private async read(): Promise<HeldPair | null> {
    this.state.read(await this.store.load());
    return this.state.held;
  }

  private inBackground(generation: number): void {
    // What failed stands in `health`.
    this.renewed(generation).catch(() => undefined);
  }

  /** A send has no time to wait for another process's lease to run out. */
  private renewedSoon(generation: number): Promise<HeldPair> {
    const late = (): Error => new AppError('zalo_unreachable', { detail: 'token renewal takes long' });
    return inTime(this.renewed(generation), this.options.patienceMs ?? PATIENCE_MS, late);
  }

  private async renewed(generation: number): Promise<HeldPair> {
    for (;;) {
      this.renewing ??= this.renewOnce(generation)
        .catch((error: unknown) => {
          if (!isAppError(error, 'zalo_token_dead')) this.state.failed(error);
          throw error;
        })
        .finally(() => (this.renewing = null));
      const held = await this.renewing;
      if (held.generation > generation) return held;
    }
  }

  private async renewOnce(generation: number): Promise<HeldPair> {
    await this.store.flush();
    const other = await this.newerThan(generation);
    if (other) return other;
    if (!this.state.mayAsk()) throw this.state.waitingError();
    const take = async (): Promise<HeldPair> => {
      const done = await this.newerThan(generation);
      if (done) return done;
      return (await this.store.recover()) ? this.next(generation) : this.exchange(generation);
    };
    return this.store.alone(this.options.owner, take, () => this.newerThan(generation));
  }

  /** The stored pair when somebody renewed it already; an error when it is known to be dead. */
  private async newerThan(generation: number): Promise<HeldPair | null> {
    await this.read();
    const held = this.state.usable;
    return held.generation > generation ? held : null;
  }

  /** The pair that was stored just now. */
  private async next(generation: number): Promise<HeldPair> {
    return (await this.newerThan(generation)) as HeldPair;
  }

  private async exchange(generation: number): Promise<HeldPair> {
    const held = this.state.usable;
    if (held.refreshToken === '') return this.declareDead(generation, 0);
    const answer = await this.askTwice(() => this.options.oauth.refresh(held.refreshToken));
    switch (answer.outcome) {
      case 'pair': {
        const { pair, sinceRead } = answer;
        const took = await this.store.save(generation, this.whole(pair, held), { consent: false, sinceRead });
        this.state.renewed(took.windowMs);
        this.options.log.info({ generation: generation + 1, ...took }, 'zalo token renewed');
        return this.next(generation);
      }
      case 'dead':
        return this.declareDead(generation, answer.code);
      case 'no_tokens':
        if (this.state.answeredWithoutTokens(generation)) return this.declareDead(generation, 0);
        throw new AppError('zalo_unreachable', { detail: answer.said ?? answer.meaning });
      case 'refused':
        throw new AppError('zalo_refused', { code: answer.code, detail: answer.said ?? answer.meaning });
      case 'unknown':
        throw new AppError('zalo_unreachable', { detail: answer.detail });
    }
  }

  /** Without a new refresh token the one before serves on; after a consent there is none before. */
  private whole(pair: TokenPair, before: HeldPair | null): WholePair {
    if (pair.refreshToken !== null) return { ...pair, refreshToken: pair.refreshToken };
    this.options.log.warn({}, 'zalo issued no new refresh token, the one before is used on');
    return before === null
      ? { ...pair, refreshToken: '' }
      : { ...pair, refreshToken: before.refreshToken, refreshSince: before.refreshSince };
  }

  /** An answer that got lost may have used the token or code up, or not: the same once more tells. */
  private async askTwice(ask: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
    this.store.prepare();
    let answer = await ask();
    if (answer.outcome === 'unknown') {
      if (!this.state.isFailing)
        this.options.log.warn({ detail: answer.detail }, 'zalo token answer lost, asking once more');
      answer = await ask();
    }
    if (answer.outcome !== 'pair') this.store.nothingCame();
    return answer;
  }

  private async declareDead(generation: number, code: number): Promise<HeldPair> {
    const other = await this.newerThan(generation);
    if (other) return other;
    await this.options.repo.markDead(generation, code, this.options.clock.now());
    await this.read();
    throw new AppError('zalo_token_dead', { code });
  }
}
