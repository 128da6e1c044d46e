import type { Clock } from '../../src/kernel/clock';
import { stopwatch } from '../../src/kernel/clock';
import { compactJson, signWebhook } from '../../src/simulator/sign-webhook';
import { WebhookCaller } from '../../src/simulator/webhook-caller';
import { textEvent } from '../../src/simulator/zalo-events';
import type { ZaloEvent } from '../../src/simulator/zalo-events';
import type { Random } from './random';

/**
 * The platform of the fault scenarios: delivers signed webhooks to a program that may be killed at any moment, as Zalo
 * would, only faster. Each person's events leave in order, the next when the one before was acknowledged; what was not
 * answered with 200 within the deadline is sent again with the same bytes. It keeps its own ledger of what it sent and
 * what was acknowledged, to be held against the program's. Replies go to `FakeZalo`, which keeps the ledger of sends.
 */

export interface PlatformOptions {
  /** Where the webhook is now; asked before each try, since a restarted program may have moved. */
  readonly url: () => string;
  readonly appId: string;
  readonly oaId: string;
  readonly oaSecret: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Real time an answer is waited for. */
  readonly deadlineMs?: number;
  /** Real time before an event that was not acknowledged is sent again. */
  readonly resendMs?: number;
}

export interface Try {
  /** null: no answer in time. */
  readonly status: number | null;
  readonly ms: number;
}

/** One distinct event. */
export interface LedgerEntry {
  /** Zalo's id of the message. */
  readonly id: string;
  readonly user: string;
  readonly text: string;
  readonly raw: string;
  readonly timestamp: string;
  /** Tries to deliver it until it was acknowledged. */
  readonly tries: Try[];
  /** Further deliveries of the same event, by `copies` or `redeliver`. */
  readonly extras: Try[];
  /** Milliseconds on the platform's stopwatch; null: not yet. */
  acknowledgedAt: number | null;
}

export interface Copies {
  /** How many deliveries an event gets in all, the least and the most. */
  readonly from: number;
  readonly to: number;
  /** Further copies leave within this time; about half of them at the very moment of the first. */
  readonly withinMs: number;
}

export class Platform {
  readonly ledger: LedgerEntry[] = [];
  /** How often an event is delivered; null: once. */
  copies: Copies | null = null;
  /** Awaited after an acknowledgement before that person's next event leaves; null: nothing is awaited. */
  between: ((entry: LedgerEntry) => Promise<void>) | null = null;
  private readonly caller: WebhookCaller;
  private readonly lanes = new Map<string, LedgerEntry[]>();
  private readonly running = new Set<string>();
  private readonly loose = new Set<Promise<unknown>>();
  private readonly elapsed = stopwatch();
  private held = false;
  private stopped = false;
  private lastStamp = 0;

  constructor(private readonly options: PlatformOptions) {
    this.caller = new WebhookCaller(options.deadlineMs ?? 2_000);
  }

  /** An id as Zalo gives them: digits, past 2^53. */
  static user(n: number): string {
    return `33445566778${String(n).padStart(8, '0')}`;
  }

  /** A person types; it is delivered when that person's earlier events are. */
  says(user: string, text: string): LedgerEntry {
    const id = `f${this.options.random.seed.toString(16)}-${String(this.ledger.length).padStart(8, '0')}`;
    return this.sends(user, id, (at) =>
      textEvent({ appId: this.options.appId, oaId: this.options.oaId, userId: user, at }, id, text),
    );
  }

  /** Any event of a person's; `make` gets an instant later than that of every event before. */
  sends(user: string, id: string, make: (at: Date) => ZaloEvent): LedgerEntry {
    this.lastStamp = Math.max(this.lastStamp + 1, this.options.clock.now().getTime());
    const event = make(new Date(this.lastStamp));
    const text = (event['message'] as { text?: string } | undefined)?.text ?? '';
    const entry: LedgerEntry = {
      ...{ id, user, text, raw: compactJson(event), timestamp: event.timestamp },
      ...{ tries: [], extras: [], acknowledgedAt: null },
    };
    this.ledger.push(entry);
    const lane = this.lanes.get(user);
    if (lane) lane.push(entry);
    else this.lanes.set(user, [entry]);
    this.drive(user);
    return entry;
  }

  /** Hands events over at a steady pace, whatever becomes of them. Resolves when the last has been handed over. */
  async pour(
    events: readonly { readonly user: string; readonly text: string }[],
    perSecond: number,
  ): Promise<void> {
    const since = stopwatch();
    for (const [i, { user, text }] of events.entries()) {
      const wait = (i * 1_000) / perSecond - since();
      if (wait > 1) await pause(wait);
      if (this.stopped) return;
      this.says(user, text);
    }
  }

  /** From now on nothing leaves. */
  hold(): void {
    this.held = true;
  }

  /** Lets go what was held; `shuffled`, or an order of one's own: each person's waiting events otherwise than they were typed. */
  release(
    order: 'as_sent' | 'shuffled' | ((lane: readonly LedgerEntry[]) => LedgerEntry[]) = 'as_sent',
  ): void {
    this.held = false;
    for (const [user, lane] of this.lanes) {
      if (order === 'shuffled') this.lanes.set(user, this.options.random.shuffle(lane));
      else if (order !== 'as_sent') this.lanes.set(user, order(lane));
      this.drive(user);
    }
  }

  /** Delivers events again that were acknowledged before, each until it is answered. Answers the last tries, in the order given. */
  async redeliver(entries: readonly LedgerEntry[]): Promise<Try[]> {
    const results: Try[] = [];
    for (let i = 0; i < entries.length; i += 16)
      results.push(...(await Promise.all(entries.slice(i, i + 16).map((entry) => this.redeliverOne(entry)))));
    return results;
  }

  private async redeliverOne(entry: LedgerEntry): Promise<Try> {
    for (let tries = 1; ; tries++) {
      const result = await this.deliverExtra(entry);
      if (result.status !== null || tries === 10 || this.stopped) return result;
      await pause(this.options.resendMs ?? 200);
    }
  }

  /** Resolves when every event is acknowledged and every copy has been answered; rejects after the limit, naming what is missing. */
  async settled(limitMs: number): Promise<void> {
    const since = stopwatch();
    while (this.unacknowledged.length > 0 || this.loose.size > 0) {
      if (since() > limitMs) {
        const [first] = this.unacknowledged;
        const last = first?.tries.at(-1);
        throw new Error(
          `${this.unacknowledged.length} of ${this.ledger.length} events not acknowledged after ${limitMs} ms; ` +
            `the first is ${first?.id ?? 'none'}, last answer ${last?.status ?? 'none'}, ${this.caller.lastError ?? ''}`,
        );
      }
      await pause(20);
    }
  }

  get unacknowledged(): readonly LedgerEntry[] {
    return this.ledger.filter((entry) => entry.acknowledgedAt === null);
  }

  /** How often each answer came, copies included; `none`: no answer in time. */
  answers(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const entry of this.ledger)
      for (const { status } of [...entry.tries, ...entry.extras]) {
        const key = String(status ?? 'none');
        counts[key] = (counts[key] ?? 0) + 1;
      }
    return counts;
  }

  /** Milliseconds on the platform's stopwatch, the one of `acknowledgedAt`. */
  now(): number {
    return this.elapsed();
  }

  /** Sends nothing more. */
  stop(): void {
    this.stopped = true;
    this.caller.close();
  }

  private drive(user: string): void {
    if (this.running.has(user) || this.held) return;
    this.running.add(user);
    void this.runLane(user);
  }

  private async runLane(user: string): Promise<void> {
    for (;;) {
      const entry = this.lanes.get(user)?.[0];
      if (!entry || this.held || this.stopped) {
        // In the same breath as the look, or an event handed in between would wait for ever.
        this.running.delete(user);
        return;
      }
      const answered = this.deliver(entry);
      if (entry.tries.length === 0) this.addCopies(entry);
      const result = await answered;
      entry.tries.push(result);
      if (result.status === 200) {
        entry.acknowledgedAt = this.elapsed();
        const lane = this.lanes.get(user);
        lane?.splice(lane.indexOf(entry), 1);
        if (this.between) await this.between(entry);
      } else await pause((this.options.resendMs ?? 200) * (0.5 + this.options.random.next()));
    }
  }

  private addCopies(entry: LedgerEntry): void {
    const { copies } = this;
    if (!copies) return;
    const { random } = this.options;
    const more = random.between(copies.from, copies.to) - 1;
    for (let i = 0; i < more; i++) {
      const after = random.chance(0.5) ? 0 : random.between(1, copies.withinMs);
      const copy = (after === 0 ? Promise.resolve() : pause(after)).then(() => this.deliverExtra(entry));
      this.loose.add(copy);
      void copy.finally(() => this.loose.delete(copy));
    }
  }

  private async deliverExtra(entry: LedgerEntry): Promise<Try> {
    const result = await this.deliver(entry);
    entry.extras.push(result);
    return result;
  }

  private async deliver(entry: LedgerEntry): Promise<Try> {
    const since = stopwatch();
    const { appId, oaSecret } = this.options;
    const headers = { 'X-ZEvent-Signature': signWebhook(appId, entry.raw, entry.timestamp, oaSecret) };
    const status = this.stopped
      ? null
      : await this.caller.call(this.options.url(), 'POST', headers, entry.raw);
    return { status, ms: since() };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
