import { sha256Hex, type UserKey } from '../kernel/ids';
import { hexAsLetters } from '../kernel/letters';
import type { FigureDetail } from './report';
import type { TaskDone } from './tasks';
import type { Explanation, VneidFigure } from './vneid-ledger';

/** What is kept beside the figures: why two sources differ, which tasks of the plan are done, and why a unit is silent. */

interface Deed {
  readonly id: string;
  readonly by: UserKey;
  readonly at: Date;
  readonly eventId: string;
  readonly unit: string;
}

export interface ExplainGap extends Deed {
  readonly kind: 'vneid.explain';
  readonly period: string;
  readonly figure: VneidFigure;
  readonly village: number;
  readonly police: number;
  readonly why: Explanation;
}

export interface FinishTask extends Deed {
  readonly kind: 'task.done';
  readonly task: string;
  readonly evidence: TaskDone['evidence'];
}

/** A figure of a locked report is to be corrected. `id` of the adjustment: `adjustmentId` of the effect. */
export interface AskAdjustment extends Deed {
  readonly kind: 'adjustment.ask';
  readonly form: string;
  readonly period: string;
  readonly figure: string;
  readonly from: number | null;
  /** As the value of a figure: a number, 1 or 0 for yes and no, the quotient of a share, 1 for words. */
  readonly to: number;
  /** The parts of a share, or the words. Absent: the number says it all. */
  readonly fromDetail?: FigureDetail;
  readonly toDetail?: FigureDetail;
  readonly reason: string;
  readonly onBehalf: boolean;
}

export interface SettleAdjustment extends Deed {
  readonly kind: 'adjustment.settle';
  readonly adjustment: string;
  readonly approves: boolean;
}

/** Why a unit gives no figures for a period, in the words of whoever is above it. */
export interface ExplainSilence extends Deed {
  readonly kind: 'silence.explain';
  readonly form: string;
  readonly period: string;
  readonly reason: string;
}

export type LedgerEffect = ExplainGap | FinishTask | AskAdjustment | SettleAdjustment | ExplainSilence;

/** What was asked, until the department has said yes or no. */
export interface Adjustment extends Pick<
  AskAdjustment,
  | 'unit'
  | 'form'
  | 'period'
  | 'figure'
  | 'from'
  | 'fromDetail'
  | 'to'
  | 'toDetail'
  | 'reason'
  | 'onBehalf'
  | 'by'
  | 'at'
> {
  readonly id: string;
}

/** Short enough for a button, in letters, and the same for the same effect. */
export function adjustmentId(effectId: string): string {
  return hexAsLetters(sha256Hex(effectId).slice(0, 12));
}

/** One explanation as it counts. */
export type GapExplained = Pick<ExplainGap, 'unit' | 'figure' | 'village' | 'police' | 'why' | 'at'>;

export interface Ledger {
  /** The newest explanation of each unit and indicator of the month. */
  explanations(period: string): Promise<GapExplained[]>;
  /** Every task that some unit has done. */
  done(): Promise<TaskDone[]>;
  explain(effect: ExplainGap): Promise<void>;
  /** The first time counts; again it only adds what was not there. */
  finish(effect: FinishTask): Promise<void>;
  /** Those that wait for the department, oldest first. */
  adjustments(): Promise<Adjustment[]>;
  /** Null: there is none, or it is settled. */
  adjustment(id: string): Promise<Adjustment | null>;
  ask(effect: AskAdjustment): Promise<void>;
  /** Once; the same again changes nothing. */
  settle(effect: SettleAdjustment): Promise<void>;
  /** Unit → why it gives nothing for the period; the newest word counts. */
  silences(form: string, period: string): Promise<ReadonlyMap<string, string>>;
  explainSilence(effect: ExplainSilence): Promise<void>;
  unname(person: UserKey, stand: UserKey): Promise<void>;
}
