import {
  oddAttendance,
  perhapsTheSame,
  stateOf,
  takesPeople,
  whyNotHeld,
  type ClassRecord,
} from '../../../src/classes/class';
import { isNumberDue, isReminderDue, remindAt, toRemind } from '../../../src/classes/class-timers';
import { viewsOf, type ClassView } from '../../../src/classes/class-view';
import { proposalOf, weekDuty } from '../../../src/classes/duty';
import type { SignUp } from '../../../src/classes/seats';

/** What went wrong with classes elsewhere, each by its name. Those that need several people stand in `at-classes.test.ts`, seats in `seats.test.ts`. */

const VILLAGE = '99001-07';
const on = (day: number, time: string): Date => new Date(`2026-03-${day}T${time}:00+07:00`);

function aClass(more: Partial<ClassRecord> = {}): ClassRecord {
  return {
    ...{ id: 'LA', unit: VILLAGE, topic: 'VNeID', place: 'nhà văn hóa', teacher: null },
    ...{ startsAt: on(19, '19:30'), capacity: null, planned: false, announced: true, moved: null },
    ...{ cancelled: null, attended: null, question: null, by: 'zalo:1', at: on(12, '08:00'), version: 1 },
    ...more,
  };
}

const signUp = (user: string, at: Date, live = true): SignUp => ({
  ...{ class: 'LA', user, at, relatives: [], live },
});
function viewOf(record: ClassRecord, people: readonly SignUp[]): ClassView {
  const [view] = viewsOf([record], people);
  if (!view) throw new Error('no class');
  return view;
}

describe('the reminder', () => {
  it('is at 18:00 of the evening before, and not any more two hours before the class', () => {
    expect(remindAt(aClass())).toEqual(on(18, '18:00'));
    expect(
      [on(18, '17:59'), on(18, '18:00'), on(19, '17:29'), on(19, '17:30')].map((now) =>
        isReminderDue(aClass(), now),
      ),
    ).toEqual([false, true, true, false]);
  });

  it('goes to nobody who signed up on that day, called it off, or waits for a seat', () => {
    const people = [
      signUp('early', on(17, '09:00')),
      signUp('gone', on(17, '10:00'), false),
      signUp('waits', on(17, '11:00')),
      signUp('same day', on(18, '09:00')),
    ];
    expect(toRemind(viewOf(aClass({ capacity: 1 }), people), on(18, '18:00'))).toEqual(['early']);
    expect(toRemind(viewOf(aClass(), people), on(18, '18:00'))).toEqual(['early', 'waits']);
  });

  it('is not sent for a class that is only planned', () => {
    expect(isReminderDue(aClass({ planned: true }), on(18, '18:00'))).toBe(false);
  });
});

describe('the number', () => {
  it('is asked for once the class is over, for three days', () => {
    expect(
      [on(19, '21:29'), on(19, '21:30'), on(22, '21:29'), on(22, '21:30')].map((now) =>
        isNumberDue(aClass(), now),
      ),
    ).toEqual([false, true, true, false]);
  });

  it.each`
    people   | adults  | before          | odd                  | why
    ${23}    | ${1500} | ${[20, 25, 30]} | ${null}              | ${'a usual number'}
    ${0}     | ${1500} | ${[]}           | ${'impossible'}      | ${'nobody is no class'}
    ${1501}  | ${1500} | ${[]}           | ${'impossible'}      | ${'more than the adults of the village'}
    ${20001} | ${null} | ${[]}           | ${'impossible'}      | ${'more than any place has'}
    ${151}   | ${1500} | ${[]}           | ${'many'}            | ${'over 150'}
    ${30}    | ${1500} | ${[30, 30, 30]} | ${'always_the_same'} | ${'the same number four times'}
    ${30}    | ${1500} | ${[31, 30, 30]} | ${null}              | ${'three times is chance'}
  `('$people after $before of $adults adults is $odd: $why', ({ people, adults, before, odd }) => {
    expect(oddAttendance(people as number, adults as number | null, before as number[])).toBe(odd);
  });
});

describe('two reports', () => {
  it('of one village and evening within three hours may be one class', () => {
    const told = aClass({ id: 'LB', startsAt: on(19, '17:00') });
    expect(perhapsTheSame([told], VILLAGE, on(19, '19:30'))?.id).toBe('LB');
  });

  it('are two classes of a day where they are farther apart, of other villages, or one was called off', () => {
    const morning = aClass({ startsAt: on(19, '08:00') });
    const elsewhere = aClass({ unit: '99001-12' });
    const off = aClass({ cancelled: { at: on(18, '08:00'), reason: null } });
    expect(perhapsTheSame([morning, elsewhere, off], VILLAGE, on(19, '19:30'))).toBeNull();
  });
});

describe('a class that was not held', () => {
  const late = { at: on(20, '08:00'), reason: 'mất điện' };

  it('has its reason; one that was called off before its time was not missed', () => {
    expect(whyNotHeld(aClass({ cancelled: late }))).toBe('mất điện');
    expect(whyNotHeld(aClass({ cancelled: { at: on(18, '08:00'), reason: 'mưa' } }))).toBeNull();
    expect(whyNotHeld(aClass({ attended: 20 }))).toBeNull();
  });

  it('counts for no week and is offered to no report', () => {
    const records = [aClass({ cancelled: late }), aClass({ id: 'LB', attended: 20 })];
    const inside = { within: () => [], isWithin: () => true };
    expect(weekDuty(records, inside, '99001', '2026-03-20')).toMatchObject({
      sessions: 1,
      visits: 20,
    });
    expect(proposalOf(records, VILLAGE)).toEqual({ sessions: 1, visits: 20 });
    expect(proposalOf(records.slice(0, 1), VILLAGE)).toBeNull();
  });

  it('takes nobody and asks for no number any more', () => {
    const record = aClass({ cancelled: late });
    expect(takesPeople(record, on(19, '20:00'))).toBe(false);
    expect(isNumberDue(record, on(20, '09:00'))).toBe(false);
    expect(stateOf(record, { free: null }, on(20, '09:00'))).toBe('cancelled');
  });
});
