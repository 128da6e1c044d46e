import { initials, unitName, unitNameOn, unitNameWithin } from '../../../src/org/names';
import { seedUnitRecords } from '../../../src/org/seed/seed';
import { UnitTree } from '../../../src/org/units';

it.each`
  name                           | letters
  ${'Đông Lâm'}                  | ${'ĐL'}
  ${'Đạo Ngạn 1'}                | ${'ĐN1'}
  ${'ấp  bắc'}                   | ${'ẤB'}
  ${'số 12'}                     | ${'S12'}
  ${'Đông Lâm'.normalize('NFD')} | ${'ĐL'}
  ${'Yên-Viên'}                  | ${'YV'}
  ${'A B C D E F G H'}           | ${'ABCDEF'}
`('the letters of «$name» are $letters', ({ name, letters }) => {
  expect(initials(name)).toBe(letters);
});

it.each`
  kind            | name            | said
  ${'thôn'}       | ${'Đông Lâm'}   | ${'thôn Đông Lâm'}
  ${'phường'}     | ${'Bắc Giang'}  | ${'phường Bắc Giang'}
  ${'thôn'}       | ${'Thôn Trung'} | ${'thôn Trung'}
  ${'thôn'}       | ${'Thôn'}       | ${'thôn Thôn'}
  ${'phường'}     | ${'Phượng Sơn'} | ${'phường Phượng Sơn'}
  ${'tổ dân phố'} | ${'số 1'}       | ${'tổ dân phố số 1'}
`('$kind + $name is said «$said»', ({ kind, name, said }) => {
  expect(unitName({ kind, name })).toBe(said);
});

it('an agency is called by its own name, capitals and all', () => {
  expect(unitName({ kind: 'công an', name: 'Công an tỉnh', level: 'agency' })).toBe('Công an tỉnh');
});

describe('names of the province', () => {
  const tree = new UnitTree(seedUnitRecords());
  const yenPhong = tree.find('yen phong', '2026-03-12', { level: 'commune' })[0]?.code ?? '';

  it('says the kind of the day', () => {
    expect(unitNameOn(tree, yenPhong, '2026-09-19')).toBe('xã Yên Phong');
    expect(unitNameOn(tree, yenPhong, '2026-09-20')).toBe('phường Yên Phong');
    expect(unitNameOn(tree, '24', '2026-03-12')).toBe('tỉnh Bắc Ninh');
    expect(unitNameOn(tree, '24', '2026-10-01')).toBe('thành phố Bắc Ninh');
  });

  it.each`
    typed                | code
    ${'Tỉnh đoàn'}       | ${'24-TD'}
    ${'công an tỉnh'}    | ${'24-CA'}
    ${'Sở KH&CN'}        | ${'24-KHCN'}
    ${'so khcn'}         | ${'24-KHCN'}
    ${'Sở GD-ĐT'}        | ${'24-GDDT'}
    ${'sở Nội vụ'}       | ${'24-NV'}
    ${'Báo và Đài PTTH'} | ${'24-BPTTH'}
    ${'Sở Tài chính'}    | ${'24-TC'}
    ${'ca'}              | ${undefined}
    ${'constructor'}     | ${undefined}
  `('finds the agency called «$typed»', ({ typed, code }) => {
    expect(tree.find(typed, '2026-03-12').map((unit) => unit.code)).toEqual(code ? [code] : []);
  });

  it('says a village with its commune, a commune alone, and an unknown code as it is', () => {
    expect(unitNameWithin(tree, '07795-01', '2026-03-12')).toBe('tổ dân phố Chu Xá, phường Nếnh');
    expect(unitNameWithin(tree, '07795', '2026-03-12')).toBe('phường Nếnh');
    expect(unitNameWithin(tree, 'x', '2026-03-12')).toBe('x');
  });
});
