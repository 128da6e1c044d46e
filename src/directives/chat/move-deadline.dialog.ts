import { defineDialog, textIn, type StepResult, type Turn } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { moment } from '../../kernel/moment';
import { foldText, formatCount } from '../../kernel/vn-text';
import { CANCELS } from '../../understanding/stop';
import type { Context } from './asked-directive';
import type { MoveDeadline } from './directive-effects';
import { dayOff } from './order-preview';
import { readDeadline } from './read-order';

/** «Dời hạn 145 đến 25/3»: the deadline of an order that is out, earlier or later, shown with what it was before it is moved. */

/** The day and hour that were typed, or what is wrong with them. */
function read({ turn, slots }: Context, typed: string): StepResult {
  const found = readDeadline(typed, turn.at);
  if (found.kind !== 'at')
    return {
      notes: [say(turn, `directives:order.deadline_${found.kind}`)],
      move: { to: 'step', step: 'ask' },
    };
  const deadline = found.at.toISOString();
  if (deadline === textIn(slots, 'before')) return kept(turn, slots['number'], 'directives:move.same');
  return { move: { to: 'step', step: 'sure', slots: { deadline } } };
}

function kept(turn: Turn<DialogDeps>, number: unknown, key = 'directives:move.kept'): StepResult {
  return { move: { to: 'end', say: { text: say(turn, key, { number: String(number) }) } } };
}

export default defineDialog<DialogDeps>({
  id: 'directive-deadline',
  version: 1,
  first: 'begin',
  ref: (slots) => textIn(slots, 'id'),
  upgrade: () => null,
  closes: ({ turn }) =>
    turn.deps.directives.issuer(turn.user, turn.at) ? null : say(turn, 'directives:order.no_right'),
  steps: {
    begin: {
      to: ['ask', 'sure'],
      async run(context) {
        const when = textIn(context.slots, 'when');
        return when === '' ? { move: { to: 'step', step: 'ask' } } : read(context, when);
      },
    },
    ask: {
      to: ['ask', 'sure'],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'directives:move.ask', {
          number: textIn(slots, 'number'),
          before: moment(turn.words, new Date(textIn(slots, 'before'))),
        }),
      }),
      async receive(context, input) {
        if (input.event.kind !== 'text') return { move: { to: 'pass' } };
        const drop = () => kept(context.turn, context.slots['number']);
        const beside = notTheWords(context, input, drop, { days: true });
        if (beside) return beside;
        return read(context, input.text.trim());
      },
    },
    sure: {
      to: [],
      async ask({ turn, slots }) {
        const deadline = new Date(textIn(slots, 'deadline'));
        const before = new Date(textIn(slots, 'before'));
        const directive = await turn.deps.directives.get(textIn(slots, 'id'));
        return {
          text: say(turn, `directives:move.sure_${deadline < before ? 'earlier' : 'later'}`, {
            number: textIn(slots, 'number'),
            before: moment(turn.words, before),
            deadline: `${moment(turn.words, deadline)} ${dayOff(turn, deadline)}`.trim(),
            count: formatCount(directive?.audience.units.length ?? 0),
          }),
          choices: [
            { id: 'YES', label: turn.words.t('directives:buttons.move'), exact: true },
            { id: 'NO', label: turn.words.t('directives:buttons.keep') },
          ],
        };
      },
      async receive({ turn, slots }, input) {
        if (input.choice === 'NO' || CANCELS.test(foldText(input.text))) return kept(turn, slots['number']);
        if (input.choice !== 'YES') return { move: { to: 'pass' } };
        const directive = await turn.deps.directives.get(textIn(slots, 'id'));
        const number = textIn(slots, 'number');
        if (directive?.state !== 'issued') return kept(turn, number, 'directives:move.over');
        const deadline = new Date(textIn(slots, 'deadline'));
        if (deadline <= turn.at) return kept(turn, number, 'directives:order.deadline_past');
        const effect: MoveDeadline = {
          ...{ kind: 'directive.moveDeadline', id: turn.effectId(), directive: directive.id, deadline },
          ...{ by: turn.user, at: turn.at },
        };
        const text = say(turn, 'directives:move.done', { number, deadline: moment(turn.words, deadline) });
        return { effects: [effect], move: { to: 'end', say: { text } } };
      },
    },
  },
});
