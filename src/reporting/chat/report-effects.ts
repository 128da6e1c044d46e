import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { OrgService } from '../../org/org.service';
import { mayActFor, mayActOnBehalf, holdsAbove } from '../../org/rights';
import { beyondQuota, mayApprove, mayImport } from '../approvers';
import { formOf } from '../forms';
import type { ShownSums } from '../shown-sums';
import type { ReportKey } from '../report';
import type { ReportEffect, ReportOutcome } from '../report-effect';

/** Many reports approved with one tap; each is an approval of its own, with its own id. */
export interface ApproveMany {
  readonly kind: 'reports.approve';
  readonly id: string;
  readonly by: UserKey;
  readonly at: Date;
  readonly eventId: string;
  /** `shown`: the digest of the figures as they were shown. */
  readonly reports: readonly {
    readonly key: ReportKey;
    readonly shown: string;
    /** The sums below it, where it has any. */
    readonly sums?: ShownSums;
  }[];
}

/** The single approvals of many. */
export function approvalsOf(many: ApproveMany): Extract<ReportEffect, { kind: 'report.approve' }>[] {
  const { id, by, at, eventId } = many;
  return many.reports.map(({ key, shown, sums }) => ({
    ...{ kind: 'report.approve' as const, id: `${id}:${key.form}:${key.unit}`, key, shown },
    ...(sums ? { sums } : {}),
    ...{ by, at, eventId, onBehalf: false },
  }));
}

/**
 * What a talk about a report writes: answers, the sending, the taking back, and what is done from above. Changed facts are
 * a conflict, and so is a right that ended since the turn read it.
 */
export function reportEffects(
  reports: { apply(effect: ReportEffect): Promise<ReportOutcome> },
  org: Pick<OrgService, 'mayDo'>,
): EffectHandlers<ReportEffect | ApproveMany> {
  const write = async (effect: ReportEffect): Promise<'done' | 'conflict'> => {
    const { outcome } = await reports.apply(effect);
    return outcome === 'applied' || outcome === 'already' ? 'done' : 'conflict';
  };
  const apply = async (effect: ReportEffect): Promise<'done' | 'conflict'> =>
    (await mayDo(org, effect)) ? write(effect) : 'conflict';
  return {
    'report.answer': apply,
    'report.submit': apply,
    'report.decide': apply,
    'report.undo': apply,
    'report.approve': apply,
    'report.confirm': apply,
    'report.return': apply,
    'report.enter': apply,
    'report.adjust': apply,
    'report.import': apply,
    'report.object': apply,
    'report.extend': apply,
    async 'reports.approve'(many) {
      const { by, at, reports: all } = many;
      const may = await org.mayDo(by, (posts, tree) =>
        all.every(({ key }) => mayApprove(posts, tree, formOf(key.form), key.unit, at)),
      );
      if (!may) return 'conflict';
      const outcomes = await Promise.all(approvalsOf(many).map(write));
      return outcomes.every((outcome) => outcome === 'done') ? 'done' : 'conflict';
    },
  };
}

/** Whether the person may do it, by their posts as the store has them now. */
function mayDo(org: Pick<OrgService, 'mayDo'>, effect: ReportEffect): Promise<boolean> {
  const { by, key, at } = effect;
  const form = formOf(key.form);
  return org.mayDo(by, (posts, tree) => {
    switch (effect.kind) {
      case 'report.approve':
      case 'report.return':
        return mayApprove(posts, tree, form, key.unit, at);
      case 'report.confirm':
        return holdsAbove(posts, tree, key.unit, form.confirmedBy ?? [], at);
      case 'report.extend':
        return effect.byDepartment
          ? holdsAbove(posts, tree, key.unit, beyondQuota(), at)
          : mayApprove(posts, tree, form, key.unit, at);
      case 'report.adjust':
        return holdsAbove(posts, tree, key.unit, beyondQuota(), at);
      case 'report.import':
        return mayImport(posts, tree, form, key.unit, at);
      case 'report.decide':
        return effect.onBehalf
          ? mayApprove(posts, tree, form, key.unit, at)
          : mayActFor(posts, tree, key.unit, at);
      case 'report.enter':
        return effect.onBehalf && mayActOnBehalf(posts, tree, key.unit, at);
      default:
        return effect.onBehalf
          ? mayActOnBehalf(posts, tree, key.unit, at)
          : mayActFor(posts, tree, key.unit, at);
    }
  });
}
