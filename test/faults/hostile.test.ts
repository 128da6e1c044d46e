import { gzipSync } from 'node:zlib';
import { stopwatch } from '../../src/kernel/clock';
import { timestampText } from '../../src/channels/zalo/verify-signature';
import { textEvent } from '../../src/simulator/zalo-events';
import { FaultWorld, IDS, OA_SECRET } from '../support/fault-world';
import { Fuzz, signBytes } from '../support/fuzz';
import { Line, Poster } from '../support/raw-http';
import { pause } from '../support/villager';
import { EVENTS, LIMIT_MS, SEEDS, scaled, tell } from './scale';

/** F17 to F20: strangers at the webhook, with strange bodies, huge ones, slow ones and forged ones. */

jest.setTimeout(LIMIT_MS);

const BODIES = scaled(1_600, EVENTS * 20);
const FORGED = scaled(1_000, EVENTS * 10);
const SLOW = scaled(60, 500);
const IDLE = scaled(200, 5_000);
/** A slow sender is shown out within this. */
const SLOW_CLOSED_MS = 15_000;
const MB = 1024 * 1024;

describe.each(SEEDS)('seed %d', (seed) => {
  let world: FaultWorld;
  let poster: Poster;
  let good = 0;

  beforeAll(async () => {
    world = await FaultWorld.start({ seed, people: 2 });
    poster = new Poster(() => world.program.webhookUrl);
  });
  afterAll(async () => {
    poster?.close();
    await world?.close();
  });

  const received = async (): Promise<number> => (await world.program.metric('inbox_received_total')) ?? NaN;
  const signed = (raw: Buffer, secret = OA_SECRET): string =>
    signBytes(IDS, raw, timestampText(raw) ?? '', secret);
  const goodEvent = (): Buffer =>
    Buffer.from(
      JSON.stringify(
        textEvent(
          { ...IDS, userId: `88${String(good % 20).padStart(17, '0')}`, at: world.clock.now() },
          `good-${seed}-${good++}`,
          'xin chào',
        ),
      ),
    );
  const goodIsTaken = async (): Promise<void> => {
    const raw = goodEvent();
    expect(await poster.postAsMessenger(raw, { 'x-zevent-signature': signed(raw) })).toBe(200);
  };

  it('F17, strange bodies nobody signed: refused or passed over, and nothing is kept', async () => {
    const before = await received();
    const fuzz = new Fuzz(world.random.fork('unsigned'), IDS);
    const answers = await poster.flood(BODIES / 2, (n) => () => {
      const raw = fuzz.body();
      if (n % 3 === 0) return poster.post(raw);
      return poster.post(raw, {
        'x-zevent-signature': n % 3 === 1 ? signed(raw, 'AnotherSecret') : 'mac=0',
      });
    });
    tell(`F17 unsigned, seed ${seed}`, answers);
    expect(Object.keys(answers).sort()).toEqual(['200', '400', '401']);
    expect(await received()).toBe(before);
    await goodIsTaken();
  });

  it('F17, strange bodies that are signed: kept when they are JSON, and no turn fails on one', async () => {
    const fuzz = new Fuzz(world.random.fork('signed'), IDS);
    const wrong: string[] = [];
    const answers = await poster.flood(BODIES / 2, () => async () => {
      const raw = fuzz.body();
      const status = await poster.postAsMessenger(raw, { 'x-zevent-signature': signed(raw) });
      if (status !== (isObject(raw) ? 200 : 400))
        wrong.push(`${status}: ${raw.toString('latin1').slice(0, 300)}`);
      return status;
    });
    const stalls = await world.program.metric('event_loop_longest_stall_seconds');
    tell(`F17 signed, seed ${seed}`, { ...answers, received: await received(), stalls });
    expect(wrong).toEqual([]);
    expect(await received()).toBeGreaterThan(BODIES / 20);
    // All of it is handled: nothing waits, nothing was set aside.
    expect(await world.account(LIMIT_MS / 2)).toMatchObject({ faults: [] });
    expect(await world.program.metric('inbox_failed_total')).toBe(0);
    expect(world.program.lives).toBe(1);
    await goodIsTaken();
  });

  it('F18, huge bodies: refused after little of them was read', async () => {
    const part = Buffer.alloc(64 * 1024, 0x61);
    const head = (more: string): string => `POST /webhook/zalo HTTP/1.1\r\nHost: x\r\n${more}\r\n\r\n`;
    const chunk = Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
    const bomb = gzipSync(Buffer.alloc(64 * MB));
    const ways: Record<string, { status: number; play: (line: Line) => Promise<number> }> = {
      'with its length': {
        status: 413,
        play: (line) => line.pour(part, 1_024),
      },
      'without length': { status: 413, play: (line) => line.pour(chunk, 1_024) },
      'in small chunks': { status: 413, play: (line) => line.pour(chunk, 1_024, 5) },
      packed: { status: 415, play: (line) => line.pour(bomb, 1) },
    };
    const heads: Record<string, string> = {
      'with its length': `Content-Length: ${64 * MB}`,
      packed: `Content-Encoding: gzip\r\nContent-Length: ${bomb.length}`,
    };
    const at = scaled(4, 16);
    for (const [what, { status, play }] of Object.entries(ways)) {
      const memory = (await world.program.metric('process_resident_memory_bytes')) ?? NaN;
      const lines = await Promise.all(Array.from({ length: at }, () => Line.to(world.program.port)));
      const poured = await Promise.all(
        lines.map((line) => {
          line.socket.write(head(heads[what] ?? 'Transfer-Encoding: chunked'));
          return play(line);
        }),
      );
      await Promise.all(lines.map((line) => line.whenClosed));
      const grown = ((await world.program.metric('process_resident_memory_bytes')) ?? NaN) - memory;
      tell(`F18 ${what}, seed ${seed}`, { grownMb: Math.round(grown / MB), poured: Math.max(...poured) });
      expect(lines.map((line) => line.status)).toEqual(lines.map(() => status));
      expect(grown).toBeLessThan(8 * MB * at);
      await goodIsTaken();
    }
  });

  it('F19, slow and silent clients: shown out, and the good ones served meanwhile', async () => {
    const files = (): Promise<number | null> => world.program.metric('process_open_fds');
    await pause(200);
    const before = (await files()) ?? NaN;
    const elapsed = stopwatch();
    const lines = await Line.many(world.program.port, SLOW);
    lines.forEach((line, n) => {
      if (n % 2 === 0) line.drip('POST /webhook/zalo HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
      else {
        line.socket.write('POST /webhook/zalo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
        line.drip('{"app_id":"');
      }
    });
    const silent = await Line.many(world.program.port, IDLE);
    const all = [...lines, ...silent];
    const times: number[] = [];
    while (all.some((line) => !line.closed) && elapsed() < 4 * SLOW_CLOSED_MS) {
      const since = stopwatch();
      await goodIsTaken();
      times.push(since());
      await pause(50);
    }
    const closedMs = Math.max(...all.map((line) => line.closedMs ?? Infinity));
    times.sort((a, b) => a - b);
    tell(`F19, seed ${seed}`, {
      slow: SLOW,
      idle: IDLE,
      closedMs: Math.round(closedMs),
      good: times.length,
      p99: Math.round(times[Math.floor(times.length * 0.99)] ?? NaN),
      before,
      after: await files(),
    });
    expect(closedMs).toBeLessThan(SLOW_CLOSED_MS + 1_000);
    expect(times.length).toBeGreaterThan(20);
    await pause(500);
    expect(await files()).toBeLessThanOrEqual(before + 10);
  });

  it('F20, forged signatures: not one is believed, however it is wrong', async () => {
    const before = await received();
    const chance = world.random.fork('forged');
    const answers = await poster.flood(FORGED, (n) => () => {
      const raw = goodEvent();
      const mac = signed(raw);
      const at = chance.between(4, 67);
      const digit = ((Number.parseInt(mac[at] as string, 16) ^ (1 << chance.between(0, 3))) & 15).toString(
        16,
      );
      const wrong: (string | readonly string[])[] = [
        `${mac.slice(0, at)}${digit}${mac.slice(at + 1)}`,
        '',
        [mac, mac],
        [`mac=${'0'.repeat(64)}`, mac],
        signed(raw, 'SecretOfAnotherApp01'),
        signBytes({ ...IDS, appId: '9988776655443322110' }, raw, timestampText(raw) ?? '', OA_SECRET),
        signBytes(
          IDS,
          Buffer.from(JSON.stringify(JSON.parse(raw.toString()), null, 1)),
          timestampText(raw) ?? '',
          OA_SECRET,
        ),
        mac.slice(0, -1),
        `${mac}0`,
        `mac=${Buffer.from(mac.slice(4), 'hex').toString('base64')}`,
      ];
      return poster.post(raw, {
        'x-zevent-signature': wrong[n % wrong.length] as string | readonly string[],
      });
    });
    tell(`F20, seed ${seed}`, answers);
    expect(Object.keys(answers)).toEqual(['401']);
    expect(await received()).toBe(before);
    // What anybody can cause does not fill the log.
    expect(world.program.linesWith('signature does not match').length).toBeLessThan(10);
  });

  it('F20, how long a wrong first and a wrong last byte take is printed', async () => {
    const raw = goodEvent();
    const mac = signed(raw);
    const swapped = (at: number): string =>
      `${mac.slice(0, at)}${mac[at] === '0' ? '1' : '0'}${mac.slice(at + 1)}`;
    const times: Record<string, number[]> = { first: [], last: [] };
    for (let n = 0; n < scaled(200, 5_000); n++)
      for (const [name, header] of [
        ['first', swapped(4)],
        ['last', swapped(67)],
      ] as const) {
        const since = stopwatch();
        expect(await poster.post(raw, { 'x-zevent-signature': header })).toBe(401);
        times[name]?.push(since());
      }
    const median = (list: number[]): number =>
      Math.round((list.sort((a, b) => a - b)[list.length >> 1] ?? 0) * 1_000);
    tell(`F20 medians in µs, seed ${seed}`, {
      first: median(times['first'] ?? []),
      last: median(times['last'] ?? []),
    });
  });

  it('F20, while a secret is exchanged both are good', async () => {
    await world.program.terminate();
    await world.program.start({ ZALO_OA_SECRET_KEY: `NewSecretKeyExample02,${OA_SECRET}` });
    const before = await received();
    const count = scaled(200, 2_000);
    const answers = await poster.flood(count, (n) => () => {
      const raw = goodEvent();
      return poster.post(raw, {
        'x-zevent-signature': signed(raw, n % 2 ? 'NewSecretKeyExample02' : OA_SECRET),
      });
    });
    expect(answers).toEqual({ 200: count });
    expect(await received()).toBe(before + count);
    const raw = goodEvent();
    expect(await poster.post(raw, { 'x-zevent-signature': signed(raw, 'AThirdSecret') })).toBe(401);
    expect(await world.account(LIMIT_MS / 2)).toMatchObject({ faults: [] });
  });
});

/** What the webhook calls JSON: an object, in UTF-8 or something that is read as such. */
function isObject(raw: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
