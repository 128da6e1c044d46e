import type { GroupChanged } from '../channels/channel';
import type { UserKey } from '../kernel/ids';
import type { GroupAsset } from './group-host';

/**
 * The official Zalo group of a commune as we know it: a mirror of who holds which post, never the other way round. Nobody
 * comes in and nobody goes out unless the commune's officer has said so. This file is the shape of the mirror and what
 * events of the group change in it. Pure.
 */
export interface CommuneGroup {
  /** Code of the commune; one group each. */
  readonly commune: string;
  readonly state: GroupState;
  /** The messenger's id of it; null while there is none. */
  readonly groupId: string | null;
  readonly name: string;
  /** By which anybody can ask to join; null: not known. */
  readonly link: string | null;
  /** The paid place that it stands in; `validThrough` is the last day, `YYYY-MM-DD`. */
  readonly asset: Pick<GroupAsset, 'id' | 'size' | 'validThrough'> | null;
  readonly members: readonly Member[];
  /** Those known to administer the group. */
  readonly admins: readonly UserKey[];
  /** Who asked to join and waits. */
  readonly pending: readonly Member[];
  /** Who left while they held a post, and when. */
  readonly left: readonly { readonly user: UserKey; readonly at: Date }[];
  /** Who could not be invited, and when that was tried. */
  readonly notInvited: readonly { readonly user: UserKey; readonly at: Date }[];
  /** When the members were last read from the messenger; null: never. */
  readonly comparedAt: Date | null;
  /** What an officer has agreed to and is not done yet. */
  readonly order: Order | null;
  /** The order done last: one that is given again is not done again. */
  readonly lastOrder: string | null;
  /** A creation that was begun and of which nobody knows yet how it ended. */
  readonly creating: { readonly name: string; readonly assetId: string; readonly looks: number } | null;
  /** The difference that the officer was last asked about, and on which day. */
  readonly proposed: { readonly day: string; readonly digest: string } | null;
}

/** `none`: never made. `on`: there. `disabled`: its place has lapsed. `gone`: dissolved, or the account is not in it any more. */
export type GroupState = 'none' | 'on' | 'disabled' | 'gone';

/** Somebody in the group. `name` is how the messenger shows them; empty while it has not said. */
export interface Member {
  readonly user: UserKey;
  readonly name: string;
}

export interface Order {
  /** Of the effect that gave it. */
  readonly id: string;
  readonly kind: 'create' | 'change';
  readonly add: readonly UserKey[];
  readonly accept: readonly UserKey[];
  readonly remove: readonly UserKey[];
  readonly by: UserKey;
  readonly at: Date;
  /** How often it was begun. */
  readonly tries: number;
}

/** The mirror of a commune that has no group. */
export function noGroup(commune: string): CommuneGroup {
  return {
    ...{ commune, state: 'none', groupId: null, name: '', link: null, asset: null },
    ...{ members: [], admins: [], pending: [], left: [], notInvited: [], comparedAt: null },
    ...{ order: null, lastOrder: null, creating: null, proposed: null },
  };
}

/** What the messenger tells of a group's life, in our words. */
export interface GroupEvent {
  readonly what: GroupChanged;
  readonly users: readonly UserKey[];
  readonly at: Date;
}

/**
 * The mirror after the event; the same object when it says nothing new. What happened before the last reading is in that
 * reading already. `isWanted`: whether the person holds a post that belongs in the group; whoever holds one and goes, or
 * is taken out by hand, is not invited again soon.
 */
export function afterEvent(
  group: CommuneGroup,
  event: GroupEvent,
  isWanted: (user: UserKey) => boolean,
): CommuneGroup {
  const { users, at } = event;
  if (event.what === 'dissolved') return group.state === 'gone' ? group : { ...group, state: 'gone' };
  if (group.comparedAt !== null && at < group.comparedAt) return group;
  const isMeant = (user: UserKey): boolean => users.includes(user);
  const others = <T extends { readonly user: UserKey }>(list: readonly T[]): T[] =>
    list.filter(({ user }) => !isMeant(user));
  const named = users.map((user) => nameIn(group, user));
  const admins = group.admins.filter((user) => !isMeant(user));
  switch (event.what) {
    case 'joined':
      return {
        ...group,
        members: [...others(group.members), ...named],
        pending: others(group.pending),
        left: others(group.left),
        notInvited: others(group.notInvited),
      };
    case 'asked':
      return { ...group, pending: [...others(group.pending), ...named] };
    case 'refused':
      return { ...group, pending: others(group.pending) };
    case 'out': {
      const own = new Set(group.order?.remove ?? []);
      const gone = users.filter((user) => isWanted(user) && !own.has(user)).map((user) => ({ user, at }));
      return { ...group, members: others(group.members), left: [...others(group.left), ...gone], admins };
    }
    case 'admin':
      return { ...group, admins: [...admins, ...users] };
    case 'no_admin':
      return { ...group, admins };
  }
}

/** The mirror after its members and those who wait were read. Whoever was in and holds a post, and is out now, has left. */
export function afterReading(
  group: CommuneGroup,
  read: { readonly members: readonly Member[]; readonly pending: readonly Member[] },
  isWanted: (user: UserKey) => boolean,
  at: Date,
): CommuneGroup {
  const inside = new Set(read.members.map(({ user }) => user));
  const waiting = new Set(read.pending.map(({ user }) => user));
  const known = new Set(group.left.map(({ user }) => user));
  const missed = group.members
    .map(({ user }) => user)
    .filter((user) => isWanted(user) && !inside.has(user) && !known.has(user));
  return {
    ...group,
    members: read.members,
    pending: read.pending,
    admins: group.admins.filter((user) => inside.has(user)),
    left: [...group.left, ...missed.map((user) => ({ user, at }))].filter(({ user }) => !inside.has(user)),
    notInvited: group.notInvited.filter(({ user }) => !inside.has(user) && !waiting.has(user)),
    comparedAt: at,
  };
}

/** The mirror without a trace of the person. */
export function withoutPerson(group: CommuneGroup, person: UserKey): CommuneGroup {
  const others = <T extends { readonly user: UserKey }>(list: readonly T[]): T[] =>
    list.filter(({ user }) => user !== person);
  const rest = (list: readonly UserKey[]): UserKey[] => list.filter((user) => user !== person);
  const { order } = group;
  return {
    ...group,
    members: others(group.members),
    pending: others(group.pending),
    left: others(group.left),
    notInvited: others(group.notInvited),
    admins: rest(group.admins),
    order: order && {
      ...order,
      add: rest(order.add),
      accept: rest(order.accept),
      remove: rest(order.remove),
    },
  };
}

function nameIn(group: CommuneGroup, user: UserKey): Member {
  return [...group.members, ...group.pending].find((one) => one.user === user) ?? { user, name: '' };
}
