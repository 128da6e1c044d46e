import type { Words } from '../kernel/i18n';
import { vnDay } from '../kernel/vn-time';
import { unitNameOn } from '../org/names';
import { placeFor } from './assets';
import type { GroupsDeps } from './deps';
import { noGroup, type CommuneGroup } from './group';
import { CREATE_MAX, type Failure, type GroupAsset, type GroupFacts, type GroupHost } from './group-host';
import type { GroupsView } from './groups.view';

/** The console takes no longer name. */
const NAME_MAX = 30;
/** A group that was made shows in the list after a while: it is looked for so often before it is made again. */
const LOOKS = 2;

type Made = { readonly ok: true } | ({ readonly ok: false } & Failure);

const AGAIN: Made = { ok: false, why: 'later', words: null };

/**
 * Makes the group of a commune, once. That it is about to be made is stored first, so that after a crash or an answer that
 * never came it is looked for, by its place and by its name, before anything is made again.
 */
export class GroupMaker {
  constructor(
    private readonly deps: GroupsDeps,
    private readonly view: GroupsView,
  ) {}

  /** `no_place`: no place for a group is free. May be called again at any time; one that is there stays. */
  async make(host: GroupHost, group: CommuneGroup, now: Date): Promise<Made> {
    if (group.state === 'on') return { ok: true };
    const assets = await host.assets();
    if (!assets.ok) return assets;
    const found = await this.lookFor(host, group, assets.value);
    if (found !== null) return found;
    const fresh = { ...noGroup(group.commune), notInvited: group.notInvited };
    const { seats, difference } = await this.view.standing(fresh, now);
    const admins = host.admins();
    const posts = new Set(seats.map(({ id, user }) => user ?? id)).size;
    const place = placeFor(assets.value, posts + admins.length + 1, vnDay(now));
    if (!place) return { ok: false, why: 'no_place', words: null };
    await this.keepPlaces(assets.value, now);
    const room = Math.min(CREATE_MAX, place.size - 1) - admins.length;
    const first = difference.add.filter((user) => !admins.includes(user)).slice(0, Math.max(0, room));
    return this.create(host, group.commune, place, [...admins, ...first], now);
  }

  private async keepPlaces(assets: readonly GroupAsset[], now: Date): Promise<void> {
    const table = await this.deps.repo.assets();
    await this.deps.repo.keepAssets({ at: now, assets, told: table?.told ?? [] });
  }

  private async create(
    host: GroupHost,
    commune: string,
    place: GroupAsset,
    members: readonly string[],
    now: Date,
  ): Promise<Made> {
    const { repo } = this.deps;
    const name = this.nameOf(commune, now);
    const creating = { name, assetId: place.id, looks: 0 };
    await repo.change(commune, (group) => ({ ...group, creating }));
    let made = await host.create({ name, assetId: place.id, members });
    // Somebody among them may not be invited. The others are, one by one, once the group is there.
    if (!made.ok && (made.why === 'people' || made.why === 'full'))
      made = await host.create({ name, assetId: place.id, members: host.admins() });
    if (made.ok) return this.adopt(host, commune, made.value, place);
    if (made.why === 'uncertain') return made;
    await repo.change(commune, (group) => ({ ...group, creating: null }));
    return made.why === 'people' ? { ok: false, why: 'no_admin', words: null } : made;
  }

  /** What became of a creation without an answer; null: nothing, so it may be made anew. Found by its place, or by its name where no other commune has it. */
  private async lookFor(
    host: GroupHost,
    { commune, creating }: CommuneGroup,
    assets: readonly GroupAsset[],
  ): Promise<Made | null> {
    if (!creating) return null;
    const all = await host.all();
    if (!all.ok) return all;
    const place = assets.find(({ id }) => id === creating.assetId);
    for (const facts of all.value) {
      const isMeant = facts.groupId === place?.usedBy || facts.name === creating.name;
      const owner = isMeant ? await this.deps.repo.byGroupId(facts.groupId) : null;
      if (isMeant && (owner === null || owner.commune === commune))
        return this.adopt(host, commune, facts, place ?? null);
    }
    const looked = { ...creating, looks: creating.looks + 1 };
    const enough = looked.looks >= LOOKS;
    await this.deps.repo.change(commune, (group) => ({ ...group, creating: enough ? null : looked }));
    return enough ? null : AGAIN;
  }

  private async adopt(
    host: GroupHost,
    commune: string,
    { groupId, name, link }: GroupFacts,
    place: GroupAsset | null,
  ): Promise<Made> {
    const { repo, log } = this.deps;
    const asset = place && { id: place.id, size: place.size, validThrough: place.validThrough };
    await repo.change(commune, (group) => ({
      ...group,
      ...{ state: 'on', groupId, name, link, asset, admins: host.admins(), creating: null },
      ...{ members: [], pending: [], left: [], notInvited: [], comparedAt: new Date(0), proposed: null },
    }));
    // Without it strangers who have the link come in unasked; they are listed all the same.
    const asks = await host.askBeforeJoining(groupId);
    if (!asks.ok) log.warn({ commune, why: asks.why }, 'a group lets in whoever has its link');
    return { ok: true };
  }

  /** «Học vụ số xã Tân Hòa» */
  private nameOf(commune: string, now: Date): string {
    return groupName(this.deps.wordsFor(null), unitNameOn(this.deps.directory.tree, commune, vnDay(now)));
  }
}

/** The name of a commune's group, no longer than the messenger takes; by it the group is found again. */
export function groupName(words: Words, unit: string): string {
  const whole = words.t('groups:name', { unit });
  return [...([...whole].length <= NAME_MAX ? whole : unit)].slice(0, NAME_MAX).join('').trim();
}
