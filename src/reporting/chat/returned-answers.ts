import { textIn, type Input, type StepContext, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { foldText } from '../../kernel/vn-text';
import { readInstead } from '../../understanding/instead';
import { isWaiting } from '../../understanding/returned-words';
import { readIntent } from '../../understanding/intent';
import type { FigureAnswer } from '../report-effect';
import { valuesOf } from '../report-writing';
import { review } from '../validation';
import { figureVars, together } from './approval-notices';
import { aboveName, shownValue } from './approval-texts';
import { askedAnew } from './confirming';
import { contradictionText, impossibleText } from './form-refusals';
import { joinParts, partMissing, ratioOf, readForm } from './form-values';
import { askedIfMeant } from './odd-steps';
import { readAnswer } from './report-answers';
import { effectBase, figureOfId, preview, VILLAGE_FORM, type Facts } from './report-facts';
import { refusal } from './report-refusals';
import { returnedFigure } from './returned';

/** What is typed for a figure that was sent back: taken, refused with the reason, asked about where it is unlike the months before. */

/** Writes the answer; the next figure that was sent back is asked about, otherwise that was all. */
export function answered(context: StepContext<DialogDeps>, facts: Facts, given: FigureAnswer): StepResult {
  const { turn } = context;
  const effect = { ...effectBase(turn, facts), kind: 'report.answer' as const, figures: [given] };
  const { facts: after, outcome } = preview(turn, facts, effect);
  const vars = {
    ...figureVars(turn, facts, given.figure),
    superior: aboveName(turn, facts),
  };
  if (outcome.outcome === 'locked' || outcome.outcome === 'refused') {
    const key = outcome.outcome === 'locked' ? 'returned_locked' : 'returned_refused';
    return { move: { to: 'end', say: { text: turn.words.t(`approval:${key}`, vars) } } };
  }
  const value = shownValue(turn, after, given.figure, after.report?.figures[given.figure]);
  const text = turn.words.t('approval:returned_answered', { ...vars, value });
  const next = returnedFigure(after);
  const effects = [effect, ...together(turn, askedAnew(turn, facts, after))];
  if (next === null) return { effects, move: { to: 'end', say: { text } } };
  return {
    effects,
    notes: [text],
    move: { to: 'step', step: 'ask', slots: { figure: next, said: '' } },
  };
}

/** A number typed, or the value that stands: taken, or refused with the reason. */
export function take(context: StepContext<DialogDeps>, facts: Facts, text: string): StepResult {
  const { turn, slots } = context;
  const figure = textIn(slots, 'figure');
  const standing = facts.report?.figures[figure];
  if (!standing) return { move: { to: 'pass' } };
  const typed = text.replace(/^\s*(?:sửa|sua|đổi|doi)(?:\s+(?:thành|thanh|là|la|lại|lai))?\s+/iu, '');
  if (
    /^\s*(?:giữ|giu|vẫn|van|giữ nguyên|giu nguyen|đúng rồi|dung roi|như cũ|nhu cu)(?!\p{L})/iu.test(
      typed.normalize('NFC'),
    ) &&
    !/\d/.test(typed)
  )
    return answered(context, facts, keptAs(standing));
  const kept = typed.replace(/^\s*(?:giữ|giu|vẫn|van|là|la)\s+/iu, '');
  if (facts.form.id !== VILLAGE_FORM) return takeOther(context, facts, kept);
  const instead = readInstead(kept);
  const said = instead === null ? null : readAnswer(facts, figure, instead);
  const reading = said?.kind === 'value' ? said : readAnswer(facts, figure, kept);
  if (reading.kind === 'missing') return answered(context, facts, { figure, value: null, status: 'missing' });
  const value = reading.kind === 'value' ? reading.value : reading.kind === 'nothing' ? 0 : null;
  if (value === null) return { move: { to: 'pass' } };
  const def = figureOfId(facts, figure);
  const given: FigureAnswer = { figure, value, status: value === 0 ? 'zero' : 'reported' };
  const known = valuesOf(facts.report);
  const verdict = review({
    ...{ form: facts.form, figure: def, value, unit: facts.unit, known },
    history: facts.history(figure),
  });
  if (verdict.verdict === 'refuse')
    return { move: { to: 'here', miss: true, say: { text: refusal(turn, facts, verdict.because) } } };
  return askedIfMeant(facts, given) ?? answered(context, facts, given);
}

/** The same for every other form, whose figures are of all kinds; a share whose parts are not all said is asked on in its own dialog. */
function takeOther(context: StepContext<DialogDeps>, facts: Facts, text: string): StepResult {
  const { turn, slots } = context;
  const figure = textIn(slots, 'figure');
  const reading = readForm(turn, figureOfId(facts, figure), text, foldText(text));
  const asked = {
    move: { to: 'dialog', dialog: 'form', slots: { ...facts.key, figure, line: text } },
  } as const;
  switch (reading.kind) {
    case 'none':
      return { move: { to: 'pass' } };
    case 'missing':
      return answered(context, facts, { figure, value: null, status: 'missing' });
    case 'confirm':
      return { ...asked, move: { ...asked.move, instead: true } };
    case 'part': {
      const said = joinParts(null, reading.said, null);
      if (partMissing(said) !== null) return { ...asked, move: { ...asked.move, instead: true } };
      const owner = turn.words.t(`reports:form.sources.${facts.form.owner.role}`);
      const given = ratioOf(figure, said, owner);
      return given === null ? { move: { to: 'pass' } } : checked(context, facts, given);
    }
    case 'answer':
      return checked(context, facts, reading.answer);
  }
}

function checked(context: StepContext<DialogDeps>, facts: Facts, given: FigureAnswer): StepResult {
  const { turn } = context;
  const refused =
    impossibleText(turn, facts, figureOfId(facts, given.figure), given) ??
    contradictionText(turn, facts, given);
  if (refused === null) return askedIfMeant(facts, given) ?? answered(context, facts, given);
  return { move: { to: 'here', miss: true, say: { text: refused } } };
}

/** What is typed where a value is asked about: put off, or another value of the figure. */
export function otherwise(
  context: StepContext<DialogDeps>,
  facts: Facts,
  _figure: string,
  input: Input,
): StepResult {
  const intent = readIntent(input.text)?.kind;
  if (intent !== 'later' && intent !== 'cancel' && !isWaiting(input.text))
    return take(context, facts, input.text);
  const text = context.turn.words.t('approval:returned_later', personOf(context.turn).vars);
  return { move: { to: 'end', say: { text } } };
}

/** The value that stands, as an answer. */
export function keptAs({ figure, value, status, detail }: FigureAnswer): FigureAnswer {
  return { figure, value, status, ...(detail ? { detail } : {}) };
}
