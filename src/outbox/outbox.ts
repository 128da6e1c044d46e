import { randomBytes } from 'node:crypto';
import type { Channel } from '../channels/channel';
import { splitMessage } from '../channels/split-message';
import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { DAY } from '../kernel/vn-time';
import { channelWord, type UserKey } from '../kernel/ids';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { withEventId } from '../observability/trace';
import type { ContactsRepo } from '../contacts/contacts.repo';
import { enqueue } from './enqueue';
import type { Enqueue, NewOutboxMessage, OutboxRow, Purpose, StillTrueCheck } from './outbox-row';
import type { OutboxRepo, PaceRepo, Receipts } from './outbox.repo';
import { Pacer } from './pacer';
import { createReach, measureMoney } from './reach';
import type { Reach } from './policy';
import type { ToldRate } from './rate-limit';
import type { SendRules } from './send-rules';
import { Sender } from './sender';
import { Ledger, type BudgetView, type PaidBy } from './spending';
import { sweep, takeUp } from './sweep';

/**
 * What goes out. Everything that is to reach a person is first a row with an id made from its cause; writing it twice
 * is writing it once. From there it is sent in order for each person, at the pace the channel allows, in the hours and
 * by the means that policy allows, and what became of it is recorded. Promises: a stored row is sent, or ends with a
 * reason; a send that may have arrived is never repeated blindly; whatever a crash leaves is found by the sweep.
 * Imports kernel, observability, jobs, and of channels the types and how a long text is split.
 */
export interface OutboxDeps {
  readonly rows: OutboxRepo;
  readonly contacts: ContactsRepo;
  readonly pace: PaceRepo;
  /** By the name before the colon of a user key. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  readonly rules: SendRules;
  readonly perMinute: number;
  /** Asked for every row with `onlyIf` at the moment of sending. */
  readonly isStillNeeded: StillTrueCheck;
  /** No other process sends from this store (always so with the embedded one). */
  readonly singleProcess: boolean;
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  readonly metrics: Pick<Metrics, 'outbox' | 'dropped'> & Partial<Pick<Metrics, 'gauge'>>;
  /** Finished rows are kept for so long, as evidence of what was sent. Absent: for ever. */
  readonly keepMs?: number;
  /** The phone of a member as an address (`zalo-phone:<member id>`); null when none is kept. */
  readonly phoneOf?: (user: UserKey, now: Date) => UserKey | null;
  /** What paid for a message, out of the channel's answer; null when the answer does not say. */
  readonly paidBy?: (quota: Readonly<Record<string, unknown>>) => PaidBy | null;
  /** Told of a row whose person cannot be reached, before that is stored; perhaps more than once. */
  readonly onUnreachable?: (row: OutboxRow, at: Date) => Promise<void>;
  /** Told of a row of which nobody will know whether it arrived, before that is stored; perhaps more than once. */
  readonly onUncertain?: (row: OutboxRow) => Promise<void>;
  readonly maxAttempts?: number;
  /** Monotonic time, freezes included; a test moves it. */
  readonly stopwatch?: () => () => number;
  /** Waits in real time; a test moves its clock instead. */
  readonly wait?: (ms: number) => Promise<void>;
}

export interface Outbox {
  readonly enqueue: Enqueue;
  /** Takes up what a crash has left, and shows the other processes that this one lives. Await it before messages are taken. */
  start(): Promise<void>;
  /** Rows whose time has come or whose wake-up was lost are taken in hand; they leave soon after. */
  sweep(now: Date): Promise<void>;
  /** The earliest instant after `after` at which a stored row wants to leave. */
  nextDue(after: Date): Promise<Date | null>;
  /** Resolves when nothing of the person (of anybody, when not given) that is due or under way is left in this process. */
  settled(user?: UserKey): Promise<void>;
  noteReceipts(receipts: Receipts): Promise<void>;
  /** By which means the purpose would reach each person now; the hour left aside. */
  reachOf(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>>;
  /** What the channel says of its limit of requests; told with every answer. */
  noteRate(rate: ToldRate): void;
  /** Resolves when one more request to the channel fits into its limit; for what is no message. */
  pace(): Promise<void>;
  /** What messages have cost this month, and what they will. */
  budget(now: Date): Promise<BudgetView>;
  /** Begins no further send and finishes those in hand, within the limit. Answers whether all were finished. */
  stop(limitMs: number): Promise<boolean>;
}

/** How often the outbox keeps house, and how many rows it forgets each time. */
const HOUSE_MS = 60_000;
const FORGET_ROWS = 2_000;
const BEAT_MS = 1_000;
/** A sender not heard of for so long is taken for dead; what it had under way is then uncertain. */
const ALIVE_MS = 3_500;
/** Waits longer than this are left to the scheduled sweep. */
const LONGEST_TIMER_MS = 600_000;

/** The outbox of one process. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { rows, clock, log } = deps;
  const owner = randomBytes(9).toString('hex');
  const pacer = new Pacer(deps);
  const ledger = new Ledger({ rows, budget: deps.rules.budget });
  measureMoney(deps, ledger);
  const { reachOf, budget } = createReach({ ...deps, ledger });
  const sender = new Sender({ ...deps, pacer, ledger, owner }, later);
  const swept = { ...deps, sender, owner, left: later };
  let beat: NodeJS.Timeout | null = null;
  let timer: { readonly at: number; readonly handle: NodeJS.Timeout } | null = null;
  let stopped = false;
  let written = 0;
  let keptAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;

  /** One timer for the nearest instant; it sweeps, which arms the next. */
  function later(at: Date): void {
    const ms = Math.max(0, at.getTime() - clock.now().getTime());
    if (stopped || ms > LONGEST_TIMER_MS || (timer && timer.at <= at.getTime())) return;
    if (timer) clearTimeout(timer.handle);
    const handle = setTimeout(() => {
      timer = null;
      withEventId(undefined, sweepNow).catch((error: unknown) => {
        log.error({ error: messageOf(error) }, 'the outbox could not be swept');
        later(new Date(clock.now().getTime() + BEAT_MS));
      });
    }, ms);
    handle.unref();
    timer = { at: at.getTime(), handle };
  }

  /** Sweeps never overlap in a process; one that is asked for meanwhile runs after. */
  function sweepNow(): Promise<void> {
    const run = async (): Promise<void> => {
      if (stopped) return;
      const now = clock.now();
      const more = await sweep(swept, now);
      if (more) void sender.settled().then(() => later(clock.now()));
      const next = await rows.nextDue(now);
      if (next) later(next);
      await keepHouse(now);
    };
    const before = running ?? Promise.resolve();
    const mine = before.then(run, run);
    running = mine.catch(() => undefined);
    return mine;
  }

  /** What is long past is forgotten, and the figures of the month are looked up for who asks for them. */
  async function keepHouse(now: Date): Promise<void> {
    if (Math.abs(now.getTime() - keptAt) < HOUSE_MS) return;
    keptAt = now.getTime();
    if (deps.metrics.gauge) await ledger.ready(now);
    await rows.forgetEarly(new Date(now.getTime() - DAY));
    if (deps.keepMs !== undefined) await rows.forget(new Date(now.getTime() - deps.keepMs), FORGET_ROWS);
  }

  async function beatOnce(): Promise<void> {
    await rows.beat(owner, new Date(clock.now().getTime() + ALIVE_MS));
  }

  return {
    enqueue: (messages) =>
      enqueue(
        {
          ...deps,
          sender,
          owner,
          left: later,
          nextOrder: () => (written += 1),
          takeUp: (ids) => takeUp(swept, ids, clock.now()),
        },
        messages.flatMap((message) => asRows(message, deps.channels)),
      ),
    async start() {
      if (!deps.singleProcess) {
        await beatOnce();
        beat = setInterval(() => {
          beatOnce().catch((error: unknown) =>
            log.warn({ error: messageOf(error) }, 'a sign of life was lost'),
          );
        }, BEAT_MS);
        beat.unref();
      }
      await sweepNow();
    },
    sweep: () => sweepNow(),
    nextDue: (after) => rows.nextDue(after),
    settled: (user) => sender.settled(user),
    noteReceipts: (receipts) => sender.noteReceipts(receipts),
    reachOf,
    noteRate: (rate) => void pacer.rate(rate),
    pace: () => pacer.request(),
    budget: (now) => budget(now),
    async stop(limitMs) {
      stopped = true;
      if (beat) clearInterval(beat);
      if (timer) clearTimeout(timer.handle);
      const finished = await sender.stop(limitMs);
      // One that was cut off may still be sending, so it is missed only after a while.
      if (!deps.singleProcess && finished) await rows.leave(owner);
      return finished;
    },
  };
}

/** A text longer than its channel takes becomes a row for each part; one whose words may still change stays whole. */
function asRows(message: NewOutboxMessage, channels: ReadonlyMap<string, Channel>): NewOutboxMessage[] {
  const channel = channels.get(channelWord(message.to));
  if (!channel || message.template !== undefined || message.onlyIf !== undefined) return [message];
  const parts = splitMessage(message.message, channel.limits.textMax);
  return parts.map((part, i) =>
    i === 0 ? { ...message, message: part } : { ...message, id: `${message.id}+${i}`, message: part },
  );
}
