import { DocumentServer } from '../support/document-server';
import { RedisServer, hasRedisServer } from '../support/redis';
import { Supervisor } from '../support/supervisor';
import type { Rewrite } from '../support/tcp-proxy';

/** R10: the program does not start on a store that may forget, and says in both languages what is to be changed. */

jest.setTimeout(120_000);

let store: DocumentServer;
const programs: Supervisor[] = [];

beforeAll(async () => {
  store = await DocumentServer.start();
});
afterEach(async () => {
  store.proxy.rewrite = null;
  for (const program of programs.splice(0)) await program.close();
});
afterAll(() => store?.end());

async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  const program = new Supervisor({ env });
  programs.push(program);
  await program.launch();
  expect(await program.end).toMatchObject({ code: 1 });
  return program.log.join('\n');
}

function answering(command: string, answer: object): Rewrite {
  return (truth, asked) => (command in asked ? { ...answer } : truth);
}

it('refuses a MONGODB_URI that asks for less than a journaled write', async () => {
  const said = await refusal({ ...store.env, MONGODB_URI: `${store.env['MONGODB_URI']}&journal=false` });
  expect(said).toContain('MONGODB_URI asks for writes that need not reach the disk');
  expect(said).toContain('MONGODB_URI yêu cầu ghi mà không cần lưu xuống đĩa');
});

it('refuses a MongoDB without a journal', async () => {
  const errmsg = "cannot use 'j' option when a host does not have journaling enabled";
  store.proxy.rewrite = answering('update', { ok: 0, code: 2, codeName: 'BadValue', errmsg });
  const said = await refusal(store.env);
  expect(said).toContain('MongoDB keeps no journal');
  expect(said).toContain('MongoDB không ghi nhật ký');
});

it('refuses a MongoDB that holds its data in memory', async () => {
  const storageEngine = { name: 'ephemeralForTest', persistent: false };
  store.proxy.rewrite = answering('serverStatus', { ok: 1, storageEngine });
  const said = await refusal(store.env);
  expect(said).toContain('MongoDB holds its data in memory (ephemeralForTest)');
  expect(said).toContain('trong bộ nhớ (ephemeralForTest)');
});

(hasRedisServer ? describe : describe.skip)('with a redis-server of the test (needs one installed)', () => {
  it('refuses a Redis that may throw keys away', async () => {
    const redis = await RedisServer.start('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru');
    try {
      const said = await refusal({ REDIS_URL: redis.url });
      expect(said).toContain('maxmemory-policy is allkeys-lru');
      expect(said).toContain('maxmemory-policy là allkeys-lru');
    } finally {
      await redis.end();
    }
  });

  it('starts on a Redis without a log of its own, and warns', async () => {
    const redis = await RedisServer.start('--maxmemory-policy', 'noeviction', '--appendonly', 'no');
    try {
      const program = new Supervisor({ env: { ...store.env, REDIS_URL: redis.url } });
      programs.push(program);
      await program.start();
      expect(program.linesWith('redis keeps no log')).toHaveLength(1);
      expect(await program.terminate()).toMatchObject({ code: 0 });
    } finally {
      await redis.end();
    }
  });
});
