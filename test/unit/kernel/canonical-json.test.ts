import { canonicalJson, digestOf } from '../../../src/kernel/canonical-json';

it('writes a value in the one way of RFC 8785', () => {
  // The example of section 3.2.3 of the RFC: keys in the order of their UTF-16 code units.
  const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  expect(canonicalJson(names)).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
  );
  expect(canonicalJson({ b: [1e21, 0.1, -0, true, null], a: 'Đông "Lâm"\n' })).toBe(
    '{"a":"Đông \\"Lâm\\"\\n","b":[1e+21,0.1,0,true,null]}',
  );
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError);
});

it('gives the same facts the same digest, in whatever order they were written', () => {
  expect(digestOf({ a: 1, b: { c: 2, d: 3 } })).toBe(digestOf({ b: { d: 3, c: 2 }, a: 1 }));
  expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
  expect(digestOf({})).toBe('sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
