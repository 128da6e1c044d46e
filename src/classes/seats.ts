import type { UserKey } from '../kernel/ids';

/** One person's place in one class: the key is both, so signing up twice is once. */
export interface SignUp {
  readonly class: string;
  readonly user: UserKey;
  /** When the message came; it decides who has a seat. */
  readonly at: Date;
  /** For each relative, when they were added. No names. */
  readonly relatives: readonly Date[];
  /** False: they called it off. */
  readonly live: boolean;
}

export interface Seats {
  /** People with a seat, relatives among them. */
  readonly seated: number;
  readonly waiting: number;
  /** Null: there is no limit. */
  readonly free: number | null;
  /** How many of the person's party have a seat. */
  readonly seatsOf: ReadonlyMap<UserKey, number>;
  /** The person's number in the waiting list, from 1; nobody who has all their seats is in it. */
  readonly placeOf: ReadonlyMap<UserKey, number>;
}

/**
 * Who has a seat: the first so many by arrival. Nothing is stored, so nothing can be seated twice; whoever adds a relative
 * later stands with them behind those who came before, and takes nobody's seat.
 */
export function seatsOf(people: readonly SignUp[], capacity: number | null): Seats {
  const heads = people
    .filter(({ live }) => live)
    .flatMap(({ user, at, relatives }) => [at, ...relatives].map((since, n) => ({ user, since, n })))
    .sort(
      (a, b) =>
        a.since.getTime() - b.since.getTime() || (a.user < b.user ? -1 : a.user > b.user ? 1 : a.n - b.n),
    );
  const limit = capacity ?? heads.length;
  const seats = new Map<UserKey, number>();
  for (const { user } of heads.slice(0, limit)) seats.set(user, (seats.get(user) ?? 0) + 1);
  const places = new Map<UserKey, number>();
  for (const { user } of heads.slice(limit)) if (!places.has(user)) places.set(user, places.size + 1);
  const seated = Math.min(limit, heads.length);
  return {
    seated,
    waiting: heads.length - seated,
    free: capacity === null ? null : Math.max(0, capacity - seated),
    seatsOf: seats,
    placeOf: places,
  };
}

/** Whoever waited with all of their party and has a seat now. */
export function newlySeated(before: Seats, after: Seats): UserKey[] {
  return [...after.seatsOf.keys()].filter((user) => before.placeOf.has(user) && !before.seatsOf.has(user));
}
