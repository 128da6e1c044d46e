import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrozenClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';
import { LogFile } from '../../../src/observability/log-sink';
import { createLog, currentEventId, type LogOptions, withEventId } from '../../../src/observability/logger';

const tick = (ms = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function logging(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const { log } = createLog({ level: 'info', write: (line) => lines.push(line), ...options });
  return { log, lines, first: () => JSON.parse(lines[0] as string) as Record<string, unknown> };
}

describe('a log line', () => {
  it('is JSON with the message, the facts and the time of the program', () => {
    const { log, first } = logging({ clock: new FrozenClock(new Date('2026-03-12T01:00:00Z')) });
    log.warn({ code: 'x', count: 3 }, 'turn set aside');
    expect(first()).toEqual({
      level: 'warn',
      time: '2026-03-12T01:00:00.000Z',
      code: 'x',
      count: 3,
      msg: 'turn set aside',
    });
  });

  it('is left out below the level', () => {
    const { log, lines } = logging();
    log.debug({}, 'nothing');
    expect(lines).toEqual([]);
  });

  it('carries the id of the event in hand through every await, and the facts of its child', async () => {
    const { log, lines } = logging();
    await withEventId('user_send_text:m1', async () => {
      await tick(1);
      log.child({ part: 'drain' }).info({}, 'inside');
    });
    log.info({}, 'outside');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { eventId: 'user_send_text:m1', part: 'drain' },
      expect.not.objectContaining({ eventId: expect.anything() }),
    ]);
    expect(currentEventId()).toBeUndefined();
  });

  it.each([
    ['a full name', { fullName: 'Trần Thị Bình' }],
    ['a name', { member: { name: 'Bình' } }],
    ['a phone number', { phone: '84900000123' }],
    ['a phone number as a number', { phone: 84900000123 }],
    ['a phone number in words', { reason: 'call 0900 000 123 or +84900000123' }],
    ['a text', { message: { text: 'Bình 84900000123' } }],
    ['an access token', { headers: { access_token: 'Bình' } }],
    ['a token in words', { reason: 'refresh_token=84900000123BinhBinhBinhBinh' }],
    ['a list', { people: [{ display_name: 'Bình' }] }],
    ['an error', { err: new AppError('internal', { phone: '84900000123' }) }],
    ['the cause of an error', { err: new Error('x', { cause: new Error('0900000123') }) }],
  ])('hides %s', (_what, facts) => {
    const { log, lines } = logging();
    log.error(facts, 'Gọi 0900000123 not done');
    log.child(facts).info({}, 'x');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/Bình|BinhBinh|0900000123|84900000123|0900 000 123/);
    expect(lines[0]).toContain('not done');
  });

  it('shows ids, names of jobs and what an error was', () => {
    const { log, first } = logging();
    log.error(
      {
        user: 'zalo:3344556677889900112',
        name: 'inbox.sweep',
        err: new AppError('store_full', { bytes: 5 }),
      },
      'x',
    );
    expect(first()).toMatchObject({
      user: 'zalo:3344556677889900112',
      name: 'inbox.sweep',
      err: {
        type: 'AppError',
        code: 'store_full',
        facts: { bytes: 5 },
        stack: expect.stringContaining('store_full'),
      },
    });
  });

  it('survives facts that go round in a circle and an output that is gone', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    const { log, lines } = logging();
    log.info(circle, 'round');
    expect(lines[0]).toContain('[deep]');
    const broken = createLog({
      level: 'info',
      write: () => {
        throw new Error('EPIPE');
      },
    });
    broken.log.info({}, 'x');
    expect(broken.counts()).toEqual({ diverted: 0, dropped: 1 });
  });
});

describe('a log file', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'log-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('takes the lines in order', async () => {
    const file = join(dir, 'a.log');
    const log = createLog({ level: 'info', file });
    log.log.info({}, 'one');
    await tick();
    log.log.info({}, 'two');
    log.close();
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, 2)
        .map((line) => (JSON.parse(line) as { msg: string }).msg),
    ).toEqual(['one', 'two']);
    expect(log.counts()).toEqual({ diverted: 0, dropped: 0 });
  });

  it.each([
    ['in no folder', () => join(dir, 'none/a.log')],
    ['that is full', () => '/dev/full'],
  ])('%s sends its lines elsewhere and says so once', async (_what, path) => {
    const said: string[] = [];
    const log = createLog({ level: 'info', file: path(), fallback: (text) => said.push(text) });
    log.log.info({}, 'one');
    await tick();
    log.log.info({}, 'two');
    await tick();
    log.log.info({}, 'three');
    log.close();
    const all = said.join('');
    expect(all.match(/cannot be written/g)).toHaveLength(1);
    for (const line of ['one', 'two', 'three']) expect(all).toContain(`"msg":"${line}"`);
    expect(log.counts()).toEqual({ diverted: 3, dropped: 0 });
  });

  it('is used again once it works', async () => {
    const said: string[] = [];
    const folder = join(dir, 'later');
    const sink = new LogFile(join(folder, 'a.log'), (text) => said.push(text), 0);
    sink.write('one\n');
    await tick();
    mkdirSync(folder);
    sink.write('two\n');
    await tick();
    sink.close();
    expect(readFileSync(join(folder, 'a.log'), 'utf8')).toBe('two\n');
    expect(said.join('')).toMatch(/cannot be written[^]*one\n[^]*can be written again/);
  });

  it('counts what could not be said anywhere', async () => {
    const sink = new LogFile(join(dir, 'none/a.log'), () => {
      throw new Error('gone');
    });
    sink.write('one\n');
    await tick();
    expect(sink.counts()).toEqual({ diverted: 1, dropped: 1 });
  });
});
