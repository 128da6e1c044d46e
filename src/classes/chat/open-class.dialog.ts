import {
  defineDialog,
  textIn,
  type Choice,
  type Input,
  type Slots,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { instantOf } from '../../kernel/work-calendar';
import { moment } from '../../kernel/moment';
import { say } from '../../dialogs/answer';
import { classIdOf, type ClassRecord } from '../class';
import type { AddClass } from '../class-effects';
import { readOccasion, type Occasion } from '../../understanding/occasion';
import { readStop } from '../../understanding/stop';
import { isBeside } from '../../dialogs/beside-commands';
import { notTheWords } from '../../dialogs/free-words';
import { isSaid } from '../../dialogs/feature';
import {
  closesForOthers,
  dayChosen,
  occasionSaid,
  stopOr,
  to,
  unitStep,
  weekdayQuestion,
} from './class-talk';
import { lineOf, unitMeant } from './leading';
import { readAnnouncement, type ReadAnnouncement } from './read-class';

/**
 * Announces a class: what the line did not say is asked, one thing at a time; nothing is stored before all of it is
 * there. A weekday that does not fit its date, an hour that may be morning or evening, and a time that is over are asked.
 */

type Context = StepContext<DialogDeps>;

const LONGEST = 120;
const GIVEN_UP = 'classes:given_up';

export default defineDialog<DialogDeps>({
  id: 'class-open',
  version: 1,
  first: 'next',
  ref: () => '',
  steps: {
    next: { to: ['unit', 'day', 'time', 'place', 'topic', 'done'], run: async (context) => next(context) },
    unit: unitStep((unit) => given({ unit }), GIVEN_UP),
    day: {
      to: ['next'],
      ask: async (context) => dayQuestion(context),
      receive: async (context, input) => {
        const chosen = dayChosen(input);
        if (chosen !== null) return given({ day: chosen, doubt: '' });
        const when = occasionSaid(input, context.turn.at);
        return when.day
          ? given({ ...slotsOfTime(when), ...slotsOfDay(when) })
          : stopOr(context, input, GIVEN_UP);
      },
    },
    time: {
      to: ['next'],
      digits: 'own',
      ask: async (context) => timeQuestion(context),
      receive: async (context, input) => {
        const { slots } = context;
        const half = typeof slots['half'] === 'number' ? slots['half'] : null;
        if (half !== null && (input.choice === 'MORNING' || input.choice === 'EVENING'))
          return given({ minute: half + (input.choice === 'EVENING' ? 720 : 0), half: null });
        const part = occasionSaid(input, context.turn.at, half === null ? '' : clock(half));
        const lone = /^\s*(\d{1,2})\s*$/.exec(input.text);
        const when = lone && !part.time ? readOccasion(`${lone[1]}h`, context.turn.at) : part;
        return when.time ? given(slotsOfTime(when)) : stopOr(context, input, GIVEN_UP);
      },
    },
    place: {
      to: ['next'],
      digits: 'own',
      ask: async ({ turn }) => ({ text: say(turn, 'classes:ask.place') }),
      receive: async (context, input) => words(context, input, 'place'),
    },
    topic: {
      to: ['next'],
      digits: 'own',
      ask: async ({ turn }) => ({
        text: say(turn, 'classes:ask.topic'),
        choices: CONTENTS.map((id) => ({ id, label: turn.words.t(`classes:topics.${id.toLowerCase()}`) })),
      }),
      receive: async (context, input) => {
        const digit = /^\s*([1-5])\s*$/.exec(input.text)?.[1];
        const id =
          CONTENTS.find((one) => one === input.choice) ?? (digit ? CONTENTS[Number(digit) - 1] : undefined);
        if (id) return given({ topic: context.turn.words.t(`classes:topics.${id.toLowerCase()}`) });
        return words(context, input, 'topic');
      },
    },
    done: { to: [], run: async (context) => done(context) },
  },
  upgrade: ({ slots }) => ({ step: 'place', slots }),
  closes: closesForOthers,
  comeBack: async (context) => ({ text: say(context.turn, 'classes:ask.come_back') }),
});

/** The five contents, as they are offered. */
export const CONTENTS = ['SERVICES', 'SHOPPING', 'PAYMENTS', 'SAFETY', 'VNEID'] as const;

/** Opens the dialog with what one line says. */
export function beginOpening(turn: Turn<DialogDeps>, read: ReadAnnouncement): StepResult {
  const unit = unitMeant(turn, read.place);
  const slots: Slots = {
    ...(unit === null ? {} : { unit }),
    ...slotsOfDay(read.when),
    ...slotsOfTime(read.when),
    ...(read.place === null ? {} : { place: clip(read.place) }),
    ...(read.topic === null ? {} : { topic: clip(read.topic) }),
    ...(read.capacity === null ? {} : { capacity: read.capacity }),
    planned: read.planned,
  };
  return { move: { to: 'dialog', dialog: 'class-open', slots } };
}

function slotsOfDay({ day }: Occasion): Slots {
  if (day?.kind === 'day') return { day: day.day, doubt: '' };
  if (day?.kind === 'wrong_weekday') return { day: '', doubt: `${day.day} ${day.other}` };
  return day ? { day: '', doubt: 'unclear' } : {};
}

function slotsOfTime({ time }: Occasion): Slots {
  if (!time) return {};
  return time.kind === 'time' ? { minute: time.minute, half: null } : { half: time.minute };
}

/** The first thing that is still missing; all there: it is announced. */
function next({ turn, slots }: Context): StepResult {
  const startsAt = startOf(slots);
  if (startsAt !== null && startsAt <= turn.at)
    return to(vnDay(startsAt) < vnDay(turn.at) ? 'day' : 'time', {
      past: true,
      ...forget(startsAt, turn.at),
    });
  if (textIn(slots, 'unit') === '') return to('unit');
  if (textIn(slots, 'day') === '') return to('day');
  if (typeof slots['minute'] !== 'number') return to('time');
  if (textIn(slots, 'place') === '') return to('place');
  return to(textIn(slots, 'topic') === '' ? 'topic' : 'done');
}

function forget(startsAt: Date, at: Date): Slots {
  return vnDay(startsAt) < vnDay(at) ? { day: '', doubt: '' } : { minute: null, half: null };
}

function startOf(slots: Slots): Date | null {
  const day = textIn(slots, 'day');
  const minute = slots['minute'];
  return day === '' || typeof minute !== 'number' ? null : instantOf(day, minute);
}

function done({ turn, slots }: Context): StepResult {
  const startsAt = startOf(slots);
  if (startsAt === null) return to('day');
  const id = turn.effectId();
  const capacity = slots['capacity'];
  const record: ClassRecord = {
    ...{ id: classIdOf(id), unit: textIn(slots, 'unit'), startsAt },
    ...{ topic: textIn(slots, 'topic'), place: textIn(slots, 'place'), teacher: null },
    capacity: typeof capacity === 'number' ? capacity : null,
    planned: slots['planned'] === true,
    ...{ announced: true, moved: null, cancelled: null, attended: null, question: null },
    ...{ by: turn.user, at: turn.at, version: 1 },
  };
  const effect: AddClass = { kind: 'class.add', id, record, by: turn.user, at: turn.at };
  return { ...openedSay(turn, record), effects: [effect] };
}

/** «Đã mở lớp: …», with what may be done to it next. */
export function openedSay(turn: Turn<DialogDeps>, record: ClassRecord): StepResult {
  const { words } = turn;
  const off = turn.deps.settings.calendars.work.isHoliday(vnDay(record.startsAt));
  const text = [
    say(turn, record.planned ? 'classes:planned' : 'classes:opened', { line: lineOf(turn, { record }) }),
    ...(record.capacity === null ? [] : [say(turn, 'classes:seats', { count: record.capacity })]),
    ...(off ? [say(turn, 'classes:holiday', { time: moment(words, record.startsAt) })] : []),
  ].join('\n');
  const choices: Choice[] = [
    { id: 'MOVE', label: words.t('classes:buttons.move'), command: `#LOPDOI_${record.id}` },
    { id: 'CANCEL', label: words.t('classes:buttons.cancel'), command: `#LOPHUY_${record.id}` },
  ];
  return { move: { to: 'end', say: { text, choices } }, listed: { kind: 'class', ids: [record.id] } };
}

function dayQuestion({ turn, slots }: Context) {
  const [day = '', other = ''] = textIn(slots, 'doubt').split(' ');
  if (other === '') {
    const key = slots['past'] === true ? 'past_day' : day === 'unclear' ? 'day_unclear' : 'day';
    return { text: say(turn, `classes:ask.${key}`) };
  }
  return weekdayQuestion(turn, day, other);
}

function timeQuestion({ turn, slots }: Context) {
  const half = slots['half'];
  if (typeof half !== 'number')
    return { text: say(turn, slots['past'] === true ? 'classes:ask.past_time' : 'classes:ask.time') };
  return {
    text: say(turn, 'classes:ask.half_day', { time: clock(half) }),
    choices: [
      { id: 'MORNING', label: turn.words.t('classes:buttons.morning') },
      { id: 'EVENING', label: turn.words.t('classes:buttons.evening') },
    ],
  };
}

function clock(minute: number): string {
  const minutes = minute % 60;
  return `${Math.floor(minute / 60)}h${minutes === 0 ? '' : String(minutes).padStart(2, '0')}`;
}

function words(context: Context, input: Input, slot: 'place' | 'topic'): StepResult {
  const text = clip(input.text.trim());
  const beside =
    readStop(input.text) === null
      ? notTheWords(context, input, () => stopOr(context, input, GIVEN_UP))
      : null;
  if (beside) return beside;
  if (isBeside(input.text) || isSaid(context.turn) || !/\p{L}{2}/u.test(text))
    return stopOr(context, input, GIVEN_UP);
  // A whole announcement begins anew.
  const read = readAnnouncement(input.text, context.turn.at);
  if (read && (read.when.day || read.topic)) return beginOpening(context.turn, read);
  return given({ [slot]: text });
}

function given(slots: Slots): StepResult {
  return to('next', { past: false, ...slots });
}

function clip(text: string): string {
  return [...text].slice(0, LONGEST).join('').trim();
}
