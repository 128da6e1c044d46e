import type { ReportKey } from '../../../src/reporting/report';
import type { ReportEffect } from '../../../src/reporting/report-effect';
import { countedValues } from '../../../src/reporting/earlier';
import { freshStore, type TestStore } from '../../support/stores';
import { anAnswer, anUndo, aSubmit, aTree, usual, vn, type PlainUnit } from '../../unit/reporting/builders';
import { prepareIndexes } from '../../../src/app/indexes';
import { aProcess, differing } from './world';

const list: PlainUnit[] = [
  { code: '24', level: 'province', parent: null },
  { code: '99001', level: 'commune', parent: '24' },
  { code: '99002', level: 'commune', parent: '24' },
  { code: '99001-07', level: 'village', parent: '99001', name: 'Đông Lâm', adults: 600 },
  { code: '99001-08', level: 'village', parent: '99001', name: 'Ngọc Trì' },
  { code: '99002-01', level: 'village', parent: '99002' },
  ...Array.from({ length: 12 }, (_, i) => ({
    code: `99002-1${i}`,
    level: 'village' as const,
    parent: '99002',
  })),
];
const tree = aTree(list);
const here: ReportKey = { form: 'village-month', period: '2026-03', unit: '99001-07' };

let store: TestStore;
beforeAll(async () => {
  store = await freshStore();
  aProcess(store.connection, () => tree);
  await prepareIndexes(store.connection);
});
afterAll(() => store.stop());
beforeEach(async () => {
  await store.connection.collection('reports').deleteMany({});
});

const start = () => aProcess(store.connection, () => tree);

async function send(process: ReturnType<typeof start>, key: ReportKey, said = usual, month = key.period) {
  await process.reports.apply(anAnswer(said, vn('12T08:00', month), { key }));
  return process.reports.apply(aSubmit(vn('12T08:01', month), { key }));
}

it('keeps a report as it was applied, dates and all', async () => {
  const { reports } = start();
  const draft = await reports.apply(anAnswer({ ...usual, learners: 'missing' }, vn('12T08:00')));
  const result = await reports.apply(aSubmit(vn('12T08:01')));
  expect(draft.report?.state).toBe('draft');
  expect(result.outcome).toBe('applied');
  expect(await reports.get(here)).toEqual(result.report);
  expect(result.report).toMatchObject({ receipt: 'ĐL-03', submittedAt: vn('12T08:01'), rev: 2 });
});

it('an effect applied again answers «already» and writes nothing, also after a restart', async () => {
  const answer = anAnswer(usual, vn('12T08:00'));
  const submit = aSubmit(vn('12T08:01'));
  const first = start();
  await first.reports.apply(answer);
  await first.reports.apply(submit);
  const stored = await store.connection.collection('reports').findOne({});
  const again = start();
  for (const effect of [answer, submit])
    expect(await again.reports.apply(effect)).toMatchObject({
      outcome: 'already',
      report: { state: 'submitted' },
    });
  expect(await store.connection.collection('reports').findOne({})).toEqual(stored);
});

it('two processes at once: every effect is applied exactly once, none is lost', async () => {
  const processes = [start(), start(), start()];
  const effects: ReportEffect[] = Array.from({ length: 9 }, (_, i) =>
    anAnswer({ learners: i + 1 }, vn('12T08:00')),
  );
  // Each effect reaches two processes in the same moment.
  const results = await Promise.all(
    effects.flatMap((effect, i) => [
      processes[i % 3]!.reports.apply(effect),
      processes[(i + 1) % 3]!.reports.apply(effect),
    ]),
  );
  const report = await processes[0]!.reports.get(here);
  expect(report?.applied.toSorted()).toEqual(effects.map((effect) => effect.id).toSorted());
  expect(report?.versions.map((v) => v.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(report?.versions.map((v) => v.value).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(results.filter((result) => result.outcome === 'applied')).toHaveLength(9);
  expect(results.filter((result) => result.outcome === 'already')).toHaveLength(9);
});

it('what was said is never rewritten: a correction and its undo only add', async () => {
  const { reports } = start();
  await send(start(), here);
  const before = (await store.connection.collection('reports').findOne({}))!['versions'];
  await reports.apply(anAnswer({ learners: 120 }, vn('12T08:02')));
  await reports.apply(anUndo(vn('12T08:03')));
  const doc = (await store.connection.collection('reports').findOne({}))!;
  expect(doc['versions'].slice(0, 4)).toEqual(before);
  expect(doc['versions'].slice(4).map((v: { value: number }) => v.value)).toEqual([120, 96]);
  expect((await reports.get(here))?.figures['learners']).toMatchObject({ value: 96, version: 3 });
});

it('keeps a second value beside the one that stands, counts it nowhere, and forgets who said it when asked', async () => {
  const process = start();
  await send(process, here);
  const deputy = { by: 'zalo:1002', byDeputy: true };
  const result = await process.reports.apply(anAnswer({ learners: 120 }, vn('12T08:02'), deputy));
  const stored = await start().reports.get(here);
  expect(stored).toEqual(result.report);
  expect(stored?.seconds['learners']).toMatchObject({ value: 120, by: 'zalo:1002', byDeputy: true });
  const totals = await process.rollup.totals('village-month', '2026-03', here.unit);
  expect(totals?.indicators.find(({ id }) => id === 'learners')?.value).toBe(96);
  expect(await process.repo.unname('zalo:1002', 'erased:1')).toBe(1);
  expect((await start().reports.get(here))?.seconds['learners']?.by).toBe('erased:1');
});

it('compares with the month before, and gives the history to judge by', async () => {
  const process = start();
  for (const [period, helped] of [
    ['2025-11', 5],
    ['2026-01', 14],
    ['2026-02', 7],
  ] as const)
    await send(process, { ...here, period }, { ...usual, households_helped: helped });
  const march = await send(process, here, { ...usual, households_helped: 14 });
  expect(march.report?.figures).toMatchObject({
    adults_digital: { change: 'unchanged' },
    households_helped: { change: 'changed' },
  });
  const history = await process.reports.history(here, 6);
  expect(history.map((report) => report.period)).toEqual(['2026-02', '2026-01', '2025-11']);
  expect(countedValues(history, 'households_helped')).toEqual([7, 14, 5]);
});

it('a preview writes nothing', async () => {
  const { reports } = start();
  const result = await reports.preview([anAnswer(usual, vn('12T08:00')), aSubmit(vn('12T08:01'))]);
  expect(result).toMatchObject({ outcome: 'applied', report: { state: 'submitted' } });
  expect(await reports.get(here)).toBeNull();
});

it('refuses what belongs to no unit, form or period', async () => {
  const { reports } = start();
  for (const key of [
    { ...here, unit: 'nowhere' },
    { ...here, unit: '99001' },
    { ...here, form: 'nothing' },
  ])
    await expect(reports.apply(anAnswer(usual, vn('12T08:00'), { key }))).rejects.toThrow('not_found');
  await expect(
    reports.apply(anAnswer(usual, vn('12T08:00'), { key: { ...here, period: '2026-W12' } })),
  ).rejects.toThrow('bad_request');
});

it('says who owes, by the arrival of what was sent', async () => {
  const process = start();
  await send(process, here);
  const late = { ...here, unit: '99001-08' };
  await process.reports.apply(anAnswer(usual, vn('17T18:00'), { key: late }));
  await process.reports.apply(aSubmit(vn('17T18:20'), { key: late }));
  const status = async (unit: string, now: string) =>
    (await process.reports.duties('village-month', '2026-03', unit, vn(now))).map((d) => [d.unit, d.status]);
  expect(await status('99001', '12T09:00')).toEqual([
    ['99001-07', 'done'],
    ['99001-08', 'late'],
  ]);
  expect(await status('99002-01', '17T16:59')).toEqual([['99002-01', 'open']]);
  expect(await status('99002-01', '17T17:01')).toEqual([['99002-01', 'overdue']]);
  expect(await process.reports.duties('village-month', '2026-03', '24', vn('12T09:00'))).toHaveLength(15);
});

it('moves the totals at every level at once', async () => {
  const process = start();
  const value = async (unit: string) =>
    (await process.rollup.totals('village-month', '2026-03', unit))?.indicators[1]?.value;
  expect([await value('24'), await value('99001')]).toEqual([null, null]);
  await send(process, here);
  expect([await value('24'), await value('99001'), await value('99002')]).toEqual([4, 4, null]);
  await process.reports.apply(anAnswer({ classes_held: 9 }, vn('12T08:02')));
  expect([await value('24'), await value('99001')]).toEqual([9, 9]);
  await process.reports.apply(anUndo(vn('12T08:03')));
  await process.reports.apply(anUndo(vn('12T08:04')));
  expect([await value('24'), await value('99001')]).toEqual([null, null]);
  expect(await process.rollup.notSent('village-month', '2026-03', '99001')).toEqual(['99001-07', '99001-08']);
});

it('sees what another process writes, in pages, and after the organisation changed', async () => {
  let current = tree;
  const mine = aProcess(store.connection, () => current);
  const other = start();
  expect((await mine.rollup.totals('village-month', '2026-03', '24'))?.onTime).toBe(0);
  const villages = tree.villagesUnder('24', '2026-03-31').map((unit) => unit.code);
  for (const unit of villages) await send(other, { ...here, unit });
  await mine.rollup.catchUp();
  expect((await mine.rollup.totals('village-month', '2026-03', '24'))?.onTime).toBe(villages.length);
  expect(await differing(mine, tree)).toEqual({ units: 18, wrong: [] });

  current = aTree(list.map((unit) => (unit.code === '99002-01' ? { ...unit, parent: '99001' } : unit)));
  expect(await mine.rollup.totals('village-month', '2026-03', '99001')).toMatchObject({
    onTime: 3,
    expected: 3,
  });
});

it('looks at changes page by page and skips none written in the same moment', async () => {
  const process = start();
  const villages = tree.villagesUnder('24', '2026-03-31').map((unit) => unit.code);
  for (const unit of villages) await send(process, { ...here, unit });
  await store.connection.collection('reports').updateMany({}, { $set: { writtenAt: vn('12T08:00') } });
  const seen: string[] = [];
  let mark = { at: vn('12T07:59'), id: '' };
  for (;;) {
    const page = await process.repo.changedSince(mark, 4);
    seen.push(...page.map((change) => change.report.unit));
    if (page.length < 4) break;
    mark = page[page.length - 1]!.mark;
  }
  expect(seen.toSorted()).toEqual([...villages].toSorted());
  expect((await process.reports.changedSince({ at: vn('12T07:59'), id: '' }, 100)).length).toBe(
    villages.length,
  );
});

it('follows by itself, within a second, until it is told to stop', async () => {
  const mine = start();
  const other = start();
  const errors: unknown[] = [];
  await mine.rollup.totals('village-month', '2026-03', '24');
  const stop = mine.rollup.follow(20, (error) => errors.push(error));
  await send(other, here);
  const seen = async () => (await mine.rollup.totals('village-month', '2026-03', '24'))?.onTime;
  for (let i = 0; i < 100 && (await seen()) === 0; i += 1) await new Promise((done) => setTimeout(done, 10));
  expect(await seen()).toBe(1);
  stop();
  await new Promise((done) => setTimeout(done, 60));
  await send(other, { ...here, unit: '99001-08' });
  await new Promise((done) => setTimeout(done, 100));
  expect(await seen()).toBe(1);
  expect(errors).toEqual([]);
});

it('a report written while its period is being read is not lost, and a reading that fails is tried again', async () => {
  const process = start();
  await send(process, { ...here, unit: '99001-08' });
  const reading = process.rollup.totals('village-month', '2026-03', '24');
  await send(process, here);
  await reading;
  expect((await process.rollup.totals('village-month', '2026-03', '24'))?.onTime).toBe(2);

  const flaky = start();
  jest.spyOn(flaky.repo, 'eachOf').mockRejectedValueOnce(new Error('the store is away'));
  await expect(flaky.rollup.totals('village-month', '2026-03', '24')).rejects.toThrow('away');
  expect((await flaky.rollup.totals('village-month', '2026-03', '24'))?.onTime).toBe(2);
});

it('0 cells differ after many people sent, corrected and took back, each event twice, through three processes', async () => {
  const processes = [start(), start(), start()];
  await processes[0]!.rollup.totals('village-month', '2026-03', '24');
  const villages = tree.villagesUnder('24', '2026-03-31').map((unit) => unit.code);
  await Promise.all(
    villages.map(async (unit, v) => {
      const key = { ...here, unit };
      const effects: ReportEffect[] = [
        anAnswer({ ...usual, learners: v % 4 === 0 ? 'missing' : v, classes_held: v % 3 }, vn('17T16:50'), {
          key,
        }),
        aSubmit(vn(v % 5 === 0 ? '17T17:20' : '17T16:55'), { key }),
        ...(v % 2 ? [anAnswer({ learners: 50 + v }, vn('17T17:21'), { key })] : []),
        ...(v % 3 ? [] : [anUndo(vn('17T17:22'), { key })]),
      ];
      for (const [n, effect] of effects.entries())
        for (const copy of [0, 1]) await processes[(v + n + copy) % 3]!.reports.apply(effect);
    }),
  );
  for (const process of processes) {
    await process.rollup.catchUp();
    expect(await differing(process, tree)).toEqual({ units: 18, wrong: [] });
  }
});
