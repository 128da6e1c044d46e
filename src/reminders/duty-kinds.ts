import type { Role } from '../org/roles';
import type { Unit, UnitLevel } from '../org/unit';
import type { DataSpan, PeriodTimes } from '../reporting/deadlines';
import type { Duty } from '../reporting/duties';
import type { RuleTimes } from './rules';

/**
 * What units owe by a day, in one shape: the figures of a form, a task of the plan, the department's summary of a month. Who
 * reminds of it, asks how it ended or tells whoever can help knows this shape and nothing else; a further kind is one entry
 * in the list that `reminders.module.ts` makes of them, and its texts.
 */
export interface DutyKind {
  /** The form's id, or the task's: what a message's condition and its texts know it by. */
  readonly id: string;
  /** Which of the texts speak of it: `reminders:rules.<rule>.<says>`, `reminders:late.<step>.<says>`. */
  readonly says: Says;
  /** Levels of the units that owe it. */
  readonly levels: readonly UnitLevel[];
  /** Posts whose holders are told, the first to be asked first. */
  readonly roles: readonly Role[];
  isPeriod(period: string): boolean;
  /** The periods that may have a reminder between the two instants. */
  periods(from: Date, to: Date): readonly string[];
  times(period: string): DutyTimes;
  owes(unit: Pick<Unit, 'code' | 'level'>, period: string): boolean;
  /** One for each unit at or below `top` that owes it, done or not. */
  duties(period: string, top: string, now: Date): Promise<readonly Duty[]>;
  /** How far those of the units are that have begun, or are done. */
  begun(period: string, units: readonly string[]): Promise<ReadonlyMap<string, Progress>>;
  /** How far a unit is that has not begun. */
  untouched(period: string): Progress;
}

export type Says = 'report' | 'task' | 'summary';

/** The instants of one period, and what a reminder says of them. */
export interface DutyTimes extends RuleTimes {
  /** The deadline of the rule, when a day off has moved it; null when it stands where it always does. */
  readonly movedFrom: PeriodTimes['movedFrom'];
  /** The days whose facts it speaks of; null: it says so itself. */
  readonly data: DataSpan | null;
}

/** How far one unit is. */
export interface Progress {
  /** The last change; null while there is none. */
  readonly touchedAt: Date | null;
  readonly submittedAt: Date | null;
  /** Figures that are answered, out of those asked; of what has no figures none is asked. */
  readonly answered: number;
  readonly asked: number;
  /** Figures that were sent back to be looked at again. */
  readonly returned: number;
}

/** One period of a kind of duty, with its instants. */
export interface RemindedPeriod {
  readonly kind: DutyKind;
  readonly period: string;
  readonly times: DutyTimes;
}

/** Every period of these kinds that may have a reminder between the two instants. */
export function periodsBetween(kinds: readonly DutyKind[], from: Date, to: Date): RemindedPeriod[] {
  return kinds.flatMap((kind) =>
    kind.periods(from, to).map((period) => ({ kind, period, times: kind.times(period) })),
  );
}

/** The duties of one kind by its id, as `Chains` asks for them; of what is no kind there are none. */
export function dutiesOf(kinds: readonly DutyKind[]) {
  return async (id: string, period: string, top: string, now: Date): Promise<readonly Duty[]> =>
    (await kinds.find((kind) => kind.id === id)?.duties(period, top, now)) ?? [];
}

/** Villages are reminded on any day but holidays, offices on working days. */
export function onWeekends({ levels }: Pick<DutyKind, 'levels'>): boolean {
  return levels.includes('village');
}
