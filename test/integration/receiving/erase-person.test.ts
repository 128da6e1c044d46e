import { createConversationRepo } from '../../../src/conversation/conversation.repo';
import { createGroupsRepo } from '../../../src/groups/groups.repo';
import { createCampaignsRepo } from '../../../src/campaigns/campaigns.repo';
import { createDirectivesRepo } from '../../../src/directives/directives.repo';
import { createInboxRepo } from '../../../src/inbox/inbox.repo';
import { createClassesRepo } from '../../../src/classes/classes.repo';
import { createContactsRepo } from '../../../src/contacts/contacts.repo';
import { createOutboxRepo } from '../../../src/outbox/outbox.repo';
import { createPreferencesRepo } from '../../../src/contacts/preferences.repo';
import { createErasePerson, ERASED, type EraseDeps } from '../../../src/privacy/erase-person';
import { createOrgRepo } from '../../../src/org/org.repo';
import { createReleasesRepo } from '../../../src/reporting/releases.repo';
import { createSentSheetsRepo } from '../../../src/sheets/sent-sheets.repo';
import { createReportsRepo } from '../../../src/reporting/reports.repo';
import { freshStore, type TestStore } from '../../support/stores';

const AT = new Date('2026-03-13T03:00:00Z');
const before = new Date(AT.getTime() - 1_000);
const after = new Date(AT.getTime() + 1_000);
const ME = 'zalo:1';

let store: TestStore;
beforeAll(async () => {
  store = await freshStore();
});
afterAll(() => store.stop());

function eraser(over: Partial<EraseDeps> = {}) {
  const { connection } = store;
  return createErasePerson({
    contacts: createContactsRepo(connection),
    orgRepo: createOrgRepo(connection),
    directory: { refresh: async () => true },
    outboxRepo: createOutboxRepo(connection),
    reports: createReportsRepo(connection),
    preferencesRepo: createPreferencesRepo(connection),
    preferences: { refresh: async () => undefined },
    conversations: createConversationRepo(connection, { singleProcess: true }),
    inboxRepo: createInboxRepo(connection),
    audit: { note: async () => undefined, catchUp: async () => undefined, forget: async () => undefined },
    releases: createReleasesRepo(connection),
    ledger: { unname: async () => undefined },
    sheets: createSentSheetsRepo(connection),
    evidence: { unname: async () => [] },
    classes: createClassesRepo(connection),
    directives: createDirectivesRepo(connection),
    campaigns: createCampaignsRepo(connection),
    groups: createGroupsRepo(connection),
    takeovers: { forget: async () => undefined },
    threads: { erase: async () => undefined },
    removeMedia: async () => undefined,
    forgetConversation: () => undefined,
    settled: async () => undefined,
    log: { warn: () => undefined },
    ...over,
  });
}

const inbox = () => store.connection.collection('inbox');
const aRow = (id: string, state: string, arrivedAt: Date) =>
  ({
    _id: id,
    user: ME,
    kind: 'text',
    state,
    arrivedAt,
    event: { name: 'user_send_text', text: 'bí mật' },
  }) as never;

it('blanks what came before, and what was still in hand a little later; what comes after is a new talk', async () => {
  await inbox().insertMany([
    aRow('done', 'done', before),
    aRow('in hand', 'new', before),
    aRow('later', 'done', after),
  ]);
  await eraser({ againAfterMs: 50 })(ME, AT);
  const texts = async () =>
    Object.fromEntries(
      (await inbox().find({}).toArray()).map((row) => [
        String(row._id),
        [row['user'], (row['event'] as { text?: string }).text ?? null],
      ]),
    );
  expect(await texts()).toEqual({ done: [null, null], 'in hand': [ME, 'bí mật'], later: [ME, 'bí mật'] });
  await inbox().updateOne({ _id: 'in hand' as never }, { $set: { state: 'done' } });
  const blanked = async (): Promise<boolean> => (await texts())['in hand']?.[0] === null;
  for (let tries = 0; tries < 100 && !(await blanked()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await texts()).toEqual({ done: [null, null], 'in hand': [null, null], later: [ME, 'bí mật'] });
});

it('leaves the post, and who held it before, without a name; a second time changes nothing', async () => {
  const offices = store.connection.collection('org_offices');
  const office = (id: string, user: string | null, former: object[]) =>
    ({
      ...{ _id: id, unit: '99001-07', role: 'village_head', fullName: 'Nguyễn Văn Tư', address: 'bác' },
      ...{ user, claimedAt: before, claimEffect: 'e:0', consent: null, phone: 'sealed', phoneHash: 'h' },
      ...{ demo: false, former, title: null },
    }) as never;
  await offices.insertMany([
    office('mine', ME, []),
    office('once mine', 'zalo:2', [
      { user: ME, fullName: 'Nguyễn Văn Tư', from: null, to: before, effectId: 'x' },
    ]),
  ]);
  const erase = eraser();
  expect(await erase(ME, AT)).toEqual([{ office: 'mine', unit: '99001-07', role: 'village_head' }]);
  const [mine, onceMine] = await offices.find({}).sort({ _id: 1 }).toArray();
  expect(mine).toMatchObject({ user: null, fullName: '', phone: null, phoneHash: null });
  expect(mine?.['former']).toMatchObject([{ user: ERASED, fullName: '', to: AT }]);
  expect(onceMine).toMatchObject({ user: 'zalo:2', fullName: 'Nguyễn Văn Tư', phone: 'sealed' });
  expect(onceMine?.['former']).toMatchObject([{ user: ERASED, fullName: '' }]);
  expect(await erase(ME, AT)).toEqual([]);
  expect((await offices.find({}).sort({ _id: 1 }).toArray())[0]).toEqual(mine);
});

it('keeps of the contact only that it must not be written to', async () => {
  const contacts = createContactsRepo(store.connection);
  await contacts.noteInteraction(ME, before);
  await contacts.noteHuman(ME, after);
  await eraser()(ME, AT);
  expect(await store.connection.collection('contacts').findOne({ _id: ME as never })).toEqual({
    _id: ME,
    unfollowedAt: AT,
  });
});

it('takes the person out of every part, and nobody else', async () => {
  const of = (name: string) => store.connection.collection(name);
  const both = (row: object) => [ME, 'zalo:2'].map((user, n) => ({ _id: user, n, ...row }) as never);
  await of('preferences').insertMany(both({ muted: true, locale: 'en', at: before }));
  await of('conversations').insertMany(both({ turn: 3, fence: 1, lastEvents: [], stack: [], locale: 'vi' }));
  await of('org_claim_attempts').insertMany(both({ wrong: [] }));
  await of('org_consents').insertMany(
    [ME, 'zalo:2'].map((user) => ({ _id: `e:${user}`, user, version: '2026-1', at: before }) as never),
  );
  const rows = [
    { _id: 'sent', to: ME, state: 'sent', createdAt: before },
    { _id: 'queued', to: ME, state: 'queued', createdAt: before },
    { _id: 'under way', to: ME, state: 'sending', createdAt: before },
    { _id: 'not theirs', to: 'zalo:2', state: 'sent', createdAt: before },
  ];
  await of('outbox').insertMany(rows as never[]);
  await eraser({ againAfterMs: 60_000 })(ME, AT);
  const ids = async (name: string) =>
    (await of(name).find({}).sort({ _id: 1 }).toArray()).map(({ _id }) => String(_id));
  for (const name of ['preferences', 'conversations', 'org_claim_attempts'])
    expect([name, await ids(name)]).toEqual([name, ['zalo:2']]);
  expect(await ids('outbox')).toEqual(['not theirs', 'under way']);
  const consents = await of('org_consents').find({}).sort({ _id: 1 }).toArray();
  expect(consents.map(({ user }) => user as string)).toEqual([ERASED, 'zalo:2']);
  await of('outbox').updateOne({ _id: 'under way' as never }, { $set: { state: 'sent' } });
  await createOutboxRepo(store.connection).eraseFinished(ME, AT);
  expect(await ids('outbox')).toEqual(['not theirs']);
});
