import type { StoredEvent } from '../channels/stored-event';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Words } from '../kernel/i18n';
import { addressVars } from '../org/chat/people';
import type { Takeovers } from '../handover/takeovers';
import { channelUserId, sha256Hex, type UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { Enqueue } from '../outbox/outbox-row';
import type { OwnSends } from '../outbox/send-records';
import { answerGroup, answerVisitor, type OutsiderFacts } from './outsiders';

export interface OutsiderEventDeps {
  readonly contacts: Pick<ContactsRepo, 'noteInteraction'>;
  readonly takeovers: Pick<Takeovers, 'isSilent'>;
  readonly ownSends: OwnSends;
  readonly enqueue: Enqueue;
  readonly outsiders: () => OutsiderFacts;
  readonly wordsFor: (user: UserKey) => Words;
  /** Whether a word in a group counts as an interaction of the member who said it. */
  readonly groupOpensWindow: boolean;
}

/** What visitors and groups say, with whom there is no talk: answered once each, by an id of the event. */
export function outsiderEvents(deps: OutsiderEventDeps) {
  const { contacts, takeovers, ownSends } = deps;

  async function say(
    stored: StoredEvent,
    to: UserKey,
    texts: readonly string[],
    idBase: string,
    quote?: string,
  ): Promise<void> {
    await deps.enqueue(
      texts.map((text, n) => ({
        id: `${idBase}${n}`,
        to,
        purpose: 'reply' as const,
        message: { kind: 'text' as const, text, ...(quote === undefined ? {} : { quote }) },
        cause: stored.id,
        createdAt: stored.arrivedAt,
      })),
    );
  }

  return {
    async anonymous(stored: StoredEvent): Promise<void> {
      const { event, eventAt, arrivedAt } = stored;
      const { from } = event;
      if (from === undefined) return;
      await contacts.noteInteraction(from, eventAt);
      if (await takeovers.isSilent(from, arrivedAt)) return;
      const { once, texts } = answerVisitor(event, deps.outsiders());
      await say(stored, from, texts, once ? `${from}:hello` : `${stored.id}:r`);
    },

    /** Whoever put a secret into what is no message is warned like everybody. */
    async reaction(stored: StoredEvent): Promise<void> {
      const { user, event, arrivedAt } = stored;
      if (user === null || event.secrets.length === 0 || (await takeovers.isSilent(user, arrivedAt))) return;
      const words = deps.wordsFor(user);
      const text = words.t('common:secret_warning_short', addressVars(words, null));
      await say(stored, user, [text], `${stored.id}:r`);
    },

    /**
     * The private chat is where things are done: who spoke to the bot is told so, where they said it; who types figures
     * among others too, once a day.
     */
    async group(stored: StoredEvent): Promise<void> {
      const { event, eventAt, arrivedAt } = stored;
      if (event.from !== undefined && deps.groupOpensWindow)
        await contacts.noteInteraction(event.from, eventAt);
      if (event.group === undefined || event.from === undefined) return;
      const quotesUs = event.quote !== undefined && (await ownSends.isOurs(null, [event.quote]));
      const answer = answerGroup(event, quotesUs, deps.outsiders());
      if (answer === null) return;
      // The person's own id must not stand in what outlives them.
      const who = sha256Hex(event.from).slice(0, 16);
      const once = `group-detour:${channelUserId(event.group)}:${who}:${vnDay(arrivedAt)}:`;
      const id = answer.once ? once : `${stored.id}:r`;
      await say(stored, event.group, [answer.text], id, event.messageId);
    },
  };
}
