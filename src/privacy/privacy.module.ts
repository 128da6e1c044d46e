import type { Connection } from 'mongoose';
import type { StoredEvent } from '../channels/stored-event';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import type { OrgDirectory } from '../org/directory';
import type { Enqueue } from '../outbox/outbox-row';
import { privacyEffects } from './chat/privacy-effects';
import { tellOfFreePosts } from './chat/free-posts';
import { createEraseAsked } from './erase-asked';
import { createErasePerson, type EraseDeps } from './erase-person';
import { createErasuresRepo } from './erasures.repo';
import { createKept, type KeptDeps } from './kept';
import { privacyJobs } from './privacy.jobs';

export interface PrivacyModuleDeps extends Omit<EraseDeps, 'directory' | 'settled'> {
  readonly keptIn: KeptDeps;
  readonly connection: Connection;
  readonly directory: OrgDirectory;
  readonly outbox: { readonly enqueue: Enqueue; settled(user?: UserKey): Promise<void> };
  readonly wordsFor: (user: UserKey) => Words;
}

/** Who wants to be forgotten is: on the messenger's word at once, on their own a moment after they were answered. */
export function openPrivacy(deps: PrivacyModuleDeps) {
  const { connection, directory, outbox, wordsFor } = deps;
  const erasePerson = createErasePerson({ ...deps, settled: (user) => outbox.settled(user) });
  const tell = tellOfFreePosts({ directory, enqueue: outbox.enqueue, wordsFor });
  const forget = async (user: UserKey, at: Date, cause: string): Promise<void> => {
    await tell(user, at, cause);
    await erasePerson(user, at);
  };
  const asked = createEraseAsked({ repo: createErasuresRepo(connection), forget });
  return {
    kept: createKept(deps.keptIn),
    effects: privacyEffects(asked),
    events: withdrawalEvents(forget),
    jobs: privacyJobs((now) => asked.eraseAsked(now)),
  };
}

/** The person withdrew their consent with the messenger. */
export function withdrawalEvents(forget: (user: UserKey, at: Date, cause: string) => Promise<void>) {
  return {
    async withdrawn({ id, user, arrivedAt }: StoredEvent): Promise<void> {
      if (user !== null) await forget(user, arrivedAt, id);
    },
  };
}
