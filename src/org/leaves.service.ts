import type { UserKey } from '../kernel/ids';
import type { OrgDirectory } from './directory';
import type { HandOverRepo } from './hand-over.repo';
import type { Leave } from './leave';
import type { OrgRepo } from './org.repo';
import { levelOf, type Role } from './roles';

/** Officers who are away for some days: noted on each of their posts above a village, and taken back. Done twice it is done once. */
export interface LeavesDeps {
  readonly repo: Pick<HandOverRepo, 'setLeave'>;
  readonly orgRepo: Pick<OrgRepo, 'bump' | 'officesOfUser'>;
  readonly directory: OrgDirectory;
}

export type Leaves = ReturnType<typeof createLeaves>;

/** Whether holders of the post are officers, who have working hours and leave. */
export function hasLeave(role: Role): boolean {
  return levelOf(role) !== 'village';
}

export function createLeaves({ repo, orgRepo, directory }: LeavesDeps) {
  async function set(user: UserKey, leave: Leave | null): Promise<boolean> {
    const posts = (await orgRepo.officesOfUser(user)).filter(({ role }) => hasLeave(role));
    for (const post of posts) {
      const doc = await repo.setLeave(post, leave);
      if (doc) directory.put(doc, await orgRepo.bump('offices'));
    }
    return posts.length > 0;
  }

  return {
    /** A newer one takes the place of one noted before. `false`: they hold no such post. */
    take: (user: UserKey, leave: Leave): Promise<boolean> => set(user, leave),

    /** They are back, or do not go after all. */
    end: (user: UserKey): Promise<boolean> => set(user, null),
  };
}
