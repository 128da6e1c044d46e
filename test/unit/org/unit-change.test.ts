import { readUnitChange } from '../../../src/org/chat/read-unit-change';
import { meant } from '../../../src/org/chat/villages-meant';
import { planUnits } from '../../../src/org/import/import-units';
import { nextCodes, sheetOf } from '../../../src/org/unit-change';
import { aTree } from '../reporting/builders';

/** Villages that become one or are divided: what was said, which are meant, and the rows of the sheet that would say the same. */

const NOW = new Date('2026-03-13T19:00:00+07:00');

it.each`
  text                                                                        | kind       | from                                  | to                                          | day
  ${'từ 1/7 nhập thôn Đông Lâm và thôn Ngọc Trì thành thôn Lâm Trì'}          | ${'merge'} | ${['thôn Đông Lâm', 'thôn Ngọc Trì']} | ${['thôn Lâm Trì']}                         | ${'2026-07-01'}
  ${'Sáp nhập thôn Đông Lâm, Ngọc Trì thành thôn Lâm Trì từ ngày 1/7.'}       | ${'merge'} | ${['thôn Đông Lâm', 'Ngọc Trì']}      | ${['thôn Lâm Trì']}                         | ${'2026-07-01'}
  ${'nhập thôn Gò Me vào thôn Đông Lâm từ mai'}                               | ${'merge'} | ${['thôn Gò Me']}                     | ${['thôn Đông Lâm']}                        | ${'2026-03-14'}
  ${'nhap thon Go Me vao thon Dong Lam tu 1/7'}                               | ${'merge'} | ${['thon Go Me']}                     | ${['thon Dong Lam']}                        | ${'2026-07-01'}
  ${'nhập thôn Đồng Thanh Lâm vào thôn Đông Lâm'}                             | ${'merge'} | ${['thôn Đồng Thanh Lâm']}            | ${['thôn Đông Lâm']}                        | ${null}
  ${'tách tổ dân phố số 2 thành tổ dân phố số 2A và tổ dân phố số 2B từ 1/7'} | ${'split'} | ${['tổ dân phố số 2']}                | ${['tổ dân phố số 2A', 'tổ dân phố số 2B']} | ${'2026-07-01'}
  ${'nhập thôn Gò Me vào thôn Đông Lâm từ 1/2'}                               | ${'merge'} | ${['thôn Gò Me']}                     | ${['thôn Đông Lâm']}                        | ${null}
`('«$text»', ({ text, kind, from, to, day }) => {
  expect(readUnitChange(text as string, NOW)).toEqual({ kind, from, to, day });
});

it.each([
  'nhập hộ thôn Đông Lâm: 418 5 121 14',
  'nhập số thôn Gò Me',
  'tách thôn Gò Me thành thôn A',
  'báo cáo',
])('«%s» is none', (text) => expect(readUnitChange(text, NOW)).toBeNull());

const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: 'X', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: 'Y', level: 'commune', parent: '24', name: 'Vân Sơn' },
  { code: 'X-01', level: 'village', parent: 'X', name: 'Đông Lâm' },
  {
    code: 'X-02',
    level: 'village',
    parent: 'X',
    name: 'Ngọc Trì',
    validTo: '2026-01-31',
    mergedInto: ['X-03'],
  },
  { code: 'X-03', level: 'village', parent: 'X', name: 'Gò Me' },
  { code: 'Y-01', level: 'village', parent: 'Y', name: 'Gò Me' },
]);
const merge = (from: string[], to: string) => ({ kind: 'merge' as const, from, to: [to], day: '2026-07-01' });

it.each`
  said                                                                                               | result
  ${merge(['thôn Đông Lâm', 'thôn Gò Me xã Tân Hòa'], 'thôn Lâm Trì')}                               | ${{ change: { commune: 'X', day: '2026-07-01', ending: ['X-01', 'X-03'], beginning: [{ code: 'X-04', name: 'Lâm Trì', kind: 'thôn' }], into: ['X-04'] } }}
  ${merge(['thôn Gò Me, xã Tân Hòa'], 'Đông Lâm')}                                                   | ${{ change: { commune: 'X', day: '2026-07-01', ending: ['X-03'], beginning: [], into: ['X-01'] } }}
  ${merge(['Đông Lâm', 'Gò Me xã Tân Hòa'], 'Đông Lâm')}                                             | ${{ change: { commune: 'X', day: '2026-07-01', ending: ['X-03'], beginning: [], into: ['X-01'] } }}
  ${merge(['thôn Gò Me', 'Đông Lâm'], 'thôn A')}                                                     | ${{ fault: 'several', typed: 'thôn Gò Me', codes: ['X-03', 'Y-01'] }}
  ${merge(['thôn Ngọc Trì', 'Đông Lâm'], 'thôn A')}                                                  | ${{ fault: 'unknown', typed: 'thôn Ngọc Trì', codes: [] }}
  ${merge(['Đông Lâm', 'Gò Me xã Vân Sơn'], 'thôn A')}                                               | ${{ fault: 'communes', typed: '', codes: ['X-01', 'Y-01'] }}
  ${merge(['Đông Lâm'], 'thôn Đông Lâm')}                                                            | ${{ fault: 'same', typed: 'thôn Đông Lâm', codes: [] }}
  ${{ kind: 'split', from: ['Đông Lâm'], to: ['thôn Đông Lâm 1', 'Đông Lâm 2'], day: '2026-07-01' }} | ${{ change: { commune: 'X', day: '2026-07-01', ending: ['X-01'], beginning: [{ code: 'X-04', name: 'Đông Lâm 1', kind: 'thôn' }, { code: 'X-05', name: 'Đông Lâm 2', kind: 'thôn' }], into: ['X-04', 'X-05'] } }}
  ${{ kind: 'split', from: ['Đông Lâm'], to: ['thôn Gò Me', 'thôn Đông Lâm 2'], day: '2026-07-01' }} | ${{ fault: 'taken', typed: 'Gò Me', codes: [] }}
`('means $result', ({ said, result }) => {
  expect(meant(tree, '2026-03-13', said as Parameters<typeof meant>[2])).toEqual(result);
});

it('is planned as a sheet would be: the old ones end the day before, and what follows begins; said again it changes nothing', () => {
  const found = meant(tree, '2026-03-13', merge(['Đông Lâm', 'Gò Me xã Tân Hòa'], 'thôn Lâm Trì'));
  if (!('change' in found)) throw new Error('nothing was meant');
  const known = tree.records.map((record) => ({ record, rev: 1 }));
  const plan = planUnits(sheetOf(tree, found.change), known);
  expect(plan.refused).toEqual([]);
  expect(
    plan.writes.map(({ record }) => [
      record.code,
      record.spans.at(-1)?.validFrom,
      record.spans.at(-1)?.validTo,
    ]),
  ).toEqual([
    ['X-01', '2025-07-01', '2026-06-30'],
    ['X-03', '2025-07-01', '2026-06-30'],
    ['X-04', '2026-07-01', null],
  ]);
  const after = plan.writes.map(({ record }) => ({ record, rev: 2 }));
  const codes = new Set(after.map(({ record }) => record.code));
  const again = planUnits(sheetOf(tree, found.change), [
    ...known.filter(({ record }) => !codes.has(record.code)),
    ...after,
  ]);
  expect([again.refused, again.writes]).toEqual([[], []]);
  expect(nextCodes(tree, 'Y', 2)).toEqual(['Y-02', 'Y-03']);
});
