import type { Connection } from 'mongoose';
import type { Channel, InboundEvent } from '../channels/channel';
import type { ReceiverOptions, RawHandler } from '../channels/webhook-receiver';
import type { Config } from '../config/config';
import type { PartState } from '../http/health.routes';
import type { Clock } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import type { DoorMask } from '../kernel/secrets';
import type { MediaStore } from '../evidence/media-store';
import type { GroupHost } from '../groups/group-host';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { Simulated, SimulatorDeps } from './simulated';

/**
 * The messenger that carries the talk: how messages leave, how events come in, how it is doing, and its fake where there
 * is no account. Behind this file nobody knows which one it is.
 */
export interface ChannelModule {
  /** Also the word before the colon in the address of a person. */
  readonly name: Config['CHANNEL'];
  readonly channel: Channel;
  /** Every word before the colon of an address that this channel takes. */
  readonly addresses: readonly string[];
  /** Opens the private chat with the bot, for people who are elsewhere. Empty where the messenger has no such link. */
  readonly chatLink: string;
  /** Whether it has a card on which people share their phone number. */
  readonly asksPhone: boolean;
  /** What `/health/ready` calls it. */
  readonly part: string;
  /** The handler in front of Express for its webhook. */
  webhook(options: WebhookDeps): RawHandler;
  /** Its fake and the page with phones; only where nobody real is meant. Call it before `start`. */
  simulate(deps: SimulatorDeps): Simulated;
  /** Its groups, as far as they are ours to make; null where it has none for us. */
  readonly groups: GroupHost | null;
  /** Opens the way to the messenger, or to the fake one at `base`, once that address is known. */
  start(base: string, limit: SharedLimit): Promise<void>;
  /** Now and then: what must not grow old. */
  renewIfDue(): Promise<void>;
  /** Something happened to the account itself, by the messenger's own name of it; may run twice. */
  noteAccountEvent?(name: string, data: InboundEvent['data'], at: Date): Promise<void>;
  health(): PartState;
  stop(): Promise<void>;
}

export interface ChannelModuleDeps {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly key: Buffer;
  readonly log: Logger;
  /** Where the pictures and papers lie that messages name. */
  readonly media: MediaStore;
  readonly metrics?: Pick<Metrics, 'gauge'>;
  /** The phone number behind an address as `84…`, where the channel can write to phone numbers. */
  readonly phoneOf?: (to: UserKey) => Promise<string | null>;
}

/** The limit of requests that messages and all other requests share. */
export interface SharedLimit {
  /** Told what the messenger says of it. */
  noteRate(rate: { readonly limit: number | null; readonly remain: number | null }): void;
  /** Awaited before each request that is no message. */
  pace(): Promise<void>;
}

export type WebhookDeps = ReceiverOptions & {
  readonly mask: DoorMask;
  /** Keyed hash of a phone number (`84…`). */
  readonly hashPhone: (phone: string) => string;
  /** Whether a text in a group holds figures or a phone number. */
  readonly typesFigures: (text: string) => boolean;
  readonly clock: Clock;
};

/** A channel whose way is opened later: until `open` answers it, every message is to wait a moment. */
export function onceOpen(
  facts: Pick<Channel, 'name' | 'limits'>,
  open: () => Channel | undefined,
): Pick<Channel, 'name' | 'limits' | 'send'> {
  return {
    ...facts,
    send: async (to, message, still) =>
      (await open()?.send(to, message, still)) ?? { outcome: 'retry', afterMs: 500, detail: 'starting' },
  };
}
