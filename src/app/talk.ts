import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config';
import { createConversationRepo } from '../conversation/conversation.repo';
import { HeldConversations } from '../conversation/held';
import { TurnRunner } from '../conversation/run-turn';
import type { AnyEffect } from '../conversation/dialog';
import type { DialogDeps } from '../dialogs/deps';
import type { EffectOutcome } from '../dialogs/feature';
import { createEngine } from '../dialogs/router';
import { spoken } from '../dialogs/spoken';
import { isUnfinished, joinEvents } from '../dialogs/unfinished';
import { systemClock } from '../kernel/clock';
import type { Words } from '../kernel/i18n';
import { addressedWords } from '../kernel/address';
import type { Preferences } from '../contacts/preferences';
import type { Enqueue } from '../outbox/outbox-row';
import type { Stores } from './stores';
import { FEATURES } from './features';

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
  readonly conversations: ReturnType<typeof openConversations>;
  readonly preferences: Preferences;
  readonly wordsOf: (locale: string) => Words;
  readonly enqueue: Enqueue;
  /** What dialogs may read. */
  readonly reads: DialogDeps;
  /** Does one write of a turn. */
  readonly applyEffect: (effect: AnyEffect) => Promise<EffectOutcome>;
}

/** The engine with every feature's dialogs and commands, over the stored states. */
export function openTalk(deps: TalkDeps): TurnRunner<DialogDeps> {
  const { config, conversations, preferences, wordsOf } = deps;
  return new TurnRunner({
    ...conversations,
    machineClock: systemClock,
    owner: randomUUID(),
    singleProcess: deps.singleProcess,
    engine: createEngine(FEATURES),
    deps: deps.reads,
    wordsOf: (locale, user) => addressedWords(wordsOf(locale), preferences.addressOf(user)),
    applyEffect: deps.applyEffect,
    reply: (replies) => deps.enqueue(replies.map((reply) => ({ ...reply, purpose: 'reply' as const }))),
    spokenTo: (user) =>
      spoken(preferences.mannerOf(user), preferences.localeOf(user) ?? config.DEFAULT_LOCALE),
    isUnfinished,
    join: joinEvents,
  });
}
