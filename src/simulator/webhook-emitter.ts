import { sleep } from '../kernel/retry';
import { HOUR, MINUTE } from '../kernel/vn-time';
import type { FakeZaloState } from './fake-zalo-state';
import type { OwedEvent } from './fake-zalo-facts';
import { Mishaps, type Chaos } from './mishaps';
import { compactJson } from './sign-webhook';
import { WebhookPost, type PostOptions, type EmittedEvent, hostHeaders } from './webhook-post';
import { newMessageId, type ZaloEvent } from './zalo-events';

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

export interface EmitterOptions extends PostOptions {
  readonly state: FakeZaloState;
  /** The webhook took the event with this key. */
  readonly onTaken: (key: string) => void;
}

export class WebhookEmitter extends WebhookPost {
  /** Whether bodies are written with `\u` and `\/` escapes. */
  escape = false;
  /** Real time every event waits before its first try. */
  delayMs = 0;
  /** The console's switch for repeats; off: what failed once is lost. */
  retries = true;
  /** The console's filter: of texts only those that begin with `#`. */
  commandsOnly = false;
  /** Events that are switched off in the console, by name. */
  readonly off = new Set<string>();
  private readonly mishaps = new Mishaps();
  private parked: OwedEvent[] = [];
  private readonly emitted = new Map<string, EmittedEvent>();
  private readonly inFlight = new Map<string, Promise<boolean>>();
  private held: OwedEvent[] | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(protected override readonly options: EmitterOptions) {
    super(options);
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
    if (this.mishaps.reorders()) {
      this.park(owed);
      return false;
    }
    const taken = await this.first(owed);
    await this.unpark();
    return taken;
  }

  /** Trouble for a share of the events from now on; what is not named is off. */
  trouble(chaos: Partial<Chaos>): void {
    this.mishaps.begin(chaos);
  }

  /** The first try of the next `times` events does not arrive; they are repeated on the ladder. */
  dropNext(times = 1): void {
    this.mishaps.drop(times);
  }

  /** The next `times` events are delivered twice, at the same moment. */
  duplicateNext(times = 1): void {
    this.mishaps.duplicate(times);
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
    const isTwice = this.mishaps.duplicates();
    const slowMs = this.mishaps.slowMs();
    if (slowMs > 0) await sleep(slowMs);
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
    const status = this.mishaps.drops(owed.attempt)
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
}
