import type { Turn } from '../conversation/dialog';
import { campaignPayload } from '../campaigns/campaign-words';
import type { DialogDeps } from './deps';
import { actPayload } from '../directives/directive-words';
import type { Directive } from '../directives/directive';
import { moment, momentShort } from '../kernel/moment';
import { capital } from '../kernel/vn-text';
import { placeName, type Person } from '../org/chat/people';
import { monthTimes } from '../reporting/deadlines';
import { timesAbove } from '../reporting/extension';
import { waitingFor } from '../reporting/chat/approval-facts';
import { confirmationWaiting } from '../reporting/chat/confirming';
import * as duties from '../reporting/chat/form-duties';
import { labelOf } from '../reporting/chat/release-texts';
import { waitingReleases } from '../reporting/chat/release-waiting';
import { answeredCount, factsOf, isSent, owedFigures } from '../reporting/chat/report-facts';
import { quoted } from '../reporting/chat/report-refusals';
import { returnedCount } from '../reporting/chat/returned';
import { holdsSecondKey } from '../reporting/chat/second-key';
import { taskLine, taskListId, tasksOf } from '../reporting/chat/task-commands';

/**
 * All that a person owes or that waits for them, as one list: reports, tasks of the plan, directives, open questions, and
 * what they have to confirm or approve. A new kind of work is one entry of `SOURCES`.
 */

export interface Work {
  /** Upper case, the same each time: what the list and its buttons know it by. */
  readonly id: string;
  /** The button that opens its place. */
  readonly command: string;
  /** Null: there is no day for it. */
  readonly due: Date | null;
  /** Its own button; null: it stands in the list alone. */
  readonly label: string | null;
  /** The line of the list with its number. */
  readonly line: (number: number) => string;
  /** It was sent and is shown so that it can be looked at. */
  readonly sent: boolean;
}

type Source = (turn: Turn<DialogDeps>, person: Person) => Promise<readonly Work[]>;

/** What is owed in order of deadline, what has none behind it, and last what was sent already. */
export async function worksOf(turn: Turn<DialogDeps>, person: Person): Promise<Work[]> {
  const works: Work[] = [];
  for (const source of SOURCES) works.push(...(await source(turn, person)));
  const rank = ({ sent, due }: Work): number =>
    sent ? Number.POSITIVE_INFINITY : (due?.getTime() ?? Number.MAX_SAFE_INTEGER);
  return works.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

/** Of a few words and a button: `key` is that of the words. */
function plain(
  { words, at }: Turn<DialogDeps>,
  key: string,
  vars: Readonly<Record<string, string | number>>,
  { due, ...rest }: Pick<Work, 'id' | 'command' | 'due' | 'label'>,
): Work {
  const until =
    due === null ? '' : words.t(due < at ? 'work:over' : 'work:until', { deadline: moment(words, due) });
  return {
    ...{ ...rest, due, sent: false },
    line: (number) => `${number}. ${words.t(key, vars)}${until}`,
  };
}

const reports: Source = (turn, person) =>
  Promise.all(duties.reportsOf(turn, person).map((one) => reportWork(turn, one)));

/** «Báo cáo tháng 3, xã Tân Hòa: còn 3/8 câu, hạn 17:00 thứ Năm 19/3» */
async function reportWork(turn: Turn<DialogDeps>, one: duties.OwedReport): Promise<Work> {
  const facts = await factsOf(turn, one.key.unit, one.key.period, one.key.form);
  const returned = facts ? returnedCount(facts) : 0;
  const sent = facts !== null && isSent(facts) && returned === 0;
  const late = turn.at > one.times.deadline;
  const state =
    returned > 0 ? 'returned' : sent ? 'sent' : late ? 'overdue' : facts?.report ? 'begun' : 'open';
  const vars = {
    title: duties.reportTitle(turn, one),
    deadline: moment(turn.words, one.times.deadline),
    done: facts ? answeredCount(facts) : 0,
    count: facts ? owedFigures(facts).length : one.form.figures.length,
    returned,
  };
  const word = duties.reportWord(one.key);
  return {
    ...{ id: word, command: `#BAOCAO_${word}`, due: one.times.deadline, sent },
    label: duties.reportLabel(turn, one),
    line: (number) => turn.words.t(`reports:form.work_line.${state}`, { ...vars, number }),
  };
}

/** Those the person was told of and has not answered, and those that they said they would do. */
const directives: Source = async (turn) => {
  const { deps, user, at } = turn;
  const unanswered = await deps.directives.unanswered(user, at);
  const silent = new Set(unanswered.map(({ directive }) => directive.id));
  const underWay = (await deps.directives.mine(user, at)).filter(
    ({ directive, recipients }) =>
      directive.state === 'issued' &&
      !silent.has(directive.id) &&
      recipients.some(({ answer }) => answer === 'acknowledged' || answer === 'doing'),
  );
  const work = ({ id, number, short, deadline }: Directive, key: string): Work =>
    plain(
      turn,
      key,
      { document: number },
      {
        ...{ id: `DIRECTIVE_${id}`.toUpperCase(), command: actPayload('TEP', id), due: deadline },
        label: turn.words.t('work:buttons.directive', { short }),
      },
    );
  return [
    ...unanswered.map(({ directive }) => work(directive, 'work:directive')),
    ...underWay.map(({ directive }) => work(directive, 'work:directive_under_way')),
  ];
};

/** Surveys and head-counts that no answer has come to. */
const questions: Source = async (turn) => {
  const { deps, user, at, words } = turn;
  const open = await deps.campaigns.openFor(user, at);
  const given = await Promise.all(open.map(({ campaign, unit }) => deps.campaigns.answer(campaign.id, unit)));
  return open
    .filter((_, i) => given[i] === null)
    .map(({ campaign, unit }) =>
      plain(
        turn,
        `work:${campaign.kind}`,
        { question: quoted(campaign.question), unit: placeName(deps, unit, at) },
        {
          ...{ id: `QUESTION_${campaign.id}_${unit}`.toUpperCase(), due: campaign.closesAt },
          command: campaignPayload(campaign.id, 'HOI', unit),
          label: capital(words.t(`campaigns:short.${campaign.kind}`)),
        },
      ),
    );
};

/** Of the chair, the commune's month. */
const confirmations: Source = async (turn) => {
  const waits = await confirmationWaiting(turn);
  if (waits === null) return [];
  const { facts, choice } = waits;
  return [
    plain(
      turn,
      'work:confirm',
      { unit: placeName(turn.deps, facts.key.unit, turn.at) },
      {
        ...{ id: 'CONFIRM', command: choice.command ?? '', label: choice.label, due: facts.times.deadline },
      },
    ),
  ];
};

/** All reports below that wait are one work. */
const approvals: Source = async (turn) => {
  const waiting = await waitingFor(turn);
  if (waiting.length === 0) return [];
  const until = waiting.map(({ facts: { form, key, times } }) =>
    (timesAbove(form, turn.deps.settings.calendars, key.period).approveUntil ?? times.lockAt).getTime(),
  );
  return [
    plain(
      turn,
      'work:approve',
      { count: waiting.length },
      {
        ...{ id: 'APPROVE', command: '#CHODUYET', due: new Date(Math.min(...until)) },
        label: turn.words.t('officer:buttons.waiting'),
      },
    ),
  ];
};

/** Directives, questions, releases and corrections that somebody else has asked for. */
const secondKeys: Source = async (turn, person) => {
  const { deps, user, at, words } = turn;
  const orders = await deps.directives.waitingFor(user, at);
  const asked = await deps.campaigns.waitingFor(user, at);
  const found = [
    ...orders.map(({ id, number, short, deadline }) =>
      plain(
        turn,
        'work:key.directive',
        { document: number },
        {
          ...{ id: `KEY_${id}`.toUpperCase(), command: actPayload('XEM', id), due: deadline },
          label: words.t('work:buttons.directive', { short }),
        },
      ),
    ),
    ...asked.map(({ id, question, closesAt, kind }) =>
      plain(
        turn,
        `work:key.${kind}`,
        { question: quoted(question) },
        {
          ...{ id: `KEY_${id}`.toUpperCase(), command: campaignPayload(id, 'HOI'), due: closesAt },
          label: capital(words.t(`campaigns:short.${kind}`)),
        },
      ),
    ),
  ];
  if (!holdsSecondKey(person)) return found;
  for (const id of await waitingReleases(turn)) {
    const { lockAt } = monthTimes(deps.settings.calendars, id.slice(0, 7)).commune;
    const opens = { id: `RELEASE_${id}`, command: `#XEMCHOT_${id}`, due: lockAt };
    found.push(
      plain(
        turn,
        'work:key.release',
        { label: labelOf(turn, id) },
        { ...opens, label: words.t('release:buttons.see') },
      ),
    );
  }
  const corrections = await deps.ledger.adjustments();
  const [oldest] = corrections;
  if (oldest) {
    const vars = { count: corrections.length, since: momentShort(words, oldest.at) };
    const opens = { id: 'CORRECTIONS', command: '#CHODUYET', due: null };
    found.push(
      plain(turn, 'work:key.corrections', vars, { ...opens, label: words.t('officer:buttons.waiting') }),
    );
  }
  return found;
};

const tasks: Source = async (turn, person) =>
  (await tasksOf(turn, person)).map((owed) => ({
    ...{ id: taskListId(owed), command: `#XEMVIEC_${taskListId(owed)}`, due: owed.task.deadline },
    ...{ label: null, sent: false },
    line: (number) => taskLine(turn, owed, number),
  }));

const SOURCES: readonly Source[] = [
  reports,
  confirmations,
  approvals,
  secondKeys,
  directives,
  questions,
  tasks,
];
