import {
  textIn,
  type Dialog,
  type Json,
  type Step,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { contactName } from '../../org/chat/people';
import { actPerhaps } from '../../understanding/act-ways';
import { cueOf } from '../../understanding/act-cues';
import { readAct } from '../../understanding/acts';
import { hasNumber } from './form-values';
import { figureNamed } from './report-answers';
import { readQueue } from './answer-queue';
import { answeredCount, asLastMonth, isSent, numberOf, type Facts } from './report-facts';
import { record, takeAll } from './report-record';
import { lastMonthName, reportVars } from './report-texts';

/**
 * What people want beside the number while the report is open: the question explained, no figure, the one before, from
 * the beginning, how many are left, whether it is sent, a figure given again. Each is answered with the screen that is
 * open under it, or leads to the question that is meant.
 */

type Context = StepContext<DialogDeps>;

const HERE: StepResult = { move: { to: 'here' } };
/** Steps at which one figure is open: its question, or a question about its value. */
const ON_FIGURE: ReadonlySet<string> = new Set(['question', 'confirm', 'zero', 'odd', 'odd_reason']);

function ask(figure: string, more: { [key: string]: Json } = {}): StepResult {
  return { move: { to: 'step', step: 'question', slots: { figure, queue: [], ...more } } };
}

function noted(
  { turn }: Context,
  found: Facts,
  key: string,
  vars: Record<string, string | number> = {},
): StepResult {
  return { ...HERE, notes: [turn.words.t(key, { ...reportVars(turn, found), ...vars })] };
}

/** Steps that ask whether a value is right. */
const OF_A_VALUE: ReadonlySet<string> = new Set(['confirm', 'odd', 'odd_reason']);
const SKIPS = /(?:^| )(?:bo qua|cho qua|de trong|bo trong|khoi|cau khac|cau sau|cau tiep)(?: |$)/;

/** What a text wants beside the number. `unsaid`: the screen shows last month's figures. Null: nothing of the kind. */
export function acted(context: Context, found: Facts, text: string, unsaid = false): StepResult | null {
  const { turn, frame, slots } = context;
  const act = readAct(text);
  const figure = ON_FIGURE.has(frame.step) ? textIn(slots, 'figure') : '';
  switch (act?.kind) {
    case 'explain':
      return explained(context, found, figure, text);
    case 'unknown':
      // A number among the words may be the figure after all.
      if (hasNumber(text)) return null;
      // «Không biết nữa» to «Em ghi 100 nhé?»: the value asked about may not be right; a figure may be there all the same.
      if (figure === '' || (OF_A_VALUE.has(frame.step) && !SKIPS.test(foldText(text))))
        return noted(context, found, 'reports:unsure');
      return takeAll(turn, found, [{ figure, reading: { kind: 'missing' } }], [], readQueue(slots));
    case 'later':
      return { move: { to: 'step', step: 'parked' } };
    case 'unsure':
      return noted(context, found, 'reports:unsure');
    case 'how_many_left': {
      const left = found.asked.length - answeredCount(found);
      return noted(context, found, `reports:questions_left.${left > 0 ? 'some' : 'none'}`, { left });
    }
    case 'asks_sending': {
      const superior = contactName(turn.words, turn.deps, found.key.unit, turn.at);
      return isSent(found) ? null : noted(context, found, 'reports:not_sent_yet', { superior });
    }
    case 'start_over':
      return isSent(found) ? null : startOver(context, found);
    case 'back':
      return goBack(context, found, act.number);
    case 'wrong': {
      const named = act.number === null ? (act.name ?? '') : String(act.number);
      const meant = named === '' ? null : figureNamed(turn, found, named);
      if (named === '')
        return frame.step === 'question' && answeredCount(found) === 0 ? HERE : toWhich(unsaid);
      if (meant === null || !found.asked.some(({ id }) => id === meant)) return null;
      const others = (act.others ?? []).flatMap((number) => figureNamed(turn, found, String(number)) ?? []);
      if (unsaid) return record(turn, found, asLastMonth(found, [meant, ...others]), { again: meant });
      return ask(meant, others.length > 0 ? { redo: others } : {});
    }
    default:
      return null;
  }
}

/** What a text that nobody took may want of the open screen: the question explained, or asked about under it. Null: nothing is near. */
export function perhapsMeant(context: Context, found: Facts, text: string): string | null {
  const { turn, slots, frame } = context;
  const open = frame.step === 'question' ? textIn(slots, 'figure') : null;
  const near = actPerhaps(text);
  const cue = near === 'explain' || near === 'unknown' || near === 'later' ? near : cueOf(text);
  const figure = figureAskedOf(found, text) ?? open;
  if (cue === 'explain')
    return figure === null
      ? null
      : turn.words.t(`reports:figures.${figure}.explain`, reportVars(turn, found));
  // Each is answered by a button of the screen it is asked under.
  const here =
    open === null ? ['same', 'one_by_one', 'later', 'unknown'] : ['unknown', 'later', 'zero', 'same'];
  const under = open === null ? 'thumb' : 'question';
  return cue !== null && here.includes(cue)
    ? turn.words.t(`reports:perhaps.${under}.${cue}`, reportVars(turn, found))
    : null;
}

/** Which figure is wrong is asked; of last month's figures every one may be, so they are asked one by one. */
function toWhich(unsaid: boolean): StepResult | null {
  return unsaid ? null : { move: { to: 'step', step: 'which' } };
}

/** The figure that is open, or that the question names («lượt là sao», «câu 3 là gì»), in the words of the village. */
function explained(context: Context, found: Facts, open: string, text: string): StepResult {
  const { turn, frame } = context;
  const named = figureAskedOf(found, text) ?? (open === '' ? null : open);
  if (named !== null) return noted(context, found, `reports:figures.${named}.explain`);
  const last = lastMonthName(turn, found, null);
  return noted(context, found, `reports:explain.${frame.step === 'thumb' ? 'last' : 'which'}`, { last });
}

const ABOUT: readonly (readonly [RegExp, string])[] = [
  [/(?:^| )(?:luot|dau nguoi)(?: |$)/, 'learners'],
  [
    /(?:^| )(?:ky nang so|kns|nguoi lon|tuoi|tre con|tre em|nguoi gia|lam an xa|biet dung|ong ba)(?: |$)/,
    'adults_digital',
  ],
  [/(?:^| )(?:ho|tan nha|hang xom|nha hang xom)(?: |$)/, 'households_helped'],
  [/(?:^| )(?:buoi|lop|hop thon|hop to)(?: |$)/, 'classes_held'],
];

/** The figure of the form that a question about its meaning is about; null when it names none. */
export function figureAskedOf(found: Pick<Facts, 'asked'>, text: string): string | null {
  const fold = foldText(text.replace(/[^\p{L}\p{M}\d\s]/gu, ' '));
  const number = /(?:^| )(?:cau|so|muc) ([1-9])(?: |$)/.exec(fold)?.[1];
  if (number !== undefined) return found.asked[Number(number) - 1]?.id ?? null;
  const id = ABOUT.find(([pattern]) => pattern.test(fold))?.[1];
  return found.asked.some((figure) => figure.id === id) ? (id ?? null) : null;
}

/** «Câu trước», «về câu 1»: that question, or the one before the open one, or the last one before the read-back. */
export function goBack({ frame, slots }: Context, found: Facts, number: number | null): StepResult | null {
  if (number !== null) {
    const meant = found.asked.find(({ id }) => numberOf(found, id) === number);
    return meant ? ask(meant.id) : null;
  }
  const open = textIn(slots, 'figure');
  if (['confirm', 'zero', 'odd', 'odd_reason'].includes(frame.step)) return ask(open);
  const asked = found.asked.map(({ id }) => id);
  const at = frame.step === 'question' ? asked.indexOf(open) : asked.length;
  const figure = ['question', 'readback'].includes(frame.step) ? asked[at - 1] : undefined;
  return figure === undefined ? HERE : ask(figure);
}

/** Every figure is asked once more, in order; what was given stands until it is given again. */
export function startOver(context: Context, found: Facts): StepResult {
  const { turn } = context;
  const [first, ...rest] = found.asked.map(({ id }) => id);
  return {
    ...ask(first ?? '', { redo: rest }),
    notes: [turn.words.t('reports:start_over', reportVars(turn, found))],
  };
}

/** The steps that lead on to the next figure of a report that is done once more, instead of to the read-back. */
export function doingAgain(steps: Dialog<DialogDeps>['steps']): Dialog<DialogDeps>['steps'] {
  return Object.fromEntries(
    Object.entries(steps).map(([name, each]) => [name, ON_FIGURE.has(name) ? again(each) : each]),
  );
}

function again(each: Step<DialogDeps>): Step<DialogDeps> {
  if (!each.receive) return each;
  const receive = each.receive.bind(each);
  return {
    ...each,
    async receive(context, input) {
      const result = await receive(context, input);
      const [next, ...rest] = (context.slots['redo'] as readonly string[] | undefined) ?? [];
      const { move } = result;
      if (next === undefined || move.to !== 'step' || move.slots?.['redo'] !== undefined) return result;
      const onward =
        move.step === 'readback' ||
        (move.step === 'question' && move.slots?.['figure'] !== textIn(context.slots, 'figure'));
      return onward
        ? {
            ...result,
            move: { to: 'step', step: 'question', slots: { ...move.slots, figure: next, redo: rest } },
          }
        : result;
    },
  };
}
