import { stopwatch, type Clock } from '../../kernel/clock';
import { AppError, isAppError, messageOf } from '../../kernel/errors';
import { backoffMs } from '../../kernel/retry';
import { HOUR, MINUTE } from '../../kernel/vn-time';
import type { OpenPair } from './token-store';

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

/** A pair as this process knows it. */
export interface HeldPair extends Token {
  readonly refreshToken: string;
  readonly expiresAt: Date;
  readonly refreshAt: Date;
  readonly obtainedAt: Date;
  readonly refreshSince: Date;
  readonly revokedAt: Date | null;
  readonly dead: { readonly since: Date; readonly code: number } | null;
}

/** The wait before Zalo is asked again after so many failures. */
export type AgainMs = (failures: number) => number;

export interface TokenStateOptions {
  readonly clock: Clock;
  readonly random?: () => number;
  readonly againMs?: AgainMs;
}

const REFRESH_AGE = 20 * HOUR;
/** A dead or missing pair is looked for again after so long: an administrator may have consented. */
const LOOK_AGAIN = 5_000;

/**
 * What this process knows of the pair, and what may be done in that state. `unread` → `good` or `missing` with the first
 * look into the store; `good` ⇄ `failing` with each renewal that fails or succeeds; `dead` once Zalo has said so, or has
 * twice answered the same refresh token without tokens; back to `good` with a pair of another generation. It asks nobody
 * and stores nothing.
 */
export class TokenState {
  private pair: HeldPair | null = null;
  private missing = false;
  private failing: { readonly since: Date; readonly code?: number; readonly detail: string } | null = null;
  private failures = 0;
  private answeredEmpty: number | null = null;
  private windowMs: number | null = null;
  private refused = 0;
  private sinceFailure: () => number = () => Infinity;
  private sinceRefused: () => number = () => Infinity;
  private sinceRenewal: () => number = () => Infinity;
  private sinceLook: () => number = () => Infinity;
  private readonly againMs: AgainMs;

  constructor(private readonly options: TokenStateOptions) {
    this.againMs = options.againMs ?? ((failures) => backoffMs(failures, 2_000, MINUTE));
  }

  get held(): HeldPair | null {
    return this.pair;
  }

  /** The pair to use. Throws `zalo_token_dead` while there is none. */
  get usable(): HeldPair {
    if (this.pair === null) throw new AppError('zalo_token_dead', { state: 'missing' });
    if (this.pair.dead !== null) throw new AppError('zalo_token_dead', { code: this.pair.dead.code });
    return this.pair;
  }

  get isFailing(): boolean {
    return this.failing !== null;
  }

  /** Whether the store must be looked at before anybody gets a token; answered yes, it counts as looked at. */
  mustLook(): boolean {
    if (this.pair !== null && this.pair.dead === null) return false;
    const isKnown = this.missing || this.pair !== null;
    if (isKnown && this.sinceLook() < LOOK_AGAIN) return false;
    this.sinceLook = stopwatch();
    return true;
  }

  isExpired(pair: HeldPair): boolean {
    return this.options.clock.now() >= pair.expiresAt;
  }

  isOld(pair: HeldPair): boolean {
    return this.options.clock.now() >= pair.refreshAt;
  }

  /** Whether Zalo may be asked for a pair now; after a failure it is left alone for a while. */
  mayAsk(): boolean {
    return this.failing === null || this.sinceFailure() >= this.againMs(this.failures);
  }

  /**
   * The present pair was refused: whether it may be renewed for that. One that is refused soon after it was made would
   * hardly get a better successor, and Zalo would be asked for one with each message.
   */
  mayReplace(generation: number): boolean {
    if (this.pair?.generation !== generation) return true;
    if (this.sinceRenewal() >= MINUTE) {
      this.refused = 0;
      return true;
    }
    if (this.refused > 0 && this.sinceRefused() < this.againMs(this.refused)) return false;
    this.refused += 1;
    this.sinceRefused = stopwatch();
    return true;
  }

  /** What the store holds. */
  read(found: OpenPair | null): void {
    this.missing = found === null;
    if (found === null) this.pair = null;
    else if (!this.isKnown(found)) this.adopt(found);
  }

  /** This process has stored a new pair, which was in its hands alone for so long. */
  renewed(windowMs: number | null): void {
    this.windowMs = windowMs;
    this.sinceRenewal = stopwatch();
  }

  /** Zalo answered the refresh token of this generation without tokens: true the second time, when it is dead. */
  answeredWithoutTokens(generation: number): boolean {
    if (this.answeredEmpty === generation) return true;
    this.answeredEmpty = generation;
    return false;
  }

  /** A renewal failed. */
  failed(error: unknown): void {
    const { code, detail } = isAppError(error) ? error.facts : {};
    this.failures += 1;
    this.sinceFailure = stopwatch();
    this.failing = {
      since: this.failing?.since ?? this.options.clock.now(),
      detail: typeof detail === 'string' ? detail : isAppError(error) ? error.code : messageOf(error),
      ...(typeof code === 'number' ? { code } : {}),
    };
  }

  /** What callers are told while Zalo is left alone. */
  waitingError(): AppError {
    const { code, detail } = this.failing ?? { detail: 'token renewal waits' };
    return code === undefined
      ? new AppError('zalo_unreachable', { detail })
      : new AppError('zalo_refused', { code, detail });
  }

  health(): TokenHealth {
    const { pair, failing } = this;
    const facts = {
      ...(pair ? { obtainedAt: pair.obtainedAt, refreshSince: pair.refreshSince } : {}),
      ...(pair?.revokedAt ? { revokedAt: pair.revokedAt } : {}),
      ...(this.windowMs === null ? {} : { windowMs: this.windowMs }),
    };
    if (pair?.dead) return { ok: false, state: 'dead', ...pair.dead, ...facts };
    if (this.missing) return { ok: false, state: 'missing' };
    if (failing) return { ok: false, state: 'failing', ...failing, ...facts };
    return { ok: true, state: pair ? 'good' : 'unread', ...facts };
  }

  private isKnown({ stored }: OpenPair): boolean {
    const { pair } = this;
    return (
      pair !== null &&
      pair.generation === stored.generation &&
      pair.revokedAt?.getTime() === stored.revokedAt?.getTime() &&
      (pair.dead === null) === (stored.deadSince === null)
    );
  }

  private adopt({ stored, accessToken, refreshToken }: OpenPair): void {
    const known = this.pair?.generation === stored.generation ? this.pair : null;
    if (known === null) {
      this.failing = null;
      this.failures = 0;
    }
    const { generation, obtainedAt, expiresAt, revokedAt, deadSince, deadCode } = stored;
    const jitter = ((this.options.random ?? Math.random)() - 0.5) * HOUR;
    const age = Math.min(REFRESH_AGE + jitter, (expiresAt.getTime() - obtainedAt.getTime()) * 0.8);
    this.pair = {
      ...{ accessToken, refreshToken, generation, expiresAt, obtainedAt, revokedAt },
      refreshAt: known?.refreshAt ?? new Date(obtainedAt.getTime() + age),
      refreshSince: stored.refreshSince ?? obtainedAt,
      dead: deadSince ? { since: deadSince, code: deadCode ?? 0 } : null,
    };
  }
}
