import { dutiesFor, dutyStatus, unitsOwing } from '../../../src/reporting/duties';
import villageMonth from '../../../src/reporting/forms/village-month.form';
import { timesOf } from '../../../src/reporting/deadlines';
import { aTree, calendars, vn } from './builders';

const times = timesOf(villageMonth, calendars, '2026-03');

it.each`
  submitted     | now           | status       | why
  ${null}       | ${'12T08:00'} | ${'open'}    | ${'not due yet'}
  ${null}       | ${'17T17:00'} | ${'open'}    | ${'the last moment'}
  ${null}       | ${'17T17:01'} | ${'overdue'} | ${'due and not there'}
  ${'17T17:00'} | ${'20T08:00'} | ${'done'}    | ${'arrived at the last moment'}
  ${'17T18:20'} | ${'20T08:00'} | ${'late'}    | ${'arrived after it'}
`('submitted $submitted, seen at $now: $status, $why', ({ submitted, now, status }) => {
  expect(dutyStatus(times, submitted && vn(submitted), vn(now))).toBe(status);
});

const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '99001', level: 'commune', parent: '24' },
  { code: '99002', level: 'commune', parent: '24' },
  { code: '99001-01', level: 'village', parent: '99001' },
  { code: '99001-02', level: 'village', parent: '99001', validTo: '2026-03-30' },
  { code: '99001-03', level: 'village', parent: '99001', validFrom: '2026-03-31' },
  { code: '99001-04', level: 'village', parent: '99001', validFrom: '2026-04-01' },
  { code: '99002-01', level: 'village', parent: '99002' },
]);

it.each`
  top           | owing
  ${'24'}       | ${['99001-01', '99001-03', '99002-01']}
  ${'99001'}    | ${['99001-01', '99001-03']}
  ${'99001-01'} | ${['99001-01']}
  ${'99001-02'} | ${[]}
  ${'nowhere'}  | ${[]}
`('$owing owe March under $top: only those there on its last day', ({ top, owing }) => {
  expect(unitsOwing(villageMonth, times, tree, top)).toEqual(owing);
});

it('makes one duty for each unit, with its instants', () => {
  const duties = dutiesFor(
    villageMonth,
    times,
    ['a', 'b'],
    (unit) => ({
      submittedAt: unit === 'a' ? vn('12T08:00') : null,
      lockAt: unit === 'a' ? times.lockAt : vn('19T12:00'),
    }),
    vn('12T09:00'),
  );
  expect(duties).toEqual([
    expect.objectContaining({
      unit: 'a',
      status: 'done',
      submittedAt: vn('12T08:00'),
      form: 'village-month',
    }),
    expect.objectContaining({
      ...{ unit: 'b', status: 'open', submittedAt: null },
      ...{ deadline: vn('17T17:00'), lockAt: vn('19T12:00') },
    }),
  ]);
});
