import type { ContactsRepo } from '../outbox/contacts.repo';
import type { Outbox } from '../outbox/outbox';
import type { InboxRow } from '../inbox/inbox.repo';

/** What is remembered of an event besides the talk: that the person can be written to again, that a message arrived or was seen, that they left. */
export function createNoter({
  contacts,
  outbox,
}: {
  contacts: ContactsRepo;
  outbox: Pick<Outbox, 'noteReceipts'>;
}) {
  return {
    /** Before a turn: the person's window opens with the message itself. May run twice. */
    async before(row: InboxRow): Promise<void> {
      if (row.user !== null && row.event.opensWindow) await contacts.noteInteraction(row.user, row.eventAt);
    },

    /** Events that are no part of the talk. May run twice. */
    async note(row: InboxRow): Promise<void> {
      const { event, user } = row;
      if (user !== null && event.opensWindow) await contacts.noteInteraction(user, row.eventAt);
      switch (event.kind) {
        case 'received':
        case 'seen':
          await outbox.noteReceipts({
            messageIds: event.messageIds ?? [],
            kind: event.kind,
            at: row.eventAt,
          });
          return;
        case 'unfollowed':
        case 'withdrawn':
          if (user !== null) await contacts.noteUnfollowed(user, row.eventAt);
          return;
        default:
          return;
      }
    },
  };
}
