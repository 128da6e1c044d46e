import type { EffectHandlers } from '../../dialogs/feature';
import { vnDay } from '../../kernel/vn-time';
import type { OrgService } from '../../org/org.service';
import { holdsOffice, mayActFor } from '../../org/rights';
import type { Ledger, LedgerEffect } from '../ledger';

/** Who explains a gap oversees the unit; who finishes a task acts for it. A right that ended is a conflict. */
export function ledgerEffects(
  ledger: Pick<Ledger, 'explain' | 'finish'>,
  org: Pick<OrgService, 'mayDo'>,
): EffectHandlers<LedgerEffect> {
  return {
    async 'vneid.explain'(effect) {
      const { by, unit, at } = effect;
      const may = await org.mayDo(by, (posts, tree) =>
        posts.some((post) => holdsOffice(post, vnDay(at)) && tree.isWithin(unit, post.unit, vnDay(at))),
      );
      if (!may) return 'conflict';
      await ledger.explain(effect);
      return 'done';
    },
    async 'task.done'(effect) {
      const { by, unit, at } = effect;
      if (!(await org.mayDo(by, (posts, tree) => mayActFor(posts, tree, unit, at)))) return 'conflict';
      await ledger.finish(effect);
      return 'done';
    },
  };
}
