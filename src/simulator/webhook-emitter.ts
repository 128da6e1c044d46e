import { stopwatch, type Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { sleep } from '../kernel/retry';
import { HOUR, MINUTE } from '../kernel/vn-time';
import type { FakeZaloState, OwedEvent } from './fake-zalo-state';
import type { Feed } from './feed';
import { seededChances } from './seeded';
import { compactJson, signWebhook } from './sign-webhook';
import { WebhookCaller } from './webhook-caller';
import { consoleProbe, newMessageId, type ZaloEvent } from './zalo-events';

/**
 * Brings events to the bot as Zalo does: signed, at least once, in no promised order. Anything but 200 within two
 * seconds is a failure; failures are repeated after 30 s, 5, 15, 30 min and 1 h of the program's clock with the same
 * body; after the last one the webhook is disabled until somebody enables it, and events in between are lost.
 */

const LADDER = [30_000, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR];
/** So many events are remembered with their tries. */
const EMITTED_KEPT = 20_000;
/** How long an event that lets others pass waits for one to do so; real time. */
const PARKED_MS = 300;

export interface EmitterOptions {
  readonly state: FakeZaloState;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly appId: string;
  readonly oaSecret: string;
  readonly url: string | null;
  /** Real time an answer is waited for. */
  readonly deadlineMs: number;
  /** The webhook took the event with this key. */
  readonly onTaken: (key: string) => void;
}

/** An event that left, with every try to deliver it. */
export interface EmittedEvent {
  readonly key: string;
  readonly event: ZaloEvent;
  readonly tries: { readonly status: number | null; readonly attempt: number }[];
}

/** Trouble on the way to the webhook, each for a seeded share of the events. */
export interface Chaos {
  /** The first try does not arrive. */
  readonly drop: number;
  readonly duplicate: number;
  /** Lets the next event pass. */
  readonly reorder: number;
  /** Waits `slowMs` of real time before it leaves. */
  readonly slow: number;
  readonly slowMs: number;
  readonly seed: number;
}

export const CALM: Chaos = { drop: 0, duplicate: 0, reorder: 0, slow: 0, slowMs: 1000, seed: 1 };

export class WebhookEmitter {
  /** Where events go; null: nowhere, they are lost. */
  url: string | null;
  /** Whether bodies are written with `\u` and `\/` escapes. */
  escape = false;
  /** Whose time is signed: the body's own, or another that a header carries, as one source has seen it. */
  signedTime: 'body' | 'header' = 'body';
  /** Real time every event waits before its first try. */
  delayMs = 0;
  /** The console's switch for repeats; off: what failed once is lost. */
  retries = true;
  /** The console's filter: of texts only those that begin with `#`. */
  commandsOnly = false;
  /** Events that are switched off in the console, by name. */
  readonly off = new Set<string>();
  private chaos = CALM;
  private chance = seededChances(CALM.seed);
  private dropped = 0;
  private parked: OwedEvent[] = [];
  readonly caller: WebhookCaller;
  private readonly emitted = new Map<string, EmittedEvent>();
  private readonly inFlight = new Map<string, Promise<boolean>>();
  private held: OwedEvent[] | null = null;
  private twice = 0;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(private readonly options: EmitterOptions) {
    this.url = options.url;
    this.caller = new WebhookCaller(options.deadlineMs);
  }

  /** Every event since the start, in order of leaving. */
  get events(): readonly EmittedEvent[] {
    return [...this.emitted.values()];
  }

  /**
   * Hands an event over. Resolves after the first try: true when the webhook answered 200, false when it did not, when
   * it is disabled, or when the event is being held.
   */
  async emit(
    event: ZaloEvent,
    key = newMessageId(),
    options: { readonly zns?: boolean } = {},
  ): Promise<boolean> {
    if (this.isFiltered(event)) return false;
    const raw = compactJson(event, { escape: this.escape });
    this.remember({ key, event, tries: [] });
    if (this.options.state.webhookDisabled || this.url === null) {
      this.note(raw, null, this.url === null ? 'no_url' : 'disabled');
      return false;
    }
    const dueAt = this.options.clock.now().getTime();
    const owed: OwedEvent = {
      ...{ key, raw, timestamp: event.timestamp, attempt: 0, dueAt },
      ...(options.zns ? { zns: true } : {}),
    };
    this.options.state.record({ t: 'owed', event: owed });
    if (this.held) {
      this.held.push(owed);
      return false;
    }
    if (this.chance(this.chaos.reorder)) {
      this.park(owed);
      return false;
    }
    const taken = await this.first(owed);
    await this.unpark();
    return taken;
  }

  /** Trouble for a share of the events from now on; what is not named is off. */
  trouble(chaos: Partial<Chaos>): void {
    this.chaos = { ...CALM, ...chaos };
    this.chance = seededChances(this.chaos.seed);
  }

  /** The first try of the next `times` events does not arrive; they are repeated on the ladder. */
  dropNext(times = 1): void {
    this.dropped += times;
  }

  /** The next `times` events are delivered twice, at the same moment. */
  duplicateNext(times = 1): void {
    this.twice += times;
  }

  /** From now on events are kept back until `release`. */
  hold(): void {
    this.held ??= [];
  }

  /** Delivers what was held, one after the other, in the order given. */
  async release(order: 'as_sent' | 'reversed' = 'as_sent'): Promise<void> {
    const held = this.held ?? [];
    this.held = null;
    if (order === 'reversed') held.reverse();
    for (const owed of held) await this.first(owed);
  }

  /** When the next repeat falls due; null: none waits. */
  nextDue(): Date | null {
    let next = Infinity;
    for (const owed of this.options.state.owed.values())
      if (this.isWaiting(owed)) next = Math.min(next, owed.dueAt);
    return next === Infinity ? null : new Date(next);
  }

  /** Delivers every repeat that is due on the clock, oldest first. */
  async runDue(): Promise<void> {
    const now = this.options.clock.now().getTime();
    const due = [...this.options.state.owed.values()]
      .filter((owed) => this.isWaiting(owed) && owed.dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt);
    for (const owed of due) await this.attempt(owed);
  }

  /** Watches the clock for repeats that fall due, beginning with what an earlier run still owed. */
  watch(everyMs = 250): void {
    if (this.timer || this.closed) return;
    this.timer = setInterval(() => this.unattended(this.runDue()), everyMs);
    this.timer.unref();
  }

  get disabled(): boolean {
    return this.options.state.webhookDisabled;
  }

  /** What an admin does in the console after an outage. */
  enable(): void {
    this.options.state.record({ t: 'webhook', disabled: false });
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

  /** Waits until no delivery is under way. */
  async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight.values());
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearInterval(this.timer);
    this.caller.close();
  }

  private isWaiting(owed: OwedEvent): boolean {
    return (
      !this.inFlight.has(owed.key) &&
      !this.held?.some((other) => other.key === owed.key) &&
      !this.parked.some((other) => other.key === owed.key)
    );
  }

  private isFiltered(event: ZaloEvent): boolean {
    if (this.off.has(event.event_name)) return true;
    if (!this.commandsOnly || event.event_name !== 'user_send_text') return false;
    const { text } = event['message'] as { readonly text?: string };
    return text?.startsWith('#') !== true;
  }

  private remember(entry: EmittedEvent): void {
    this.emitted.set(entry.key, entry);
    for (const [old] of this.emitted) {
      if (this.emitted.size <= EMITTED_KEPT) return;
      this.emitted.delete(old);
    }
  }

  private park(owed: OwedEvent): void {
    this.parked.push(owed);
    setTimeout(() => this.unattended(this.unpark()), PARKED_MS).unref();
  }

  private async unpark(): Promise<void> {
    const waiting = this.parked;
    this.parked = [];
    for (const owed of waiting) await this.first(owed);
  }

  private async first(owed: OwedEvent): Promise<boolean> {
    const isTwice = this.twice > 0 || this.chance(this.chaos.duplicate);
    if (this.twice > 0) this.twice -= 1;
    if (this.chance(this.chaos.slow)) await sleep(this.chaos.slowMs);
    if (isTwice)
      void this.post(owed.raw, { signedAt: owed.timestamp, headers: hostHeaders(owed), note: 'duplicate' });
    return this.attempt(owed);
  }

  private attempt(owed: OwedEvent): Promise<boolean> {
    const running = this.try(owed).finally(() => this.inFlight.delete(owed.key));
    this.inFlight.set(owed.key, running);
    return running;
  }

  private async try(owed: OwedEvent): Promise<boolean> {
    const { state, clock, onTaken } = this.options;
    if (owed.attempt === 0 && this.delayMs > 0) await sleep(this.delayMs);
    const headers = {
      ...hostHeaders(owed),
      ...(owed.attempt > 0 ? { num_retry: String(owed.attempt) } : {}),
    };
    const note = owed.attempt > 0 ? `retry_${owed.attempt}` : undefined;
    const status = this.isDropped(owed)
      ? this.lost(owed.raw)
      : await this.post(owed.raw, { signedAt: owed.timestamp, headers, ...(note ? { note } : {}) });
    if (this.closed) return status === 200;
    this.emitted.get(owed.key)?.tries.push({ status, attempt: owed.attempt });
    if (status === 200) {
      state.record({ t: 'settled', key: owed.key });
      onTaken(owed.key);
      return true;
    }
    if (!this.retries) {
      state.record({ t: 'settled', key: owed.key });
      return false;
    }
    const wait = LADDER[owed.attempt];
    if (wait === undefined) {
      state.record({ t: 'settled', key: owed.key });
      state.record({ t: 'webhook', disabled: true });
      this.note(owed.raw, status, 'disabled');
      return false;
    }
    const dueAt = clock.now().getTime() + wait;
    state.record({ t: 'owed', event: { ...owed, attempt: owed.attempt + 1, dueAt } });
    this.watch();
    return false;
  }

  private isDropped(owed: OwedEvent): boolean {
    if (owed.attempt > 0) return false;
    if (this.dropped > 0) {
      this.dropped -= 1;
      return true;
    }
    return this.chance(this.chaos.drop);
  }

  private lost(raw: string): null {
    this.note(raw, null, 'dropped');
    return null;
  }

  private async post(
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

  private signature(raw: string, own: string): Readonly<Record<string, string>> {
    const { appId, oaSecret } = this.options;
    const sign = (time: string) => ({ 'X-ZEvent-Signature': signWebhook(appId, raw, time, oaSecret) });
    if (this.signedTime === 'body') return sign(own);
    const other = String(Number(own) + 1);
    return { ...sign(other), 'X-ZEvent-Timestamp': other };
  }

  private call(
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

  private note(raw: string, status: number | null, note?: string, tookMs?: number): void {
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

function hostHeaders(owed: OwedEvent): Readonly<Record<string, string>> {
  return owed.zns ? { 'X-ZEvent-Server': 'ZNS' } : {};
}
