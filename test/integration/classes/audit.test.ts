import type { AuditNote } from '../../../src/audit/entry';
import { createClassNotices } from '../../../src/classes/chat/class-notices';
import type { ClassRecord } from '../../../src/classes/class';
import { createClassesRepo } from '../../../src/classes/classes.repo';
import { createClassesService } from '../../../src/classes/classes.service';
import { viewsOf } from '../../../src/classes/class-view';
import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary } from '../../../src/kernel/i18n';
import { workCalendar } from '../../../src/org/seed/days-off';
import type { Role } from '../../../src/org/roles';
import type { NewOutboxMessage } from '../../../src/outbox/outbox-row';
import { aTree } from '../../unit/reporting/builders';
import { vn } from '../../unit/reminders/builders';
import { freshStore, type TestStore } from '../../support/stores';

/** A class on a real store: each step stands in the audit, once; and when whoever led it is asked for its number. */

const words = new Dictionary(loadLocales()).in('vi');
const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '99001', level: 'commune', parent: '24' },
  { code: '99001-01', level: 'village', parent: '99001' },
]);
const record: ClassRecord = {
  ...{ id: 'LA', unit: '99001-01', topic: 'VNeID', place: 'nhà văn hóa', teacher: null },
  ...{ startsAt: vn('2026-03-20T19:30'), capacity: null, planned: false, announced: true, moved: null },
  ...{
    cancelled: null,
    attended: null,
    question: null,
    by: 'zalo:1',
    at: vn('2026-03-16T08:00'),
    version: 1,
  },
};

let store: TestStore;
beforeAll(async () => {
  store = await freshStore();
});
afterAll(() => store.stop());

function world(role: Role) {
  const notes = new Map<string, AuditNote>();
  const sent: NewOutboxMessage[] = [];
  const notices = createClassNotices({
    enqueue: async (messages) => void sent.push(...messages),
    directory: { tree, officesOf: () => [{ role, unit: '99001-01' }] as never, holdersOf: () => [] },
    calendar: workCalendar(),
    ...{ wordsFor: () => words, isMuted: () => false, titleOf: () => '', ownerOf: () => null },
  });
  const service = createClassesService({
    ...{ repo: createClassesRepo(store.connection), notices, takeAskers: async () => [] },
    org: { mayWriteFor: async () => true },
    audit: { note: async (...given) => given.forEach((one) => void notes.set(one.id, one)) },
  });
  return { service, notices, notes, sent };
}

it('every step of a class is in the audit, once however often it is played', async () => {
  const { service, notes } = world('village_head');
  const by = { by: 'zalo:1', at: vn('2026-03-16T08:00') };
  const now = async (): Promise<ClassRecord> => (await service.get('LA'))?.record as ClassRecord;
  for (const _again of [1, 2]) await service.apply({ kind: 'class.add', id: 'e1:0', record, ...by });
  await service.apply({ kind: 'class.signUp', id: 'e2:0', class: 'LA', user: 'zalo:2', at: by.at });
  const startsAt = vn('2026-03-21T19:30');
  await service.apply({ kind: 'class.move', id: 'e3:0', class: await now(), startsAt, reason: 'mưa', ...by });
  await service.apply({ kind: 'class.record', id: 'e4:0', class: await now(), attended: 32, ...by });
  await service.apply({
    kind: 'class.cancel',
    id: 'e5:0',
    class: await now(),
    reason: null,
    notHeld: false,
    ...by,
  });
  const all = [...notes.values()];
  expect(all.map(({ act }) => act)).toEqual(
    ['opened', 'signed_up', 'moved', 'recorded', 'cancelled'].map((act) => `class.${act}`),
  );
  expect(all[2]).toMatchObject({ by: 'zalo:1', unit: '99001-01', subject: 'class/LA', eventId: 'e3' });
  expect(all[2]?.reason).toMatch(/^sha256:/);
});

it.each`
  role                 | notBefore                 | why
  ${'village_head'}    | ${undefined}              | ${'heads are asked in their hours'}
  ${'commune_officer'} | ${vn('2026-03-23T07:30')} | ${'officers are written to on working days'}
`('on a Saturday $why', async ({ role, notBefore }) => {
  const { notices, sent } = world(role);
  const [view] = viewsOf([record], []);
  if (!view) throw new Error('no class');
  await notices.askNumber(view, vn('2026-03-21T06:30'), vn('2026-03-23T21:30'));
  expect(sent[0]?.notBefore).toEqual(notBefore);
});
