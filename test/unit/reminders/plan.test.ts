import * as fc from 'fast-check';
import { DAY, HOUR, vnDay } from '../../../src/kernel/vn-time';
import { occasionsAfter, planReminders, ruleAt, type RemindedDuty } from '../../../src/reminders/plan';
import { dueAt, REMINDER_RULES } from '../../../src/reminders/rules';
import { aDuty, theSettings, vn } from './builders';

const ids = (duties: readonly RemindedDuty[], since: Date, now: Date, settings = theSettings()): string[] =>
  planReminders(duties, settings, since, now).map(({ id }) => id);

it.each`
  since                 | now                   | rules                   | why
  ${'2026-03-10T07:00'} | ${'2026-03-10T07:59'} | ${[]}                   | ${'it has not opened'}
  ${'2026-03-10T07:59'} | ${'2026-03-10T08:00'} | ${['opening']}          | ${'it opens'}
  ${'2026-03-10T08:00'} | ${'2026-03-10T09:00'} | ${[]}                   | ${'it was planned already'}
  ${'2026-03-11T08:00'} | ${'2026-03-12T08:00'} | ${['five-days-before']} | ${'nothing was begun'}
  ${'2026-03-12T08:00'} | ${'2026-03-15T07:59'} | ${[]}                   | ${'half-way is quiet'}
  ${'2026-03-15T07:00'} | ${'2026-03-15T08:00'} | ${['two-days-before']}  | ${'two days are left'}
  ${'2026-03-17T07:00'} | ${'2026-03-17T08:00'} | ${['last-morning']}     | ${'the day itself'}
  ${'2026-03-17T16:00'} | ${'2026-03-18T07:59'} | ${[]}                   | ${'the evening is quiet'}
  ${'2026-03-17T16:00'} | ${'2026-03-18T08:00'} | ${['day-after']}        | ${'it is still taken until the lock'}
  ${'2026-03-18T09:00'} | ${'2026-03-19T08:00'} | ${[]}                   | ${'after the lock nothing more'}
  ${'2026-03-15T07:00'} | ${'2026-03-16T07:59'} | ${['two-days-before']}  | ${'an outage of a day is made good'}
  ${'2026-03-15T07:00'} | ${'2026-03-16T08:00'} | ${[]}                   | ${'a longer one is not'}
  ${'2026-03-01T00:00'} | ${'2026-03-17T08:00'} | ${['last-morning']}     | ${'after days only what is new'}
`(
  'from $since to $now: $rules, $why',
  ({ since, now, rules }: { since: string; now: string; rules: string[] }) => {
    expect(ids([aDuty()], vn(since), vn(now))).toEqual(
      rules.map((rule) => `reminder:${rule}:village-month:2026-03:V1:zalo:1`),
    );
  },
);

it('moves what falls into the quiet hours to their end, and leaves out what would then come too late', () => {
  const noon = theSettings({ REMIND_AT: { hour: 12, minute: 10 } });
  const [reminder] = planReminders([aDuty()], noon, vn('2026-03-15T12:00'), vn('2026-03-15T13:30'));
  expect(reminder).toMatchObject({ at: vn('2026-03-15T13:30'), notBefore: vn('2026-03-15T13:30') });
  expect(ids([aDuty()], vn('2026-03-15T12:00'), vn('2026-03-15T13:29'), noon)).toEqual([]);
  const early = aDuty({ deadline: vn('2026-03-17T13:00') });
  expect(ids([early], vn('2026-03-17T12:00'), vn('2026-03-17T14:00'), noon)).toEqual([]);
  const night = aDuty({ opensAt: vn('2026-03-09T23:00') });
  expect(planReminders([night], theSettings(), vn('2026-03-09T22:00'), vn('2026-03-10T07:00'))).toMatchObject(
    [{ at: vn('2026-03-10T06:30') }],
  );
});

it('says nothing to those who have sent, and waits while a draft is being worked on', () => {
  const window = [vn('2026-03-17T07:00'), vn('2026-03-17T08:00')] as const;
  expect(ids([aDuty({ owed: false })], ...window)).toEqual([]);
  const touched = aDuty({ touchedAt: vn('2026-03-17T07:50') });
  expect(planReminders([touched], theSettings(), ...window)).toMatchObject([
    { at: vn('2026-03-17T08:00'), notBefore: vn('2026-03-17T08:20') },
  ]);
});

it('makes one message of everything a person owes that day, and names it the same once a part is sent', () => {
  const duties = [aDuty({ unit: 'V2' }), aDuty({ unit: 'V1' }), aDuty({ unit: 'V9', user: 'zalo:2' })];
  const window = [vn('2026-03-15T07:00'), vn('2026-03-15T08:00')] as const;
  const planned = planReminders(duties, theSettings(), ...window);
  expect(planned.map(({ user, items }) => [user, items.map(({ duty }) => duty.unit)])).toEqual([
    ['zalo:1', ['V1', 'V2']],
    ['zalo:2', ['V9']],
  ]);
  const partly = duties.map((duty) => (duty.unit === 'V1' ? { ...duty, owed: false } : duty));
  expect(ids(partly, ...window)).toEqual(planned.map(({ id }) => id));
});

it('gives a reminder until the evening of its day, and never past the deadline', () => {
  const [two] = planReminders([aDuty()], theSettings(), vn('2026-03-15T07:00'), vn('2026-03-15T08:00'));
  expect(two?.expiresAt).toEqual(vn('2026-03-16T00:00'));
  const [last] = planReminders([aDuty()], theSettings(), vn('2026-03-17T07:00'), vn('2026-03-17T08:00'));
  expect(last?.expiresAt).toEqual(vn('2026-03-17T17:00'));
});

it('knows which rule speaks, and leaves out those that make no sense', () => {
  expect(ruleAt(aDuty(), theSettings(), vn('2026-03-10T07:59'))).toBeNull();
  expect(ruleAt(aDuty(), theSettings(), vn('2026-03-12T07:00'))?.id).toBe('opening');
  expect(ruleAt(aDuty(), theSettings(), vn('2026-03-17T08:00'))?.id).toBe('last-morning');
  const short = { opensAt: vn('2026-03-16T08:00'), deadline: vn('2026-03-17T07:00') };
  const { calendar } = theSettings();
  for (const id of ['five-days-before', 'two-days-before', 'last-morning']) {
    const rule = REMINDER_RULES.find((one) => one.id === id);
    expect(rule && dueAt(rule, { ...aDuty(), ...short }, { hour: 8, minute: 0 }, calendar)).toBeNull();
  }
});

/** Every instant at which a duty is spoken of, as «10T08:00 rule». */
const spoken = (duty: RemindedDuty): string[] =>
  REMINDER_RULES.flatMap((rule) => {
    const at = dueAt(rule, duty, { hour: 8, minute: 0 }, theSettings().calendar);
    return at ? [`${new Date(at.getTime() + 7 * HOUR).toISOString().slice(5, 16)} ${rule.id}`] : [];
  });

it('leaves offices alone on Saturdays and Sundays, and everybody on holidays and in Tết', () => {
  const commune = aDuty({
    ...{ form: 'commune-month', weekends: false, opensAt: vn('2026-05-10T08:00') },
    ...{ deadline: vn('2026-05-19T17:00'), lockAt: vn('2026-05-22T17:00') },
  });
  // 10 May is a Sunday, 14 a Thursday, 17 a Sunday.
  expect(spoken(commune)).toEqual([
    '05-11T08:00 opening',
    '05-14T08:00 five-days-before',
    '05-15T08:00 two-days-before',
    '05-19T08:00 last-morning',
    '05-20T08:00 day-after',
  ]);
  expect(spoken({ ...commune, weekends: true })).toContain('05-17T08:00 two-days-before');
  // Tết 2026 is 14 to 22 February.
  const tet = aDuty({
    ...{ opensAt: vn('2026-02-10T08:00'), deadline: vn('2026-02-24T17:00'), lockAt: vn('2026-02-25T17:00') },
  });
  expect(spoken(tet)).toEqual([
    '02-10T08:00 opening',
    '02-13T08:00 five-days-before',
    '02-13T08:00 two-days-before',
    '02-24T08:00 last-morning',
    '02-25T08:00 day-after',
  ]);
});

it('waits for the hour at which the person usually writes, but not on the last morning', () => {
  const at = (since: string, now: string, hour: number, over: Partial<RemindedDuty> = {}): Date | undefined =>
    planReminders([aDuty(over)], theSettings(), vn(since), vn(now), () => hour)[0]?.notBefore;
  const two = ['2026-03-15T07:00', '2026-03-15T08:00'] as const;
  expect(at(...two, 19)).toEqual(vn('2026-03-15T19:00'));
  expect(at(...two, 12)).toEqual(vn('2026-03-15T13:30'));
  // Never earlier than planned, never at night, offices only in their hours.
  for (const hour of [6, 8, 21, 23]) expect(at(...two, hour)).toEqual(vn('2026-03-15T08:00'));
  const office = { weekends: false, deadline: vn('2026-03-18T17:00') };
  const day = ['2026-03-16T07:00', '2026-03-16T08:00'] as const;
  expect(at(...day, 19, office)).toEqual(vn('2026-03-16T08:00'));
  expect(at(...day, 15, office)).toEqual(vn('2026-03-16T15:00'));
  expect(at('2026-03-17T07:00', '2026-03-17T08:00', 10)).toEqual(vn('2026-03-17T08:00'));
});

it('speaks of the missing beginning only while nothing was begun', () => {
  const window = [vn('2026-03-12T07:00'), vn('2026-03-12T08:00')] as const;
  expect(ids([aDuty({ touchedAt: vn('2026-03-11T08:00') })], ...window)).toEqual([]);
  expect(ids([aDuty()], ...window)).toHaveLength(1);
});

describe('whatever the calendars and the people', () => {
  const duties = fc
    .array(
      fc.record({
        unit: fc.constantFrom('V1', 'V2', 'V3', 'V4'),
        user: fc.constantFrom('zalo:1', 'zalo:2'),
        period: fc.constantFrom('2026-03', '2026-04'),
        owed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((list) =>
      list.map(({ period, ...rest }) =>
        aDuty({
          ...rest,
          period,
          opensAt: vn(`${period}-10T08:00`),
          deadline: vn(period === '2026-03' ? '2026-03-17T17:00' : '2026-04-16T17:00'),
        }),
      ),
    );
  const STEP = 5 * HOUR;
  const remindAt = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 10, 59) });
  const from = vn('2026-03-01T00:00');
  const steps = fc.array(fc.integer({ min: 1, max: 24 * 60 }), { minLength: 60, maxLength: 80 });

  it('cuts of time plan the same ids, each once, a person at most one a day and nothing in quiet hours', () => {
    fc.assert(
      fc.property(duties, remindAt, steps, (list, REMIND_AT, minutes) => {
        const settings = theSettings({ REMIND_AT });
        const end = from.getTime() + 31 * DAY;
        const run = (cuts: number[]): { id: string; day: string; user: string }[] => {
          const found: { id: string; day: string; user: string }[] = [];
          let since = from;
          for (const cut of [...cuts, end]) {
            const now = new Date(Math.min(cut, end));
            for (const planned of planReminders(list, settings, since, now))
              found.push({ id: planned.id, day: vnDay(planned.at), user: planned.user });
            since = now;
          }
          return found;
        };
        let at = from.getTime();
        const cut = run([...minutes.map((each) => (at += each * 60_000)), ...stepsFrom(at, end)]);
        const evenly = run(stepsFrom(from.getTime(), end));
        expect(cut.map(({ id }) => id).sort()).toEqual(evenly.map(({ id }) => id).sort());
        expect(new Set(cut.map(({ id }) => id)).size).toBe(cut.length);
        expect(new Set(cut.map(({ day, user }) => `${day} ${user}`)).size).toBe(cut.length);
      }),
      { numRuns: 12 },
    );
  });

  it('the next occasion is where the next reminder falls due', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 * 24 }), (hours) => {
        const after = new Date(from.getTime() + hours * HOUR);
        const [next] = occasionsAfter([aDuty()], theSettings(), after);
        if (!next) return after >= vn('2026-03-17T08:00');
        const before = new Date(next.getTime() - 1);
        return (
          ids([aDuty()], before, next).length === 1 &&
          ids([aDuty()], new Date(Math.max(after.getTime(), next.getTime() - DAY)), before).length === 0
        );
      }),
    );
  });

  function stepsFrom(begin: number, end: number): number[] {
    return Array.from(
      { length: Math.max(0, Math.floor((end - begin) / STEP)) },
      (_, i) => begin + (i + 1) * STEP,
    );
  }
});
