import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { Office } from './office';

/** Days on which whoever holds a post is away from it: the post stays theirs, and what cannot wait goes to others. Pure. */
export interface Leave {
  /** The effect that noted it. */
  readonly id: string;
  /** Both included, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** Whether the holder is away on that day; it ends by itself. */
export function isAway({ leave }: Pick<Office, 'leave'>, day: string): boolean {
  return leave != null && leave.from <= day && day <= leave.to;
}

/** The same posts, those whose holders are there in front. */
export function thereFirst<O extends Pick<Office, 'leave'>>(posts: readonly O[], day: string): O[] {
  return [...posts.filter((post) => !isAway(post, day)), ...posts.filter((post) => isAway(post, day))];
}

/** The leave of somebody who is away on that day; null: they are there. */
export function leaveOf(
  directory: { officesOf(user: UserKey, at: Date): readonly Office[] },
  user: UserKey,
  at: Date,
): Leave | null {
  const day = vnDay(at);
  return directory.officesOf(user, at).find((post) => isAway(post, day))?.leave ?? null;
}
