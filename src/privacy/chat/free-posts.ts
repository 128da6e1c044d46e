import type { UserKey } from '../../kernel/ids';
import type { Words } from '../../kernel/i18n';
import { vnDay } from '../../kernel/vn-time';
import { addressVars } from '../../org/chat/people';
import type { OrgDirectory } from '../../org/directory';
import { unitName } from '../../org/names';
import { mayReport } from '../../org/roles';
import type { Enqueue } from '../../outbox/outbox-row';

/**
 * The commune hears that a post is free, so that the month does not stay without its figures. No name is told. Ids come
 * from the cause, so that told twice is told once.
 */
export function tellOfFreePosts(deps: {
  readonly directory: OrgDirectory;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
}) {
  const { directory, enqueue, wordsFor } = deps;
  return async (user: UserKey, at: Date, cause: string): Promise<void> => {
    const day = vnDay(at);
    for (const office of directory.officesOf(user, at)) {
      const unit = directory.tree.getNearest(office.unit, day);
      if (!mayReport(office.role) || !unit?.parent) continue;
      for (const officer of directory.holdersOf(unit.parent, ['commune_officer'])) {
        const words = wordsFor(officer.user);
        const text = words.t('onboarding:withdrew', { ...addressVars(words, officer), unit: unitName(unit) });
        await enqueue([
          {
            id: `${cause}:${office.id}:${officer.id}`,
            to: officer.user,
            purpose: 'notice',
            message: { kind: 'text', text },
            cause,
            createdAt: at,
          },
        ]);
      }
    }
  };
}
