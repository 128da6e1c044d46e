import { z } from 'zod';
import { defineJob } from '../../../src/jobs/define-job';
import { WakeBuffer } from '../../../src/jobs/wake-buffer';
import type { Wake } from '../../../src/jobs/wake-buffer';

const definition = defineJob({ name: 'inbox.handle', schema: z.object({}), attempts: 1 });
const wake = (about: string, delayMs = 0): Wake => ({ definition, payload: {}, about, delayMs });
const abouts = (wakes: Wake[]): string[] => wakes.map((entry) => entry.about);

it('keeps one of many equal wake-ups, in the order of the first', () => {
  const buffer = new WakeBuffer(10);
  for (const about of ['lan', 'minh', 'lan', 'lan']) buffer.add(wake(about));
  expect(abouts(buffer.take(10))).toEqual(['lan', 'minh']);
  expect(buffer.size).toBe(0);
});

it('does not let a delayed wake-up stand in for one that is due now', () => {
  const buffer = new WakeBuffer(10);
  buffer.add(wake('lan', 60_000));
  buffer.add(wake('lan'));
  expect(buffer.size).toBe(2);
});

it('keeps the sooner of two delayed ones', () => {
  const buffer = new WakeBuffer(10);
  for (const delay of [2_000, 1_000, 3_000]) buffer.add(wake('lan', delay));
  expect(buffer.take(10).map((entry) => entry.delayMs)).toEqual([1_000]);
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

it('hands out no more than asked for', () => {
  const buffer = new WakeBuffer(10);
  for (const about of ['a', 'b', 'c']) buffer.add(wake(about));
  expect(abouts(buffer.take(2))).toEqual(['a', 'b']);
  expect(abouts(buffer.take(2))).toEqual(['c']);
});
