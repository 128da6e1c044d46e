import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config';
import { lastContacts } from '../contacts/contacts.repo';
import type { Contacts } from '../contacts/contacts.module';
import { createConversationRepo, HeldConversations } from '../conversation/conversation.repo';
import { payloadUnder } from '../conversation/say';
import { TurnRunner } from '../conversation/run-turn';
import type { AnyEffect } from '../conversation/dialog';
import type { DialogDeps, DialogSettings } from '../dialogs/deps';
import type { EffectOutcome } from '../dialogs/feature';
import { createEngine } from '../dialogs/router';
import { spoken } from '../dialogs/spoken';
import { isUnfinished, joinEvents } from '../dialogs/unfinished';
import { shareCardAddress } from '../http/share-card';
import { systemClock } from '../kernel/clock';
import type { Words } from '../kernel/i18n';
import { addressedWords } from '../kernel/address';
import type { openOutbox } from '../outbox/outbox.module';
import type { Calendars } from '../reporting/deadlines';
import type { ChannelModule } from './channel-module';
import type { Stores } from './stores';
import { FEATURES } from './features';

/** Version of the privacy notice: raise it when `onboarding:notice` changes its meaning, so that it is shown again. */
const NOTICE_VERSION = '2026-1';

/** States of talks: stored, and held by the only process. */
export function openConversations({
  connection,
  singleProcess,
}: Pick<Stores, 'connection' | 'singleProcess'>) {
  return { repo: createConversationRepo(connection, { singleProcess }), held: new HeldConversations() };
}

export interface TalkDeps {
  readonly config: Config;
  readonly singleProcess: boolean;
  readonly calendars: Calendars;
  readonly channelModule: Pick<ChannelModule, 'asksPhone'>;
  readonly conversations: ReturnType<typeof openConversations>;
  readonly contacts: Contacts;
  readonly outbox: Pick<ReturnType<typeof openOutbox>, 'enqueue' | 'rows'>;
  readonly wordsOf: (locale: string) => Words;
  /** What dialogs may read of each feature. */
  readonly reads: Omit<DialogDeps, 'lastContact' | 'shown' | 'offered' | 'settings'>;
  /** Does one write of a turn. */
  readonly applyEffect: (effect: AnyEffect) => Promise<EffectOutcome>;
}

/** The engine with every feature's dialogs and commands, over the stored states. */
export function openTalk(deps: TalkDeps): TurnRunner<DialogDeps> {
  const { config, conversations, contacts, outbox, wordsOf } = deps;
  const { preferences } = contacts;
  return new TurnRunner({
    ...conversations,
    machineClock: systemClock,
    owner: randomUUID(),
    singleProcess: deps.singleProcess,
    engine: createEngine(FEATURES),
    wordsOf: (locale, user) => addressedWords(wordsOf(locale), preferences.addressOf(user)),
    deps: {
      ...deps.reads,
      lastContact: (users) => lastContacts(contacts.repo, users),
      shown: async (user, digit, { id, arrivedAt }) =>
        payloadUnder(await outbox.rows.lastShown(user, id, arrivedAt), digit),
      offered: (user, letters, since) => outbox.rows.offered(user, letters, since),
      settings: settingsOf(deps),
    },
    applyEffect: deps.applyEffect,
    reply: (replies) => outbox.enqueue(replies.map((reply) => ({ ...reply, purpose: 'reply' as const }))),
    spokenTo: (user) =>
      spoken(preferences.mannerOf(user), preferences.localeOf(user) ?? config.DEFAULT_LOCALE),
    isUnfinished,
    join: joinEvents,
  });
}

/** The part of the configuration that dialogs speak of. */
function settingsOf({ config, calendars, channelModule }: TalkDeps): DialogSettings {
  return {
    ...{ calendars, optionalFigures: config.OPTIONAL_FIGURES, undoMinutes: config.UNDO_MINUTES },
    chairConfirms: config.CHAIR_CONFIRMS === 'on',
    noticeVersion: NOTICE_VERSION,
    askPhoneImage: channelModule.asksPhone ? shareCardAddress(config) : null,
  };
}
