import { Binary, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { compare } from '../../../../src/embedded/mongo/bson-values';
import { after, idKey, keyOf, reversed } from '../../../../src/embedded/mongo/key-string';

const ladder: unknown[] = [
  undefined,
  null,
  NaN,
  -Infinity,
  -1.5,
  0,
  Number.MIN_VALUE,
  1,
  Long.fromString('9007199254740992'),
  Long.fromString('9007199254740993'),
  9007199254740994,
  Infinity,
  '',
  '\u0000',
  'a',
  'a\u0000b',
  'ab',
  'đ',
  '\uffee',
  '😀',
  {},
  { a: null },
  { a: 1 },
  { a: 1, b: 1 },
  { b: 0 },
  { a: 'x' },
  [],
  [1],
  [1, 1],
  [2],
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 1])),
  new ObjectId('000000000000000000000001'),
  new ObjectId('ff0000000000000000000001'),
  false,
  true,
  new Date(-5),
  new Date(0),
];
const sign = (n: number) => (n < 0 ? -1 : n > 0 ? 1 : 0);
const keySign = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

describe('the order of values', () => {
  it('is total, and the keys of an index follow it', () => {
    for (const [i, a] of ladder.entries())
      for (const [j, b] of ladder.entries()) {
        const wanted = sign(i - j);
        expect([i, j, sign(compare(a, b))]).toEqual([i, j, wanted]);
        expect([i, j, keySign(keyOf(a), keyOf(b))]).toEqual([i, j, wanted]);
        expect([i, j, keySign(reversed(keyOf(a)), reversed(keyOf(b)))]).toEqual([
          i,
          j,
          wanted === 0 ? 0 : -wanted,
        ]);
      }
  });

  const scalar = fc.oneof(
    fc.constantFrom<unknown>(null, true, false),
    fc.double(),
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('\u0000', '\u0001', 'a', '\ud7ff', '\ue000', '\uffff', '😀') }),
    fc.date({ noInvalidDate: true }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'ab', '\u0001'), tie('value'), { maxKeys: 3 }),
    ),
  }));

  it('and the keys agree on any two values', () => {
    fc.assert(
      fc.property(value, value, (a, b) => sign(compare(a, b)) === keySign(keyOf(a), keyOf(b))),
      { numRuns: 2_000 },
    );
  });

  it('no key is the beginning of another', () => {
    fc.assert(
      fc.property(value, value, (a, b) => compare(a, b) === 0 || !keyOf(a).startsWith(keyOf(b))),
      { numRuns: 2_000 },
    );
  });

  it('ends a prefix right behind everything that begins with it', () => {
    expect(after('ab')).toBe('ac');
    expect(after('a\uffff')).toBe('b');
    expect(after('\uffff')).toBeUndefined();
  });

  it('keeps ids of different kinds apart', () => {
    const ids = ['', '\u0005a', 'a', 1, Long.fromNumber(2), null, new ObjectId(), new Date(1), { a: 1 }];
    expect(new Set(ids.map(idKey)).size).toBe(ids.length);
    expect(idKey(1)).toBe(idKey(Long.fromNumber(1)));
  });
});
