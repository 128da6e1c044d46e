import { z } from 'zod';
import { defineJob } from '../../../src/jobs/define-job';
import { DueJobs, slotOf, type Schedule } from '../../../src/jobs/schedule';

const job = (name: string, schedule: Schedule) =>
  defineJob({ name, schema: z.object({}), attempts: 1, schedule });
const minutely = job('reminders.plan', { every: 60_000 });
const nightly = job('inbox.forget', { dailyAt: '03:40' });
const taken = (due: DueJobs, at: string): string[] => due.take(new Date(at)).map(({ name }) => name);

it.each`
  schedule                | one                       | other                     | same     | why
  ${{ every: 60_000 }}    | ${'2026-03-12T08:00:00Z'} | ${'2026-03-12T08:00:59Z'} | ${true}  | ${'one minute'}
  ${{ every: 60_000 }}    | ${'2026-03-12T07:59:59Z'} | ${'2026-03-12T08:00:00Z'} | ${false} | ${'what is due at eight leaves at eight'}
  ${{ dailyAt: '03:40' }} | ${'2026-03-11T20:40:00Z'} | ${'2026-03-12T20:39:59Z'} | ${true}  | ${'20:40 in London is 03:40 in Bac Ninh'}
  ${{ dailyAt: '03:40' }} | ${'2026-03-11T20:39:59Z'} | ${'2026-03-11T20:40:00Z'} | ${false} | ${'its time of day'}
  ${{ dailyAt: '00:00' }} | ${'2026-03-11T16:59:59Z'} | ${'2026-03-11T17:00:00Z'} | ${false} | ${'a day ends at midnight in Viet Nam'}
`('of $schedule $one and $other are one slot: $same ($why)', ({ schedule, one, other, same }) => {
  const slot = (at: string): number => slotOf(schedule as Schedule, new Date(at));
  expect(slot(one as string) === slot(other as string)).toBe(same);
});

describe('what is due', () => {
  const begun = (at: string): DueJobs => new DueJobs([minutely, nightly], new Date(at));

  it('is nothing at the start, and each once in its time', () => {
    const due = begun('2026-03-12T08:00:20+07:00');
    expect(taken(due, '2026-03-12T08:00:20+07:00')).toEqual([]);
    expect(taken(due, '2026-03-12T08:01:00+07:00')).toEqual(['reminders.plan']);
    expect(taken(due, '2026-03-12T08:01:30+07:00')).toEqual([]);
  });

  it('is once what a moved clock has passed over many times, in the order of the list', () => {
    const due = begun('2026-03-12T08:00:00+07:00');
    expect(taken(due, '2026-04-20T08:00:00+07:00')).toEqual(['reminders.plan', 'inbox.forget']);
    expect(taken(due, '2026-04-20T08:00:01+07:00')).toEqual([]);
  });

  it('goes on after a clock was set back', () => {
    const due = begun('2026-03-12T08:00:00+07:00');
    expect(taken(due, '2026-03-12T07:00:00+07:00')).toEqual(['reminders.plan']);
    expect(taken(due, '2026-03-12T07:01:00+07:00')).toEqual(['reminders.plan']);
  });
});
