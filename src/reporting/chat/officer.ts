import type { Say, Turn } from '../../conversation/dialog';
import { capital, foldText, formatCount } from '../../kernel/vn-text';
import { unitName } from '../../org/names';
import { vnDay } from '../../kernel/vn-time';
import { momentShort, monthName } from '../../kernel/moment';
import type { Office } from '../../org/office';
import { timesOf } from '../deadlines';
import { dayOfPeriod } from '../periods';
import { askedFigures, formOf } from '../forms';
import type { UnitTotals } from '../totals';
import type { Listing } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf, placeName } from '../../org/chat/people';
import { answeredCount, factsOf, isSent, periodMeant, VILLAGE_FORM } from './report-facts';
import { figureName, reportedLines, reportVars } from './report-texts';

/**
 * What officers ask from the phone: how it stands, who is missing, totals. Each answer is limited to the asker's own
 * units and carries its coverage; a village that was silent is named, never counted as nothing.
 */

const LINE_MAX = 300;

/** Villages below the asker that have not sent this month's report, with those that could not be reached. */
export async function missingVillages(turn: Turn<DialogDeps>): Promise<Listing | Say> {
  const { words, deps } = turn;
  const person = personOf(turn);
  const office = person.overseeing[0];
  if (!office) return { text: words.t('officer:no_right', person.vars) };
  const period = periodMeant(turn.at);
  const Unit = capital(placeName(deps, office.unit, turn.at));
  const totals = await deps.rollup.totals(VILLAGE_FORM, period, office.unit);
  if (!totals || totals.expected === 0) return { text: words.t('officer:no_village_here', { Unit }) };
  const notSent = await deps.rollup.notSent(VILLAGE_FORM, period, office.unit);
  const month = monthName(words, period, turn.at);
  if (notSent.length === 0)
    return { text: words.t('officer:missing_none', { Unit, month, expected: totals.expected }) };
  const unreachable = await deps.unreachable(period, turn.at);
  const wide = deps.directory.tree.getNearest(office.unit, vnDay(turn.at))?.level === 'province';
  const nameOf = (code: string): string => (wide ? villageWithin(turn, code) : villageName(turn, code));
  const silent = notSent.filter((code) => !unreachable.has(code));
  const unheard = notSent.filter((code) => unreachable.has(code));
  const parts = [
    ...(silent.length > 0 ? [words.t('officer:missing_silent', { count: silent.length })] : []),
    ...(unheard.length > 0 ? [words.t('officer:missing_unreachable', { count: unheard.length })] : []),
  ];
  return {
    head: words.t('officer:missing_villages', {
      Unit,
      month,
      expected: totals.expected,
      parts: parts.join('; '),
    }),
    names: [
      ...silent.map(nameOf),
      ...unheard.map((code) => {
        const key = `officer:unreachable_why.${unreachable.get(code)}`;
        const why = words.t(words.has(key) ? key : 'officer:unreachable_why.other');
        return words.t('officer:unreachable_line', { name: nameOf(code), why });
      }),
    ],
  };
}

/** How one village of the asker's own stands, and whom to ask there. */
export async function villageAnswer(turn: Turn<DialogDeps>, place: string): Promise<Say> {
  const { words, deps } = turn;
  const person = personOf(turn);
  const day = vnDay(turn.at);
  const under = person.overseeing.map((office) => office.unit);
  const hits = new Map(
    under.flatMap((unit) =>
      deps.directory.tree
        .find(place, day, { under: unit, level: 'village' })
        .map((village) => [village.code, village] as const),
    ),
  );
  const [village, ...others] = hits.values();
  if (!village) return { text: words.t('officer:not_your_place', person.vars) };
  if (others.length > 0) {
    const names = joinWithin(
      turn,
      [...hits.keys()].map((code) => villageWithin(turn, code)),
      LINE_MAX,
    );
    return { text: words.t('officer:which_village', { ...person.vars, names }) };
  }
  const facts = await factsOf(turn, village.code, periodMeant(turn.at));
  if (!facts) return { text: words.t('officer:not_your_place', person.vars) };
  const done = answeredCount(facts);
  const state = isSent(facts) ? (facts.report?.late ? 'late' : 'sent') : done > 0 ? 'draft' : 'none';
  return {
    text: words.t(`officer:village_asked.${state}`, {
      ...reportVars(turn, facts),
      moment: momentShort(words, facts.report?.submittedAt ?? turn.at),
      receipt: facts.report?.receipt ?? '',
      done,
    }),
  };
}

/** Communes below the asker in which villages are still missing, those with most missing first. */
export async function missingCommunes(turn: Turn<DialogDeps>): Promise<Listing | Say> {
  const { words, deps } = turn;
  const person = personOf(turn);
  const office = person.overseeing[0];
  if (!office) return { text: words.t('officer:no_right', person.vars) };
  const period = periodMeant(turn.at);
  const level = deps.directory.tree.getNearest(office.unit, vnDay(turn.at))?.level;
  if (level !== 'province') return missingVillages(turn);
  const all = await communesMissing(turn, office.unit, period);
  const missing = all.filter((c) => c.missing > 0).sort((a, b) => b.missing - a.missing);
  const Unit = capital(placeName(deps, office.unit, turn.at));
  const month = monthName(words, period, turn.at);
  const expected = all.reduce((sum, c) => sum + c.expected, 0);
  const unlisted = withoutList(turn, all);
  const joined = (text: string): string => [text, unlisted].filter((part) => part !== '').join('\n');
  if (missing.length === 0)
    return { text: joined(words.t('officer:missing_none', { Unit, month, expected })) };
  return {
    head: [unlisted, words.t('officer:missing_communes', { Unit, month, count: missing.length, names: '' })]
      .filter((part) => part !== '')
      .join('\n')
      .trim(),
    names: missing.map((c) =>
      words.t('officer:commune_line', {
        name: placeName(deps, c.code, turn.at),
        missing: c.missing,
        expected: c.expected,
      }),
    ),
  };
}

/** «81 xã, phường chưa có danh sách thôn»; empty when every commune has one. */
export function withoutList(
  turn: Turn<DialogDeps>,
  communes: readonly { readonly expected: number }[],
): string {
  const count = communes.filter(({ expected }) => expected === 0).length;
  return count === 0 ? '' : turn.words.t('officer:no_list', { count });
}

export async function communesMissing(turn: Turn<DialogDeps>, province: string, period: string) {
  const day = vnDay(timesOf(formOf(VILLAGE_FORM), turn.deps.settings.calendars, period).deadline);
  const out: { code: string; missing: number; expected: number }[] = [];
  for (const commune of turn.deps.directory.tree.communesUnder(province, day)) {
    const totals = await turn.deps.rollup.totals(VILLAGE_FORM, period, commune.code);
    const sent = (totals?.onTime ?? 0) + (totals?.late ?? 0);
    out.push({
      code: commune.code,
      missing: (totals?.expected ?? 0) - sent,
      expected: totals?.expected ?? 0,
    });
  }
  return out;
}

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
  const period = periodAsked(turn.at, asked);
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
    return { text: words.t('officer:no_total_then', { Unit, month: monthName(words, period, turn.at) }) };
  const unlisted = withoutList(turn, await communesMissing(turn, unit, period));
  const text = totalText(turn, totals, Unit, period);
  return { text: unlisted === '' ? text : `${text}\n${unlisted}` };
}

function totalText(turn: Turn<DialogDeps>, totals: UnitTotals, Unit: string, period: string): string {
  const { words } = turn;
  // A figure that was not asked is not missing anywhere.
  const asked = new Set(
    askedFigures(formOf(totals.form), period, turn.deps.settings.optionalFigures).map((figure) => figure.id),
  );
  const owed = totals.indicators.filter((indicator) => asked.has(indicator.id));
  const same = new Set(owed.map((indicator) => indicator.missing.join(','))).size <= 1;
  const lines = totals.indicators.map((indicator) => {
    const name = figureName(turn, indicator.id);
    const { expected, covered, zero, value } = indicator;
    if (value === null) return words.t('officer:total_nothing', { name, expected });
    const zeros = zero > 0 ? words.t('officer:total_zero', { zero }) : '';
    const detail = words.t('officer:total_covered', { covered, expected, zero: zeros });
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
      ? words.t('officer:total_missing_wide', { count: missing.length, communes })
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

/** «tháng 3» is that of this year, or of last year when it has not come yet. */
function periodAsked(at: Date, asked: TotalAsked): string {
  const now = periodMeant(at);
  if (asked.month === null) return now;
  const month = String(asked.month).padStart(2, '0');
  const year =
    asked.year ??
    (`${now.slice(0, 4)}-${month}` > now ? Number(now.slice(0, 4)) - 1 : Number(now.slice(0, 4)));
  return `${year}-${month}`;
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

/** «Đông Lâm» in a list of villages; a number alone is no name, so «tổ dân phố số 3» keeps its kind. */
export function villageName(turn: Turn<DialogDeps>, code: string): string {
  const unit = turn.deps.directory.tree.getNearest(code, vnDay(turn.at));
  if (!unit) return code;
  return /^(so )?\d/.test(foldText(unit.name)) ? unitName(unit) : unit.name;
}

function villageWithin(turn: Turn<DialogDeps>, code: string): string {
  const unit = turn.deps.directory.tree.getNearest(code, vnDay(turn.at));
  const above = unit?.parent ? placeName(turn.deps, unit.parent, turn.at) : '';
  return above === '' ? villageName(turn, code) : `${villageName(turn, code)} (${above})`;
}

/** Names joined by commas, as many as fit, then how many more. */
export function joinWithin(turn: Turn<DialogDeps>, names: readonly string[], max: number): string {
  let used = 0;
  const fit: string[] = [];
  for (const name of names) {
    used += [...name].length + 2;
    if (used > max && fit.length > 0) break;
    fit.push(name);
  }
  const left = names.length - fit.length;
  return left === 0
    ? fit.join(', ')
    : turn.words.t('common:list_more', { names: fit.join(', '), count: left });
}
