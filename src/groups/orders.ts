import type { UserKey } from '../kernel/ids';
import { messageOf } from '../kernel/errors';
import { chunks } from '../kernel/lists';
import { MINUTE } from '../kernel/vn-time';
import type { GroupsDeps } from './deps';
import type { CommuneGroup, Order } from './group';
import type { Failure, GroupHost } from './group-host';
import { GroupMaker } from './group-maker';
import { some } from './group-words';
import type { GroupsView } from './groups.view';
import { tellInCharge } from './notices';
import type { Reading } from './reading';

/** Nobody else takes an order for so long. */
const IN_HAND_MS = 5 * MINUTE;
/** So often an order is begun, a minute apart, while the messenger cannot be asked. */
const MOST_TRIES = 120;
const AT_ONCE = 50;

/** How far an order came: everything that can be done is, or it is begun again in a minute. */
type Carried = { readonly end: 'done' | 'again' } | { readonly end: 'failed'; readonly failure: Failure };

/**
 * Carries out what officers have agreed to, and nothing else: who has lost or taken a post meanwhile is left out. Begun
 * again after a crash it goes on where it was, since what is done shows in the group itself.
 */
export class Orders {
  private readonly maker: GroupMaker;

  constructor(
    private readonly deps: GroupsDeps,
    private readonly view: GroupsView,
    private readonly reading: Reading,
  ) {
    this.maker = new GroupMaker(deps, view);
  }

  async run(host: GroupHost, now: Date): Promise<void> {
    const { repo, log } = this.deps;
    for (const { commune } of await repo.ordered()) {
      if (!(await repo.take(commune, now, new Date(now.getTime() + IN_HAND_MS)))) continue;
      try {
        await this.carryOut(host, commune, now);
      } catch (error) {
        // One commune's trouble is not the next one's; the order stays and is begun again.
        log.error({ commune, reason: messageOf(error) }, 'an order for a group broke off');
      } finally {
        await repo.release(commune);
      }
    }
  }

  private async carryOut(host: GroupHost, commune: string, now: Date): Promise<void> {
    const { repo } = this.deps;
    const begun = await repo.change(commune, (group) =>
      group.order ? { ...group, order: { ...group.order, tries: group.order.tries + 1 } } : group,
    );
    const { order } = begun;
    if (!order) return;
    const carried = await this.carried(host, begun, order, now);
    if (carried.end === 'again' && order.tries < MOST_TRIES) return;
    const done = await repo.change(commune, (group) =>
      group.order?.id === order.id ? { ...group, order: null, lastOrder: order.id } : group,
    );
    const failure: Failure = { why: 'later', words: null };
    await this.tell(done, order, carried.end === 'again' ? { end: 'failed', failure } : carried, now);
  }

  private async carried(host: GroupHost, group: CommuneGroup, order: Order, now: Date): Promise<Carried> {
    const made = order.kind === 'create' ? await this.maker.make(host, group, now) : { ok: true as const };
    if (!made.ok) return stopped(made);
    const read = await this.reading.of(host, await this.deps.repo.get(group.commune), now);
    if (!read.ok) return stopped(read);
    const failure = await this.changeMembers(host, read.value, order, now);
    if (failure !== null && failure.why !== 'full') return stopped(failure);
    const after = await this.reading.of(host, await this.deps.repo.get(group.commune), now);
    if (!after.ok) return stopped(after);
    return failure === null ? { end: 'done' } : { end: 'failed', failure };
  }

  private async changeMembers(
    host: GroupHost,
    group: CommuneGroup,
    order: Order,
    now: Date,
  ): Promise<Failure | null> {
    const { groupId } = group;
    if (groupId === null || group.state !== 'on') return { why: 'lapsed', words: null };
    const { difference } = await this.view.standing(group, now);
    const agreed = (wanted: readonly UserKey[], list: readonly UserKey[]): UserKey[] =>
      order.kind === 'create' ? [...wanted] : wanted.filter((user) => list.includes(user));
    const invited = await this.invite(host, group, agreed(difference.add, order.add), now);
    if (invited !== null) return invited;
    const accept = agreed(difference.accept, order.accept);
    const accepted = accept.length > 0 ? await host.accept(groupId, accept) : null;
    if (accepted && !accepted.ok) return accepted;
    const remove = difference.remove.filter((user) => order.remove.includes(user));
    const removed = remove.length > 0 ? await host.remove(groupId, remove) : null;
    return removed && !removed.ok ? removed : null;
  }

  /** All at once, and one by one where somebody among them may not be invited; who may not is noted. */
  private async invite(
    host: GroupHost,
    { commune, groupId }: CommuneGroup,
    users: readonly UserKey[],
    now: Date,
  ): Promise<Failure | null> {
    const notInvited: UserKey[] = [];
    let failure: Failure | null = null;
    for (const some of chunks(users, AT_ONCE)) {
      const all = await host.invite(groupId as string, some);
      if (!all.ok && all.why !== 'people') failure = all;
      if (!all.ok && all.why === 'people')
        for (const user of some) {
          const one = await host.invite(groupId as string, [user]);
          if (one.ok) continue;
          if (one.why === 'people') notInvited.push(user);
          else failure = one;
          if (failure) break;
        }
      if (failure) break;
    }
    if (notInvited.length > 0)
      await this.deps.repo.change(commune, (group) => ({
        ...group,
        notInvited: [
          ...group.notInvited.filter(({ user }) => !notInvited.includes(user)),
          ...notInvited.map((user) => ({ user, at: now })),
        ],
      }));
    return failure;
  }

  /** What became of it, to whoever asked and whoever is in charge. Counted in the group itself, so it holds after a second beginning too. */
  private async tell(group: CommuneGroup, order: Order, carried: Carried, now: Date): Promise<void> {
    const { commune, name, members, asset } = group;
    const inside = new Set(members.map(({ user }) => user));
    const standing = await this.view.standing(group, now);
    const { notFollowing } = standing.difference;
    const failure = carried.end === 'failed' ? carried.failure : null;
    const removed = order.remove.filter((user) => !inside.has(user)).length;
    const done = order.kind === 'create' ? 'create' : removed > 0 ? 'changed' : 'invited';
    const key =
      failure === null
        ? `groups:done.${done}`
        : `groups:failed.${failure.words === null ? failure.why : 'words'}`;
    if (failure !== null)
      this.deps.log.warn(
        { commune, order: order.kind, why: failure.why },
        'a group was not changed as agreed',
      );
    await tellInCharge(
      this.deps,
      {
        ...{ id: `group-done:${order.id}`, commune, key, also: order.by },
        vars: (words) => {
          const names = this.view.names(words, commune, now);
          const shown = notFollowing.map(names.of);
          return {
            ...{ name, size: asset?.size ?? 0, members: members.length },
            reason: failure?.words ? words.t(failure.words) : '',
            added: order.add.concat(order.accept).filter((user) => inside.has(user)).length,
            removed,
            rest:
              shown.length === 0
                ? ''
                : `\n${words.t('groups:not_invited', { count: shown.length, names: some(words, shown) })}`,
          };
        },
      },
      now,
    );
  }
}

function stopped(failure: Failure): Carried {
  const again = failure.why === 'later' || failure.why === 'uncertain' || failure.why === 'asset';
  return again ? { end: 'again' } : { end: 'failed', failure };
}
