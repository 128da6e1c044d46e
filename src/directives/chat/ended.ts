import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Directive } from '../directive';
import { actPayload, sinceOf } from '../directive-words';
import type { AnswerDirective } from './directive-effects';

/** An answer to a directive that is over: it is kept as what it is, and the person reads what became of it and what to do instead. */
export async function endedAnswer(
  turn: Turn<DialogDeps>,
  directive: Directive,
  record: AnswerDirective,
): Promise<StepResult> {
  const { words, at, deps } = turn;
  const next = directive.supersededBy === null ? null : await deps.directives.get(directive.supersededBy);
  const vars = {
    number: directive.number,
    time: sinceOf(words, directive.endedAt ?? at, at),
    next: next?.number ?? '',
  };
  const key = next ? 'superseded' : directive.state === 'recalled' ? 'recalled' : 'closed';
  const choices = next
    ? [
        {
          id: 'NEXT',
          label: words.t('directives:buttons.acknowledge_next', { number: next.short }),
          command: actPayload('NHAN', next.id),
        },
      ]
    : [];
  return { ...sentence(turn, `directives:ended.${key}`, vars, choices), effects: [record] };
}
