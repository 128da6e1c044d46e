import { HOUR, MINUTE } from '../kernel/vn-time';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { Thread } from './thread';

/** The clocks of a thread. They run in working time, two spans a day (network 3): nobody is late at lunch or on a holiday. */
export interface ThreadTimes {
  /** By when somebody answers. */
  promise(at: Date): Date;
  /** By when, once the first promise has passed. */
  latest(promisedAt: Date): Date;
  /** When a holder who still owes an answer loses the talk. */
  backToQueue(owedSince: Date): Date;
  /** When a talk ends by itself in which the person has said nothing more. */
  ends(answeredAt: Date): Date;
  /** Until when the bot keeps silent after a word of a human. */
  silence(at: Date): Date;
}

/** Half of what was promised once more: 14:30 becomes 16:00 at the latest. */
const LATEST_FACTOR = 1.5;
const BACK_MS = 2 * HOUR;
/** Three working days of 7 h 30. */
const ENDS_MS = 3 * 7.5 * HOUR;

export function threadTimes(
  work: WorkCalendar,
  settings: { readonly promiseMinutes: number; readonly silenceMinutes: number },
): ThreadTimes {
  const promiseMs = settings.promiseMinutes * MINUTE;
  return {
    // To the minute, as it is said.
    promise: (at) => work.addWorkingTime(new Date(at.getTime() - (at.getTime() % MINUTE)), promiseMs),
    latest: (promisedAt) => work.addWorkingTime(promisedAt, promiseMs * LATEST_FACTOR),
    backToQueue: (owedSince) => work.addWorkingTime(owedSince, BACK_MS),
    ends: (answeredAt) => work.addWorkingTime(answeredAt, ENDS_MS),
    silence: (at) => new Date(at.getTime() + settings.silenceMinutes * MINUTE),
  };
}

/** What the calendar does to a thread by itself. */
export type ThreadStep = 'promise_passed' | 'latest_passed' | 'back_to_queue' | 'ends' | 'ask_rating';

/** The next step and its instant; null: nothing happens until somebody acts. */
export function nextStep(
  thread: Thread,
  times: ThreadTimes,
): { readonly step: ThreadStep; readonly at: Date } | null {
  const { standing, promisedAt, answeredAt, owedSince, escalated } = thread;
  if (standing.state === 'done')
    return thread.rateAt !== null && !thread.rateAsked ? { step: 'ask_rating', at: thread.rateAt } : null;
  if (standing.state === 'waiting_citizen')
    return answeredAt === null ? null : { step: 'ends', at: times.ends(newest(answeredAt, thread.saidAt)) };
  const steps: { step: ThreadStep; at: Date }[] = [];
  if (standing.state === 'talking' && owedSince !== null)
    steps.push({ step: 'back_to_queue', at: times.backToQueue(owedSince) });
  if (promisedAt !== null && answeredAt === null && escalated === 0)
    steps.push({ step: 'promise_passed', at: promisedAt });
  if (promisedAt !== null && answeredAt === null && escalated === 1)
    steps.push({ step: 'latest_passed', at: times.latest(promisedAt) });
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null;
}

function newest(a: Date, b: Date): Date {
  return a > b ? a : b;
}
