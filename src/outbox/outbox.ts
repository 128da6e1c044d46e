import { randomBytes } from 'node:crypto';
import type { Channel } from '../channels/channel';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Clock } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { Deliverer } from './deliver';
import { Enqueuer } from './enqueue';
import type { Enqueue, OutboxRow, Purpose, StillTrueCheck } from './outbox-row';
import type { OutboxRepo, PaceRepo, Receipts } from './outbox.repo';
import { Pacer } from './pacer';
import type { Reach } from './policy';
import type { ToldRate } from './rate-limit';
import { SendRecords } from './send-records';
import type { SendRules } from './send-rules';
import { Sender } from './sender';
import { Ledger, type BudgetView, type PaidBy } from './spending';
import { OtherSenders, Sweeper } from './sweep';
import { Ways } from './ways';

/**
 * What goes out. Everything that is to reach a person is first a row with an id made from its cause; writing it twice
 * is writing it once. From there it is sent in order for each person, at the pace the channel allows, in the hours and
 * by the means that policy allows, and what became of it is recorded. Promises: a stored row is sent, or ends with a
 * reason; a send that may have arrived is never repeated blindly; whatever a crash leaves is found by the sweep.
 * Imports kernel, observability, jobs, and of channels the types and how a long text is split.
 *
 * A row goes `queued` → `sending` → `sent`, `uncertain`, `dropped`, `unreachable` or `dead`, and back to `queued` while it
 * must wait. `enqueue` writes it; `sender` takes each person's next one out of `person-queues`, at the pace of `pacer`;
 * `deliver` asks `ways` whether it may leave, claims and sends it; `send-outcome` says where that leads, and
 * `send-records` stores it. `sweep` takes up what is due, late or left by a process that is gone.
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

/** What the parts of one process share. */
export interface OutboxParts extends OutboxDeps {
  /** This process as a sender; never the same twice. */
  readonly owner: string;
  readonly pacer: Pacer;
  readonly ledger: Ledger;
  readonly ways: Ways;
  readonly others: OtherSenders;
}

/** The outbox of one process. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const owner = randomBytes(9).toString('hex');
  const pacer = new Pacer(deps);
  const ledger = new Ledger(deps);
  const ways = new Ways({ ...deps, ledger });
  const others = new OtherSenders(deps, owner);
  const parts = { ...deps, owner, pacer, ledger, ways, others };
  const records = new SendRecords(parts);
  const sending = { ...parts, records, deliverer: new Deliverer(parts) };
  const sender = new Sender(sending, (at) => sweeper.later(at));
  const sweeper: Sweeper = new Sweeper({ ...sending, sender });
  const enqueuer = new Enqueuer({ ...parts, sender, sweeper });
  return {
    enqueue: (messages) => enqueuer.enqueue(messages),
    async start() {
      await others.start();
      await sweeper.sweep();
    },
    sweep: () => sweeper.sweep(),
    nextDue: (after) => deps.rows.nextDue(after),
    settled: (user) => sender.settled(user),
    noteReceipts: (receipts) => records.noteReceipts(receipts, sender.busy),
    reachOf: (users, purpose, now) => ways.of(users, purpose, now),
    noteRate: (rate) => void pacer.rate(rate),
    pace: () => pacer.request(),
    budget: (now) => ways.budget(now),
    async stop(limitMs) {
      sweeper.stop();
      const finished = await sender.stop(limitMs);
      await others.stop(finished);
      return finished;
    },
  };
}
