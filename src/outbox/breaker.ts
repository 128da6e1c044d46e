import type { UserKey } from '../kernel/ids';

/** So many people in a row to whom nothing went through: it is not them, it is the channel. */
const PEOPLE = 6;
const PROBE_MS = 1_000;

/**
 * Notices that the channel as a whole is down, so that a failing channel is asked once a second instead of being
 * stormed. One person's own trouble never opens it.
 */
export class Breaker {
  private readonly failing = new Set<UserKey>();
  private probedAt = Number.NEGATIVE_INFINITY;

  /** Whether the channel as a whole seems to be down. */
  get open(): boolean {
    return this.failing.size >= PEOPLE;
  }

  failed(user: UserKey): void {
    if (this.failing.size < 1_000) this.failing.add(user);
  }

  /** The channel answered, whatever it said. */
  answered(): void {
    this.failing.clear();
  }

  /** Milliseconds until the next send may begin; 0 now. While open, one a second; the caller sees to one at a time. */
  pauseMs(now: number): number {
    const since = now - this.probedAt;
    // A clock that was moved back must not keep the probes waiting.
    return !this.open || since < 0 ? 0 : Math.max(0, PROBE_MS - since);
  }

  began(now: number): void {
    this.probedAt = now;
  }
}
