/**
 * What Zalo's Official Account makes of a knock at the webhook: signature verified, parsed, masked; see `webhook-door.ts`
 * for what holds on every channel. A body without a signature is the console's probe.
 */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../kernel/clock';
import type { Masked } from '../../kernel/secrets';
import {
  createWebhookReceiver,
  type ReceiverOptions,
  type Judged,
  type RawHandler,
} from '../webhook-receiver';
import { readObject } from './json';
import { parseEvent, type ParseContext } from './parse-event';
import { SignatureVerifier, signatureBytes, timestampText, type SigningPair } from './verify-signature';
import { SERVER_HEADER, SIGNATURE_HEADER, WEBHOOK_PATH } from './wire';

export interface WebhookOptions extends ReceiverOptions {
  readonly appId: string;
  readonly oaId: string;
  /** OA secret keys that are valid now; more than one while they are exchanged. */
  readonly secrets: readonly string[];
  /** Instead of app id and secrets: exactly these pairs are tried. */
  readonly pairs?: readonly SigningPair[];
  readonly mask: (text: string) => Masked;
  readonly clock: Clock;
}

/** Inside a JSON text these bytes cannot stand with bare quotes, so finding them needs no parsing. */
const PROBE_MARK = /"msg_id"\s*:\s*"This is message id"/;

export function createWebhookHandler(options: WebhookOptions): RawHandler {
  const webhook = new Webhook(options);
  return createWebhookReceiver(WEBHOOK_PATH, (req, raw) => webhook.judge(req, raw), options);
}

class Webhook {
  private readonly verifier: SignatureVerifier;
  private readonly context: ParseContext;
  private readonly matched = new Set<number>();

  constructor(private readonly options: WebhookOptions) {
    this.verifier = new SignatureVerifier(
      options.pairs ?? options.secrets.map((secret) => ({ first: options.appId, secret })),
    );
    this.context = {
      appId: options.appId,
      oaId: options.oaId,
      mask: options.mask,
      now: () => options.clock.now(),
    };
  }

  judge(req: IncomingMessage, raw: Buffer): Judged {
    const header = req.headers[SIGNATURE_HEADER];
    if (header === undefined) return { status: 200, outcome: 'unsigned' };
    const timestamp = timestampText(raw);
    if (timestamp === null) return { status: 400, outcome: 'not_json' };
    const signature = signatureBytes(String(header));
    const pair = signature === null ? -1 : this.verifier.match(raw, timestamp, signature);
    if (pair < 0) return unverified(raw);
    if (!this.matched.has(pair)) this.firstMatch(pair);

    const zns = String(req.headers[SERVER_HEADER] ?? '').toUpperCase() === 'ZNS';
    const members = readObject(raw.toString('utf8'));
    // Signed, but not JSON: there is nothing to keep, and the sender is told so.
    if (members === undefined) return { status: 400, outcome: 'not_json' };
    const parsed = parseEvent(members, raw, zns, this.context);
    return parsed.outcome === 'event' ? { event: parsed.event } : { status: 200, outcome: parsed.outcome };
  }

  private firstMatch(pair: number): void {
    this.matched.add(pair);
    this.options.log.info({ pair }, 'webhook signature verified with this pair for the first time');
  }
}

function unverified(raw: Buffer): Judged {
  if (PROBE_MARK.test(raw.toString('latin1'))) return { status: 200, outcome: 'probe' };
  return { status: 401, outcome: 'wrong_signature', warn: 'webhook signature does not match' };
}
