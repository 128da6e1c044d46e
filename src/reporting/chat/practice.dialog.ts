import {
  defineDialog,
  type Json,
  type Say,
  type Slots,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { capital, formatCount } from '../../kernel/vn-text';
import { monthName } from '../../kernel/moment';
import { personOf, placeName } from '../../org/chat/people';
import { readLine } from '../../understanding/line';
import { readFigure, type NumberReading } from '../../understanding/number';
import { readStop } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { readIntent } from '../../understanding/intent';
import { formOf } from '../forms';
import type { FigureDef } from '../form';
import { periodMeant, VILLAGE_FORM } from './report-facts';
import { FIGURE_WORDS } from './figure-vocabulary';
import { figureName } from './report-texts';

/**
 * The practice month: the four questions, the read-back and «Gửi», with nothing behind them. What is typed lives in the
 * talk alone, so it can be in no total, list, export or reminder. It is offered by a button and never begins by itself.
 */

type Context = StepContext<DialogDeps>;
const STANDING = formOf(VILLAGE_FORM).figures.filter(({ optional }) => !optional);

function said(slots: Slots): Readonly<Record<string, number>> {
  return (slots['said'] as Readonly<Record<string, number>> | undefined) ?? {};
}

/** What the sentences of the practice speak of. */
export function practiceVars(turn: Turn<DialogDeps>) {
  const person = personOf(turn);
  const unit = person.reporting[0]?.unit;
  const month = monthName(turn.words, periodMeant(turn.at), turn.at);
  return {
    ...person.vars,
    month,
    Month: capital(month),
    unit: unit === undefined ? '' : placeName(turn.deps, unit, turn.at),
  };
}

function open(slots: Slots): FigureDef | undefined {
  const again = slots['again'];
  return STANDING.find(({ id }) => id === again) ?? STANDING.find(({ id }) => said(slots)[id] === undefined);
}

function question({ turn, slots }: Context): Say {
  const { words } = turn;
  const figure = open(slots) as FigureDef;
  const text = words.t('reports:practice.question', {
    ...practiceVars(turn),
    number: STANDING.indexOf(figure) + 1,
    count: STANDING.length,
    question: words.t(`reports:figures.${figure.id}.question`, practiceVars(turn)),
    example: words.t(`reports:figures.${figure.id}.example`),
  });
  return { text, choices: [leave(turn)] };
}

function leave(turn: Turn<DialogDeps>) {
  return { id: 'LEAVE', label: turn.words.t('reports:practice.leave') };
}

function readback({ turn, slots }: Context): Say {
  const lines = STANDING.map((figure, i) =>
    turn.words.t('reports:line', {
      number: i + 1,
      name: figureName(turn, figure.id),
      value: formatCount(said(slots)[figure.id] ?? 0),
    }),
  );
  return {
    text: turn.words.t('reports:practice.readback', { ...practiceVars(turn), figures: lines.join('\n') }),
    choices: [{ id: 'SEND', label: turn.words.t('reports:buttons.send') }, leave(turn)],
  };
}

function over(turn: Turn<DialogDeps>, key: 'done' | 'left'): StepResult {
  const label = turn.words.t('reports:buttons.start', practiceVars(turn));
  return {
    move: {
      to: 'end',
      say: {
        text: turn.words.t(`reports:practice.${key}`, practiceVars(turn)),
        choices: [{ id: 'REPORT', label, command: '#BAOCAO' }],
      },
    },
  };
}

/** «BC 418 5 121 14», «2 = 5»: several figures in one message, as in a real report; null when it is no such line. */
function lineTyped(text: string): Readonly<Record<string, number>> | null {
  const line = readLine(
    text,
    STANDING.map(({ id, measure, nature }, i) => ({
      ...{ id, measure, nature, number: i + 1, last: null },
      words: FIGURE_WORDS[id] ?? [],
    })),
  );
  const values = (line ?? []).flatMap(({ figure, reading }) => {
    const value = valueOf(reading);
    return value === null ? [] : [[figure, value] as const];
  });
  return values.length > 0 ? Object.fromEntries(values) : null;
}

function valueOf(reading: NumberReading): number | null {
  return reading.kind === 'value' ? reading.value : reading.kind === 'nothing' ? 0 : null;
}

/** A typed number is the answer; «sửa 3» asks that one again; anything that stops ends the practice. */
function take(context: Context, text: string): StepResult | null {
  const { turn, slots } = context;
  const figure = open(slots);
  const intent = readIntent(text);
  if (readStop(text) !== null || intent?.kind === 'later' || intent?.kind === 'cancel')
    return over(turn, 'left');
  const line = lineTyped(text);
  if (!line && intent?.kind === 'fix') return again(intent.target);
  const value =
    figure && !line
      ? valueOf(readFigure(text, { measure: figure.measure, nature: figure.nature, last: null }))
      : null;
  const typed = line ?? (figure && value !== null ? { [figure.id]: value } : null);
  if (!typed) return null;
  const all: Json = { ...said(slots), ...typed };
  const more = STANDING.some(({ id }) => !(id in all));
  return { move: { to: 'step', step: more ? 'question' : 'readback', slots: { said: all, again: null } } };
}

/** One figure asked again, by its number; null: there is none of that number. */
function again(number: string): StepResult | null {
  const target = STANDING[Number(number) - 1];
  return target ? { move: { to: 'step', step: 'question', slots: { again: target.id } } } : null;
}

export default defineDialog<DialogDeps>({
  id: 'practice',
  version: 1,
  first: 'question',
  upgrade: () => null,
  comeBack: async ({ turn }) => ({
    text: turn.words.t('reports:practice.come_back', practiceVars(turn)),
    choices: [{ id: 'GO_ON', label: turn.words.t('reports:buttons.continue_screen') }, leave(turn)],
  }),
  steps: {
    question: {
      to: ['question', 'readback'],
      digits: 'own',
      keeps: (text) => lineTyped(text) !== null,
      ask: async (context) => question(context),
      async receive(context, input) {
        if (input.choice === 'LEAVE') return over(context.turn, 'left');
        if (input.choice === 'GO_ON') return { move: { to: 'here' } };
        return take(context, input.text) ?? { move: { to: 'pass' } };
      },
    },
    readback: {
      to: ['question', 'readback'],
      digits: 'own',
      keeps: (text) => lineTyped(text) !== null,
      ask: async (context) => readback(context),
      async receive(context, input) {
        if (input.choice === 'LEAVE') return over(context.turn, 'left');
        if (input.choice === 'GO_ON') return { move: { to: 'here' } };
        const sends = input.choice === 'SEND' || readIntent(input.text)?.kind === 'send';
        if (sends || yesNo(input.text) === 'yes') return over(context.turn, 'done');
        const digit = /^\s*([1-4])\s*$/.exec(input.text)?.[1];
        const result = digit === undefined ? take(context, input.text) : again(digit);
        return result ?? { move: { to: 'pass' } };
      },
    },
  },
});
