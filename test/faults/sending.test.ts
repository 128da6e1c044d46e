import type { LookUp } from '../../src/channels/channel';
import { memoryStore } from '../integration/outbox/memory-store';
import { outboxWorld, type Process } from '../integration/outbox/world';
import { Random } from '../support/random';
import { aMessage } from '../unit/outbox/builders';
import { mostWithin } from './rated-api';
import { LIMIT_MS, SEEDS, tell } from './scale';

/** Answers to people while the channel fails, refuses, hangs or is slow for one of them, in moved time. */
const PEOPLE = 200;
let world: ReturnType<typeof outboxWorld>;
let random: Random;
const life = { dead: false, busy: 0 };
const pass = (ms: number): Promise<void> => world.time.wait(ms, life);
const now = (): number => world.clock.now().getTime();

afterEach(() => {
  world.stopAll();
});

function begin(seed: number): void {
  world = outboxWorld(memoryStore());
  random = new Random(seed);
}

/** One answer each, over so many milliseconds; then time passes until all is done. Answers how long each person waited. */
async function answer(outbox: Process, spreadMs: number, people = PEOPLE): Promise<number[]> {
  const waits: number[] = [];
  const due = Array.from({ length: people }, (_, i) => ({ i, at: now() + random.between(0, spreadMs) }));
  for (const { i, at } of due.sort((a, b) => a.at - b.at)) {
    if (at > now()) await pass(at - now());
    const createdAt = world.clock.now();
    const text = `Trả lời ${i}`;
    await outbox.enqueue([
      aMessage({ id: `e${i}:0`, to: `zalo:${i}`, createdAt, message: { kind: 'text', text } }),
    ]);
  }
  for (;;) {
    const counts = await world.rows.counts();
    if (!counts['queued'] && !counts['sending']) break;
    await pass(1_000);
    await outbox.sweep(world.clock.now());
  }
  for (const row of await world.rows.byIds(Array.from({ length: people }, (_, i) => `e${i}:0`))) {
    waits.push((row.sentAt?.getTime() ?? Infinity) - row.createdAt.getTime());
  }
  return waits;
}

it.each(SEEDS)(
  'F11: answers 500 for a minute, then 30 %% of the time: everybody hears once, with at most one try a second while it is down (seed %i)',
  async (seed) => {
    begin(seed);
    const down = now() + 60_000;
    const tries: number[] = [];
    let accepted = 0;
    world.channel.answer = async () => {
      const at = now();
      tries.push(at);
      await pass(random.between(20, 80));
      if (at < down || random.chance(0.3)) return { outcome: 'retry', afterMs: 5_000, detail: 'HTTP 500' };
      accepted += 1;
      return world.channel.ok();
    };
    const outbox = await world.process({ perMinute: 2_000 });
    const waits = await answer(outbox, 30_000);
    const during = tries.filter((at) => at < down);
    const begun = now();
    tell('F11', { seed, tries: tries.length, during: during.length, accepted, ms: begun });
    expect(accepted).toBe(PEOPLE);
    expect(await world.rows.counts()).toEqual({ sent: PEOPLE });
    expect(Math.max(...waits)).toBeLessThan(240_000);
    expect(tries.length).toBeLessThanOrEqual(2 * PEOPLE);
    // It takes a few failures to know that it is not them.
    const known = during.filter((at) => at > (during[7] ?? 0) + 100);
    expect(mostWithin(known, 1_000)).toBeLessThanOrEqual(1);
  },
  LIMIT_MS,
);

it.each(SEEDS)(
  'F12: hangs, resets and answers after we gave up: what arrived is known, what did not is sent again, nobody hears twice (seed %i)',
  async (seed) => {
    begin(seed);
    const arrived: { to: string; at: number; id: string }[] = [];
    let sends = 0;
    world.channel.answer = async (to) => {
      sends += 1;
      const id = `m${sends}`;
      const take = (): void => void arrived.push({ to, at: now(), id });
      const fate = random.pick(['well', 'well', 'well', 'hangs', 'reset', 'cut', 'late'] as const);
      await pass(30);
      switch (fate) {
        case 'well':
          take();
          return { outcome: 'sent', messageId: id };
        case 'reset':
          return { outcome: 'uncertain', detail: 'reset' };
        case 'cut':
          take();
          return { outcome: 'uncertain', detail: 'cut in the middle' };
        case 'hangs':
          await pass(8_000);
          return { outcome: 'uncertain', detail: 'timeout' };
        case 'late':
          await pass(8_000);
          // Zalo goes on for two seconds after nobody listens any more.
          void pass(2_000).then(take);
          return { outcome: 'uncertain', detail: 'timeout' };
      }
    };
    world.channel.lookUp = async (to, _message, since): Promise<LookUp> => {
      await world.pace();
      await pass(40);
      if (random.chance(0.1)) return { arrived: 'unknown' };
      const found = arrived.find((each) => each.to === to && each.at >= since.getTime());
      return found ? { arrived: 'yes', messageId: found.id } : { arrived: 'no' };
    };
    const outbox = await world.process({ perMinute: 2_000 });
    await answer(outbox, 20_000);
    const heard = new Set(arrived.map(({ to }) => to));
    const counts = await world.rows.counts();
    tell('F12', { seed, counts, sends, arrived: arrived.length });
    expect(arrived).toHaveLength(heard.size);
    // Three failed tries in a row, each known to have failed, are the end; none is repeated for ever.
    expect(heard.size).toBe(counts['sent']);
    expect((counts['sent'] ?? 0) + (counts['uncertain'] ?? 0)).toBe(PEOPLE);
    expect(counts['uncertain'] ?? 0).toBeLessThan(PEOPLE * 0.06);
    expect(sends).toBeGreaterThan(PEOPLE * 1.1);
  },
  LIMIT_MS,
);

it.each(SEEDS)(
  'S6: one person to whom everything fails or takes two seconds holds up nobody else (seed %i)',
  async (seed) => {
    const p99: number[] = [];
    for (const slow of [false, true]) {
      begin(seed);
      world.channel.answer = async (to) => {
        const bad = slow && to === 'zalo:slow';
        await pass(bad ? 2_000 : random.between(30, 60));
        if (bad) return { outcome: 'retry', afterMs: 500, detail: 'HTTP 500' };
        return world.channel.ok();
      };
      const outbox = await world.process({ perMinute: 6_000, maxAttempts: 6 });
      const createdAt = world.clock.now();
      await outbox.enqueue(
        ['a', 'b', 'c'].map((id) => aMessage({ id: `slow:${id}`, to: 'zalo:slow', createdAt })),
      );
      const waits = (await answer(outbox, 10_000)).sort((a, b) => a - b);
      p99.push(waits[Math.floor(waits.length * 0.99)] as number);
      expect(await world.rows.counts()).toEqual(slow ? { sent: PEOPLE, dead: 3 } : { sent: PEOPLE + 3 });
    }
    tell('S6', { seed, p99 });
    expect((p99[1] as number) / (p99[0] as number)).toBeLessThanOrEqual(1.2);
  },
  LIMIT_MS,
);
