import type { Say, Turn } from '../../conversation/dialog';
import type { Listing } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { momentShort } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { personOf, placeName } from '../../org/chat/people';
import { batonOf, byTimeHeld, type Baton } from '../baton';
import { monthTimes, timesOf, type PeriodTimes } from '../deadlines';
import { unitsOwing } from '../duties';
import { titleOf, type Form } from '../form';
import { askedFigures, FORMS, formOf } from '../forms';
import { lockOf, type Report } from '../report';
import { periodNow } from '../period-meant';
import { reportsBelow } from './approval-facts';
import { periodName } from './form-texts';
import { chainsBelow, communesMissing, endedName, endedOf } from './missing';
import { placesWord, villageName } from './places';
import { COMMUNE_FORM, periodMeant, VILLAGE_FORM } from './report-facts';

/** Who below an officer holds the baton, and since when: the longest first. One look at the reports of each form. */

export interface Held {
  readonly name: string;
  readonly baton: Baton;
  /** What is said of it: `officer:baton.held.<what>`. */
  readonly what: string;
  /** Villages that it waits for, and what they are called. */
  readonly count: number;
  readonly places?: string;
  readonly village?: true;
  /** It waits for the person who asks. */
  readonly own?: boolean;
}

/** Everything that waits below the unit: of a commune its villages, of the province its communes and agencies. */
export async function heldUnder(turn: Turn<DialogDeps>, top: string): Promise<Held[]> {
  const period = periodMeant(turn.at);
  const level = turn.deps.directory.tree.getNearest(top, vnDay(turn.at))?.level;
  const held =
    level === 'province'
      ? [...(await communesHeld(turn, top, period)), ...(await agenciesHeld(turn, top))]
      : await villagesHeld(turn, top, period);
  return byTimeHeld([...held].sort((a, b) => b.count - a.count));
}

/** «- Đông Lâm: chờ duyệt, từ 19:05 ngày 13/3», a line for each, then how many more there are; empty when nothing waits. */
export function heldLines(turn: Turn<DialogDeps>, held: readonly Held[], most: number): string {
  const lines = held.slice(0, most).map((one) => `- ${heldLine(turn, one)}`);
  const left = held.length - lines.length;
  if (left > 0) lines.push(turn.words.t('officer:baton.more', { count: left }));
  return lines.join('\n');
}

/** The whole list, by time held. */
export async function heldListing(turn: Turn<DialogDeps>): Promise<Listing | Say> {
  const { words } = turn;
  const { overseeing, vars } = personOf(turn);
  const [office] = overseeing;
  if (!office) return { text: words.t('officer:no_right', vars) };
  const Unit = capital(placeName(turn.deps, office.unit, turn.at));
  const held = await heldUnder(turn, office.unit);
  if (held.length === 0) return { text: words.t('officer:baton.nothing_held', { Unit }) };
  const head = words.t('officer:baton.all', { Unit, count: held.length });
  return { head, names: held.map((one) => heldLine(turn, one)) };
}

function heldLine({ words }: Turn<DialogDeps>, { name, baton, what, count, places }: Held): string {
  const doing = words.t(`officer:baton.held.${what}`, { count, places: places ?? '' });
  return words.t('officer:baton.line', { name, doing, since: momentShort(words, baton.since) });
}

/** A village that has not begun is held as well; once it is locked, how its silence ended stands behind its name. */
async function villagesHeld(turn: Turn<DialogDeps>, commune: string, period: string): Promise<Held[]> {
  const { deps, at } = turn;
  const form = formOf(VILLAGE_FORM);
  const times = timesOf(form, deps.settings.calendars, period);
  if (at < times.opensAt) return [];
  const units = unitsOwing(form, times, deps.directory.tree, commune);
  const reports = await reportsByUnit(turn, form, times, commune);
  const chains = at < times.lockAt ? [] : await chainsBelow(turn, form.id, period, commune);
  const ends = new Map(chains.map((chain) => [chain.unit, chain]));
  return units.map((unit) => {
    const baton = batonFor(turn, form, times, reports.get(unit) ?? null);
    const bare = villageName(turn, unit);
    const name = baton.step === 'locked' ? endedName(turn, bare, endedOf(ends.get(unit))) : bare;
    return { name, baton, what: baton.step, count: 0, village: true };
  });
}

/** The baton goes from the villages to their commune when all are in or the villages are locked, and then to the province. */
async function communesHeld(turn: Turn<DialogDeps>, province: string, period: string): Promise<Held[]> {
  const { deps, at } = turn;
  const { village } = monthTimes(deps.settings.calendars, period);
  const owing = (await communesMissing(turn, province, period)).filter(({ expected }) => expected > 0);
  const form = formOf(COMMUNE_FORM);
  const times = timesOf(form, deps.settings.calendars, period);
  const reports = await reportsByUnit(turn, form, times, province);
  return owing.map(({ code, missing }): Held => {
    const name = placeName(deps, code, at);
    const report = reports.get(code) ?? null;
    const baton = batonFor(turn, form, times, report);
    if (report?.submittedAt || at < village.opensAt || baton.step === 'locked')
      return { name, baton, what: baton.step, count: 0 };
    if (missing > 0 && at < village.lockAt) {
      const waits = { ...baton, since: village.opensAt };
      return { name, baton: waits, what: 'villages', count: missing, places: placesWord(turn, code) };
    }
    const since = at < village.lockAt ? baton.since : village.lockAt;
    return { name, baton: { ...baton, since }, what: 'commune', count: missing };
  });
}

/** What the agencies owe now by forms of their own. */
async function agenciesHeld(turn: Turn<DialogDeps>, province: string): Promise<Held[]> {
  const { deps, at, words } = turn;
  const { tree } = deps.directory;
  const held: Held[] = [];
  for (const form of FORMS.values()) {
    const period = form.levels.includes('agency') ? periodNow(form, at) : null;
    if (period === null) continue;
    const times = timesOf(form, deps.settings.calendars, period);
    if (at < times.opensAt) continue;
    const units = unitsOwing(form, times, tree, province).filter(
      (unit) => tree.getNearest(unit, vnDay(at))?.level === 'agency',
    );
    const reports = await reportsByUnit(turn, form, times, province);
    for (const unit of units) {
      const baton = batonFor(turn, form, times, reports.get(unit) ?? null);
      const vars = { month: periodName(turn, period), unit: placeName(deps, unit, at) };
      const name = capital(words.t(titleOf(form.id), vars));
      const own = deps.directory.mayActFor(turn.user, unit, at);
      held.push({ name, baton, what: baton.step, count: 0, own });
    }
  }
  return held;
}

async function reportsByUnit(
  turn: Turn<DialogDeps>,
  form: Form,
  times: PeriodTimes,
  top: string,
): Promise<Map<string, Report>> {
  const reports = await reportsBelow(turn, form, times, top);
  return new Map(reports.map((report) => [report.unit, report]));
}

function batonFor(turn: Turn<DialogDeps>, form: Form, times: PeriodTimes, report: Report | null): Baton {
  const { period, opensAt, lockAt } = times;
  const asked = askedFigures(form, period, turn.deps.settings.optionalFigures)
    .filter((figure) => !figure.after)
    .map(({ id }) => id);
  return batonOf({ report, form, opensAt, lockAt: lockOf(report, lockAt), asked }, turn.at);
}
