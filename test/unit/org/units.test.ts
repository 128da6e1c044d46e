import { nextDay } from '../../../src/kernel/work-calendar';
import fc from 'fast-check';
import { dayOfPeriod, UnitTree } from '../../../src/org/units';
import type { UnitRecord, UnitSpan } from '../../../src/org/unit';

function span(over: Partial<UnitSpan> = {}): UnitSpan {
  return {
    validFrom: '2025-07-01',
    validTo: null,
    name: 'Đông Lâm',
    kind: 'thôn',
    parent: null,
    adults: null,
    households: null,
    population: null,
    ...over,
  };
}

const records: UnitRecord[] = [
  { code: '24', level: 'province', spans: [span({ name: 'Bắc Ninh', kind: 'tỉnh' })] },
  {
    code: '09193',
    level: 'commune',
    spans: [
      span({ name: 'Tiên Du', kind: 'xã', parent: '24', validTo: '2026-09-19' }),
      span({ name: 'Tiên Du', kind: 'phường', parent: '24', validFrom: '2026-09-20' }),
    ],
  },
  { code: '99001', level: 'commune', spans: [span({ name: 'Tân Hoà', kind: 'xã', parent: '24' })] },
  {
    code: '99001-07',
    level: 'village',
    spans: [
      span({ parent: '99001', validTo: '2026-05-31' }),
      span({ parent: '09193', validFrom: '2026-06-01' }),
    ],
  },
  { code: '99001-08', level: 'village', spans: [span({ name: 'Bản Mới', kind: 'thôn', parent: '99001' })] },
  {
    code: '99001-09',
    level: 'village',
    spans: [span({ name: 'Tự', parent: '99001', validTo: '2026-03-20' })],
  },
  { code: '09193-01', level: 'village', spans: [span({ parent: '09193' })] },
];
const tree = new UnitTree(records);
const codes = (units: readonly { code: string }[]) => units.map((unit) => unit.code);

describe('a unit on a day', () => {
  it.each`
    code          | day             | kind
    ${'09193'}    | ${'2026-09-19'} | ${'xã'}
    ${'09193'}    | ${'2026-09-20'} | ${'phường'}
    ${'09193'}    | ${'2025-06-30'} | ${undefined}
    ${'99001-09'} | ${'2026-03-20'} | ${'thôn'}
    ${'99001-09'} | ${'2026-03-21'} | ${undefined}
    ${'nowhere'}  | ${'2026-03-21'} | ${undefined}
  `('$code on $day is $kind', ({ code, day, kind }) => {
    expect(tree.get(code, day)?.kind).toBe(kind);
  });

  it('is named after its end as it was last, and before its beginning as it will be first', () => {
    expect(tree.getNearest('99001-09', '2027-01-01')?.name).toBe('Tự');
    expect(tree.getNearest('09193', '2020-01-01')?.kind).toBe('xã');
    expect(tree.getNearest('nowhere', '2026-01-01')).toBeNull();
  });
});

describe('what became of a unit', () => {
  const ended = (code: string, mergedInto: readonly string[]) => ({
    code,
    level: 'village' as const,
    spans: [span({ parent: '99001', validTo: '2026-03-31', mergedInto })],
  });
  const later = new UnitTree([
    ...records,
    ended('A', ['99001-08']),
    ended('B', ['99001-08']),
    ended('C', ['99001-08', 'A']),
  ]);

  it('is known from its first day without, and from those that followed', () => {
    expect(later.endOf('A', '2026-03-31')).toBeNull();
    expect(later.endOf('A', '2026-04-01')).toEqual({ since: '2026-04-01', into: ['99001-08'] });
    expect(later.endOf('99001-08', '2026-04-01')).toBeNull();
    expect(later.endOf('nowhere', '2026-04-01')).toBeNull();
  });

  it('is found from the follower, but for those that were split', () => {
    expect(codes(later.mergedFrom('99001-08'))).toEqual(['A', 'B']);
    expect(codes(later.mergedFrom('A'))).toEqual([]);
  });
});

describe('above and below', () => {
  it('follows a village that moved to another commune', () => {
    expect(codes(tree.villagesUnder('99001', '2026-05-31'))).toEqual(['99001-07', '99001-08']);
    expect(codes(tree.villagesUnder('99001', '2026-06-01'))).toEqual(['99001-08']);
    expect(codes(tree.villagesUnder('09193', '2026-06-01'))).toEqual(['09193-01', '99001-07']);
    expect(codes(tree.ancestors('99001-07', '2026-05-31'))).toEqual(['99001', '24']);
    expect(codes(tree.ancestors('99001-07', '2026-06-01'))).toEqual(['09193', '24']);
  });

  it('gives levels at or below, children and roots', () => {
    expect(codes(tree.communesUnder('24', '2026-03-01'))).toEqual(['09193', '99001']);
    expect(codes(tree.villagesUnder('99001-08', '2026-03-01'))).toEqual(['99001-08']);
    expect(tree.communesUnder('99001-08', '2026-03-01')).toEqual([]);
    expect(codes(tree.children('24', '2026-03-01'))).toEqual(['09193', '99001']);
    expect(codes(tree.roots('2026-03-01'))).toEqual(['24']);
    expect(tree.villagesUnder('24', '2020-01-01')).toEqual([]);
  });

  it('knows within on a day and within ever', () => {
    expect(tree.isWithin('99001-07', '99001', '2026-05-31')).toBe(true);
    expect(tree.isWithin('99001-07', '99001', '2026-06-01')).toBe(false);
    expect(tree.isWithin('99001-07', '24', '2026-06-01')).toBe(true);
    expect(tree.isWithin('99001-09', '99001-09', '2026-03-21')).toBe(false);
    expect(tree.isWithinEver('99001-07', '99001')).toBe(true);
    expect(tree.isWithinEver('99001-07', '09193')).toBe(true);
    expect(tree.isWithinEver('99001-09', '24')).toBe(true);
    expect(tree.isWithinEver('99001-08', '09193')).toBe(false);
    expect(tree.isWithinEver('24', '99001')).toBe(false);
    expect(tree.isWithinEver('nowhere', 'nowhere')).toBe(false);
  });

  it('does not reach a grandparent that the parent had only on other days', () => {
    const moved = new UnitTree([
      { code: 'a', level: 'province', spans: [span()] },
      { code: 'b', level: 'province', spans: [span()] },
      {
        code: 'c',
        level: 'commune',
        spans: [span({ parent: 'a', validTo: '2025-12-31' }), span({ parent: 'b', validFrom: '2026-01-01' })],
      },
      { code: 'v', level: 'village', spans: [span({ parent: 'c', validFrom: '2026-01-01' })] },
    ]);
    expect(moved.isWithinEver('v', 'a')).toBe(false);
    expect(moved.isWithinEver('v', 'b')).toBe(true);
  });
});

describe('finding by name', () => {
  it.each`
    text               | where                   | found
    ${'đông lâm'}      | ${{}}                   | ${['09193-01', '99001-07']}
    ${'dong lam'}      | ${{ under: '99001' }}   | ${['99001-07']}
    ${'Thôn Đông Lâm'} | ${{ under: '09193' }}   | ${['09193-01']}
    ${'ĐÔNG  LÂM'}     | ${{ under: '99001' }}   | ${['99001-07']}
    ${'bản mới'}       | ${{ under: '99001' }}   | ${['99001-08']}
    ${'moi'}           | ${{ under: '99001' }}   | ${['99001-08']}
    ${'thon ban moi'}  | ${{ under: '99001' }}   | ${['99001-08']}
    ${'Tân Hòa'}       | ${{ level: 'commune' }} | ${['99001']}
    ${'xa tan hoa'}    | ${{}}                   | ${['99001']}
    ${'dong la'}       | ${{}}                   | ${[]}
    ${'dong lam 1'}    | ${{}}                   | ${[]}
    ${'   '}           | ${{}}                   | ${[]}
    ${'tien du'}       | ${{ level: 'village' }} | ${[]}
  `('«$text» in $where is $found', ({ text, where, found }) => {
    expect(codes(tree.find(text, '2026-03-12', where))).toEqual(found);
  });

  it('reads decomposed letters', () => {
    expect(codes(tree.find('Tân Hoà'.normalize('NFD'), '2026-03-12'))).toEqual(['99001']);
  });
});

describe('the day that answers for a period', () => {
  it.each`
    period         | day
    ${'2026-03'}   | ${'2026-03-31'}
    ${'2026-02'}   | ${'2026-02-28'}
    ${'2028-02'}   | ${'2028-02-29'}
    ${'2026-12'}   | ${'2026-12-31'}
    ${'2026'}      | ${'2026-12-31'}
    ${'2026-W12'}  | ${'2026-03-22'}
    ${'2026-W01'}  | ${'2026-01-04'}
    ${'2026-W53'}  | ${'2027-01-03'}
    ${'2027-W01'}  | ${'2027-01-10'}
    ${'2026-13'}   | ${null}
    ${'awards-26'} | ${null}
  `('$period → $day', ({ period, day }) => {
    expect(dayOfPeriod(period)).toBe(day);
  });
});

describe('effective dating, whatever the history', () => {
  const START = '2026-01-01';
  /** A life in pieces: each piece lasts some days, under one of three parents or nowhere. */
  const life = fc.array(
    fc.record({ days: fc.integer({ min: 1, max: 40 }), parent: fc.constantFrom('c1', 'c2', 'c3', null) }),
    { maxLength: 6 },
  );
  function recordOf(code: string, pieces: readonly { days: number; parent: string | null }[]): UnitRecord {
    const spans: UnitSpan[] = [];
    let day = START;
    for (const { days, parent } of pieces) {
      const validTo = nextDay(day, days - 1);
      if (parent !== null) spans.push(span({ validFrom: day, validTo, parent }));
      day = nextDay(validTo, 1);
    }
    return { code, level: 'village', spans };
  }
  const communes: UnitRecord[] = ['c1', 'c2', 'c3'].map((code) => ({
    code,
    level: 'commune',
    spans: [span({ parent: 'p', validFrom: '2025-01-01' })],
  }));

  it('children, ancestors and within tell the same story on every day', () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 8 }), fc.integer({ min: -3, max: 130 }), (lives, offset) => {
        const villages = lives.map((pieces, i) => recordOf(`v${i}`, pieces));
        const province: UnitRecord = {
          code: 'p',
          level: 'province',
          spans: [span({ validFrom: '2025-01-01' })],
        };
        const grown = new UnitTree([...villages, ...communes, province]);
        const day = nextDay(START, offset);
        const held = villages.filter(({ code }) => grown.get(code, day) !== null).map(({ code }) => code);
        expect(codes(grown.villagesUnder('p', day))).toHaveLength(held.length);
        expect([...codes(grown.villagesUnder('p', day))].sort()).toEqual([...held].sort());
        for (const { code, spans } of villages) {
          const parents = spans.filter((s) => s.validFrom <= day && day <= (s.validTo ?? day));
          expect(parents.length).toBeLessThanOrEqual(1);
          for (const commune of ['c1', 'c2', 'c3']) {
            const within = parents[0]?.parent === commune;
            expect(grown.isWithin(code, commune, day)).toBe(within);
            expect(codes(grown.children(commune, day)).includes(code)).toBe(within);
            expect(grown.isWithinEver(code, commune)).toBe(spans.some((s) => s.parent === commune));
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

it('holds 90,000 villages, asked 100,000 times', () => {
  const many: UnitRecord[] = [
    { code: '24', level: 'province', spans: [span({ name: 'Bắc Ninh', kind: 'tỉnh' })] },
  ];
  for (let c = 0; c < 99; c += 1) {
    const commune = String(10_000 + c);
    many.push({ code: commune, level: 'commune', spans: [span({ parent: '24', name: `Xã ${c}` })] });
    for (let v = 0; v < 909; v += 1)
      many.push({
        code: `${commune}-${v}`,
        level: 'village',
        spans: [span({ parent: commune, name: `Thôn ${v}` })],
      });
  }
  const big = new UnitTree(many);
  expect(big.villagesUnder('24', '2026-03-12')).toHaveLength(99 * 909);
  for (let i = 0; i < 100_000; i += 1) {
    big.villagesUnder('24', '2026-03-12');
    big.villagesUnder(String(10_000 + (i % 99)), '2026-03-12');
    big.isWithin(`${10_000 + (i % 99)}-${i % 909}`, '24', '2026-03-12');
  }
  expect(big.find('thôn 17', '2026-03-12', { under: '10005' })).toHaveLength(1);
});
