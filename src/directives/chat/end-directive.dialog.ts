import { defineDialog, textIn, type Slots, type StepResult, type Turn } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import type { DirectiveEffect } from './directive-effects';
import { mustNotTravel } from '../secret-mark';
import { actorFor, over, type Context } from './asked-directive';

/** Taking back or closing an order: the sentence that says why, and the last yes. */

const kept = ({ turn, slots }: Context): StepResult => ({
  move: { to: 'end', say: { text: say(turn, 'directives:end.kept', { number: textIn(slots, 'number') }) } },
});

/** A recall, a close or a refusal: with its sentence, and only once it was confirmed. */
export const end = defineDialog<DialogDeps>({
  id: 'directive-end',
  version: 1,
  first: 'begin',
  ref: (slots: Slots) => textIn(slots, 'id'),
  upgrade: () => null,
  steps: {
    begin: {
      to: ['reason', 'sure'],
      run: async ({ turn, slots }) => {
        const reason = textIn(slots, 'reason');
        return reason === '' ? { move: { to: 'step', step: 'reason' } } : withReason(turn, reason);
      },
    },
    reason: {
      to: ['sure', 'reason'],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: say(turn, `directives:end.ask_${textIn(slots, 'kind')}`, { number: textIn(slots, 'number') }),
      }),
      async receive(context, input) {
        if (input.event.kind !== 'text') return { move: { to: 'pass' } };
        const beside = notTheWords(context, input, () => kept(context));
        if (beside) return beside;
        return withReason(context.turn, input.text.trim());
      },
    },
    sure: {
      to: [],
      async ask({ turn, slots }) {
        const { words } = turn;
        const vars = { number: textIn(slots, 'number'), reason: textIn(slots, 'reason') };
        return {
          text: say(turn, `directives:end.sure_${textIn(slots, 'kind')}${textIn(slots, 'early')}`, vars),
          choices: [
            { id: 'YES', label: words.t(`directives:buttons.end_${textIn(slots, 'kind')}`), exact: true },
            { id: 'NO', label: words.t('directives:buttons.keep') },
          ],
        };
      },
      async receive(context, input) {
        const { turn, slots } = context;
        if (input.choice === 'NO') return kept(context);
        if (input.choice !== 'YES') return { move: { to: 'pass' } };
        const directive = await turn.deps.directives.get(textIn(slots, 'id'));
        const by = directive && actorFor(turn, directive);
        if (!by) return over(turn);
        const effect: DirectiveEffect = {
          kind: KINDS[textIn(slots, 'kind') as keyof typeof KINDS],
          ...{
            id: turn.effectId(),
            directive: textIn(slots, 'id'),
            by,
            reason: textIn(slots, 'reason'),
            at: turn.at,
          },
        };
        const number = textIn(slots, 'number');
        const text = say(turn, `directives:end.done_${textIn(slots, 'kind')}${textIn(slots, 'early')}`, {
          number,
        });
        return { effects: [effect], move: { to: 'end', say: { text } } };
      },
    },
  },
});

/** The sentence goes to all who have the directive, so what must not travel is asked for in other words. */
function withReason(turn: Turn<DialogDeps>, reason: string): StepResult {
  const travels = mustNotTravel(reason);
  return travels === null
    ? { move: { to: 'step', step: 'sure', slots: { reason } } }
    : { move: { to: 'step', step: 'reason' }, notes: [say(turn, `directives:order.${travels}`)] };
}

const KINDS = { recall: 'directive.recall', close: 'directive.close', refuse: 'directive.refuse' } as const;
