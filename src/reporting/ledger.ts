import type { UserKey } from '../kernel/ids';
import type { TaskDone } from './tasks';
import type { Explanation, VneidFigure } from './vneid-ledger';

/** What is kept beside the figures: why two sources differ, and which tasks of the plan are done. */

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

export type LedgerEffect = ExplainGap | FinishTask;

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
  unname(person: UserKey, stand: UserKey): Promise<void>;
}
