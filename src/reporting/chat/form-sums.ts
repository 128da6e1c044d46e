import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { momentShort } from '../../kernel/moment';
import { formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { placeName } from '../../org/chat/people';
import { actsWithSums, changedSums, lastChange, sumsOf, type ShownSums } from '../shown-sums';
import { formVars } from './form-texts';
import { placesWord } from './places';
import { COMMUNE_FORM, VILLAGE_FORM, type Facts } from './report-facts';
import { figureName, valueText } from './report-texts';

/** The sums of a commune's villages, shown where its month begins: computed with their coverage, never typed. */

/** Null for other forms. `head`: the words above them. */
export async function communeSums(
  turn: Turn<DialogDeps>,
  facts: Facts,
  head = 'reports:form.sums',
): Promise<string | null> {
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
      places: placesWord(turn, facts.key.unit),
    }),
  );
  return turn.words.t(head, { ...formVars(turn, facts), lines: lines.join('\n') });
}

/** The sums that stand beside the commune's month now, to be kept with who sends or approves it; undefined for other forms. */
export async function sumsNow(turn: Turn<DialogDeps>, facts: Facts): Promise<ShownSums | undefined> {
  if (facts.form.id !== COMMUNE_FORM) return undefined;
  const totals = await turn.deps.rollup.totals(VILLAGE_FORM, facts.key.period, facts.key.unit);
  return totals && totals.expected > 0 ? sumsOf(totals) : undefined;
}

/** «Tổng đã đổi từ lúc gửi …: 120 → 102 (thôn Núi Hiểu, …)»; empty while the sums are what was last sent or approved. */
export async function sumsMoved(turn: Turn<DialogDeps>, facts: Facts): Promise<string> {
  const { words, deps } = turn;
  const act = facts.report ? actsWithSums(facts.report).sort(byTime).at(-1) : undefined;
  const now = act?.sums ? await sumsNow(turn, facts) : undefined;
  const changed = act?.sums && now ? changedSums(act.sums, now) : [];
  if (!act || changed.length === 0) return '';
  const villages = deps.directory.tree.villagesUnder(facts.key.unit, vnDay(turn.at)).map(({ code }) => code);
  const reports = await deps.reports.submissions(VILLAGE_FORM, facts.key.period, villages);
  const lines = changed.map(({ figure, from, to }) => {
    const last = lastChange(reports, figure, act.at);
    return words.t('approval:sums.line', {
      name: figureName(turn, figure),
      ...{ from: valueText(turn, from), to: valueText(turn, to) },
      by: last
        ? words.t('approval:sums.by', {
            unit: placeName(deps, last.unit, turn.at),
            moment: momentShort(words, last.at),
          })
        : '',
    });
  });
  return words.t(`approval:sums.moved.${act.kind}`, {
    moment: momentShort(words, act.at),
    lines: lines.join('\n'),
  });
}

const byTime = (a: { readonly at: Date }, b: { readonly at: Date }): number =>
  a.at.getTime() - b.at.getTime();

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
