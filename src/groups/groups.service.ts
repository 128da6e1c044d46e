import type { UserKey } from '../kernel/ids';
import type { GroupsDeps } from './deps';
import { communesInChargeOf, seatsOf } from './difference';
import { afterEvent, type CommuneGroup, type GroupEvent, type Order } from './group';
import { groupPayload } from './group-words';
import { tellInCharge } from './notices';

export type Done = 'done' | 'conflict';

/** Somebody in charge agreed to something. */
export interface Agreement {
  /** Of the effect. */
  readonly id: string;
  readonly commune: string;
  readonly by: UserKey;
  readonly at: Date;
}

export interface ChangeAgreed extends Agreement {
  readonly add: readonly UserKey[];
  readonly accept: readonly UserKey[];
  readonly remove: readonly UserKey[];
}

/** What is written about groups: what officers agree to, and what the messenger tells of them. All of it may be repeated. */
export class GroupsService {
  constructor(private readonly deps: GroupsDeps) {}

  /** Has a group made. `conflict`: the right is gone, there is one already, or another order waits. */
  async create(act: Agreement): Promise<Done> {
    const nobody: readonly UserKey[] = [];
    const order = { kind: 'create' as const, add: nobody, accept: nobody, remove: nobody };
    return this.give(act, order, ({ state }) => state === 'none' || state === 'gone');
  }

  /** Has exactly these people invited, let in and taken out. `conflict`: the right is gone, there is no group, or another order waits. */
  async change(act: ChangeAgreed): Promise<Done> {
    const { add, accept, remove } = act;
    return this.give(act, { kind: 'change', add, accept, remove }, ({ state }) => state === 'on');
  }

  /** Somebody who left wants to be asked again. */
  async comeBack({ commune, by }: Agreement): Promise<Done> {
    await this.deps.repo.change(commune, (group) =>
      group.left.some(({ user }) => user === by)
        ? { ...group, left: group.left.filter(({ user }) => user !== by) }
        : group,
    );
    return 'done';
  }

  /** Something happened in a group. One that is not ours is left alone. */
  async noteEvent(groupId: string, event: GroupEvent): Promise<void> {
    const { repo, directory } = this.deps;
    const found = await repo.byGroupId(groupId);
    if (!found) return;
    const { commune } = found;
    const wanted = new Set(seatsOf(directory, commune, event.at).flatMap(({ user }) => user ?? []));
    const group = await repo.change(commune, (now) =>
      now.groupId === groupId ? afterEvent(now, event, (user) => wanted.has(user)) : now,
    );
    if (event.what === 'dissolved' && group.state === 'gone') await this.tellGone(group, event.at);
  }

  /** The group is there no more: posting stops, and a new one is offered. Said once. */
  async tellGone({ commune, groupId, name }: CommuneGroup, at: Date): Promise<void> {
    await tellInCharge(
      this.deps,
      {
        ...{ id: `group-gone:${groupId}`, commune, key: 'groups:gone' },
        vars: () => ({ name }),
        choices: (words) => [
          { label: words.t('groups:buttons.rebuild'), payload: groupPayload('LAP', commune) },
        ],
      },
      at,
    );
  }

  private async give(
    act: Agreement,
    what: Pick<Order, 'kind' | 'add' | 'accept' | 'remove'>,
    fits: (group: CommuneGroup) => boolean,
  ): Promise<Done> {
    const { id, commune, by, at } = act;
    const before = await this.deps.repo.get(commune);
    if (before.lastOrder !== id && before.order?.id !== id) {
      if (!(await this.mayDecide(by, commune, at))) return 'conflict';
      const after = await this.deps.repo.change(commune, (group) =>
        group.order === null && fits(group) ? { ...group, order: { ...what, id, by, at, tries: 0 } } : group,
      );
      if (after.order?.id !== id) return 'conflict';
    }
    await this.deps.audit.note({
      ...{ id: `group:${id}`, at, by, unit: commune, subject: 'group', act: `group.${what.kind}_agreed` },
      after: { add: what.add.length, accept: what.accept.length, remove: what.remove.length },
    });
    this.deps.wake();
    return 'done';
  }

  /** In memory first, then in the store: the post may have gone to somebody else meanwhile. Nobody, where no group can be made. */
  private async mayDecide(user: UserKey, commune: string, at: Date): Promise<boolean> {
    const { directory, org, host } = this.deps;
    return (
      host !== null &&
      host.admins().length > 0 &&
      communesInChargeOf(directory, user, at).includes(commune) &&
      (await org.mayWriteFor({ user, unit: commune, onBehalf: false, at }))
    );
  }
}
