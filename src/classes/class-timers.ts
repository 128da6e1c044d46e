import type { UserKey } from '../kernel/ids';
import { DAY, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import { awaitsNumber, endOf, SEATS_CLOSE, type ClassRecord } from './class';
import type { ClassView } from './class-view';

/** What the clock does for classes: a reminder the evening before, and the question for the number afterwards. Pure but for `ClassTimers`. */

/** 18:00 in Viet Nam. */
const EVENING = 18 * 60;
/** A number that was not given by then is given in the month's report. */
const ASKED_FOR = 3 * DAY;

export function remindAt({ startsAt }: Pick<ClassRecord, 'startsAt'>): Date {
  return instantOf(nextDay(vnDay(startsAt), -1), EVENING);
}

/** Those with a seat who signed up before that day began; whoever did so on the day itself needs no reminder. */
export function toRemind(view: ClassView, now: Date): UserKey[] {
  const at = remindAt(view.record);
  const tooLate = now.getTime() >= view.record.startsAt.getTime() - SEATS_CLOSE;
  if (now < at || tooLate || view.record.planned) return [];
  const day = instantOf(vnDay(at), 0);
  return view.people
    .filter(({ live, user, at: since }) => live && since < day && view.seats.seatsOf.has(user))
    .map(({ user }) => user);
}

/** Whether the number of people is to be asked for now. */
export function isNumberDue({ record }: ClassView, now: Date): boolean {
  return !record.planned && awaitsNumber(record, now) && now.getTime() < endOf(record).getTime() + ASKED_FOR;
}

export interface TimersDeps {
  readonly classes: { announcedBetween(from: Date, to: Date): Promise<ClassView[]> };
  readonly notices: {
    remind(view: ClassView, users: readonly UserKey[], at: Date): Promise<void>;
    askNumber(view: ClassView, at: Date, expiresAt: Date): Promise<void>;
  };
}

export type ClassTimers = ReturnType<typeof createClassTimers>;

/** Run at any time and any number of times: each message has the id of its class and time. */
export function createClassTimers({ classes, notices }: TimersDeps) {
  /** Done by this process; the outbox knows the rest. */
  const done = new Set<string>();
  const once = async (key: string, act: () => Promise<void>): Promise<void> => {
    if (done.has(key)) return;
    await act();
    done.add(key);
  };

  return {
    async run(now: Date): Promise<void> {
      const from = new Date(now.getTime() - ASKED_FOR - DAY);
      for (const view of await classes.announcedBetween(from, new Date(now.getTime() + 2 * DAY))) {
        const { record } = view;
        const key = `${record.id}:${record.startsAt.getTime()}`;
        const users = toRemind(view, now);
        if (users.length > 0) await once(`remind:${key}`, () => notices.remind(view, users, now));
        if (isNumberDue(view, now)) {
          const until = new Date(endOf(record).getTime() + ASKED_FOR);
          await once(`number:${key}`, () => notices.askNumber(view, now, until));
        }
      }
    },

    /** When a class next needs something; the clock of the simulator stops there. */
    async nextDue(after: Date): Promise<Date | null> {
      const views = await classes.announcedBetween(
        new Date(after.getTime() - DAY),
        new Date(after.getTime() + 61 * DAY),
      );
      const times = views
        .flatMap(({ record }) => [remindAt(record), endOf(record)])
        .filter((at) => at > after)
        .map((at) => at.getTime());
      return times.length === 0 ? null : new Date(Math.min(...times));
    },
  };
}
