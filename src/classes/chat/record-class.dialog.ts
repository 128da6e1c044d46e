import {
  defineDialog,
  textIn,
  type Effect,
  type Slots,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { instantOf, nextDay } from '../../kernel/work-calendar';
import { say } from '../../dialogs/answer';
import { placeName } from '../../org/chat/people';
import { readOccasion, USUAL_MINUTE, type Occasion } from '../../understanding/occasion';
import { yesNo } from '../../understanding/yes-no';
import { classIdOf, oddAttendance, perhapsTheSame, type ClassRecord } from '../class';
import { classLine } from './class-texts';
import { closesForOthers, dayChosen, dayId, dayName, oldButton, stopOr, to, unitStep } from './class-talk';
import { lineOf, unitMeant } from './leading';
import type { ReadRecorded } from './read-class';

/**
 * Writes down how many people came: to a class that was announced, or to one nobody announced. What is not clear is
 * asked: the village, the day, an odd number, and whether two reports are of one class. Visits are counted, never names.
 */

type Context = StepContext<DialogDeps>;

const NOTHING = 'classes:nothing_recorded';

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
        const when = readOccasion(input.text, context.turn.at);
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
        const found = /^\D{0,12}?(\d{1,5})\s*(?:người|nguoi|ng|bà con|ba con|lượt|luot|ạ|a)*\s*\.?$/iu.exec(
          input.text.trim(),
        );
        return found
          ? to('next', { people: Number(found[1]), sure: false })
          : stopOr(context, input, NOTHING);
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
          { id: 'YES', label: turn.words.t('classes:buttons.right') },
          { id: 'NO', label: turn.words.t('classes:buttons.again') },
        ],
      }),
      async receive(context, input) {
        const said = input.choice ?? yesNo(input.text)?.toUpperCase();
        if (said === 'YES') return to('done');
        if (said === 'NO') return to('number');
        const number = /^\s*(\d{1,5})\s*(?:người|nguoi)?\s*$/iu.exec(input.text);
        return number
          ? to('next', { people: Number(number[1]), sure: false })
          : stopOr(context, input, NOTHING);
      },
    },
    impossible: {
      to: ['next'],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'classes:ask.impossible', { count: Number(slots['people']) }),
      }),
      async receive(context, input) {
        const number = /^\s*(\d{1,5})\s*(?:người|nguoi)?\s*$/iu.exec(input.text);
        return number
          ? to('next', { people: Number(number[1]), sure: false })
          : stopOr(context, input, NOTHING);
      },
    },
    done: { to: ['number'], run: (context) => done(context) },
  },
  upgrade: ({ slots }) => ({ step: 'number', slots }),
  closes: closesForOthers,
  comeBack: async ({ turn }) => ({ text: say(turn, 'classes:ask.come_back_record') }),
  oldButton,
});

/** Begins with what one line says of a class that is over. */
export function beginRecording(turn: Turn<DialogDeps>, read: ReadRecorded): StepResult {
  const unit = unitMeant(turn, read.place);
  const slots: Slots = {
    people: read.people,
    ...(unit === null ? {} : { unit }),
    ...pastSlots(read.when, turn.at),
    ...(read.place === null ? {} : { place: read.place }),
    ...(read.topic === null ? {} : { topic: read.topic }),
  };
  return { move: { to: 'dialog', dialog: 'class-record', slots } };
}

/** The number of one class that is known. `people`: it was said already. */
export function beginNumber(record: ClassRecord, people: number | null, asked: boolean): StepResult {
  const slots: Slots = {
    ...{ id: record.id, unit: record.unit, apart: true },
    ...(people === null ? {} : { people }),
    ...(asked ? {} : { doubt: true }),
  };
  return { move: { to: 'dialog', dialog: 'class-record', slots } };
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
    const like = perhapsTheSame(
      others.map(({ record }) => record),
      unit,
      startOf(slots),
    );
    if (like) return to('same', { like: like.id });
  }
  const adults = turn.deps.directory.tree.getNearest(unit, vnDay(turn.at))?.adults ?? null;
  const odd = oddAttendance(people, adults, await turn.deps.classes.lastNumbers(unit, turn.at));
  if (odd === 'impossible') return to('impossible');
  if (odd !== null && slots['sure'] !== true) return to('sure', { odd });
  return slots['doubt'] === true ? to('sure', { odd: 'is_it', doubt: false }) : to('done');
}

function startOf(slots: Slots): Date {
  const minute = slots['minute'];
  return instantOf(textIn(slots, 'day'), typeof minute === 'number' ? minute : USUAL_MINUTE.evening);
}

async function done({ turn, slots }: Context): Promise<StepResult> {
  const attended = Number(slots['people']);
  const id = textIn(slots, 'id');
  const view = id === '' ? null : await turn.deps.classes.get(id);
  if (view) return recorded(turn, { ...view.record, attended }, recordEffect(turn, view.record, attended));
  const effectId = turn.effectId();
  const record: ClassRecord = {
    ...{ id: classIdOf(effectId), unit: textIn(slots, 'unit'), startsAt: startOf(slots), attended },
    ...{ topic: textIn(slots, 'topic') || null, place: textIn(slots, 'place') || null },
    ...{ capacity: null, planned: false, announced: false, moved: null, cancelled: null, question: null },
    ...{ by: turn.user, at: turn.at, version: 1 },
  };
  return recorded(turn, record, {
    kind: 'class.add',
    id: effectId,
    record,
    by: turn.user,
    at: turn.at,
  } as Effect);
}

function recordEffect(turn: Turn<DialogDeps>, record: ClassRecord, attended: number): Effect {
  const effect = {
    kind: 'class.record',
    id: turn.effectId(),
    class: record,
    attended,
    by: turn.user,
    at: turn.at,
  };
  return effect;
}

/** «Em ghi: 1 buổi, 32 người, …», and how many of those who had asked came. */
function recorded(turn: Turn<DialogDeps>, record: ClassRecord, effect: Effect): StepResult {
  const { words } = turn;
  const unit = placeName(turn.deps, record.unit, record.startsAt);
  const what = record.announced
    ? classLine(words, record, unit)
    : [unit, dayName(turn.words, vnDay(record.startsAt)), record.place, record.topic]
        .filter(Boolean)
        .join(', ');
  const text = [
    say(turn, 'classes:recorded', { count: record.attended ?? 0, what }),
    ...(record.question
      ? [say(turn, 'classes:asked_and_came', { asked: record.question.asked, came: record.attended ?? 0 })]
      : []),
  ].join('\n');
  const choices = [
    { id: 'FIX', label: words.t('classes:buttons.fix_number'), command: `#LOPSO_${record.id}` },
  ];
  return { move: { to: 'end', say: { text, choices } }, effects: [effect] };
}
