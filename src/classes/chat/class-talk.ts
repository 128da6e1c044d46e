import {
  textIn,
  type Dialog,
  type Input,
  type Say,
  type Slots,
  type Step,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { onlyAsksToBeReminded } from '../../dialogs/named-reminder';
import { readOccasion, type Occasion } from '../../understanding/occasion';
import type { Words } from '../../kernel/i18n';
import { moment } from '../../kernel/moment';
import { instantOf } from '../../kernel/work-calendar';
import { personOf, placeName } from '../../org/chat/people';
import { readStop } from '../../understanding/stop';
import { livePeople, type ClassView } from '../class-view';
import { leads, mayLead, unitMeant, unitsLed } from './leading';

/** What the talks about opening, changing and recording a class have in common. */

type Context = StepContext<DialogDeps>;

export function to(step: string, slots: Slots = {}): StepResult {
  return { move: { to: 'step', step, slots } };
}

/** A word of stopping ends the talk with the sentence of the key; anything else is not for this question. */
export function stopOr({ turn }: Context, input: Input, key: string): StepResult {
  if (readStop(input.text) === null) return { move: { to: 'pass' } };
  return { move: { to: 'end', say: { text: say(turn, key) } } };
}

/** How many of those who signed up hear of a change; that nobody has to, where nobody has. */
export function toldOf(turn: Turn<DialogDeps>, view: ClassView): string {
  const count = livePeople(view).filter((user) => view.seats.seatsOf.has(user)).length;
  return count === 0 ? say(turn, 'classes:changed.nobody') : say(turn, 'classes:changed.told', { count });
}

/** Which of the units the person leads. */
export function unitStep(given: (unit: string) => StepResult, stopped: string): Step<DialogDeps> {
  return {
    to: ['next'],
    ask: async ({ turn }) => ({
      text: say(turn, 'classes:ask.unit'),
      choices: unitsLed(turn).map(({ code }) => ({
        id: unitId(code),
        label: placeName(turn.deps, code, turn.at),
      })),
    }),
    async receive(context, input) {
      const { turn } = context;
      const tapped = unitsLed(turn).find(({ code }) => unitId(code) === input.choice);
      const unit = tapped?.code ?? unitMeant(turn, input.text);
      return unit ? given(unit) : stopOr(context, input, stopped);
    },
  };
}

function unitId(code: string): string {
  return `U${code.toUpperCase()}`;
}

/** A day as the id of a button: `D20260319`. */
export function dayId(day: string): string {
  return `D${day.replaceAll('-', '')}`;
}

/** The day behind such a button; null when it is none. */
export function dayChosen({ choice }: Input): string | null {
  const chosen = /^D(\d{4})(\d\d)(\d\d)$/.exec(choice ?? '');
  return chosen ? chosen.slice(1).join('-') : null;
}

/** «thứ Năm 19/3» */
export function dayName(words: Words, day: string): string {
  return moment(words, instantOf(day, 0)).replace(/^\S+\s+/, '');
}

/** The day and the time in an answer, `before` read in front of it; a wish to be reminded at seven names neither for the class. */
export function occasionSaid({ text }: Pick<Input, 'text'>, at: Date, before = ''): Occasion {
  return readOccasion(onlyAsksToBeReminded(text, at) ? '' : `${before} ${text}`.trim(), at);
}

/** The weekday that was said does not fit its date: which of the two days is meant. */
export function weekdayQuestion(turn: Turn<DialogDeps>, day: string, other: string): Say {
  return {
    text: say(turn, 'classes:ask.wrong_weekday', { day: dayName(turn.words, day) }),
    choices: [day, other].map((one) => ({ id: dayId(one), label: dayName(turn.words, one) })),
  };
}

/** Who no longer leads the unit of the talk, or any while it is not known yet, reads so and the talk closes. */
export const closesForOthers: NonNullable<Dialog<DialogDeps>['closes']> = ({ turn, slots }) => {
  const unit = textIn(slots, 'unit');
  const may = unit === '' ? leads(turn) : mayLead(turn, unit);
  return may ? null : turn.words.t('officer:no_right', personOf(turn).vars);
};
