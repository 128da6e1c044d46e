import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { moment, monthName } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { placeName } from '../../org/chat/people';
import type { Office } from '../../org/office';
import { monthTimes, timesOf } from '../deadlines';
import { MONTHLY_TASKS, monthOwed, PLAN_TASKS } from '../tasks';
import { FORMS, formOf } from '../forms';
import { heldLines, heldUnder, type Held } from './held';
import { chainsBelow, communesMissing, withoutList } from './missing';
import { joinWithin, placesWord, villageName } from './places';
import { COMMUNE_FORM, periodMeant, VILLAGE_FORM } from './report-facts';

/** How the villages below an officer stand, how the asking ended, and what has waited longest. */

const LINE_MAX = 300;
const LONGEST = 3;

export async function overviewOf(turn: Turn<DialogDeps>, office: Office): Promise<string> {
  const { words, deps, at } = turn;
  const period = periodMeant(at);
  const totals = await deps.rollup.totals(VILLAGE_FORM, period, office.unit);
  const Unit = capital(placeName(deps, office.unit, at));
  const places = placesWord(turn, office.unit);
  if (!totals || totals.expected === 0) return words.t('officer:no_village_here', { Unit, places });
  const times = timesOf(formOf(VILLAGE_FORM), deps.settings.calendars, period);
  const vars = {
    ...{ Unit, places },
    month: monthName(words, period, at),
    submitted: totals.onTime + totals.late,
    expected: totals.expected,
    onTime: totals.onTime,
    deadline: moment(words, times.deadline),
  };
  const wide = deps.directory.tree.getNearest(office.unit, vnDay(at))?.level === 'province';
  const head = wide
    ? await provinceText(turn, office.unit, period, vars)
    : await communeText(turn, office.unit, period, vars);
  const ends = at >= times.lockAt ? await endsText(turn, [VILLAGE_FORM], office.unit, period, places) : '';
  const above = wide ? await endsAbove(turn, office.unit, period) : '';
  const agencies = wide ? await endsOfAgencies(turn, office.unit, period) : '';
  const tasks = wide ? await endsOfTasks(turn, office.unit) : '';
  const held = heldLines(turn, (await heldUnder(turn, office.unit)).filter(isShown), LONGEST);
  const waits = held === '' ? '' : words.t('officer:baton.longest', { lines: held });
  return [...head, ends, above, agencies, tasks, waits].filter((part) => part !== '').join('\n');
}

/** A village that has not begun, or was locked, stands among the missing already; what is one's own is said below. */
function isShown({ baton, own, village }: Held): boolean {
  return !own && !(village && (baton.step === 'begin' || baton.step === 'locked'));
}

type Vars = Readonly<Record<string, string | number>>;

async function communeText(
  turn: Turn<DialogDeps>,
  commune: string,
  period: string,
  vars: Vars,
): Promise<string[]> {
  const { words, deps } = turn;
  const notSent = await deps.rollup.notSent(VILLAGE_FORM, period, commune);
  const names = notSent.map((code) => villageName(turn, code));
  const missing =
    names.length === 0
      ? words.t('officer:all_in')
      : words.t('officer:still_missing', { names: joinWithin(turn, names, LINE_MAX) });
  return [words.t('officer:status_commune', { ...vars, missing })];
}

async function provinceText(
  turn: Turn<DialogDeps>,
  province: string,
  period: string,
  vars: Vars,
): Promise<string[]> {
  const { words, deps } = turn;
  const communes = await communesMissing(turn, province, period);
  const owing = communes.filter(({ expected }) => expected > 0);
  const { commune } = monthTimes(deps.settings.calendars, period);
  const text = words.t('officer:status_province', {
    ...vars,
    communes: owing.length,
    complete: owing.filter(({ missing }) => missing === 0).length,
    communeDeadline: moment(words, commune.deadline),
  });
  return [text, withoutList(turn, communes)];
}

/** How it ended for the communes, once their own month is locked. */
async function endsAbove(turn: Turn<DialogDeps>, province: string, period: string): Promise<string> {
  const { lockAt } = monthTimes(turn.deps.settings.calendars, period).commune;
  if (turn.at < lockAt) return '';
  return endsText(turn, [COMMUNE_FORM], province, period, turn.words.t('common:places.communes'));
}

/** How it ended for the agencies with their own months; of a week there is an end each week, which says little of a month. */
async function endsOfAgencies(turn: Turn<DialogDeps>, province: string, period: string): Promise<string> {
  const { calendars } = turn.deps.settings;
  const ended = [...FORMS.values()].filter(
    (form) =>
      form.cadence === 'month' &&
      form.levels.includes('agency') &&
      turn.at >= timesOf(form, calendars, period).lockAt,
  );
  const ids = ended.map(({ id }) => id);
  return ids.length === 0
    ? ''
    : endsText(turn, ids, province, period, turn.words.t('common:places.agencies'));
}

/** How it stands with the tasks of the plan that were due by now, and with the department's summary of the month. */
async function endsOfTasks(turn: Turn<DialogDeps>, province: string): Promise<string> {
  const { deps, at } = turn;
  const month = monthOwed(deps.settings.calendars, at);
  const due = [
    ...PLAN_TASKS.map(({ id, deadline }) => ({ id, period: id, deadline })),
    ...MONTHLY_TASKS.map(({ id }) => ({ ...month, id })),
  ].filter(({ deadline }) => deadline !== null && at > deadline);
  const chains = await Promise.all(due.map(({ id, period }) => chainsBelow(turn, id, period, province)));
  const parts = partsOf(turn, chains.flat(), 'ends_of_tasks');
  return parts === '' ? '' : turn.words.t('officer:ends_of_tasks.line', { parts });
}

/** «Kết quả của các thôn: 24 đúng hạn, 2 muộn, 2 đã nhắc nhưng chưa có số, 1 không liên lạc được.» */
async function endsText(
  turn: Turn<DialogDeps>,
  forms: readonly string[],
  top: string,
  period: string,
  places: string,
): Promise<string> {
  const chains = await Promise.all(forms.map((form) => chainsBelow(turn, form, period, top)));
  const parts = partsOf(turn, chains.flat(), 'ends');
  return parts === '' ? '' : turn.words.t('officer:ends.line', { places, parts });
}

/** «24 đúng hạn, 2 muộn»; empty when there is none. */
function partsOf(
  { words, deps }: Turn<DialogDeps>,
  chains: Parameters<DialogDeps['chains']['counts']>[0],
  says: 'ends' | 'ends_of_tasks',
): string {
  const counts = deps.chains.counts(chains);
  return (['done', 'late', 'refused', 'unreachable', 'open'] as const)
    .filter((end) => counts[end] > 0)
    .map((end) => words.t(`officer:${says}.${end}`, { count: counts[end] }))
    .join(', ');
}
