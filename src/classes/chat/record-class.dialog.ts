import {
  defineDialog,
  textIn,
  type Input,
  type Slots,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { nextDay } from '../../kernel/work-calendar';
import { say } from '../../dialogs/answer';
import { USUAL_MINUTE, type Occasion } from '../../understanding/occasion';
import { yesNo } from '../../understanding/yes-no';
import { oddAttendance, perhapsTheSame, type ClassRecord } from '../class';
import { closesForOthers, dayChosen, dayId, occasionSaid, stopOr, to, unitStep } from './class-talk';
import { lineOf, unitMeant } from './leading';
import type { ReadRecorded } from './read-class';
import { startOf, done } from './recorded-class';

/**
 * Writes down how many people came: to a class that was announced, or to one nobody announced. What is not clear is
 * asked: the village, the day, an odd number, and whether two reports are of one class. Visits are counted, never names.
 */

export type Context = StepContext<DialogDeps>;

const NOTHING = 'classes:nothing_recorded';
/** «32», «có 32 người ạ». */
const NUMBER = /^\D{0,12}?(\d{1,5})\s*(?:người|nguoi|ng|bà con|ba con|lượt|luot|ạ|a)*\s*\.?$/iu;
/** Nothing else beside it. */
const LONE_NUMBER = /^(\d{1,5})\s*(?:người|nguoi)?$/iu;

export default defineDialog<DialogDeps>({
  id: 'class-record',
  version: 1,
  first: 'next',
  ref: (slots) => textIn(slots, 'id'),
  steps: {
    next: {
      to: ['unit', 'day', 'number', 'same', 'sure', 'done', 'impossible'],
      run: (context) => next(context),
    },
    unit: unitStep((unit) => to('next', { unit }), NOTHING),
    day: {
      to: ['next'],
      ask: async ({ turn }) => ({
        text: say(turn, 'classes:ask.held_on'),
        choices: [0, -1].map((step) => ({
          id: dayId(nextDay(vnDay(turn.at), step)),
          label: turn.words.t(`classes:buttons.${step === 0 ? 'today' : 'yesterday'}`),
        })),
      }),
      async receive(context, input) {
        const chosen = dayChosen(input);
        if (chosen !== null) return to('next', { day: chosen });
        const when = occasionSaid(input, context.turn.at);
        return when.day?.kind === 'day'
          ? to('next', pastSlots(when, context.turn.at))
          : stopOr(context, input, NOTHING);
      },
    },
    number: {
      to: ['next'],
      digits: 'own',
      ask: async ({ turn }) => ({ text: say(turn, 'classes:ask.number') }),
      async receive(context, input) {
        return numberOr(context, input, NUMBER);
      },
    },
    same: {
      to: ['next'],
      async ask({ turn, slots }) {
        const view = await turn.deps.classes.get(textIn(slots, 'like'));
        return {
          text: say(turn, 'classes:ask.same', {
            line: view ? lineOf(turn, view) : '',
            attended: view?.record.attended ?? '',
          }),
          choices: [
            { id: 'SAME', label: turn.words.t('classes:buttons.same') },
            { id: 'OTHER', label: turn.words.t('classes:buttons.other') },
          ],
        };
      },
      async receive(context, input) {
        const answer = yesNo(input.text);
        const said = input.choice ?? (answer === null ? null : answer === 'yes' ? 'SAME' : 'OTHER');
        if (said === 'SAME') return to('next', { id: textIn(context.slots, 'like'), apart: true });
        if (said === 'OTHER') return to('next', { apart: true });
        return stopOr(context, input, NOTHING);
      },
    },
    sure: {
      to: ['done', 'number', 'next'],
      ask: async ({ turn, slots }) => ({
        text: say(turn, `classes:ask.${textIn(slots, 'odd')}`, { count: Number(slots['people']) }),
        choices: [
          { id: 'YES', label: turn.words.t('classes:buttons.right'), exact: true },
          { id: 'NO', label: turn.words.t('classes:buttons.again') },
        ],
      }),
      async receive(context, input) {
        const said = input.choice ?? yesNo(input.text)?.toUpperCase();
        if (said === 'YES') return to('done');
        if (said === 'NO') return to('number');
        return numberOr(context, input, LONE_NUMBER);
      },
    },
    impossible: {
      to: ['next'],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'classes:ask.impossible', { count: Number(slots['people']) }),
      }),
      async receive(context, input) {
        return numberOr(context, input, LONE_NUMBER);
      },
    },
    done: { to: ['number'], run: (context) => done(context) },
  },
  upgrade: ({ slots }) => ({ step: 'number', slots }),
  closes: closesForOthers,
  comeBack: async ({ turn }) => ({ text: say(turn, 'classes:ask.come_back_record') }),
});

/** Begins with what one line says of a class that is over. `alone`: no other question waits for its answer. */
export function beginRecording(turn: Turn<DialogDeps>, read: ReadRecorded, alone: boolean): StepResult {
  const unit = unitMeant(turn, read.place);
  const slots: Slots = {
    people: read.people,
    alone,
    ...(unit === null ? {} : { unit }),
    ...pastSlots(read.when, turn.at),
    ...(read.place === null ? {} : { place: read.place }),
    ...(read.topic === null ? {} : { topic: read.topic }),
  };
  return { move: { to: 'dialog', dialog: 'class-record', slots } };
}

/** The number of one class that is known. `people`: it was said already. */
export function beginNumber(
  record: ClassRecord,
  people: number | null,
  { asked, alone }: { readonly asked: boolean; readonly alone: boolean },
): StepResult {
  const slots: Slots = {
    ...{ id: record.id, unit: record.unit, apart: true, alone },
    ...(people === null ? {} : { people }),
    ...(asked ? {} : { doubt: true }),
  };
  return { move: { to: 'dialog', dialog: 'class-record', slots } };
}

/** Takes the number of people that the pattern finds; without one the question stands, or a word of stopping ends it. */
function numberOr(context: Context, input: Input, pattern: RegExp): StepResult {
  const found = pattern.exec(input.text.trim());
  return found ? to('next', { people: Number(found[1]), sure: false }) : stopOr(context, input, NOTHING);
}

/** A weekday without a date is the last one of that name. */
function pastSlots(when: Occasion, at: Date): Slots {
  const { day, time, part } = when;
  const minute = time?.kind === 'time' ? time.minute : part ? USUAL_MINUTE[part] : null;
  const time_ = minute === null ? {} : { minute };
  if (day?.kind !== 'day') return time_;
  const today = vnDay(at);
  const back = day.day > today && nextDay(day.day, -7) <= today ? nextDay(day.day, -7) : day.day;
  return { ...time_, ...(back > today ? {} : { day: back }) };
}

async function next({ turn, slots }: Context): Promise<StepResult> {
  const unit = textIn(slots, 'unit');
  if (unit === '') return to('unit');
  const id = textIn(slots, 'id');
  if (id === '' && textIn(slots, 'day') === '') return to('day');
  const people = slots['people'];
  if (typeof people !== 'number') return to('number');
  if (id === '' && slots['apart'] !== true) {
    const day = textIn(slots, 'day');
    const others = await turn.deps.classes.held([unit], day, day);
    const like = perhapsTheSame(others, unit, startOf(slots));
    if (like) return to('same', { like: like.id });
  }
  const adults = turn.deps.directory.tree.getNearest(unit, vnDay(turn.at))?.adults ?? null;
  const odd = oddAttendance(people, adults, await turn.deps.classes.lastNumbers(unit, turn.at));
  if (odd === 'impossible') return to('impossible');
  if (odd !== null && slots['sure'] !== true) return to('sure', { odd });
  return slots['doubt'] === true ? to('sure', { odd: 'is_it', doubt: false }) : to('done');
}
