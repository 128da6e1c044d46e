import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import { vnDay } from '../../kernel/vn-time';
import type { OrgService } from '../../org/org.service';
import { holdsOffice } from '../../org/rights';
import type { Role } from '../../org/roles';
import type { MakeRelease, ReleaseEffect, SettleRelease } from '../releases.service';

/** Making and settling releases; a right that ended since the turn read it is a conflict. */
export function releaseEffects(
  releases: {
    make(effect: MakeRelease): Promise<'done' | 'conflict'>;
    settle(effect: SettleRelease): Promise<'done' | 'conflict'>;
  },
  org: Pick<OrgService, 'mayDo'>,
): EffectHandlers<ReleaseEffect> {
  const holds = (by: UserKey, roles: readonly Role[], at: Date): Promise<boolean> =>
    org.mayDo(by, (posts) => posts.some((post) => roles.includes(post.role) && holdsOffice(post, vnDay(at))));
  return {
    'release.make': async (effect) =>
      (await holds(effect.by, ['department'], effect.at)) ? releases.make(effect) : 'conflict',
    'release.settle': async (effect) =>
      (await holds(effect.by, ['department', 'province'], effect.at)) ? releases.settle(effect) : 'conflict',
  };
}
