import type { EffectHandlers } from '../../dialogs/feature';
import type { OrgService } from '../../org/org.service';
import { holdsAbove } from '../../org/rights';
import { beyondQuota, explainsGaps } from '../approvers';
import type { Adjustment, Ledger, LedgerEffect, SettleAdjustment } from '../ledger';
import type { ReportEffect, ReportOutcome } from '../report-effect';

/** Who explains a gap oversees the unit; who finishes a task acts for it. A right that ended is a conflict. */
export function ledgerEffects(
  ledger: Pick<Ledger, 'explain' | 'finish' | 'ask' | 'settle' | 'adjustment' | 'explainSilence'>,
  org: Pick<OrgService, 'mayDo' | 'mayWriteFor'>,
  reports: { apply(effect: ReportEffect): Promise<ReportOutcome> },
): EffectHandlers<LedgerEffect> {
  return {
    async 'vneid.explain'(effect) {
      const { by, unit, at } = effect;
      if (!(await org.mayDo(by, (posts, tree) => holdsAbove(posts, tree, unit, explainsGaps(), at))))
        return 'conflict';
      await ledger.explain(effect);
      return 'done';
    },
    async 'adjustment.ask'(effect) {
      const { by, unit, at, onBehalf } = effect;
      if (!(await org.mayWriteFor({ user: by, unit, onBehalf, at }))) return 'conflict';
      await ledger.ask(effect);
      return 'done';
    },
    async 'adjustment.settle'(effect) {
      const { by, unit, at, approves } = effect;
      if (!(await org.mayDo(by, (posts, tree) => holdsAbove(posts, tree, unit, beyondQuota(), at))))
        return 'conflict';
      const asked = await ledger.adjustment(effect.adjustment);
      // Nobody approves what they asked for themselves.
      if (asked?.by === by) return 'conflict';
      if (asked && approves) {
        const outcome = await reports.apply(adjusting(effect, asked));
        if (outcome.outcome !== 'applied' && outcome.outcome !== 'already') return 'conflict';
      }
      await ledger.settle(effect);
      return 'done';
    },
    async 'silence.explain'(effect) {
      const { by, unit, at } = effect;
      if (!(await org.mayWriteFor({ user: by, unit, onBehalf: true, at }))) return 'conflict';
      await ledger.explainSilence(effect);
      return 'done';
    },
    async 'task.done'(effect) {
      const { by, unit, at } = effect;
      if (!(await org.mayWriteFor({ user: by, unit, onBehalf: false, at }))) return 'conflict';
      await ledger.finish(effect);
      return 'done';
    },
  };
}

/** The report's own change, with an id out of the adjustment: approved twice, it is made once. */
export function adjusting(
  { by, at, eventId }: Pick<SettleAdjustment, 'by' | 'at' | 'eventId'>,
  asked: Adjustment,
): Extract<ReportEffect, { kind: 'report.adjust' }> {
  const { id, form, period, unit, figure, to, toDetail, reason, onBehalf } = asked;
  return {
    ...{ kind: 'report.adjust', id: `adjust-${id}:0`, key: { form, period, unit }, by, at, eventId },
    ...{ onBehalf: true, asked: { by: asked.by, at: asked.at, onBehalf } },
    answer: {
      ...{ figure, value: to, status: to === 0 ? 'zero' : 'reported', reason },
      ...(toDetail ? { detail: toDetail } : {}),
    },
  };
}
