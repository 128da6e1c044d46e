import { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { FrozenClock } from '../../src/kernel/clock';
import { Dictionary } from '../../src/kernel/i18n';
import { createMetrics } from '../../src/observability/metrics';
import type { Office } from '../../src/org/office';
import { UnitTree } from '../../src/org/units';
import type { UnitRecord } from '../../src/org/unit';
import { createContactsRepo } from '../../src/contacts/contacts.repo';
import { silentLog } from '../../src/observability/logger';
import { createOutbox } from '../../src/outbox/outbox';
import { createOutboxRepo, createPaceRepo } from '../../src/outbox/outbox.repo';
import { sendRules } from '../../src/outbox/send-rules';
import { workCalendar } from '../../src/org/seed/days-off';
import { formDuties } from '../../src/reminders/form-duties';
import { planSettings } from '../../src/reminders/plan';
import { RemindersService } from '../../src/reminders/reminders.service';
import { formOf } from '../../src/reporting/forms';
import type { Report } from '../../src/reporting/report';
import { prepareIndexes } from '../../src/app/indexes';
import { Home, type Engine } from './engines';
import { row, rounded, type Row } from './numbers';
import { startRedis } from './own-redis';
import type { RoundsOptions } from './webhook-rows';

/**
 * S8: planning the reminders of a month and writing them to the outbox, words and all, for 3,000 villages, against
 * handing as many jobs to BullMQ in one go; and how it grows up to 90,000. The yardstick needs a Redis: the one that was
 * named, else a redis-server of its own; without either the ratio is null.
 */
const SMALL = 3_000;
const GREAT = 90_000;
const FORM = formOf('village-month');
const DUE = new Date('2026-03-15T08:00:00+07:00');
const SETTINGS = planSettings(
  {
    REMIND_AT: { hour: 8, minute: 0 },
    QUIET_HOURS: '21:00-06:30,11:30-13:30',
    DRAFT_GRACE_MINUTES: 30,
  },
  workCalendar(),
);
const QUIET = silentLog;

export async function remindersRow(engine: Engine, { rounds, say }: RoundsOptions): Promise<Row> {
  const [small, great] = [villages(SMALL), villages(GREAT)];
  const found: { ours: number; yardstick: number }[] = [];
  const own = engine.redis === null ? await startRedis() : null;
  const redis = engine.redis ?? own?.url;
  await planned(engine, small);
  try {
    for (let n = 1; n <= rounds; n += 1) {
      const yardstick = redis === undefined ? NaN : await addBulk(redis, SMALL);
      const round = { ours: await planned(engine, small), yardstick };
      found.push(round);
      say(`S8 ${n}/${rounds}: ${rounded(round.ours)} ms ÷ ${rounded(round.yardstick)} ms`);
    }
  } finally {
    own?.end();
  }
  const few = await planned(engine, small);
  const many = await planned(engine, great);
  say(`S8: ${GREAT} in ${rounded(many)} ms, ${rounded(many / few)} times ${SMALL}`);
  return row(found, 1.5, `ms for ${SMALL} reminders`, {
    growth: { value: rounded(many / few), goal: 36, villages: GREAT, ms: rounded(many) },
  });
}

interface Villages {
  readonly codes: readonly string[];
  readonly tree: UnitTree;
  readonly heads: ReadonlyMap<string, readonly Office[]>;
}

/** From the planner's first look to the last row stored, in milliseconds. */
async function planned(engine: Engine, { codes, tree, heads }: Villages): Promise<number> {
  const home = new Home(engine);
  const store = await home.store();
  try {
    const { connection } = store;
    await prepareIndexes(connection);
    const clock = new FrozenClock(DUE);
    const rows = createOutboxRepo(connection);
    const outbox = createOutbox({
      rows,
      contacts: createContactsRepo(connection),
      pace: createPaceRepo(connection, 'zalo'),
      channels: new Map(),
      clock,
      rules: sendRules(RULES),
      perMinute: 100,
      isStillNeeded: async () => ({ now: 'send' }),
      singleProcess: true,
      log: QUIET,
      metrics: createMetrics(),
    });
    const words = new Dictionary({ vi: { reminders: read('reminders'), common: read('common') } }).in('vi');
    const times = (_form: string, period: string) => ({
      period,
      opensAt: new Date(`${period}-10T08:00:00+07:00`),
      deadline: new Date(`${period}-17T17:00:00+07:00`),
      lockAt: new Date(`${period}-18T17:00:00+07:00`),
      movedFrom: null,
      data: { from: '2026-02-15', to: '2026-03-14' },
    });
    const reminders = new RemindersService({
      kinds: formDuties([FORM], {
        times,
        asked: () => FORM.figures.filter((figure) => !figure.optional),
        duties: async (form, period) =>
          codes.map((unit) => ({ form, unit, ...times(form, period), status: 'open', submittedAt: null })),
        // Touched a moment ago, so that the rows are written and none leaves yet.
        submissions: async (_form, _period, units) =>
          units.map(
            (unit) => ({ unit, submittedAt: null, touchedAt: DUE, figures: {} }) as unknown as Report,
          ),
      }),
      directory: {
        tree,
        office: () => null,
        officesIn: (unit) => heads.get(unit) ?? [],
        officesActingFor: (unit) => heads.get(unit) ?? [],
        officesOf: () => [],
      },
      outbox,
      rows,
      runs: {
        plannedUntil: async () => new Date(DUE.getTime() - 60_000),
        notePlanned: async () => undefined,
      },
      wordsFor: () => words,
      isMuted: () => false,
      settings: SETTINGS,
    });
    let count = 0;
    const took = await timed(async () => {
      count = await reminders.plan(DUE);
    });
    if (count !== codes.length) throw new Error(`${count} of ${codes.length} reminders were planned`);
    await outbox.stop(1_000);
    return took;
  } finally {
    await store.stop();
    await home.remove();
  }
}

/** Handing as many jobs to a queue, which is its own and is removed again. */
async function addBulk(url: string, count: number): Promise<number> {
  const jobs = Array.from({ length: count }, (_, i) => ({
    name: 'bench.remind',
    data: { village: `V${i}`, month: '2026-03', step: 'two-days-before' },
    // Never due while it is measured.
    opts: { delay: 86_400_000 },
  }));
  const queue = new Queue(`bench_${randomUUID()}`, { connection: { url } });
  try {
    await queue.waitUntilReady();
    return await timed(() => queue.addBulk(jobs));
  } finally {
    await queue.obliterate({ force: true });
    await queue.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function villages(count: number): Villages {
  const codes = Array.from({ length: count }, (_, i) => `V${i}`);
  const record = (code: string, level: UnitRecord['level'], parent: string | null): UnitRecord => ({
    code,
    level,
    spans: [
      {
        ...{ validFrom: '2025-07-01', validTo: null, name: code, parent },
        kind: level === 'village' ? 'thôn' : level === 'commune' ? 'xã' : 'tỉnh',
        ...{ adults: null, households: null, population: null },
      },
    ],
  });
  const communes = Array.from({ length: Math.ceil(count / 30) }, (_, i) => `C${i}`);
  const tree = new UnitTree([
    record('P', 'province', null),
    ...communes.map((code) => record(code, 'commune', 'P')),
    ...codes.map((code, i) => record(code, 'village', `C${Math.floor(i / 30)}`)),
  ]);
  const head = (unit: string): Office => ({
    ...{ id: `${unit}:head`, unit, role: 'village_head', fullName: 'Nguyễn Văn Tư', address: 'bác' },
    ...{ user: `zalo:${unit}`, claimedAt: null, consent: null, hasPhone: false },
  });
  return { codes, tree, heads: new Map(codes.map((unit) => [unit, [head(unit)]])) };
}

function read(space: string): object {
  return JSON.parse(readFileSync(join(process.cwd(), 'locales', 'vi', `${space}.json`), 'utf8')) as object;
}

const RULES = {
  ZALO_FREE_WINDOW_HOURS: 48,
  ZALO_ALLOWED_WINDOW_HOURS: 168,
  ZALO_PAID_PURPOSES: [],
  ZALO_TEMPLATES: { reminder: 'T' },
  QUIET_HOURS: '',
  ZALO_PHONE_TEMPLATES: 'off' as const,
  ZALO_MONTHLY_BUDGET_VND: 0,
  ZALO_PRICE_MESSAGE_VND: 55,
  ZALO_PRICE_TEMPLATE_VND: 200,
  ZALO_PRICE_PHONE_TEMPLATE_VND: 200,
  ZALO_PRICE_GROUP_MESSAGE_VND: 0,
  ZALO_GROUP_MESSAGES: 'on' as const,
};
