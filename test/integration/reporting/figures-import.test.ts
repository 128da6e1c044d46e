import { FrozenClock } from '../../../src/kernel/clock';
import { FiguresImport, type FiguresPlan } from '../../../src/reporting/figures-import';
import { createSheetsRepo } from '../../../src/reporting/sheets.repo';
import { freshStore, type TestStore } from '../../support/stores';
import { anAnswer, aSubmit, aTree, usual, vn } from '../../unit/reporting/builders';
import { aProcess } from './world';

/** `npm run import -- figures` and the same sheet sent in chat, as contract 1 and 5.1 have it. */

const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '24-CA', level: 'agency', parent: '24' },
  { code: '99001', level: 'commune', parent: '24' },
  { code: '99001-01', level: 'village', parent: '99001' },
  { code: '99001-02', level: 'village', parent: '99001' },
]);
const clock = new FrozenClock(vn('12T09:00'));
const noted: object[] = [];

let store: TestStore;
let world: ReturnType<typeof aProcess>;
let figures: FiguresImport;

beforeEach(async () => {
  store = await freshStore();
  clock.moveTo(vn('12T09:00'));
  world = aProcess(store.connection, () => tree, clock);
  figures = new FiguresImport({
    reports: world.reports,
    units: () => tree,
    sheets: createSheetsRepo(store.connection),
    audit: { note: async (...all) => void noted.push(...all) },
  });
});
afterEach(() => store.stop());

interface Given {
  readonly form?: string;
  readonly period?: string;
  readonly apply?: boolean;
  readonly by?: string | null;
}

async function read(lines: readonly string[], given: Given = {}): Promise<FiguresPlan> {
  const { form = 'village-month', period = '2026-03', apply = true, by = null } = given;
  const sheet = { name: 'bang.csv', form, period, by, at: clock.now() };
  const plan = await figures.plan({ ...sheet, bytes: Buffer.from(lines.join('\n')) });
  if (apply && plan.refused.length === 0) await figures.apply(sheet, plan);
  return plan;
}

const report = (unit: string, form = 'village-month', period = '2026-03') =>
  world.reports.get({ form, period, unit });
const WHOLE = (unit: string, values = [418, 5, 121, 14]): string[] =>
  ['adults_digital', 'classes_held', 'learners', 'households_helped'].map(
    (figure, i) => `${unit},${figure},${values[i]}`,
  );
const HEAD = 'unit_code,figure,value';

it('in an open period the figures count as sent, on behalf, and the unit is to be told', async () => {
  const plan = await read([HEAD, ...WHOLE('99001-01')]);
  expect(plan).toMatchObject({ read: 4, created: 4, beside: 0, refused: [], told: ['99001-01'] });
  const sent = await report('99001-01');
  expect(sent).toMatchObject({ state: 'submitted', late: false });
  expect(sent?.figures['learners']).toMatchObject({ value: 121, state: 'submitted', onBehalf: true });
  expect(sent?.acts).toMatchObject([{ kind: 'import', sheet: 'bang.csv' }]);
  expect(await createSheetsRepo(store.connection).fresh()).toMatchObject([
    { name: 'bang.csv', units: ['99001-01'] },
  ]);
  expect(noted.at(-1)).toMatchObject({ act: 'figures.imported', after: { created: 4 } });
});

it('a value that differs from what was sent stands beside it, and one that does not changes nothing', async () => {
  const key = { form: 'village-month', period: '2026-03', unit: '99001-01' };
  await world.reports.apply(anAnswer(usual, vn('12T08:00'), { key }));
  await world.reports.apply(aSubmit(vn('12T08:01'), { key }));
  const plan = await read([HEAD, '99001-01,learners,120', '99001-01,classes_held,4']);
  expect(plan).toMatchObject({ created: 0, beside: 1, unchanged: 1 });
  const now = await report('99001-01');
  expect(now?.figures['learners']).toMatchObject({ value: 96, onBehalf: false });
  expect(now?.seconds).toMatchObject({ learners: { value: 120, onBehalf: true } });
});

it('one faulty row and nothing is written; every faulty row is named', async () => {
  const { refused } = await read([
    HEAD,
    ...WHOLE('99001-01'),
    '99001-02,learners,ba',
    '99001-02,no_such,4',
    '99009-01,learners,4',
    '99001,learners,4',
    '99001-02,classes_held,63',
    '99001-01,learners,122',
    '99001-02,adults_digital,',
  ]);
  expect(refused.map(({ row, reason }) => [row, reason])).toEqual([
    [6, 'count_bad'],
    [7, 'figure_unknown'],
    [8, 'unit_unknown'],
    [9, 'unit_not_of_form'],
    [10, 'figure_impossible'],
    [11, 'figure_twice'],
    [12, 'cell_empty'],
  ]);
  expect(await report('99001-01')).toBeNull();
});

it('two figures that contradict each other are refused by their rows', async () => {
  const { refused } = await read([HEAD, ...WHOLE('99001-01', [418, 0, 121, 14])]);
  expect(refused.map(({ reason }) => reason)).toContain('contradiction');
  expect(await report('99001-01')).toBeNull();
});

it('a dry run writes nothing; the same sheet twice is the same sheet', async () => {
  await read([HEAD, ...WHOLE('99001-01')], { apply: false });
  expect(await report('99001-01')).toBeNull();
  await read([HEAD, ...WHOLE('99001-01')]);
  const before = await report('99001-01');
  expect(await read([HEAD, ...WHOLE('99001-01')])).toMatchObject({ created: 0, unchanged: 4 });
  expect(await report('99001-01')).toEqual(before);
});

it('after the lock a unit without a value gets it as history, and another value refuses the row', async () => {
  clock.moveTo(vn('24T17:00'));
  const plan = await read([HEAD, ...WHOLE('99001-01')]);
  expect(plan).toMatchObject({ created: 4, told: [] });
  expect((await report('99001-01'))?.figures['learners']).toMatchObject({ value: 121, state: 'approved' });
  const other = await read([HEAD, '99001-01,learners,120', '99001-01,classes_held,5', '99001-02,learners,7']);
  expect(other.refused).toMatchObject([{ row: 2, reason: 'other_value', vars: { known: 121, value: 120 } }]);
  expect(await report('99001-02')).toBeNull();
});

it('a period that is not open yet is refused', async () => {
  const { refused } = await read([HEAD, '99001-01,learners,120'], { period: '2026-05' });
  expect(refused).toMatchObject([{ row: 2, reason: 'not_open' }]);
});

it('shares come with both parts and their day; nobody is above the police, and rows of communes are theirs too', async () => {
  const head = 'unit_code,figure,numerator,denominator,as_of,source';
  const plan = await read(
    [
      head,
      '24-CA,level2_activated,1790000,2507000,15/3/2026,C06',
      '99001,vneid_confirmed,2870,9000,2026-03-14,',
    ],
    { form: 'police-month' },
  );
  expect(plan).toMatchObject({ created: 2, refused: [] });
  expect((await report('24-CA', 'police-month'))?.figures['level2_activated']).toMatchObject({
    ...{ value: 0.714, state: 'approved' },
    detail: { numerator: 1_790_000, denominator: 2_507_000, asOf: '2026-03-15', source: 'C06' },
  });
  expect((await report('99001', 'police-month'))?.figures['vneid_confirmed']?.detail).toMatchObject({
    source: 'bang.csv',
  });
  const faulty = await read(
    [head, '24-CA,level2_activated,1790000,,15/3/2026,', '99001,vneid_confirmed,5,4,15/3/2026,'],
    {
      form: 'police-month',
    },
  );
  expect(faulty.refused.map(({ reason }) => reason)).toEqual(['cell_empty', 'figure_impossible']);
});

it('rows of units that the sender has no charge of are refused', async () => {
  const sheet = { name: 'bang.csv', form: 'village-month', period: '2026-03', by: 'zalo:9', at: clock.now() };
  const bytes = Buffer.from([HEAD, '99001-01,learners,4'].join('\n'));
  const { refused } = await figures.plan({ ...sheet, bytes, mayWriteFor: () => false });
  expect(refused).toMatchObject([{ row: 2, reason: 'unit_not_yours' }]);
});
