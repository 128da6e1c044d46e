import type { Clock } from '../kernel/clock';
import type { ZaloTemplate } from './fake-openapi';
import type { QuotaRules } from './openapi/window';

/** What a fake Official Account is made with, and what it tells of its own sends. */

export interface FakeZaloOptions {
  readonly clock: Clock;
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecret: string;
  readonly oaName?: string;
  /** Where events go; null until it is known (`fake.webhook.url`). */
  readonly webhookUrl?: string | null;
  readonly templates?: readonly ZaloTemplate[];
  readonly requestsPerMinute?: number;
  /** Facts are kept in this file over restarts; absent: in memory only. */
  readonly stateFile?: string;
  readonly quota?: Partial<QuotaRules>;
  readonly echoes?: Partial<Echoes>;
  /** Real time in which the webhook must answer. */
  readonly webhookDeadlineMs?: number;
  /** Accepted messages that are remembered, at least; up to twice as many. */
  readonly sendsKept?: number;
}

/** What Zalo tells the bot of the bot's own messages. */
export interface Echoes {
  /** `oa_send_text`. */
  sent: boolean;
  /** `user_received_message`. */
  received: boolean;
  /** `user_seen_message`, at once; otherwise only when the person looks (`sees()`). */
  seen: boolean;
  /** They reach the bot before the answer to its send does: always, never, or for this share of the sends. */
  beforeAnswer: boolean | number;
}
