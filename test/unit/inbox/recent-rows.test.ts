import { InboxWorker } from '../../../src/inbox/inbox-worker';
import { createIngest } from '../../../src/inbox/ingest';
import { silentLog } from '../../../src/observability/logger';
import { FrozenClock } from '../../../src/kernel/clock';
import { Random } from '../../support/random';
import { memoryInbox, textEvent } from '../../support/talk';

/**
 * Rows that a process has just stored are not asked for again. Here the store is slow by chance, so that looks and
 * arrivals overtake each other in every way, and each row must still be handled once and in the order it was stored.
 */
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function storm(seed: number, { failing = false } = {}) {
  const random = new Random(seed);
  const inbox = memoryInbox();
  const clock = new FrozenClock(new Date('2026-03-12T01:00:00Z'));
  const stored = new Map<string, string[]>();
  const handled = new Map<string, string[]>();
  const busy = new Set<string>();
  let looks = 0;
  const drain = new InboxWorker({
    repo: {
      ...inbox,
      async waiting(user, limit) {
        looks += 1;
        // What is read may be old by the time it is told.
        await pause(random.between(0, 2));
        const found = await inbox.waiting(user, limit);
        await pause(random.between(0, 3));
        if (failing && random.chance(0.1))
          throw Object.assign(new Error('away'), { name: 'MongoNetworkError' });
        return found;
      },
      async done(id) {
        await pause(random.between(0, 2));
        await inbox.done(id);
      },
    },
    clock,
    singleProcess: true,
    openSession: async (user) => {
      expect(busy.has(user)).toBe(false);
      busy.add(user);
      return {
        async turn(rows) {
          await pause(random.between(0, 1));
          for (const row of rows) handled.set(user, [...(handled.get(user) ?? []), row.id]);
        },
        unfinished: async () => false,
        apologise: async () => undefined,
        leave: async () => void busy.delete(user),
      };
    },
    note: async () => undefined,
    gatherMs: 10,
    log: silentLog,
    pause: async () => undefined,
  });
  await drain.sweep(clock.now());
  const accept = createIngest({
    repo: {
      async insert(row, expireAt) {
        await pause(random.between(0, 2));
        const outcome = await inbox.insert(row, expireAt);
        const user = String(row.user);
        if (outcome === 'new') stored.set(user, [...(stored.get(user) ?? []), row.id]);
        await pause(random.between(0, 2));
        return outcome;
      },
    },
    clock,
    wake: (row) => drain.wake(row.user, row),
    storing: drain.storing,
  });
  const people = ['zalo:1', 'zalo:2', 'zalo:3'];
  const senders = people.map(async (user) => {
    for (let n = 0; n < 40; n += 1) {
      clock.moveTo(new Date(clock.now().getTime() + 1));
      const event = textEvent(`${user}-${String(n).padStart(2, '0')}`, 'x', clock.now(), user);
      await Promise.all(random.chance(0.2) ? [accept(event), accept(event)] : [accept(event)]);
      if (random.chance(0.2)) drain.wake(random.pick(people));
      if (random.chance(0.1)) await drain.sweep(new Date(clock.now().getTime() + 1));
      if (random.chance(0.5)) await pause(random.between(0, 4));
    }
  });
  await Promise.all(senders);
  await drain.settled();
  return { stored, handled, looks, open: [...inbox.rows.values()].filter((row) => row.state !== 'done') };
}

it.each([1, 2, 3, 4, 5, 6])('seed %i: each row once, in order, whatever overtakes what', async (seed) => {
  const { stored, handled, open } = await storm(seed);
  expect(open).toEqual([]);
  expect(handled).toEqual(stored);
  expect([...handled.values()].flat()).toHaveLength(120);
});

it.each([7, 8])('seed %i: also when looks fail', async (seed) => {
  const { stored, handled, open } = await storm(seed, { failing: true });
  expect(open).toEqual([]);
  expect(handled).toEqual(stored);
});

it('asks the store for nobody whose rows it has', async () => {
  const inbox = memoryInbox();
  const looked: unknown[] = [];
  const turns: string[] = [];
  const clock = new FrozenClock(new Date('2026-03-12T01:00:00Z'));
  const drain = new InboxWorker({
    repo: { ...inbox, waiting: async (user, limit) => (looked.push(user), inbox.waiting(user, limit)) },
    clock,
    singleProcess: true,
    openSession: async () => ({
      turn: async (rows) => void turns.push(...rows.map((row) => row.id)),
      unfinished: async () => false,
      apologise: async () => undefined,
      leave: async () => undefined,
    }),
    note: async () => undefined,
    gatherMs: 10,
    log: silentLog,
  });
  await drain.sweep(clock.now());
  const accept = createIngest({
    repo: inbox,
    clock,
    wake: (row) => drain.wake(row.user, row),
    storing: drain.storing,
  });
  for (const id of ['a', 'b', 'c']) await accept(textEvent(id, 'x', clock.now()));
  await drain.settled();
  expect(turns).toEqual(['a', 'b', 'c']);
  expect(looked).toEqual([]);
});
