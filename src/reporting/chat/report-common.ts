import {
  type Slots,
  textIn,
  type Input,
  type Move,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import { foldText } from '../../kernel/vn-text';
import type { NumberReading } from '../../understanding/number';
import { readAct } from '../../understanding/acts';
import { acted, goBack } from './report-acts';
import { nothing } from './report-nothing';
import { putsOffQuestion } from '../../understanding/later-words';
import { readStop } from '../../understanding/stop';
import type { DialogDeps } from '../../dialogs/deps';
import { asksToBeReminded } from '../../dialogs/named-reminder';
import { figureNamed, readAnswer, readFigures } from './report-answers';
import { readQueue } from './answer-queue';
import { goOn, record, takeAll } from './report-record';
import { type Facts, asLastMonth, factsOf, isSent, periodMeant } from './report-facts';
import { reportVars } from './report-texts';
import { quoted } from './report-refusals';
import { readIntent } from '../../understanding/intent';

/** What every screen of the report shares: its facts, the ways to move, and what a person may type on any of them. */

export type Context = StepContext<DialogDeps>;
export const step = (
  name: string,
  slots?: Move extends infer M ? (M extends { to: 'step'; slots?: infer S } ? S : never) : never,
): StepResult => ({
  move: { to: 'step', step: name, ...(slots ? { slots } : {}) },
});
export const PASS: StepResult = { move: { to: 'pass' } };
export const HERE: StepResult = { move: { to: 'here' } };

export const NEXT = [
  'question',
  'confirm',
  'wipe',
  'zero',
  'odd',
  'readback',
  'sent',
  'locked',
  'parked',
  'which',
] as const;

export const refOf = (slots: Slots): string => `${textIn(slots, 'period')}/${textIn(slots, 'unit')}`;

/** The facts of the frame; they exist, since the frame was opened on them. */
export async function facts(context: Context): Promise<Facts> {
  const found = await factsOf(context.turn, textIn(context.slots, 'unit'), textIn(context.slots, 'period'));
  if (!found)
    throw new RangeError(`no duty of ${textIn(context.slots, 'unit')} in ${textIn(context.slots, 'period')}`);
  return found;
}

/** «báo cáo», «BC 418 5 121 14»: a report that begins, of the month that is meant today, not of the one that is open. */
export function asksAnew(input: Input): boolean {
  return input.choice === null && readIntent(input.text)?.kind === 'report';
}

/** «Để tối», «tiếp»: said of no figure, so that it is of the month now meant. */
const OF_NOW: ReadonlySet<string> = new Set(['later', 'cancel', 'resume']);

/** Whether a text under the question of a locked period is for the one that is open now, if there is another. */
export function meantForNow(input: Input, over: boolean): boolean {
  if (asksAnew(input)) return true;
  const words = input.choice === null || input.choice === 'LATER';
  return over && words && (OF_NOW.has(readIntent(input.text)?.kind ?? '') || putsOffQuestion(input.text));
}

/** The month of the open question is locked: it says so, but for what is meant for the month now, which the router answers. */
export function afterLock({ turn, slots }: Context, input: Input): StepResult {
  return meantForNow(input, textIn(slots, 'period') < periodMeant(turn.at)) ? PASS : step('locked');
}

/**
 * «Dừng», «khoan đã», «hủy», «chưa gửi vội» while something is open: nothing is stored or sent, what was said stays.
 * «Dung», which may be «đúng» too, is asked about. Null: the text stops nothing, or the report is with the commune.
 */
export function stopped(context: Context, found: Facts, input: Input): StepResult | null {
  // «Xóa hết làm lại» gives nothing up.
  const anew = input.choice === null && readAct(input.text)?.kind === 'start_over';
  const stop = input.choice === null && !anew && !isSent(found) ? readStop(input.text) : null;
  const { words } = context.turn;
  const vars = { ...reportVars(context.turn, found), typed: quoted(input.text) };
  switch (stop) {
    case null:
      return null;
    case 'messages':
      return PASS;
    case 'cancel':
      return step('parked');
    case 'unclear':
      return { ...HERE, notes: [words.t('reports:stop_unclear', vars)] };
    case 'hold':
      return heldBack(context, found);
  }
}

/** Nothing is sent or recorded; to go on or to leave it is one tap. */
export function heldBack({ turn }: Context, found: Facts): StepResult {
  const { words } = turn;
  const choices = [
    { id: 'CONTINUE', label: words.t('reports:buttons.continue_screen') },
    { id: 'LATER', label: words.t('reports:buttons.later') },
  ];
  return {
    move: { to: 'here', say: { text: words.t('reports:held', reportVars(turn, found)), choices } },
  };
}

/** Words of the whole month, whatever is asked; «nghỉ cả tháng» may speak of the classes alone. */
const WHOLE_MONTH = /(?:^| )(?:phat sinh|nothing)(?: |$)/;

/**
 * «Không phát sinh» answers the open question alone once another figure of the month is there; a stock says nothing of the
 * month. Other words for it do so once any other figure is there.
 */
function isForOpenFigure({ frame, slots }: Context, found: Facts, text: string): boolean {
  const open = ['question', 'confirm', 'zero', 'odd'].includes(frame.step) ? textIn(slots, 'figure') : '';
  const whole = WHOLE_MONTH.test(foldText(text));
  const others = found.asked.filter(({ id, nature }) => id !== open && (nature === 'flow' || !whole));
  return open !== '' && others.some(({ id }) => found.report?.figures[id] !== undefined);
}

/** A figure that nobody asked for, named while another question is open: meant perhaps, so it is asked about. */
function aside(
  { frame }: Context,
  found: Facts,
  given: { figure: string; reading: NumberReading },
): { figure: string; reading: NumberReading } {
  const { figure, reading } = given;
  const asked = frame.step !== 'question' || found.asked.some(({ id }) => id === figure);
  return asked || reading.kind !== 'value'
    ? given
    : { figure, reading: { kind: 'confirm', value: reading.value, why: 'question' } };
}

/** What every screen of the report understands: a line of figures, «sửa 3», «để sau», «không phát sinh». Null: none of these. */
export function common(context: Context, found: Facts, input: Input, unsaid = false): StepResult | null {
  const { turn } = context;
  if (input.choice === 'CONTINUE') return HERE;
  if (input.choice === 'LATER') return step('parked');
  if (input.choice === null && asksToBeReminded(input.text, turn.at)) return PASS;
  const held = stopped(context, found, input);
  if (held) return held;
  const open = context.frame.step === 'question' ? textIn(context.slots, 'figure') : undefined;
  const read = readFigures(found, input.text, open);
  // Several numbers and no line: the open question asks which of them is its own.
  const unplaced = context.frame.step === 'question' && read?.length === 1 && read[0]?.reading.kind === 'ask';
  const line = unplaced ? null : (read?.map((given) => aside(context, found, given)) ?? null);
  if (line) {
    // What could not be placed may be any of the others, so that none of them is taken as last month's; nor is the month
    // like the last where nothing was held.
    const placed = line.every(({ reading }) => reading.kind !== 'ask' && reading.kind !== 'nothing');
    const rest =
      unsaid && placed
        ? asLastMonth(
            found,
            line.map(({ figure }) => figure),
          )
        : [];
    return takeAll(turn, found, line, rest, readQueue(context.slots));
  }
  if (input.choice === null && putsOffQuestion(input.text)) return step('parked');
  const act = input.choice === null ? acted(context, found, input.text, unsaid) : null;
  if (act) return act;
  const intent = readIntent(input.text);
  switch (intent?.kind) {
    case 'fix': {
      const figure = figureNamed(turn, found, intent.target);
      if (!figure) return intent.target === '' && !unsaid ? step('which') : null;
      const rest = unsaid ? asLastMonth(found, [figure]) : [];
      if (intent.rest !== null)
        return takeAll(turn, found, [{ figure, reading: readAnswer(found, figure, intent.rest) }], rest);
      if (rest.length > 0) return record(turn, found, rest, { again: figure });
      return step('question', { figure });
    }
    case 'resume':
      return HERE;
    case 'later':
    case 'cancel':
      return step('parked');
    case 'none_happened':
      return isForOpenFigure(context, found, input.text) ? null : nothing(turn, found);
    case 'undo':
      return stopAsking(context, found);
    case 'back':
      return goBack(context, found, null);
    default:
      return null;
  }
}

/** «Hoàn tác» while a value is asked about, or a correction has begun: that is what it stops; nothing was written yet. Null: nothing of the kind. */
export function stopAsking({ turn, frame, slots }: Context, found: Facts): StepResult | null {
  const correcting = isSent(found) && ['question', 'which'].includes(frame.step);
  if (readQueue(slots).length === 0 && !correcting) return null;
  return {
    notes: [turn.words.t('reports:undo_asked', reportVars(turn, found))],
    move: goOn(found),
  };
}
