import type { Jobs } from '../../../src/jobs/jobs';
import { daily, handle, JobWorld, sweep, until, up } from '../../support/job-world';
import { hasRedisServer, RedisServer } from '../../support/redis';

jest.setTimeout(120_000);

const worlds: JobWorld[] = [];
const servers: RedisServer[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const server of servers.splice(0)) await server.end();
});

function world(server: RedisServer): JobWorld {
  const made = new JobWorld(server.url);
  worlds.push(made);
  return made;
}

(hasRedisServer ? describe : describe.skip)('a Redis that fails', () => {
  async function running(...settings: string[]) {
    const server = await RedisServer.start(...settings);
    servers.push(server);
    const made = world(server);
    return { made, server, jobs: await made.run(handle, sweep, daily('03:40')) };
  }
  const away = (jobs: Jobs): Promise<void> => until('the queue is down', () => jobs.health() === 'down');
  const sweeps = ({ runs }: JobWorld): number => runs.filter((run) => run === 'inbox.sweep').length;

  async function comesBack({ made, jobs }: Awaited<ReturnType<typeof running>>): Promise<void> {
    await up(jobs);
    const before = sweeps(made);
    await until('kept wake-ups run', () => made.runs.includes('inbox.handle kept'));
    await until('schedules run', () => sweeps(made) >= before + 2);
    expect(made.messages.filter((message) => message === 'job queue is away')).toHaveLength(1);
  }

  it('killed and restarted empty: schedules and wake-ups are there again', async () => {
    const { made, server, jobs } = await running();
    await server.kill();
    await away(jobs);
    for (let i = 0; i < 20_000; i++) jobs.wake(handle, { user: `u${i}` });
    await server.restart();
    await up(jobs);
    const before = sweeps(made);
    await until('schedules run', () => sweeps(made) >= before + 2);
    await until('the bounded rest runs', () => made.runs.some((run) => run.startsWith('inbox.handle')));
    const back = made.logged.find((entry) => entry.message === 'job queue is back');
    expect(back?.facts['dropped']).toBeGreaterThan(14_000);
  });

  it('away: schedules are kept by the process itself, and no longer once it is back', async () => {
    const { made, server, jobs } = await running();
    await server.kill();
    await away(jobs);
    const before = sweeps(made);
    await until('the schedule runs all the same', () => sweeps(made) >= before + 3);
    await server.restart();
    await up(jobs);
    const back = sweeps(made);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    // Two engines at once would run it twice a second.
    expect(sweeps(made) - back).toBeLessThanOrEqual(4);
  });

  it('frozen: nothing is held up, and all goes on after', async () => {
    const all = await running();
    all.server.freeze();
    await away(all.jobs);
    all.jobs.wake(handle, { user: 'kept' });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    all.server.thaw();
    await comesBack(all);
  });

  it('full: wake-ups wait until there is room', async () => {
    const all = await running();
    await all.server.command('CONFIG', 'SET', 'maxmemory', '1');
    await away(all.jobs);
    all.jobs.wake(handle, { user: 'kept' });
    await all.server.command('CONFIG', 'SET', 'maxmemory', '0');
    await comesBack(all);
  });

  it('emptied without a word: schedules are declared again', async () => {
    const { made, server } = await running();
    await until('schedules run', () => sweeps(made) > 0);
    await server.command('FLUSHALL');
    const before = sweeps(made);
    await until('schedules run again', () => sweeps(made) >= before + 2);
  });

  it('away at the start: the program starts, and jobs run once it is there', async () => {
    const server = await RedisServer.start();
    servers.push(server);
    await server.kill();
    const made = world(server);
    const jobs = await made.open(handle);
    expect(jobs.health()).toBe('down');
    jobs.start('all');
    jobs.wake(handle, { user: 'lan' });
    await server.restart();
    await until('the wake-up ran', () => made.runs.includes('inbox.handle lan'));
  });

  it('is refused when it may evict keys', async () => {
    const server = await RedisServer.start('--maxmemory-policy', 'allkeys-lru');
    servers.push(server);
    await expect(world(server).open(handle)).rejects.toMatchObject({
      code: 'store_unsafe',
      facts: { found: 'allkeys-lru' },
    });
  });

  it('warns of a Redis without a log, and not of one with', async () => {
    const plain = await running();
    const logging = await running('--appendonly', 'yes');
    const warned = 'redis keeps no log; wake-ups are re-made after a restart';
    expect(plain.made.messages).toContain(warned);
    expect(logging.made.messages).not.toContain(warned);
  });

  it('forgets schedules that are no longer declared', async () => {
    const { server, jobs } = await running();
    await jobs.stop(2_000);
    await world(server).run(handle, sweep);
    let left: unknown = null;
    for (let i = 0; i < 100 && JSON.stringify(left) !== '["inbox.sweep"]'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      left = await server.command('ZRANGE', 'bull:bot:repeat', '0', '-1');
    }
    expect(left).toEqual(['inbox.sweep']);
  });

  it('goes away while the program stops: stopping ends in time', async () => {
    const { server, jobs } = await running();
    server.freeze();
    await jobs.stop(1_000);
    server.thaw();
    expect(jobs.health()).toBe('down');
  });
});
