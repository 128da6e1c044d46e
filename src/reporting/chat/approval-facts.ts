import { textIn, type StepContext, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { personOf } from '../../org/chat/people';
import { unitName } from '../../org/names';
import type { Office } from '../../org/office';
import type { Unit } from '../../org/unit';
import type { Named } from '../../understanding/place-first';
import { doubtsOf, waitsForApproval, type Doubt } from '../approval';
import { approvalDigest, setDigest } from '../report-digest';
import { approverRoles, mayApprove, periodsToApprove } from '../approvers';
import { asBefore } from '../as-before';
import { timesOf, type PeriodTimes } from '../deadlines';
import { unitsOwing } from '../duties';
import { owes, type Form } from '../form';
import { FORMS } from '../forms';
import type { Report, ReportKey } from '../report';
import { factsOf, VILLAGE_FORM, type Facts } from './report-facts';

/** What an officer looks at: the reports below them that wait, what stands against each, and which place a word means. */

/** A report that waits for this person's approval. `doubts` empty: clean. */
export interface Waiting {
  readonly facts: Facts;
  readonly doubts: readonly Doubt[];
}

/** `village-month/2026-03/99001-07`: a report in buttons, lists and slots. */
export function refOfKey({ form, period, unit }: ReportKey): string {
  return `${form}/${period}/${unit}`;
}

/** The report a ref names, in whatever case it was typed; null when there is none. */
export function keyOfRef(turn: Turn<DialogDeps>, ref: string): ReportKey | null {
  const [form = '', period = '', unit = ''] = ref.toLowerCase().split('/');
  const named = FORMS.get(form);
  if (!named || unit === '') return null;
  const { tree } = turn.deps.directory;
  const day = vnDay(turn.at);
  const code = [unit.toUpperCase(), unit].find((each) => tree.getNearest(each, day) !== null);
  return code === undefined
    ? null
    : { form, period: named.cadence === 'week' ? period.toUpperCase() : period, unit: code };
}

export function factsOfRef(turn: Turn<DialogDeps>, ref: string): Promise<Facts | null> {
  const key = keyOfRef(turn, ref);
  return key ? factsOf(turn, key.unit, key.period, key.form) : Promise.resolve(null);
}

/** The report of an open dialog, named by its slot `ref`; it exists, since the dialog was opened on it. */
export async function factsIn({
  turn,
  slots,
}: Pick<StepContext<DialogDeps>, 'turn' | 'slots'>): Promise<Facts> {
  const ref = textIn(slots, 'ref');
  const facts = await factsOfRef(turn, ref);
  if (!facts) throw new RangeError(`no report ${ref}`);
  return facts;
}

/** Whether this person approves the report, by what is known here; asked again where the effect is done. */
export function approves(turn: Turn<DialogDeps>, { key, form }: Pick<Facts, 'key' | 'form'>): boolean {
  return mayApprove(personOf(turn).offices, turn.deps.directory.tree, form, key.unit, turn.at);
}

/** The posts of the person that approve the form. */
function approvingPosts(turn: Turn<DialogDeps>, form: Form): Office[] {
  return personOf(turn).overseeing.filter((office) => approverRoles(form).includes(office.role));
}

/** The forms this person approves. */
export function formsApproved(turn: Turn<DialogDeps>): Form[] {
  return [...FORMS.values()].filter((form) => approvingPosts(turn, form).length > 0);
}

/** Everything that waits for this person, in the order of forms and units; empty: nothing. */
export async function waitingFor(turn: Turn<DialogDeps>): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (const form of formsApproved(turn))
    for (const period of periodsToApprove(form, turn.deps.settings.calendars, turn.at))
      for (const office of approvingPosts(turn, form))
        found.push(...(await waitingIn(turn, form, period, office.unit)));
  return [...new Map(found.map((one) => [refOfKey(one.facts.key), one])).values()];
}

async function waitingIn(
  turn: Turn<DialogDeps>,
  form: Form,
  period: string,
  top: string,
): Promise<Waiting[]> {
  const { deps } = turn;
  const times = timesOf(form, deps.settings.calendars, period);
  const reports = await reportsBelow(turn, form, times, top);
  const waiting = reports.filter((report) => {
    // A turn played again after a crash decides from what it saw the first time.
    const then = asBefore(report, turn.event.id, times.deadline);
    return then !== null && waitsForApproval(then);
  });
  const facts = await Promise.all(waiting.map(({ unit }) => factsOf(turn, unit, period, form.id)));
  return facts.flatMap((each) =>
    each?.report ? [{ facts: each, doubts: doubtsOf(each.report, each.context) }] : [],
  );
}

/** The reports of whoever owes the form at or below `top`, as stored; read once in a turn. */
export async function reportsBelow(
  { deps, memo }: Turn<DialogDeps>,
  form: Form,
  times: PeriodTimes,
  top: string,
): Promise<readonly Report[]> {
  const memoKey = `below:${form.id}:${times.period}:${top}`;
  const known = memo.get(memoKey) as readonly Report[] | undefined;
  if (known) return known;
  const owing = unitsOwing(form, times, deps.directory.tree, top);
  const found = owing.length === 0 ? [] : await deps.reports.submissions(form.id, times.period, owing);
  memo.set(memoKey, found);
  return found;
}

/** The digest of what is shown of a report. */
export function shownDigest({ report }: Facts): string {
  return report ? approvalDigest(report) : '';
}

/** A short name for a set of reports as shown; another figure, or another report, gives another. */
export function setShown(waiting: readonly Waiting[]): string {
  return setDigest(waiting.flatMap(({ facts }) => facts.report ?? []));
}

/** The units below the person that they can name: villages and communes, or communes and agencies. */
export function unitsBelow(turn: Turn<DialogDeps>): Unit[] {
  const { tree } = turn.deps.directory;
  const day = vnDay(turn.at);
  const forms = formsApproved(turn);
  const tops = forms.flatMap((form) => approvingPosts(turn, form).map(({ unit }) => unit));
  const below = [...new Set(tops)].flatMap((top) => tree.within(top, day));
  const named = below.filter((unit) => forms.some((form) => owes(form, unit)));
  return [...new Map(named.map((unit) => [unit.code, unit])).values()];
}

export function namesOf(units: readonly Unit[]): Named[] {
  return units.map((unit) => ({ code: unit.code, names: [unit.name, unitName(unit)] }));
}

/** The reports of one unit that the person means: those that wait, otherwise that of the present period of its own form. */
export async function reportsMeant(turn: Turn<DialogDeps>, unit: string): Promise<Facts[]> {
  const waiting = (await waitingFor(turn)).filter(({ facts }) => facts.key.unit === unit);
  if (waiting.length > 0) return waiting.map(({ facts }) => facts);
  const forms = formsApproved(turn).filter(({ cadence }) => cadence !== 'once');
  const found: Facts[] = [];
  for (const form of forms)
    for (const period of periodsToApprove(form, turn.deps.settings.calendars, turn.at).toReversed()) {
      const facts = await factsOf(turn, unit, period, form.id);
      if (facts && owes(form, facts.unit)) found.push(facts);
    }
  return found.slice(0, 1);
}

/** The villages of the communes in which the person may enter on behalf. */
export function villagesBelow(turn: Turn<DialogDeps>): Unit[] {
  const form = FORMS.get(VILLAGE_FORM);
  const tops = form ? approvingPosts(turn, form).map(({ unit }) => unit) : [];
  const { tree } = turn.deps.directory;
  return [...new Set(tops)].flatMap((top) => [...tree.villagesUnder(top, vnDay(turn.at))]);
}
