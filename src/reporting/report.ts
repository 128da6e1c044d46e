import type { UserKey } from '../kernel/ids';
import type { ShownSums } from './shown-sums';
import { initials } from '../org/names';

/**
 * A report: what one unit says for one period on one form. This file holds its shape and the words of the field;
 * `apply-report.ts` holds the pure change of it, `reports.service.ts` keeps it.
 */

export interface ReportKey {
  readonly form: string;
  /** `2026-03` */
  readonly period: string;
  /** Code of the unit. */
  readonly unit: string;
}

/** `village-month:2026-03:99001-07` */
export function reportId(key: ReportKey): string {
  return `${key.form}:${key.period}:${key.unit}`;
}

/** `zero`: nothing happened. `missing`: asked, and said to be unknown or not yet. Never the same thing. */
export type FigureStatus = 'reported' | 'zero' | 'missing' | 'not_applicable';
/** Against the month before: `new` when that month has no value. */
export type FigureChange = 'new' | 'changed' | 'unchanged';
export type FigureState = 'draft' | 'submitted' | 'returned' | 'approved';
export type ReportState = 'draft' | 'submitted' | 'returned' | 'approved' | 'locked';

/** What a value says besides its number. Absent for counts and for yes and no. */
export type FigureDetail =
  /** `asOf`: the day for which it holds, `YYYY-MM-DD`; `source`: who counted, as it was said. Each part may be unknown. */
  | {
      readonly kind: 'ratio';
      readonly numerator: number | null;
      readonly denominator: number | null;
      readonly asOf: string | null;
      readonly source: string | null;
    }
  | { readonly kind: 'text' | 'link'; readonly text: string }
  /** Rows such as links or nominations; their fields are the form's. */
  | { readonly kind: 'entries'; readonly rows: readonly Readonly<Record<string, string | null>>[] };

/**
 * One value that somebody once said. What was said, by whom, when and why is never altered after it is written: a
 * correction is a new version. Only `state` moves, with the acts on the report (sent, taken back, returned, approved).
 */
export interface FigureVersion {
  readonly figure: string;
  /**
   * Null exactly when `status` is `missing` or `not_applicable`. The number of a count; 1 or 0 for yes or no; the quotient of
   * a ratio, 4 decimals; 1 for a text or link and the number of rows for entries, 0 when there is none: `detail` has the rest.
   */
  readonly value: number | null;
  readonly detail?: FigureDetail;
  readonly status: FigureStatus;
  readonly change: FigureChange;
  readonly state: FigureState;
  /** 1, 2, 3 … for each figure of the report. */
  readonly version: number;
  /** The person who said it. */
  readonly by: UserKey;
  readonly onBehalf: boolean;
  /** Said by the deputy of the post. Absent: by its holder, or on behalf. */
  readonly byDeputy?: boolean;
  /** When the message arrived. */
  readonly at: Date;
  /** The inbox event that said it. */
  readonly eventId: string;
  /** The effect that wrote it; a second application of the same effect changes nothing. */
  readonly effectId: string;
  readonly reason: string | null;
  /** Said to be as last time («đúng hết», «như tháng trước», «vẫn 4»). Absent: said anew. */
  readonly asBefore?: true;
}

/** What somebody else said of a figure that stands as sent, until it is decided which of the two counts; it counts nowhere. */
export type SecondValue = Pick<
  FigureVersion,
  | 'figure'
  | 'value'
  | 'detail'
  | 'status'
  | 'by'
  | 'onBehalf'
  | 'byDeputy'
  | 'at'
  | 'eventId'
  | 'effectId'
  | 'reason'
>;

/** Whether the version stands in totals: sent or approved, with a value, zeros included. Missing is never zero. */
export function isCounted(version: FigureVersion): boolean {
  return (version.state === 'submitted' || version.state === 'approved') && version.value !== null;
}

/** Why a figure was sent back, as it is tapped; `other` has words of its own. */
export const RETURN_CODES = ['evidence', 'odd', 'mismatch', 'other'] as const;
export type ReturnCode = (typeof RETURN_CODES)[number];

export interface ReturnReason {
  readonly code: ReturnCode;
  /** In the words of whoever sent it back; null: the code says it all. */
  readonly text: string | null;
}

/**
 * One act on the report that can be undone or shown. `enter`: said and sent on the unit's behalf. `object`: the unit says
 * that what was entered on its behalf is not right. `extend`: its lock was moved. `import`: it came with a sheet. `adjust`: corrected after
 * the lock, by leave of the department.
 */
export interface ReportAct {
  readonly effectId: string;
  readonly kind:
    | 'submit'
    | 'correct'
    | 'decide'
    | 'undo'
    | 'approve'
    | 'confirm'
    | 'return'
    | 'enter'
    | 'import'
    | 'object'
    | 'adjust'
    | 'extend';
  readonly at: Date;
  readonly by: UserKey;
  /** For `correct`, `decide`, and the undo of one: the figures it replaced, with the version numbers they had before; 0 for one that had none. */
  readonly replaced: readonly { readonly figure: string; readonly version: number }[];
  /** Second values that it put, changed or settled, as they were before; null: there was none. Absent: it touched none. */
  readonly seconds?: readonly { readonly figure: string; readonly before: SecondValue | null }[];
  /** For `undo`: the effect it took back. Absent in what was written before acts were bound to their person: the last one. */
  readonly undoes?: string;
  /** Versions whose state the act moved, with the state before. Absent: none, or written before this was kept. */
  readonly moved?: readonly {
    readonly figure: string;
    readonly version: number;
    readonly from: FigureState;
  }[];
  /** For `approve` and `confirm`: the digest of the figures as they were shown (`approval.ts`). */
  readonly digest?: string;
  /** For `submit` and `approve` of a form above others: the sums below it as they were shown (`shown-sums.ts`). */
  readonly sums?: ShownSums;
  /** For `return`. */
  readonly reason?: ReturnReason;
  /** For `import`: the name of the sheet. */
  readonly sheet?: string;
  /** For `enter` and `import`: it sent the report as well. */
  readonly sent?: true;
  /** Of an act that sent the report: whether after the deadline. Absent: it sent nothing, or was written before this was kept. */
  readonly late?: boolean;
  /** For `extend`: the lock from then on, and the one moved before, if any. */
  readonly lock?: { readonly until: Date; readonly before: Date | null };
}

export interface Report extends ReportKey {
  readonly id: string;
  readonly state: ReportState;
  /** `ĐL-03`, from the unit's name and the period; null until first submitted. */
  readonly receipt: string | null;
  /** Arrival of the message that submitted it first and still stands; null while a draft. */
  readonly submittedAt: Date | null;
  /** Submitted after the deadline. */
  readonly late: boolean;
  /** The lock of this unit alone, where it was moved; null: that of the calendar. */
  readonly extendedTo: Date | null;
  /** The newest version of each figure that has one. */
  readonly figures: Readonly<Record<string, FigureVersion>>;
  /** The undecided second value of each figure that has one. */
  readonly seconds: Readonly<Record<string, SecondValue>>;
  /** Every version of every figure, oldest first. Append-only. */
  readonly versions: readonly FigureVersion[];
  readonly acts: readonly ReportAct[];
  /** Ids of all effects applied, so that a replay is harmless. */
  readonly applied: readonly string[];
  /** Counts the writes; the store refuses a write that was made from an older one. */
  readonly rev: number;
  /** Last draft change or submission, by the clock of the event. */
  readonly touchedAt: Date;
}

/** When the unit itself can change nothing more: the calendar's lock, or where it was moved to. */
export function lockOf(report: Pick<Report, 'extendedTo'> | null, lockAt: Date): Date {
  return report?.extendedTo ?? lockAt;
}

/**
 * The state as it reads at an instant: what was sent is `locked` from the unit's lock on, unless a figure was sent back
 * and is open again. A draft stays one, since calling it locked would look as if it had been sent.
 */
export function stateAt(report: Pick<Report, 'state' | 'extendedTo'>, lockAt: Date, now: Date): ReportState {
  const open = report.state === 'draft' || report.state === 'returned';
  return open || now < lockOf(report, lockAt) ? report.state : 'locked';
}

/**
 * `ĐL-03`: the initials of the unit's name and the month, short enough to be read out on the telephone. It names a
 * report to people who know which village they speak of; it is not a key and need not be unique. A one-off has the letters
 * of its name instead: `TH-A26` of `awards-2026`.
 */
export function receiptFor(unitName: string, period: string): string {
  const own = /^\d{4}/.test(period) ? period.slice(5) || period : lettersOf(period);
  return `${initials(unitName) || 'BC'}-${own}`;
}

function lettersOf(oneOff: string): string {
  const short = oneOff.split('-').map((word) => (/^\d+$/.test(word) ? word.slice(-2) : word.charAt(0)));
  return short.join('').toUpperCase();
}
