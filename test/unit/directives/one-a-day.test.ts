import { freeFrom, mayWait } from '../../../src/directives/one-a-day';
import type { MessageStep } from '../../../src/directives/message-conditions';
import { workCalendar } from '../../../src/org/seed/days-off';
import type { OutboxRow } from '../../../src/outbox/outbox-row';
import { vn } from './builders';

const day = { remindAt: 8 * 60, calendar: workCalendar() };
const VILLAGE = { villager: true };
const OFFICE = { villager: false };

function other(id: string, over: Partial<OutboxRow>, step: MessageStep | null = null) {
  const row = {
    id,
    state: 'sent',
    sentAt: null,
    createdAt: vn('17T08:00'),
    notBefore: vn('17T08:00'),
    ...over,
  };
  return { row: row as OutboxRow, step };
}

const REMINDER = 'reminder:last-morning:village-month:2026-03:1-1:zalo:1';

it.each`
  urgency       | step            | waits
  ${'normal'}   | ${'nudge'}      | ${true}
  ${'normal'}   | ${'check'}      | ${true}
  ${'normal'}   | ${'day_before'} | ${true}
  ${'normal'}   | ${'first'}      | ${false}
  ${'normal'}   | ${'deadline'}   | ${false}
  ${'urgent'}   | ${'nudge'}      | ${false}
  ${'critical'} | ${'nudge'}      | ${false}
`('$step of a $urgency order may wait: $waits', ({ urgency, step, waits }) => {
  expect(mayWait(urgency as 'normal', step as MessageStep)).toBe(waits);
});

it.each`
  others                                                                                               | from          | why
  ${[]}                                                                                                | ${null}       | ${'nothing was said that day'}
  ${[other(REMINDER, { sentAt: vn('17T08:00') })]}                                                     | ${'18T08:05'} | ${'the reminder of the day is out'}
  ${[other(REMINDER, { state: 'queued', notBefore: vn('17T19:00') })]}                                 | ${'18T08:05'} | ${'the reminder of the day comes in the evening'}
  ${[other(REMINDER, { state: 'dropped' })]}                                                           | ${null}       | ${'the reminder was not needed'}
  ${[other(REMINDER, { state: 'uncertain' })]}                                                         | ${'18T08:05'} | ${'the reminder has perhaps arrived'}
  ${[other(REMINDER, { sentAt: vn('15T08:00'), createdAt: vn('15T08:00') })]}                          | ${null}       | ${'it was another day'}
  ${[other('asked:e1:0:zalo:1', { sentAt: vn('17T10:00') })]}                                          | ${null}       | ${'the person asked for it'}
  ${[other('directive:D2:1-1:nudge:zalo:1', { sentAt: vn('17T09:00') }, 'nudge')]}                     | ${'18T08:05'} | ${'another order reminded'}
  ${[other('directive:D2:1-1:first:zalo:1', { sentAt: vn('17T09:00') }, 'first')]}                     | ${null}       | ${'another order was news'}
  ${[other('directive:D2:1-1:nudge:zalo:1', { state: 'queued', notBefore: vn('17T14:00') }, 'nudge')]} | ${null}       | ${'of two that wait one goes'}
`('$why: from $from', ({ others, from }: { others: ReturnType<typeof other>[]; from: string | null }) => {
  expect(freeFrom(others, day, VILLAGE, vn('17T14:00'))).toEqual(from === null ? null : vn(from));
});

it('begins after the reminders of the morning, and an office is left alone on its days off', () => {
  expect(freeFrom([], day, VILLAGE, vn('17T07:30'))).toEqual(vn('17T08:05'));
  const friday = [other(REMINDER, { sentAt: vn('20T08:00') })];
  expect(freeFrom(friday, day, VILLAGE, vn('20T14:00'))).toEqual(vn('21T08:05'));
  expect(freeFrom(friday, day, OFFICE, vn('20T14:00'))).toEqual(vn('23T08:05'));
});
