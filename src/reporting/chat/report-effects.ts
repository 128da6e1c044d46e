import type { EffectHandlers } from '../../dialogs/feature';
import type { OrgService } from '../../org/org.service';
import type { ReportEffect, ReportOutcome } from '../report';

/**
 * What a talk about a report writes: answers, the sending, the taking back. Changed facts are a conflict, and so is a
 * right to the unit that ended since the turn read it.
 */
export function reportEffects(
  reports: { apply(effect: ReportEffect): Promise<ReportOutcome> },
  org: Pick<OrgService, 'mayWriteFor'>,
): EffectHandlers<ReportEffect> {
  const apply = async (effect: ReportEffect): Promise<'done' | 'conflict'> => {
    const { by, key, onBehalf, at } = effect;
    if (!(await org.mayWriteFor({ user: by, unit: key.unit, onBehalf, at }))) return 'conflict';
    const { outcome } = await reports.apply(effect);
    return outcome === 'applied' || outcome === 'already' ? 'done' : 'conflict';
  };
  return {
    'report.answer': apply,
    'report.submit': apply,
    'report.decide': apply,
    'report.undo': apply,
  };
}
