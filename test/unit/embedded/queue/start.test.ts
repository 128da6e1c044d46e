import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueueEngine } from '../../../../src/embedded/queue/start';
import { startEmbeddedQueue } from '../../../../src/embedded/queue/start';
import { copyTemplate } from '../../../../src/embedded/queue/template';

jest.setTimeout(180_000);

const base = mkdtempSync(join(tmpdir(), 'queue-'));
const dir = join(base, 'queue');
const engines: QueueEngine[] = [];
const start = async (options: Parameters<typeof startEmbeddedQueue>[0]): Promise<QueueEngine> => {
  const engine = await startEmbeddedQueue(options);
  engines.push(engine);
  return engine;
};

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function numbers(engine: QueueEngine): Promise<number[]> {
  const { rows } = await engine.pool.query('SELECT n FROM kept ORDER BY n');
  return rows.map((row: { n: number }) => row.n);
}

describe('a queue in a folder', () => {
  it('keeps its rows over a restart', async () => {
    const first = await start({ dir });
    expect(first.storage).toBe('folder');
    await first.pool.query('CREATE TABLE public.kept (n integer)');
    await first.pool.query('INSERT INTO kept VALUES ($1), ($2)', [1, 2]);
    await first.stop();
    expect(await numbers(await start({ dir }))).toEqual([1, 2]);
  });

  it('gives the second program a queue in memory while the first holds the folder', async () => {
    writeFileSync(`${dir}.pid`, String(process.ppid));
    const second = await start({ dir });
    expect(second.storage).toBe('memory');
    await expect(numbers(second)).rejects.toMatchObject({ code: '42P01' });
    await second.stop();
    expect(existsSync(`${dir}.pid`)).toBe(true);
    rmSync(`${dir}.pid`);
  });

  it('takes the folder over from a program that is no more', async () => {
    writeFileSync(`${dir}.pid`, '4194304000');
    expect(await numbers(await start({ dir }))).toEqual([1, 2]);
  });

  it('begins anew when the folder is spoilt', async () => {
    for (const file of readdirSync(join(dir, 'global'))) writeFileSync(join(dir, 'global', file), 'spoilt');
    const engine = await start({ dir });
    expect(engine.storage).toBe('folder');
    await expect(numbers(engine)).rejects.toMatchObject({ code: '42P01' });
    await engine.pool.query('CREATE TABLE public.kept (n integer)');
  });

  it('throws the folder away when asked for a fresh one', async () => {
    await expect(numbers(await start({ dir, fresh: true }))).rejects.toMatchObject({ code: '42P01' });
  });

  it('copies what the first start has made', async () => {
    const copied = mkdtempSync(join(base, 'copied-'));
    expect(await copyTemplate(copied)).toBe(true);
    expect(readdirSync(copied)).toContain('PG_VERSION');
    expect(readdirSync(copied)).not.toContain('postmaster.pid');
  });
});
