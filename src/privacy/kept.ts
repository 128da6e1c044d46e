import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Preferences } from '../contacts/preferences';
import type { Kept } from '../contacts/kept';
import type { Thread } from '../handover/thread';
import type { UserKey } from '../kernel/ids';

export interface KeptDeps {
  readonly contacts: Pick<ContactsRepo, 'get'>;
  readonly preferences: Pick<Preferences, 'localeOf' | 'addressOf' | 'mannerOf'>;
  readonly classes: {
    signedUpBefore(user: UserKey, at: Date): Promise<number>;
    wishesOf(user: UserKey): Promise<readonly string[]>;
  };
  readonly threads: { of(user: UserKey): Promise<readonly Thread[]> };
}

/** Reads it from where each part keeps it. */
export function createKept({ contacts, preferences, classes, threads }: KeptDeps) {
  return async (user: UserKey, at: Date): Promise<Kept> => {
    const [contact, classesBefore, wishes, talks] = await Promise.all([
      contacts.get(user),
      classes.signedUpBefore(user, at),
      classes.wishesOf(user),
      threads.of(user),
    ]);
    const last = talks.at(-1)?.openedAt;
    return {
      lastWroteAt: contact?.lastInteractionAt ?? null,
      usualHour: Object.keys(contact?.wrote ?? {}).length > 0,
      locale: preferences.localeOf(user),
      address: preferences.addressOf(user),
      manner: preferences.mannerOf(user),
      classesBefore,
      wishes: [...new Set(wishes)],
      talks: last ? { count: talks.length, last } : null,
    };
  };
}
