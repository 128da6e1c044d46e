import type { Say, Turn } from '../../conversation/dialog';
import { capital } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { moment, monthName } from '../../kernel/moment';
import { personOf, placeName } from '../../org/chat/people';
import type { Listing } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { timesOf } from '../deadlines';
import { timesAbove } from '../extension';
import { formOf } from '../forms';
import { placesWord, villageName, villageWithin } from './places';
import { periodMeant, VILLAGE_FORM } from './report-facts';

/**
 * Who is missing, how their silence has ended and what helps: a call, entering on behalf, writing down why. Each answer is
 * limited to the asker's own units; a village that was silent is named, never counted as nothing.
 */

/** Villages below the asker that have not sent this month's report, with those that could not be reached. */
export async function missingVillages(turn: Turn<DialogDeps>): Promise<Listing | Say> {
  const { words, deps } = turn;
  const person = personOf(turn);
  const office = person.overseeing[0];
  if (!office) return { text: words.t('officer:no_right', person.vars) };
  const period = periodMeant(turn.at);
  const Unit = capital(placeName(deps, office.unit, turn.at));
  const totals = await deps.rollup.totals(VILLAGE_FORM, period, office.unit);
  if (!totals || totals.expected === 0)
    return { text: words.t('officer:no_village_here', { Unit, places: placesWord(turn, office.unit) }) };
  const notSent = await deps.rollup.notSent(VILLAGE_FORM, period, office.unit);
  const month = monthName(words, period, turn.at);
  if (notSent.length === 0)
    return {
      text: words.t('officer:missing_none', {
        ...{ Unit, month, expected: totals.expected, places: placesWord(turn, office.unit) },
      }),
    };
  const chains = new Map(
    (await chainsBelow(turn, VILLAGE_FORM, period, office.unit)).map((chain) => [chain.unit, chain]),
  );
  const wide = deps.directory.tree.getNearest(office.unit, vnDay(turn.at))?.level === 'province';
  const nameOf = (code: string): string => (wide ? villageWithin(turn, code) : villageName(turn, code));
  const endsOf = (code: string): Ended => endedOf(chains.get(code));
  const groups = ['silent', 'refused', 'unheard'].map((kind) => ({
    kind,
    codes: notSent.filter((code) => endsOf(code).kind === kind),
  }));
  const parts = groups
    .filter(({ codes }) => codes.length > 0)
    .map(({ kind, codes }) => words.t(`officer:missing_${kind}`, { count: codes.length }));
  const head = words.t('officer:missing_villages', {
    ...{ Unit, month, expected: totals.expected, parts: parts.join('; ') },
    places: placesWord(turn, office.unit),
  });
  const times = timesOf(formOf(VILLAGE_FORM), deps.settings.calendars, period);
  const { approveUntil } = timesAbove(formOf(VILLAGE_FORM), deps.settings.calendars, period);
  const enter =
    turn.at >= times.lockAt && approveUntil !== null && turn.at < approveUntil && !wide
      ? words.t('officer:may_enter', { until: moment(words, approveUntil) })
      : '';
  return {
    head: [head, waysToHelp(turn, notSent.map(endsOf)), enter].filter((part) => part !== '').join('\n'),
    names: groups.flatMap(({ codes }) => codes.map((code) => endedName(turn, nameOf(code), endsOf(code)))),
  };
}

/** «Cách giúp: …», of those reasons alone that occur; empty when everybody can be written to. */
function waysToHelp({ words }: Turn<DialogDeps>, ends: readonly Ended[]): string {
  const whys = ends.flatMap((one) => (one.kind === 'unheard' && one.why !== 'explained' ? [one.why] : []));
  if (whys.length === 0) return '';
  const own = (['not_claimed', 'window_closed'] as const).filter((why) => whys.includes(why));
  const others = whys.some((why) => why !== 'not_claimed' && why !== 'window_closed');
  const call = others ? [own.length > 0 ? 'call' : 'call_all'] : [];
  const ways = [...own, ...call].map((way) => words.t(`officer:to_help.${way}`));
  return words.t('officer:to_help.line', { ways: ways.join('; ') });
}

type Ended =
  | { readonly kind: 'silent' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unheard'; readonly why: string; readonly reason?: string };

type Asked = Awaited<ReturnType<DialogDeps['chains']['of']>>[number];

/** How the asking of each unit at or below `top` stands; read once in a turn. */
export async function chainsBelow(
  { deps, memo, at }: Turn<DialogDeps>,
  form: string,
  period: string,
  top: string,
): Promise<readonly Asked[]> {
  const memoKey = `chains:${form}:${period}:${top}`;
  const known = memo.get(memoKey) as readonly Asked[] | undefined;
  if (known) return known;
  const found = await deps.chains.of(form, period, top, at);
  memo.set(memoKey, found);
  return found;
}

/** What the silence of a unit is: it may still send, it was told and gave nothing, or it could not be told. */
export function endedOf(chain: Asked | undefined): Ended {
  const { end, why } = chain ?? { end: null, why: null };
  if (end?.end === 'unreachable')
    return { kind: 'unheard', why: end.why, ...('reason' in end ? { reason: end.reason } : {}) };
  if (end?.end === 'refused') return { kind: 'refused' };
  return why === null ? { kind: 'silent' } : { kind: 'unheard', why };
}

/** «Ngọc Trì (không liên lạc được: chưa nhận việc trên Zalo, đưa giúp giấy mời có mã)» */
export function endedName(turn: Turn<DialogDeps>, name: string, ended: Ended): string {
  const { words } = turn;
  if (ended.kind === 'silent') return name;
  if (ended.kind === 'refused') return words.t('officer:refused_line', { name });
  if (ended.reason !== undefined) return words.t('officer:explained_line', { name, reason: ended.reason });
  return words.t('officer:unreachable_line', { name, why: words.t(`officer:unreachable_why.${ended.why}`) });
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
    return {
      text: joined(
        words.t('officer:missing_none', { Unit, month, expected, places: placesWord(turn, office.unit) }),
      ),
    };
  return {
    head: [
      unlisted,
      words.t('officer:missing_communes', {
        ...{ Unit, month, count: missing.length, names: '', places: placesWord(turn, office.unit) },
      }),
    ]
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

interface CommuneMissing {
  readonly code: string;
  readonly missing: number;
  readonly expected: number;
}

/** How many villages of each commune have not sent; read once in a turn. */
export async function communesMissing(
  turn: Turn<DialogDeps>,
  province: string,
  period: string,
): Promise<readonly CommuneMissing[]> {
  const memoKey = `missing:${province}:${period}`;
  const known = turn.memo.get(memoKey) as readonly CommuneMissing[] | undefined;
  if (known) return known;
  const { directory, rollup, settings } = turn.deps;
  const day = vnDay(timesOf(formOf(VILLAGE_FORM), settings.calendars, period).deadline);
  const out: CommuneMissing[] = [];
  for (const { code } of directory.tree.communesUnder(province, day)) {
    const totals = await rollup.totals(VILLAGE_FORM, period, code);
    const expected = totals?.expected ?? 0;
    const sent = (totals?.onTime ?? 0) + (totals?.late ?? 0);
    out.push({ code, missing: expected - sent, expected });
  }
  turn.memo.set(memoKey, out);
  return out;
}
