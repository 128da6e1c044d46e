import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { formatCount } from '../../kernel/vn-text';
import { formVars } from './form-texts';
import { COMMUNE_FORM, VILLAGE_FORM, type Facts } from './report-facts';
import { figureName } from './report-texts';

/** The sums of a commune's villages, shown where its month begins: computed with their coverage, never typed. */

/** Null for other forms. */
export async function communeSums(turn: Turn<DialogDeps>, facts: Facts): Promise<string | null> {
  if (facts.form.id !== COMMUNE_FORM) return null;
  const totals = await turn.deps.rollup.totals(VILLAGE_FORM, facts.key.period, facts.key.unit);
  if (!totals || totals.expected === 0)
    return turn.words.t('reports:form.no_villages', formVars(turn, facts));
  const lines = totals.indicators.map((indicator) =>
    turn.words.t('reports:form.sum', {
      name: figureName(turn, indicator.id),
      value: indicator.value === null ? turn.words.t('reports:missing_value') : formatCount(indicator.value),
      covered: indicator.covered,
      expected: indicator.expected,
    }),
  );
  return turn.words.t('reports:form.sums', { ...formVars(turn, facts), lines: lines.join('\n') });
}

/** The numerator that the villages' sum offers for the share of adults; null for other figures, or when no village has said it. */
export async function offeredFor(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
): Promise<number | null> {
  if (facts.form.id !== COMMUNE_FORM || figure !== 'adults_digital_share') return null;
  const totals = await turn.deps.rollup.totals(VILLAGE_FORM, facts.key.period, facts.key.unit);
  return totals?.indicators.find(({ id }) => id === 'adults_digital')?.value ?? null;
}
