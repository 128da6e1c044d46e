import { nextDay } from '../../../src/kernel/work-calendar';
import fc from 'fast-check';
import { covers, mergeSpan, type SaidOfUnit } from '../../../src/org/spans';
import { holdsOn } from '../../../src/org/units';
import type { UnitSpan } from '../../../src/org/unit';

function said(over: Partial<SaidOfUnit> = {}): SaidOfUnit {
  return {
    name: 'Yên Phong',
    kind: 'xã',
    parent: '24',
    validFrom: null,
    validTo: null,
    adults: null,
    households: null,
    population: null,
    ...over,
  };
}
function span(over: Partial<UnitSpan> = {}): UnitSpan {
  return { ...said(), validFrom: '2025-07-01', ...over };
}
const open = [span({ population: 100 })];
const two = [
  span({ validTo: '2026-09-19', population: 100 }),
  span({ validFrom: '2026-09-20', kind: 'phường', population: 100 }),
];
const BEGINS = '2025-07-01';
/** First day, last day, kind, population of each span; or the reason. */
function told(spans: readonly UnitSpan[], row: SaidOfUnit): unknown {
  const merged = mergeSpan(spans, row, BEGINS);
  if ('reason' in merged) return merged.reason;
  if (!merged.changed) return 'unchanged';
  return merged.spans.map((s) => [s.validFrom, s.validTo, s.kind, s.population]);
}

it('keeps what follows a unit with its end, and drops it when the unit goes on', () => {
  const end = said({ validFrom: '2025-07-01', validTo: '2026-03-31', mergedInto: ['A', 'B'] });
  const ended = mergeSpan(open, end, BEGINS);
  if ('reason' in ended) throw new Error(ended.reason);
  expect(ended.spans.at(-1)).toMatchObject({ validTo: '2026-03-31', mergedInto: ['A', 'B'] });
  expect(mergeSpan(ended.spans, end, BEGINS)).toEqual({ spans: ended.spans, changed: false });
  const again = mergeSpan(ended.spans, said({ validFrom: '2026-05-01' }), BEGINS);
  if ('reason' in again) throw new Error(again.reason);
  expect(again.spans.map((s) => s.mergedInto)).toEqual([undefined, undefined]);
});

it.each`
  why                                    | spans                                | row                                                                  | outcome
  ${'new, no day said'}                  | ${[]}                                | ${{}}                                                                | ${[['2025-07-01', null, 'xã', null]]}
  ${'new, from a day'}                   | ${[]}                                | ${{ validFrom: '2026-01-01', validTo: '2026-12-31' }}                | ${[['2026-01-01', '2026-12-31', 'xã', null]]}
  ${'new, ends before it begins'}        | ${[]}                                | ${{ validFrom: '2026-01-01', validTo: '2025-12-31' }}                | ${'ends_before_begin'}
  ${'the same again'}                    | ${open}                              | ${{}}                                                                | ${'unchanged'}
  ${'the same with its day'}             | ${open}                              | ${{ validFrom: '2025-07-01', population: 100 }}                      | ${'unchanged'}
  ${'the same from a later day'}         | ${open}                              | ${{ validFrom: '2026-01-01' }}                                       | ${'unchanged'}
  ${'a number corrected'}                | ${open}                              | ${{ population: 120 }}                                               | ${[['2025-07-01', null, 'xã', 120]]}
  ${'another kind from a later day'}     | ${open}                              | ${{ validFrom: '2026-09-20', kind: 'phường' }}                       | ${[['2025-07-01', '2026-09-19', 'xã', 100], ['2026-09-20', null, 'phường', 100]]}
  ${'an end'}                            | ${open}                              | ${{ validFrom: '2025-07-01', validTo: '2026-05-31' }}                | ${[['2025-07-01', '2026-05-31', 'xã', 100]]}
  ${'an end, said from a later day'}     | ${open}                              | ${{ validFrom: '2026-01-01', validTo: '2026-05-31' }}                | ${[['2025-07-01', '2026-05-31', 'xã', 100]]}
  ${'an earlier first day'}              | ${open}                              | ${{ validFrom: '2025-01-01' }}                                       | ${[['2025-01-01', null, 'xã', 100]]}
  ${'something else before'}             | ${open}                              | ${{ validFrom: '2025-01-01', kind: 'thị trấn' }}                     | ${[['2025-01-01', '2025-06-30', 'thị trấn', 100], ['2025-07-01', null, 'xã', 100]]}
  ${'one of two, no day, matching'}      | ${two}                               | ${{}}                                                                | ${'unchanged'}
  ${'one of two, no day, matching none'} | ${two}                               | ${{ population: 5 }}                                                 | ${'which_span'}
  ${'a cut in the first of two'}         | ${two}                               | ${{ validFrom: '2026-01-01', population: 7 }}                        | ${[['2025-07-01', '2025-12-31', 'xã', 100], ['2026-01-01', '2026-09-19', 'xã', 7], ['2026-09-20', null, 'phường', 100]]}
  ${'a cut that ends too early'}         | ${two}                               | ${{ validFrom: '2026-01-01', validTo: '2026-02-01', population: 7 }} | ${'gap'}
  ${'an end over the next'}              | ${two}                               | ${{ validFrom: '2025-07-01', validTo: '2026-12-31' }}                | ${'overlap'}
  ${'an end before the next'}            | ${two}                               | ${{ validFrom: '2025-07-01', validTo: '2026-01-31' }}                | ${'gap'}
  ${'again after an end'}                | ${[span({ validTo: '2025-12-31' })]} | ${{ validFrom: '2026-03-01' }}                                       | ${[['2025-07-01', '2025-12-31', 'xã', null], ['2026-03-01', null, 'xã', null]]}
`('$why', ({ spans, row, outcome }) => {
  expect(told(spans, said(row))).toEqual(outcome);
});

const day = fc.integer({ min: 0, max: 60 }).map((n) => nextDay('2026-01-01', n));
const DAYS = Array.from({ length: 63 }, (_, i) => nextDay('2026-01-01', i - 1));
const row = fc.record({
  validFrom: fc.option(day),
  validTo: fc.option(day),
  kind: fc.constantFrom('xã', 'phường'),
  population: fc.option(fc.integer({ min: 1, max: 3 })),
});

it('whatever rows come: spans stay in order and apart, and a row merged twice changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      let spans: readonly UnitSpan[] = [];
      for (const entry of rows) {
        const merged = mergeSpan(spans, said(entry), BEGINS);
        if ('reason' in merged) continue;
        spans = merged.spans;
        // One comparison a row: the matcher of jest would take most of the time.
        expect(DAYS.filter((d) => spans.filter((s) => holdsOn(s, d)).length > 1)).toEqual([]);
        expect([...spans].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))).toEqual(spans);
        const again = mergeSpan(spans, said(entry), BEGINS);
        expect(again).toEqual({ spans, changed: false });
      }
    }),
    { numRuns: 150 },
  );
});

it('a change from a day leaves every earlier day as it was', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('phường', 'thị trấn'), (from, kind) => {
      const merged = mergeSpan(open, said({ validFrom: from, kind }), BEGINS);
      if ('reason' in merged) throw new Error(merged.reason);
      const kindOn = (d: string) => merged.spans.find((s) => holdsOn(s, d))?.kind;
      expect(kindOn(nextDay(from, -1))).toBe('xã');
      expect(kindOn(from)).toBe(kind);
      expect(kindOn('2030-01-01')).toBe(kind);
    }),
  );
});

it.each`
  spans              | from            | to              | covered
  ${open}            | ${'2025-07-01'} | ${null}         | ${true}
  ${open}            | ${'2025-06-30'} | ${null}         | ${false}
  ${two}             | ${'2026-01-01'} | ${null}         | ${true}
  ${two.slice(0, 1)} | ${'2026-01-01'} | ${null}         | ${false}
  ${two.slice(0, 1)} | ${'2026-01-01'} | ${'2026-09-19'} | ${true}
  ${two.slice(0, 1)} | ${'2026-01-01'} | ${'2026-09-20'} | ${false}
  ${[]}              | ${'2026-01-01'} | ${'2026-09-20'} | ${false}
`('covers $from … $to: $covered', ({ spans, from, to, covered }) => {
  expect(covers(spans, from, to)).toBe(covered);
});
