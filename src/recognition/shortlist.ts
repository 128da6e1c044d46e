import type { UnitTree } from '../org/units';
import { growthOf, onTimeCount, streakOf, sumOf, type MonthRecord } from './record';

/** What speaks for a unit or a person, and where each part of it comes from; and in which order candidates are read. Pure. */

/** What was measured of a unit, out of its own reports. */
export interface Evidence {
  /** Months owed, and of them in time. */
  readonly months: number;
  readonly onTime: number;
  readonly streak: number;
  /** First and last month that it is measured from. */
  readonly from: string;
  readonly to: string;
  /** Sessions and visits; null: no month has them. */
  readonly classes: { readonly value: number; readonly months: number } | null;
  readonly learners: { readonly value: number; readonly months: number } | null;
  readonly growth: ReturnType<typeof growthOf>;
}

/** Null: no month was owed yet. */
export function evidenceOf(months: readonly MonthRecord[]): Evidence | null {
  const [first] = months;
  const last = months.at(-1);
  if (!first || !last) return null;
  return {
    ...{ months: months.length, onTime: onTimeCount(months), streak: streakOf(months) },
    ...{ from: first.period, to: last.period },
    classes: sumOf(months, 'classes_held'),
    learners: sumOf(months, 'learners'),
    growth: growthOf(months, 'adults_digital'),
  };
}

/** What a commune or an agency has proposed, as it sent it. */
export interface Nomination {
  readonly kind: 'collective' | 'individual';
  readonly name: string;
  readonly achievement: string;
  readonly evidence: string | null;
  /** Who proposes. */
  readonly by: string;
  readonly receipt: string | null;
  readonly sentAt: Date;
  /** The unit meant, when exactly one below the proposer has the name. */
  readonly unit: string | null;
}

/** The one place below the proposer, or the proposer itself, that has the name on that day; null: none, or several. */
export function placeMeant(
  tree: Pick<UnitTree, 'find'>,
  proposer: string,
  name: string,
  day: string,
): string | null {
  const own = tree.find(name, day).filter(({ code }) => code === proposer);
  const codes = [...tree.find(name, day, { under: proposer }), ...own].map(({ code }) => code);
  const [unit, ...others] = [...new Set(codes)];
  return unit !== undefined && others.length === 0 ? unit : null;
}

/** One line of the list for the awards. */
export interface Candidate {
  readonly unit: string | null;
  readonly nomination: Nomination | null;
  /** Null: nothing is measured of it, as of a person. */
  readonly evidence: Evidence | null;
}

/**
 * In the order in which they are to be read: proposed ones before those that only the figures show; of each those more often
 * in time, then the longer streak, then more classes; what nothing is measured of comes last of its kind, by name.
 */
export function ranked(candidates: readonly Candidate[]): Candidate[] {
  const rate = ({ evidence }: Candidate): number => (evidence ? evidence.onTime / evidence.months : -1);
  const nameOf = ({ nomination, unit }: Candidate): string => nomination?.name ?? unit ?? '';
  return [...candidates].sort(
    (a, b) =>
      Number(b.nomination !== null) - Number(a.nomination !== null) ||
      rate(b) - rate(a) ||
      (b.evidence?.streak ?? 0) - (a.evidence?.streak ?? 0) ||
      (b.evidence?.classes?.value ?? 0) - (a.evidence?.classes?.value ?? 0) ||
      nameOf(a).localeCompare(nameOf(b), 'vi'),
  );
}

/** Whether the figures alone speak for a unit: every month in time, and at least two of them. */
export function standsOut({ months, onTime }: Evidence): boolean {
  return months >= 2 && onTime === months;
}
