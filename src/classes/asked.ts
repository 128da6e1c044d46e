import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay, type WorkCalendar } from '../kernel/work-calendar';
import { groupBy } from '../kernel/lists';

/**
 * Questions that stayed open, counted for each commune and week, so that a class can be proposed where several people
 * were stuck at the same thing. Nobody is named: a row holds a keyed hash, and the person only once they agreed to be
 * invited. Pure, but for the shapes.
 */
export interface AskedRow {
  readonly week: string;
  /** The article's id, or `other` where nothing was understood. */
  readonly topic: string;
  /** Null: the person has not said where they live. */
  readonly commune: string | null;
  /** Whether they agreed to be invited. */
  readonly agreed: boolean;
  /** What was asked, masked, where nothing was understood; null: not kept. */
  readonly words: string | null;
}

export interface TopicCount {
  readonly topic: string;
  readonly people: number;
  /** What was not understood, as it was asked; empty for every topic that is known. */
  readonly words: readonly string[];
}

export interface AskedCount extends TopicCount {
  readonly commune: string;
}

/** What was not understood at all; no class can be about it. */
export const NOT_UNDERSTOOD = 'other';
/** From so many people on a class is proposed. */
export const WORTH_A_CLASS = 3;
/** Rows are kept so long. */
export const ASKED_KEPT = 90 * DAY;
/** And the words of a question so long. */
export const WORDS_KEPT = 30 * DAY;

/** How many people asked what in each commune, the most asked first. */
export function countAsked(rows: readonly AskedRow[]): AskedCount[] {
  const known = rows.flatMap((row) => (row.commune === null ? [] : [{ ...row, commune: row.commune }]));
  return [...groupBy(known, ({ commune }) => commune)]
    .flatMap(([commune, mine]) => countTopics(mine).map((count) => ({ commune, ...count })))
    .sort(mostFirst);
}

/** How many people asked what, wherever they live, the most asked first. */
export function countTopics(rows: readonly AskedRow[]): TopicCount[] {
  return [...groupBy(rows, ({ topic }) => topic)]
    .map(([topic, group]) => ({
      topic,
      people: group.length,
      words: group.flatMap(({ words }) => words ?? []),
    }))
    .sort(mostFirst);
}

function mostFirst(a: TopicCount, b: TopicCount): number {
  return b.people - a.people || (a.topic < b.topic ? -1 : 1);
}

/** For each commune the question that most were stuck at, if a class is worth it. */
export function worthAClass(counts: readonly AskedCount[]): AskedCount[] {
  const able = counts.filter(({ topic, people }) => topic !== NOT_UNDERSTOOD && people >= WORTH_A_CLASS);
  return [...groupBy(able, ({ commune }) => commune).values()].flatMap((group) => group[0] ?? []);
}

/** When the officers hear of the week before: Monday 8:00, or when offices open next. */
export function proposedAt(work: WorkCalendar, at: Date): Date {
  const monday = vnDay(inVietnam(at).startOf('week').toJSDate());
  return work.nextWorkingTime(instantOf(monday, 8 * 60));
}

/** Thursday evening 19:30 of the week in which it is proposed, the day after where that is a holiday. */
export function proposedStart(work: WorkCalendar, at: Date): Date {
  let day = nextDay(vnDay(inVietnam(at).startOf('week').toJSDate()), 3);
  while (work.isHoliday(day)) day = nextDay(day, 1);
  return instantOf(day, 19 * 60 + 30);
}
