import { defineDialog, textIn, type Input, type StepResult } from '../../conversation/dialog';
import { ending, say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { placeName } from '../../org/chat/people';
import { over, type Context } from './asked-directive';
import { silentBelow, taken, unitNamed } from './on-behalf-command';

/** What «nhận thay» did not say: for which of the silent places, and why the officer knows that it has taken the order on. */

const MOST = 3;

const nothingRecorded = ({ turn }: Context): StepResult => ({
  move: { to: 'end', say: { text: say(turn, 'directives:nothing_recorded') } },
});

/** With the reason everything is said. */
async function done({ turn, slots }: Context, unit: string, reason: string): Promise<StepResult> {
  const directive = await turn.deps.directives.get(textIn(slots, 'id'));
  return directive ? ending(await taken(turn, directive, unit, reason)) : over(turn);
}

async function silent({ turn, slots }: Context) {
  const directive = await turn.deps.directives.get(textIn(slots, 'id'));
  return directive?.state === 'issued' ? silentBelow(turn, directive) : [];
}

async function askPlace(context: Context) {
  const { turn } = context;
  const places = await silent(context);
  const directive = await turn.deps.directives.get(textIn(context.slots, 'id'));
  return {
    text: say(turn, 'directives:on_behalf.which', {
      number: directive?.number ?? '',
      count: places.length,
    }),
    choices: places.slice(0, MOST).map(({ unit }, i) => ({
      id: `P${i + 1}`,
      label: placeName(turn.deps, unit, turn.at).slice(0, 20),
    })),
  };
}

async function placeGiven(context: Context, input: Input): Promise<StepResult> {
  const { turn, slots } = context;
  const places = await silent(context);
  const chosen = /^P([1-9])$/.exec(input.choice ?? '')?.[1];
  if (chosen === undefined && input.event.kind !== 'text') return { move: { to: 'pass' } };
  const beside = notTheWords(context, input, () => nothingRecorded(context));
  if (beside) return beside;
  const found =
    chosen === undefined
      ? unitNamed(turn, places, input.text)
      : places.slice(Number(chosen) - 1, Number(chosen)).map(({ unit }) => unit);
  const [unit, ...others] = found;
  if (unit === undefined || others.length > 0) return { move: { to: 'pass' } };
  const reason = textIn(slots, 'reason');
  return reason === ''
    ? { move: { to: 'step', step: 'reason', slots: { unit } } }
    : done(context, unit, reason);
}

async function askReason({ turn, slots }: Context) {
  const directive = await turn.deps.directives.get(textIn(slots, 'id'));
  const vars = {
    number: directive?.number ?? '',
    unit: placeName(turn.deps, textIn(slots, 'unit'), turn.at),
  };
  return {
    text: say(turn, 'directives:on_behalf.why', vars),
    choices: [{ id: 'CALLED', label: turn.words.t('directives:buttons.called') }],
  };
}

export default defineDialog<DialogDeps>({
  id: 'directive-behalf',
  version: 1,
  first: 'begin',
  ref: (slots) => textIn(slots, 'id'),
  upgrade: () => null,
  steps: {
    begin: {
      to: ['place', 'reason'],
      run: async ({ slots }) => ({
        move: { to: 'step', step: textIn(slots, 'unit') === '' ? 'place' : 'reason' },
      }),
    },
    place: { to: ['reason'], ask: askPlace, receive: placeGiven },
    reason: {
      to: [],
      digits: 'own',
      ask: askReason,
      async receive(context, input) {
        const unit = textIn(context.slots, 'unit');
        if (input.choice === 'CALLED')
          return done(context, unit, context.turn.words.t('directives:reasons.called'));
        if (input.event.kind !== 'text' || input.text.trim() === '') return { move: { to: 'pass' } };
        const beside = notTheWords(context, input, () => nothingRecorded(context));
        return beside ?? done(context, unit, input.text.trim());
      },
    },
  },
});
