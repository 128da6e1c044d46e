import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopwatch } from '../../../src/kernel/clock';
import { createTimeKeeper } from '../../../src/app/advance-clock';
import { openProgramClock } from '../../../src/app/program-clock';

const dir = (): string => mkdtempSync(join(tmpdir(), 'clock-'));
const close = (a: Date, b: string): boolean => Math.abs(a.getTime() - new Date(b).getTime()) < 5_000;

describe('where the clock stands at start', () => {
  it('is real time in live mode, and cannot be moved', () => {
    const { clock, movable } = openProgramClock({ mode: 'live', CLOCK_START: '', DATA_DIR: dir() });
    expect(movable).toBeNull();
    expect(close(clock.now(), new Date().toISOString())).toBe(true);
  });

  it('is 12 March 2026, 08:00 in a fresh simulator', () => {
    const { clock } = openProgramClock({ mode: 'simulator', CLOCK_START: '', DATA_DIR: dir() });
    expect(close(clock.now(), '2026-03-12T08:00:00+07:00')).toBe(true);
  });

  it('is where it was moved to, over a restart', () => {
    const DATA_DIR = dir();
    const first = openProgramClock({ mode: 'simulator', CLOCK_START: '', DATA_DIR });
    first.movable?.moveTo(new Date('2026-03-17T10:00:00+07:00'));
    first.keep();
    const again = openProgramClock({ mode: 'simulator', CLOCK_START: '', DATA_DIR });
    expect(close(again.clock.now(), '2026-03-17T10:00:00+07:00')).toBe(true);
  });

  it.each([
    ['2026-03-20T00:00:00Z', '2026-03-20T00:00:00Z'],
    ['2026-03-01T00:00:00Z', '2026-03-17T03:00:00Z'],
  ])('of CLOCK_START %s and the kept 17 March the later wins', (CLOCK_START, expected) => {
    const DATA_DIR = dir();
    const first = openProgramClock({ mode: 'live', CLOCK_START: '2026-03-17T03:00:00Z', DATA_DIR });
    first.keep();
    expect(close(openProgramClock({ mode: 'live', CLOCK_START, DATA_DIR }).clock.now(), expected)).toBe(true);
  });

  it('survives a file cut short', () => {
    const DATA_DIR = dir();
    writeFileSync(join(DATA_DIR, 'clock.json'), '{"offs');
    expect(
      close(
        openProgramClock({ mode: 'simulator', CLOCK_START: '', DATA_DIR }).clock.now(),
        '2026-03-12T01:00:00Z',
      ),
    ).toBe(true);
  });
});

describe('moving it', () => {
  const keeper = () => {
    const clock = openProgramClock({
      mode: 'simulator',
      CLOCK_START: '2026-03-12T00:00:00Z',
      DATA_DIR: dir(),
    });
    const due = ['2026-03-13T01:00:00Z', '2026-03-14T01:00:00Z', '2026-03-20T01:00:00Z'].map(
      (at) => new Date(at),
    );
    const done: string[] = [];
    const { advance } = createTimeKeeper({
      clock,
      nextDue: async (after) => due.find((at) => at > after) ?? null,
      runDue: async (now) => {
        done.push(now.toISOString().slice(0, 13));
      },
    });
    return { advance, done, clock };
  };

  it('stops at every instant at which something is due, in order', async () => {
    const { advance, done } = keeper();
    const now = await advance(new Date('2026-03-15T00:00:00Z'));
    expect(done).toEqual(['2026-03-13T01', '2026-03-14T01', '2026-03-15T00']);
    expect(close(now, '2026-03-15T00:00:00Z')).toBe(true);
  });

  it('refuses to go back', async () => {
    const { advance } = keeper();
    await expect(advance(new Date('2026-03-01T00:00:00Z'))).rejects.toMatchObject({
      code: 'clock_backwards',
    });
  });

  it('makes one jump after the other when two are asked for at once', async () => {
    const { advance, done } = keeper();
    await Promise.all([advance(new Date('2026-03-13T12:00:00Z')), advance(new Date('2026-03-14T12:00:00Z'))]);
    expect(done).toEqual(['2026-03-13T01', '2026-03-13T12', '2026-03-14T01', '2026-03-14T12']);
  });

  it('lets nobody sit out a pause in the middle of a jump, and never goes beyond its end', async () => {
    const clock = openProgramClock({
      mode: 'simulator',
      CLOCK_START: '2026-03-12T00:00:00Z',
      DATA_DIR: dir(),
    });
    const seen: string[] = [];
    const keeper = createTimeKeeper({
      clock,
      nextDue: async (after) =>
        after < new Date('2026-03-12T06:00:00Z') ? new Date('2026-03-12T06:00:00Z') : null,
      runDue: async () => {
        if (seen.length > 0) return;
        await keeper.pause(20 * 60_000);
        seen.push(clock.clock.now().toISOString().slice(11, 16));
        await keeper.pause(24 * 3_600_000);
        seen.push(clock.clock.now().toISOString().slice(11, 16));
      },
    });
    await keeper.advance(new Date('2026-03-12T07:00:00Z'));
    expect(seen).toEqual(['06:20', '07:00']);
    const real = stopwatch();
    await keeper.pause(60);
    expect(real()).toBeGreaterThan(50);
  });
});
