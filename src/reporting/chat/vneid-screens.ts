import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { capital, formatCount, formatSeen } from '../../kernel/vn-text';
import { dayIn, monthName } from '../../kernel/moment';
import { placeName } from '../../org/chat/people';
import { treeDay, windowOf } from '../deadlines';
import { textsOf } from '../form';
import { formOf } from '../forms';
import type { GapExplained } from '../ledger';
import { isCounted, type Report } from '../report';
import {
  EXPLANATIONS,
  gapOf,
  trajectory,
  VNEID_FIGURES,
  type Explanation,
  type Gap,
  type PoliceCount,
  type VillageEstimate,
  type VneidFigure,
} from '../vneid-ledger';
import { placesWord } from './places';
import { VILLAGE_FORM } from './report-facts';

/** Villages' estimates beside what the police count: the screens of a commune and of the province. */

export const POLICE_FORM = 'police-month';
const POLICE = '24-CA';
/** Communes shown to whoever sees the whole province, the widest gaps first. */
const SHOWN = 6;

export async function estimateOf<F extends VneidFigure>(
  turn: Turn<DialogDeps>,
  unit: string,
  period: string,
  figure: F,
): Promise<VillageEstimate<F> | null> {
  const totals = await turn.deps.rollup.totals(VILLAGE_FORM, period, unit);
  const found = totals?.indicators.find(({ id }) => id === figure);
  if (!found || found.value === null) return null;
  return { figure, persons: found.value, covered: found.covered, expected: found.expected };
}

export function countIn<F extends VneidFigure>(
  report: Report | null | undefined,
  figure: F,
): PoliceCount<F> | null {
  const version = report?.figures[figure];
  if (!version || !isCounted(version) || version.detail?.kind !== 'ratio') return null;
  const { numerator, denominator } = version.detail;
  if (numerator === null || denominator === null) return null;
  return { figure, parts: { ...version.detail, numerator, denominator } };
}

function gapText(turn: Turn<DialogDeps>, gap: Gap<VneidFigure>): string {
  const share = gap.share === null ? '' : ` (${formatSeen(Math.round(gap.share * 1_000) / 10)} %)`;
  return turn.words.t('ledger:gap', { persons: formatCount(gap.persons), share });
}

function dayText(day: string | null): string {
  return day === null ? '?' : dayIn(day);
}

/** Both sources of one indicator, each with its day and who counted, and how far apart they are. */
async function indicatorLines<F extends VneidFigure>(
  turn: Turn<DialogDeps>,
  unit: string,
  period: string,
  figure: F,
  police: PoliceCount<F> | null,
): Promise<{ readonly text: string; readonly gap: Gap<F> | null }> {
  const { words } = turn;
  const village = await estimateOf(turn, unit, period, figure);
  const name = words.t(`${textsOf(POLICE_FORM, figure)}.name`);
  const places = placesWord(turn, unit);
  const lines = [
    capital(name),
    village
      ? words.t('ledger:village', {
          value: formatCount(village.persons),
          ...{ covered: village.covered, expected: village.expected, places },
          day: dayText(windowOf(turn.deps.settings.calendars, period)?.to ?? null),
        })
      : words.t('ledger:village_none', { places }),
    police
      ? words.t('ledger:police', {
          value: formatCount(police.parts.numerator),
          whole: formatCount(police.parts.denominator),
          day: dayText(police.parts.asOf),
          source: police.parts.source ?? words.t('ledger:police_source'),
        })
      : words.t('ledger:police_none'),
  ];
  const gap = village && police ? gapOf(village, police as PoliceCount<NoInfer<F>>) : null;
  if (gap) lines.push(gapText(turn, gap));
  return { text: lines.join('\n'), gap };
}

export async function communeScreen(
  turn: Turn<DialogDeps>,
  unit: string,
  period: string,
): Promise<StepResult> {
  const { words, deps } = turn;
  const report = await deps.reports.get({ form: POLICE_FORM, period, unit });
  const said = await deps.ledger.explanations(period);
  const parts: string[] = [];
  let choices: Choice[] = [];
  for (const figure of VNEID_FIGURES) {
    const found = await indicatorLines(turn, unit, period, figure, countIn(report, figure));
    const known = found.gap && explained(said, unit, found.gap);
    parts.push(
      known ? `${found.text}\n${words.t('ledger:explained', { why: whyText(turn, known.why) })}` : found.text,
    );
    // The confirmed ones come last and go first: it is their gap that the plan asks about.
    if (found.gap && found.gap.persons > 0 && !known)
      choices = explanationChoices(turn, unit, period, found.gap);
  }
  return answer({
    text: words.t('ledger:head', {
      Unit: capital(placeName(deps, unit, turn.at)),
      month: monthName(words, period, turn.at),
      lines: parts.join('\n\n'),
    }),
    choices,
  });
}

/** An explanation counts for the two values it was given for. */
function explained(
  said: readonly GapExplained[],
  unit: string,
  gap: Gap<VneidFigure>,
): GapExplained | undefined {
  return said.find(
    (one) =>
      one.unit === unit &&
      one.figure === gap.figure &&
      one.village === gap.village &&
      one.police === gap.police,
  );
}

export function whyText(turn: Turn<DialogDeps>, why: Explanation): string {
  return turn.words.t(`ledger:why.${why}`);
}

function explanationChoices(
  turn: Turn<DialogDeps>,
  unit: string,
  period: string,
  { figure, village, police }: Gap<VneidFigure>,
): Choice[] {
  return EXPLANATIONS.map((why) => ({
    id: why.toUpperCase().replace('_', ''),
    label: whyText(turn, why),
    command: `#LECH_${[period, unit, figure, village, police, why].join('/').toUpperCase()}`,
  }));
}

/** The police's own figures for the province, the way to the target, and the communes that have both sources. */
export async function provinceScreen(
  turn: Turn<DialogDeps>,
  unit: string,
  period: string,
): Promise<StepResult> {
  const { words, deps } = turn;
  const own = await deps.reports.get({ form: POLICE_FORM, period, unit: POLICE });
  const parts: string[] = [];
  for (const figure of VNEID_FIGURES)
    parts.push((await indicatorLines(turn, unit, period, figure, countIn(own, figure))).text);
  const confirmed = countIn(own, 'vneid_confirmed');
  if (confirmed) parts.push(trajectoryText(turn, confirmed));
  const communes = await communeLines(turn, unit, period);
  if (communes !== '') parts.push(communes);
  return answer({
    text: words.t('ledger:head', {
      Unit: capital(placeName(deps, unit, turn.at)),
      month: monthName(words, period, turn.at),
      lines: parts.join('\n\n'),
    }),
  });
}

function trajectoryText(turn: Turn<DialogDeps>, confirmed: PoliceCount<'vneid_confirmed'>): string {
  const way = trajectory(confirmed, turn.at);
  if (way.state === 'reached') return turn.words.t('ledger:target_reached');
  const persons = formatCount(way.persons);
  if (way.state === 'over') return turn.words.t('ledger:target_over', { persons });
  return turn.words.t('ledger:target_ahead', { persons, weekly: formatCount(way.weekly) });
}

async function communeLines(turn: Turn<DialogDeps>, unit: string, period: string): Promise<string> {
  const { words, deps } = turn;
  const day = treeDay(formOf(POLICE_FORM), period);
  const codes = deps.directory.tree.communesUnder(unit, day).map(({ code }) => code);
  const said = await deps.ledger.explanations(period);
  const gaps: { readonly unit: string; readonly gap: Gap<'vneid_confirmed'> }[] = [];
  for (const report of await deps.reports.submissions(POLICE_FORM, period, codes)) {
    const police = countIn(report, 'vneid_confirmed');
    const village = police && (await estimateOf(turn, report.unit, period, 'vneid_confirmed'));
    if (village && police) gaps.push({ unit: report.unit, gap: gapOf(village, police) });
  }
  if (gaps.length === 0) return '';
  gaps.sort((a, b) => b.gap.persons - a.gap.persons);
  const lines = gaps.slice(0, SHOWN).map((one) => {
    const known = explained(said, one.unit, one.gap);
    return words.t('ledger:commune_line', {
      unit: placeName(deps, one.unit, turn.at),
      places: placesWord(turn, one.unit),
      village: formatCount(one.gap.village),
      police: formatCount(one.gap.police),
      gap: gapText(turn, one.gap),
      why: known ? words.t('ledger:commune_why', { why: whyText(turn, known.why) }) : '',
    });
  });
  return words.t('ledger:communes', { count: gaps.length, lines: lines.join('\n') });
}
