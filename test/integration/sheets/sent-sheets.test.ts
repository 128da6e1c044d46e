import { MovableClock } from '../../../src/kernel/clock';
import type { Office } from '../../../src/org/office';
import { FiguresImport, type FiguresPlan } from '../../../src/reporting/figures-import';
import { SentSheets } from '../../../src/sheets/sent-sheets';
import type { FetchedSheet, SheetNews } from '../../../src/sheets/sheet-news';
import { createSentSheetsRepo } from '../../../src/sheets/sent-sheets.repo';
import { createSheetsRepo } from '../../../src/reporting/sheets.repo';
import type { SentSheet } from '../../../src/sheets/sent-sheet';
import { freshStore, type TestStore } from '../../support/stores';
import { aTree, vn } from '../../unit/reporting/builders';
import { aProcess } from '../reporting/world';

/** Sheets sent in chat (contract 5.1): shown first, written only after a yes, within the rights of who sent them. */

const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99001-01', level: 'village', parent: '99001', name: 'Núi Hiểu' },
  { code: '99001-02', level: 'village', parent: '99001', name: 'Nam Ngạn' },
  { code: '99002', level: 'commune', parent: '24', name: 'Tiên Lục' },
  { code: '99002-01', level: 'village', parent: '99002', name: 'Núi Hiểu' },
]);
const HANH = 'zalo:1';
const post: Office = {
  ...{ id: '99001:commune_officer:1', unit: '99001', role: 'commune_officer', fullName: 'Lê Thị Hạnh' },
  ...{ address: 'chị', user: HANH, claimedAt: null, consent: null, hasPhone: false },
};
const HEAD = 'unit_code,figure,value';
const WHOLE = [HEAD, '99001-01,adults_digital,418', '99001-01,classes_held,5', '99001-01,learners,121'];

let store: TestStore;
let world: ReturnType<typeof aProcess>;
let clock: MovableClock;
let posts: readonly Office[];
let answers: FetchedSheet[];
let kept: Map<string, Buffer>;
const told: { sheet: SentSheet; news: SheetNews }[] = [];

beforeEach(async () => {
  store = await freshStore();
  clock = MovableClock.startingAt(vn('12T09:00'));
  world = aProcess(store.connection, () => tree);
  posts = [post];
  answers = [];
  kept = new Map();
  told.length = 0;
});
afterEach(() => store.stop());

function aService(): SentSheets {
  const { connection } = store;
  return new SentSheets({
    repo: createSentSheetsRepo(connection),
    files: {
      async put(bytes, extension) {
        const name = `${bytes.toString('hex').slice(0, 64)}.${extension}`;
        kept.set(name, bytes);
        return name;
      },
      read: async (name) => ({ bytes: kept.get(name) as Buffer }),
      remove: async (name) => void kept.delete(name),
    },
    fetch: async () => answers.shift() ?? { outcome: 'failed', reason: 'unreachable', again: true },
    figures: new FiguresImport({
      reports: world.reports,
      units: () => tree,
      sheets: createSheetsRepo(connection),
      audit: { note: async () => undefined },
    }),
    directory: { tree, officesOf: () => posts },
    org: { mayDo: async (_user, may) => may(posts, tree) },
    namesFor: () => ({
      unit: (name) => (name === 'Nam Ngạn' ? '99001-02' : null),
      figure: (_form, name) => (name === 'Buổi học' ? 'classes_held' : null),
    }),
    tell: async (sheet, news) => void told.push({ sheet, news }),
    clock,
    log: { info: () => undefined, warn: (facts) => void told.push(facts as never) },
  });
}

async function sent(lines: readonly string[], name = 'bang.csv'): Promise<SentSheets> {
  answers.push({ outcome: 'fetched', bytes: Buffer.from(lines.join('\n')), extension: 'csv' });
  const sheets = aService();
  await sheets.take({ id: 'ABC', by: HANH, url: 'https://f.zdn.vn/1', name, at: clock.now(), eventId: 'e1' });
  await sheets.settled();
  return sheets;
}

const report = (unit: string, form = 'village-month') => world.reports.get({ form, period: '2026-03', unit });
const last = (): SheetNews => told.at(-1)?.news as SheetNews;
const lastPlan = (): FiguresPlan => (last() as { plan: FiguresPlan }).plan;

it('is shown first and stored only after a yes, with the sheet as its source', async () => {
  const sheets = await sent(WHOLE);
  expect(last()).toMatchObject({ kind: 'shown', plan: { units: 1, read: 3, created: 3, refused: [] } });
  expect(await report('99001-01')).toBeNull();
  expect(await sheets.shownTo(HANH, clock.now())).toMatchObject({ form: 'village-month', period: '2026-03' });

  expect(await sheets.act('ABC', HANH, { does: 'enter' }, clock.now())).toBe(true);
  await sheets.settled();
  expect(last()).toMatchObject({ kind: 'written', plan: { created: 3, told: ['99001-01'] } });
  const written = await report('99001-01');
  expect(written?.figures['learners']).toMatchObject({ value: 121, onBehalf: true, by: HANH });
  expect(written?.acts).toMatchObject([{ kind: 'import', sheet: 'bang.csv', by: HANH }]);
  // The same yes again, as a turn that is played again says it, and one of somebody else.
  expect(await sheets.act('ABC', HANH, { does: 'enter' }, clock.now())).toBe(true);
  expect(await sheets.act('ABC', 'zalo:2', { does: 'enter' }, clock.now())).toBe(false);
  await sheets.settled();
  expect((await report('99001-01'))?.acts).toHaveLength(1);
});

it('takes names where only one place or figure of the sender is meant', async () => {
  const sheets = await sent(['đơn vị,chỉ tiêu,giá trị', 'Nam Ngạn,Buổi học,4'], 'so-lieu-T3.csv');
  await sheets.act('ABC', HANH, { does: 'enter' }, clock.now());
  await sheets.settled();
  expect((await report('99001-02'))?.figures['classes_held']?.value).toBe(4);
});

it('refuses rows of units that are not the sender’s, all or nothing, and keeps no bytes', async () => {
  const sheets = await sent([...WHOLE, '99002-01,learners,9', '99001-02,learners,chín']);
  expect(lastPlan().refused.map(({ row, reason }) => [row, reason])).toEqual([
    [5, 'unit_not_yours'],
    [6, 'count_bad'],
  ]);
  expect(await sheets.act('ABC', HANH, { does: 'enter' }, clock.now())).toBe(false);
  expect(await report('99001-01')).toBeNull();
  expect(kept.size).toBe(0);
});

it('asks the right once more when it is written: a post that ended meanwhile writes nothing', async () => {
  const sheets = await sent(WHOLE);
  posts = [];
  await sheets.act('ABC', HANH, { does: 'enter' }, clock.now());
  await sheets.settled();
  expect(lastPlan().refused[0]?.reason).toBe('unit_not_yours');
  expect(await report('99001-01')).toBeNull();
});

it('is read as of another month when its sender says so', async () => {
  const sheets = await sent(WHOLE);
  expect(
    await sheets.act('ABC', HANH, { does: 'read_as', form: 'village-month', period: '2026-02' }, clock.now()),
  ).toBe(true);
  await sheets.settled();
  expect(told.at(-1)?.sheet.period).toBe('2026-02');
});

it('is fetched again after a fault, given up after several, and dropped when nobody answers', async () => {
  const sheets = aService();
  await sheets.take({ id: 'ABC', by: HANH, url: 'u', name: 'b.csv', at: clock.now(), eventId: 'e1' });
  await sheets.settled();
  expect(told).toEqual([]);
  answers.push({ outcome: 'fetched', bytes: Buffer.from(WHOLE.join('\n')), extension: 'csv' });
  clock.moveTo(vn('12T09:10'));
  await sheets.sweep();
  expect(last().kind).toBe('shown');
  clock.moveTo(vn('20T09:00'));
  await sheets.sweep();
  expect(await sheets.get('ABC')).toMatchObject({ state: 'dropped', file: null });
  expect(kept.size).toBe(0);

  await sheets.take({ id: 'XYZ', by: HANH, url: 'u', name: 'b.csv', at: clock.now(), eventId: 'e2' });
  await sheets.settled();
  for (let tries = 0; tries < 6; tries += 1) {
    clock.moveTo(new Date(clock.now().getTime() + 3_600_000));
    await sheets.sweep();
  }
  expect(last()).toEqual({ kind: 'not_fetched', reason: 'unreachable' });
});

it('says which columns are missing, and that no row belongs to a report', async () => {
  await sent(['đơn vị,số buổi', '99001-01,5']);
  expect(lastPlan().refused[0]?.reason).toBe('column_missing');
  await aService().take({ id: 'D', by: HANH, url: 'u', name: 'b.csv', at: clock.now(), eventId: 'e2' });
  answers.push({ outcome: 'fetched', bytes: Buffer.from(`${HEAD}\n99001-01,so_trau,5`), extension: 'csv' });
  clock.moveTo(vn('12T09:10'));
  await aService().sweep();
  expect(last()).toEqual({ kind: 'no_form' });
});
