import { readFileSync } from 'node:fs';
import { Dictionary } from '../../src/kernel/i18n';
import { inVietnam } from '../../src/kernel/vn-time';
import type { Office } from '../../src/org/office';
import { UnitTree } from '../../src/org/units';
import type { UnitRecord } from '../../src/org/unit';
import { formDuties } from '../../src/reminders/form-duties';
import { RemindersService } from '../../src/reminders/reminders.service';
import { isQuiet, parseQuietHours } from '../../src/outbox/send-rules';
import type { Duty } from '../../src/reporting/duties';
import { FORMS } from '../../src/reporting/forms';
import { memoryStore } from '../integration/outbox/memory-store';
import { outboxWorld, type Process } from '../integration/outbox/world';
import { Random } from '../support/random';
import { theSettings, vn } from '../unit/reminders/builders';
import { RatedApi } from './rated-api';
import { LIMIT_MS, SEEDS, tell } from './scale';

/** R8: months of reminders while processes are killed and the clock jumps. */
const VILLAGES = 30;
const MONTHS = ['2025-12', '2026-01', '2026-02'];
const HOUR = 3_600_000;
const QUIET = parseQuietHours('21:00-06:30,11:30-13:30');

/** The opening, five days before, two days before, the last morning, the day after; in Tết (14-22/2) nobody is written to. */
const stepsOf = (month: string): string[] =>
  month === '2026-02' ? ['10', '12', '13'] : ['10', '12', '15', '17', '18'];

const locale = Object.fromEntries(
  ['reminders', 'common', 'reports'].map((space) => [
    space,
    JSON.parse(readFileSync(`locales/vi/${space}.json`, 'utf8')) as object,
  ]),
);
const words = new Dictionary({ vi: locale }).in('vi');
const codes = Array.from({ length: VILLAGES }, (_, i) => `V${i}`);
const unit = (code: string, level: UnitRecord['level'], parent: string | null): UnitRecord => ({
  code,
  level,
  spans: [
    {
      validFrom: '2025-07-01',
      validTo: null,
      name: code,
      kind: level === 'village' ? 'thôn' : 'xã',
      parent,
      adults: null,
      households: null,
      population: null,
    },
  ],
});
const tree = new UnitTree([
  unit('24', 'province', null),
  unit('C1', 'commune', '24'),
  ...codes.map((code) => unit(code, 'village', 'C1')),
]);
const heads = new Map(
  codes.map((code): [string, Office] => [
    code,
    {
      id: `${code}:head`,
      unit: code,
      role: 'village_head',
      fullName: 'Nguyễn Văn Tư',
      address: 'bác',
      user: `zalo:${code}`,
      claimedAt: null,
      consent: null,
      hasPhone: false,
    },
  ]),
);
const times = (_form: string, period: string) => ({
  period,
  opensAt: vn(`${period}-10T08:00`),
  deadline: vn(`${period}-17T17:00`),
  lockAt: vn(`${period}-18T17:00`),
  movedFrom: null,
  data: { from: '2026-02-15', to: '2026-03-14' },
});

it.each(SEEDS)(
  'each village hears each step of each month exactly once, never at night, over kills and clock jumps (seed %i)',
  async (seed) => {
    const random = new Random(seed);
    const store = memoryStore();
    const world = outboxWorld(store, vn('2025-12-09T10:00').toISOString());
    const api = new RatedApi(world, random, { perMinute: 3_000, hung: 0.02, failed: 0.02 });
    api.answersQuestions();
    let plannedUntil: Date | null = null;
    let kills = 0;
    let outbox: Process;
    let reminders: RemindersService;
    const form = FORMS.get('village-month');
    if (!form) throw new Error('no form of villages');

    async function live(): Promise<void> {
      const mine: { service?: RemindersService } = {};
      outbox = await world.process({
        perMinute: 3_000,
        isStillNeeded: (row, at) =>
          mine.service ? mine.service.isStillNeeded(row, at) : Promise.resolve({ now: 'send' }),
      });
      const dead = { value: false };
      const plain = outbox;
      outbox = { ...plain, kill: () => ((dead.value = true), plain.kill()) };
      mine.service = reminders = new RemindersService({
        kinds: formDuties([form as NonNullable<typeof form>], {
          times,
          asked: () => form?.figures.filter((figure) => !figure.optional) ?? [],
          duties: async (id, period) =>
            codes.map((code): Duty => ({
              form: id,
              unit: code,
              ...times(id, period),
              status: 'open',
              submittedAt: null,
            })),
          submissions: async () => [],
        }),
        directory: {
          tree,
          office: (id) => heads.get(id.split(':')[0] ?? '') ?? null,
          officesIn: () => [],
          officesActingFor: (code) => (heads.has(code) ? [heads.get(code) as Office] : []),
          officesOf: (user) => [heads.get(user.slice(5)) as Office],
        },
        outbox: plain,
        rows: store.rows,
        runs: {
          plannedUntil: async () => plannedUntil,
          notePlanned: async (until) => {
            if (!dead.value && (plannedUntil === null || until > plannedUntil)) plannedUntil = until;
          },
        },
        wordsFor: () => words,
        isMuted: () => false,
        settings: theSettings(),
      });
    }

    /** What the scheduler does each minute; perhaps the process dies in the middle of it. */
    async function wake(): Promise<void> {
      const now = world.clock.now();
      for (const code of codes) await world.contacts.noteInteraction(`zalo:${code}`, now);
      const before = api.requests.length;
      const dies = random.chance(0.3) ? before + random.between(0, VILLAGES) : Infinity;
      const work = reminders.plan(now).then(() => outbox.sweep(now));
      for (let i = 0; i < 100; i += 1) {
        await api.pass(50);
        if (api.requests.length >= dies && dies !== Infinity) {
          kills += 1;
          outbox.kill();
          await live();
          await Promise.all([reminders.plan(world.clock.now()), reminders.plan(world.clock.now())]);
          break;
        }
      }
      if (dies === Infinity) await work;
      for (let i = 0; i < 30; i += 1) {
        const counts = await world.rows.counts();
        if (!counts['sending'] && (await world.rows.due(world.clock.now(), 1)).length === 0) return;
        await api.pass(5_000);
        await outbox.sweep(world.clock.now());
      }
    }

    await live();
    const end = vn('2026-03-01T00:00');
    while (world.clock.now() < end) {
      await wake();
      const now = world.clock.now().getTime();
      const day = inVietnam(world.clock.now()).day;
      // Around the steps small moves, some of them back; in between long ones.
      const near = day >= 9 && day <= 18;
      const hop = near ? random.pick([0.3, 1, 2, 3.9, -1]) * HOUR : 20 * HOUR;
      world.clock.moveTo(new Date(now + hop));
    }

    const heard = new Map<string, number>();
    for (const { to, at } of api.accepted) {
      const seen = inVietnam(new Date(at));
      expect(isQuiet(QUIET, new Date(at))).toBe(false);
      const key = `${to} ${seen.toFormat('yyyy-MM-dd')}`;
      heard.set(key, (heard.get(key) ?? 0) + 1);
    }
    const expected = codes.flatMap((code) =>
      MONTHS.flatMap((month) => stepsOf(month).map((day) => `zalo:${code} ${month}-${day}`)),
    );
    tell('R8', { seed, kills, sends: api.accepted.length, counts: await world.rows.counts() });
    expect([...heard].filter(([, count]) => count !== 1)).toEqual([]);
    expect([...heard.keys()].sort()).toEqual([...expected].sort());
    expect(await world.rows.counts()).toEqual({ sent: expected.length });
    expect(kills).toBeGreaterThan(3);
    world.stopAll();
  },
  LIMIT_MS,
);
