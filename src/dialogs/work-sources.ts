import type { Turn } from '../conversation/dialog';
import { plain, type Source, type Work } from './work';
import { campaignPayload } from '../campaigns/campaign-words';
import type { DialogDeps } from './deps';
import { actPayload } from '../directives/directive-words';
import type { Directive } from '../directives/directive';
import { moment, momentShort } from '../kernel/moment';
import { capital } from '../kernel/vn-text';
import { handOverVars, refOf, waitingForYes } from '../org/chat/hand-over-talk';
import { placeName } from '../org/chat/people';
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
import { monthTasksOf, TASK_NEAR, taskLine, taskListId, tasksOf } from '../reporting/chat/task-commands';
import { PLAN_SINCE } from '../reporting/tasks';

/** Where each kind of work comes from. */

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
  const work = ({ id, number, short, deadline, ...one }: Directive, key: string, since?: Date): Work =>
    plain(turn, {
      ...{ key, vars: { document: number }, since: since ?? one.issuedAt ?? one.createdAt },
      ...{ id: `DIRECTIVE_${id}`.toUpperCase(), command: actPayload('TEP', id), due: deadline },
      label: turn.words.t('work:buttons.directive', { short }),
    });
  return [
    ...unanswered.map(({ directive }) => work(directive, 'work:directive')),
    ...underWay.map(({ directive, recipients }) => {
      const last = recipients.flatMap(({ answers }) => answers).at(-1);
      return work(directive, 'work:directive_under_way', last?.at);
    }),
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
      plain(turn, {
        key: `work:${campaign.kind}`,
        vars: { question: quoted(campaign.question), unit: placeName(deps, unit, at) },
        ...{ since: campaign.createdAt, due: campaign.closesAt },
        ...{
          id: `QUESTION_${campaign.id}_${unit}`.toUpperCase(),
          command: campaignPayload(campaign.id, 'HOI', unit),
        },
        label: capital(words.t(`campaigns:short.${campaign.kind}`)),
      }),
    );
};

/** Of the chair, the commune's month. */
const confirmations: Source = async (turn) => {
  const waits = await confirmationWaiting(turn);
  if (waits === null) return [];
  const { facts, choice } = waits;
  return [
    plain(turn, {
      ...{ key: 'work:confirm', vars: { unit: placeName(turn.deps, facts.key.unit, turn.at) } },
      ...{ id: 'CONFIRM', command: choice.command ?? '', label: choice.label, due: facts.times.deadline },
    }),
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
    plain(turn, {
      ...{ key: 'work:approve', vars: { count: waiting.length } },
      ...{ id: 'APPROVE', command: '#CHODUYET', due: new Date(Math.min(...until)) },
      label: turn.words.t('officer:buttons.waiting'),
    }),
  ];
};

/** Directives and questions to many places that somebody else has written. */
const keysOfOrders: Source = async (turn) => {
  const { deps, user, at, words } = turn;
  const orders = await deps.directives.waitingFor(user, at);
  const asked = await deps.campaigns.waitingFor(user, at);
  return [
    ...orders.map(({ id, number, short, deadline, createdAt }) =>
      plain(turn, {
        ...{ key: 'work:key.directive', vars: { document: number }, since: createdAt, due: deadline },
        ...{ id: `KEY_${id}`.toUpperCase(), command: actPayload('XEM', id) },
        label: words.t('work:buttons.directive', { short }),
      }),
    ),
    ...asked.map(({ id, question, closesAt, kind, createdAt }) =>
      plain(turn, {
        ...{ key: `work:key.${kind}`, vars: { question: quoted(question) }, since: createdAt, due: closesAt },
        ...{ id: `KEY_${id}`.toUpperCase(), command: campaignPayload(id, 'HOI') },
        label: capital(words.t(`campaigns:short.${kind}`)),
      }),
    ),
  ];
};

/** Releases, and corrections of locked figures. */
const keysOfFigures: Source = async (turn, person) => {
  const { deps, words } = turn;
  if (!holdsSecondKey(person)) return [];
  const found: Work[] = [];
  for (const id of await waitingReleases(turn)) {
    const release = await deps.releases.get(id);
    found.push(
      plain(turn, {
        ...{ key: 'work:key.release', vars: { label: labelOf(turn, id) }, since: release?.at },
        ...{ id: `RELEASE_${id}`, command: `#XEMCHOT_${id}`, label: words.t('release:buttons.see') },
        due: monthTimes(deps.settings.calendars, id.slice(0, 7)).commune.lockAt,
      }),
    );
  }
  const corrections = await deps.ledger.adjustments();
  const [oldest] = corrections;
  if (oldest)
    found.push(
      plain(turn, {
        key: 'work:key.corrections',
        vars: { count: corrections.length, since: momentShort(words, oldest.at) },
        ...{ since: oldest.at, due: null },
        ...{ id: 'CORRECTIONS', command: '#CHODUYET', label: words.t('officer:buttons.waiting') },
      }),
    );
  return found;
};

/** Posts of the villages that somebody gives to another: the list of what waits shows them with their buttons. */
const handOvers: Source = async (turn) =>
  waitingForYes(turn).map((office) =>
    plain(turn, {
      key: 'work:hand_over',
      vars: { line: turn.words.t('posts:commune.line', handOverVars(turn, office, office.handover)) },
      ...{ id: `HAND_OVER_${refOf(office)}`, command: '#CHODUYET', due: null },
      label: turn.words.t('officer:buttons.waiting'),
    }),
  );

/** One that has a day becomes the next act when it is reminded of. */
const tasks: Source = async (turn, person) =>
  (await tasksOf(turn, person)).map((owed) => {
    const { id, deadline } = owed.task;
    const work: Work = {
      ...{ id: taskListId(owed), command: `#XEMVIEC_${taskListId(owed)}`, due: deadline },
      ...{ label: null, sent: false },
      line: (number) => taskLine(turn, owed, number),
    };
    if (deadline === null || turn.at.getTime() < deadline.getTime() - TASK_NEAR) return work;
    const vars = { title: turn.words.t(`tasks:titles.${id}`) };
    const shown = { id: work.id, command: work.command, due: deadline, label: null };
    return { ...plain(turn, { key: 'work:task', vars, since: PLAN_SINCE, ...shown }), line: work.line };
  });

/** The department's summary of the month, until a release of it is confirmed. */
const summaries: Source = async (turn, person) => {
  const found: Work[] = [];
  for (const { id, vars, period, deadline, since } of monthTasksOf(turn, person)) {
    if ((await turn.deps.releases.confirmed(period)) !== null) continue;
    found.push(
      plain(turn, {
        ...{ key: 'tasks:month_work', vars, due: deadline, since: turn.at >= since ? since : undefined },
        ...{ id: `MONTH_${id}_${period}`.toUpperCase(), command: '#TINHHINH' },
        label: turn.words.t('menu:buttons.status'),
      }),
    );
  }
  return found;
};

/** What «tình hình» tells by itself. */
export const REPORTED: readonly Source[] = [reports, confirmations, approvals];
export const OTHERS: readonly Source[] = [
  keysOfOrders,
  keysOfFigures,
  handOvers,
  directives,
  questions,
  summaries,
  tasks,
];
