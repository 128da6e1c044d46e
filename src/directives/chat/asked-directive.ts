import { textIn, type Json, type StepContext, type StepResult, type Turn } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Actor, Directive, Recipient } from '../directive';

/** What the dialogs about one directive share: the one that is meant, and who speaks. */

export type Context = StepContext<DialogDeps>;

export async function meant({
  turn,
  slots,
}: Context): Promise<{ directive: Directive; recipients: readonly Recipient[] } | null> {
  const mine = await turn.deps.directives.mine(turn.user, turn.at);
  const found = mine.find(({ directive }) => directive.id === textIn(slots, 'id'));
  const units = (slots['units'] as readonly Json[] | undefined) ?? [];
  if (!found) return null;
  return {
    directive: found.directive,
    recipients: found.recipients.filter(({ unit }) => units.includes(unit)),
  };
}

export const over = (turn: Turn<DialogDeps>): StepResult => ({
  move: { to: 'end', say: { text: say(turn, 'directives:not_yours') } },
});

/** The post from which the person acts on the directive: the one that gave it, or the one that holds its second key. */
export function actorFor({ deps, user, at }: Turn<DialogDeps>, directive: Directive): Actor | null {
  const { directives, directory } = deps;
  const [post] = directory.officesOf(user, at);
  if (post && directives.holdsKey(user, directive, at)) return { user, office: post.id };
  return directives.mayManage(user, directive, at) ? (directives.issuer(user, at)?.actor ?? null) : null;
}
