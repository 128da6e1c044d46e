import { memoryStore } from '../integration/outbox/memory-store';
import { outboxWorld, type Process } from '../integration/outbox/world';
import { Random } from '../support/random';
import { aMessage, TEMPLATE, theRules } from '../unit/outbox/builders';
import { RatedApi } from './rated-api';
import { LIMIT_MS, SEEDS, tell } from './scale';

/** Thousands of reminders to a channel that allows so many a minute and fails now and then, in moved time. */
const PEOPLE = 3_000;
const SWEEP_MS = 5_000;
let world: ReturnType<typeof outboxWorld>;

afterEach(() => {
  world.stopAll();
});

/** Every second person has written lately and gets words; the others get a template, of which nobody can tell whether it arrived. */
async function reminders() {
  const at = world.clock.now();
  for (let i = 0; i < PEOPLE; i += 2) await world.contacts.noteInteraction(`zalo:${i}`, at);
  return Array.from({ length: PEOPLE }, (_, i) =>
    aMessage({
      id: `reminder:x:${i}`,
      to: `zalo:${i}`,
      purpose: 'reminder',
      template: TEMPLATE,
      message: { kind: 'text', text: `Nhắc ${i}` },
    }),
  );
}

/** Time passes and the sweep comes by until nothing waits any more. */
async function drained(api: RatedApi, outbox: () => Process): Promise<void> {
  for (let second = 0; ; second += 1) {
    const counts = await world.rows.counts();
    if (!counts['queued'] && !counts['sending']) return;
    await api.pass(1_000);
    if (second % 5 === 0) await outbox().sweep(world.clock.now());
  }
}

const rules = theRules({ ZALO_TEMPLATES: { reminder: 'T1' } });

it.each(SEEDS)(
  '3,000 at 100 a minute with 2 %% «-32», 1 %% 5xx and 1 %% time-outs: nobody twice, nobody forgotten, never too fast (seed %i)',
  async (seed) => {
    world = outboxWorld(memoryStore());
    const api = new RatedApi(world, new Random(seed), {
      perMinute: 100,
      throttled: 0.02,
      failed: 0.01,
      hung: 0.01,
    });
    const outbox = await world.process({ perMinute: 100, rules });
    api.answersQuestions();
    const begun = world.clock.now().getTime();
    await outbox.enqueue(await reminders());
    await drained(api, () => outbox);
    const minutes = (world.clock.now().getTime() - begun) / 60_000;
    const counts = await world.rows.counts();
    const most = api.most(60_000);
    tell('fan-out', { seed, minutes, counts, most, requests: api.requests.length, spoilt: api.spoilt });
    const reached = new Set(api.accepted.map(({ to }) => to));
    expect(api.accepted).toHaveLength(reached.size);
    expect((counts['sent'] ?? 0) + (counts['uncertain'] ?? 0)).toBe(PEOPLE);
    // Only templates stay uncertain: words can be looked up.
    for (const { id, state, message } of await world.rows.byIds(
      Array.from({ length: PEOPLE }, (_, i) => `reminder:x:${i}`),
    ))
      if (state === 'uncertain')
        expect([id, Number(id.split(':')[2]) % 2, message.kind]).toEqual([id, 1, 'text']);
    expect(counts['uncertain'] ?? 0).toBeLessThan(60);
    expect(api.spoilt).toBeGreaterThan(60);
    expect(most).toBeLessThanOrEqual(100);
    expect(api.refused).toBe(0);
    // Bad luck beyond the four in a hundred is not the sender's.
    const luck = Math.max(0, api.spoilt - PEOPLE * 0.04);
    expect(minutes).toBeLessThanOrEqual((1.1 * (PEOPLE + luck)) / 100);
  },
  LIMIT_MS,
);

it.each(SEEDS)(
  '3,000 at 50 a second, killed five times: each person exactly one, never above 50 in a second (seed %i)',
  async (seed) => {
    world = outboxWorld(memoryStore());
    const random = new Random(seed);
    const api = new RatedApi(world, random, { perMinute: 3_000, latency: [20, 80] });
    let outbox = await world.process({ perMinute: 3_000, rules });
    api.answersQuestions();
    const messages = await reminders();
    const kills = Array.from({ length: 5 }, () => random.between(100, PEOPLE - 100)).sort((a, b) => a - b);
    const restarts = (async () => {
      for (const at of kills) {
        while (api.requests.length < at) await api.pass(10);
        outbox.kill();
        await api.pass(random.between(0, 1_500));
        outbox = await world.process({ perMinute: 3_000, rules });
        await outbox.enqueue(messages);
      }
    })();
    await outbox.enqueue(messages);
    await restarts;
    await drained(api, () => outbox);
    const counts = await world.rows.counts();
    tell('fan-out with kills', { seed, kills, counts, inASecond: api.most(1_000) });
    const reached = new Set(api.accepted.map(({ to }) => to));
    expect(api.accepted).toHaveLength(reached.size);
    expect((counts['sent'] ?? 0) + (counts['uncertain'] ?? 0)).toBe(PEOPLE);
    expect(counts['uncertain'] ?? 0).toBeLessThanOrEqual(kills.length * 8);
    // Words can be looked up, so that each of them arrived; of a template nobody can say.
    for (let i = 0; i < PEOPLE; i += 2) expect([i, reached.has(`zalo:${i}`)]).toEqual([i, true]);
    expect(reached.size).toBeGreaterThanOrEqual(PEOPLE - (counts['uncertain'] ?? 0));
    expect(api.most(1_000)).toBeLessThanOrEqual(50);
    expect(api.refused).toBe(0);
  },
  LIMIT_MS,
);

it.each(SEEDS)(
  'uses nearly all of a limit it knows, and learns one it was told wrong with few refusals (seed %i)',
  async (seed) => {
    const runs: { known: number; share: number; refused: number }[] = [];
    for (const known of [100, 250]) {
      world = outboxWorld(memoryStore());
      const api = new RatedApi(world, new Random(seed), { perMinute: 100 });
      const outbox = await world.process({ perMinute: known, rules });
      const begun = world.clock.now().getTime();
      await outbox.enqueue(await reminders());
      while (world.clock.now().getTime() - begun < 25 * 60_000) await api.pass(SWEEP_MS);
      const share = api.accepted.length / (25 * 100);
      runs.push({ known, share, refused: api.refused / api.requests.length });
      expect(new Set(api.accepted.map(({ to }) => to)).size).toBe(api.accepted.length);
      world.stopAll();
    }
    tell('share of the limit', runs);
    expect(runs[0]?.share).toBeGreaterThanOrEqual(0.98);
    expect(runs[0]?.refused).toBe(0);
    expect(runs[1]?.share).toBeGreaterThanOrEqual(0.9);
    expect(runs[1]?.refused).toBeLessThanOrEqual(0.01);
  },
  LIMIT_MS,
);
