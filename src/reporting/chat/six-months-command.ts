import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { capital, foldText, formatCount } from '../../kernel/vn-text';
import { monthName } from '../../kernel/moment';
import { placeName, type Person } from '../../org/chat/people';
import { timesOf } from '../deadlines';
import { formOf } from '../forms';
import { dayOfPeriod, shiftPeriod } from '../periods';
import type { UnitTotals } from '../totals';
import { cameFrom } from '../units-view';
import { FIGURE_WORDS } from './figure-vocabulary';
import { villageName } from './places';
import { periodMeant, VILLAGE_FORM } from './report-facts';
import { figureName } from './report-texts';

/**
 * «6 tháng qua», «biểu đồ buổi học 6 tháng xã Tân Hòa»: the sums of six months as a list, each with how much of it is
 * there. Of a place that came from a merger both views: as it is now, its parts together, and as it was, each by itself.
 */

const MONTHS = 6;

interface SixAsked {
  /** Null: every figure. */
  readonly figure: string | null;
  /** As typed, without marks; empty: the person's own. */
  readonly place: string;
  /** Each of the places before the merger by itself. */
  readonly asItWas: boolean;
}

const SIX = /(?:^| )(?:6|sau) thang(?: |$)/;
const ABOUT =
  /(?:^| )(?:bieu do|so voi|so sanh|so lieu|qua|gan day|vua qua|gan nhat|theo (?:thon|noi) (?:cu|moi))(?: |$)/;
const PLACE = /(?:^| )((?:xa|phuong|thon|to dan pho|tdp|khu|xom) .+)$/;
const AS_IT_WAS = /(?:^| )theo (?:cac )?(?:thon|noi|to dan pho) cu(?: |$)/;
const VIEW = /(?:^| )theo (?:cac )?(?:thon|noi|to dan pho) (?:cu|moi)(?= |$)/;

function readSixMonths(typed: string): SixAsked | null {
  const fold = foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '));
  if (!SIX.test(fold) || !ABOUT.test(fold) || fold.length > 90) return null;
  const asked = fold.replace(VIEW, ' ').replace(SIX, ' ').replace(/\s+/g, ' ').trim();
  const place = PLACE.exec(asked)?.[1] ?? '';
  const about = asked.slice(0, asked.length - place.length);
  const named = Object.entries(FIGURE_WORDS).find(([, words]) =>
    words.some((word) => ` ${about} `.includes(` ${foldText(word)} `)),
  );
  return {
    figure: named?.[0] ?? null,
    place: place.replace(/ (?:qua|gan day|vua qua|a|nhe|di)$/, ''),
    asItWas: AS_IT_WAS.test(fold),
  };
}

export const sixMonths: Command<DialogDeps> = command<DialogDeps, SixAsked>({
  id: 'six-months',
  tells: true,
  button: '#SAUTHANG',
  says: [
    'so với 6 tháng',
    '6 tháng qua',
    'biểu đồ buổi học 6 tháng xã Tân Hòa',
    'vẽ biểu đồ 6 tháng',
    '6 tháng qua theo thôn cũ',
    'so sánh sáu tháng gần đây',
  ],
  for: ({ overseeing, reporting }) => overseeing.length > 0 || reporting.length > 0,
  strong: true,
  read: ({ typed }) => readSixMonths(typed),
  tapped: (rest) => ({ figure: null, place: rest, asItWas: true }),
  run: (turn, { person }, asked) => sixMonthsAnswer(turn, person, asked),
});

async function sixMonthsAnswer(turn: Turn<DialogDeps>, person: Person, asked: SixAsked): Promise<StepResult> {
  const unit = unitMeant(turn, person, asked.place);
  if (unit === null) return sentence(turn, 'officer:not_your_place');
  const now = periodMeant(turn.at);
  const periods = Array.from({ length: MONTHS }, (_, i) => shiftPeriod(now, i + 1 - MONTHS));
  const Unit = capital(placeName(turn.deps, unit, turn.at));
  const before = placesBefore(turn, unit, periods);
  const units = asked.asItWas && before.length > 0 ? before : [unit];
  const blocks: string[] = [];
  for (const code of units) {
    const months = await Promise.all(
      periods.map(async (period) => ({
        period,
        totals: await turn.deps.rollup.totals(VILLAGE_FORM, period, code),
      })),
    );
    const there = fromFirst(months);
    if (there.length === 0) continue;
    blocks.push(
      [...(units.length > 1 ? [`${villageName(turn, code)}:`] : []), ...lines(turn, there, asked)].join('\n'),
    );
  }
  if (blocks.length === 0) return sentence(turn, 'ledger:six_none', { Unit });
  const text = turn.words.t('ledger:six_months', { Unit, lines: blocks.join('\n') });
  const other =
    before.length > 0 && !asked.asItWas
      ? [{ id: 'AS_IT_WAS', label: turn.words.t('ledger:as_it_was'), command: `#SAUTHANG_${unit}` }]
      : [];
  return answer({ text, choices: other });
}

/** The months from the first in which somebody sent figures; a month in between without any stays. */
function fromFirst(months: readonly Month[]): readonly Month[] {
  const there = months.filter(({ totals }) => totals !== null && totals.expected > 0);
  const first = there.findIndex(({ totals }) => (totals?.onTime ?? 0) + (totals?.late ?? 0) > 0);
  return first < 0 ? [] : there.slice(first);
}

/** The places out of which the unit came within these months; empty: it was there all along. */
function placesBefore(turn: Turn<DialogDeps>, unit: string, periods: readonly string[]): string[] {
  const { tree } = turn.deps.directory;
  const days = periods.map((period) =>
    dayOfPeriod(timesOf(formOf(VILLAGE_FORM), turn.deps.settings.calendars, period)),
  );
  return [...new Set(days.flatMap((day) => cameFrom(tree, unit, day).map(({ code }) => code)))];
}

interface Month {
  readonly period: string;
  readonly totals: UnitTotals | null;
}

/** A line for each month of one figure; of all figures a line for each, and one that says how many places gave them. */
function lines(turn: Turn<DialogDeps>, months: readonly Month[], { figure }: SixAsked): string[] {
  const { words } = turn;
  const of = ({ totals }: Month, id: string) => totals?.indicators.find((one) => one.id === id);
  const shown = (value: number | null | undefined): string =>
    value == null ? words.t('ledger:six_nothing') : formatCount(value);
  const month = (period: string): string => monthName(words, period, turn.at);
  if (figure !== null)
    return [
      `${figureName(turn, figure)}:`,
      ...months.map((each) =>
        words.t('ledger:six_month', {
          month: month(each.period),
          value:
            of(each, figure)?.value == null ? words.t('ledger:no_value') : shown(of(each, figure)?.value),
          covered: of(each, figure)?.covered ?? 0,
          expected: each.totals?.expected ?? 0,
        }),
      ),
    ];
  const ids = months.at(-1)?.totals?.indicators.map(({ id }) => id) ?? [];
  const row = (name: string, cells: readonly string[]): string =>
    words.t('ledger:six_row', { name, cells: cells.join(' · ') });
  return [
    row(
      words.t('ledger:six_head'),
      months.map(({ period }) => month(period)),
    ),
    ...ids.map((id) =>
      row(
        figureName(turn, id),
        months.map((each) => shown(of(each, id)?.value)),
      ),
    ),
    row(
      words.t('ledger:six_covered'),
      months.map(({ totals }) => `${(totals?.onTime ?? 0) + (totals?.late ?? 0)}/${totals?.expected ?? 0}`),
    ),
  ];
}

/** The place named inside the person's own, or the unit behind a button; their own when none is named; null: not theirs, or not one. */
function unitMeant(turn: Turn<DialogDeps>, person: Person, place: string): string | null {
  const { tree } = turn.deps.directory;
  const top = person.overseeing[0]?.unit ?? person.reporting[0]?.unit;
  if (top === undefined) return null;
  if (place === '') return top;
  const day = dayOfPeriod(timesOf(formOf(VILLAGE_FORM), turn.deps.settings.calendars, periodMeant(turn.at)));
  const code = tree.get(place.toUpperCase(), day)?.code;
  if (code !== undefined && tree.isWithin(code, top, day)) return code;
  const hits = tree.find(place, day, { under: top });
  const own = tree.find(place, day).filter((unit) => unit.code === top);
  const codes = [...new Set([...hits, ...own].map((unit) => unit.code))];
  return codes.length === 1 ? (codes[0] ?? null) : null;
}
