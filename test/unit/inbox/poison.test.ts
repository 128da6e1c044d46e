import { InboxWorker } from '../../../src/inbox/inbox-worker';
import { createIngest } from '../../../src/inbox/ingest';
import { silentLog } from '../../../src/observability/logger';
import { FrozenClock } from '../../../src/kernel/clock';
import { Random } from '../../support/random';
import { memoryInbox, textEvent, type MemoryInbox } from '../../support/talk';

/**
 * Messages that take the process with them. A death here is a drain that is left as it stands: what it had in hand
 * never ends, and nothing it does afterwards is stored.
 */

interface Life {
  readonly drain: InboxWorker;
  /** Resolves when it has died, or when there is nothing left to do. */
  readonly over: Promise<'died' | 'done'>;
}

class House {
  readonly inbox: MemoryInbox = memoryInbox();
  readonly clock = new FrozenClock(new Date('2026-03-12T01:00:00Z'));
  readonly handled: string[] = [];
  readonly apologies: string[] = [];
  readonly chance: Random;
  /** Deaths from outside come within so many milliseconds of a start; 0: none. */
  killWithinMs = 0;
  deaths = 0;

  constructor(seed: number) {
    this.chance = new Random(seed);
  }

  async receives(id: string, text: string, user: string): Promise<void> {
    await createIngest({ repo: this.inbox, clock: this.clock, wake: () => undefined })(
      textEvent(id, text, this.clock.now(), user),
    );
  }

  live(): Life {
    let dead = false;
    let die: () => void = () => undefined;
    const died = new Promise<'died'>((resolve) => {
      die = () => {
        if (!dead) this.deaths += 1;
        dead = true;
        resolve('died');
      };
    });
    if (this.killWithinMs > 0) setTimeout(die, this.chance.between(1, this.killWithinMs));
    /** What a dead process asks the store for is never answered. */
    const alive =
      <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        await new Promise((resolve) => setTimeout(resolve, this.chance.between(0, 2)));
        return dead ? new Promise<R>(() => undefined) : work(...args);
      };
    const { inbox } = this;
    const drain = new InboxWorker({
      repo: {
        waiting: alive(inbox.waiting),
        done: alive(inbox.done),
        interrupted: alive(inbox.interrupted),
        failed: alive(inbox.failed),
        setAside: alive(inbox.setAside),
        waitingUsers: inbox.waitingUsers,
        countWaiting: inbox.countWaiting,
      },
      clock: this.clock,
      openSession: async () => ({
        turn: alive(async (rows) => {
          for (const row of rows) if (row.event.text === 'poison') die();
          if (dead) return new Promise<void>(() => undefined);
          this.handled.push(...rows.map((row) => row.id));
        }),
        unfinished: async () => false,
        apologise: alive(async (row) => void this.apologies.push(row.id)),
        leave: async () => undefined,
      }),
      note: alive(async (row) => void this.handled.push(row.id)),
      gatherMs: 0,
      log: silentLog,
      pause: async () => undefined,
    });
    const done = async (): Promise<'done'> => {
      await drain.sweep(new Date(this.clock.now().getTime() + 1));
      await drain.settled();
      return 'done';
    };
    return { drain, over: Promise.race([died, done()]) };
  }

  /** Lives until a life ends by itself. */
  async run(): Promise<void> {
    for (let lives = 0; lives < 200; lives++) if ((await this.live().over) === 'done') return;
    throw new Error('the house never comes to rest');
  }

  state(id: string): string | undefined {
    return this.inbox.rows.get(id)?.state;
  }
}

it('parks a message that kills the process, and loses none that was in hand beside it', async () => {
  const house = new House(1);
  for (let n = 1; n <= 30; n++) await house.receives(`good-${n}`, 'hello', `zalo:${n}`);
  await house.receives('bad', 'poison', 'zalo:31');
  await house.receives('after', 'hello', 'zalo:31');
  await house.run();
  expect(house.state('bad')).toBe('dead');
  expect(house.inbox.rows.get('bad')).toMatchObject({
    interrupted: 2,
    reason: 'the process died each time this was in hand',
  });
  expect(house.apologies).toEqual(['bad']);
  expect(house.deaths).toBeLessThanOrEqual(3);
  expect([...house.inbox.rows.values()].filter((row) => row.id !== 'bad' && row.state !== 'done')).toEqual(
    [],
  );
  expect(new Set(house.handled).size).toBe(31);
});

it('does the same where many wait, though the first suspicion falls on all that were in hand', async () => {
  const house = new House(2);
  for (let n = 1; n <= 200; n++) await house.receives(`good-${n}`, 'hello', `zalo:${n}`);
  await house.receives('bad', 'poison', 'zalo:201');
  await house.run();
  expect(house.state('bad')).toBe('dead');
  expect(house.deaths).toBeLessThanOrEqual(3);
  expect([...house.inbox.rows.values()].filter(({ state }) => state !== 'done')).toHaveLength(1);
});

it('does not suspect a message for having waited through deaths that came from outside', async () => {
  const house = new House(3);
  for (let n = 1; n <= 40; n++) await house.receives(`good-${n}`, 'hello', `zalo:${n}`);
  house.killWithinMs = 60;
  for (let lives = 0; lives < 25; lives++) await house.live().over;
  house.killWithinMs = 0;
  expect(house.deaths).toBeGreaterThan(3);
  await house.run();
  expect([...house.inbox.rows.values()].filter(({ state }) => state !== 'done')).toEqual([]);
});

it('writes no mark for what is handed over, only for what is found', async () => {
  const house = new House(4);
  const { drain, over } = house.live();
  await over;
  await house.receives('handed', 'hello', 'zalo:1');
  drain.wake('zalo:1');
  await drain.settled();
  expect(house.inbox.rows.get('handed')).toMatchObject({ state: 'done', interrupted: 0 });
  await house.receives('found', 'hello', 'zalo:1');
  await house.run();
  expect(house.inbox.rows.get('found')).toMatchObject({ state: 'done', interrupted: 1 });
});

it('does not count a store that is away as a death, however often the row is found', async () => {
  const house = new House(5);
  await house.receives('good', 'hello', 'zalo:1');
  const failing = house.live();
  await failing.over;
  const row = house.inbox.rows.get('good');
  house.inbox.rows.set('good', { ...(row as NonNullable<typeof row>), state: 'new', interrupted: 0 });
  let away = true;
  const drain = new InboxWorker({
    repo: house.inbox,
    clock: house.clock,
    openSession: async () => ({
      turn: async () => {
        if (away) throw Object.assign(new Error('away'), { name: 'MongoNetworkError' });
      },
      unfinished: async () => false,
      apologise: async () => undefined,
      leave: async () => undefined,
    }),
    note: async () => undefined,
    gatherMs: 0,
    log: silentLog,
  });
  for (let looks = 0; looks < 5; looks++) {
    await drain.sweep(new Date(house.clock.now().getTime() + 1));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(house.inbox.rows.get('good')).toMatchObject({ state: 'new', interrupted: 1 });
  away = false;
  await drain.sweep(new Date(house.clock.now().getTime() + 1));
  await drain.settled();
  expect(house.state('good')).toBe('done');
  await drain.stop();
});

it('keeps all of this for any crowd, any poison and any deaths from outside (seeded)', async () => {
  for (let seed = 1; seed <= 8; seed++) {
    const house = new House(seed);
    const { chance } = house;
    const people = chance.between(1, 90);
    const bad = new Set<string>();
    for (let n = 1; n <= chance.between(1, 150); n++) {
      const poison = chance.chance(0.03);
      if (poison) bad.add(`m${n}`);
      await house.receives(`m${n}`, poison ? 'poison' : 'hello', `zalo:${chance.between(1, people)}`);
    }
    await house.run();
    const left = [...house.inbox.rows.values()].filter(({ state }) => state !== 'done');
    expect(left.map(({ id }) => id).sort()).toEqual([...bad].sort());
    expect(house.deaths).toBeLessThanOrEqual(3 * bad.size);
  }
}, 60_000);

it('suspects a row whose person another process kept for seconds, and not one kept for a moment', async () => {
  const house = new House(6);
  let refusals = 1;
  const drain = new InboxWorker({
    repo: house.inbox,
    clock: house.clock,
    openSession: async () =>
      refusals-- > 0
        ? null
        : {
            turn: async () => undefined,
            unfinished: async () => false,
            apologise: async () => undefined,
            leave: async () => undefined,
          },
    note: async () => undefined,
    gatherMs: 0,
    log: silentLog,
  });
  for (const [id, times, marks] of [
    ['moment', 1, 0],
    ['seconds', 5, 1],
  ] as const) {
    await house.receives(id, 'hello', 'zalo:1');
    refusals = times;
    drain.wake('zalo:1');
    await drain.settled();
    expect(house.inbox.rows.get(id)).toMatchObject({ state: 'done', interrupted: marks });
  }
  await drain.stop();
});
