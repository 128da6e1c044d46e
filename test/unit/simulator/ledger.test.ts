import { FrozenClock } from '../../../src/kernel/clock';
import { MediaStore } from '../../../src/simulator/media-store';
import { Ledger } from '../../../src/simulator/openapi/ledger';
import { seededChances } from '../../../src/simulator/seeded';
import { MORNING } from './zalo-world';

/** What keeps the simulator light: bounds on all that it remembers. */

it('keeps the last sends, by their place in the whole', () => {
  const ledger = new Ledger(new FrozenClock(MORNING), 10);
  const call = { path: '/v3.0/oa/message/cs', query: {}, body: {} };
  for (let i = 1; i <= 45; i++)
    ledger.add({ to: 'user', user: 'a', paidFrom: 'reply', call, message: { text: `${i}` }, echo: 'text' });
  expect(ledger.sends.length).toBeLessThan(20);
  expect(ledger.last).toBe(45);
  expect(ledger.after(43).map(({ seq, text }) => [seq, text])).toEqual([
    [44, '44'],
    [45, '45'],
  ]);
  expect(ledger.after(0)).toHaveLength(ledger.sends.length);
});

it('keeps the last media within its bound, and always the newest', () => {
  const media = new MediaStore(100);
  const ids = [60, 30, 50, 200].map((size) => media.keep('a.png', Buffer.alloc(size)).split('/')[2] ?? '');
  expect(ids.map((id) => media.find(id)?.bytes.length)).toEqual([undefined, undefined, undefined, 200]);
});

it('draws the same chances from the same seed, near their share', () => {
  const draw = (seed: number) => {
    const chance = seededChances(seed);
    return Array.from({ length: 2_000 }, () => chance(0.25));
  };
  expect(draw(5)).toEqual(draw(5));
  expect(draw(5)).not.toEqual(draw(6));
  const hits = draw(5).filter(Boolean).length;
  expect(hits).toBeGreaterThan(430);
  expect(hits).toBeLessThan(570);
});
