import { readAudience } from '../../../src/directives/audience';
import type { AudienceWorld } from '../../../src/directives/audience-sets';
import { Offices } from '../../../src/directives/offices';
import type { Office } from '../../../src/org/office';
import { UnitTree } from '../../../src/org/units';
import type { UnitLevel, UnitRecord } from '../../../src/org/unit';
import { readUnitTags } from '../../../src/org/seed/tags';
import { seedUnitRecords } from '../../../src/org/seed/seed';

/** Who is meant by the words that name an audience. */

const unit = (
  code: string,
  level: UnitLevel,
  kind: string,
  name: string,
  parent: string | null,
): UnitRecord => ({
  code,
  level,
  spans: [
    {
      ...{ validFrom: '2025-07-01', validTo: null, name, kind, parent },
      adults: null,
      households: null,
      population: null,
    },
  ],
});
const tree = new UnitTree([
  unit('24', 'province', 'tỉnh', 'Bắc Ninh', null),
  unit('24-TD', 'agency', 'đoàn thể', 'Tỉnh đoàn', '24'),
  unit('24-KHCN', 'agency', 'sở', 'Sở Khoa học và Công nghệ', '24'),
  unit('1', 'commune', 'xã', 'Tân Hòa', '24'),
  unit('1-1', 'village', 'thôn', 'Đông Lâm', '1'),
  unit('1-2', 'village', 'thôn', 'Ngọc Trì', '1'),
  unit('1-3', 'village', 'khu', 'Tân Hòa', '1'),
  unit('2', 'commune', 'phường', 'Vân Sơn', '24'),
  unit('2-1', 'village', 'tổ dân phố', 'Đông Lâm', '2'),
]);
const world = (from = '24'): AudienceWorld => ({
  ...{ tree, day: '2026-03-16', from },
  tags: { mountain: new Set(['2']) },
  pilots: [],
});
const of = (typed: string, from?: string) => readAudience(typed.split(', '), world(from));

it.each`
  typed                                    | from    | label                                    | units
  ${'xã Tân Hòa'}                          | ${'24'} | ${'xã Tân Hòa'}                          | ${['1', '1-1', '1-2', '1-3']}
  ${'xa tan hoa'}                          | ${'24'} | ${'xã Tân Hòa'}                          | ${['1', '1-1', '1-2', '1-3']}
  ${'Tân Hòa'}                             | ${'24'} | ${'xã Tân Hòa'}                          | ${['1', '1-1', '1-2', '1-3']}
  ${'xã Tân Hòa'}                          | ${'1'}  | ${'xã Tân Hòa'}                          | ${['1-1', '1-2', '1-3']}
  ${'toàn xã'}                             | ${'1'}  | ${'toàn xã'}                             | ${['1-1', '1-2', '1-3']}
  ${'Sở Khoa học'}                         | ${'24'} | ${'Sở Khoa học và Công nghệ'}            | ${['24-KHCN']}
  ${'các xã'}                              | ${'24'} | ${'các xã'}                              | ${['1', '2', '1-1', '1-2', '1-3', '2-1']}
  ${'toàn tỉnh'}                           | ${'24'} | ${'toàn tỉnh'}                           | ${['1', '2', '1-1', '1-2', '1-3', '2-1']}
  ${'các xã miền núi'}                     | ${'24'} | ${'các xã miền núi'}                     | ${['2', '2-1']}
  ${'thôn Đông Lâm, xã Tân Hòa'}           | ${'24'} | ${'thôn Đông Lâm'}                       | ${['1', '1-1']}
  ${'thôn Đông Lâm xã Tân Hòa'}            | ${'24'} | ${'thôn Đông Lâm'}                       | ${['1', '1-1']}
  ${'thôn Đông Lâm, Ngọc Trì'}             | ${'1'}  | ${'thôn Đông Lâm, thôn Ngọc Trì'}        | ${['1-1', '1-2']}
  ${'xóm Ngọc Trì'}                        | ${'24'} | ${'thôn Ngọc Trì'}                       | ${['1', '1-2']}
  ${'xã Tân Hòa, phường Vân Sơn'}          | ${'24'} | ${'xã Tân Hòa, phường Vân Sơn'}          | ${['1', '2', '1-1', '1-2', '1-3', '2-1']}
  ${'Tỉnh đoàn'}                           | ${'24'} | ${'Tỉnh đoàn'}                           | ${['24-TD']}
  ${'các sở, ngành'}                       | ${'24'} | ${'các sở, ngành'}                       | ${['24-KHCN', '24-TD']}
  ${'các sở, ban, ngành'}                  | ${'24'} | ${'các sở, ban, ngành'}                  | ${['24-KHCN', '24-TD']}
  ${'Cac co quan'}                         | ${'24'} | ${'Cac co quan'}                         | ${['24-KHCN', '24-TD']}
  ${'Sở KH&CN'}                            | ${'24'} | ${'Sở Khoa học và Công nghệ'}            | ${['24-KHCN']}
  ${'Sở Khoa học và Công nghệ, Tỉnh đoàn'} | ${'24'} | ${'Sở Khoa học và Công nghệ, Tỉnh đoàn'} | ${['24-KHCN', '24-TD']}
  ${'cán bộ các xã'}                       | ${'24'} | ${'cán bộ các xã'}                       | ${['1', '2']}
  ${'cán bộ các xã, các sở, ngành'}        | ${'24'} | ${'cán bộ các xã, các sở, ngành'}        | ${['1', '2', '24-KHCN', '24-TD']}
  ${'các sở, ngành, thôn Ngọc Trì'}        | ${'24'} | ${'các sở, ngành, thôn Ngọc Trì'}        | ${['24-KHCN', '24-TD', '1', '1-2']}
  ${'các xã miền núi, xã Tân Hòa'}         | ${'24'} | ${'các xã miền núi, xã Tân Hòa'}         | ${['2', '1', '2-1', '1-1', '1-2', '1-3']}
  ${'1-2'}                                 | ${'1'}  | ${'thôn Ngọc Trì'}                       | ${['1-2']}
`(
  '«$typed» from $from',
  ({ typed, from, label, units }: { typed: string; from: string; label: string; units: string[] }) => {
    expect(of(typed, from)).toEqual({ kind: 'audience', audience: { label, units } });
  },
);

it('nothing is guessed: unknown, several and empty are asked back', () => {
  expect(of('xã Không Có')).toEqual({ kind: 'unknown', typed: 'xã Không Có' });
  expect(of('thôn Đông Lâm')).toMatchObject({ kind: 'several', units: [{ code: '1-1' }, { code: '2-1' }] });
  expect(of('các xã thí điểm')).toEqual({ kind: 'empty', typed: 'các xã thí điểm' });
  expect(of('phường Vân Sơn', '1')).toEqual({ kind: 'unknown', typed: 'phường Vân Sơn' });
  expect(of('các sở, ngành', '1')).toEqual({ kind: 'empty', typed: 'các sở, ngành' });
  expect(of('cán bộ các xã', '1')).toMatchObject({ kind: 'empty' });
  expect(of('các sở, xã Không Có')).toEqual({ kind: 'unknown', typed: 'xã Không Có' });
});

it('an order for the chairs goes to the communes alone, is written to the chair first, and is not mixed with others of communes', () => {
  expect(of('chủ tịch các xã')).toEqual({
    kind: 'audience',
    audience: { label: 'chủ tịch các xã', units: ['1', '2'], first: 'commune_chair' },
  });
  expect(of('chủ tịch các xã, các sở, ngành')).toMatchObject({
    audience: { units: ['1', '2', '24-KHCN', '24-TD'], first: 'commune_chair' },
  });
  for (const typed of [
    'chủ tịch các xã, xã Tân Hòa',
    'cán bộ các xã, chủ tịch các xã',
    'toàn tỉnh, chủ tịch xã',
  ])
    expect(of(typed)).toMatchObject({ kind: 'mixed' });
  const [chair, officer] = ['commune_chair', 'commune_officer'].map((role) => ({
    ...{ id: role, unit: '1', role, user: `zalo:${role}`, fullName: 'Bùi Văn Quang', ends: null },
  })) as [Office, Office];
  const offices = new Offices({
    officesIn: () => [officer, chair],
    officesActingFor: () => [officer, chair],
  } as unknown as ConstructorParameters<typeof Offices>[0]);
  const told = (first?: 'commune_chair') =>
    offices
      .told(
        { audience: { label: '', units: ['1'], ...(first ? { first } : {}) } },
        { unit: '1' },
        new Date('2026-03-16T08:00+07:00'),
      )
      .map(({ role }) => role);
  expect(told('commune_chair')).toEqual(['commune_chair', 'commune_officer']);
  expect(told()).toEqual(['commune_officer']);
});

it('27 communes of the province are mountain communes', () => {
  const seeded = new UnitTree(seedUnitRecords());
  const reading = readAudience(['các xã miền núi'], {
    ...{ tree: seeded, day: '2026-03-16', from: '24' },
    tags: readUnitTags(),
    pilots: [],
  });
  const units = reading.kind === 'audience' ? reading.audience.units : [];
  expect(units.filter((code) => seeded.get(code, '2026-03-16')?.level === 'commune')).toHaveLength(27);
});
