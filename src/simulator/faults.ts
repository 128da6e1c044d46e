import { seededChances } from './seeded';

/**
 * Trouble to order for the fake Zalo. Faults wait in a queue; a call takes the first one that fits it, or a seeded share
 * of the calls does. «Accepted» means that Zalo did the work, whatever the caller heard.
 */
export type FaultKind =
  /** Refused with an error code, HTTP 200. */
  | { readonly kind: 'code'; readonly code: number; readonly message?: string; readonly asString?: boolean }
  /** Not accepted: a gateway's HTML page with this status (500 when none is named). */
  | { readonly kind: 'html'; readonly status?: number }
  /** Not accepted: HTTP 200 and not a byte. Or only words, without a number. */
  | { readonly kind: 'empty' | 'error_name' }
  /** Of the token endpoint: accepted, but the answer names no new refresh token, and the old one works on. */
  | { readonly kind: 'no_refresh_token' }
  /** Not accepted: the connection is torn. */
  | { readonly kind: 'reset' }
  /** Accepted, but the connection is torn before the answer. */
  | { readonly kind: 'reset_after_accept' }
  /** Accepted, but the answer never comes. */
  | { readonly kind: 'timeout_after_accept' }
  /** Not accepted, and no answer comes. */
  | { readonly kind: 'timeout' }
  /** Accepted; the answer comes after so many milliseconds of real time. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Not accepted: too many requests, HTTP 429; with the seconds after which to try again, where they are told. */
  | { readonly kind: 'throttled'; readonly retryAfter?: number }
  /** Accepted, but the connection is torn in the middle of the answer. */
  | { readonly kind: 'torn_answer' }
  /** Accepted; the answer is odd: `error` as text, `data` nested once more, `remain` as a number. */
  | { readonly kind: 'string_error' | 'nested_data' | 'numeric_remain' };

export type Fault = FaultKind & {
  /** Only calls about this person. */
  readonly user?: string;
  /** Only calls whose path ends so, for example `/message/cs`; absent: any call that sends a message. */
  readonly path?: string;
  /** How many calls it meets; when absent 1, or with `share` any number. */
  readonly times?: number;
  /** Of the calls that fit only this share, from 0 to 1, by chance. */
  readonly share?: number;
  /** Of the chance; the same seed meets the same calls. */
  readonly seed?: number;
};

const SENDS = [
  '/message/cs',
  '/message/template',
  '/group/message',
  '/template/hashphone',
  '/sendMessage',
  '/sendPhoto',
];

interface Waiting {
  readonly fault: Fault;
  left: number;
  readonly chance: ((share: number) => boolean) | null;
}

export class FaultQueue {
  private waiting: Waiting[] = [];

  /** Puts faults at the end of the queue. */
  next(...faults: Fault[]): void {
    for (const fault of faults) {
      const chance = fault.share === undefined ? null : seededChances(fault.seed ?? 1);
      this.waiting.push({ fault, left: fault.times ?? (chance ? Infinity : 1), chance });
    }
  }

  clear(): void {
    this.waiting = [];
  }

  get pending(): readonly Fault[] {
    return this.waiting.map(({ fault, left }) => (left === Infinity ? fault : { ...fault, times: left }));
  }

  /** The first fault that fits a call to `path` about `user`; it is used up by being taken. */
  take(path: string, user: string | undefined): Fault | null {
    if (this.waiting.length === 0) return null;
    const entry = this.waiting.find(
      ({ fault, chance }) =>
        (fault.path === undefined ? SENDS.some((end) => path.endsWith(end)) : path.endsWith(fault.path)) &&
        (fault.user === undefined || fault.user === user) &&
        (chance === null || chance(fault.share ?? 1)),
    );
    if (!entry) return null;
    entry.left -= 1;
    if (entry.left <= 0) this.waiting = this.waiting.filter((other) => other !== entry);
    return entry.fault;
  }
}
