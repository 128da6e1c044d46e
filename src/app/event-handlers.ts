import type { InboundEvent } from '../channels/channel';
import { answerGroup, answerVisitor, type OutsiderFacts } from '../dialogs/outsiders';
import type { ThreadSweep } from '../handover/chat/thread-sweep';
import type { Takeovers } from '../handover/takeovers';
import type { InboxRow } from '../inbox/inbox.repo';
import type { UserKey } from '../kernel/ids';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Outbox } from '../outbox/outbox';
import type { OwnSends } from './own-messages';

export interface NoterDeps {
  readonly contacts: Pick<ContactsRepo, 'noteInteraction' | 'noteUnfollowed' | 'noteHuman'>;
  readonly outbox: Pick<Outbox, 'noteReceipts' | 'enqueue'>;
  readonly takeovers: Pick<Takeovers, 'humanWrote' | 'isSilent'>;
  /** Talks between people, which end with the person and are answered in the console too. */
  readonly threads: Pick<ThreadSweep, 'personLeft' | 'answeredByHand'>;
  readonly ownSends: OwnSends;
  /** Forgets what identifies the person, at once; may run twice. */
  readonly erase: (row: InboxRow, user: UserKey) => Promise<void>;
  /** What concerns the account itself and may need an operator. */
  readonly noteAccountEvent: (name: string, data: InboundEvent['data'], at: Date) => Promise<void> | void;
  readonly outsiders: () => OutsiderFacts;
  /** Whether a word in a group counts as an interaction of the member who said it. */
  readonly groupOpensWindow: boolean;
  readonly metrics: Pick<Metrics, 'noted'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/**
 * What is done with events that take no turn in a talk: that somebody can be written to again, that a message arrived
 * or was seen, that a person of the office wrote, that somebody left or wants to be forgotten, what visitors and groups
 * say, and news of the account. Everything here may run twice.
 */
export function createNoter(deps: NoterDeps) {
  const { contacts, outbox, takeovers, threads, ownSends, metrics, log } = deps;

  async function note(row: InboxRow): Promise<void> {
    const { event, user } = row;
    metrics.noted(event.name);
    if (user !== null && event.opensWindow) await contacts.noteInteraction(user, row.eventAt);
    switch (event.kind) {
      case 'received':
      case 'seen':
        return receipt(row, event.kind);
      case 'reaction':
        // Who reacts to a message has it before them; a reaction that is taken back says nothing new.
        return receipt(row, 'seen');
      case 'echo':
        return echo(row);
      case 'unfollowed':
        if (user !== null) await contacts.noteUnfollowed(user, row.eventAt);
        if (user !== null) await threads.personLeft(user, row.eventAt);
        return;
      case 'withdrawn':
        if (user !== null) await deps.erase(row, user);
        return;
      case 'anonymous':
        return visitor(row);
      case 'group':
        return group(row);
      case 'account':
        return account(row);
      case 'call':
        log.info({ name: event.name, ...event.data }, 'noted');
        return;
      case 'tag':
        // What a tag is called may be a name.
        log.info({ name: event.name }, 'noted');
        return;
      case 'unsupported':
        log.warn({ name: event.name }, 'an event of an unknown kind was stored and left alone');
        return;
      default:
        return;
    }
  }

  async function receipt(row: InboxRow, kind: 'received' | 'seen'): Promise<void> {
    const messageIds = row.event.messageIds ?? [];
    const tracking = row.event.data?.['trackingId'];
    const tracked = typeof tracking === 'string' ? { trackingId: tracking } : {};
    if (messageIds.length > 0 || typeof tracking === 'string')
      await outbox.noteReceipts({ messageIds, ...tracked, kind, at: row.eventAt });
  }

  /** A person of the office wrote by hand. An echo of our own message never silences us, whatever it carries. */
  async function echo(row: InboxRow): Promise<void> {
    const to = row.user ?? row.event.from ?? null;
    if (row.event.byHuman !== true || to === null) return;
    if (await ownSends.isOurs(to, row.event.messageIds ?? [])) return;
    // One that was delivered late does not silence us now.
    const at = row.eventAt < row.arrivedAt ? row.eventAt : row.arrivedAt;
    await threads.answeredByHand(to, at);
    const until = await takeovers.humanWrote(to, at);
    if (until === null) return;
    await contacts.noteHuman(to, until);
    log.info({ until }, 'a person of the office writes in this talk');
  }

  async function visitor(row: InboxRow): Promise<void> {
    const from = row.event.from;
    if (from === undefined) return;
    await contacts.noteInteraction(from, row.eventAt);
    if (await takeovers.isSilent(from, row.arrivedAt)) return;
    const { once, texts } = answerVisitor(row.event, deps.outsiders());
    await say(row, from, texts, once ? `${from}:hello` : `${row.id}:r`);
  }

  /** The private chat is where things are done; only who spoke to the bot is told so, where they said it. */
  async function group(row: InboxRow): Promise<void> {
    const { event } = row;
    if (event.from !== undefined && deps.groupOpensWindow)
      await contacts.noteInteraction(event.from, row.eventAt);
    if (event.group === undefined || event.from === undefined) return;
    const quotesUs = event.quote !== undefined && (await ownSends.isOurs(null, [event.quote]));
    const text = answerGroup(event, quotesUs, deps.outsiders());
    if (text !== null) await say(row, event.group, [text], `${row.id}:r`, event.messageId);
  }

  async function account(row: InboxRow): Promise<void> {
    const { event } = row;
    await deps.noteAccountEvent(event.name, event.data, row.eventAt);
    const { reason: _prose, ...facts } = event.data ?? {};
    log.warn({ name: event.name, ...facts }, 'news of the account');
  }

  async function say(
    row: InboxRow,
    to: UserKey,
    texts: readonly string[],
    idBase: string,
    quote?: string,
  ): Promise<void> {
    await outbox.enqueue(
      texts.map((text, n) => ({
        id: `${idBase}${n}`,
        to,
        purpose: 'reply' as const,
        message: { kind: 'text' as const, text, ...(quote === undefined ? {} : { quote }) },
        cause: row.id,
        createdAt: row.arrivedAt,
      })),
    );
  }

  return {
    /** Beside a turn: the person's window opens with the message itself. May run twice. */
    async before(row: InboxRow): Promise<void> {
      if (row.user !== null && row.event.opensWindow) await contacts.noteInteraction(row.user, row.eventAt);
    },

    /** Events that are no part of a talk. May run twice. */
    note,
  };
}
