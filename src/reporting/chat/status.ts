import { momentShort, monthName } from '../../kernel/moment';
import { capital, clipped } from '../../kernel/vn-text';
import type { Choice, Say, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Work } from '../../dialogs/work';
import { nextWorks } from '../../dialogs/works';
import { formerHolderAnswer } from '../../org/chat/lost-right';
import { leaveLines } from '../../org/chat/leave-commands';
import { contactName, personOf, placeName, superiorOf } from '../../org/chat/people';
import type { Baton } from '../baton';
import { titleOf } from '../form';
import { batonIn } from './baton-in';
import { confirmationWaiting, unconfirmedLine } from './confirming';
import { reportsOf, reportWord, type OwedReport } from './form-duties';
import { periodName } from './form-texts';
import { nextAct } from './next-act';
import { answeredCount, factsOf, numberOf, periodMeant, VILLAGE_FORM, type Facts } from './report-facts';
import { toDecide } from './report-second';
import { reportVars } from './report-texts';
import { overviewOf } from './status-overview';

/**
 * «Tình hình», for anybody with a post: the one next act, who holds it and since when; for those above also how many are in
 * and what has waited longest below them. Derived from the reports as they stand.
 */
export async function statusAnswer(turn: Turn<DialogDeps>): Promise<Say> {
  const { words } = turn;
  const person = personOf(turn);
  const parts: string[] = [];
  let act: Choice | null = null;
  for (const office of person.overseeing) {
    const below = await nextAct(turn, office);
    parts.push([await overviewOf(turn, office), below?.text ?? ''].filter(Boolean).join('\n'));
    act ??= below?.choice ?? null;
  }
  const confirm = await confirmationWaiting(turn);
  if (confirm) parts.push(confirm.text);
  act ??= confirm?.choice ?? null;
  const own = await ownBatons(turn);
  const [next, ...others] = own;
  const works = await nextWorks(turn, person);
  const [work] = works;
  // The next act is one: what is done for those below, then whichever of the person's own is due first.
  const shown = work !== undefined && act === null && !isFirst(next, work) ? work : null;
  if (shown) parts.push(workText(turn, shown));
  act ??= shown ? choiceOf(turn, shown) : null;
  if (next) parts.push(await ownText(turn, next));
  const waiting =
    others.filter(({ baton }) => baton.holder === 'unit').length + works.length - (shown ? 1 : 0);
  if (waiting > 0) parts.push(words.t('officer:baton.others', { count: waiting }));
  parts.push(...(await openTalks(turn)), ...leaveLines(turn, person));
  const nothing = person.offices.length > 0 ? 'menu:no_duty' : 'reports:not_reporter_unknown';
  if (parts.length === 0) parts.push(formerHolderAnswer(turn) ?? words.t(nothing, person.vars));
  return { text: [...new Set(parts)].join('\n\n'), choices: choicesOf(turn, next, act).slice(0, 4) };
}

/** Whether the report waits for the person and is due before the work. */
function isFirst(next: Own | undefined, { due }: Work): boolean {
  if (next?.baton.holder !== 'unit') return false;
  return due === null || next.owed.times.deadline <= due;
}

/** «Việc tiếp theo: xác nhận công văn 145, hạn 17:00 thứ Hai 16/3. Việc ở bác từ 08:00 ngày 11/3.» */
function workText(turn: Turn<DialogDeps>, { next }: Work): string {
  const { words } = turn;
  if (next === undefined) return '';
  const holder = personOf(turn).vars.address;
  const since = words.t('officer:baton.since', { holder, since: momentShort(words, next.since) });
  return `${words.t('officer:next.line', { what: next.what })} ${since}`;
}

function choiceOf({ words }: Turn<DialogDeps>, { label, command }: Work): Choice {
  return { id: 'WORK', label: label ?? words.t('work:buttons.this'), command };
}

/** What the person asked a human and still waits for: where it is, since when, and by when an answer was promised. */
async function openTalks({ deps, words, user, at }: Turn<DialogDeps>): Promise<string[]> {
  const open = await deps.handover.openOf(user);
  return open
    .filter(({ owedSince }) => owedSince !== null)
    .map(({ topics, desk, owedSince, promisedAt }) =>
      words.t(promisedAt ? 'officer:baton.talk' : 'officer:baton.talk_open', {
        topic: topics[0] ? words.t('officer:baton.topic', { topic: clipped(topics[0], TOPIC_MAX) }) : '',
        desk: placeName(deps, desk, at),
        since: momentShort(words, owedSince ?? at),
        until: momentShort(words, promisedAt ?? at),
      }),
    );
}

const TOPIC_MAX = 60;

interface Own {
  readonly owed: OwedReport;
  readonly facts: Facts;
  readonly baton: Baton;
}

/** The person's own reports, what waits for them first, the nearest deadline first. */
async function ownBatons(turn: Turn<DialogDeps>): Promise<Own[]> {
  const found: Own[] = [];
  for (const owed of reportsOf(turn, personOf(turn))) {
    const facts = await factsOf(turn, owed.key.unit, owed.key.period, owed.key.form);
    if (facts) found.push({ owed, facts, baton: batonIn(facts, turn.at) });
  }
  const waits = ({ baton }: Own): number => (baton.holder === 'unit' ? 0 : baton.step === 'review' ? 1 : 2);
  return found.sort((a, b) => waits(a) - waits(b));
}

/** How the report stands, whose turn it is and since when. */
async function ownText(turn: Turn<DialogDeps>, { owed, facts, baton }: Own): Promise<string> {
  const { words, deps, at } = turn;
  const { unit, form } = owed.key;
  const village = form === VILLAGE_FORM;
  const looks = village ? superiorOf(deps, unit, at).office !== null : true;
  const above = village ? contactName(words, deps, unit, at) : words.t('officer:baton.department');
  const vars = {
    ...reportVars(turn, facts),
    title: capital(
      words.t(titleOf(form), {
        month: periodName(turn, owed.key.period),
        unit: placeName(deps, unit, at),
      }),
    ),
    superior: above,
    receipt: facts.report?.receipt ?? '',
    moment: momentShort(words, facts.report?.submittedAt ?? at),
    left: facts.asked.length - answeredCount(facts),
  };
  const state = village ? villageState(baton, looks) : baton.step;
  const stands = words.t(`officer:${village ? 'village_status' : 'form_status'}.${state}`, vars);
  const choose = toDecide(turn, facts);
  const two =
    choose === null ? '' : words.t('officer:baton.choose', { ...vars, number: numberOf(facts, choose) });
  const text = [stands, two, unconfirmedLine(turn, facts)].filter((part) => part !== '').join(' ');
  if (baton.holder === 'nobody' || (baton.step === 'review' && !looks)) return text;
  // Sent and not yet looked at: since when it waits has just been said.
  const since = momentShort(words, baton.since);
  if (village && state === 'sent' && since === vars.moment) return text;
  const holder = baton.holder === 'unit' ? personOf(turn).vars.address : above;
  return `${text} ${words.t('officer:baton.since', { holder, since })}`;
}

function villageState({ step }: Baton, looks: boolean): string {
  if (step === 'review') return looks ? 'sent' : 'sent_nobody';
  return { begin: 'open', finish: 'draft', send: 'ready' }[step as string] ?? step;
}

function choicesOf(turn: Turn<DialogDeps>, next: Own | undefined, act: Choice | null): Choice[] {
  const { words, at } = turn;
  const choices: Choice[] = act ? [act] : [];
  const chooses = next !== undefined && toDecide(turn, next.facts) !== null;
  if (next && (chooses || ['begin', 'finish', 'send', 'look_again'].includes(next.baton.step))) {
    const { key } = next.owed;
    const command = key.form === VILLAGE_FORM ? '#BAOCAO' : `#BAOCAO_${reportWord(key)}`;
    const label = words.t(chooses ? 'approval:buttons.decide' : 'officer:buttons.start');
    choices.push({ id: 'REPORT', label, command });
  }
  if (personOf(turn).overseeing.length === 0) return choices;
  const month = monthName(words, periodMeant(at), at);
  const more: readonly Choice[] = [
    { id: 'HELD', label: words.t('officer:buttons.held'), command: '#DANGCHO' },
    { id: 'MISSING', label: words.t('officer:buttons.missing'), command: '#CHUANOP' },
    { id: 'TOTAL', label: words.t('officer:buttons.total', { month }), command: '#TONG' },
  ];
  return [...choices, ...more.filter(({ id }) => id !== act?.id)];
}
