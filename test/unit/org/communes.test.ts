import { communeMeant, type PlacesKnown } from '../../../src/org/communes';
import { formerCommunes } from '../../../src/org/seed/former-communes';
import { seedUnitRecords } from '../../../src/org/seed/seed';

/** Where somebody lives, as people say it, among the real names of the province. */

const records = seedUnitRecords();
const at = (level: string) =>
  records
    .filter((record) => record.level === level)
    .map(({ code, spans }) => ({ code, name: spans[0]?.name ?? '', parent: spans[0]?.parent ?? '' }));
const communes = at('commune');
const known: PlacesKnown = {
  communes,
  former: formerCommunes(),
  villages: at('village').map(({ name, parent }) => ({ name, commune: parent })),
};
const codeOf = (name: string) => communes.find((one) => one.name === name)?.code;

it('knows the 99 communes and the old ones', () => {
  expect(communes).toHaveLength(99);
  expect(known.former.length).toBeGreaterThan(300);
});

it.each(communes.map(({ name }) => name))('%s by its name alone, with marks or a polite word', (name) => {
  for (const text of [name, `dạ em ở xã ${name} ạ`, `phường ${name}`]) {
    const meant = communeMeant(text, known);
    const codes = meant.kind === 'one' ? [meant.code] : meant.kind === 'several' ? meant.codes : [];
    expect([text, codes]).toEqual([text, expect.arrayContaining([codeOf(name)])]);
  }
});

it.each`
  text                                      | name             | why
  ${'yen dung'}                             | ${'Yên Dũng'}    | ${'without marks'}
  ${'tôi ở phường Nếnh'}                    | ${'Nếnh'}        | ${'one syllable behind its kind'}
  ${'xa bao dai'}                           | ${'Bảo Đài'}     | ${'without marks'}
  ${'nhà tôi ở xã Hoàng Vân tỉnh Bắc Ninh'} | ${'Hoàng Vân'}   | ${'with the province'}
  ${'Hiệp Hòa'}                             | ${'Hiệp Hoà'}    | ${'the tone on another letter'}
  ${'phuong phuong lieu'}                   | ${'Phương Liễu'} | ${'a name that begins like its kind'}
  ${'Nhã Nams'}                             | ${'Nhã Nam'}     | ${'a letter too many'}
`('«$text» is $name: $why', ({ text, name }: { text: string; name: string }) => {
  expect(communeMeant(text, known)).toMatchObject({ kind: 'one', code: codeOf(name) });
});

it('an old commune leads to the one it became part of, and says by which name it was found', () => {
  expect(communeMeant('xã Quế Nham', known)).toEqual({
    kind: 'one',
    code: codeOf('Đa Mai'),
    said: 'Xã Quế Nham',
  });
  expect(communeMeant('thi tran phon xuong', known)).toMatchObject({ kind: 'one', code: codeOf('Yên Thế') });
});

it('a name that two old districts had is asked about', () => {
  expect(communeMeant('xã Đồng Tiến', known)).toEqual({
    kind: 'several',
    codes: expect.arrayContaining([codeOf('Xuân Lương')]) as string[],
  });
});

it.each([
  'huyện Yên Thế',
  'huyen luc ngan',
  'tôi ở thị xã Việt Yên',
  'tp bắc giang',
  'thành phố Bắc Ninh',
  'bắc ninh',
])('«%s» is an old district, whose communes are many', (text) => {
  expect(communeMeant(text, known).kind).toBe('district');
});

it.each(['gần chợ', 'gần chợ Bưởi', 'cạnh trường cấp hai', 'xã Không Có', 'đường Lý Thái Tổ'])(
  '«%s» names no commune and is asked about',
  (text) => {
    expect(communeMeant(text, known).kind).toBe('unclear');
  },
);

it.each(['quên mật khẩu vneid', 'cảm ơn em', 'không biết', '5', 'sao lại hỏi'])(
  '«%s» is no place',
  (text) => {
    expect(communeMeant(text, known).kind).toBe('none');
  },
);

it('names that differ by a mark are told apart by it, and are both offered without', () => {
  const two: PlacesKnown = {
    communes: [
      { code: 'a', name: 'Tân Yên' },
      { code: 'b', name: 'Tân Yến' },
    ],
    former: [],
    villages: [],
  };
  expect(communeMeant('tân yến', two)).toMatchObject({ kind: 'one', code: 'b' });
  expect(communeMeant('tan yen', two)).toEqual({ kind: 'several', codes: ['a', 'b'] });
});

it('a village leads to its commune', () => {
  expect(communeMeant('tổ dân phố Núi Hiểu', known)).toMatchObject({ kind: 'one', code: codeOf('Nếnh') });
});
