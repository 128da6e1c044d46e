import type { UserKey } from '../kernel/ids';
import type { NewOutboxMessage, OutboxRow } from './outbox-row';
import { isGroup, isPhone } from './policy';

/** How ids of such words end. */
export const PERHAPS_LOST = ':perhaps-lost';

/**
 * The word to a person whose answer may not have arrived, and never will be known to have: one for each cause, however
 * many rows of it were cut off, and none for a word of this kind. Null where nobody waits for an answer. It counts as part
 * of the answer, so it leaves by the window that was open for that.
 */
export function perhapsLost(row: OutboxRow, sayTo: (user: UserKey) => string): NewOutboxMessage | null {
  const { to, purpose, cause, createdAt } = row;
  if (purpose !== 'reply' || isGroup(to) || isPhone(to) || row.id.endsWith(PERHAPS_LOST)) return null;
  const message = { kind: 'text', text: sayTo(to) } as const;
  return { id: `${cause}${PERHAPS_LOST}`, to, purpose, message, cause, createdAt };
}
