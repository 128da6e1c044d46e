/**
 * The door a messenger knocks at, the same for each of them. It stands in front of Express on the same server and does
 * nothing but read, have the channel judge the bytes, and hand over: 200 goes out once the event is durably stored,
 * never after more than that. What is not verified is answered and counted, and nothing of it is kept. Texts, names
 * and phone numbers are never logged.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stopwatch } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { failpoint } from '../kernel/failpoint';
import { type Logger, withEventId } from '../observability/logger';
import type { WebhookOutcome } from '../observability/metrics';
import type { Accept, InboundEvent } from './channel';

/** A handler in front of Express: true when it took the request. */
export type RawHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/** What the channel makes of a whole body: an event to be stored, or an answer. `warn` goes to the log, seldom. */
export type Judged =
  | { readonly event: InboundEvent }
  | { readonly status: number; readonly outcome: WebhookOutcome; readonly warn?: string };

export interface ReceiverOptions {
  readonly accept: Accept;
  readonly metrics: { webhook(outcome: WebhookOutcome): void };
  readonly log: Logger;
  /** How long `accept` may take before the answer is 503, in milliseconds; messengers wait 2 s, and 1.5 s is our promise. */
  readonly storeWithinMs?: number;
}

/** Bodies are never larger than this many bytes; a messenger's are about 400. */
export const BODY_MAX = 256 * 1024;
/** A refused sender gets this long to read the answer before the line is cut, in milliseconds. */
const LINGER = 250;
/** What nobody verified is said in the log at most once in so many milliseconds; the rest is only counted. */
const SAY_EVERY = 60_000;

/** `judge` is asked once the whole body is here; it must not throw and must not wait. */
export function createWebhookReceiver(
  path: string,
  judge: (req: IncomingMessage, raw: Buffer) => Judged,
  options: ReceiverOptions,
): RawHandler {
  const door = new WebhookReceiver(path, judge, options);
  return (req, res) => door.take(req, res);
}

class WebhookReceiver {
  private readonly storeWithinMs: number;
  private sinceSaid: (() => number) | null = null;

  constructor(
    private readonly path: string,
    private readonly judge: (req: IncomingMessage, raw: Buffer) => Judged,
    private readonly options: ReceiverOptions,
  ) {
    this.storeWithinMs = options.storeWithinMs ?? 1_200;
  }

  take(req: IncomingMessage, res: ServerResponse): boolean {
    const url = req.url as string;
    const { path } = this;
    if (url !== path && !url.startsWith(`${path}?`) && url !== `${path}/`) return false;
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
    const judged = this.judge(req, raw);
    if ('event' in judged) return withEventId(judged.event.id, () => this.store(res, judged.event));
    if (judged.warn !== undefined) this.sayRarely(judged.warn, raw);
    this.answer(res, judged.status, judged.outcome);
  }

  private store(res: ServerResponse, event: InboundEvent): void {
    const timer = setTimeout(() => {
      this.options.log.error({}, 'event not stored in time, the sender will repeat it');
      this.answer(res, 503, 'too_slow');
    }, this.storeWithinMs);
    const failed = (error: unknown): void => {
      clearTimeout(timer);
      if (res.writableEnded) return;
      this.options.log.error({ err: error }, 'event not stored, the sender will repeat it');
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
      this.options.log.debug({ kind: event.kind, outcome }, 'event stored');
      if (res.writableEnded) return;
      this.answer(res, 200, outcome === 'new' ? 'stored' : 'duplicate');
      failpoint('after_ack');
    }, failed);
  }

  private sayRarely(warn: string, raw: Buffer): void {
    if (this.sinceSaid !== null && this.sinceSaid() <= SAY_EVERY) return;
    this.sinceSaid = stopwatch();
    this.options.log.warn({ bytes: raw.length }, `${warn}; further ones are only counted`);
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
