import { Random } from '../../support/random';

const draw = (random: Random): number[] => Array.from({ length: 1_000 }, () => random.next());

it('gives the same run for the same seed, another for another', () => {
  expect(draw(new Random(7))).toEqual(draw(new Random(7)));
  expect(draw(new Random(7))).not.toEqual(draw(new Random(8)));
});

it('reaches both ends of a range and nothing beyond', () => {
  const random = new Random(1);
  const seen = new Set(Array.from({ length: 1_000 }, () => random.between(2, 5)));
  expect([...seen].sort()).toEqual([2, 3, 4, 5]);
});

it('shuffles without losing or changing the list', () => {
  const list = Array.from({ length: 50 }, (_, i) => i);
  const mixed = new Random(3).shuffle(list);
  expect(mixed).not.toEqual(list);
  expect([...mixed].sort((a, b) => a - b)).toEqual(list);
});

it('forks streams that do not depend on what was drawn before', () => {
  const one = new Random(3);
  one.next();
  expect(draw(one.fork('users'))).toEqual(draw(new Random(3).fork('users')));
  expect(draw(one.fork('users'))).not.toEqual(draw(one.fork('kills')));
});
