import { stopwatch, type Clock } from '../../kernel/clock';
import { AppError, messageOf } from '../../kernel/errors';
import { failpoint } from '../../kernel/failpoint';
import { backoffMs, sleep } from '../../kernel/retry';
import { seal, unseal } from '../../kernel/seal';
import { HOUR } from '../../kernel/vn-time';
import type { Logger } from '../../observability/logger';
import type { TokenJournal } from './token-journal';
import type { NewTokens, StoredTokens, TokenRepo } from './tokens.repo';

/**
 * Where the pair is kept: in the store, sealed, and on its way there in the journal. It promises that a pair handed to `save`
 * is on the disk before anybody gets it, that one which a crash kept from the store is found again, and that only one
 * process at a time changes it.
 */
export interface TokenStoreOptions {
  readonly repo: TokenRepo;
  /** 32 bytes. */
  readonly encryptionKey: Buffer;
  readonly accountId: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** From the configuration; used only while nothing is stored. */
  readonly first?: { readonly accessToken: string; readonly refreshToken: string };
  readonly journal?: TokenJournal;
  readonly pause?: (ms: number) => Promise<void>;
  /** Longer than two calls to the token endpoint may take, in milliseconds. */
  readonly leaseMs?: number;
}

/** A pair with both of its tokens; a refresh token that was not renewed is as old as `refreshSince` says. */
export interface WholePair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Life of the access token from now, in milliseconds. */
  readonly livesMs: number;
  readonly refreshSince?: Date;
}

/** A pair out of the store, open. */
export interface OpenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly stored: StoredTokens;
}

/** A pair on its way into the store, after generation `from`. */
interface Unsaved {
  readonly from: number;
  readonly consent: boolean;
  readonly tokens: NewTokens;
}

const FIRST_LIFE = 25 * HOUR;
const SAVE_TRIES = 5;
/** Longer than two calls to the token endpoint may take. */
const LEASE_MS = 24_000;
const POLL_MS = 200;

export class TokenStore {
  private unsaved: Unsaved | null = null;
  private looked = false;

  private readonly pause: (ms: number) => Promise<void>;

  constructor(private readonly options: TokenStoreOptions) {
    this.pause = options.pause ?? sleep;
  }

  /** There is a pair that could not be stored yet. */
  get waiting(): boolean {
    return this.unsaved !== null;
  }

  /** The stored pair, or at first that of the configuration; null when there is none. The first call also looks into the journal. */
  async load(): Promise<OpenPair | null> {
    const { repo, first } = this.options;
    let stored = await repo.load();
    if (!this.looked) {
      if (await this.recover()) stored = await repo.load();
      this.looked = true;
    }
    if (stored === null && first) {
      await repo.insertFirst(this.sealed({ ...first, livesMs: FIRST_LIFE }));
      stored = await repo.load();
    }
    return stored && this.open(stored);
  }

  /**
   * A pair that somebody's crash left in the journal, stored now; says whether there was one. Ask before a refresh token is
   * used that the journal may have the successor of.
   */
  async recover(): Promise<boolean> {
    const text = this.options.journal?.read() ?? null;
    if (text === null || this.unsaved !== null) return false;
    const kept = readUnsaved(text, (sealed) => this.opened(sealed));
    const generation = await this.generation();
    if (kept === null || kept.from < generation) {
      if (kept === null)
        this.options.log.warn({}, 'the file with a kept zalo token is cut off or of another key');
      this.options.journal?.forget();
      return false;
    }
    this.unsaved = { ...kept, from: generation };
    await this.flush();
    this.options.log.warn(
      { generation: generation + 1 },
      'zalo token taken up that a crash kept from the store',
    );
    return true;
  }

  /** How many pairs there have been. */
  async generation(): Promise<number> {
    return (await this.options.repo.load())?.generation ?? 0;
  }

  /**
   * Does the work while no other process changes the pair; or answers what `otherwise` finds while that is waited for. A
   * holder of the lease that has not moved for the whole time of one, by our own stopwatch, is taken for gone.
   */
  async alone<T>(owner: string, work: () => Promise<T>, otherwise: () => Promise<T | null>): Promise<T> {
    const { repo, log, leaseMs = LEASE_MS } = this.options;
    const waited = stopwatch();
    let since = stopwatch();
    for (let seen: number | null = null; ;) {
      const { mine, fence } = await repo.lease(owner, since() >= leaseMs ? seen : null);
      if (mine) break;
      if (fence !== seen) since = stopwatch();
      seen = fence;
      if (waited() > 3 * leaseMs)
        throw new AppError('zalo_unreachable', { detail: 'other processes hold the token lease' });
      await this.pause(POLL_MS);
      const other = await otherwise();
      if (other) return other;
    }
    try {
      return await work();
    } finally {
      await repo.release(owner).catch((error: unknown) => {
        log.warn({ reason: messageOf(error) }, 'token lease not released, it runs out by itself');
      });
    }
  }

  /** Before Zalo is asked: what is slow the first time is done now, while nothing can be lost. */
  prepare(): void {
    this.options.journal?.prepare();
    this.opened(this.sealed({ accessToken: '', refreshToken: '', livesMs: 0 }).sealed);
  }

  /** After an answer without a pair. */
  nothingCame(): void {
    if (this.unsaved === null) this.options.journal?.forget();
  }

  /** Keeps a pair that Zalo has just issued. Answers how long it was in our hands alone, in milliseconds. */
  async save(
    from: number,
    pair: WholePair,
    how: { readonly consent: boolean; readonly sinceRead?: (() => number) | undefined },
  ): Promise<{ windowMs: number | null; storedMs: number | null }> {
    failpoint('after_token_answer');
    this.unsaved = { from, consent: how.consent, tokens: this.sealed(pair) };
    const inJournal = this.options.journal?.keep(JSON.stringify(this.unsaved)) ?? false;
    const keptMs = how.sinceRead?.() ?? null;
    failpoint('after_token_kept');
    this.options.journal?.sync();
    await this.flush();
    const storedMs = how.sinceRead?.() ?? null;
    failpoint('after_token_stored');
    return { windowMs: inJournal ? keptMs : storedMs, storedMs };
  }

  /** Stores what waits. Keeps trying a while: the pair in hand is the only one that works, the old refresh token is used up. */
  async flush(): Promise<void> {
    for (let attempt = 1; this.unsaved !== null; attempt += 1) {
      try {
        await this.write(this.unsaved);
        this.unsaved = null;
        this.options.journal?.forget();
      } catch (error) {
        if (attempt === 1)
          this.options.log.error({ reason: messageOf(error) }, 'new zalo token not stored yet');
        if (attempt >= SAVE_TRIES)
          throw new AppError('store_unavailable', { what: 'zalo token' }, { cause: error });
        await this.pause(backoffMs(attempt, 200, 2_000));
      }
    }
  }

  /** After a renewal a pair that is there by now wins; after a consent the consent does. */
  private async write({ from, consent, tokens }: Unsaved): Promise<void> {
    const { repo } = this.options;
    for (let generation = from; ;) {
      const done =
        generation === 0
          ? await repo.insertFirst(tokens, consent)
          : await repo.advance(generation, tokens, consent);
      if (done || !consent) return;
      const stored = await repo.load();
      if (stored?.sealed === tokens.sealed) return;
      generation = stored?.generation ?? 0;
    }
  }

  private open(stored: StoredTokens): OpenPair {
    return { ...this.opened(stored.sealed), stored };
  }

  private opened(sealed: string): { accessToken: string; refreshToken: string } {
    const text = unseal(this.options.encryptionKey, this.context, sealed);
    return JSON.parse(text) as { accessToken: string; refreshToken: string };
  }

  private sealed(pair: WholePair): NewTokens {
    const { accessToken, refreshToken, livesMs, refreshSince } = pair;
    const now = this.options.clock.now();
    return {
      sealed: seal(this.options.encryptionKey, this.context, JSON.stringify({ accessToken, refreshToken })),
      obtainedAt: now,
      expiresAt: new Date(now.getTime() + livesMs),
      refreshSince: refreshSince ?? now,
    };
  }

  private get context(): string {
    return `zalo-token:${this.options.accountId}`;
  }
}

/** Null when a crash cut the file off, or the pair does not open. */
function readUnsaved(text: string, open: (sealed: string) => unknown): Unsaved | null {
  try {
    const { from, consent, tokens } = JSON.parse(text) as Unsaved;
    const { sealed } = tokens;
    open(sealed);
    const [obtainedAt, expiresAt] = [new Date(tokens.obtainedAt), new Date(tokens.expiresAt)];
    if (!Number.isInteger(from) || Number.isNaN(expiresAt.getTime())) return null;
    const refreshSince = tokens.refreshSince ? new Date(tokens.refreshSince) : obtainedAt;
    return { from, consent: consent === true, tokens: { sealed, obtainedAt, expiresAt, refreshSince } };
  } catch {
    // Half a file, or the key of another day: what it held is lost, and the caller says so.
    return null;
  }
}
