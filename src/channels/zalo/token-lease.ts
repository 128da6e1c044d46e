import { stopwatch } from '../../kernel/clock';
import { AppError, messageOf } from '../../kernel/errors';
import type { Logger } from '../../observability/logger';
import type { TokenRepo } from './tokens.repo';

/** Longer than two calls to the token endpoint may take. */
const LEASE_MS = 24_000;
const POLL_MS = 200;

export interface TokenLeaseOptions {
  readonly repo: Pick<TokenRepo, 'lease' | 'release'>;
  readonly log: Logger;
  readonly pause: (ms: number) => Promise<void>;
  readonly leaseMs?: number;
}

/** The right to renew, which one process at a time has. */
export class TokenLease {
  constructor(private readonly options: TokenLeaseOptions) {}

  /**
   * Waits for it: null once it is ours, or what `otherwise` finds meanwhile. A holder that has not moved for the whole time of
   * a lease, by our own stopwatch, is taken for gone.
   */
  async take<T>(owner: string, otherwise: () => Promise<T | null>): Promise<T | null> {
    const leaseMs = this.options.leaseMs ?? LEASE_MS;
    const waited = stopwatch();
    for (let seen: number | null = null, since = stopwatch(); ;) {
      const { mine, fence } = await this.options.repo.lease(owner, since() >= leaseMs ? seen : null);
      if (mine) return null;
      if (fence !== seen) since = stopwatch();
      seen = fence;
      if (waited() > 3 * leaseMs)
        throw new AppError('zalo_unreachable', { detail: 'other processes hold the token lease' });
      await this.options.pause(POLL_MS);
      const other = await otherwise();
      if (other) return other;
    }
  }

  /** Never rejects. */
  async release(owner: string): Promise<void> {
    await this.options.repo.release(owner).catch((error: unknown) => {
      this.options.log.warn({ reason: messageOf(error) }, 'token lease not released, it runs out by itself');
    });
  }
}
