import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Channel, SendResult } from '../../src/channels/channel';
import { systemClock } from '../../src/kernel/clock';
import { createMetrics } from '../../src/observability/metrics';
import { createContactsRepo } from '../../src/contacts/contacts.repo';
import { silentLog } from '../../src/observability/logger';
import { createOutbox, type Outbox, type OutboxDeps } from '../../src/outbox/outbox';
import { createOutboxRepo, createPaceRepo } from '../../src/outbox/outbox.repo';
import { sendRules } from '../../src/outbox/send-rules';
import { prepareIndexes } from '../../src/app/indexes';
import { Home, type Engine } from './engines';
import { median, quantile, row, rounded, type Row } from './numbers';
import type { RoundsOptions } from './webhook-rows';

/**
 * S6 and S7: the outbox on the store it really has, with a channel that answers as it is told. S6: how long other people
 * wait while one of them takes two seconds each time. S7: how much of a limit a long run of reminders uses, when the
 * limit is known and when it must be learned from the answers.
 */
const RATE = 100;
const ANSWER_MS = 20;
const SLOW_MS = 2_000;
const PER_SECOND = 50;
/** The channel lets a tenth of a minute's share through at once. */
const BURST = 0.1;
const LONGEST_RUN_S = 12;

type Answer = (to: string) => Promise<SendResult>;
type Store = Awaited<ReturnType<Home['store']>>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function sendingRows(engine: Engine, options: RoundsOptions): Promise<Record<string, Row>> {
  const rows: Record<string, Row> = {};
  const home = new Home(engine);
  const store = await home.store();
  try {
    await prepareIndexes(store.connection);
    if (options.wants('S6')) rows['S6'] = await slowPersonRow(store, options);
    if (options.wants('S7')) rows['S7'] = await limitRow(store, options);
  } finally {
    await store.stop();
    await home.remove();
  }
  return rows;
}

async function slowPersonRow(store: Store, { rounds, seconds, say }: RoundsOptions): Promise<Row> {
  const found: { ours: number; yardstick: number }[] = [];
  await answers(store, false, 1);
  for (let n = 1; n <= rounds; n += 1) {
    const round = {
      yardstick: await answers(store, false, seconds),
      ours: await answers(store, true, seconds),
    };
    found.push(round);
    say(`S6 ${n}/${rounds}: p99 ${rounded(round.ours)} ÷ ${rounded(round.yardstick)}`);
  }
  return row(found, 1.2, 'ms, p99 of all others from the row to its acceptance', {
    rate: RATE,
    slowMs: SLOW_MS,
  });
}

/** The p99 of everybody's wait but that of the slow one. */
async function answers(store: Store, slow: boolean, seconds: number): Promise<number> {
  const run = randomUUID();
  const begun = new Map<string, number>();
  const waits: number[] = [];
  const outbox = await open(store, run, 60_000, async (to) => {
    const isSlow = to.endsWith(':slow');
    await sleep(isSlow && slow ? SLOW_MS : ANSWER_MS);
    const at = begun.get(to);
    if (at !== undefined) waits.push(performance.now() - at);
    return { outcome: 'sent', messageId: randomUUID() };
  });
  const reply = (to: string, id: string) => ({
    ...{ id: `${run}:${id}`, to, cause: run, purpose: 'reply' as const, createdAt: systemClock.now() },
    message: { kind: 'text' as const, text: 'Em ghi rồi ạ.' },
  });
  const first = performance.now();
  const writes: Promise<void>[] = [];
  for (let i = 0; i < RATE * seconds; i += 1) {
    await sleep(Math.max(0, first + (i * 1_000) / RATE - performance.now()));
    const to = `zalo:${run}:${i}`;
    begun.set(to, performance.now());
    writes.push(outbox.enqueue([reply(to, `${i}`)]));
    if (i % RATE === 0) writes.push(outbox.enqueue([reply(`zalo:${run}:slow`, `slow${i}`)]));
  }
  await Promise.all(writes);
  for (let waited = 0; waits.length < RATE * seconds && waited < 10_000; waited += 20) await sleep(20);
  await outbox.stop(SLOW_MS + 500);
  return quantile(waits, 0.99);
}

async function limitRow(store: Store, { rounds, seconds, say }: RoundsOptions): Promise<Row> {
  const known: Share[] = [];
  const learned: Share[] = [];
  for (let n = 1; n <= rounds; n += 1) {
    const length = Math.min(LONGEST_RUN_S, Math.max(6, seconds * 2));
    known.push(await share(store, PER_SECOND * 60, length));
    learned.push(await share(store, PER_SECOND * 120, length));
    const [a, b] = [known.at(-1) as Share, learned.at(-1) as Share];
    say(
      `S7 ${n}/${rounds}: ${rounded(a.used)}, ${a.refused} refused; learned ${rounded(b.used)}, ${b.refused} refused`,
    );
  }
  return row(
    known.map(({ used }) => ({ ours: used * PER_SECOND, yardstick: PER_SECOND })),
    0.98,
    'messages a second, of those the limit allows',
    {
      refused: known.reduce((sum, { refused }) => sum + refused, 0),
      learned: {
        value: rounded(median(learned.map(({ used }) => used))),
        goal: 0.9,
        refusedShare: rounded(median(learned.map(({ refused, asked }) => refused / asked))),
        refusedGoal: 0.01,
      },
    },
  );
}

interface Share {
  readonly used: number;
  readonly asked: number;
  readonly refused: number;
}

/** Reminders to more people than fit, for so long, to a channel that counts by a bucket and says its limit with each answer. */
async function share(store: Store, perMinute: number, seconds: number): Promise<Share> {
  const run = randomUUID();
  let tokens = PER_SECOND * 60 * BURST;
  let filledAt = performance.now();
  let asked = 0;
  let refused = 0;
  const accepted: number[] = [];
  const outbox: Outbox = await open(store, run, perMinute, async () => {
    const now = performance.now();
    tokens = Math.min(PER_SECOND * 60 * BURST, tokens + ((now - filledAt) / 1_000) * PER_SECOND);
    filledAt = now;
    asked += 1;
    await sleep(ANSWER_MS);
    outbox.noteRate({ limit: PER_SECOND * 60, remain: null });
    if (tokens < 1) {
      refused += 1;
      return { outcome: 'retry', afterMs: 1_000, detail: 'rate', throttled: true };
    }
    tokens -= 1;
    accepted.push(now);
    return { outcome: 'sent', messageId: randomUUID() };
  });
  const at = systemClock.now();
  await outbox.enqueue(
    Array.from({ length: PER_SECOND * (seconds + 2) }, (_, i) => ({
      ...{ id: `${run}:${i}`, to: `zalo:${run}:${i}`, cause: run, purpose: 'notice' as const, createdAt: at },
      message: { kind: 'text' as const, text: 'Nhắc.' },
    })),
  );
  while (accepted.length === 0) await sleep(5);
  const first = accepted[0] as number;
  await sleep(Math.max(0, first + seconds * 1_000 - performance.now()));
  const within = accepted.filter((each) => each - first < seconds * 1_000).length;
  await outbox.stop(1_000);
  return { used: within / (PER_SECOND * seconds), asked, refused };
}

async function open(store: Store, name: string, perMinute: number, answer: Answer): Promise<Outbox> {
  const channel: Channel = {
    name: 'zalo',
    limits: { textMax: 2_000, buttonsMax: 5, buttonLabelMax: 35 },
    send: (to) => answer(to),
  };
  const { connection } = store;
  const deps: OutboxDeps = {
    rows: createOutboxRepo(connection),
    contacts: createContactsRepo(connection),
    pace: createPaceRepo(connection, name),
    channels: new Map([['zalo', channel]]),
    clock: systemClock,
    // Everybody may be written to at any hour: what is measured is the sending.
    rules: { ...ALWAYS, windows: false },
    perMinute,
    isStillNeeded: async () => ({ now: 'send' }),
    singleProcess: true,
    log: silentLog,
    metrics: createMetrics(),
  };
  const outbox = createOutbox(deps);
  await outbox.start();
  return outbox;
}

const ALWAYS = sendRules({
  ZALO_FREE_WINDOW_HOURS: 48,
  ZALO_ALLOWED_WINDOW_HOURS: 168,
  ZALO_PAID_PURPOSES: [],
  ZALO_TEMPLATES: {},
  QUIET_HOURS: '',
  ZALO_PHONE_TEMPLATES: 'off',
  ZALO_MONTHLY_BUDGET_VND: 0,
  ZALO_PRICE_MESSAGE_VND: 0,
  ZALO_PRICE_TEMPLATE_VND: 0,
  ZALO_PRICE_PHONE_TEMPLATE_VND: 0,
  ZALO_PRICE_GROUP_MESSAGE_VND: 0,
  ZALO_GROUP_MESSAGES: 'on',
});
