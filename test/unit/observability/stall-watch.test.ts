import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { stopwatch } from '../../../src/kernel/clock';
import { watchStalls } from '../../../src/observability/stall-watch';

const ROOT = join(__dirname, '../../..');

it('says and counts a stall that ends', async () => {
  const said: object[] = [];
  const read = new Map<string, () => number>();
  const watch = watchStalls({
    log: { error: (facts: object) => void said.push(facts) },
    metrics: { gauge: (name, _help, reader) => void read.set(name, reader) },
    saidFromMs: 300,
    endedAfterMs: 0,
  });
  await new Promise((resolve) => setTimeout(resolve, 150));
  const since = stopwatch();
  while (since() < 700);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await watch.stop();
  expect(said.length).toBeGreaterThan(0);
  expect(read.get('event_loop_stalls')?.()).toBe(said.length);
  expect(read.get('event_loop_longest_stall_seconds')?.()).toBeGreaterThanOrEqual(0.3);
});

it('ends a process that stands still for good, and not one that was frozen from outside', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'stall-'));
  try {
    for (const file of ['src/observability/stall-watch', 'src/kernel/clock']) {
      const { code } = transformFileSync(join(ROOT, `${file}.ts`), {});
      writeFileSync(join(dir, `${file.split('/').pop()}.js`), code.replace('../kernel/clock', './clock'));
    }
    writeFileSync(
      join(dir, 'main.js'),
      `const { watchStalls } = require('./stall-watch.js');
       watchStalls({ log: { error: (facts, words) => console.log(words) }, metrics: { gauge() {} }, endedAfterMs: 2000 });
       setInterval(() => undefined, 1000);
       setTimeout(() => console.log('awake'), 300);
       process.stdin.once('data', () => { for (;;); });`,
    );
    const child = spawn(process.execPath, [join(dir, 'main.js')], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
    const end = new Promise<string | null>((resolve) =>
      child.once('exit', (_code, signal) => resolve(signal)),
    );
    const hears = async (words: string): Promise<void> => {
      while (!said.includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await hears('awake');
    child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    child.kill('SIGCONT');
    await hears('stood still');
    expect(child.exitCode).toBeNull();
    child.stdin.write('spin\n');
    expect(await end).toBe('SIGKILL');
    expect(said).toContain('ends itself');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
