import { planUnits, UNIT_COLUMNS, type KnownUnit } from '../../../../src/org/import/import-units';
import { readSheet } from '../../../../src/org/import/sheet';
import type { UnitSpan } from '../../../../src/org/unit';
import { csvSheet, xlsx } from '../sheets';

const HEADER = 'code,level,name,kind,parent_code,valid_from,valid_to,adults,households,population';
const sheet = (...lines: string[]) => csvSheet(UNIT_COLUMNS, HEADER, ...lines);
const span = (over: Partial<UnitSpan>): UnitSpan => ({
  validFrom: '2025-07-01',
  validTo: null,
  name: 'x',
  kind: 'xã',
  parent: null,
  adults: null,
  households: null,
  population: null,
  ...over,
});
const known: KnownUnit[] = [
  {
    record: { code: '24', level: 'province', spans: [span({ name: 'Bắc Ninh', kind: 'tỉnh' })] },
    rev: 1,
  },
  {
    record: { code: '07210', level: 'commune', spans: [span({ name: 'Bắc Giang', parent: '24' })] },
    rev: 4,
  },
  {
    record: {
      code: '07210-01',
      level: 'village',
      spans: [span({ name: 'Đông Lâm', kind: 'thôn', parent: '07210', adults: 400 })],
    },
    rev: 2,
  },
];
const plan = async (...lines: string[]) => planUnits(await sheet(...lines), known);
const reasons = (refused: readonly { row: number; reason: string }[]) =>
  refused.map(({ row, reason }) => [row, reason]);

describe('units that end in others', () => {
  const ends = (...lines: string[]) =>
    csvSheet(UNIT_COLUMNS, `${HEADER},merged_into`, ...lines).then((read) => planUnits(read, known));
  const next = '07210-02,village,Mới,thôn,07210,2026-04-01,,,,,';
  const row = (into: string, to = '2026-03-31') => `07210-01,village,Đông Lâm,thôn,07210,,${to},,,,${into}`;

  it('says what followed: one is a merger, several are a split, in one sheet with the new units', async () => {
    for (const into of ['07210-02', '07210-02 07210-03']) {
      const done = await ends(next, next.replace('-02', '-03').replace('Mới', 'Ba'), row(into));
      expect(done.refused).toEqual([]);
      const old = done.writes.find(({ record }) => record.code === '07210-01');
      expect(old?.record.spans).toMatchObject([{ validTo: '2026-03-31', mergedInto: into.split(' ') }]);
    }
  });

  it.each`
    why                        | line                             | reason
    ${'nothing of that code'}  | ${row('07210-09')}               | ${'merged_into_bad'}
    ${'one of two is unknown'} | ${row('07210-02 07210-09')}      | ${'merged_into_bad'}
    ${'itself'}                | ${row('07210-01')}               | ${'merged_into_bad'}
    ${'another level'}         | ${row('07210')}                  | ${'merged_into_bad'}
    ${'not there yet'}         | ${row('07210-02', '2026-03-30')} | ${'merged_into_bad'}
    ${'no last day'}           | ${row('07210-02', '')}           | ${'merged_without_end'}
  `('refuses a follower: $why', async ({ line, reason }: { line: string; reason: string }) => {
    expect(reasons((await ends(next, line)).refused)).toEqual([[3, reason]]);
  });
});

it('creates, changes and leaves, parents before children whatever the order of rows', async () => {
  const done = await plan(
    '99001-07,village,Đông Lâm,Thôn,99001,,,418,150,',
    '99001,commune,Tân Hòa,xã,24,2026-01-01,,,,',
    '07210-01,village,Đông Lâm,thôn,07210,,,,120,',
    '24,province,Bắc Ninh,tỉnh,,,,,,',
  );
  expect(done).toMatchObject({ read: 4, created: 2, changed: 1, unchanged: 1, refused: [] });
  expect(Object.fromEntries(done.writes.map((w) => [w.record.code, [w.rev, w.record.spans]]))).toEqual({
    '99001': [null, [span({ name: 'Tân Hòa', parent: '24', validFrom: '2026-01-01' })]],
    // Without a day of its own a new unit begins with the one above it.
    '99001-07': [
      null,
      [
        span({
          name: 'Đông Lâm',
          kind: 'thôn',
          parent: '99001',
          adults: 418,
          households: 150,
          validFrom: '2026-01-01',
        }),
      ],
    ],
    // The empty cell of adults leaves what is known.
    '07210-01': [
      2,
      [span({ name: 'Đông Lâm', kind: 'thôn', parent: '07210', adults: 400, households: 120 })],
    ],
  });
});

it('a second import of what the first wrote changes nothing', async () => {
  const lines = [
    '99001,commune,Tân Hòa,xã,24,,,,,9000',
    '99001,commune,Tân Hòa,phường,24,2026-09-20,,,,',
    '99001-07,village,Đông Lâm,thôn,99001,,2026-05-31,418,,',
    '07210-01,village,Đông Lâm,tổ dân phố,07210,2026-03-01,,,,',
  ];
  const first = await plan(...lines);
  expect(first).toMatchObject({ created: 2, changed: 2, refused: [] });
  const written = new Map(known.map((unit) => [unit.record.code, unit]));
  for (const { record } of first.writes) written.set(record.code, { record, rev: 9 });
  const second = planUnits(await sheet(...lines), [...written.values()]);
  expect(second).toMatchObject({ created: 0, changed: 0, unchanged: 4, refused: [], writes: [] });
});

it('a new first day with other values begins a new span and keeps the numbers not said', async () => {
  const done = await plan('07210-01,village,Đông Lâm,tổ dân phố,07210,2026-09-20,,,,');
  expect(done.writes[0]?.record.spans).toEqual([
    span({ name: 'Đông Lâm', kind: 'thôn', parent: '07210', adults: 400, validTo: '2026-09-19' }),
    span({ name: 'Đông Lâm', kind: 'tổ dân phố', parent: '07210', adults: 400, validFrom: '2026-09-20' }),
  ]);
});

it.each`
  lines                                                                                       | refused                                                   | why
  ${['1,district,A,huyện,24,,,,,']}                                                           | ${[[2, 'level_bad']]}                                     | ${'there is no such level'}
  ${['x y,village,A,thôn,07210,,,,,']}                                                        | ${[[2, 'code_bad']]}                                      | ${'the code is not one'}
  ${['99001,commune,,xã,24,,,,,']}                                                            | ${[[2, 'cell_empty']]}                                    | ${'it has no name'}
  ${['99001,commune,A,,24,,,,,']}                                                             | ${[[2, 'cell_empty']]}                                    | ${'it has no kind'}
  ${['99001,commune,A,xã,,,,,,']}                                                             | ${[[2, 'cell_empty']]}                                    | ${'it has no parent'}
  ${['99001,commune,A,xã,25,,,,,']}                                                           | ${[[2, 'parent_unknown']]}                                | ${'its parent is unknown'}
  ${['99,province,A,tỉnh,24,,,,,']}                                                           | ${[[2, 'province_has_parent']]}                           | ${'a province has a parent'}
  ${['v1,village,A,thôn,24,,,,,']}                                                            | ${[[2, 'parent_level']]}                                  | ${'a village hangs on the province'}
  ${['07210,village,A,thôn,07210,,,,,']}                                                      | ${[[2, 'level_changed']]}                                 | ${'the level changes'}
  ${['99001,commune,A,xã,24,2026-02-30,,,,']}                                                 | ${[[2, 'day_bad']]}                                       | ${'there is no such day'}
  ${['99001,commune,A,xã,24,,,x,1.5,-1']}                                                     | ${[[2, 'count_bad'], [2, 'count_bad'], [2, 'count_bad']]} | ${'three numbers are none, each is named'}
  ${['99001,commune,A,xã,24,,,,,', '99001,commune,B,xã,24,,,,,']}                             | ${[[3, 'row_twice']]}                                     | ${'a unit is there twice'}
  ${['99001,commune,A,xã,24,2026-02-01,2026-01-01,,,']}                                       | ${[[2, 'ends_before_begin']]}                             | ${'it ends before it begins'}
  ${['99001,commune,A,xã,24,2025-01-01,,,,']}                                                 | ${[[2, 'parent_not_valid']]}                              | ${'its parent begins later'}
  ${['07210,commune,Bắc Giang,xã,24,2025-07-01,2026-05-31,,,']}                               | ${[[2, 'child_left']]}                                    | ${'a village would be left without its commune'}
  ${['99001,commune,A,xã,24,,,,,', 'v1,village,B,thôn,99002,,,,,', 'v2,x,C,thôn,99001,,,,,']} | ${[[3, 'parent_unknown'], [4, 'level_bad']]}              | ${'several rows are wrong'}
`('refuses when $why', async ({ lines, refused }) => {
  expect(reasons((await plan(...lines)).refused)).toEqual(refused);
});

it('lets a commune end when its villages move in the same sheet', async () => {
  const done = await plan(
    '07210,commune,Bắc Giang,xã,24,2025-07-01,2026-05-31,,,',
    '99001,commune,Tân Hòa,xã,24,,,,,',
    '07210-01,village,Đông Lâm,thôn,99001,2026-06-01,,,,',
  );
  expect(done.refused).toEqual([]);
  expect(done).toMatchObject({ created: 1, changed: 2 });
});

it('takes number cells of a workbook only where no zero can be lost', async () => {
  const bytes = await xlsx([
    ['code', 'level', 'name', 'kind', 'parent_code', 'valid_from'],
    ['07210-02', 'village', 'A', 'thôn', 7210, new Date('2026-01-01T00:00:00Z')],
    [99001, 'commune', 'B', 'xã', 24, ''],
    [7211, 'commune', 'C', 'xã', 24, ''],
  ]);
  const { sheet: read } = await readSheet(bytes, UNIT_COLUMNS, []);
  expect(reasons(planUnits(read, known).refused)).toEqual([[4, 'code_number']]);
  const fine = planUnits({ ...read, rows: read.rows.slice(0, 2) }, known);
  expect(fine.refused).toEqual([]);
  expect(fine.writes.map(({ record }) => [record.code, record.spans[0]?.parent])).toEqual([
    ['99001', '24'],
    ['07210-02', '07210'],
  ]);
});

it('plans 2,850 villages in a moment', async () => {
  const lines = Array.from({ length: 2850 }, (_, i) => `v${i},village,Thôn ${i},thôn,07210,,,${i + 1},,`);
  const done = await plan(...lines);
  expect(done.created).toBe(2850);
});
