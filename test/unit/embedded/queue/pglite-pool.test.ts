import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PglitePool } from '../../../../src/embedded/queue/pglite-pool';
import { startEmbeddedQueue } from '../../../../src/embedded/queue/start';
import type { QueueEngine } from '../../../../src/embedded/queue/start';

jest.setTimeout(180_000);

/** In a folder: one that is copied opens in a fraction of what a database in memory takes to be made. */
const base = mkdtempSync(join(tmpdir(), 'pool-'));
let engine: QueueEngine;
let pool: PglitePool;

beforeAll(async () => {
  engine = await startEmbeddedQueue({ dir: join(base, 'queue') });
  ({ pool } = engine);
  await pool.query('CREATE TABLE public.t (n bigint PRIMARY KEY, note text)');
});
afterAll(async () => {
  await engine.stop();
  rmSync(base, { recursive: true, force: true });
});
beforeEach(() => pool.query('TRUNCATE t'));

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function count(): Promise<number> {
  const { rows } = await pool.query('SELECT count(*)::int AS n FROM t');
  return (rows[0] as { n: number }).n;
}

it('reads bigint as text and undefined as null, and counts the rows it touched', async () => {
  const added = await pool.query('INSERT INTO t VALUES ($1, $2)', ['9007199254740993', undefined]);
  expect(added.rowCount).toBe(1);
  const { rows } = await pool.query('SELECT n, note FROM t');
  expect(rows).toEqual([{ n: '9007199254740993', note: null }]);
});

it('answers several statements with the result of the last', async () => {
  const { rows } = await pool.query('INSERT INTO t VALUES (1); SELECT 7 AS last');
  expect(rows).toEqual([{ last: 7 }]);
});

it('tells the SQL state of a refused statement', async () => {
  await pool.query('INSERT INTO t VALUES (1)');
  await expect(pool.query('INSERT INTO t VALUES (1)')).rejects.toMatchObject({ code: '23505' });
});

it('lets nobody into an open transaction', async () => {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('INSERT INTO t VALUES (1)');
  const outside = count();
  await client.query('ROLLBACK');
  client.release();
  expect(await outside).toBe(0);
});

it('rolls back a transaction whose client is given back', async () => {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('INSERT INTO t VALUES (1)');
  client.release();
  expect(await count()).toBe(0);
});

it('goes on after a statement that fails inside a transaction', async () => {
  const client = await pool.connect();
  await client.query('BEGIN');
  await expect(client.query('INSERT INTO nowhere VALUES (1)')).rejects.toMatchObject({ code: '42P01' });
  await client.query('ROLLBACK');
  client.release();
  expect(await count()).toBe(0);
});

it('fans a notification out to the clients that listen, and replays it to one that is a moment late', async () => {
  const heard: string[] = [];
  const early = await pool.connect();
  const deaf = await pool.connect();
  const late = await pool.connect();
  await early.query('-- a comment\nLISTEN news;');
  await late.query('LISTEN news');
  early.on('notification', ({ payload }: { payload: string }) => heard.push(`early ${payload}`));
  deaf.on('notification', ({ payload }: { payload: string }) => heard.push(`deaf ${payload}`));
  await pool.query("SELECT pg_notify('news', 'one')");
  late.on('notification', ({ payload }: { payload: string }) => heard.push(`late ${payload}`));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual(['early one', 'late one']);
  for (const client of [early, deaf, late]) client.release();
});

it('tells what was missed once, and what was heard not again', async () => {
  const heard: string[] = [];
  const client = await pool.connect();
  await client.query('LISTEN once');
  const first = ({ payload }: { payload: string }): void => void heard.push(`first ${payload}`);
  client.on('notification', first);
  await pool.query("SELECT pg_notify('once', 'heard')");
  await until(() => heard.length === 1);
  client.removeListener('notification', first);
  await pool.query("SELECT pg_notify('once', 'missed')");
  for (const name of ['second', 'third']) {
    const listener = ({ payload }: { payload: string }): void => void heard.push(`${name} ${payload}`);
    client.on('notification', listener);
    await new Promise((resolve) => setTimeout(resolve, 30));
    client.removeListener('notification', listener);
  }
  expect(heard).toEqual(['first heard', 'second missed']);
  client.release();
});

it('does not keep timers waiting during a burst of statements', async () => {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  await Promise.all(Array.from({ length: 300 }, (_, n) => pool.query('INSERT INTO t VALUES ($1)', [n])));
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(2);
  expect(await count()).toBe(300);
});

it('cleans up on request, outside of any transaction', async () => {
  await pool.query('VACUUM (ANALYZE)');
  await pool.query('CHECKPOINT');
  expect(await count()).toBe(0);
});

it('rejects what is asked after the end', async () => {
  // The last test: nothing can be asked of the one database from here on.
  await engine.stop();
  await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'store_unavailable' });
});
