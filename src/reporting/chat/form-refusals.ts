import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { formatCount, formatSeen } from '../../kernel/vn-text';
import { textsOf, type FigureDef } from '../form';
import type { FigureAnswer } from '../report-effect';
import { valuesOf } from '../report-writing';
import { contradictions, impossible } from '../validation';
import { formFigureName, formVars } from './form-texts';
import type { Facts } from './report-facts';

/** Why a value of a form is not taken, naming the numbers; null: it may be. */
export function impossibleText(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: FigureDef,
  { value, detail }: FigureAnswer,
): string | null {
  if (value === null || figure.kind === 'text' || figure.kind === 'link') return null;
  const cannot = impossible(figure, value, facts.unit, detail);
  if (!cannot) return null;
  return turn.words.t(`reports:${cannot.kind}`, {
    ...formVars(turn, facts),
    name: formFigureName(turn, facts, figure.id),
    value: formatSeen(cannot.value),
    max: formatCount(cannot.max),
    example: turn.words.t(`${textsOf(facts.form.id, figure.id)}.example`),
  });
}

/** Two figures that do not fit each other, both numbers named. */
export function contradictionText(turn: Turn<DialogDeps>, facts: Facts, answer: FigureAnswer): string | null {
  const known = valuesOf(facts.report);
  const [failed] = contradictions(facts.form, { ...known, [answer.figure]: answer.value }, answer.figure);
  if (!failed) return null;
  return turn.words.t(`reports:checks.${failed.check.else}`, {
    ...formVars(turn, facts),
    left: formatCount(failed.left),
    leftName: formFigureName(turn, facts, failed.check.left),
    right: formatCount(failed.right),
    rightName: formFigureName(turn, facts, failed.check.right),
  });
}
