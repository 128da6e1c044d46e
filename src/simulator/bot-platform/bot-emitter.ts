import type { Clock } from '../../kernel/clock';
import { messageOf } from '../../kernel/errors';
import { HOUR, MINUTE } from '../../kernel/vn-time';
import type { Feed } from '../feed';
import { WebhookCaller } from '../webhook-caller';
import type { BotState, OwedUpdate } from './bot-state';
import type { Update } from './bot-updates';

/**
 * Brings updates to the bot: at least once, with the secret in a header, in no promised order. What the real platform
 * does after a failure is not documented; here it tries again after 30 s, 5, 15, 30 min and 1 h of the program's clock
 * and then gives the update up. Without a webhook they wait for `getUpdates`.
 */

const LADDER = [30_000, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR];

export class BotEmitter {
  /** Whether updates go inside `ok`/`result`, or bare. */
  wrapped = true;
  readonly caller: WebhookCaller;
  private readonly inFlight = new Map<string, Promise<boolean>>();
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(
    private readonly options: {
      readonly state: BotState;
      readonly feed: Feed;
      readonly clock: Clock;
      readonly deadlineMs: number;
      /** The webhook, or `getUpdates`, took the update with this key. */
      readonly onTaken: (key: string) => void;
    },
  ) {
    this.caller = new WebhookCaller(options.deadlineMs);
  }

  /** Resolves after the first try: true when the webhook answered 2xx. */
  async emit(update: Update, key: string): Promise<boolean> {
    const { state, clock } = this.options;
    const raw = JSON.stringify(this.wrapped ? { ok: true, result: update } : update);
    const owed: OwedUpdate = { key, raw, attempt: 0, dueAt: clock.now().getTime() };
    state.record({ t: 'owed', update: owed });
    return state.webhook === null ? false : this.attempt(owed);
  }

  /** The oldest update nobody has taken, for `getUpdates`; it counts as taken. */
  pull(): Update | null {
    const [owed] = this.options.state.owed.values();
    if (!owed) return null;
    this.settle(owed);
    const body = JSON.parse(owed.raw) as Update | { result: Update };
    return 'result' in body ? body.result : body;
  }

  nextDue(): Date | null {
    const { state } = this.options;
    if (state.webhook === null) return null;
    const due = [...state.owed.values()].filter((owed) => !this.inFlight.has(owed.key));
    return due.length === 0 ? null : new Date(Math.min(...due.map((owed) => owed.dueAt)));
  }

  /** Delivers every repeat that is due on the clock, oldest first. */
  async runDue(): Promise<void> {
    const { state, clock } = this.options;
    if (state.webhook === null) return;
    const now = clock.now().getTime();
    const due = [...state.owed.values()]
      .filter((owed) => owed.dueAt <= now && !this.inFlight.has(owed.key))
      .sort((a, b) => a.dueAt - b.dueAt);
    for (const owed of due) await this.attempt(owed);
  }

  /** Repeats everything that was not taken, whether it is due or not. */
  async repeatNow(): Promise<void> {
    for (const owed of [...this.options.state.owed.values()])
      if (!this.inFlight.has(owed.key)) await this.attempt(owed);
  }

  /** Watches the clock for what falls due, beginning with what an earlier run still owed. */
  watch(everyMs = 250): void {
    if (this.timer || this.closed) return;
    this.timer = setInterval(() => {
      this.runDue().catch((error: unknown) => this.note({ raw: '{}' }, null, messageOf(error)));
    }, everyMs);
    this.timer.unref();
  }

  /** Any request to the webhook, as it is; the status, null when none came. */
  post(raw: string, headers: Readonly<Record<string, string>>): Promise<number | null> {
    const url = this.options.state.webhook?.url;
    return url === undefined ? Promise.resolve(null) : this.caller.call(url, 'POST', headers, raw);
  }

  async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight.values());
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearInterval(this.timer);
    this.caller.close();
  }

  private attempt(owed: OwedUpdate): Promise<boolean> {
    const running = this.try(owed).finally(() => this.inFlight.delete(owed.key));
    this.inFlight.set(owed.key, running);
    return running;
  }

  private async try(owed: OwedUpdate): Promise<boolean> {
    const { state, clock } = this.options;
    const status = await this.post(owed.raw, { 'X-Bot-Api-Secret-Token': state.webhook?.secret ?? '' });
    if (this.closed) return false;
    this.note(owed, status, owed.attempt > 0 ? `retry_${owed.attempt}` : undefined);
    if (status !== null && status >= 200 && status < 300) {
      this.settle(owed);
      return true;
    }
    const wait = LADDER[owed.attempt];
    if (wait === undefined) state.record({ t: 'settled', key: owed.key });
    else {
      const dueAt = clock.now().getTime() + wait;
      state.record({ t: 'owed', update: { ...owed, attempt: owed.attempt + 1, dueAt } });
    }
    return false;
  }

  private settle(owed: OwedUpdate): void {
    this.options.state.record({ t: 'settled', key: owed.key });
    this.options.onTaken(owed.key);
  }

  private note(owed: Pick<OwedUpdate, 'raw'>, status: number | null, note?: string): void {
    const { feed, clock, state } = this.options;
    const url = state.webhook?.url;
    feed.log({
      at: clock.now().getTime(),
      side: 'webhook',
      method: 'POST',
      path: url === undefined ? '' : new URL(url).pathname,
      request: JSON.parse(owed.raw) as unknown,
      status,
      answer: status === null ? this.caller.lastError : null,
      ...(note === undefined ? {} : { note }),
    });
  }
}
