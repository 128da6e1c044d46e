import mongoose from 'mongoose';
import { prepareIndexes } from '../../src/app/indexes';
import { createAuditRepo } from '../../src/audit/audit.repo';
import { createAskedRepo } from '../../src/classes/asked.repo';
import { createClassesRepo } from '../../src/classes/classes.repo';
import { createConversationRepo } from '../../src/conversation/conversation.repo';
import { createCampaignsRepo } from '../../src/campaigns/campaigns.repo';
import { createAnnexesRepo } from '../../src/directives/annexes.repo';
import { createDirectivesRepo } from '../../src/directives/directives.repo';
import { createEvidenceRepo } from '../../src/evidence/evidence.repo';
import { createThreadsRepo } from '../../src/handover/threads.repo';
import { createGroupsRepo } from '../../src/groups/groups.repo';
import { createInboxRepo } from '../../src/inbox/inbox.repo';
import { createStrangerNoticesRepo } from '../../src/org/stranger-notices.repo';
import { createOrgRepo } from '../../src/org/org.repo';
import { createOutboxRepo, createPaceRepo } from '../../src/outbox/outbox.repo';
import { createErasuresRepo } from '../../src/privacy/erasures.repo';
import { createRemindersRepo } from '../../src/reminders/reminders.repo';
import { createLedger } from '../../src/reporting/ledger.repo';
import { createSentSheetsRepo } from '../../src/sheets/sent-sheets.repo';
import { createReportsRepo } from '../../src/reporting/reports.repo';
import { embeddedUse, queriesOf, realUse } from '../support/index-use';
import { JOBS } from '../support/job-files';
import { freshStore, type TestStore } from '../support/stores';

/**
 * What is asked by a timer, or for every message, never walks a whole collection: each query names the index that serves
 * it, with the embedded engine and, where TEST_MONGODB_URI is set, a real MongoDB.
 */

const NOW = new Date('2026-03-12T01:00:00Z');
const LATER = new Date('2026-03-12T01:00:03Z');
const USER = 'zalo:1';
const KEY = Buffer.alloc(32, 1);

let store: TestStore;
let connection: mongoose.Connection;
beforeAll(async () => {
  store = await freshStore();
  connection = await mongoose
    .createConnection(store.uri, { dbName: store.connection.name, monitorCommands: true, autoIndex: false })
    .asPromise();
});
afterAll(async () => {
  await connection.close();
  await store.stop();
});

const inbox = () => createInboxRepo(connection);
const outbox = () => createOutboxRepo(connection);
const reports = () => createReportsRepo(connection, { singleProcess: false });

/** What asks, what it asks, and what serves each of its queries, in order. */
type Row = readonly [when: string, what: string, ask: () => Promise<unknown>, served: readonly string[]];

const TIMED: readonly Row[] = [
  ['every 5 s', 'countWaiting', () => inbox().countWaiting(), ['inbox waiting']],
  ['inbox.sweep', 'waitingUsers', () => inbox().waitingUsers(NOW, 5_000), ['inbox waiting']],
  ['inbox.forget', 'forget', () => inbox().forget(NOW), ['inbox kept_until']],
  ['outbox.sweep', 'sending', () => outbox().sending(), ['outbox being_sent']],
  ['outbox.sweep', 'due', () => outbox().due(NOW, 5_000), ['outbox notBefore_1']],
  ['outbox.sweep', 'nextDue', () => outbox().nextDue(NOW), ['outbox notBefore_1']],
  ['outbox.sweep', 'aliveSenders', () => outbox().aliveSenders(NOW), ['outbox_senders aliveUntil_1']],
  ['outbox.sweep', 'spentIn', () => outbox().spentIn(NOW, LATER), ['outbox chargedAt_1']],
  ['outbox.sweep', 'forget', () => outbox().forget(NOW, 2_000), ['outbox finishedAt_1']],
  ['outbox.sweep', 'forgetEarly', () => outbox().forgetEarly(NOW), ['outbox_early_receipts deliveredAt_1']],
  [
    'directives.annexes',
    'due',
    () => createAnnexesRepo(connection).due(NOW, 20),
    ['directive_annexes nextAt_1'],
  ],
  [
    'directives.run',
    'annexes',
    () => createAnnexesRepo(connection).of('D'),
    ['directive_annexes directive_1_at_1'],
  ],
  [
    'org.listStrangers',
    'unlisted',
    () => createStrangerNoticesRepo(connection).unlisted(NOW),
    ['stranger_notices at_1'],
  ],
  [
    'org.listStrangers',
    'forget',
    () => createStrangerNoticesRepo(connection).forget(NOW),
    ['stranger_notices at_1'],
  ],
  [
    'a word of a stranger',
    'since',
    () => createStrangerNoticesRepo(connection).since(USER, NOW),
    ['stranger_notices to_1_at_1'],
  ],
  ['evidence.sweep', 'due', () => createEvidenceRepo(connection).due(NOW, 50), ['evidence nextTryAt_1']],
  ['sheets.sweep', 'due', () => createSentSheetsRepo(connection).due(NOW, 20), ['sent_sheets nextAt_1']],
  ['sheets.sweep', 'take', () => createSentSheetsRepo(connection).take('e', NOW, LATER), ['sent_sheets ids']],
  ['a yes', 'newestOf', () => createSentSheetsRepo(connection).newestOf(USER, 1), ['sent_sheets by_1_at_-1']],
  ['evidence.sweep', 'take', () => createEvidenceRepo(connection).take('e', NOW, LATER), ['evidence ids']],
  [
    'reminders.plan',
    'plannedUntil',
    () => createRemindersRepo(connection).plannedUntil(),
    ['reminder_runs ids'],
  ],
  [
    'reminders.escalate',
    'plannedUntil',
    () => createRemindersRepo(connection, 'escalation').plannedUntil(),
    ['reminder_runs ids'],
  ],
  [
    'reminders.escalate',
    'silences',
    () => createLedger(connection, { note: async () => undefined }).silences('village-month', '2026-03'),
    ['silences period_1_form_1_at_1'],
  ],
  ['recognition.thank', 'fates', () => outbox().fates(['thanks:1']), ['outbox ids']],
  [
    'recognition.giveList',
    'ofUnits',
    () => reports().ofUnits('awards-2026', 'awards-2026', ['99001']),
    ['reports form_1_period_1_unit_1'],
  ],
  [
    'reminders.escalate',
    'told',
    () => outbox().toPeople([USER], ['reminder'], NOW, LATER),
    ['outbox to_1_createdAt_1'],
  ],
  [
    'reminders.plan',
    'sendings',
    () => reports().sendings('village-month', '2026-03', ['99001-07']),
    ['reports form_1_period_1_unit_1'],
  ],
  [
    'reminders.listApprovals',
    'ofUnits',
    () => reports().ofUnits('village-month', '2026-03', ['99001-07']),
    ['reports form_1_period_1_unit_1'],
  ],
  [
    'reminders.watchSums',
    'getMany',
    () => reports().getMany([{ form: 'commune-month', period: '2026-03', unit: '99001' }]),
    ['reports ids'],
  ],
  [
    'reminders.plan',
    'extended',
    () => reports().extended('village-month', '2026-03', ['99001-07']),
    ['reports form_1_period_1_unit_1'],
  ],
  [
    'directives.run',
    'due',
    () => createDirectivesRepo(connection).due(NOW, 5_000),
    ['directive_recipients nextAt_1'],
  ],
  [
    'directives.run',
    'directivesDue',
    () => createDirectivesRepo(connection).directivesDue(NOW),
    ['directives nextAt_1'],
  ],
  [
    'directives.run',
    'inStates',
    () => createDirectivesRepo(connection).inStates(['issued']),
    ['directives state_1_createdAt_1'],
  ],
  [
    'directives.run',
    'recipientsOf',
    () => createDirectivesRepo(connection).recipientsOf('D1'),
    ['directive_recipients directive_1_unit_1'],
  ],
  [
    'directive.answer',
    'isOwed',
    () => createDirectivesRepo(connection).isOwed('D1'),
    ['directive_recipients directive_1_unit_1'],
  ],
  [
    'reminders.plan',
    'unansweredBy',
    () => createDirectivesRepo(connection).unansweredBy(['99001'], USER),
    ['directive_recipients unit_1'],
  ],
  ['campaigns.run', 'open', () => createCampaignsRepo(connection).open(), ['campaigns nextAt_1']],
  [
    'campaigns.run',
    'notAsked',
    () => createCampaignsRepo(connection).notAsked('K'),
    ['campaign_units campaign_1_unit_1'],
  ],
  ['campaigns.run', 'due', () => createCampaignsRepo(connection).due(NOW), ['campaigns nextAt_1']],
  [
    'campaigns.run',
    'answersOf',
    () => createCampaignsRepo(connection).answersOf('K1'),
    ['campaign_units campaign_1_unit_1'],
  ],
  ['groups.run', 'ordered', () => createGroupsRepo(connection).ordered(), ['commune_groups order.at_1']],
  [
    'groups.run',
    'inState',
    () => createGroupsRepo(connection).inState('on'),
    ['commune_groups state_1_comparedAt_1'],
  ],
  [
    'groups.run',
    'nextToCompare',
    () => createGroupsRepo(connection).nextToCompare(NOW),
    ['commune_groups state_1_comparedAt_1', 'commune_groups state_1_comparedAt_1'],
  ],
  ['groups.run', 'doneOn', () => createGroupsRepo(connection).doneOn('boards'), ['group_meta ids']],
  [
    'groups.run',
    'take',
    () => createGroupsRepo(connection).take('99001', NOW, LATER),
    ['commune_groups ids'],
  ],
  [
    'each event of a group',
    'byGroupId',
    () => createGroupsRepo(connection).byGroupId('g1'),
    ['commune_groups groupId_1'],
  ],
  [
    'classes.sweep',
    'between',
    () => createClassesRepo(connection).between(NOW, LATER),
    ['classes startsAt_1'],
  ],
  [
    'classes.sweep',
    'between, of units',
    () => createClassesRepo(connection).between(NOW, LATER, ['99001']),
    ['classes unit_1_startsAt_1'],
  ],
  ['privacy.erase', 'due', () => createErasuresRepo(connection).due(NOW), ['erasures dueAt_1']],
  [
    'classes.sweep',
    'ofWeek',
    () => createAskedRepo(connection, KEY).ofWeek('2026-W11'),
    ['class_questions week_1_commune_1'],
  ],
  [
    'classes.sweep',
    'forget',
    () => createAskedRepo(connection, KEY).forget(NOW, NOW),
    ['class_questions at_1', 'class_questions at_1'],
  ],
  [
    'classes.sweep',
    'peopleOf',
    () => createClassesRepo(connection).peopleOf(['L1']),
    ['class_people class_1'],
  ],
  ['handover.sweep', 'due', () => createThreadsRepo(connection).due(NOW), ['threads dueAt_1']],
  ['handover.sweep', 'held', () => createThreadsRepo(connection).held(), ['threads heldBy_1']],
  ['handover.sweep', 'nextDue', () => createThreadsRepo(connection).nextDue(NOW), ['threads dueAt_1']],
  ['org.sweepPosts', 'isMarked', () => createOrgRepo(connection).isMarked('lost'), ['org_meta ids']],
  ['every second', 'revision', () => createOrgRepo(connection).revision(), ['org_meta ids']],
  [
    'every 0.5 s',
    'changedSince',
    () => reports().changedSince({ at: NOW, id: '' }, 500),
    ['reports writtenAt_1__id_1'],
  ],
];

const CHAINED: readonly Row[] = [
  ['audit.chain', 'oldestWaiting', () => inbox().oldestWaiting(), ['inbox waiting']],
  ['audit.chain', 'head', () => createAuditRepo(connection).head(), ['audit seq_1_happenedAt_1__id_1']],
  [
    'audit.chain',
    'waiting',
    () => createAuditRepo(connection).waiting(NOW, 500),
    ['audit seq_1_happenedAt_1__id_1'],
  ],
  ['audit.chain', 'markOf', () => createAuditRepo(connection).markOf('reports'), ['audit_marks ids']],
];

const FOR_EACH_MESSAGE: readonly Row[] = [
  ['its turn', 'openOf', () => createThreadsRepo(connection).openOf(USER), ['threads openBy_1']],
  ['its turn', 'waiting', () => inbox().waiting(USER, 50), ['inbox waiting']],
  ['its turn', 'done', () => inbox().done('m1'), ['inbox ids']],
  [
    'its turn',
    'take',
    () => createConversationRepo(connection, { singleProcess: false }).take(USER, 'me', NOW, 3_000),
    ['conversations ids'],
  ],
  ['its turn', 'lastShown', () => outbox().lastShown(USER, 'm1', NOW), ['outbox to_1_createdAt_1']],
  ['its send', 'openOf', () => outbox().openOf([USER]), ['outbox to_1_createdAt_1']],
  ['its send', 'isSendingTo', () => outbox().isSendingTo(USER), ['outbox being_sent']],
  [
    'its send',
    'claim',
    () => outbox().claim({ id: 'm', owner: 'me', at: NOW }),
    ['outbox ids', 'outbox ids'],
  ],
  ['its send', 'pace', () => createPaceRepo(connection, 'zalo').load(), ['pace ids']],
  ['its early receipt', 'noteEarly', () => outbox().noteEarly('x'), ['outbox_early_receipts ids']],
  ['its echo', 'isKnown', () => outbox().isKnown(['x']), ['outbox messageId_1']],
  [
    'its receipt',
    'noteReceipts',
    () => outbox().noteReceipts({ messageIds: ['x'], trackingId: 't', kind: 'seen', at: NOW }),
    [
      ...['outbox messageId_1', 'outbox_early_receipts ids', 'outbox messageId_1'],
      ...['outbox sending.message.trackingId_1', 'outbox sending.message.trackingId_1'],
    ],
  ],
];

it.each([...TIMED, ...CHAINED, ...FOR_EACH_MESSAGE])(
  '%s: %s is served by an index',
  async (_when, _what, ask, served) => {
    const queries = await queriesOf(connection, ask);
    expect(queries.map((query) => embeddedUse(connection, query))).toEqual(served);
    if (!process.env['TEST_MONGODB_URI']) return;
    await prepareIndexes(connection);
    // Of two that serve alike it takes the one that was quicker.
    const real = await Promise.all(queries.map((query) => realUse(connection, query)));
    expect(real.filter((used) => used.endsWith(' scan'))).toEqual([]);
  },
);

it('no job that runs by itself is forgotten here', () => {
  const scheduled = JOBS.flatMap(({ definition: { name, schedule } }) => (schedule ? [name] : []));
  const named = new Set([...TIMED, ...CHAINED].map(([when]) => when));
  // The tokens are one document, found by its id.
  expect(scheduled.filter((name) => !named.has(name))).toEqual(['zalo.renewTokens']);
});
