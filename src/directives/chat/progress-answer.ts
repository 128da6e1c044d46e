import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, listed, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { ofDirective, type Evidence } from '../../evidence/evidence';
import { moment } from '../../kernel/moment';
import { placeName } from '../../org/chat/people';
import { bucketOf, countBuckets } from '../buckets';
import { lacksEvidence, type Directive, type Recipient } from '../directive';
import { countsText, sentText } from '../directive-words';
import { paceOf } from '../practice';
import type { ProgressNode } from '../progress';

/** How a directive stands, unit by unit, for those who gave it or stand over a part of those who got it. */
export async function progressAnswer(turn: Turn<DialogDeps>, directive: Directive): Promise<StepResult> {
  const { words, deps } = turn;
  const root = rootFor(turn, directive);
  if (root === null || !turn.deps.directives.sees(turn.user, directive, turn.at))
    return sentence(turn, 'directives:not_yours');
  const tree = await deps.directives.progress(directive, root === directive.from ? undefined : root);
  const inside = new Set(unitsOf(tree));
  const there = (await deps.directives.recipients(directive)).filter(({ unit }) => inside.has(unit));
  const recipients = deps.directives.counted(directive, there, turn.at);
  const all = Object.values(tree.counts).reduce((sum, count) => sum + count, 0);
  const sent = recipients.filter(
    ({ reached, answer: given }) => given !== 'none' || ['sent', 'delivered', 'seen'].includes(reached),
  ).length;
  const pictures = (await evidenceInView(turn, directive)).length;
  const lacking = recipients.filter((one) => lacksEvidence(directive, one)).length;
  const head = [
    say(turn, `directives:progress.${directive.state}`, {
      number: directive.number,
      deadline: moment(words, directive.deadline),
      when: directive.sendAt === null ? '' : moment(words, directive.sendAt),
    }),
    sentText(words, sent, all),
    countsText(words, countBuckets(recipients, directive.state)),
    ...(directive.practice ? [words.t('directives:practice.pace', { ...paceOf(recipients) })] : []),
    ...(tree.onBehalf > 0 ? [words.t('directives:on_behalf.count', { count: tree.onBehalf })] : []),
    ...(pictures > 0
      ? [say(turn, 'directives:pictures.hint', { count: pictures, short: directive.short })]
      : []),
    ...(lacking > 0 ? [words.t('directives:progress.lacking', { count: lacking })] : []),
  ].filter((line) => line !== '');
  const names = linesOf(turn, directive, tree, recipients);
  if (names.length === 0) return answer({ text: head.join('\n') });
  return listed({ head: head.join('\n'), names });
}

function unitsOf({ unit, children }: ProgressNode): string[] {
  return [unit, ...children.flatMap(unitsOf)];
}

/** What offices sent with «xong», as far as the person sees them, oldest first. */
export async function evidenceInView(
  { user, at, deps }: Turn<DialogDeps>,
  directive: Directive,
): Promise<readonly Evidence[]> {
  const inView = deps.directives.inView(user, directive, at);
  if (inView === null) return [];
  const all = await deps.evidence.ofAll(ofDirective(directive.id, directive.from));
  return all.filter(({ subject }) => inView(subject.unit));
}

/** Where the person's view begins; null: they have no part in it. */
export function rootFor({ user, at, deps }: Turn<DialogDeps>, directive: Directive): string | null {
  return deps.directives.rootFor(user, directive, at);
}

function linesOf(
  turn: Turn<DialogDeps>,
  directive: Directive,
  tree: ProgressNode,
  recipients: readonly Recipient[],
): string[] {
  const { words, at } = turn;
  const own = new Map(recipients.map((one) => [one.unit, one]));
  return tree.children.map((node) => {
    const name = placeName(turn.deps, node.unit, at);
    const mine = own.get(node.unit);
    if (node.children.length > 0)
      return words.t('directives:progress.line', { name, state: countsText(words, node.counts) });
    const last = mine?.answers.at(-1);
    const bucket = mine ? bucketOf(mine, directive.state) : null;
    const why = bucket === 'unreachable' && mine?.why === 'not_claimed' ? 'not_claimed' : bucket;
    const state = why === null ? '' : words.t(`directives:states.${why}`);
    const when = last && last.when !== 'in_time' ? ` ${words.t(`directives:when.${last.when}`)}` : '';
    const note = last?.note ? `: ${last.note}` : '';
    if (mine?.onBehalf != null)
      return words.t('directives:progress.line', {
        name,
        state: words.t('directives:on_behalf.state', {
          state,
          by: placeName(turn.deps, mine.onBehalf, at),
          reason: mine.answers.find(({ onBehalf }) => onBehalf !== undefined)?.note ?? '',
        }),
      });
    return words.t('directives:progress.line', { name, state: `${state}${when}${note}` });
  });
}
