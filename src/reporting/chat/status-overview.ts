import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { moment, momentShort, monthName } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { placeName } from '../../org/chat/people';
import type { Office } from '../../org/office';
import { batonOf, byTimeHeld, type Baton } from '../baton';
import { monthTimes, timesOf } from '../deadlines';
import { askedFigures, formOf } from '../forms';
import { lockOf, type Report } from '../report';
import { communesMissing, joinWithin, villageName, withoutList } from './officer';
import { periodMeant, VILLAGE_FORM } from './report-facts';

/** How the villages below an officer stand, and what has waited longest: one look at the sums and one at the reports. */

const LINE_MAX = 300;
const LONGEST = 4;
const COMMUNE_FORM = 'commune-month';

interface Held {
  readonly name: string;
  readonly baton: Baton;
  /** What is said of it: `officer:baton.held.<what>`. */
  readonly what: string;
  readonly count: number;
}

export async function overviewOf(turn: Turn<DialogDeps>, office: Office): Promise<string> {
  const { words, deps, at } = turn;
  const period = periodMeant(at);
  const totals = await deps.rollup.totals(VILLAGE_FORM, period, office.unit);
  const Unit = capital(placeName(deps, office.unit, at));
  if (!totals || totals.expected === 0) return words.t('officer:no_village_here', { Unit });
  const times = timesOf(formOf(VILLAGE_FORM), deps.settings.calendars, period);
  const vars = {
    Unit,
    month: monthName(words, period, at),
    submitted: totals.onTime + totals.late,
    expected: totals.expected,
    onTime: totals.onTime,
    deadline: moment(words, times.deadline),
  };
  const level = deps.directory.tree.getNearest(office.unit, vnDay(at))?.level;
  if (level === 'province') return provinceText(turn, office.unit, period, vars);
  const notSent = await deps.rollup.notSent(VILLAGE_FORM, period, office.unit);
  const names = notSent.map((code) => villageName(turn, code));
  const missing =
    names.length === 0
      ? words.t('officer:all_in')
      : words.t('officer:still_missing', { names: joinWithin(turn, names, LINE_MAX) });
  const text = words.t('officer:status_commune', { ...vars, missing });
  const held = await villagesHeld(turn, office.unit, period);
  return [text, heldText(turn, held)].filter((part) => part !== '').join('\n');
}

type Vars = Readonly<Record<string, string | number>>;

async function provinceText(
  turn: Turn<DialogDeps>,
  province: string,
  period: string,
  vars: Vars,
): Promise<string> {
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
  const held = await communesHeld(turn, owing, period);
  return [text, withoutList(turn, communes), heldText(turn, held)].filter((part) => part !== '').join('\n');
}

/** Reports that were begun, sent or sent back: a village that has not begun stands among the missing. */
async function villagesHeld(turn: Turn<DialogDeps>, commune: string, period: string): Promise<Held[]> {
  const { deps, at } = turn;
  const units = deps.directory.tree.within(commune, vnDay(at)).map(({ code }) => code);
  const reports = await deps.reports.submissions(VILLAGE_FORM, period, units);
  return reports.flatMap((report) => {
    const baton = batonFor(turn, VILLAGE_FORM, period, report);
    const shown = ['look_again', 'review', 'send', 'finish'].includes(baton.step);
    return shown ? [{ name: villageName(turn, report.unit), baton, what: baton.step, count: 0 }] : [];
  });
}

/** The baton goes from the villages to their commune when all are in or the villages are locked, and then to the province. */
async function communesHeld(
  turn: Turn<DialogDeps>,
  owing: readonly { readonly code: string; readonly missing: number }[],
  period: string,
): Promise<Held[]> {
  const { deps, at } = turn;
  const { village } = monthTimes(deps.settings.calendars, period);
  const codes = owing.map(({ code }) => code);
  const reports = await deps.reports.submissions(COMMUNE_FORM, period, codes);
  const byUnit = new Map(reports.map((report) => [report.unit, report]));
  return owing.flatMap(({ code, missing }) => {
    const name = placeName(deps, code, at);
    const report = byUnit.get(code) ?? null;
    const baton = batonFor(turn, COMMUNE_FORM, period, report);
    if (report?.submittedAt || at < village.opensAt) return [{ name, baton, what: baton.step, count: 0 }];
    if (missing > 0 && at < village.lockAt)
      return [{ name, baton: { ...baton, since: village.opensAt }, what: 'villages', count: missing }];
    const since = at < village.lockAt ? baton.since : village.lockAt;
    return [{ name, baton: { ...baton, since }, what: 'commune', count: missing }];
  });
}

function batonFor(turn: Turn<DialogDeps>, formId: string, period: string, report: Report | null): Baton {
  const { calendars, optionalFigures } = turn.deps.settings;
  const form = formOf(formId);
  const { opensAt, lockAt } = timesOf(form, calendars, period);
  const asked = askedFigures(form, period, optionalFigures)
    .filter((figure) => !figure.after)
    .map(({ id }) => id);
  return batonOf({ report, form, opensAt, lockAt: lockOf(report, lockAt), asked }, turn.at);
}

/** «Đang chờ lâu nhất: …», a line for each; empty when nothing waits. */
function heldText(turn: Turn<DialogDeps>, held: readonly Held[]): string {
  const { words } = turn;
  const sorted = byTimeHeld([...held].sort((a, b) => b.count - a.count));
  if (sorted.length === 0) return '';
  const lines = sorted.slice(0, LONGEST).map(({ name, baton, what, count }) => {
    const doing = words.t(`officer:baton.held.${what}`, { count });
    return words.t('officer:baton.line', { name, doing, since: momentShort(words, baton.since) });
  });
  const left = sorted.length - lines.length;
  if (left > 0) lines.push(words.t('officer:baton.more', { count: left }));
  return words.t('officer:baton.longest', { lines: lines.join('\n') });
}
