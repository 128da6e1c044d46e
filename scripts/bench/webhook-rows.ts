import { closeSync, fdatasyncSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ask, cpuSeconds, here, nextMessage, startChild, type Child } from './children';
import { Home, startProgram, type Engine } from './engines';
import type { LoadOrder, LoadResult } from './load';
import { quantile, row, rounded, type Row } from './numbers';

/**
 * S1-S3: the way to the durable 200, nothing else. The program stores and acknowledges while its processing is paused;
 * the yardstick verifies and stores nothing. Both take the same load, one after the other, in every round.
 */
export interface RoundsOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly wants: (name: string) => boolean;
  readonly say: (line: string) => void;
}

const CONNECTIONS = 64;
const RATE = 500;

interface Measured extends LoadResult {
  readonly cpuPerEvent: number;
}

export async function webhookRows(engine: Engine, options: RoundsOptions): Promise<Record<string, Row>> {
  const { wants, rounds, seconds, say } = options;
  const home = new Home(engine, { PROCESSING: 'paused' });
  const program = await startProgram(home);
  const bare = startChild(here('yardstick'));
  const load = startChild(here('load'));
  try {
    const [{ port: barePort }] = await Promise.all([
      nextMessage<{ port: number }>(bare),
      nextMessage<{ ready: true }>(load),
    ]);
    const thrower = new Thrower(load);
    const both = async (seconds: number, rate?: number) => ({
      ours: await thrower.at(program.port, seconds, rate),
      yardstick: await thrower.at(barePort, seconds, rate),
    });
    for (let n = 0; n < 3; n += 1) await both(1.5);
    const rows: Record<string, Row> = {};
    if (wants('S1') || wants('S2')) {
      const full: { ours: Measured; yardstick: Measured }[] = [];
      for (let n = 1; n <= rounds; n += 1) {
        const round = await both(seconds);
        refuseFailures(round.ours);
        full.push(round);
        say(`S1 ${n}/${rounds}: ${pair(round.ours.perSecond, round.yardstick.perSecond)}`);
      }
      const of = (pick: (side: Measured) => number) =>
        full.map(({ ours, yardstick }) => ({ ours: pick(ours), yardstick: pick(yardstick) }));
      if (wants('S1'))
        rows['S1'] = row(
          of((side) => side.perSecond),
          0.5,
          'acknowledged/s',
          { connections: CONNECTIONS },
        );
      if (wants('S2'))
        rows['S2'] = row(
          of((side) => side.cpuPerEvent * 1e6),
          2,
          'CPU µs/event, all threads',
        );
    }
    if (wants('S3')) rows['S3'] = await openLoopRow(both, options);
    return rows;
  } finally {
    await Promise.all([program.child.kill(), bare.kill(), load.kill()]);
    await home.remove();
  }
}

async function openLoopRow(
  both: (seconds: number, rate: number) => Promise<{ ours: Measured; yardstick: Measured }>,
  { rounds, seconds, say }: RoundsOptions,
): Promise<Row> {
  const found: { ours: number; yardstick: number }[] = [];
  let over500 = 0;
  let slowest = 0;
  for (let n = 1; n <= rounds; n += 1) {
    const { ours, yardstick } = await both(seconds, RATE);
    refuseFailures(ours);
    found.push({ ours: ours.p99, yardstick: yardstick.p99 });
    over500 += ours.over500;
    slowest = Math.max(slowest, ours.max);
    say(`S3 ${n}/${rounds}: p99 ${pair(ours.p99, yardstick.p99)}, p50 ${pair(ours.p50, yardstick.p50)}`);
  }
  // Every durable answer waits for the disk once; nothing we do can be faster than that.
  const sync = diskSync();
  return row(found, 2, 'ms, p99', {
    rate: RATE,
    over500ms: over500,
    slowest: rounded(slowest),
    diskSyncMs: { p50: rounded(quantile(sync, 0.5)), p99: rounded(quantile(sync, 0.99)) },
  });
}

const SYNCS = 500;
const SYNC_BYTES = 700;

/** What this disk takes to make one small write lasting, in ms each: bytes laid out before, written over, synced. */
function diskSync(): number[] {
  const path = join(mkdtempSync(join(tmpdir(), 'bench-')), 'sync');
  const fd = openSync(path, 'w+');
  try {
    writeSync(fd, Buffer.alloc(SYNCS * SYNC_BYTES));
    fsyncSync(fd);
    const bytes = Buffer.alloc(SYNC_BYTES, 1);
    return Array.from({ length: SYNCS }, (_, n) => {
      const begun = performance.now();
      writeSync(fd, bytes, 0, SYNC_BYTES, n * SYNC_BYTES);
      fdatasyncSync(fd);
      return performance.now() - begun;
    });
  } finally {
    closeSync(fd);
    rmSync(dirname(path), { recursive: true, force: true });
  }
}

class Thrower {
  private orders = 0;

  constructor(private readonly load: Child) {}

  async at(port: number, seconds: number, rate?: number): Promise<Measured> {
    this.orders += 1;
    const order: LoadOrder = {
      port,
      seconds,
      connections: CONNECTIONS,
      name: `c0ffee${this.orders.toString(16).padStart(4, '0')}`,
      ...(rate === undefined ? {} : { rate }),
    };
    const before = await cpuSeconds(port);
    const result = await ask<LoadResult>(this.load, order);
    return { ...result, cpuPerEvent: ((await cpuSeconds(port)) - before) / result.ok };
  }
}

function refuseFailures({ ok, failed }: LoadResult): void {
  if (failed > 0 || ok === 0) throw new Error(`${failed} of ${ok + failed} events were not acknowledged`);
}

function pair(ours: number, yardstick: number): string {
  return `${rounded(ours)} ÷ ${rounded(yardstick)} = ${rounded(ours / yardstick)}`;
}
