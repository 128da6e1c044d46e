import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { DAY, inVietnam, MINUTE, vnDay } from '../kernel/vn-time';
import type { Purpose } from '../outbox/outbox-row';
import { afterQuiet, parseQuietHours, type QuietSpan } from '../outbox/send-rules';
import type { WorkCalendar } from '../kernel/work-calendar';
import { closes, dueAt, REMINDER_RULES, type ReminderRule, type RuleTimes, type TimeOfDay } from './rules';
import { atUsualHour } from './usual-hour';

/** One duty of a unit, done or not, and who is reminded of it. */
export interface RemindedDuty extends RuleTimes {
  /** The id of its kind: a form, or a task. */
  readonly form: string;
  readonly period: string;
  readonly unit: string;
  /** False once it is done and nothing of it was sent back. */
  readonly owed: boolean;
  /** The last change of a draft; null while there is none. */
  readonly touchedAt: Date | null;
  readonly user: UserKey;
}

export interface PlanSettings {
  readonly rules: readonly ReminderRule[];
  readonly remindAt: TimeOfDay;
  readonly quiet: readonly QuietSpan[];
  /** A draft touched within so long is left in peace. */
  readonly graceMs: number;
  readonly calendar: WorkCalendar;
}

/** The hour at which a person usually writes; null when nobody knows. */
export type UsualHours = (user: UserKey) => number | null;

/** The settings out of the configuration's variables. */
export function planSettings(
  config: {
    readonly REMIND_AT: TimeOfDay;
    readonly QUIET_HOURS: string;
    readonly DRAFT_GRACE_MINUTES: number;
  },
  calendar: WorkCalendar,
): PlanSettings {
  return {
    rules: REMINDER_RULES,
    remindAt: config.REMIND_AT,
    quiet: parseQuietHours(config.QUIET_HOURS),
    graceMs: config.DRAFT_GRACE_MINUTES * MINUTE,
    calendar,
  };
}

export interface ReminderItem<D extends RemindedDuty = RemindedDuty> {
  readonly rule: ReminderRule;
  readonly duty: D;
}

/** One message to one person about everything that falls due for them that day. */
export interface PlannedReminder<D extends RemindedDuty = RemindedDuty> {
  /** `reminder:<rule>:<form>:<period>:<unit>:<user>` */
  readonly id: string;
  readonly user: UserKey;
  readonly purpose: Purpose;
  /** When it falls due, quiet hours observed. */
  readonly at: Date;
  /** Later than `at` while a draft is being worked on, or for the person's usual hour. */
  readonly notBefore: Date;
  readonly expiresAt: Date;
  /** What is still owed; never empty. */
  readonly items: readonly ReminderItem<D>[];
}

/**
 * Every reminder that falls due in (since, now], at most a day back. Same facts in, same ids out, so a second run adds
 * nothing, and it does not matter into which stretches the time is cut. What falls due on one day for one person is one
 * message, at the first of its instants; when several days are caught up at once only the newest is sent. The id comes
 * from the first of the person's duties of that day whether or not it is still owed, so that a submission in between
 * does not make another message of it.
 */
export function planReminders<D extends RemindedDuty>(
  duties: readonly D[],
  settings: PlanSettings,
  since: Date,
  now: Date,
  usual: UsualHours = () => null,
): PlannedReminder<D>[] {
  const from = Math.max(since.getTime(), now.getTime() - DAY);
  const planned: PlannedReminder<D>[] = [];
  const known = new Map<string, Due[]>();
  for (const [user, own] of groupBy(duties, (duty) => duty.user)) {
    const days = [...groupBy(occasions(own, settings, known), ({ day }) => day).values()]
      .map((day) => ({ day, at: earliest(day) }))
      .filter(({ at }) => at.getTime() > from && at <= now)
      .sort((a, b) => a.at.getTime() - b.at.getTime());
    const newest = days.at(-1);
    const reminder = newest ? messageOf(user, newest.day, newest.at, settings, usual(user)) : null;
    if (reminder) planned.push(reminder);
  }
  return planned;
}

/** Instants, after `after`, at which reminders of these periods fall due; ascending. */
export function occasionsAfter(
  periods: readonly (RuleTimes & { readonly touchedAt?: Date | null })[],
  settings: PlanSettings,
  after: Date,
): Date[] {
  return periods
    .flatMap((times) =>
      settings.rules
        .filter(({ ifUntouched }) => !ifUntouched || !times.touchedAt)
        .map((rule) => effectiveAt(rule, times, settings)),
    )
    .filter((at): at is Date => at !== null && at > after)
    .sort((a, b) => a.getTime() - b.getTime());
}

/** The rule that speaks at this instant: the one that fell due last. Null before the first. */
export function ruleAt(times: RuleTimes, settings: PlanSettings, at: Date): ReminderRule | null {
  let latest: { rule: ReminderRule; due: Date } | null = null;
  for (const rule of settings.rules) {
    const due = effectiveAt(rule, times, settings);
    if (due && due <= at && (!latest || due >= latest.due)) latest = { rule, due };
  }
  return latest?.rule ?? null;
}

/** When one rule falls due for one period; `day` is that of Viet Nam. */
interface Due {
  readonly rule: ReminderRule;
  readonly at: Date;
  readonly day: string;
}

interface Occasion<D extends RemindedDuty> extends ReminderItem<D>, Due {
  readonly rule: ReminderRule;
}

/** `known` keeps the instants of each calendar, since thousands of units share a few. */
function occasions<D extends RemindedDuty>(
  duties: readonly D[],
  settings: PlanSettings,
  known: Map<string, Due[]>,
): Occasion<D>[] {
  return duties.flatMap((duty) => {
    const key = `${duty.opensAt.getTime()}:${duty.deadline.getTime()}:${duty.lockAt.getTime()}:${duty.weekends}:${duty.opensUnsaid}`;
    let dues = known.get(key);
    if (!dues) {
      dues = settings.rules.flatMap((rule) => {
        const at = effectiveAt(rule, duty, settings);
        return at ? [{ rule, at, day: vnDay(at) }] : [];
      });
      known.set(key, dues);
    }
    return dues.map((due) => ({ ...due, duty }));
  });
}

function effectiveAt(rule: ReminderRule, times: RuleTimes, settings: PlanSettings): Date | null {
  const at = dueAt(rule, times, settings.remindAt, settings.calendar);
  const free = at && afterQuiet(settings.quiet, at);
  return free && free < closes(rule, times) ? free : null;
}

function messageOf<D extends RemindedDuty>(
  user: UserKey,
  day: readonly Occasion<D>[],
  at: Date,
  settings: PlanSettings,
  hour: number | null,
): PlannedReminder<D> | null {
  const sorted = [...day].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const items = newestRuleOfEach(
    sorted.filter(({ duty, rule }) => duty.owed && !(rule.ifUntouched && duty.touchedAt)),
  );
  const first = sorted[0];
  if (!first || items.length === 0) return null;
  const touched = Math.max(0, ...items.map(({ duty }) => duty.touchedAt?.getTime() ?? 0));
  const peace = new Date(Math.max(at.getTime(), touched === 0 ? 0 : touched + settings.graceMs));
  const lastChance = Math.max(...items.map(({ rule, duty }) => closes(rule, duty).getTime()));
  const endOfDay = inVietnam(at).endOf('day').toMillis() + 1;
  const until = new Date(Math.min(lastChance, endOfDay));
  const weekends = items.every(({ duty }) => duty.weekends);
  const patient = items.every(({ rule }) => rule.atUsualHour);
  const begins = patient ? atUsualHour(peace, hour, { until, weekends, quiet: settings.quiet }) : peace;
  return {
    id: `reminder:${keyOf(first)}:${user}`,
    user,
    purpose: items.every(({ rule }) => rule.purpose === 'period_opening') ? 'period_opening' : 'reminder',
    at,
    notBefore: afterQuiet(settings.quiet, begins),
    expiresAt: until,
    items: items.map(({ rule, duty }) => ({ rule, duty })),
  };
}

/** Two rules of one duty on one day are one line: that of the later rule. */
function newestRuleOfEach<D extends RemindedDuty>(items: readonly Occasion<D>[]): Occasion<D>[] {
  const groups = groupBy(items, ({ duty }) => `${duty.form}:${duty.period}:${duty.unit}`);
  return [...groups.values()].map((group) =>
    group.reduce((newest, item) => (item.at >= newest.at ? item : newest)),
  );
}

function keyOf({ rule, duty }: ReminderItem): string {
  return `${rule.id}:${duty.form}:${duty.period}:${duty.unit}`;
}

function earliest(day: readonly { readonly at: Date }[]): Date {
  return new Date(Math.min(...day.map(({ at }) => at.getTime())));
}
