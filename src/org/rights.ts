import { vnDay } from '../kernel/vn-time';
import type { UserKey } from '../kernel/ids';
import type { LossOfPost, Office } from './office';
import { isHandedOver } from './hand-over';
import { agreeingRoles, can, unitsActedFor, type Role } from './roles';
import type { UnitTree } from './units';

/** Who may act for a unit, and why somebody who could may no longer. Pure: what is known is handed in. */

/** Whether one of the person's `posts` acts for the unit itself, which must hold on the day of `at`. */
export function mayActFor(posts: readonly Office[], tree: UnitTree, unit: string, at: Date): boolean {
  const day = vnDay(at);
  return (
    tree.get(unit, day) !== null &&
    posts.some((post) => holdsOffice(post, day) && unitsActedFor(post).includes(unit))
  );
}

/** Whether one of the `posts` may enter figures on behalf of the unit: an officer's or chair's of its commune, or the department's. */
export function mayActOnBehalf(posts: readonly Office[], tree: UnitTree, unit: string, at: Date): boolean {
  const day = vnDay(at);
  return posts.some(
    (post) =>
      holdsOffice(post, day) &&
      can(post.role, 'enters_on_behalf') &&
      post.unit !== unit &&
      tree.isWithin(unit, post.unit, day),
  );
}

/** Whether one of the `posts`, in one of these roles, is held at the unit or above it. */
export function holdsAbove(
  posts: readonly Office[],
  tree: UnitTree,
  unit: string,
  roles: readonly Role[],
  at: Date,
): boolean {
  const day = vnDay(at);
  return posts.some(
    (post) => holdsOffice(post, day) && roles.includes(post.role) && tree.isWithin(unit, post.unit, day),
  );
}

/** Whether the person with these `posts` says who holds that one: as its role has it, at every level, and never of a post of their own. */
export function saysWhoHolds(
  posts: readonly Office[],
  tree: UnitTree,
  post: Pick<Office, 'unit' | 'role' | 'user'>,
  at: Date,
): boolean {
  const own = post.user !== null && posts.some(({ user }) => user === post.user);
  return !own && holdsAbove(posts, tree, post.unit, agreeingRoles(post.role), at);
}

/** Whether the post lasts on that day for whoever holds it: its last day, where one is set, is not over, and nobody else's has begun. */
export function holdsOffice(post: Pick<Office, 'ends' | 'handover'>, day: string): boolean {
  return (post.ends == null || day <= post.ends) && !isHandedOver(post, day);
}

/** Why a person who could act for a unit can no longer. `since` is the first day without it. */
export type LostRight =
  | { readonly why: 'merged' | 'split'; readonly since: string; readonly into: readonly string[] }
  | { readonly why: 'unit_ended'; readonly since: string }
  | { readonly why: LossOfPost };

/**
 * Why the person may no longer act for the unit; null when they may, or never could. `held` are the posts they hold or
 * held at any time, those of units that ended among them.
 */
export function lostRight(
  user: UserKey,
  held: readonly Office[],
  tree: UnitTree,
  unit: string,
  at: Date,
): LostRight | null {
  const day = vnDay(at);
  const posts = held.filter((post) => unitsActedFor(post).includes(unit));
  const mine = posts.filter((post) => post.user === user);
  if (mayActFor(mine, tree, unit, at) || posts.length === 0) return null;
  const end = tree.endOf(unit, day);
  if (end) {
    if (end.into.length === 0) return { why: 'unit_ended', since: end.since };
    return { why: end.into.length === 1 ? 'merged' : 'split', ...end };
  }
  if (mine.length > 0) return { why: 'ended' };
  const losses = posts.flatMap((post) => (post.former ?? []).filter((one) => one.user === user));
  return { why: losses.at(-1)?.why ?? 'ended' };
}
