import type { Connection } from 'mongoose';
import type { StoredEvent } from '../channels/stored-event';
import type { EffectHandlers } from '../dialogs/feature';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { addressedWords, type Address } from '../kernel/address';
import { contactEffects, type ContactEffect } from './contact-effects';
import { createContactsRepo } from './contacts.repo';
import { Preferences } from './preferences';
import { createPreferencesRepo } from './preferences.repo';

/** Who can be reached, and what they asked for: the parts of this folder, joined. */
export type Contacts = ReturnType<typeof openContacts>;

export function openContacts(deps: {
  readonly connection: Connection;
  /** The words of a language; of those who chose none when it is empty. */
  readonly wordsOf: (locale: string) => Words;
}) {
  const { connection, wordsOf } = deps;
  const repo = createContactsRepo(connection);
  const preferencesRepo = createPreferencesRepo(connection);
  const preferences = new Preferences(preferencesRepo);
  const effects: EffectHandlers<ContactEffect> = contactEffects(preferences);
  return {
    repo,
    preferencesRepo,
    preferences,
    /** In the language and the form of address that the person chose. */
    wordsFor: (user: UserKey): Words =>
      addressedWords(wordsOf(preferences.localeOf(user) ?? ''), preferences.addressOf(user)),
    /** How the person asked to be called; null: they never did. */
    addressOf: (user: UserKey): Address | null => preferences.addressOf(user),
    /** Whether the person asked us not to write unasked. */
    isMuted: (user: UserKey): boolean => preferences.isMuted(user),
    effects,
    events: contactEvents(repo),
  };
}

/** Somebody left the account: they are written to no more. */
export function contactEvents(contacts: { noteUnfollowed(user: UserKey, at: Date): Promise<void> }) {
  return {
    async unfollowed({ user, eventAt }: StoredEvent): Promise<void> {
      if (user !== null) await contacts.noteUnfollowed(user, eventAt);
    },
  };
}
