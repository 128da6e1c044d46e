import { hexAsLetters } from '../kernel/letters';
import { sha256Hex, type UserKey } from '../kernel/ids';
import { DAY, vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import type { Office } from '../org/office';
import { holdsOffice } from '../org/rights';
import { can } from '../org/roles';
import type { CommuneGroup, Member } from './group';

/**
 * Who belongs in a commune's group and how that differs from who is in it. Pure: the facts are handed in, and nothing is
 * done here about any of it.
 */

/** Whoever left by themselves is not invited again for so long. */
export const LEFT_ALONE_MS = 30 * DAY;

export type Holder = Office & { readonly user: UserKey };

export interface Difference {
  /** To be invited: they hold a post and are not in. */
  readonly add: readonly UserKey[];
  /** They hold a post and wait to be let in. */
  readonly accept: readonly UserKey[];
  /** They are in and hold no post of the commune any more. */
  readonly remove: readonly UserKey[];
  /** They hold a post and cannot be invited: they do not follow the account. */
  readonly notFollowing: readonly UserKey[];
  /** They hold a post and went; they are left alone until then. */
  readonly left: readonly { readonly user: UserKey; readonly until: Date }[];
  /** They are in and never held a post here. Told, never thrown out. */
  readonly strangers: readonly Member[];
  /** They wait to be let in and hold no post here. */
  readonly waiting: readonly Member[];
  /** Posts that nobody has taken yet. */
  readonly untaken: readonly Office[];
}

export interface DifferenceFacts {
  readonly group: CommuneGroup;
  /** Every post that belongs in the group, taken or not. */
  readonly seats: readonly Office[];
  /** Who administers the account. */
  readonly admins: readonly UserKey[];
  /** Whether the person held a post of the commune before. */
  readonly heldOne: (user: UserKey) => boolean;
  /** Whether the person cannot be invited: unfollowed, or refused since they last wrote. */
  readonly cannotBeInvited: (user: UserKey) => boolean;
  readonly at: Date;
}

export function differenceOf(facts: DifferenceFacts): Difference {
  const { group, seats, admins, at } = facts;
  const wanted = [...new Set(seats.flatMap(({ user }) => user ?? []))];
  const inside = new Set(group.members.map(({ user }) => user));
  const pending = new Set(group.pending.map(({ user }) => user));
  const left = group.left
    .map(({ user, at: since }) => ({ user, until: new Date(since.getTime() + LEFT_ALONE_MS) }))
    .filter(({ user, until }) => wanted.includes(user) && until > at && !pending.has(user));
  const alone = new Set(left.map(({ user }) => user));
  const outside = wanted.filter((user) => !inside.has(user) && !pending.has(user) && !alone.has(user));
  const others = group.members.filter(({ user }) => !wanted.includes(user) && !admins.includes(user));
  const watched = admins.length === 0 || admins.some((user) => inside.has(user));
  return {
    add: [
      // Without an administrator of the account nobody could mend the group by hand.
      ...(watched ? [] : admins.slice(0, 1)),
      ...outside.filter((user) => !facts.cannotBeInvited(user)),
    ],
    accept: wanted.filter((user) => pending.has(user)),
    remove: removable(
      group,
      others.map(({ user }) => user).filter((user) => facts.heldOne(user)),
    ),
    notFollowing: outside.filter((user) => facts.cannotBeInvited(user)),
    left,
    strangers: others.filter(({ user }) => !facts.heldOne(user)),
    waiting: group.pending.filter(({ user }) => !wanted.includes(user)),
    untaken: seats.filter(({ user }) => user === null),
  };
}

/** The last administrator of a group never goes. */
function removable({ admins }: CommuneGroup, users: readonly UserKey[]): readonly UserKey[] {
  const stays = admins.some((user) => !users.includes(user));
  return stays ? users : users.filter((user) => !admins.includes(user));
}

/** Whether there is something that the officer could agree to. */
export function asksForConsent({ add, accept, remove }: Difference): boolean {
  return add.length + accept.length + remove.length > 0;
}

/** Names what an agreement is about, so that it is never taken for another: letters only, the same for the same lists. */
export function digestOf({ add, accept, remove }: Pick<Difference, 'add' | 'accept' | 'remove'>): string {
  const lists = [add, accept, remove].map((list) => [...list].sort().join(','));
  return hexAsLetters(sha256Hex(lists.join(';')).slice(0, 8));
}

/** The posts that belong in the group of the commune on the day of `at`, the commune's own first; none once it has ended. */
export function seatsOf(
  directory: Pick<OrgDirectory, 'tree' | 'officesIn'>,
  commune: string,
  at: Date,
): readonly Office[] {
  const day = vnDay(at);
  return directory.tree
    .within(commune, day)
    .flatMap(({ code }) => directory.officesIn(code))
    .filter((office) => can(office.role, 'in_group') && holdsOffice(office, day));
}

/** Who answers for the group: the commune's officers, and its chair where no officer has taken the post. */
export function inChargeOf(
  directory: Pick<OrgDirectory, 'officesIn'>,
  commune: string,
  at: Date,
): readonly Holder[] {
  const day = vnDay(at);
  const held = directory
    .officesIn(commune)
    .filter(
      (office): office is Holder =>
        office.user !== null && can(office.role, 'runs_group') && holdsOffice(office, day),
    );
  const officers = held.filter(({ role }) => role === 'commune_officer');
  return officers.length > 0 ? officers : held;
}

/** The communes for whose groups the person answers. */
export function communesInChargeOf(
  directory: Pick<OrgDirectory, 'officesOf'>,
  user: UserKey,
  at: Date,
): readonly string[] {
  const posts = directory.officesOf(user, at).filter(({ role }) => can(role, 'runs_group'));
  return [...new Set(posts.map(({ unit }) => unit))];
}

/** Whether the person holds or held a post that belongs in the group of the commune. */
export function heldOneIn(
  directory: Pick<OrgDirectory, 'tree' | 'everHeldBy'>,
  commune: string,
  user: UserKey,
): boolean {
  return directory
    .everHeldBy(user)
    .some(({ unit, role }) => can(role, 'in_group') && directory.tree.isWithinEver(unit, commune));
}
