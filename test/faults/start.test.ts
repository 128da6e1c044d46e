import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('refuses a MONGODB_URI that would read from a member that may lag behind', async () => {
  const uri = `${store.env['MONGODB_URI']}&readPreference=nearest`;
  const said = await refusal({ ...store.env, MONGODB_URI: uri });
  expect(said).toContain('The program reads from the primary');
  expect(said).toContain('Chương trình đọc từ máy chính (primary)');
});

it('refuses a MongoDB older than 5.0', async () => {
  store.proxy.rewrite = (truth, asked) => ({
    ...truth,
    ...('maxWireVersion' in truth ? { maxWireVersion: 9 } : {}),
    ...('buildInfo' in asked ? { version: '4.4.29' } : {}),
  });
  const said = await refusal(store.env);
  expect(said).toContain('MongoDB 4.4.29 is too old. The program needs MongoDB 5.0 or newer.');
  expect(said).toContain('Chương trình cần MongoDB 5.0 trở lên.');
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

describe('on a folder of its own', () => {
  let program: Supervisor;
  beforeAll(async () => {
    program = new Supervisor();
    await program.start();
    await program.kill();
  });
  afterAll(() => program.close());

  const inFolder = (...names: string[]) => join(program.dataDir, ...names);
  async function saidOn(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const other = new Supervisor({ env, dataDir });
    programs.push(other);
    await other.launch();
    expect(await other.end).toMatchObject({ code: 1 });
    return other.log.join('\n');
  }

  it('refuses another key, and makes none where the former is missing', async () => {
    const another = Buffer.alloc(32, 7).toString('base64');
    const said = await saidOn(program.dataDir, { ENCRYPTION_KEY: another });
    expect(said).toContain('ENCRYPTION_KEY is not the key with which this data was sealed');
    expect(said).toContain('không phải là khóa đã dùng để niêm phong');
    renameSync(inFolder('encryption.key'), inFolder('elsewhere.key'));
    const missing = await saidOn(program.dataDir);
    expect(missing).toContain('was sealed with a key that is not there');
    expect(missing).toContain('niêm phong bằng một khóa hiện không còn ở đó');
    expect(existsSync(inFolder('encryption.key'))).toBe(false);
    renameSync(inFolder('elsewhere.key'), inFolder('encryption.key'));
  });

  it('refuses a key without its data', async () => {
    renameSync(inFolder('mongo'), inFolder('elsewhere'));
    const said = await saidOn(program.dataDir);
    expect(said).toContain('holds the key of data that is not there');
    expect(said).toContain('có khóa nhưng không còn dữ liệu');
    rmSync(inFolder('mongo'), { recursive: true });
    renameSync(inFolder('elsewhere'), inFolder('mongo'));
  });

  it('refuses a log that lost something, and leaves it', async () => {
    const log = inFolder('mongo', 'log-1.bin');
    const bytes = readFileSync(log);
    // The kill may have come before the last frame was acknowledged; the one before it was.
    const last = bytes.lastIndexOf('bdhvlog1', bytes.lastIndexOf('bdhvlog1') - 1);
    expect(last).toBeGreaterThan(0);
    writeFileSync(log, bytes.subarray(0, last));
    const said = await saidOn(program.dataDir);
    expect(said).toContain('Something that was stored is missing');
    expect(said).toContain('thiếu dữ liệu đã lưu');
    expect(readFileSync(log)).toEqual(bytes.subarray(0, last));
    writeFileSync(log, bytes);
    await program.start();
    expect(await program.terminate()).toMatchObject({ code: 0 });
  });
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
