import { isWithHuman, newThread, type Thread, type ThreadLine } from '../../../src/handover/thread';
import {
  addTopic,
  answeredByHand,
  answerThread,
  callBot,
  close,
  giveBack,
  handOn,
  hear,
  rate,
  reopen,
  take,
} from '../../../src/handover/thread-acts';
import { nextStep, threadTimes } from '../../../src/handover/thread-times';
import { workCalendar } from '../../../src/org/seed/days-off';

const times = threadTimes(workCalendar(), { promiseMinutes: 60, silenceMinutes: 30 });
const HANH = { office: 'o-hanh', user: 'zalo:hanh' };
const LAN = { office: 'o-lan', user: 'zalo:lan' };
/** An hour of a day in March 2026 in Viet Nam; the 13th is a Friday. */
const on = (day: number, time: string) => new Date(`2026-03-${day}T${time}:00+07:00`);
const at = (time: string) => on(13, time);

function aThread(opened = at('09:00'), promised = true): Thread {
  const given = { id: 't1', kind: 'citizen', unit: '99001', desk: '99001', by: 'zalo:1' } as const;
  return newThread({ ...given, topic: 'không nhận được mã', at: opened, promised }, times);
}

function line(from: ThreadLine['from'], when: Date, id = `${from}${when.getTime()}`): ThreadLine {
  return { id, from, text: 'bác mang thẻ ra Một cửa nhé', at: when };
}

function sure(thread: Thread | null): Thread {
  if (!thread) throw new Error('the act was not possible');
  return thread;
}

const taken = (when = at('09:10')) => sure(take(aThread(), HANH, when, times));
const answered = (when = at('09:20')) => sure(answerThread(taken(), HANH, line('office', when), times));

describe('the promise', () => {
  it.each`
    opened             | promised           | why
    ${at('09:00')}     | ${at('10:00')}     | ${'an hour later'}
    ${at('11:45')}     | ${at('14:30')}     | ${'at lunch it counts from 13:30'}
    ${at('11:00')}     | ${at('14:00')}     | ${'half before and half after lunch'}
    ${at('16:30')}     | ${on(16, '08:00')} | ${'over the weekend'}
    ${on(14, '21:00')} | ${on(16, '08:30')} | ${'asked on a Saturday night'}
  `('of $opened is $promised: $why', ({ opened, promised }: { opened: Date; promised: Date }) =>
    expect(aThread(opened).promisedAt).toEqual(promised),
  );

  it('skips public holidays', () => {
    const eve = new Date('2026-04-29T16:50:00+07:00');
    // 30/4 and 1/5 are holidays, 2 and 3/5 a weekend.
    expect(aThread(eve).promisedAt).toEqual(new Date('2026-05-04T08:20:00+07:00'));
  });

  it('is not made where nobody is there to keep it', () => {
    expect(aThread(at('09:00'), false).promisedAt).toBeNull();
    expect(nextStep(aThread(at('09:00'), false), times)).toBeNull();
  });

  it('passes, is told of twice, and ends with the first answer', () => {
    expect(nextStep(aThread(), times)).toEqual({ step: 'promise_passed', at: at('10:00') });
    expect(nextStep({ ...aThread(), escalated: 1 }, times)).toEqual({
      step: 'latest_passed',
      at: at('11:30'),
    });
    expect(nextStep({ ...aThread(), escalated: 2 }, times)).toBeNull();
    expect(nextStep(answered(), times)?.step).toBe('ends');
  });

  it('of 14:30 is kept by 16:00 at the latest', () => {
    expect(times.latest(at('14:30'))).toEqual(at('16:00'));
  });

  it('stays what it was when the talk is handed on', () => {
    const moved = sure(handOn(taken(), { desk: '99002', holder: null }, at('09:30'), times));
    expect(moved.promisedAt).toEqual(at('10:00'));
    expect(moved.standing).toEqual({ state: 'waiting', holder: null });
  });
});

describe('who has it', () => {
  it('is one at a time: the second officer cannot take or answer it', () => {
    expect(take(taken(), LAN, at('09:11'), times)).toBeNull();
    expect(answerThread(taken(), LAN, line('office', at('09:11')), times)).toBeNull();
  });

  it('is whoever answers first', () => {
    const thread = sure(answerThread(aThread(), LAN, line('office', at('09:05')), times));
    expect(thread.standing).toEqual({ state: 'waiting_citizen', holder: LAN });
  });

  it('is nobody again after two working hours without an answer', () => {
    expect(nextStep({ ...taken(at('10:30')), escalated: 2 }, times)).toEqual({
      step: 'back_to_queue',
      at: at('14:30'),
    });
    const back = sure(giveBack(taken(), at('11:10')));
    expect(back.standing).toEqual({ state: 'waiting', holder: null });
    expect(back.silentUntil).toBeNull();
  });

  it('is held again by a question, not by a «cảm ơn ạ»', () => {
    const thanks = sure(hear(answered(), line('person', at('09:30')), false, times));
    expect(thanks.standing.state).toBe('waiting_citizen');
    expect(nextStep(thanks, times)?.step).toBe('ends');
    const asks = sure(hear(answered(), line('person', at('09:30')), true, times));
    expect(asks.standing).toEqual({ state: 'talking', holder: HANH });
    expect(nextStep(asks, times)).toEqual({ step: 'back_to_queue', at: at('11:30') });
  });

  it('is whoever wrote in the console when that was before anybody took it; a further question waits for all', () => {
    const thread = sure(answeredByHand(aThread(), at('09:05')));
    expect(thread.standing).toEqual({ state: 'waiting_citizen', holder: { office: 'by_hand', user: null } });
    expect(take(thread, HANH, at('09:10'), times)?.standing.holder).toEqual(HANH);
    const asks = sure(hear(thread, line('person', at('09:30')), true, times));
    expect(asks.standing).toEqual({ state: 'waiting', holder: null });
  });
});

describe('the silence of the bot', () => {
  it('begins when somebody takes the talk and has an end', () => {
    expect(isWithHuman(aThread(), at('09:30'))).toBe(false);
    expect(isWithHuman(taken(), at('09:30'))).toBe(true);
    expect(isWithHuman(answered(), at('09:49'))).toBe(true);
    expect(isWithHuman(answered(), at('09:50'))).toBe(false);
  });

  it('ends when the person wants the bot, and begins again with the next word of the human', () => {
    const called = sure(callBot(taken()));
    expect(isWithHuman(called, at('09:30'))).toBe(false);
    const again = sure(answerThread(called, HANH, line('office', at('09:40')), times));
    expect(isWithHuman(again, at('09:41'))).toBe(true);
  });

  it('ends with the talk', () => {
    expect(isWithHuman(sure(close(answered(), 'done', at('09:25'), true)), at('09:26'))).toBe(false);
  });
});

describe('how it went', () => {
  const closed = (thread: Thread, why: 'done' | 'automatic' = 'done', mayAsk = true) =>
    sure(close(thread, why, at('09:40'), mayAsk));

  it.each`
    thread                                                                       | asked          | why
    ${closed(answered())}                                                        | ${at('09:40')} | ${'a human answered'}
    ${closed(aThread())}                                                         | ${null}        | ${'nobody answered'}
    ${closed(answered(), 'automatic')}                                           | ${null}        | ${'it ended by itself'}
    ${closed(answered(), 'done', false)}                                         | ${null}        | ${'the window is closed'}
    ${closed(sure(hear(answered(), line('person', at('09:38')), false, times)))} | ${at('09:43')} | ${'the person has just written'}
  `('is asked at $asked: $why', ({ thread, asked }: { thread: Thread; asked: Date | null }) => {
    expect(thread.rateAt).toEqual(asked);
    expect(nextStep(thread, times)?.step).toBe(asked ? 'ask_rating' : undefined);
  });

  it('is asked once, also when the talk was opened again and closed again', () => {
    const asked = { ...closed(answered()), rateAsked: true };
    expect(nextStep(asked, times)).toBeNull();
    expect(rate(asked, 'good')?.rating).toBe('good');
    const again = sure(reopen(asked, at('10:00'), times));
    expect(again.standing).toEqual({ state: 'talking', holder: HANH });
    const more = sure(answerThread(again, HANH, line('office', at('10:05')), times));
    expect(sure(close(more, 'done', at('10:20'), true)).rateAt).toBeNull();
  });

  it('is not said of a talk that was not asked about', () => {
    expect(rate(closed(aThread()), 'bad')).toBeNull();
  });
});

it('a further matter is added to the open talk, the same one only once', () => {
  const two = sure(addTopic(aThread(), 'trợ cấp', at('09:05')));
  expect(two.topics).toEqual(['không nhận được mã', 'trợ cấp']);
  expect(addTopic(two, 'trợ cấp', at('09:06'))).toBeNull();
});

it('nothing is done to a talk that is over, and a line written twice stands once', () => {
  const over = sure(close(answered(), 'done', at('09:40'), true));
  expect(hear(over, line('person', at('09:41')), true, times)).toBeNull();
  expect(take(over, LAN, at('09:41'), times)).toBeNull();
  expect(giveBack(over, at('09:41'))).toBeNull();
  expect(close(over, 'done', at('09:41'), true)).toBeNull();
  const twice = sure(hear(taken(), line('person', at('09:15'), 'e1'), true, times));
  expect(sure(hear(twice, line('person', at('09:15'), 'e1'), true, times)).lines).toHaveLength(1);
});
