import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { moment } from '../../kernel/moment';
import { personOf } from '../../org/chat/people';
import { isOver, type Directive } from '../directive';
import type { Act } from '../directive-words';
import { actChoices } from './answering';
import type { DirectiveEffect } from './directive-effects';

/** «Xem văn bản»: the whole of a directive, and the files that go with it, to whoever may see it. */

/** Null: it is not the person's to see. */
export async function paper(turn: Turn<DialogDeps>, directive: Directive): Promise<StepResult | null> {
  const { deps, user, at, words } = turn;
  const mine = (await deps.directives.mine(user, at)).find((one) => one.directive.id === directive.id);
  const vars = {
    ...personOf(turn).vars,
    number: directive.number,
    deadline: moment(words, directive.deadline),
  };
  if (!(await deps.directives.maySee(user, directive, at)))
    return mine && directive.state === 'recalled' ? sentence(turn, 'directives:recalled', vars) : null;
  const annexes = await deps.directives.annexesOf(directive);
  const files = annexes.filter(({ kind }) => kind !== 'link');
  const links = annexes.filter(({ kind }) => kind === 'link').map(({ name }) => name);
  const ended = directive.state === 'superseded' || directive.state === 'closed';
  const added = mine ? await deps.directives.linesFor(directive, mine.recipients, at) : [];
  const lines = [
    ended
      ? words.t(`directives:progress.${directive.state}`, vars)
      : words.t(`directives:first.${directive.urgency}`, vars),
    directive.text,
    ...added.map(({ commune, text }) => words.t('directives:local_line', { Commune: commune, line: text })),
    ...(files.length > 0
      ? [words.t('directives:annex.sending', { names: files.map(({ name }) => name).join(', ') })]
      : []),
    ...(links.length > 0 ? [words.t('directives:annex.links', { links: links.join('\n') })] : []),
    ...(annexes.length === 0 ? [words.t('directives:annex.none', vars)] : []),
  ];
  const open = mine?.recipients.filter((one) => !isOver(one.answer)) ?? [];
  const acts: readonly Act[] =
    directive.state === 'issued' && open.length > 0
      ? [open.some((one) => one.answer === 'none') ? 'NHAN' : 'LAM', 'XONG', 'VUONG']
      : [];
  const send: DirectiveEffect = {
    ...{ kind: 'directive.sendAnnexes', id: turn.effectId(), directive: directive.id, to: user, at },
  };
  return {
    ...answer({ text: lines.join('\n'), choices: actChoices(turn, directive, acts) }),
    ...(files.length > 0 ? { effects: [send] } : {}),
  };
}
