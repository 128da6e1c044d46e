import { DAY, HOUR, MINUTE } from '../kernel/vn-time';
import { nextDay, type WorkCalendar } from '../kernel/work-calendar';
import { vnDay, inVietnam } from '../kernel/vn-time';
import { isOver, type Directive, type Recipient, type Urgency } from './directive';

/**
 * When an office hears of a directive again. Each step is taken once per recipient, and what follows a step counts from
 * the moment that step was really sent, so that a night's hold never makes three fall due together. Working time for
 * normal and urgent ones (7:30-11:30, 13:30-17:00, days off skipped), the clock for critical ones. Pure.
 */
export const STEPS = [
  'first',
  'nudge',
  'officer',
  'province',
  'check',
  'day_before',
  'hours_before',
] as const;
export type Step = (typeof STEPS)[number];

/** A working day of office hours. */
const WORKDAY = 7.5 * HOUR;

interface Rungs {
  /** From the first message. */
  readonly nudge: number;
  /** From the nudge: the list of the silent for the commune's officer, for a commune its chair. */
  readonly officer: number;
  /** From that list: the list for whoever gave the order. */
  readonly province: number;
  /** From «đã nhận» or «đang làm»; null: half of the time to the deadline, at least a day. */
  readonly check: number | null;
  readonly before: readonly ('day_before' | 'hours_before')[];
  /** Working days after the deadline until it closes by itself. */
  readonly end: number;
}

export const LADDER: Readonly<Record<Urgency, Rungs>> = {
  normal: {
    nudge: WORKDAY,
    officer: WORKDAY,
    province: WORKDAY,
    check: null,
    before: ['day_before', 'hours_before'],
    end: 5,
  },
  urgent: {
    nudge: 2 * HOUR,
    officer: 2 * HOUR,
    province: 3.5 * HOUR,
    check: WORKDAY,
    before: ['hours_before'],
    end: 3,
  },
  critical: {
    nudge: 20 * MINUTE,
    officer: 25 * MINUTE,
    province: 75 * MINUTE,
    check: 4 * HOUR,
    before: [],
    end: 1,
  },
};

const BEFORE = { day_before: DAY, hours_before: 2 * HOUR } as const;

/** Whether the step belongs to the deadline, and goes where that goes. */
export function isBeforeDeadline(step: string): step is keyof typeof BEFORE {
  return step in BEFORE;
}
/** What a commune has before its villages hear of it without its word. */
const COMMUNE_FIRST = 4 * HOUR;

/** A practice ends the working day after its deadline, whatever its urgency. */
const PRACTICE_END = 1;

export interface NextStep {
  readonly step: Step;
  readonly at: Date;
}

type Facts = Pick<Recipient, 'answer' | 'answers' | 'steps' | 'askAt' | 'quiet'>;
type Times = Pick<Directive, 'urgency' | 'deadline' | 'checkEvery'>;

/** After `ms` of the time that counts for this urgency. */
export function later(calendar: WorkCalendar, urgency: Urgency, at: Date, ms: number): Date {
  return urgency === 'critical' ? new Date(at.getTime() + ms) : calendar.addWorkingTime(at, ms);
}

/**
 * When the first message may leave, if handed over at `at`: a critical one at any hour, an urgent one in working hours, a
 * normal one at the next good hour of a day that is no holiday. The quiet hours themselves are the outbox's.
 */
export function firstAt(calendar: WorkCalendar, urgency: Urgency, at: Date): Date {
  if (urgency === 'critical') return at;
  if (urgency === 'urgent') return calendar.nextWorkingTime(at);
  let day = vnDay(at);
  if (!calendar.isHoliday(day)) return at;
  while (calendar.isHoliday(day)) day = nextDay(day, 1);
  return calendar.nextWorkingTime(inVietnam(at).set(dateOf(day)).startOf('day').toJSDate());
}

/** When villages hear of it although their commune has not answered; counted from when the commune's message was really sent. */
export function villagesAt(calendar: WorkCalendar, sentToCommune: Date): Date {
  return calendar.addWorkingTime(sentToCommune, COMMUNE_FIRST);
}

/** When it closes by itself: so many working days after the deadline, at that hour. */
export function endAt(
  calendar: WorkCalendar,
  { urgency, deadline, practice }: Pick<Directive, 'urgency' | 'deadline' | 'practice'>,
): Date {
  const day = calendar.addWorkingDays(vnDay(deadline), practice ? PRACTICE_END : LADDER[urgency].end);
  return inVietnam(deadline).set(dateOf(day)).toJSDate();
}

/** Every step that is still to come or has fallen due, the earliest first. Empty: nothing more will be said unasked. */
export function stepsAhead(calendar: WorkCalendar, times: Times, facts: Facts): NextStep[] {
  const { answer, steps } = facts;
  if (isOver(answer) || answer === 'stuck') return [];
  const found: NextStep[] =
    answer === 'none' ? silent(calendar, times, facts) : checks(calendar, times, facts);
  if (steps['first'] !== undefined)
    for (const step of LADDER[times.urgency].before)
      if (steps[step] === undefined)
        found.push({ step, at: new Date(times.deadline.getTime() - BEFORE[step]) });
  return found.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * What to do at `now`: of several steps that have fallen due only the one furthest along is taken and the others are
 * passed, since nothing is sent after the fact. A step before the deadline that is more than half a day old, or past the
 * deadline, is passed too: a deadline that was moved fires no heap. `next` is when to look again.
 */
export function stepsNow(
  calendar: WorkCalendar,
  times: Times,
  facts: Facts,
  now: Date,
): { readonly take: NextStep | null; readonly passed: readonly Step[]; readonly next: Date | null } {
  const ahead = stepsAhead(calendar, times, facts);
  const due = ahead.filter(({ at }) => at <= now);
  const future = ahead.find(({ at }) => at > now)?.at ?? null;
  const fresh = due.filter(
    ({ step, at }) =>
      !isBeforeDeadline(step) || (now < times.deadline && now.getTime() - at.getTime() <= 12 * HOUR),
  );
  const take = fresh.at(-1) ?? null;
  return { take, passed: due.map(({ step }) => step).filter((step) => step !== take?.step), next: future };
}

/**
 * What counts as taken once the deadline is `times.deadline` and the office hears so at `now`: steps before the deadline
 * that are still to come are to come again, those that its new place puts in the past are passed, since the news of the
 * move says as much. The same done again changes nothing.
 */
export function stepsMoved(
  calendar: WorkCalendar,
  times: Times,
  facts: Facts,
  now: Date,
): Readonly<Record<string, Date>> {
  const kept = Object.entries(facts.steps).filter(([step]) => !isBeforeDeadline(step));
  const steps = Object.fromEntries(kept);
  const passed = stepsAhead(calendar, times, { ...facts, steps, askAt: null })
    .filter(({ step, at }) => at <= now && (isBeforeDeadline(step) || step === 'check'))
    .map(({ step }) => [step, now] as const);
  return { ...steps, ...Object.fromEntries(passed) };
}

/** Nobody of the office has said anything: the next rung after the last one taken. */
function silent(calendar: WorkCalendar, { urgency }: Times, { steps }: Facts): NextStep[] {
  const rungs = LADDER[urgency];
  const order = ['first', 'nudge', 'officer', 'province'] as const;
  const done = order.findLast((step) => steps[step] !== undefined);
  const next = done === undefined ? undefined : order[order.indexOf(done) + 1];
  if (done === undefined || next === undefined || next === 'first') return [];
  return [{ step: next, at: later(calendar, urgency, steps[done] as Date, rungs[next]) }];
}

/** It was taken on and is not done: «đến đâu rồi?», as often as the person wants it. */
function checks(calendar: WorkCalendar, times: Times, facts: Facts): NextStep[] {
  const { answers, steps, askAt, quiet } = facts;
  const said = answers.at(-1)?.at;
  if (quiet || said === undefined) return [];
  if (askAt !== null) return [{ step: 'check', at: askAt }];
  if (times.checkEvery === 0) return [];
  const last = steps['check'];
  const from = last !== undefined && last > said ? last : said;
  const at = checkAt(calendar, times, from);
  return at < times.deadline ? [{ step: 'check', at }] : [];
}

/** Whole days go by the calendar, hours by the time that counts for this urgency. */
function checkAt(calendar: WorkCalendar, { urgency, deadline, checkEvery }: Times, from: Date): Date {
  if (checkEvery !== null && (checkEvery * HOUR) % DAY === 0) {
    const at = new Date(from.getTime() + checkEvery * HOUR);
    return urgency === 'critical' ? at : calendar.nextWorkingTime(at);
  }
  if (checkEvery !== null) return later(calendar, urgency, from, checkEvery * HOUR);
  const fixed = LADDER[urgency].check;
  if (fixed !== null) return later(calendar, urgency, from, fixed);
  const half = Math.max(DAY, (deadline.getTime() - from.getTime()) / 2);
  return calendar.nextWorkingTime(new Date(from.getTime() + half));
}

function dateOf(day: string): { year: number; month: number; day: number } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month, day: date };
}
