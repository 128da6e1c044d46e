import type { UserKey } from '../kernel/ids';
import { ASKED_KEPT, countAsked, countTopics, WORDS_KEPT, type AskedCount, type TopicCount } from './asked';
import type { AskedRepo } from './asked.repo';
import { weekOf } from '../reporting/periods';
import type { WishEffect } from './class-effects';

export type AskedService = ReturnType<typeof createAskedService>;

/** Counts what people were stuck at, and remembers who agreed to be invited to a class about it. */
export function createAskedService(deps: {
  readonly repo: AskedRepo;
  readonly communeOf: (user: UserKey, at: Date) => string | null;
}) {
  const { repo, communeOf } = deps;
  return {
    async unsolved(asked: {
      readonly user: UserKey;
      readonly topic: string;
      readonly words?: string;
      readonly at: Date;
    }): Promise<void> {
      const { user, at } = asked;
      await repo.note({ ...asked, week: weekOf(at), commune: communeOf(user, at) });
    },

    async solved({ user, topic, at }: { user: UserKey; topic: string; at: Date }): Promise<void> {
      await repo.solved({ user, topic, week: weekOf(at) });
    },

    async apply(effect: WishEffect): Promise<void> {
      const { user, at } = effect;
      if (effect.kind === 'class.noInvitations') return repo.withdraw(user);
      const { topic, commune } = effect;
      await repo.agree({ user, topic, week: weekOf(at), commune, at });
    },

    /** How many people of the commune were stuck at what, the most first. */
    async countsOf(week: string, commune: string): Promise<AskedCount[]> {
      return countAsked(await repo.ofWeek(week, commune));
    },

    /** The same of every commune, and of the whole province, those included whose commune is not known. */
    async allOf(week: string): Promise<{ readonly communes: AskedCount[]; readonly province: TopicCount[] }> {
      const rows = await repo.ofWeek(week);
      return { communes: countAsked(rows), province: countTopics(rows) };
    },

    take: (what: Parameters<AskedRepo['take']>[0]): Promise<UserKey[]> => repo.take(what),
    agreedTo: (user: UserKey): Promise<readonly string[]> => repo.agreedTo(user),
    erase: (user: UserKey): Promise<void> => repo.erase(user),
    forget: (now: Date): Promise<void> =>
      repo.forget(new Date(now.getTime() - ASKED_KEPT), new Date(now.getTime() - WORDS_KEPT)),
  };
}
