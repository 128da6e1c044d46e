import type { OwedEvent } from './fake-zalo-facts';
import { type ZaloEvent, consoleProbe } from './zalo-events';
import { stopwatch, type Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { Feed } from './feed';
import { compactJson, signWebhook } from './sign-webhook';
import { WebhookCaller } from './webhook-caller';

/** What goes over the wire to the webhook: signed bodies, the console's checks, and a line in the log for each. */

export interface PostOptions {
  readonly feed: Feed;
  readonly clock: Clock;
  readonly appId: string;
  readonly oaSecret: string;
  readonly url: string | null;
  /** Real time an answer is waited for. */
  readonly deadlineMs: number;
}

export class WebhookPost {
  /** Where events go; null: nowhere, they are lost. */
  url: string | null;
  /** Whose time is signed: the body's own, or another that a header carries, as one source has seen it. */
  signedTime: 'body' | 'header' = 'body';
  readonly caller: WebhookCaller;

  constructor(protected readonly options: PostOptions) {
    this.url = options.url;
    this.caller = new WebhookCaller(options.deadlineMs);
  }

  /** The console's «check» as a sample message. Answers the status, null when none came. */
  probe(options: { readonly signed: boolean }): Promise<number | null> {
    const event = consoleProbe(this.options.appId, this.options.clock.now());
    return this.post(compactJson(event), options.signed ? { signedAt: event.timestamp } : {});
  }

  /** The console's «check» as a bare request. */
  ping(method: 'GET' | 'HEAD'): Promise<number | null> {
    return this.call(method, {}, null);
  }

  /** A body of the caller's own making, with a signature header of its own making (absent: none). */
  postRaw(raw: string, signature?: string): Promise<number | null> {
    return this.call('POST', signature === undefined ? {} : { 'X-ZEvent-Signature': signature }, raw);
  }

  protected lost(raw: string): null {
    this.note(raw, null, 'dropped');
    return null;
  }

  protected async post(
    raw: string,
    how: {
      readonly signedAt?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly note?: string;
    },
  ): Promise<number | null> {
    const since = stopwatch();
    const signature = how.signedAt === undefined ? {} : this.signature(raw, how.signedAt);
    const status = await this.call('POST', { ...how.headers, ...signature }, raw);
    this.note(raw, status, how.note, Math.round(since()));
    return status;
  }

  protected signature(raw: string, own: string): Readonly<Record<string, string>> {
    const { appId, oaSecret } = this.options;
    const sign = (time: string) => ({ 'X-ZEvent-Signature': signWebhook(appId, raw, time, oaSecret) });
    if (this.signedTime === 'body') return sign(own);
    const other = String(Number(own) + 1);
    return { ...sign(other), 'X-ZEvent-Timestamp': other };
  }

  protected call(
    method: string,
    headers: Readonly<Record<string, string>>,
    body: string | null,
  ): Promise<number | null> {
    return this.url === null ? Promise.resolve(null) : this.caller.call(this.url, method, headers, body);
  }

  /** For deliveries nobody waits for: a failure of ours, such as a full disk, is seen in the log. */
  unattended(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.options.feed.log({
        at: this.options.clock.now().getTime(),
        side: 'webhook',
        method: 'POST',
        path: '',
        request: null,
        status: null,
        answer: messageOf(error),
        note: 'failed',
      });
    });
  }

  protected note(raw: string, status: number | null, note?: string, tookMs?: number): void {
    const { feed, clock } = this.options;
    const request: unknown = JSON.parse(raw);
    feed.log({
      at: clock.now().getTime(),
      side: 'webhook',
      method: 'POST',
      path: this.url === null ? '' : new URL(this.url).pathname,
      request,
      status,
      answer: status === null ? this.caller.lastError : null,
      ...(tookMs === undefined ? {} : { tookMs }),
      ...(note === undefined ? {} : { note }),
    });
  }
}

/** An event that left, with every try to deliver it. */
export interface EmittedEvent {
  readonly key: string;
  readonly event: ZaloEvent;
  readonly tries: { readonly status: number | null; readonly attempt: number }[];
}

export function hostHeaders(owed: OwedEvent): Readonly<Record<string, string>> {
  return owed.zns ? { 'X-ZEvent-Server': 'ZNS' } : {};
}
