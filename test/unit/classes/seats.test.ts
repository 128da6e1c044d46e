import { newlySeated, seatsOf, type SignUp } from '../../../src/classes/seats';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 12, 1, minute));
const signUp = (user: string, minute: number, more: Partial<SignUp> = {}): SignUp => ({
  class: 'L1',
  user,
  at: at(minute),
  relatives: [],
  live: true,
  ...more,
});

it('has no limit unless one is set', () => {
  const seats = seatsOf([signUp('a', 1), signUp('b', 2, { relatives: [at(2), at(2)] })], null);
  expect([seats.seated, seats.waiting, seats.free]).toEqual([4, 0, null]);
});

it('seats the first by arrival, whatever order they are read in', () => {
  const people = [signUp('c', 3), signUp('a', 1), signUp('b', 2)];
  const seats = seatsOf(people, 2);
  expect([...seats.seatsOf.keys()].sort()).toEqual(['a', 'b']);
  expect(seats.placeOf.get('c')).toBe(1);
  expect(seatsOf([...people].reverse(), 2)).toEqual(seats);
});

it('keeps the order of one instant by the person, so that every reader sees the same', () => {
  expect([...seatsOf([signUp('b', 1), signUp('a', 1)], 1).seatsOf.keys()]).toEqual(['a']);
});

it('lets nobody lose a seat to a relative that was added later', () => {
  const people = [signUp('a', 1, { relatives: [at(9)] }), signUp('b', 2)];
  const seats = seatsOf(people, 2);
  expect([seats.seatsOf.get('a'), seats.seatsOf.get('b'), seats.placeOf.get('a')]).toEqual([1, 1, 1]);
});

it('numbers the waiting list by person', () => {
  const people = [
    signUp('a', 1),
    signUp('b', 2, { relatives: [at(2), at(2)] }),
    signUp('c', 3),
    signUp('d', 4),
  ];
  const seats = seatsOf(people, 1);
  expect([...seats.placeOf]).toEqual([
    ['b', 1],
    ['c', 2],
    ['d', 3],
  ]);
});

it('seats nobody with no seats at all', () => {
  const seats = seatsOf([signUp('a', 1)], 0);
  expect([seats.seated, seats.waiting, seats.free]).toEqual([0, 1, 0]);
});

it('tells those who move up, once, and not those who had a seat', () => {
  const people = [signUp('a', 1), signUp('b', 2), signUp('c', 3)];
  const before = seatsOf(people, 2);
  const after = seatsOf([signUp('a', 1, { live: false }), signUp('b', 2), signUp('c', 3)], 2);
  expect(newlySeated(before, after)).toEqual(['c']);
  expect(newlySeated(after, after)).toEqual([]);
});
