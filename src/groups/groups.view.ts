import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { Office } from '../org/office';
import { hasUnfollowed } from '../outbox/policy';
import type { GroupsDeps } from './deps';
import { communesInChargeOf, differenceOf, heldOneIn, seatsOf, type Difference } from './difference';
import type { CommuneGroup } from './group';
import type { GroupAsset } from './group-host';
import { namesIn, type Names } from './group-words';

/** Why no group can be made at all: the messenger has none for us, or nobody is named who administers the account. */
export type GroupsOff = 'no_channel' | 'no_admin';

/** How the group of one commune stands. */
export interface Standing {
  readonly off: GroupsOff | null;
  readonly group: CommuneGroup;
  /** The posts that belong in it. */
  readonly seats: readonly Office[];
  readonly difference: Difference;
  /** Whether the commune itself still is: one that was merged has no group of its own any more. */
  readonly lasts: boolean;
}

export interface Places {
  readonly at: Date;
  readonly places: readonly { readonly asset: GroupAsset; readonly commune: string | null }[];
}

/** Groups as a reader sees them. From the mirror; the messenger is asked nothing. */
export class GroupsView {
  constructor(private readonly deps: Pick<GroupsDeps, 'repo' | 'host' | 'directory' | 'contacts'>) {}

  get off(): GroupsOff | null {
    const { host } = this.deps;
    if (host === null) return 'no_channel';
    return host.admins().length === 0 ? 'no_admin' : null;
  }

  async of(commune: string, at: Date): Promise<Standing> {
    return this.standing(await this.deps.repo.get(commune), at);
  }

  async standing(group: CommuneGroup, at: Date): Promise<Standing> {
    const { directory, contacts, host } = this.deps;
    const { commune } = group;
    const seats = seatsOf(directory, commune, at);
    const known = await contacts.getMany(seats.flatMap(({ user }) => user ?? []));
    const tried = new Map(group.notInvited.map((one) => [one.user, one.at]));
    const cannotBeInvited = (user: UserKey): boolean => {
      const contact = known.get(user) ?? null;
      const last = contact?.lastInteractionAt ?? new Date(0);
      return hasUnfollowed(contact) || (tried.get(user) ?? last) > last;
    };
    const difference = differenceOf({
      ...{ group, seats, at, cannotBeInvited, admins: host?.admins() ?? [] },
      heldOne: (user) => heldOneIn(directory, commune, user),
    });
    const lasts = directory.tree.get(commune, vnDay(at)) !== null;
    return { off: this.off, group, seats, difference, lasts };
  }

  /** The communes for whose groups the person answers. */
  inChargeOf(user: UserKey, at: Date): readonly string[] {
    return communesInChargeOf(this.deps.directory, user, at);
  }

  /** The places for groups as last read, and the commune whose group is in each; null: never read. */
  async places(): Promise<Places | null> {
    const { repo } = this.deps;
    const table = await repo.assets();
    if (!table) return null;
    const groups = [...(await repo.inState('on')), ...(await repo.inState('disabled'))];
    const places = table.assets.map((asset) => ({
      asset,
      commune: groups.find(({ groupId }) => groupId === asset.usedBy)?.commune ?? null,
    }));
    return { at: table.at, places };
  }

  names(words: Words, commune: string, at: Date): Names {
    return namesIn(words, this.deps.directory, commune, vnDay(at));
  }
}
