import { createReleasesRepo } from '../../../src/reporting/releases.repo';
import { ReleasesService, type MakeRelease } from '../../../src/reporting/releases.service';
import { freshStore, type TestStore } from '../../support/stores';
import { anAnswer, aSubmit, aTree, usual, vn } from '../../unit/reporting/builders';
import { aProcess } from './world';

/** AT-24, the release half: -1 stays as it is, -2 lists what changed and why. */

const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '99001', level: 'commune', parent: '24' },
  { code: '99001-01', level: 'village', parent: '99001' },
  { code: '99001-02', level: 'village', parent: '99001' },
]);
const key = { form: 'village-month', period: '2026-03', unit: '99001-01' };
const DUNG = 'zalo:5';
const BINH = 'zalo:6';

let store: TestStore;
let process: ReturnType<typeof aProcess>;
let releases: ReleasesService;
const noted: string[] = [];

beforeAll(async () => {
  store = await freshStore();
  process = aProcess(store.connection, () => tree);
  releases = new ReleasesService({
    repo: createReleasesRepo(store.connection),
    reports: process.repo,
    units: () => tree,
    optionalFigures: {},
    audit: {
      note: async (...notes) => void noted.push(...notes.map(({ act, subject }) => `${act} ${subject}`)),
    },
  });
  await process.reports.apply(anAnswer({ ...usual, learners: 120 }, vn('12T08:00'), { key }));
  await process.reports.apply(aSubmit(vn('12T08:01'), { key }));
});
afterAll(() => store.stop());

async function making(id: string): Promise<MakeRelease> {
  const { number, digest } = await releases.draft('2026-03');
  const deed = { id, by: DUNG, at: vn('24T17:00'), eventId: id };
  return { kind: 'release.make', period: '2026-03', number, digest, ...deed };
}

const settling = (id: string, release: string, by: string, confirms = true) =>
  ({ kind: 'release.settle', id, release, by, confirms, at: vn('24T18:00'), eventId: id }) as const;

it('freezes what there is, with what is missing, once for each time it is asked', async () => {
  const effect = await making('a:0');
  expect([await releases.make(effect), await releases.make(effect)]).toEqual(['done', 'done']);
  const [head, ...others] = await releases.list('2026-03');
  expect(others).toEqual([]);
  expect(head).toMatchObject({ id: '2026-03-1', number: 1, by: DUNG, confirmedBy: null, differences: [] });
  const { forms = [] } = (await releases.get('2026-03-1')) ?? {};
  const villages = forms.find(({ form }) => form === 'village-month');
  expect(villages?.totals.map(({ unit, expected, onTime }) => [unit, expected, onTime])).toEqual([
    ['24', 2, 1],
    ['99001', 2, 1],
  ]);
  expect(villages?.rows).toMatchObject([
    { unit: '99001-01', sent: 'on_time', figures: { learners: { value: 120 } } },
  ]);
  expect(forms.map(({ form }) => form)).toContain('police-month');
});

it('needs another person to confirm it, and is quoted nowhere before', async () => {
  expect(await releases.confirmed('2026-03')).toBeNull();
  expect(await releases.settle(settling('b:0', '2026-03-1', DUNG))).toBe('conflict');
  expect(await releases.settle(settling('b:1', '2026-03-1', BINH))).toBe('done');
  expect(await releases.settle(settling('b:1', '2026-03-1', BINH))).toBe('done');
  expect(await releases.settle(settling('b:2', '2026-03-1', 'zalo:7'))).toBe('conflict');
  expect(await releases.confirmed('2026-03')).toMatchObject({ id: '2026-03-1', confirmedBy: BINH });
});

it('the next one lists the one figure that changed, with its reason; the first is as it was', async () => {
  const before = await releases.get('2026-03-1');
  const correction = anAnswer({ learners: 102 }, vn('13T08:00'), { key });
  if (correction.kind !== 'report.answer') throw new Error(correction.kind);
  const figures = correction.figures.map((one) => ({ ...one, reason: 'ghi nhầm' }));
  await process.reports.apply({ ...correction, figures });
  expect(await releases.make(await making('c:0'))).toBe('done');
  expect((await releases.get('2026-03-2'))?.differences).toEqual([
    { form: 'village-month', unit: '99001-01', figure: 'learners', from: 120, to: 102, reason: 'ghi nhầm' },
  ]);
  expect(await releases.get('2026-03-1')).toEqual(before);
});

it('figures that changed since they were shown are a conflict, and nothing is stored', async () => {
  const effect = { ...(await making('d:0')), digest: 'sha256:other' };
  expect(await releases.make(effect)).toBe('conflict');
  expect((await releases.list('2026-03')).map(({ number }) => number)).toEqual([1, 2]);
});

it('one that is refused keeps its number and is not listed', async () => {
  expect(await releases.settle(settling('e:0', '2026-03-2', BINH, false))).toBe('done');
  expect((await releases.list('2026-03')).map(({ id }) => id)).toEqual(['2026-03-1']);
  expect(await releases.get('2026-03-2')).toBeNull();
  expect((await releases.draft('2026-03')).id).toBe('2026-03-3');
});

it('each step is in the audit', () => {
  expect([...new Set(noted)]).toEqual([
    'release.made 2026-03-1',
    'release.confirmed 2026-03-1',
    'release.made 2026-03-2',
    'release.refused 2026-03-2',
  ]);
});
