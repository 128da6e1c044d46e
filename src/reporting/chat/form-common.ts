import { textIn, type Input, type StepContext, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { readIntent } from '../../understanding/intent';
import { readStop } from '../../understanding/stop';
import { readAct } from '../../understanding/acts';
import { textsOf } from '../form';
import { goOn, record, step, take } from './form-record';
import { formVars } from './form-texts';
import { hasNumber } from './form-values';
import { factsOf, isSent, numberOf, owedFigures, type Facts } from './report-facts';

/** What every screen of a form shares: its facts, and what a person may type on any of them. */

export type Context = StepContext<DialogDeps>;

export async function factsIn(context: Context): Promise<Facts> {
  const { turn, slots } = context;
  const found = await factsOf(turn, textIn(slots, 'unit'), textIn(slots, 'period'), textIn(slots, 'form'));
  if (!found) throw new RangeError(`no duty of ${textIn(slots, 'unit')} on ${textIn(slots, 'form')}`);
  return found;
}

/** Where words are the answer, only what puts it aside or leads elsewhere is not taken for one. */
const WISHES: ReadonlySet<string> = new Set(['later', 'cancel', 'fix', 'resume', 'send', 'back']);

export function isWish({ choice, text }: Input): boolean {
  return (
    choice !== null ||
    /^\s*menu\s*$/i.test(text) ||
    readStop(text) !== null ||
    WISHES.has(readIntent(text)?.kind ?? '')
  );
}

/** What is wanted beside the value: the question explained, no figure, the one before, how many are left. Null: nothing of the kind. */
function acted({ turn, frame, slots }: Context, facts: Facts, text: string): StepResult | null {
  const act = readAct(text);
  const figure = frame.step === 'question' ? textIn(slots, 'figure') : '';
  const owed = owedFigures(facts).map(({ id }) => id);
  const here = (key: string, vars: Record<string, number> = {}): StepResult => ({
    move: { to: 'here' },
    notes: [turn.words.t(key, { ...formVars(turn, facts), ...vars })],
  });
  switch (act?.kind) {
    case 'explain':
      return figure === '' ? null : here(`${textsOf(facts.form.id, figure)}.explain`);
    case 'unknown':
      // A number among the words may be the figure after all.
      if (hasNumber(text)) return null;
      return figure === ''
        ? here('reports:unsure')
        : record(turn, facts, { figure, value: null, status: 'missing' });
    case 'unsure':
      return here('reports:unsure');
    case 'how_many_left': {
      const left = owed.filter((id) => facts.report?.figures[id] === undefined).length;
      return here(`reports:questions_left.${left > 0 ? 'some' : 'none'}`, { count: owed.length, left });
    }
    case 'start_over':
      return isSent(facts) ? null : step('question', { figure: owed[0] ?? '', said: null });
    case 'back': {
      const before = owed[owed.indexOf(figure) - 1];
      return before === undefined
        ? { move: { to: 'here' } }
        : step('question', { figure: before, said: null });
    }
    default:
      return null;
  }
}

/** «sửa 3», a digit on a numbered screen, «để sau»: what every screen understands. */
export function common(context: Context, facts: Facts, input: Input, digits: boolean): StepResult | null {
  const { turn } = context;
  if (input.choice === 'LATER') return step('parked');
  if (input.choice === 'FIX') return step('which');
  const stop = input.choice === null ? readStop(input.text) : null;
  if (stop === 'unclear')
    return { move: { to: 'here' }, notes: [turn.words.t('reports:form.unclear', formVars(turn, facts))] };
  if (stop === 'hold' || stop === 'cancel') return step('parked');
  const act = input.choice === null ? acted(context, facts, input.text) : null;
  if (act) return act;
  const intent = input.choice === null ? readIntent(input.text) : null;
  if (intent?.kind === 'send' || intent?.kind === 'resume') return goOn(facts);
  if (intent?.kind === 'later' || intent?.kind === 'cancel') return step('parked');
  const digit = digits ? /^\s*([1-9])\s*$/.exec(input.text)?.[1] : undefined;
  const target = digit ?? (intent?.kind === 'fix' ? intent.target : undefined);
  if (target === '') return step('which');
  const figure =
    target === undefined
      ? undefined
      : owedFigures(facts).find(({ id }) => String(numberOf(facts, id)) === target);
  if (!figure) return null;
  if (intent?.kind === 'fix' && intent.rest !== null) return take(turn, facts, figure.id, intent.rest);
  return step('question', { figure: figure.id, said: null });
}
