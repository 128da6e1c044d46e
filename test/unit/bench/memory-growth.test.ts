import { GROWTH_LIMIT_MB, growthMb, memoryFaults, wasSwept } from '../../../scripts/bench/memory-growth';

const MB = 1024 * 1024;
/** A heap that climbs by 5 MB a second from what is held, and is swept every 20 seconds. */
const climbing = (held: (second: number) => number, from = 0): number[] =>
  Array.from({ length: 60 }, (_none, i) => (held(i) + 5 * ((i + from) % 20)) * MB);

it.each([0, 5, 10, 19])(
  'is nothing where the same is left after each sweep (beginning %i s into one)',
  (from) => {
    expect(growthMb(climbing(() => 80, from))).toBe(0);
  },
);

it('is what is left more after the last sweep than after the first, however high the heap stood between', () => {
  expect(growthMb(climbing((second) => 80 + second))).toBe(20);
});

it('compares a single sweep with the beginning', () => {
  const [one, leaking] = [80, 160].map((left) => [90, 150, 240, left, left + 10].map((mb) => mb * MB));
  expect([growthMb(one ?? []), growthMb(leaking ?? [])]).toEqual([0, 70]);
});

it('has a limit that fails: what keeps 40 kB of each of 3,000 questions is over it, and so is what nobody can say', () => {
  expect(memoryFaults([growthMb(climbing(() => 80)), GROWTH_LIMIT_MB])).toEqual([]);
  const leaking = climbing((second) => 80 + (second / 60) * ((3_000 * 40) / 1024));
  expect(memoryFaults([growthMb(leaking)])).toHaveLength(1);
  const never = Array.from({ length: 60 }, (_none, i) => (80 + i) * MB);
  expect([wasSwept(never), growthMb(never)]).toEqual([false, null]);
  expect(memoryFaults([null])).toHaveLength(1);
});
