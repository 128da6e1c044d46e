import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedQueue } from '../../../../src/embedded/queue/start';
import { copyTemplate } from '../../../../src/embedded/queue/template';

const dirs: string[] = [];
const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'queue-template-'));
  dirs.push(dir);
  return dir;
};
afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

it('copies what the first start has made, a database that opens', async () => {
  const first = await startEmbeddedQueue({ dir: join(folder(), 'queue') });
  await first.stop();
  const copied = folder();
  expect(await copyTemplate(copied)).toBe(true);
  expect(readdirSync(copied)).toContain('PG_VERSION');
  expect(readdirSync(copied)).not.toContain('postmaster.pid');
});

it('makes a database anew when a copy does not open', async () => {
  const dir = join(folder(), 'queue');
  const spoilt = await startEmbeddedQueue({ dir });
  await spoilt.stop();
  writeFileSync(join(dir, 'global', 'pg_control'), 'no control file');
  const again = await startEmbeddedQueue({ dir });
  expect(again.storage).toBe('folder');
  expect(existsSync(join(dir, 'PG_VERSION'))).toBe(true);
  await again.stop();
});
