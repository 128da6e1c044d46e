/**
 * The door Zalo knocks at. It stands in front of Express on the same server and does nothing but read, verify, parse,
 * mask and hand over: 200 goes out once the event is durably stored, never after more than that. What is not verified
 * is answered and counted, and nothing of it is kept. Texts, names and phone numbers are never logged.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stopwatch, type Clock } from '../../kernel/clock';
import { messageOf } from '../../kernel/errors';
import { failpoint } from '../../kernel/failpoint';
import type { Masked } from '../../kernel/secrets';
import type { Logger } from '../../observability/logger';
import type { WebhookOutcome } from '../../observability/metrics';
import type { Accept, InboundEvent } from '../channel';
import { asObject, parseJson } from './json';
import { parseEvent, type ParseContext } from './parse-event';
import { SignatureVerifier, signatureBytes, timestampText, type SigningPair } from './verify-signature';
import { SERVER_HEADER, SIGNATURE_HEADER, WEBHOOK_PATH } from './wire';

/** A handler in front of Express: true when it took the request. */
export type RawHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

export interface WebhookOptions {
  readonly appId: string;
  readonly oaId: string;
  /** OA secret keys that are valid now; more than one while they are exchanged. */
  readonly secrets: readonly string[];
  /** Instead of app id and secrets: exactly these pairs are tried. */
  readonly pairs?: readonly SigningPair[];
  readonly accept: Accept;
  readonly mask: (text: string) => Masked;
  readonly clock: Clock;
  readonly metrics: { webhook(outcome: WebhookOutcome): void };
  readonly log: Logger;
  /** How long `accept` may take before the answer is 503, in milliseconds; the promise to Zalo is 1.5 s. */
  readonly storeWithinMs?: number;
}

/** Bodies are never larger than this many bytes; Zalo's are about 400. */
export const BODY_MAX = 256 * 1024;
/** A refused sender gets this long to read the answer before the line is cut, in milliseconds. */
const LINGER = 250;
/** What nobody verified is said in the log at most once in so many milliseconds; the rest is only counted. */
const SAY_EVERY = 60_000;
/** Inside a JSON text these bytes cannot stand with bare quotes, so finding them needs no parsing. */
const PROBE_MARK = /"msg_id"\s*:\s*"This is message id"/;

export function createWebhookHandler(options: WebhookOptions): RawHandler {
  const webhook = new Webhook(options);
  return (req, res) => webhook.take(req, res);
}

class Webhook {
  private readonly verifier: SignatureVerifier;
  private readonly context: ParseContext;
  private readonly storeWithinMs: number;
  private readonly matched = new Set<number>();
  private sinceSaid: (() => number) | null = null;

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
    this.storeWithinMs = options.storeWithinMs ?? 1_200;
  }

  take(req: IncomingMessage, res: ServerResponse): boolean {
    const url = req.url as string;
    if (url !== WEBHOOK_PATH && !url.startsWith(`${WEBHOOK_PATH}?`) && url !== `${WEBHOOK_PATH}/`)
      return false;
    if (req.method === 'POST') this.read(req, res);
    else if (req.method === 'GET' || req.method === 'HEAD') this.answer(res, 200, 'look');
    else {
      res.setHeader('allow', 'GET, HEAD, POST');
      this.refuse(req, res, 405, 'wrong_method');
    }
    return true;
  }

  private read(req: IncomingMessage, res: ServerResponse): void {
    const headers = req.headers;
    const length = headers['content-length'];
    if (length !== undefined && Number(length) > BODY_MAX) return this.refuse(req, res, 413, 'too_large');
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return this.refuse(req, res, 415, 'encoded');
    let first: Buffer | null = null;
    let rest: Buffer[] | null = null;
    let size = 0;
    let over = false;
    req.on('data', (chunk: Buffer) => {
      if (over) return;
      size += chunk.length;
      if (size > BODY_MAX) {
        over = true;
        first = rest = null;
        this.refuse(req, res, 413, 'too_large');
      } else if (first === null) first = chunk;
      else (rest ??= [first]).push(chunk);
    });
    req.on('end', () => {
      if (!over) this.received(req, res, rest ? Buffer.concat(rest, size) : (first ?? Buffer.alloc(0)));
    });
    req.on('error', () => this.options.metrics.webhook('aborted'));
  }

  private received(req: IncomingMessage, res: ServerResponse, raw: Buffer): void {
    const header = req.headers[SIGNATURE_HEADER];
    if (header === undefined) return this.answer(res, 200, 'unsigned');
    const timestamp = timestampText(raw);
    if (timestamp === null) return this.answer(res, 400, 'not_json');
    const signature = signatureBytes(String(header));
    const pair = signature === null ? -1 : this.verifier.match(raw, timestamp, signature);
    if (pair < 0) return this.unverified(res, raw);
    if (!this.matched.has(pair)) this.firstMatch(pair);

    const zns = String(req.headers[SERVER_HEADER] ?? '').toUpperCase() === 'ZNS';
    let body: unknown;
    try {
      body = parseJson(raw.toString('utf8'));
    } catch {
      // Signed, but not JSON: there is nothing to keep, and the sender is told so.
      return this.answer(res, 400, 'not_json');
    }
    const members = asObject(body);
    if (members === undefined) return this.answer(res, 400, 'not_json');
    const parsed = parseEvent(members, raw, zns, this.context);
    if (parsed.outcome === 'event') this.store(res, parsed.event);
    else this.answer(res, 200, parsed.outcome);
  }

  private store(res: ServerResponse, event: InboundEvent): void {
    const timer = setTimeout(() => {
      this.options.log.error({ eventId: event.id }, 'event not stored in time, the sender will repeat it');
      this.answer(res, 503, 'too_slow');
    }, this.storeWithinMs);
    const failed = (error: unknown): void => {
      clearTimeout(timer);
      if (res.writableEnded) return;
      this.options.log.error(
        { eventId: event.id, err: error },
        'event not stored, the sender will repeat it',
      );
      this.answer(res, 503, 'not_stored');
    };
    let accepted: ReturnType<Accept>;
    try {
      accepted = this.options.accept(event);
    } catch (error) {
      return failed(error);
    }
    accepted.then((outcome) => {
      clearTimeout(timer);
      if (res.writableEnded) return;
      this.answer(res, 200, outcome === 'new' ? 'stored' : 'duplicate');
      failpoint('after_ack');
    }, failed);
  }

  private unverified(res: ServerResponse, raw: Buffer): void {
    if (PROBE_MARK.test(raw.toString('latin1'))) return this.answer(res, 200, 'probe');
    if (this.sinceSaid === null || this.sinceSaid() > SAY_EVERY) {
      this.sinceSaid = stopwatch();
      this.options.log.warn(
        { bytes: raw.length },
        'webhook signature does not match; further ones are only counted',
      );
    }
    this.answer(res, 401, 'wrong_signature');
  }

  private firstMatch(pair: number): void {
    this.matched.add(pair);
    this.options.log.info({ pair }, 'webhook signature verified with this pair for the first time');
  }

  private answer(res: ServerResponse, status: number, outcome: WebhookOutcome): void {
    this.options.metrics.webhook(outcome);
    res.statusCode = status;
    res.end();
  }

  /** Answers before the body is through and stops reading it; the line is cut a moment later, so that the answer is still read. */
  private refuse(req: IncomingMessage, res: ServerResponse, status: number, outcome: WebhookOutcome): void {
    this.options.metrics.webhook(outcome);
    req.pause();
    res.writeHead(status, { connection: 'close', 'content-length': '0' });
    res.flushHeaders();
    const cut = setTimeout(() => {
      try {
        res.end();
        req.destroy();
      } catch (error) {
        this.options.log.warn(
          { reason: messageOf(error) },
          'refused sender was gone before the line was cut',
        );
      }
    }, LINGER);
    cut.unref();
  }
}
