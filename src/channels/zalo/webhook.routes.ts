/**
 * What Zalo's Official Account makes of a knock at the webhook: signature verified, parsed, masked; see `webhook-receiver.ts`
 * for what holds on every channel. A body without a signature is the console's probe.
 */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../kernel/clock';
import type { DoorMask } from '../../kernel/secrets';
import {
  createWebhookReceiver,
  type ReceiverOptions,
  type Judged,
  type RawHandler,
} from '../webhook-receiver';
import { readObject } from './json';
import { parseEvent, type ParseContext } from './parse-event';
import { SignatureVerifier, signatureBytes, timestampText, type SigningPair } from './verify-signature';
import { SERVER_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, WEBHOOK_PATH } from './wire';

export interface WebhookOptions extends ReceiverOptions {
  readonly appId: string;
  readonly oaId: string;
  /** OA secret keys that are valid now; more than one while they are exchanged. */
  readonly secrets: readonly string[];
  /** Instead of app id and secrets: exactly these pairs are tried. */
  readonly pairs?: readonly SigningPair[];
  readonly mask: DoorMask;
  readonly hashPhone: (phone: string) => string;
  /** Whether a text in a group holds figures or a phone number. */
  readonly typesFigures?: (text: string) => boolean;
  readonly clock: Clock;
  /** Told of every signature that was compared, true when it matched. Must not throw. */
  readonly onSignature?: (matches: boolean) => void;
}

/** Which pair verified a body, and whose time it was signed with. */
interface Match {
  readonly pair: number;
  readonly timestamp: 'body' | 'header';
}

const STAMP = /^\d{1,20}$/;
/** Inside a JSON text these bytes cannot stand with bare quotes, so finding them needs no parsing. */
const PROBE_MARK = /"msg_id"\s*:\s*"This is message id"/;

export function createWebhookHandler(options: WebhookOptions): RawHandler {
  const webhook = new Webhook(options);
  return createWebhookReceiver(WEBHOOK_PATH, (req, raw) => webhook.judge(req, raw), options);
}

class Webhook {
  private readonly verifier: SignatureVerifier;
  private readonly context: ParseContext;
  private readonly met = new Set<string>();

  constructor(private readonly options: WebhookOptions) {
    this.verifier = new SignatureVerifier(
      options.pairs ?? options.secrets.map((secret) => ({ first: options.appId, secret })),
    );
    this.context = {
      appId: options.appId,
      oaId: options.oaId,
      mask: options.mask,
      hashPhone: options.hashPhone,
      ...(options.typesFigures ? { typesFigures: options.typesFigures } : {}),
      now: () => options.clock.now(),
    };
  }

  judge(req: IncomingMessage, raw: Buffer): Judged {
    const header = req.headers[SIGNATURE_HEADER];
    if (header === undefined) return { status: 200, outcome: 'unsigned' };
    const timestamp = timestampText(raw);
    if (timestamp === null) return { status: 400, outcome: 'not_json' };
    const signature = signatureBytes(String(header));
    const match = signature && this.match(req, raw, timestamp, signature);
    if (match === null) return this.unverified(raw);
    this.options.onSignature?.(true);
    this.noteFirst(match);

    const zns = String(req.headers[SERVER_HEADER] ?? '').toUpperCase() === 'ZNS';
    const members = readObject(raw.toString('utf8'));
    // Signed, but not JSON: there is nothing to keep, and the sender is told so.
    if (members === undefined) return { status: 400, outcome: 'not_json' };
    const parsed = parseEvent(members, raw, zns, this.context);
    return parsed.outcome === 'event' ? { event: parsed.event } : { status: 200, outcome: parsed.outcome };
  }

  /** With the body's own timestamp; where that does not verify, with that of the header. */
  private match(req: IncomingMessage, raw: Buffer, own: string, signature: Buffer): Match | null {
    const pair = this.verifier.match(raw, own, signature);
    if (pair >= 0) return { pair, timestamp: 'body' };
    const header = req.headers[TIMESTAMP_HEADER];
    if (typeof header !== 'string' || !STAMP.test(header)) return null;
    const other = this.verifier.match(raw, header, signature);
    return other < 0 ? null : { pair: other, timestamp: 'header' };
  }

  private noteFirst(match: Match): void {
    const key = `${match.timestamp}:${match.pair}`;
    if (this.met.has(key)) return;
    this.met.add(key);
    this.options.log.info({ ...match }, 'webhook signature verified with this pair for the first time');
  }

  private unverified(raw: Buffer): Judged {
    if (PROBE_MARK.test(raw.toString('latin1'))) return { status: 200, outcome: 'probe' };
    this.options.onSignature?.(false);
    return { status: 401, outcome: 'wrong_signature', warn: 'webhook signature does not match' };
  }
}
