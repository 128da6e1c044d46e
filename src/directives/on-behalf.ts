import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import { can } from '../org/roles';
import { changeRecipients } from './change-recipients';
import type { DirectivesDeps } from './deps';
import { answered, timeOf, type GivenAnswer } from './directive';
import { noteDirective } from './directive-audit';
import { conditionOf } from './message-conditions';
import type { DirectiveMessages } from './messages';
import type { Offices } from './offices';
import type { DirectiveTimers } from './timers';

/**
 * «Nhận thay»: whoever stands over a silent office writes down, with the reason, that it has taken the order on. It is
 * marked as said for it wherever it is shown, the office reads it, and any word of its own takes its place.
 */
export interface AnswerOnBehalf {
  readonly id: string;
  readonly directive: string;
  readonly unit: string;
  readonly reason: string;
  readonly by: UserKey;
  readonly at: Date;
}

/** The unit of the person's post that stands over this one; null: none does. */
export function aboveOf(
  { directory }: Pick<Offices, 'directory'>,
  user: UserKey,
  unit: string,
  at: Date,
): string | null {
  const post = directory
    .officesOf(user, at)
    .find(
      (one) =>
        can(one.role, 'enters_on_behalf') &&
        one.unit !== unit &&
        directory.tree.isWithin(unit, one.unit, vnDay(at)),
    );
  return post?.unit ?? null;
}

/** Done again it is done once; where the office spoke meanwhile nothing is written and the turn is decided anew. */
export async function answerOnBehalf(
  deps: DirectivesDeps,
  messages: DirectiveMessages,
  timers: DirectiveTimers,
  act: AnswerOnBehalf,
): Promise<'done' | 'conflict'> {
  const { repo, org, offices, outbox } = deps;
  const { id, unit, reason, by, at } = act;
  const directive = await repo.get(act.directive);
  const above = aboveOf(offices, by, unit, at);
  if (directive?.state !== 'issued' || above === null) return 'conflict';
  if (!(await org.mayWriteFor({ user: by, unit, onBehalf: true, at }))) return 'conflict';
  const [before] = await repo.some(directive.id, [unit]);
  if (!before || before.movedTo !== null || before.reached === 'held') return 'conflict';
  const given: GivenAnswer = {
    ...{ id, answer: 'acknowledged', by, at, note: reason, onBehalf: above },
    when: timeOf(directive, at),
  };
  const [told] = offices.told(directive, before, at);
  const [after] = await changeRecipients(repo, directive.id, [before], (one) =>
    one.answer === 'none'
      ? {
          ...one,
          ...answered(one, given),
          told: [...new Set([...one.told, ...(told ? [told.user] : [])])],
          nextAt: at,
        }
      : null,
  );
  const stored = after ?? (await repo.recipient(directive.id, unit));
  if (!stored?.answers.some((one) => one.id === id)) return 'conflict';
  await noteDirective(deps.audit, directive, 'acknowledged_on_behalf', by, at, { id, unit, reason });
  if (told)
    await outbox.enqueue([
      {
        id: `directive:${directive.id}:${unit}:on-behalf:${told.user}`,
        ...{ to: told.user, purpose: 'directive', cause: id, createdAt: at },
        ...messages.told(
          directive,
          told,
          [stored],
          'on_behalf',
          at,
          await messages.around(directive, [stored]),
        ),
        onlyIf: conditionOf(directive, 'on_behalf', [unit]),
      },
    ]);
  await timers.run(at);
  return 'done';
}
