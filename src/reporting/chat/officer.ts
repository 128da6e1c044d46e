import type { Say, Turn } from '../../conversation/dialog';
import { capital, formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { momentShort, monthName } from '../../kernel/moment';
import type { Office } from '../../org/office';
import { timesOf } from '../deadlines';
import { monthNamed } from '../period-meant';
import { dayOfPeriod } from '../periods';
import { askedFigures, formOf } from '../forms';
import type { UnitTotals } from '../totals';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf, placeName } from '../../org/chat/people';
import { communesMissing, withoutList } from './missing';
import { joinWithin, placesWord, placeWord, villageName } from './places';
import { factsOf, isSent, VILLAGE_FORM } from './report-facts';
import { figureName, reportedLines } from './report-texts';

/**
 * Totals as officers ask for them from the phone: limited to the asker's own units, each figure with its coverage; a
 * village that was silent is named, never counted as nothing.
 */

/** What was asked for: a month (null: the present one) and a place within the asker's own (null: all of it). */
export interface TotalAsked {
  readonly month: number | null;
  readonly year: number | null;
  readonly place: string | null;
}

/** AT-18: each figure with its coverage, zeros and the villages that are missing. A village leader gets their own figures. */
export async function totalAnswer(turn: Turn<DialogDeps>, asked: TotalAsked): Promise<Say> {
  const { words, deps } = turn;
  const person = personOf(turn);
  const period = monthNamed(turn.at, asked.month, asked.year);
  const office = person.overseeing[0];
  if (!office) {
    const own = person.reporting[0];
    if (!own) return { text: words.t('officer:no_right', person.vars) };
    const facts = await factsOf(turn, own.unit, period);
    const vars = {
      Unit: capital(placeName(deps, own.unit, turn.at)),
      month: monthName(words, period, turn.at),
    };
    if (!facts || !isSent(facts)) return { text: words.t('officer:own_none', vars) };
    return {
      text: words.t('officer:own_figures', {
        ...vars,
        moment: momentShort(words, facts.report?.submittedAt ?? turn.at),
        figures: reportedLines(turn, facts),
      }),
    };
  }
  const unit = placeAsked(turn, office, asked.place, period);
  if (unit === null) return { text: words.t('officer:not_your_place', person.vars) };
  const totals = await deps.rollup.totals(VILLAGE_FORM, period, unit);
  const Unit = capital(placeName(deps, unit, turn.at));
  if (!totals || totals.expected === 0)
    return {
      text: words.t('officer:no_total_then', {
        ...{ Unit, month: monthName(words, period, turn.at), places: placesWord(turn, unit) },
      }),
    };
  const unlisted = withoutList(turn, await communesMissing(turn, unit, period));
  const text = totalText(turn, totals, Unit, period);
  return { text: unlisted === '' ? text : `${text}\n${unlisted}` };
}

function totalText(turn: Turn<DialogDeps>, totals: UnitTotals, Unit: string, period: string): string {
  const { words } = turn;
  const [places, place] = [placesWord(turn, totals.unit), placeWord(turn, totals.unit)];
  // A figure that was not asked is not missing anywhere.
  const asked = new Set(
    askedFigures(formOf(totals.form), period, turn.deps.settings.optionalFigures).map((figure) => figure.id),
  );
  const owed = totals.indicators.filter((indicator) => asked.has(indicator.id));
  const same = new Set(owed.map((indicator) => indicator.missing.join(','))).size <= 1;
  const lines = totals.indicators.map((indicator) => {
    const name = figureName(turn, indicator.id);
    const { expected, covered, zero, value } = indicator;
    if (value === null) return words.t('officer:total_nothing', { name, expected, places });
    const zeros = zero > 0 ? words.t('officer:total_zero', { zero, place }) : '';
    const detail = words.t('officer:total_covered', { covered, expected, zero: zeros, places });
    return words.t('officer:total_line', {
      name,
      value: `${formatCount(value)} ${words.t(`reports:measures.${indicator.measure}`)}`,
      detail,
    });
  });
  const missing = same ? (owed[0]?.missing ?? []) : [...new Set(owed.flatMap((i) => i.missing))];
  const names = joinWithin(
    turn,
    missing.map((code) => villageName(turn, code)),
    90,
  );
  const communes = new Set(
    missing.map((code) => turn.deps.directory.tree.getNearest(code, vnDay(turn.at))?.parent),
  ).size;
  const absent =
    communes > 1
      ? words.t('officer:total_missing_wide', { count: missing.length, communes, place })
      : words.t('officer:total_missing', { names });
  return words.t('officer:total', {
    Unit,
    month: monthName(words, period, turn.at),
    lines: lines.join('\n'),
    footer: words.t('officer:total_footer', {
      missing: missing.length > 0 ? absent : '',
      onTime: totals.onTime,
      expected: totals.expected,
      late: totals.late > 0 ? words.t('officer:total_late', { late: totals.late }) : '',
    }),
  });
}

/** The unit named, within the asker's own; the asker's own when none is named; null when it is not theirs or not one place. */
function placeAsked(
  turn: Turn<DialogDeps>,
  office: Office,
  place: string | null,
  period: string,
): string | null {
  if (place === null || place.trim() === '') return office.unit;
  const { tree } = turn.deps.directory;
  const day = dayOfPeriodIn(turn, period);
  const hits = tree.find(place, day, { under: office.unit });
  const own = tree.get(office.unit, day);
  const all = [
    ...hits,
    ...(own && tree.find(place, day).some((unit) => unit.code === own.code) ? [own] : []),
  ];
  const codes = [...new Set(all.map((unit) => unit.code))];
  return codes.length === 1 ? (codes[0] as string) : null;
}

function dayOfPeriodIn(turn: Turn<DialogDeps>, period: string): string {
  return dayOfPeriod(timesOf(formOf(VILLAGE_FORM), turn.deps.settings.calendars, period));
}
