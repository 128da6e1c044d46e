/**
 * What the Zalo Bot Platform makes of a knock at the webhook: the secret it was given must come back in a header; there
 * is no signature over the body. See `webhook-door.ts` for what holds on every channel.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../kernel/clock';
import type { DoorMask } from '../../kernel/secrets';
import {
  createWebhookReceiver,
  type ReceiverOptions,
  type Judged,
  type RawHandler,
} from '../webhook-receiver';
import { readObject } from '../zalo/json';
import { parseUpdate, type ParseContext } from './parse-update';
import { SECRET_HEADER, WEBHOOK_PATH } from './wire';

export interface BotWebhookOptions extends ReceiverOptions {
  readonly secretToken: string;
  readonly mask: DoorMask;
  readonly clock: Clock;
}

export function createBotWebhookHandler(options: BotWebhookOptions): RawHandler {
  const expected = digest(options.secretToken);
  const context: ParseContext = { mask: options.mask, now: () => options.clock.now() };
  const judge = (req: IncomingMessage, raw: Buffer): Judged => {
    const given = req.headers[SECRET_HEADER];
    if (given === undefined) return { status: 401, outcome: 'unsigned' };
    if (!timingSafeEqual(digest(String(given)), expected))
      return { status: 401, outcome: 'wrong_signature', warn: 'the secret of a webhook does not match' };
    const update = readObject(raw.toString('utf8'));
    // From the platform, but not JSON: there is nothing to keep, and the sender is told so.
    if (update === undefined) return { status: 400, outcome: 'not_json' };
    return { event: parseUpdate(update, raw, context) };
  };
  return createWebhookReceiver(WEBHOOK_PATH, judge, options);
}

/** Of equal length whatever was sent, so that comparing takes the same time for all. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
