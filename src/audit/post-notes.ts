import type { OfficeDoc } from '../org/org.model';
import type { OrgRepo } from '../org/org.repo';
import type { AuditNote } from './entry';
import type { AuditSource } from './audit.service';

/** Who took and who lost a post, out of the posts themselves. */

/** Every claim and every end that the post remembers. `now` stands for an end without an instant of its own, as earlier versions wrote it. */
export function notesOfPost(post: OfficeDoc, now: Date): AuditNote[] {
  const { _id: office, unit, role, former } = post;
  const about = { unit, subject: `post/${office}` };
  const holdings = [
    ...former.map(({ user, from, claimEffect }) => ({ user, from, claimEffect })),
    { user: post.user, from: post.claimedAt, claimEffect: post.claimEffect },
  ];
  const claimed = holdings.flatMap(({ user, from, claimEffect }): AuditNote[] => {
    // Of earlier versions, which did not say by what; it was noted while they held the post.
    if (user === null || from === null || claimEffect === undefined) return [];
    return [
      {
        ...{ id: `post:claimed:${office}:${claimEffect ?? from.toISOString()}`, at: from },
        ...{ act: 'post.claimed', by: user, ...about, after: { role } },
        eventId: eventOf(claimEffect),
      },
    ];
  });
  const ended = former.map(({ user: held, to, effectId, why }) => ({
    ...{ id: `post:ended:${office}:${effectId}`, at: to ?? now },
    ...{ act: 'post.ended', by: held, ...about, before: { role } },
    reason: why ?? 'replaced',
    eventId: eventOf(effectId),
  }));
  return [...claimed, ...ended];
}

function eventOf(effect: string | null): string | null {
  return effect === null ? null : effect.slice(0, Math.max(0, effect.lastIndexOf(':'))) || null;
}

/** Looks at the posts when the program begins, and again whenever one of them has changed. */
export function postSource(repo: Pick<OrgRepo, 'revision' | 'offices'>, now: () => Date): AuditSource {
  let looked = false;
  return {
    name: 'posts',
    async since(mark) {
      const { offices } = await repo.revision();
      // A change whose writer died before it could tell of it is found at the next start.
      if (looked && mark === offices) return { notes: [], mark, more: false };
      const notes = (await repo.offices()).flatMap((post) => notesOfPost(post, now()));
      looked = true;
      return { notes, mark: offices, more: false };
    },
  };
}
