import type { JobContext, JobHandlers } from '../../src/jobs/define-job';
import { MovableClock, systemClock } from '../../src/kernel/clock';
import { AppError } from '../../src/kernel/errors';
import { daily, handle, JobWorld, sweep, until, up } from '../support/job-world';
import { hasSomeRedis, redisCommand, someRedis } from '../support/redis';

/** What the program may count on, whichever engine runs its jobs: timers in the process, or BullMQ on a Redis. */

jest.setTimeout(120_000);

const worlds: JobWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const ENGINES = {
  timers: async () => ({ url: '', end: () => Promise.resolve() }),
  ...(hasSomeRedis ? { 'BullMQ on Redis': someRedis } : {}),
};

describe.each(Object.entries(ENGINES))('jobs on %s', (_name, start) => {
  let redis: Awaited<ReturnType<typeof someRedis>>;
  beforeEach(async () => {
    redis = await start();
  });
  afterEach(async () => {
    for (const world of worlds) await world.close();
    await redis.end();
  });

  function world(handlers: JobHandlers = {}): JobWorld {
    const made = new JobWorld(redis.url, handlers);
    worlds.push(made);
    return made;
  }

  it('run what is asked for, also what was asked for before they were started', async () => {
    const made = world();
    const jobs = await made.open(handle);
    jobs.wake(handle, { user: 'lan' });
    jobs.start('all');
    await up(jobs);
    jobs.wake(handle, { user: 'minh' });
    await until('both ran', () => made.runs.length === 2);
    expect(made.runs).toEqual(['inbox.handle lan', 'inbox.handle minh']);
  });

  it('run by themselves, and are told the time', async () => {
    const at: Date[] = [];
    const made = world({
      'inbox.sweep': async (_payload: never, context: JobContext) => void at.push(context.at),
    });
    const begun = systemClock.now();
    await made.run(sweep);
    await until('the interval came round twice', () => at.length >= 2);
    const [first, second] = at as [Date, Date];
    expect(first >= begun && second > first && second <= systemClock.now()).toBe(true);
  });

  it('gather equal wake-ups, and keep the one that comes while the first runs', async () => {
    let running = 0;
    let most = 0;
    const order: string[] = [];
    const gate: (() => void)[] = [];
    const jobs = await world({
      'inbox.handle': async ({ user }: { user: string }) => {
        running += 1;
        most = Math.max(most, running);
        order.push(user);
        await new Promise<void>((resolve) => gate.push(resolve));
        running -= 1;
      },
    }).run(handle);
    const wake = (): void => jobs.wake(handle, { user: 'lan' }, { dedupeId: 'zalo:123' });
    wake();
    await until('the first runs', () => order.length === 1);
    for (let i = 0; i < 20; i++) {
      wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    gate.shift()?.();
    await until('the kept one runs', () => order.length === 2);
    gate.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect({ order, most }).toEqual({ order: ['lan', 'lan'], most: 1 });
  });

  it('try again what may pass, and no more often than allowed', async () => {
    const attempts: number[] = [];
    const made = world({
      'inbox.handle': async (_payload: never, { attempt }: JobContext) => {
        attempts.push(attempt);
        throw new AppError('store_unavailable');
      },
    });
    const jobs = await made.run(handle);
    jobs.wake(handle, { user: 'lan' });
    await until('it is given up', () => made.messages.includes('job failed'));
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('give up at once what trying again cannot mend', async () => {
    let tries = 0;
    const made = world({
      'inbox.handle': async () => {
        tries += 1;
        throw new AppError('bad_request');
      },
    });
    const jobs = await made.run(handle);
    jobs.wake(handle, { user: 'lan' });
    await until('it is given up', () => made.messages.includes('job failed'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(tries).toBe(1);
  });

  it('take a burst of 250 wake-ups without holding up the caller, sixteen at a time', async () => {
    let running = 0;
    let most = 0;
    const done = new Set<string>();
    const jobs = await world({
      'inbox.handle': async ({ user }: { user: string }) => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        done.add(user);
      },
    }).run(handle);
    for (let i = 0; i < 250; i++) jobs.wake(handle, { user: `u${i}` }, { dedupeId: `u${i}` });
    expect(done.size).toBe(0);
    await until('all ran', () => done.size === 250, 60_000);
    expect(most).toBe(16);
  });

  it('refuse quietly what is no JSON, and anything after the end', async () => {
    const made = world();
    const jobs = await made.run(handle);
    const round: Record<string, unknown> = {};
    round['self'] = round;
    jobs.wake(handle, round as never, { dedupeId: 'lan' });
    expect(made.messages).toContain('job refused');
    await jobs.stop(1_000);
    expect(() => jobs.wake(handle, { user: 'lan' })).not.toThrow();
    expect(jobs.health()).toBe('down');
  });

  it('ask only, and run nothing, as web', async () => {
    const made = world();
    const jobs = await made.open(handle, sweep);
    jobs.start('web');
    await up(jobs);
    jobs.wake(handle, { user: 'lan' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(made.runs).toEqual([]);
  });

  it('end with what they have in hand, and leave behind what takes longer than the limit', async () => {
    const begun: string[] = [];
    const ended: string[] = [];
    let letGo = (): void => undefined;
    const made = world({
      'inbox.handle': async ({ user }: { user: string }) => {
        begun.push(user);
        if (user === 'slow') await new Promise<void>((resolve) => (letGo = resolve));
        else await new Promise((resolve) => setTimeout(resolve, 300));
        ended.push(user);
      },
    });
    for (const user of ['quick', 'slow']) {
      const jobs = await made.run(handle);
      jobs.wake(handle, { user });
      await until('it runs', () => begun.includes(user));
      await jobs.stop(1_000);
    }
    expect(ended).toEqual(['quick']);
    letGo();
  });
});

/** Half an hour past five in the afternoon in London is half an hour past midnight in Bac Ninh. */
const IN_THE_NIGHT = daily('00:30');
const IN_LONDON = /T17:30:00\.000Z$/;

describe('a time of day is that of Viet Nam', () => {
  it('on timers, by the clock of the program', async () => {
    const clock = MovableClock.startingAt(new Date('2026-03-12T17:29:58Z'));
    const at: Date[] = [];
    const note = async (_payload: never, context: JobContext) => void at.push(context.at);
    const made = new JobWorld('', { 'inbox.forget': note }, clock);
    worlds.push(made);
    await made.run(IN_THE_NIGHT);
    expect(at).toEqual([]);
    await until('it ran', () => at.length === 1);
    expect(at[0]?.toISOString()).toMatch(/^2026-03-12T17:30:0[01]/);
    clock.moveTo(new Date('2026-03-20T08:00:00+07:00'));
    await until('a clock that was moved past it made it run again', () => at.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(at).toHaveLength(2);
  });

  (hasSomeRedis ? it : it.skip)('on BullMQ', async () => {
    const redis = await someRedis();
    const made = new JobWorld(redis.url);
    worlds.push(made);
    try {
      await made.run(IN_THE_NIGHT);
      const declared = () => redisCommand(redis.url, 'ZSCORE', 'bull:bot:repeat', 'inbox.forget');
      let next = Number(await declared());
      for (let i = 0; i < 200 && next === 0; i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        next = Number(await declared());
      }
      expect(new Date(next).toISOString()).toMatch(IN_LONDON);
      expect(next - systemClock.now().getTime()).toBeLessThanOrEqual(86_400_000);
    } finally {
      await made.close();
      await redis.end();
    }
  });
});
