import {
  defineDialog,
  textIn,
  type Slots,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { instantOf } from '../../kernel/work-calendar';
import { moment } from '../../kernel/moment';
import { say } from '../../dialogs/answer';
import { personOf } from '../../org/chat/people';
import type { ClassRecord } from '../class';
import type { ClassEffect } from '../class-effects';
import { livePeople, type ClassView } from '../class-view';
import type { Occasion } from '../../understanding/occasion';
import { dayChosen, occasionSaid, stopOr, to, toldOf, weekdayQuestion } from './class-talk';
import { codesLed, leads, lineOf, mayLead, numbered } from './leading';
import type { ReadChange } from './read-class';

/**
 * Moves a class or calls it off: which one, to when, and then it is done at once when all was said, or after one question
 * that names how many people will hear of it. Those who signed up are told by the effect, once for each change.
 */

type Context = StepContext<DialogDeps>;
/** Zalo shows no more buttons. */
const BUTTONS = 5;
const KEPT = 'classes:kept';

export default defineDialog<DialogDeps>({
  id: 'class-change',
  version: 1,
  first: 'next',
  ref: (slots) => `${textIn(slots, 'act')}/${textIn(slots, 'id')}`,
  steps: {
    next: { to: ['next', 'which', 'when', 'sure', 'done', 'none'], run: (context) => next(context) },
    which: {
      to: ['next'],
      ask: async ({ turn, slots }) => {
        const views = await candidates(turn);
        return {
          text: `${say(turn, `classes:ask.which_${textIn(slots, 'act')}`)}\n${numbered(turn, views)}`,
          choices: views.slice(0, BUTTONS).map(({ record }, i) => ({
            id: record.id,
            label: turn.words.t('classes:buttons.number', { number: i + 1 }),
          })),
        };
      },
      receive: async (context, input) => {
        const views = await candidates(context.turn);
        const found = views.find(({ record }) => record.id === input.choice);
        return found ? to('next', { id: found.record.id, known: true }) : stopOr(context, input, KEPT);
      },
    },
    when: {
      to: ['next'],
      ask: async ({ turn, slots }) => {
        const [day, other] = textIn(slots, 'doubt').split(' ');
        if (day && other) return weekdayQuestion(turn, day, other);
        return { text: say(turn, slots['past'] === true ? 'classes:ask.past_day' : 'classes:ask.move_to') };
      },
      receive: async (context, input) => {
        const chosen = dayChosen(input);
        if (chosen !== null) return to('next', { day: chosen, doubt: '', past: false });
        const when = occasionSaid(input, context.turn.at);
        return when.day || when.time ? to('next', slotsOf(when)) : stopOr(context, input, KEPT);
      },
    },
    sure: {
      to: ['done'],
      ask: ({ turn, slots }) => sureQuestion(turn, slots),
      receive: async (context, input) => {
        if (input.choice === 'YES') return to('done');
        if (input.choice === 'NO') return given(context.turn);
        return stopOr(context, input, KEPT);
      },
    },
    done: { to: ['none'], run: (context) => done(context) },
    none: {
      to: [],
      run: async ({ turn }) => ({ move: { to: 'end', say: { text: say(turn, 'classes:none_to_change') } } }),
    },
  },
  upgrade: ({ slots }) => ({ step: 'which', slots }),
  closes: ({ turn }) => (leads(turn) ? null : turn.words.t('officer:no_right', personOf(turn).vars)),
  comeBack: async ({ turn }) => ({ text: say(turn, 'classes:ask.come_back_change') }),
});

/** Begins with what was said; `id`: the class is known, from a button or from the list that was shown. */
export function beginChange(read: ReadChange, id: string | null): StepResult {
  const slots: Slots = {
    act: read.act,
    ...(id === null ? {} : { id, known: true }),
    ...slotsOf(read.when),
    reason: read.reason ?? '',
  };
  return { move: { to: 'dialog', dialog: 'class-change', slots } };
}

/** Classes of the person's units that can still be changed. */
export function candidates(turn: Turn<DialogDeps>): Promise<readonly ClassView[]> {
  return turn.deps.classes.coming(codesLed(turn), turn.at);
}

function slotsOf({ day, time }: Occasion): Slots {
  const minute = time?.kind === 'time' ? { minute: time.minute } : {};
  if (day?.kind === 'day') return { day: day.day, doubt: '', past: false, ...minute };
  return day?.kind === 'wrong_weekday' ? { doubt: `${day.day} ${day.other}`, ...minute } : minute;
}

async function next({ turn, slots }: Context): Promise<StepResult> {
  const view = await viewIn(turn, slots);
  if (!view) {
    const found = await candidates(turn);
    if (found.length === 0) return to('none');
    return found.length === 1 ? to('next', { id: found[0]?.record.id ?? '' }) : to('which');
  }
  if (slots['act'] === 'cancel') return to(isSaid(view, slots) ? 'done' : 'sure');
  if (slots['act'] !== 'move') return to('done');
  const startsAt = movedTo(slots, view.record);
  if (startsAt === null) return to('when');
  return startsAt > turn.at ? to('done') : to('when', { past: true, day: '', minute: null });
}

/** Called off by its number in the list, and nobody is in it or the reason was said with it: nothing is left to ask. */
function isSaid(view: ClassView, slots: Slots): boolean {
  return slots['known'] === true && (livePeople(view).length === 0 || textIn(slots, 'reason') !== '');
}

/** When it is moved to: what was not said of the day or the hour stays as it is. Null: nothing was said. */
function movedTo(slots: Slots, record: ClassRecord): Date | null {
  if (textIn(slots, 'doubt') !== '') return null;
  const day = textIn(slots, 'day');
  const minute = slots['minute'];
  if (day === '' && typeof minute !== 'number') return null;
  const before = inVietnam(record.startsAt);
  return instantOf(
    day === '' ? vnDay(record.startsAt) : day,
    typeof minute === 'number' ? minute : before.hour * 60 + before.minute,
  );
}

async function viewIn(turn: Turn<DialogDeps>, slots: Slots): Promise<ClassView | null> {
  const id = textIn(slots, 'id');
  const view = id === '' ? null : await turn.deps.classes.get(id);
  return view && !view.record.cancelled && mayLead(turn, view.record.unit) ? view : null;
}

async function sureQuestion(turn: Turn<DialogDeps>, slots: Slots) {
  const view = await viewIn(turn, slots);
  if (!view) return { text: say(turn, 'classes:none_to_change') };
  return {
    text: say(turn, 'classes:ask.sure_cancel', { line: lineOf(turn, view), count: livePeople(view).length }),
    choices: [
      { id: 'YES', label: turn.words.t('classes:buttons.cancel'), exact: true },
      { id: 'NO', label: turn.words.t('classes:buttons.keep') },
    ],
  };
}

async function done({ turn, slots }: Context): Promise<StepResult> {
  const view = await viewIn(turn, slots);
  if (!view) return to('none');
  const act = textIn(slots, 'act');
  const { record } = view;
  const reason = textIn(slots, 'reason') || null;
  const common = { id: turn.effectId(), class: record, by: turn.user, at: turn.at };
  const startsAt = movedTo(slots, record) ?? record.startsAt;
  const effect: ClassEffect =
    act === 'move'
      ? { kind: 'class.move', ...common, startsAt, reason }
      : act === 'open'
        ? { kind: 'class.openSigningUp', ...common }
        : { kind: 'class.cancel', ...common, reason, notHeld: false };
  const text = say(turn, `classes:changed.${act}`, {
    line: lineOf(turn, view),
    time: moment(turn.words, startsAt),
    told: toldOf(turn, view),
  });
  return { move: { to: 'end', say: { text } }, effects: [effect] };
}

function given(turn: Turn<DialogDeps>): StepResult {
  return { move: { to: 'end', say: { text: say(turn, KEPT) } } };
}
