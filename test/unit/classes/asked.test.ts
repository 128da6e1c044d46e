import {
  countAsked,
  proposedAt,
  proposedStart,
  worthAClass,
  type AskedRow,
} from '../../../src/classes/asked';
import { WorkCalendar } from '../../../src/kernel/work-calendar';

const row = (commune: string | null, topic: string): AskedRow => ({
  week: '2026-W11',
  topic,
  commune,
  agreed: false,
  words: null,
});
const many = (n: number, commune: string | null, topic: string): AskedRow[] =>
  Array.from({ length: n }, () => row(commune, topic));

const work = new WorkCalendar({ off: new Set(['2026-04-30', '2026-05-01']), worked: new Set() });

it('counts by commune, and nobody whose commune is not known', () => {
  expect(countAsked([...many(2, 'a', 'x'), ...many(3, 'a', 'y'), ...many(4, null, 'x')])).toEqual([
    { commune: 'a', topic: 'y', people: 3, words: [] },
    { commune: 'a', topic: 'x', people: 2, words: [] },
  ]);
});

it('proposes the question most were stuck at, once for each commune, and no class about nothing', () => {
  const counts = countAsked([
    ...many(9, 'a', 'other'),
    ...many(4, 'a', 'x'),
    ...many(3, 'a', 'y'),
    ...many(2, 'b', 'x'),
  ]);
  expect(worthAClass(counts)).toEqual([{ commune: 'a', topic: 'x', people: 4, words: [] }]);
});

it.each`
  now                            | told                           | start
  ${'2026-03-23T08:00:00+07:00'} | ${'2026-03-23T08:00:00+07:00'} | ${'2026-03-26T19:30:00+07:00'}
  ${'2026-03-29T23:30:00+07:00'} | ${'2026-03-23T08:00:00+07:00'} | ${'2026-03-26T19:30:00+07:00'}
  ${'2026-04-27T09:00:00+07:00'} | ${'2026-04-27T08:00:00+07:00'} | ${'2026-05-02T19:30:00+07:00'}
`('at $now it is told at $told, for $start', ({ now, told, start }: Record<string, string>) => {
  const at = new Date(now as string);
  expect(proposedAt(work, at)).toEqual(new Date(told as string));
  expect(proposedStart(work, at)).toEqual(new Date(start as string));
});
