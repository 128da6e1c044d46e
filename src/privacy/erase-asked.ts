import type { UserKey } from '../kernel/ids';
import type { ErasuresRepo } from './erasures.repo';

/** So long after the request, so that the answer to it is out. */
const AFTER_MS = 10_000;

/** Takes requests made in chat and carries them out; both may be repeated. */
export function createEraseAsked(deps: {
  readonly repo: ErasuresRepo;
  readonly forget: (user: UserKey, at: Date, cause: string) => Promise<void>;
}) {
  const { repo, forget } = deps;
  return {
    ask: (id: string, user: UserKey, at: Date): Promise<void> =>
      repo.ask(id, user, at, new Date(at.getTime() + AFTER_MS)),

    async eraseAsked(now: Date): Promise<void> {
      for (const { id, user, at } of await repo.due(now)) {
        await forget(user, at, id);
        await repo.done(id, now);
      }
    },
  };
}
