import type { Actor } from '../directives/directive';
import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import type { UnitTree } from '../org/units';

/** A question to the villages of an audience until a closing time, and what came back; or something they are only told. Pure. */

/**
 * `yes_no`: a survey; `count`: a head-count, whose answer is a number; `equipment`: the survey of the village houses, answered by
 * the report of its form; `announcement`: nothing is asked.
 */
export const KINDS = ['yes_no', 'count', 'equipment', 'announcement'] as const;
export type CampaignKind = (typeof KINDS)[number];

/** So long an announcement may still be on its way to somebody; what was not sent by then is not sent. */
export const ANNOUNCED_DAYS = 7;

/** `waiting`: for the second key; `issued`: villages are asked; `closed`: the results were given back. */
export type CampaignState = 'waiting' | 'refused' | 'issued' | 'closed';

export interface Campaign {
  readonly id: string;
  readonly kind: CampaignKind;
  /** What is asked, or announced. */
  readonly question: string;
  /** The audience as it was said, and the codes of its villages. */
  readonly label: string;
  readonly units: readonly string[];
  /** The unit that asks. */
  readonly from: string;
  readonly by: Actor;
  readonly closesAt: Date;
  readonly state: CampaignState;
  readonly createdAt: Date;
  /** Of `equipment`, once issued: the period of its form, and since when it is owed. */
  readonly run?: string;
  readonly startedAt?: Date;
}

/** Whether villages answer the question itself, by a tap or a number. */
export function isAnsweredHere({ kind }: Pick<Campaign, 'kind'>): boolean {
  return kind === 'yes_no' || kind === 'count';
}

/** What one village said; of a yes 1, of a no 0. */
export interface CampaignAnswer {
  readonly unit: string;
  readonly value: number;
  readonly by: UserKey;
  readonly at: Date;
}

export interface Tally {
  readonly all: number;
  readonly answered: number;
  /** Of a survey the yeses, of a head-count the sum. */
  readonly sum: number;
  /** Villages without an answer, in the order they were asked: silence is never a nought. */
  readonly silent: readonly string[];
}

export function tally(units: readonly string[], answers: readonly CampaignAnswer[]): Tally {
  const given = new Map(answers.map((answer) => [answer.unit, answer.value]));
  const silent = units.filter((unit) => !given.has(unit));
  const sum = units.reduce((total, unit) => total + (given.get(unit) ?? 0), 0);
  return { all: units.length, answered: units.length - silent.length, sum, silent };
}

/** The villages of each commune, in the order of the list. */
export function byCommune(
  units: readonly string[],
  tree: Pick<UnitTree, 'getNearest'>,
  day: string,
): ReadonlyMap<string, readonly string[]> {
  return groupBy(units, (unit) => tree.getNearest(unit, day)?.parent ?? unit);
}

/** Whether answers are still taken: the closing time itself is too late. */
export function isOpen({ state, closesAt }: Pick<Campaign, 'state' | 'closesAt'>, at: Date): boolean {
  return state === 'issued' && at < closesAt;
}

/** 8:00 in Viet Nam on the morning after the closing day. */
export function resultsAt(closesAt: Date): Date {
  return instantOf(nextDay(vnDay(closesAt), 1), 8 * 60);
}

/** To read one question and tap once: 96 heads take about 45 minutes together. The survey of equipment asks three. */
const SECONDS_EACH = 28;
const QUESTIONS: Partial<Record<CampaignKind, number>> = { equipment: 3 };

/** Minutes of people's time that asking so many villages takes. */
export function minutesOf(villages: number, kind: CampaignKind = 'yes_no'): number {
  return Math.ceil((villages * SECONDS_EACH * (QUESTIONS[kind] ?? 1)) / 60);
}

/** How far an announcement has come. */
export interface Reached {
  readonly all: number;
  readonly sent: number;
  readonly seen: number;
  /** Villages it has not reached, in the order of the list. */
  readonly missing: readonly string[];
}
