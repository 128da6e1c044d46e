import { seedUnitRecords } from '../../../../src/org/seed/seed';
import { unitName } from '../../../../src/org/names';
import { UnitTree } from '../../../../src/org/units';
import { covers } from '../../../../src/org/spans';

const records = seedUnitRecords();
const tree = new UnitTree(records);
const kinds = (day: string) => {
  const counted: Record<string, number> = {};
  for (const { kind } of tree.communesUnder('24', day)) counted[kind] = (counted[kind] ?? 0) + 1;
  return counted;
};

it('has the province, its 99 communes and the sample villages', () => {
  expect(tree.communesUnder('24', '2026-03-12')).toHaveLength(99);
  expect(tree.villagesUnder('24', '2026-03-12')).toHaveLength(98);
  expect(new Set(records.map(({ code }) => code)).size).toBe(1 + 7 + 99 + 98);
});

it('has the bodies that the plan names, below the province and no part of its communes', () => {
  const agencies = tree.children('24', '2026-03-12').filter(({ level }) => level === 'agency');
  expect(agencies.map(({ code }) => code)).toEqual([
    '24-BPTTH',
    '24-CA',
    '24-GDDT',
    '24-KHCN',
    '24-NV',
    '24-TC',
    '24-TD',
  ]);
  expect(agencies.map(unitName)).toContain('Sở Khoa học và Công nghệ');
});

it('knows that twelve xã become phường on 20 September 2026', () => {
  expect(kinds('2026-09-19')).toEqual({ xã: 66, phường: 33 });
  expect(kinds('2026-09-20')).toEqual({ xã: 54, phường: 45 });
});

it('numbers villages in the order of the file and calls them without the word of their kind', () => {
  expect(tree.get('07795-01', '2026-03-12')).toMatchObject({ name: 'Chu Xá', kind: 'tổ dân phố' });
  expect(tree.get('07534-01', '2026-03-12')).toMatchObject({
    name: 'Suối Một',
    kind: 'thôn',
    households: 77,
  });
  for (const { name } of tree.villagesUnder('24', '2026-03-12')) expect(name).not.toMatch(/thử/);
});

it('takes the population of communes and guesses no number', () => {
  expect(tree.get('07210', '2026-03-12')?.population).toBe(122838);
  expect(tree.get('07795-01', '2026-03-12')).toMatchObject({
    adults: null,
    households: null,
    population: null,
  });
  expect(records.every(({ spans }) => spans.every(({ adults }) => adults === null))).toBe(true);
});

it('leaves no unit without the one above it on any day', () => {
  for (const { code, level, spans } of records)
    for (const span of spans)
      expect([
        code,
        level === 'province' || covers(tree.spansOf(span.parent ?? ''), span.validFrom, span.validTo),
      ]).toEqual([code, true]);
});
