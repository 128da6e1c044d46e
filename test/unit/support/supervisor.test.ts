import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Supervisor } from '../../support/supervisor';

/** A program of a few lines stands in for ours. */
const PROGRAM = `
const { createServer } = require('node:http');
if (process.env.MOOD === 'refuse') { console.error('wrong configuration'); process.exit(3); }
const server = createServer((request, response) => {
  if (request.url === '/metrics') return response.end('events_stored{kind="text"} 7\\nup 1\\n');
  response.writeHead(request.url === '/health/ready' ? 200 : 404).end(process.env.LEAK ?? 'clean');
});
setTimeout(() => server.listen(Number(process.env.PORT), process.env.HOST), 100);
console.log(JSON.stringify({ dir: process.env.DATA_DIR }));
console.log(JSON.stringify({ msg: 'ready', store: 'embedded', queue: process.env.QUEUE ?? 'timers' }));
process.on('SIGTERM', () => { if (process.env.MOOD === 'deaf') return; server.close(); process.exit(0); });
`;

const folder = mkdtempSync(join(tmpdir(), 'program-'));
const entry = join(folder, 'main.js');
writeFileSync(entry, PROGRAM);
const open: Supervisor[] = [];
const supervise = (env: Record<string, string> = {}): Supervisor => {
  const supervisor = new Supervisor({ entry, env });
  open.push(supervisor);
  return supervisor;
};
afterEach(async () => {
  for (const supervisor of open.splice(0)) await supervisor.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('waits until the program is ready, and collects what it writes', async () => {
  const supervisor = supervise();
  await supervisor.start();
  expect(supervisor.running).toBe(true);
  expect(supervisor.linesWith(supervisor.dataDir)).toHaveLength(1);
  expect(await supervisor.metric('events_stored', '{kind="text"}')).toBe(7);
  expect(await supervisor.metric('events_lost')).toBeNull();
});

it('refuses a program that runs on other engines than it was asked for', async () => {
  const report = join(folder, 'engines');
  process.env['TEST_ENGINES_FILE'] = report;
  await expect(supervise({ MONGODB_URI: 'mongodb://127.0.0.1/x' }).start()).rejects.toThrow(
    'asked for store mongodb and queue timers; it runs on store embedded, queue timers',
  );
  await expect(supervise({ QUEUE: 'redis' }).start()).rejects.toThrow(
    'it runs on store embedded, queue redis',
  );
  await supervise({ QUEUE: 'redis', REDIS_URL: 'redis://127.0.0.1/' }).start();
  delete process.env['TEST_ENGINES_FILE'];
  expect(readFileSync(report, 'utf8')).toBe('store embedded, queue redis\n');
});

it('lets nothing of its own environment through', async () => {
  process.env['LEAK'] = 'leaked';
  const supervisor = supervise();
  await supervisor.start();
  delete process.env['LEAK'];
  expect((await supervisor.get('/other'))?.body).toBe('clean');
});

it('kills and starts again, on the same port and folder', async () => {
  const supervisor = supervise();
  await supervisor.start();
  const { url, dataDir } = supervisor;
  expect(await supervisor.kill()).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(await supervisor.isReady()).toBe(false);
  await supervisor.start();
  expect([supervisor.url, supervisor.dataDir, supervisor.lives]).toEqual([url, dataDir, 2]);
});

it('tells how the program ended when asked politely, and ends one that does not listen', async () => {
  const polite = supervise();
  await polite.start();
  expect(await polite.terminate()).toMatchObject({ code: 0, signal: null });
  const deaf = supervise({ MOOD: 'deaf' });
  await deaf.start();
  expect(await deaf.terminate(200)).toMatchObject({ code: null, signal: 'SIGKILL' });
});

it('gives the last words of a program that refuses to start', async () => {
  const supervisor = supervise({ MOOD: 'refuse' });
  await expect(supervisor.start()).rejects.toThrow('wrong configuration');
  expect((await supervisor.end).code).toBe(3);
});

it('removes its folder at the end, also after a freeze', async () => {
  const supervisor = supervise();
  await supervisor.start();
  supervisor.freeze();
  await supervisor.close();
  expect(existsSync(supervisor.dataDir)).toBe(false);
});
