import type { UserKey } from '../kernel/ids';
import { dayIn } from '../kernel/moment';
import { vnDay } from '../kernel/vn-time';
import { instantOf } from '../kernel/work-calendar';
import { unitNameOn } from '../org/names';
import { dissolvedOn } from './assets';
import type { GroupsDeps } from './deps';
import { heldOneIn, seatsOf } from './difference';
import { afterReading, type CommuneGroup, type Member } from './group';
import type { Answer, Failure, GroupFacts, GroupHost, Person } from './group-host';
import type { GroupsService } from './groups.service';
import { tellInCharge } from './notices';

/** Minutes after midnight in which groups are compared; one a minute, since everything shares the limit of requests. */
export const NIGHT = { from: 60, to: 7 * 60 } as const;

/** Brings a mirror up to date from the messenger, which knows who is in the group. Events may be lost; this finds what they would have said. */
export class Reading {
  constructor(
    private readonly deps: GroupsDeps,
    private readonly service: Pick<GroupsService, 'tellGone'>,
  ) {}

  /** Compares the group that has waited longest and was not compared since the night began. False: none is left tonight. */
  async next(host: GroupHost, now: Date): Promise<boolean> {
    const { repo, directory, log } = this.deps;
    const group = await repo.nextToCompare(instantOf(vnDay(now), NIGHT.from));
    if (!group) return false;
    const { commune } = group;
    const read = directory.tree.get(commune, vnDay(now))
      ? await this.of(host, group, now)
      : await this.ended(group, now);
    if (read.ok) return true;
    log.warn({ commune, why: read.why }, 'a group could not be compared');
    // The next one is not held up by it.
    await repo.change(commune, (same) => ({ ...same, comparedAt: now }));
    return true;
  }

  /** The mirror as the messenger has it now, stored. A group that is gone or has lapsed is told of. */
  async of(host: GroupHost, group: CommuneGroup, now: Date): Promise<Answer<CommuneGroup>> {
    const { groupId } = group;
    if (groupId === null) return { ok: true, value: group };
    const facts = await host.read(groupId);
    if (!facts.ok) return this.unreadable(host, group, facts, now);
    if (!facts.value.enabled) return { ok: true, value: await this.lapsed(group, now) };
    const members = await host.members(groupId);
    const pending = members.ok ? await host.pending(groupId) : members;
    if (!members.ok) return members;
    if (!pending.ok) return pending;
    return { ok: true, value: await this.keep(group, facts.value, members.value, pending.value, now) };
  }

  private async keep(
    { commune, groupId }: CommuneGroup,
    facts: GroupFacts,
    members: readonly Person[],
    pending: readonly Person[],
    now: Date,
  ): Promise<CommuneGroup> {
    const { repo, directory } = this.deps;
    const wanted = new Set(seatsOf(directory, commune, now).flatMap(({ user }) => user ?? []));
    const table = await repo.assets();
    const place = table?.assets.find(({ id }) => id === facts.assetId);
    // Names of office holders are known; only those of strangers are kept.
    const named = ({ user, name }: Person): Member => ({
      user,
      name: heldOneIn(directory, commune, user) ? '' : name,
    });
    const read = { members: members.map(named), pending: pending.map(named) };
    return repo.change(commune, (same) =>
      same.groupId === groupId
        ? {
            ...afterReading(same, read, (user: UserKey) => wanted.has(user), now),
            ...{ state: 'on' as const, name: facts.name || same.name, link: facts.link ?? same.link },
            asset: place ? { id: place.id, size: place.size, validThrough: place.validThrough } : same.asset,
          }
        : same,
    );
  }

  /** Refused as unknown: only when it is not in the list of all groups either is it taken for gone. */
  private async unreadable(
    host: GroupHost,
    group: CommuneGroup,
    failure: Failure,
    now: Date,
  ): Promise<Answer<CommuneGroup>> {
    if (failure.why === 'lapsed') return { ok: true, value: await this.lapsed(group, now) };
    if (failure.why !== 'unknown_group') return { ok: false, ...failure };
    const all = await host.all();
    if (!all.ok) return all;
    if (all.value.some(({ groupId }) => groupId === group.groupId)) return { ok: false, ...failure };
    const gone = await this.deps.repo.change(group.commune, (same) =>
      same.groupId === group.groupId ? { ...same, state: 'gone', comparedAt: now } : same,
    );
    if (gone.state === 'gone') await this.service.tellGone(gone, now);
    return { ok: true, value: gone };
  }

  private async lapsed(group: CommuneGroup, now: Date): Promise<CommuneGroup> {
    const { commune, groupId, name, asset } = group;
    const disabled = await this.deps.repo.change(commune, (same) => ({
      ...same,
      state: 'disabled',
      comparedAt: now,
    }));
    const until = asset?.validThrough ?? null;
    await tellInCharge(
      this.deps,
      {
        ...{ id: `group-lapsed:${groupId}:${until ?? ''}`, commune },
        key: until === null ? 'groups:lapsed_unknown' : 'groups:lapsed',
        vars: () => ({ name, day: until === null ? '' : dayIn(dissolvedOn(until)) }),
      },
      now,
    );
    return disabled;
  }

  /** The commune was merged: its group is left as it is, and whoever has its villages now is told so, once. */
  private async ended({ commune, name }: CommuneGroup, now: Date): Promise<Answer<CommuneGroup>> {
    const { repo, directory } = this.deps;
    const day = vnDay(now);
    for (const next of directory.tree.endOf(commune, day)?.into ?? []) {
      const vars = () => ({ name, old: unitNameOn(directory.tree, commune, day) });
      await tellInCharge(
        this.deps,
        { id: `group-merged:${commune}`, commune: next, key: 'groups:merged', vars },
        now,
      );
    }
    return { ok: true, value: await repo.change(commune, (same) => ({ ...same, comparedAt: now })) };
  }
}
