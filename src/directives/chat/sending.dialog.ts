import { defineDialog, textIn, type StepResult, type Turn } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { moment } from '../../kernel/moment';
import { foldText, formatCount } from '../../kernel/vn-text';
import { CANCELS } from '../../understanding/stop';
import type { Context } from './asked-directive';
import type { MoveSending } from './directive-effects';
import { readSending } from './read-order';

/** When an order that has not left yet is to leave: read, shown beside what it was, and moved with the last yes. */

function read({ turn, slots }: Context, typed: string): StepResult {
  const found = readSending(typed, turn.at);
  if (found.kind !== 'at')
    return { notes: [say(turn, `directives:sending.${found.kind}`)], move: { to: 'step', step: 'ask' } };
  const sendAt = found.at.toISOString();
  if (sendAt === textIn(slots, 'before')) return over(turn, slots['number'], 'same');
  return { move: { to: 'step', step: 'sure', slots: { sendAt } } };
}

function over(turn: Turn<DialogDeps>, number: unknown, key: string): StepResult {
  return {
    move: { to: 'end', say: { text: say(turn, `directives:sending.${key}`, { number: String(number) }) } },
  };
}

export default defineDialog<DialogDeps>({
  id: 'directive-sending',
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
        const { slots } = context;
        if (slots['atOnce'] === true) return { move: { to: 'step', step: 'sure', slots: { sendAt: '' } } };
        const when = textIn(slots, 'when');
        return when === '' ? { move: { to: 'step', step: 'ask' } } : read(context, when);
      },
    },
    ask: {
      to: ['ask', 'sure'],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'directives:sending.ask_move', {
          number: textIn(slots, 'number'),
          before: moment(turn.words, new Date(textIn(slots, 'before'))),
        }),
      }),
      async receive(context, input) {
        if (input.event.kind !== 'text') return { move: { to: 'pass' } };
        const drop = () => over(context.turn, context.slots['number'], 'unmoved');
        const beside = notTheWords(context, input, drop, { days: true });
        return beside ?? read(context, input.text.trim());
      },
    },
    sure: {
      to: [],
      async ask({ turn, slots }) {
        const sendAt = textIn(slots, 'sendAt');
        const directive = await turn.deps.directives.get(textIn(slots, 'id'));
        return {
          text: say(turn, `directives:sending.sure_${sendAt === '' ? 'now' : 'moved'}`, {
            number: textIn(slots, 'number'),
            before: moment(turn.words, new Date(textIn(slots, 'before'))),
            when: sendAt === '' ? '' : moment(turn.words, new Date(sendAt)),
            count: formatCount(directive?.audience.units.length ?? 0),
          }),
          choices: [
            {
              id: 'YES',
              label: turn.words.t(`directives:buttons.${sendAt === '' ? 'send' : 'move_sending'}`),
              exact: true,
            },
            { id: 'NO', label: turn.words.t('directives:buttons.keep') },
          ],
        };
      },
      async receive({ turn, slots }, input) {
        const number = textIn(slots, 'number');
        if (input.choice === 'NO' || CANCELS.test(foldText(input.text))) return over(turn, number, 'unmoved');
        if (input.choice !== 'YES') return { move: { to: 'pass' } };
        const directive = await turn.deps.directives.get(textIn(slots, 'id'));
        if (directive?.state !== 'scheduled' && directive?.state !== 'waiting')
          return over(turn, number, 'gone');
        const said = textIn(slots, 'sendAt');
        const sendAt = said === '' ? null : new Date(said);
        if (sendAt !== null && sendAt <= turn.at) return over(turn, number, 'past');
        if (sendAt !== null && sendAt >= directive.deadline) return over(turn, number, 'after_deadline');
        const effect: MoveSending = {
          ...{ kind: 'directive.moveSending', id: turn.effectId(), directive: directive.id, sendAt },
          ...{ by: turn.user, at: turn.at },
        };
        const key = sendAt !== null ? 'moved' : directive.state === 'waiting' ? 'now_waits' : 'now';
        const when = sendAt === null ? '' : moment(turn.words, sendAt);
        const text = say(turn, `directives:sending.done_${key}`, { number, short: directive.short, when });
        return { effects: [effect], move: { to: 'end', say: { text } } };
      },
    },
  },
});
