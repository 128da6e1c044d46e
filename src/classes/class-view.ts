import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { stateOf, type ClassRecord, type ClassState } from './class';
import { seatsOf, type Seats, type SignUp } from './seats';

/** A class with who is in it, as of one reading. */
export interface ClassView {
  readonly record: ClassRecord;
  readonly people: readonly SignUp[];
  readonly seats: Seats;
}

export function viewsOf(records: readonly ClassRecord[], people: readonly SignUp[]): ClassView[] {
  const byClass = groupBy(people, (one) => one.class);
  return records.map((record) => {
    const mine = byClass.get(record.id) ?? [];
    return { record, people: mine, seats: seatsOf(mine, record.capacity) };
  });
}

export function stateOfView({ record, seats }: ClassView, now: Date): ClassState {
  return stateOf(record, seats, now);
}

export function signUpOf({ people }: ClassView, user: UserKey): SignUp | null {
  return people.find((one) => one.user === user && one.live) ?? null;
}

/** Those who signed up and have not called it off. */
export function livePeople({ people }: ClassView): UserKey[] {
  return people.filter(({ live }) => live).map(({ user }) => user);
}
