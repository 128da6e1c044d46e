import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { DAY, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay, type WorkCalendar } from '../kernel/work-calendar';
import type { UnitTree } from '../org/units';
import { proposedAt, proposedStart, worthAClass, type TopicCount } from './asked';
import type { AskedService } from './asked.service';
import type { ClassesService } from './classes.service';
import { awaitsNumber, endOf, SEATS_CLOSE, type ClassRecord } from './class';
import { weekOf } from '../reporting/periods';
import type { ClassView } from './class-view';

/** What the clock does for classes: a reminder the evening before, and the question for the number afterwards. Pure but for `ClassTimers`. */

/** 18:00 in Viet Nam. */
const EVENING = 18 * 60;
/** A number that was not given by then is given in the month's report. */
const ASKED_FOR = 3 * DAY;

export function remindAt({ startsAt }: Pick<ClassRecord, 'startsAt'>): Date {
  return instantOf(nextDay(vnDay(startsAt), -1), EVENING);
}

/** Whether people are to be reminded of the class now: from the evening before until it is about to begin. */
export function isReminderDue(record: ClassRecord, now: Date): boolean {
  const tooLate = now.getTime() >= record.startsAt.getTime() - SEATS_CLOSE;
  return now >= remindAt(record) && !tooLate && !record.planned;
}

/** Those with a seat who signed up before that day began; whoever did so on the day itself needs no reminder. */
export function toRemind(view: ClassView, now: Date): UserKey[] {
  if (!isReminderDue(view.record, now)) return [];
  const day = instantOf(vnDay(remindAt(view.record)), 0);
  return view.people
    .filter(({ live, user, at: since }) => live && since < day && view.seats.seatsOf.has(user))
    .map(({ user }) => user);
}

/** Whether the number of people is to be asked for now. */
export function isNumberDue(record: ClassRecord, now: Date): boolean {
  return !record.planned && awaitsNumber(record, now) && now.getTime() < endOf(record).getTime() + ASKED_FOR;
}

/** So long a proposal is still made, when the program was down at its time. */
const PROPOSED_FOR = DAY;

export interface TimersDeps {
  readonly classes: Pick<ClassesService, 'announcedBetween' | 'wantedBetween' | 'lastPlace'>;
  readonly asked: Pick<AskedService, 'allOf' | 'forget'>;
  readonly calendar: WorkCalendar;
  readonly units: () => UnitTree;
  readonly notices: {
    remind(view: ClassView, users: readonly UserKey[], at: Date): Promise<void>;
    askNumber(view: ClassView, at: Date, expiresAt: Date): Promise<void>;
    propose(
      proposal: { readonly week: string; readonly commune: string; readonly topic: string },
      given: { readonly people: number; readonly startsAt: Date; readonly last: string | null },
      at: Date,
    ): Promise<void>;
    tellOpen(week: string, commune: string, counts: readonly TopicCount[], at: Date): Promise<void>;
    tellOwners(week: string, counts: readonly TopicCount[], at: Date): Promise<void>;
  };
}

export type ClassTimers = ReturnType<typeof createClassTimers>;

/** Run at any time and any number of times: each message has the id of its class and time. */
export function createClassTimers(deps: TimersDeps) {
  const { classes, notices, asked, calendar } = deps;
  /** Done by this process; the outbox knows the rest. */
  const done = new Set<string>();
  const once = async (key: string, act: () => Promise<void>): Promise<void> => {
    if (done.has(key)) return;
    await act();
    done.add(key);
  };

  /** What people were stuck at last week: a class where it is worth one, and the list of the rest to those who can answer. */
  async function propose(now: Date): Promise<void> {
    const week = weekOf(new Date(now.getTime() - 7 * DAY));
    const startsAt = proposedStart(calendar, now);
    const { communes, province } = await asked.allOf(week);
    const proposed = worthAClass(communes);
    for (const { commune, topic, people } of proposed) {
      const units = deps
        .units()
        .within(commune, vnDay(now))
        .map(({ code }) => code);
      const last = await classes.lastPlace(units, now);
      await notices.propose({ week, commune, topic }, { people, startsAt, last }, now);
    }
    const open = communes.filter((count) => !proposed.includes(count));
    for (const [commune, mine] of groupBy(open, (count) => count.commune))
      await notices.tellOpen(week, commune, mine, now);
    await notices.tellOwners(week, province, now);
    await asked.forget(now);
  }

  return {
    async run(now: Date): Promise<void> {
      const from = new Date(now.getTime() - ASKED_FOR - DAY);
      const to = new Date(now.getTime() + 2 * DAY);
      const isDue = (record: ClassRecord): boolean => isReminderDue(record, now) || isNumberDue(record, now);
      for (const view of await classes.wantedBetween(from, to, isDue)) {
        const { record } = view;
        const key = `${record.id}:${record.startsAt.getTime()}`;
        const users = toRemind(view, now);
        if (users.length > 0) await once(`remind:${key}`, () => notices.remind(view, users, now));
        if (isNumberDue(record, now)) {
          const until = new Date(endOf(record).getTime() + ASKED_FOR);
          await once(`number:${key}`, () => notices.askNumber(view, now, until));
        }
      }
      const at = proposedAt(calendar, now);
      if (now >= at && now.getTime() < at.getTime() + PROPOSED_FOR)
        await once(`propose:${weekOf(now)}`, () => propose(now));
    },

    /** When a class next needs something; the clock of the simulator stops there. */
    async nextDue(after: Date): Promise<Date | null> {
      const records = await classes.announcedBetween(
        new Date(after.getTime() - DAY),
        new Date(after.getTime() + 61 * DAY),
      );
      const times = records
        .flatMap((record) => [remindAt(record), endOf(record)])
        .concat(proposedAt(calendar, after), proposedAt(calendar, new Date(after.getTime() + 7 * DAY)))
        .filter((at) => at > after)
        .map((at) => at.getTime());
      return times.length === 0 ? null : new Date(Math.min(...times));
    },
  };
}
