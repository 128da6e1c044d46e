import { defineDialog, textIn, type Dialog, type Slots, type StepResult } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { moment } from '../../kernel/moment';
import { foldText } from '../../kernel/vn-text';
import { CANCELS } from '../../understanding/stop';
import type { Context } from './asked-directive';
import type { Directive } from '../directive';
import type { DeadlineReading } from './read-order';

/**
 * A time of an order that is moved, its deadline or the hour at which it leaves: asked where it was not said, shown beside what it
 * was, and moved with the last yes. `id` and `number` name the order, `before` is the time it has, `when` what was said at once.
 */
export interface WhenTalk {
  readonly id: string;
  /** Where the time that was read is kept until the yes. */
  readonly slot: string;
  readonly keys: { readonly ask: string; readonly same: string; readonly kept: string };
  readonly reads: (typed: string, now: Date) => DeadlineReading;
  /** The key of what is wrong with a time. */
  readonly fault: (what: Exclude<DeadlineReading['kind'], 'at'>) => string;
  /** A wish that names no time and needs none; null: the time is read, or asked for. */
  readonly begins?: (slots: Slots) => StepResult | null;
  /** What is to be moved, and the word of the button that moves it. */
  readonly sure: (
    context: Context,
    directive: Directive | null,
  ) => { readonly text: string; readonly button: string };
  /** The yes, looked at again where it is done. */
  readonly done: (context: Context, directive: Directive | null) => StepResult;
}

export function whenTalk(talk: WhenTalk): Dialog<DialogDeps> {
  const { keys } = talk;
  const kept = (context: Context): StepResult => over(context, keys.kept);
  const read = (context: Context, typed: string): StepResult => {
    const { turn, slots } = context;
    const found = talk.reads(typed, turn.at);
    if (found.kind !== 'at')
      return { notes: [say(turn, talk.fault(found.kind))], move: { to: 'step', step: 'ask' } };
    const at = found.at.toISOString();
    if (at === textIn(slots, 'before')) return over(context, keys.same);
    return { move: { to: 'step', step: 'sure', slots: { [talk.slot]: at } } };
  };
  return defineDialog<DialogDeps>({
    id: talk.id,
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
          const begun = talk.begins?.(context.slots);
          if (begun) return begun;
          return when === '' ? { move: { to: 'step', step: 'ask' } } : read(context, when);
        },
      },
      ask: {
        to: ['ask', 'sure'],
        digits: 'own',
        ask: async ({ turn, slots }) => ({
          text: say(turn, keys.ask, {
            number: textIn(slots, 'number'),
            before: moment(turn.words, new Date(textIn(slots, 'before'))),
          }),
        }),
        async receive(context, input) {
          if (input.event.kind !== 'text') return { move: { to: 'pass' } };
          const beside = notTheWords(context, input, () => kept(context), { days: true });
          return beside ?? read(context, input.text.trim());
        },
      },
      sure: {
        to: [],
        async ask(context) {
          const { text, button } = talk.sure(context, await orderOf(context));
          return {
            text,
            choices: [
              { id: 'YES', label: context.turn.words.t(`directives:buttons.${button}`), exact: true },
              { id: 'NO', label: context.turn.words.t('directives:buttons.keep') },
            ],
          };
        },
        async receive(context, input) {
          if (input.choice === 'NO' || CANCELS.test(foldText(input.text))) return kept(context);
          if (input.choice !== 'YES') return { move: { to: 'pass' } };
          return talk.done(context, await orderOf(context));
        },
      },
    },
  });
}

/** The talk ends with a sentence about the order. */
export function over({ turn, slots }: Pick<Context, 'turn' | 'slots'>, key: string): StepResult {
  return { move: { to: 'end', say: { text: say(turn, key, { number: textIn(slots, 'number') }) } } };
}

function orderOf({ turn, slots }: Context): Promise<Directive | null> {
  return turn.deps.directives.get(textIn(slots, 'id'));
}
