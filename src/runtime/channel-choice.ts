import type { Connection } from 'mongoose';
import type { Channel, InboundEvent } from '../channels/channel';
import type { DoorOptions, RawHandler } from '../channels/webhook-door';
import { chatLink } from '../channels/zalo/event-kinds';
import { createWebhookHandler } from '../channels/zalo/webhook.routes';
import type { Config } from '../config/config';
import type { PartState } from '../http/health.routes';
import type { Clock } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import type { Masked } from '../kernel/secrets';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { startSimulator, type Simulated, type SimulatorDeps, type ZaloSimulated } from './simulated';
import { openZalo } from './zalo';
import { openZaloBot } from './zalo-bot';

/**
 * The messenger that carries the talk, chosen by `CHANNEL`: how messages leave, how events come in, how it is doing, and
 * its fake where there is no account. Behind this file nobody knows which one it is.
 */
export interface Carrier {
  /** Also the word before the colon in the address of a person. */
  readonly name: Config['CHANNEL'];
  readonly channel: Channel;
  /** Every word before the colon of an address that this channel takes. */
  readonly addresses: readonly string[];
  /** Opens the private chat with the bot, for people who are elsewhere. Empty where the messenger has no such link. */
  readonly chatLink: string;
  /** What `/health/ready` calls it. */
  readonly part: string;
  /** The handler in front of Express for its webhook. */
  webhook(options: WebhookDeps): RawHandler;
  /** Its fake and the page with phones; only where nobody real is meant. Call it before `start`. */
  simulate(deps: SimulatorDeps): Simulated;
  /** Opens the way to the messenger, or to the fake one at `base`, once that address is known. */
  start(base: string): Promise<void>;
  /** Now and then: what must not grow old. */
  freshen(): Promise<void>;
  /** Something happened to the account itself, by the messenger's own name of it; may run twice. */
  noteAccountEvent?(name: string, data: InboundEvent['data'], at: Date): Promise<void>;
  health(): PartState;
  stop(): Promise<void>;
}

export interface CarrierDeps {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly key: Buffer;
  readonly log: Logger;
  readonly metrics?: Pick<Metrics, 'gauge'>;
  /** The phone number behind an address as `84…`, where the channel can write to phone numbers. */
  readonly phoneOf?: (to: UserKey) => Promise<string | null>;
  /** Told what the messenger says of its limit of requests. */
  readonly onRate?: (rate: { readonly limit: number | null; readonly remain: number | null }) => void;
  /** Awaited before each request that is no message. */
  readonly pace?: () => Promise<void>;
}

export type WebhookDeps = DoorOptions & {
  readonly mask: (text: string) => Masked;
  readonly clock: Clock;
};

export function openCarrier(deps: CarrierDeps): Carrier {
  const { config, log } = deps;
  if (config.unused.length > 0)
    log.warn(
      { channel: config.CHANNEL, variables: config.unused.join(', ') },
      'variables of another channel are set and do nothing',
    );
  return config.CHANNEL === 'zalo-bot' ? openZaloBot(deps) : openOfficialAccount(deps);
}

function openOfficialAccount(deps: CarrierDeps): Carrier {
  const zalo = openZalo(deps);
  let simulated: ZaloSimulated | null = null;
  return {
    name: 'zalo',
    channel: zalo.channel,
    addresses: ['zalo', 'zalo-group', 'zalo-visitor', 'zalo-phone'],
    part: 'zalo_token',
    chatLink: chatLink(zalo.keys.oaId),
    webhook: (options) =>
      createWebhookHandler({
        ...options,
        appId: zalo.keys.appId,
        oaId: zalo.keys.oaId,
        secrets: zalo.keys.oaSecrets,
      }),
    simulate: (given) => (simulated = startSimulator({ ...given, keys: zalo.keys })),
    start: (base) => zalo.start(base, simulated?.fake ?? null),
    freshen: () => zalo.freshen(),
    noteAccountEvent: (name, data, at) => zalo.noteAccountEvent(name, data, at),
    health: () => zalo.health(),
    stop: () => zalo.stop(),
  };
}
