import type { UserKey } from '../kernel/ids';
import type { ShownSums } from './shown-sums';
import type { ReportKey, FigureStatus, FigureDetail, ReturnReason, Report } from './report';

/** What may be asked of a report, and what comes of it. */

export interface FigureAnswer {
  readonly figure: string;
  readonly value: number | null;
  readonly detail?: FigureDetail;
  readonly status: FigureStatus;
  readonly reason?: string | null;
  /** Said to be as last time, not typed anew. */
  readonly asBefore?: true;
}

interface EffectBase {
  /** `<eventId>:<n>` */
  readonly id: string;
  readonly key: ReportKey;
  readonly by: UserKey;
  readonly onBehalf: boolean;
  /** The person speaks as the deputy of the post. Absent: as its holder, or on behalf. */
  readonly byDeputy?: boolean;
  readonly at: Date;
  readonly eventId: string;
}

export type ReportEffect =
  /** Figures given. On a draft they become draft values; on a submitted report they replace what was sent, or stand beside it (`two-values.ts`). */
  | (EffectBase & { readonly kind: 'report.answer'; readonly figures: readonly FigureAnswer[] })
  /** The draft is sent: every figure it holds becomes `submitted`. */
  | (EffectBase & { readonly kind: 'report.submit'; readonly sums?: ShownSums })
  /** Of two values one is chosen. `second`: the effect that said the second one, so that nobody decides about a value they have not seen. */
  | (EffectBase & {
      readonly kind: 'report.decide';
      readonly figure: string;
      readonly take: 'standing' | 'second';
      readonly second: string;
    })
  /** The last thing that this person did to the report as sent is taken back; allowed for 10 minutes (configuration). */
  | (EffectBase & { readonly kind: 'report.undo' })
  /** The chair confirms what was sent, if it still is what was shown. */
  | (EffectBase & { readonly kind: 'report.confirm'; readonly shown: string })
  /** Every figure sent is approved, if they still are what was shown: `shown` is their digest (`approval.ts`). */
  | (EffectBase & { readonly kind: 'report.approve'; readonly shown: string; readonly sums?: ShownSums })
  /** Single figures are sent back; the others stay as they are. */
  | (EffectBase & {
      readonly kind: 'report.return';
      readonly figures: readonly string[];
      readonly reason: ReturnReason;
    })
  /** Figures given and sent on the unit's behalf, in one. On what was sent they stand beside the unit's own. */
  | (EffectBase & { readonly kind: 'report.enter'; readonly figures: readonly FigureAnswer[] })
  /** Figures out of a sheet of many units (`import-figures.ts`). */
  | (EffectBase & {
      readonly kind: 'report.import';
      readonly figures: readonly FigureAnswer[];
      readonly sheet: string;
    })
  /** One figure corrected after the lock, approved by the department (`adjust-report.ts`). `asked`: by whom and when. */
  | (EffectBase & {
      readonly kind: 'report.adjust';
      readonly answer: FigureAnswer;
      readonly asked: Pick<EffectBase, 'by' | 'at' | 'onBehalf'>;
    })
  /** The unit objects to what was entered on its behalf; allowed for 24 hours. */
  | (EffectBase & { readonly kind: 'report.object' })
  /** The lock of this unit alone is moved. `byDepartment`: granted beyond the commune's own ten. */
  | (EffectBase & { readonly kind: 'report.extend'; readonly byDepartment: boolean });

/** What came of an effect. `already`: this same effect was applied before. */
export type ReportOutcome =
  | { readonly outcome: 'applied' | 'already'; readonly report: Report }
  | { readonly outcome: 'locked'; readonly since: Date; readonly report: Report | null }
  | {
      readonly outcome: 'refused';
      readonly why:
        | 'nothing_to_submit'
        /** Sent before the period opens: it stays a draft until then. */
        | 'not_open'
        /** A figure that is asked has neither a value nor the word that it is missing. */
        | 'incomplete'
        | 'nothing_to_undo'
        | 'undo_expired'
        /** Two values of a figure wait for a decision already, and this would be a third. */
        | 'undecided'
        /** The second value is settled, or another one by now. */
        | 'nothing_to_decide'
        /** Somebody else decides between these two. */
        | 'not_yours'
        /** Nothing that was sent waits for it. */
        | 'nothing_to_approve'
        | 'nothing_to_return'
        | 'nothing_to_confirm'
        /** The figures are no longer those that were shown. */
        | 'changed'
        /** An approved figure is corrected only with a reason. */
        | 'needs_reason'
        /** Whoever is above has approved, sent back or entered something since. */
        | 'looked_at'
        /** Nothing was entered on the unit's behalf within the last 24 hours, or it was objected to already. */
        | 'nothing_to_object'
        | 'not_extendable'
        | 'already_extended'
        /** The commune has granted its ten of the month. */
        | 'quota'
        /** Only what is locked is adjusted. */
        | 'not_locked'
        /** Of a sheet of a locked period: the unit has another value. */
        | 'other_value'
        /** Of a sheet: two figures contradict each other. */
        | 'contradiction'
        /** A value that cannot be, or two that contradict each other. */
        | 'bad_value';
      readonly report: Report | null;
    };
