import type { StepResult, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { clipped, foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import type { SaidRatio } from '../../understanding/ratio';
import type { FigureDef } from '../form';
import type { FigureAnswer } from '../report-effect';
import { cannotBe } from '../validation';
import { askWhyCorrected } from './correction.dialog';
import { contradictionText, impossibleText } from './form-refusals';
import { formFigureName, formReceipt, formVars } from './form-texts';
import { together } from './approval-notices';
import { askedIfMeant } from './odd-steps';
import { askedAnew, askedToConfirm, unconfirmedLine } from './confirming';
import { sumsNow } from './form-sums';
import { formValueText, joinParts, partMissing, ratioOf, readForm } from './form-values';
import { effectBase, figureOfId, isSent, preview, unanswered, type Facts } from './report-facts';

/** Writing the answers of a form down and going on: the next figure, the part of a share that is missing, the read-back, the receipt. */

export const step = (
  name: string,
  slots: Record<string, never> | Readonly<Record<string, unknown>> = {},
): StepResult => ({
  move: { to: 'step', step: name, slots: slots as never },
});
export const PASS: StepResult = { move: { to: 'pass' } };
export const NEXT = [
  'question',
  'part',
  'confirm',
  'odd',
  'readback',
  'which',
  'sent',
  'locked',
  'parked',
] as const;

/** So much of a text is read back while others are asked for. */
const NOTED_MAX = 80;

/** The next open figure, the read-back, or the sent report. */
export function goOn(facts: Facts): StepResult {
  const next = unanswered(facts)[0];
  if (next && !isSent(facts)) return step('question', { figure: next.id, said: null });
  return step(isSent(facts) ? 'sent' : 'readback');
}

/** Writes an answer and goes on; what cannot be is said and asked again. */
export function record(turn: Turn<DialogDeps>, facts: Facts, answer: FigureAnswer): StepResult {
  const figure = figureOfId(facts, answer.figure);
  const refused = impossibleText(turn, facts, figure, answer) ?? contradictionText(turn, facts, answer);
  if (refused !== null) return { ...step('question', { figure: figure.id, said: null }), notes: [refused] };
  const effect = { ...effectBase(turn, facts), kind: 'report.answer' as const, figures: [answer] };
  const { facts: after, outcome } = preview(turn, facts, effect);
  if (outcome.outcome === 'locked') return step('locked');
  if (outcome.outcome === 'refused' && outcome.why === 'needs_reason')
    return askWhyCorrected(facts, [answer]);
  if (outcome.outcome === 'refused')
    return { ...goOn(facts), notes: [turn.words.t('reports:form.refused', formVars(turn, facts))] };
  const next = goOn(after);
  // A screen that shows all figures shows this one too.
  const alone = next.move.to === 'step' && next.move.step === 'question';
  const notes = isSent(facts)
    ? [correctedText(turn, facts, after, figure)]
    : alone || answer.status === 'missing'
      ? [notedText(turn, after, figure)]
      : [];
  return { ...next, notes, effects: [effect, ...together(turn, askedAnew(turn, facts, after))] };
}

/** «✔ Đã sửa Thành viên các tổ: 203 → 210», in what was sent already. */
function correctedText(turn: Turn<DialogDeps>, facts: Facts, after: Facts, figure: FigureDef): string {
  const valueIn = ({ report }: Facts): string =>
    clipped(formValueText(turn, figure, report?.figures[figure.id]), NOTED_MAX);
  const name = formFigureName(turn, facts, figure.id);
  return turn.words.t('reports:form.corrected', { name, before: valueIn(facts), value: valueIn(after) });
}

/** «✔ Tổ công nghệ số cộng đồng: 29», or that there is no figure yet. */
function notedText(turn: Turn<DialogDeps>, facts: Facts, figure: FigureDef): string {
  const version = facts.report?.figures[figure.id];
  const name = formFigureName(turn, facts, figure.id);
  if (version?.status === 'missing') return turn.words.t('reports:form.noted_missing', { name });
  return turn.words.t('reports:form.noted', {
    name,
    value: clipped(formValueText(turn, figure, version), NOTED_MAX),
  });
}

/** Takes an answer that was understood: refused, asked about where it is unlike the periods before, or recorded. */
export function settle(turn: Turn<DialogDeps>, facts: Facts, answer: FigureAnswer): StepResult {
  const figure = figureOfId(facts, answer.figure);
  const refused = impossibleText(turn, facts, figure, answer) ?? contradictionText(turn, facts, answer);
  return (refused === null ? askedIfMeant(facts, answer) : null) ?? record(turn, facts, answer);
}

/** What was typed for a figure, settled or asked on; null: no value of its kind. */
export function take(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figureId: string,
  text: string,
): StepResult | null {
  const figure = figureOfId(facts, figureId);
  const plain = foldText(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '));
  const reading = readForm(turn, figure, text, plain);
  switch (reading.kind) {
    case 'answer':
      return settle(turn, facts, reading.answer);
    case 'confirm':
      return step('confirm', { figure: figureId, value: reading.value });
    case 'missing':
      return record(turn, facts, { figure: figureId, value: null, status: 'missing' });
    case 'part': {
      const said = joinParts(null, reading.said, null);
      return withPart(turn, facts, figureId, said);
    }
    case 'none':
      return null;
  }
}

/**
 * A share with all its parts is recorded; otherwise the missing part is asked. A day that has not come is taken up to the
 * deadline and the last day of the month's data, which is still to come where holidays move the deadline ahead of it.
 */
export function withPart(turn: Turn<DialogDeps>, facts: Facts, figure: string, typed: SaidRatio): StepResult {
  const { deadline, data } = facts.times;
  const comes = typed.ahead !== null && (typed.ahead <= vnDay(deadline) || typed.ahead <= (data?.to ?? ''));
  const said = comes ? { ...typed, asOf: typed.ahead, ahead: null } : typed;
  if (partMissing(said) !== null) return step('part', { figure, said: { ...said } });
  const owner = turn.words.t(`reports:form.sources.${facts.form.owner.role}`);
  const answer = ratioOf(figure, said, owner);
  if (answer !== null) return settle(turn, facts, answer);
  const notes = [turn.words.t('reports:form.no_share', formVars(turn, facts))];
  return { ...step('question', { figure, said: null }), notes };
}

export async function send(turn: Turn<DialogDeps>, facts: Facts): Promise<StepResult> {
  const sums = await sumsNow(turn, facts);
  const effect = {
    ...{ ...effectBase(turn, facts), kind: 'report.submit' as const },
    ...(sums ? { sums } : {}),
  };
  const { facts: after, outcome } = preview(turn, facts, effect);
  if (outcome.outcome === 'locked') return step('locked');
  const [beyond] = cannotBe(facts.form, facts.report, facts.unit);
  const standing = beyond && facts.report?.figures[beyond.figure];
  if (outcome.outcome === 'refused' && standing) {
    const why = impossibleText(turn, facts, figureOfId(facts, beyond.figure), standing) ?? '';
    return { ...step('question', { figure: beyond.figure, said: null }), notes: [why] };
  }
  if (outcome.outcome === 'refused')
    return { ...goOn(facts), notes: [turn.words.t('reports:form.refused', formVars(turn, facts))] };
  const receipt = [formReceipt(turn, after), unconfirmedLine(turn, after)].filter((part) => part !== '');
  return {
    move: { to: 'end', say: { text: receipt.join(' ') } },
    effects: [effect, ...together(turn, askedToConfirm(turn, after))],
  };
}
