import * as fc from 'fast-check';
import { blockSize, grant, hold, NO_PACE, SLOT_GRACE_MS, type Lane } from '../../../src/outbox/rate-limit';

/** The most instants that any minute holds, wherever it begins. */
function mostInAMinute(instants: number[], minute = 60_000): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] as number) - (sorted[first] as number) >= minute) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

const T0 = Date.parse('2026-03-17T01:00:00Z');

it('never grants more than the limit in any minute, however late within the grace a slot is used', () => {
  const ask = fc.record({
    wait: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 40_000 })),
    want: fc.integer({ min: 1, max: 200 }),
    lane: fc.constantFrom<Lane>('reply', 'campaign'),
    late: fc.integer({ min: 0, max: SLOT_GRACE_MS }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.array(ask, { maxLength: 120 }), (perMinute, asks) => {
      let state = NO_PACE;
      let now = T0;
      const used: number[] = [];
      for (const { wait, want, lane, late } of asks) {
        now += wait;
        const got = grant(state, perMinute, now, want, lane);
        if (got.slots.length > want) return false;
        if (got.slots.length === 0 && got.retryAt <= now) return false;
        // Through JSON, as over a restart.
        state = JSON.parse(JSON.stringify(got.state)) as typeof state;
        used.push(...got.slots.map((slot) => slot + late));
      }
      return mostInAMinute(used) <= perMinute;
    }),
  );
});

it.each([100, 3_000, 60_000])(
  'a campaign uses nearly all of %i a minute, evenly, in few reservations',
  (perMinute) => {
    let state = NO_PACE;
    let now = T0;
    let reservations = 0;
    const slots: number[] = [];
    while (now < T0 + 5 * 60_000) {
      const got = grant(state, perMinute, now, blockSize(perMinute), 'campaign');
      state = got.state;
      if (got.slots.length > 0) reservations += 1;
      slots.push(...got.slots);
      now = Math.max(now + 1, got.slots.at(-1) ?? got.retryAt);
    }
    expect(mostInAMinute(slots)).toBeLessThanOrEqual(perMinute);
    expect(mostInAMinute(slots, 1_000)).toBeLessThanOrEqual(Math.ceil(perMinute / 60));
    expect(slots.length / (5 * perMinute)).toBeGreaterThanOrEqual(0.98);
    // At most one write for each slot, and never more than fifteen a second.
    expect(reservations).toBeLessThanOrEqual(Math.min(slots.length, 5 * 60 * 15));
  },
);

it('lets answers go at once while a campaign is under way', () => {
  let state = NO_PACE;
  for (let i = 0; i < 40; i += 1) state = grant(state, 100, T0 + i * 606, 1, 'campaign').state;
  const now = T0 + 40 * 606;
  expect(grant(state, 100, now, 5, 'reply').slots).toEqual([now, now, now, now, now]);
});

it('stands still while the channel has enough, then goes on', () => {
  const held = hold(NO_PACE, T0 + 30_000);
  expect(grant(held, 100, T0, 1, 'reply')).toMatchObject({ slots: [], retryAt: T0 + 30_000 });
  expect(grant(held, 100, T0 + 30_000, 1, 'reply').slots).toEqual([T0 + 30_000]);
  expect(hold(held, T0).holdUntil).toBe(T0 + 30_000);
});

it('goes on after the clock was put back by an hour', () => {
  let state = NO_PACE;
  for (let i = 0; i < 100; i += 1) state = grant(state, 100, T0 + i * 606, 1, 'campaign').state;
  const now = T0 - 3_600_000;
  expect(grant(hold(state, T0 + 3_600_000), 100, now, 1, 'campaign').slots).toEqual([now]);
});
