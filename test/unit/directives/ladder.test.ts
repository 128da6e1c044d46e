import { endAt, firstAt, LADDER, stepsAhead, stepsNow, villagesAt } from '../../../src/directives/ladder';
import type { Recipient, Urgency } from '../../../src/directives/directive';
import { WorkCalendar } from '../../../src/kernel/work-calendar';
import { aDirective, aRecipient, given, vn } from './builders';

/** When an office hears again. 16 March 2026 is a Monday; the 26th is made a holiday here. */

const calendar = new WorkCalendar({ off: new Set(['2026-03-26']), worked: new Set() });
const times = (urgency: Urgency = 'normal', deadline = '31T17:00') =>
  aDirective({ urgency, deadline: vn(deadline) });

const next = (urgency: Urgency, facts: Partial<Recipient>, deadline?: string) =>
  stepsAhead(calendar, times(urgency, deadline), aRecipient(facts))[0];

it.each`
  urgency       | sent          | nudge
  ${'normal'}   | ${'16T08:00'} | ${'17T08:00'}
  ${'normal'}   | ${'20T16:00'} | ${'23T16:00'}
  ${'normal'}   | ${'25T10:00'} | ${'27T10:00'}
  ${'urgent'}   | ${'16T08:00'} | ${'16T10:00'}
  ${'urgent'}   | ${'16T10:30'} | ${'16T14:30'}
  ${'urgent'}   | ${'20T16:50'} | ${'23T09:20'}
  ${'critical'} | ${'20T23:50'} | ${'21T00:10'}
`(
  'network 1.5 case 13: $urgency sent $sent is nudged $nudge',
  ({ urgency, sent, nudge }: Record<string, string>) => {
    const found = next(urgency as Urgency, { steps: { first: vn(sent as string) } });
    expect(found).toEqual({ step: 'nudge', at: vn(nudge as string) });
  },
);

it('each rung counts from when the one before was really sent', () => {
  const steps = { first: vn('16T08:00'), nudge: vn('18T07:30') };
  expect(next('normal', { steps })).toEqual({ step: 'officer', at: vn('18T17:00') });
  const listed = { ...steps, officer: vn('19T08:00') };
  expect(next('normal', { steps: listed })).toEqual({ step: 'province', at: vn('20T08:00') });
  expect(next('normal', { steps: { ...listed, province: vn('20T08:00') } })).toEqual({
    step: 'day_before',
    at: vn('30T17:00'),
  });
});

it('in all, an urgent one is with the province after a working day, a critical one after two hours', () => {
  for (const [urgency, ms] of [
    ['urgent', 7.5],
    ['critical', 2],
    ['normal', 22.5],
  ] as const) {
    const { nudge, officer, province } = LADDER[urgency];
    expect((nudge + officer + province) / 3_600_000).toBe(ms);
  }
});

it.each(['done', 'not_mine', 'stuck'] as const)('who said «%s» is left in peace', (answer) => {
  expect(
    next('normal', { answer, answers: [given({ answer })], steps: { first: vn('16T08:00') } }),
  ).toBeUndefined();
});

it('«đến đâu rồi?» comes half-way to the deadline, never within a day of it, and as the person wishes', () => {
  const taken = {
    answer: 'acknowledged' as const,
    answers: [given({ at: vn('16T08:00') })],
    steps: { first: vn('16T08:00') },
  };
  expect(next('normal', taken, '20T08:00')).toEqual({ step: 'check', at: vn('18T08:00') });
  expect(next('normal', taken, '17T07:00')?.step).toBe('day_before');
  expect(next('normal', { ...taken, askAt: vn('17T08:00') })).toEqual({ step: 'check', at: vn('17T08:00') });
  expect(next('normal', { ...taken, quiet: true })).toEqual({ step: 'day_before', at: vn('30T17:00') });
  expect(next('critical', taken)).toEqual({ step: 'check', at: vn('16T12:00') });
});

it('a deadline that was moved earlier fires no heap: one step is taken, the others are passed', () => {
  const facts = aRecipient({ steps: { first: vn('16T08:00') } });
  const now = stepsNow(calendar, times('normal', '18T17:00'), facts, vn('18T16:00'));
  expect([now.take?.step, now.passed]).toEqual(['hours_before', ['nudge', 'day_before']]);
  const over = stepsNow(calendar, times('normal', '17T17:00'), facts, vn('18T16:00'));
  expect([over.take?.step, over.passed]).toEqual(['nudge', ['day_before', 'hours_before']]);
});

it('moved later, what is still to come moves with it', () => {
  const facts = {
    answer: 'doing' as const,
    answers: [given()],
    quiet: true,
    steps: { first: vn('16T08:00') },
  };
  expect(next('normal', facts, '20T17:00')?.at).toEqual(vn('19T17:00'));
  expect(next('normal', facts, '31T17:00')?.at).toEqual(vn('30T17:00'));
});

it.each`
  urgency       | at            | leaves
  ${'normal'}   | ${'16T20:00'} | ${'16T20:00'}
  ${'normal'}   | ${'26T09:00'} | ${'27T07:30'}
  ${'urgent'}   | ${'16T20:00'} | ${'17T07:30'}
  ${'urgent'}   | ${'21T09:00'} | ${'23T07:30'}
  ${'critical'} | ${'26T02:00'} | ${'26T02:00'}
`('$urgency issued $at leaves from $leaves', ({ urgency, at, leaves }: Record<string, string>) => {
  expect(firstAt(calendar, urgency as Urgency, vn(at as string))).toEqual(vn(leaves as string));
});

it('villages wait four working hours for their commune; the end comes some working days after the deadline', () => {
  expect(villagesAt(calendar, vn('20T16:00'))).toEqual(vn('23T10:30'));
  expect(endAt(calendar, times('normal', '20T17:00'))).toEqual(vn('30T17:00'));
  expect(endAt(calendar, times('critical', '20T17:00'))).toEqual(vn('23T17:00'));
});

it.each`
  urgency       | every | said          | check         | why
  ${'normal'}   | ${48} | ${'17T09:00'} | ${'19T09:00'} | ${'two days by the calendar'}
  ${'normal'}   | ${24} | ${'20T09:00'} | ${'23T07:30'} | ${'into the next working time'}
  ${'urgent'}   | ${4}  | ${'17T16:00'} | ${'18T10:30'} | ${'hours of work'}
  ${'critical'} | ${2}  | ${'17T23:00'} | ${'18T01:00'} | ${'the clock'}
  ${'normal'}   | ${0}  | ${'17T09:00'} | ${null}       | ${'never'}
`(
  '$urgency, every $every hours after $said: $check ($why)',
  (row: Record<string, string | number | null>) => {
    const { urgency, every, said, check } = row;
    const at = vn(said as string);
    const facts = {
      answer: 'doing' as const,
      answers: [given({ answer: 'doing', at })],
      steps: { first: at },
    };
    const order = { ...times(urgency as Urgency), checkEvery: every as number };
    const found = stepsAhead(calendar, order, aRecipient(facts)).find(({ step }) => step === 'check');
    expect(found?.at ?? null).toEqual(check === null ? null : vn(check as string));
    // The person’s own wish comes before it.
    const wished = aRecipient({ ...facts, askAt: vn('24T08:00') });
    expect(stepsAhead(calendar, order, wished).find(({ step }) => step === 'check')?.at).toEqual(
      vn('24T08:00'),
    );
  },
);
