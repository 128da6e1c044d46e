import { z } from 'zod';
import { defineJob } from '../../../src/jobs/define-job';
import { toWake, WakeBuffer } from '../../../src/jobs/wake-buffer';
import type { Wake } from '../../../src/jobs/wake-buffer';

const definition = defineJob({
  name: 'inbox.handle',
  schema: z.object({ user: z.string().optional() }),
  attempts: 1,
});
const wake = (user: string): Wake => toWake(definition, { user });
const users = (wakes: Wake[]): unknown[] => wakes.map(({ payload }) => (payload as { user: string }).user);

it('keeps one of many equal wake-ups, in the order of the first', () => {
  const buffer = new WakeBuffer(10);
  for (const user of ['lan', 'minh', 'lan', 'lan']) buffer.add(wake(user));
  expect(users(buffer.take(10))).toEqual(['lan', 'minh']);
  expect(buffer.size).toBe(0);
});

it('goes by the given id where there is one, else by what the job carries', () => {
  const buffer = new WakeBuffer(10);
  buffer.add(toWake(definition, { user: 'lan' }, { dedupeId: 'zalo:1' }));
  buffer.add(toWake(definition, { user: 'minh' }, { dedupeId: 'zalo:1' }));
  buffer.add(toWake(definition, { user: 'lan' }));
  expect(users(buffer.take(10))).toEqual(['lan', 'lan']);
});

it('never holds more than its limit, and tells once how many it dropped', () => {
  const buffer = new WakeBuffer(3);
  const taken = Array.from({ length: 100_000 }, (_, n) => buffer.add(wake(`user ${n}`)));
  expect(taken.filter(Boolean)).toHaveLength(3);
  expect(buffer.size).toBe(3);
  expect(buffer.add(wake('user 0'))).toBe(true);
  expect(buffer.takeDropped()).toBe(99_997);
  expect(buffer.takeDropped()).toBe(0);
});

it('hands out no more than asked for, and leaves what may not go yet', () => {
  const buffer = new WakeBuffer(10);
  for (const user of ['a', 'b', 'c', 'd']) buffer.add(wake(user));
  const notB = ({ payload }: Wake): boolean => (payload as { user: string }).user !== 'b';
  expect(users(buffer.take(2, notB))).toEqual(['a', 'c']);
  expect(users(buffer.take(9))).toEqual(['b', 'd']);
});

it('refuses what is no JSON', () => {
  const round: { self?: unknown } = {};
  round.self = round;
  expect(() => toWake(definition, round)).toThrow(/circular/);
  expect(() => toWake(definition, undefined)).toThrow(/JSON/);
});
