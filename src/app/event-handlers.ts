import type { InboundKind } from '../channels/channel';
import type { StoredEvent } from '../channels/stored-event';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { FeatureParts } from './features';

export interface NoterDeps {
  readonly contacts: Pick<ContactsRepo, 'noteInteraction'>;
  /** What each feature does with events that are not talk; those of one kind run in this order. */
  readonly features: readonly FeatureParts[];
  readonly metrics: Pick<Metrics, 'noted'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Kinds of which nothing but the log hears. What a tag is called may be a name, so nothing of it is told. */
const ONLY_LOGGED: ReadonlySet<InboundKind> = new Set(['call', 'tag']);

/**
 * What is done with events that take no turn in a talk: each goes to the features that know its kind. Everything here
 * may run twice.
 */
export function createNoter({ contacts, features, metrics, log }: NoterDeps) {
  /** Beside a turn: the person's window opens with the message itself. */
  async function before({ user, event, eventAt }: StoredEvent): Promise<void> {
    if (user !== null && event.opensWindow) await contacts.noteInteraction(user, eventAt);
  }

  return {
    before,
    async note(stored: StoredEvent): Promise<void> {
      const { kind, name, data } = stored.event;
      metrics.noted(name);
      await before(stored);
      for (const { events } of features) await events?.[kind]?.(stored);
      if (ONLY_LOGGED.has(kind)) log.info({ name, ...(kind === 'call' ? data : {}) }, 'noted');
      if (kind === 'unsupported') log.warn({ name }, 'an event of an unknown kind was stored and left alone');
    },
  };
}

/** News of the account itself, which may need an operator. */
export function accountEvents(
  channelModule: {
    noteAccountEvent?(name: string, data: StoredEvent['event']['data'], at: Date): Promise<void>;
  },
  log: Pick<Logger, 'warn'>,
) {
  return {
    async account({ event, eventAt }: StoredEvent): Promise<void> {
      await channelModule.noteAccountEvent?.(event.name, event.data, eventAt);
      const { reason: _prose, ...facts } = event.data ?? {};
      log.warn({ name: event.name, ...facts }, 'news of the account');
    },
  };
}
