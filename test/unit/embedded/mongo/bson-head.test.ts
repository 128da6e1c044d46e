import { BSON, Long, ObjectId } from 'bson';
import { readHead } from '../../../../src/embedded/mongo/bson-head';
import { decode } from '../../../../src/embedded/mongo/bson-values';
import { Random } from '../../../support/random';

const names = (...list: string[]) => new Set(['_id', ...list]);

it('reads plain fields and leaves the rest alone', () => {
  const doc = {
    _id: 'zalo:é👋',
    big: { deep: [1, { x: 'y' }] },
    n: 42,
    half: 1.5,
    yes: true,
    at: new Date('2026-03-12T08:00:00.123Z'),
    old: new Date('1901-02-03T04:05:06.789Z'),
    none: null,
    bytes: Buffer.from('abc'),
  };
  expect(readHead(BSON.serialize(doc), names('n', 'half', 'yes', 'at', 'old', 'none', 'absent'))).toEqual({
    _id: doc._id,
    n: 42,
    half: 1.5,
    yes: true,
    at: doc.at,
    old: doc.old,
    none: null,
  });
});

it('says null where a wanted value is not a plain one, or the id does not stand first', () => {
  expect(readHead(BSON.serialize({ _id: new ObjectId() }), names())).toBeNull();
  expect(readHead(BSON.serialize({ _id: 1, list: [1] }), names('list'))).toBeNull();
  expect(
    readHead(BSON.serialize({ _id: 1, long: Long.fromString('9007199254740993') }), names('long')),
  ).toBeNull();
  expect(readHead(BSON.serialize({ a: 1, _id: 1 }), names())).toBeNull();
  expect(readHead(BSON.serialize({ _id: 1, r: /x/ }), names())).toBeNull();
});

it('never reads beyond its bytes: cut and changed documents are refused or read as the whole decoder reads them', () => {
  const random = new Random(7);
  const whole = BSON.serialize({
    _id: 'a',
    user: 'zalo:1',
    event: { text: 'xin chào', n: [1, 2] },
    at: new Date(5),
  });
  for (let n = 0; n < 3_000; n += 1) {
    const bytes = Uint8Array.from(
      whole.subarray(0, random.chance(0.3) ? random.between(0, whole.length) : whole.length),
    );
    for (let k = random.between(0, 3); k > 0 && bytes.length > 0; k -= 1)
      bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
    const head = readHead(bytes, names('user', 'at'));
    if (head === null) continue;
    let decoded: Record<string, unknown>;
    try {
      decoded = decode(bytes);
    } catch {
      continue;
    }
    for (const [name, value] of Object.entries(head)) expect(decoded[name]).toEqual(value);
  }
});
