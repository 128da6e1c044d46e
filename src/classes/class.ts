import { sha256Hex, type UserKey } from '../kernel/ids';
import { HOUR } from '../kernel/vn-time';
import { hexAsLetters } from '../kernel/letters';
import type { Seats } from './seats';
import type { Teacher } from './teachers';

/**
 * Classes: an evening of digital skills in a village or commune, from its announcement to the number of people who came.
 * A class is announced by those who lead its unit, or recorded afterwards; who has a seat is computed from who signed up
 * when; the number who came is the one duty. Imports kernel, jobs, org, reporting, outbox, contacts. This file is the
 * rules, pure: time is handed in.
 */

/** What the outside is told of a class. `moved`: it stands at another time than it was announced for, and is still to come. */
export type ClassState = 'planned' | 'open' | 'full' | 'held' | 'recorded' | 'moved' | 'cancelled';

export interface ClassRecord {
  /** Capital letters, so that it may stand in a button. */
  readonly id: string;
  /** The village, or the commune for a class of its own. */
  readonly unit: string;
  /** As it was typed; null: nobody said. */
  readonly topic: string | null;
  readonly place: string | null;
  /** Who taught it; null: nobody has said. */
  readonly teacher: Teacher | null;
  readonly startsAt: Date;
  /** Seats; null: everybody fits in. */
  readonly capacity: number | null;
  /** Meant to be held, but signing up has not begun. */
  readonly planned: boolean;
  /** Told beforehand; false: recorded after the fact. */
  readonly announced: boolean;
  /** The last move; null: it stands where it was announced. */
  readonly moved: { readonly from: Date; readonly reason: string | null } | null;
  /** Called off beforehand, or not held. */
  readonly cancelled: { readonly at: Date; readonly reason: string | null } | null;
  /** People who came; null: nobody has said yet. */
  readonly attended: number | null;
  /** The article of the questions it was proposed for, and how many asked; null: it was not. */
  readonly question: { readonly topic: string; readonly asked: number } | null;
  readonly by: UserKey;
  readonly at: Date;
  /** Raised by each change, so that two at once are told apart. */
  readonly version: number;
}

/** Nobody says when a class ends. */
export const CLASS_LASTS = 2 * HOUR;
/** A seat that comes free is offered until so long before the beginning, then it is for walk-ins. */
export const SEATS_CLOSE = 2 * HOUR;
/** Two reports of one village within this time of each other may be of one class. */
export const SAME_CLASS_WITHIN = 3 * HOUR;
/** More people than this are asked about. */
export const MANY_PEOPLE = 150;
/** Relatives somebody may bring. */
export const MOST_RELATIVES = 4;

/** The same cause always makes the same class. Letters only: digits in a message may be taken for a code and covered. */
export function classIdOf(cause: string): string {
  return `L${hexAsLetters(sha256Hex(cause).slice(0, 12))}`;
}

export function endOf({ startsAt }: Pick<ClassRecord, 'startsAt'>): Date {
  return new Date(startsAt.getTime() + CLASS_LASTS);
}

export function stateOf(record: ClassRecord, seats: Pick<Seats, 'free'>, now: Date): ClassState {
  if (record.cancelled) return 'cancelled';
  if (record.attended !== null) return 'recorded';
  if (now >= endOf(record)) return 'held';
  if (record.planned) return 'planned';
  if (seats.free === 0) return 'full';
  return record.moved ? 'moved' : 'open';
}

/** Whether somebody may sign up now: announced, not called off, and not over. */
export function takesPeople(record: ClassRecord, now: Date): boolean {
  return record.announced && !record.cancelled && record.attended === null && now < endOf(record);
}

/** Whether its number is still to be told: it is over and neither recorded nor called off. */
export function awaitsNumber(record: ClassRecord, now: Date): boolean {
  return !record.cancelled && record.attended === null && now >= endOf(record);
}

/** Whether the class counts for the week's duty and for the month: it took place and its number is known. */
export function tookPlace(record: ClassRecord): boolean {
  return !record.cancelled && record.attended !== null;
}

/** Why the class was not held although its time came; null: it was, may yet be, or was called off before. */
export function whyNotHeld(record: ClassRecord): string | null {
  const { cancelled } = record;
  return cancelled && cancelled.at >= endOf(record) ? (cancelled.reason ?? '') : null;
}

/** Others of the same unit that began within three hours of it: perhaps the same class told twice. */
export function perhapsTheSame(
  others: readonly ClassRecord[],
  unit: string,
  startsAt: Date,
): ClassRecord | null {
  const near = (other: ClassRecord): number => Math.abs(other.startsAt.getTime() - startsAt.getTime());
  const found = others.filter(
    (other) => other.unit === unit && !other.cancelled && near(other) <= SAME_CLASS_WITHIN,
  );
  return found.sort((a, b) => near(a) - near(b))[0] ?? null;
}

/** What is odd about a number of people; null: nothing. `adults` of the unit, null when unknown. */
export function oddAttendance(
  people: number,
  adults: number | null,
  before: readonly number[],
): 'impossible' | 'many' | 'always_the_same' | null {
  if (people < 1 || (adults !== null && people > adults) || people > 20_000) return 'impossible';
  if (people > MANY_PEOPLE) return 'many';
  const last = before.slice(-3);
  return last.length === 3 && last.every((one) => one === people) ? 'always_the_same' : null;
}
