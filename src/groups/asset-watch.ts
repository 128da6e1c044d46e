import { dayIn } from '../kernel/moment';
import { vnDay } from '../kernel/vn-time';
import { unitNameOn } from '../org/names';
import { holdsOffice } from '../org/rights';
import { lapsing, type Lapsing } from './assets';
import { rolesThat } from '../org/roles';
import type { GroupsDeps } from './deps';
import type { Holder } from './difference';
import type { GroupHost } from './group-host';

/** Counts the places for groups once a night, and says 30, 14 and 3 days ahead that one in use will lapse. */
export class AssetWatch {
  constructor(private readonly deps: GroupsDeps) {}

  /** Run again in the same night it reads nothing. Not answered: it is tried again in a minute. */
  async look(host: GroupHost, now: Date): Promise<void> {
    const { repo, log } = this.deps;
    const day = vnDay(now);
    if ((await repo.doneOn('look')) === day) return;
    const read = await host.assets();
    if (!read.ok && read.why === 'later') return;
    if (!read.ok) log.warn({ why: read.why }, 'the places for groups could not be read');
    if (read.ok) {
      const table = await repo.assets();
      const { ring, told } = lapsing(read.value, table?.told ?? [], day);
      if (ring.length > 0) await this.tell(ring, day, now);
      await repo.keepAssets({ at: now, assets: read.value, told });
    }
    await repo.noteDone('look', day);
  }

  private async tell(ring: readonly Lapsing[], day: string, now: Date): Promise<void> {
    const { enqueue, wordsFor, addressVars, log } = this.deps;
    const communes = await Promise.all(ring.map(({ asset }) => this.nameOf(asset.usedBy, day)));
    log.warn(
      { places: ring.length, days: Math.min(...ring.map(({ days }) => days)) },
      'places of groups lapse soon: renew them, or the groups are closed',
    );
    await enqueue(
      this.buyers(day).map((holder) => {
        const words = wordsFor(holder.user);
        const lines = ring.map(({ asset, days }, i) =>
          words.t('groups:lapsing.line', {
            name: communes[i] ?? words.t('groups:lapsing.unknown'),
            ...{ days: Math.max(0, days), day: dayIn(asset.validThrough ?? '') },
          }),
        );
        const text = words.t('groups:lapsing.told', {
          ...addressVars(words, holder),
          lines: lines.join('\n'),
        });
        return {
          id: `group-assets:${day}:${holder.id}`,
          ...{ to: holder.user, purpose: 'notice' as const, cause: 'groups.run', createdAt: now },
          message: { kind: 'text' as const, text },
        };
      }),
    );
  }

  private async nameOf(groupId: string | null, day: string): Promise<string | null> {
    const { repo, directory } = this.deps;
    const group = groupId === null ? null : await repo.byGroupId(groupId);
    return group ? unitNameOn(directory.tree, group.commune, day) : null;
  }

  private buyers(day: string): readonly Holder[] {
    const all = this.deps.directory
      .all()
      .filter(
        (office): office is Holder => office.user !== null && !office.closed && holdsOffice(office, day),
      );
    // The operator first, where there is one.
    for (const role of rolesThat('buys_groups').toReversed()) {
      const held = all.filter((office) => office.role === role);
      if (held.length > 0) return held;
    }
    return [];
  }
}
