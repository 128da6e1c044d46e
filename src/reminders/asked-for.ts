import type { UserKey } from '../kernel/ids';
import type { OutboxRow } from '../outbox/outbox-row';

/** Reminders that a person asked for: «nhắc tôi lúc 19:00». They do not count as the one of the day. */

/** The id of the reminder that this act of the person asks for. */
export function askedForId(effectId: string, user: UserKey): string {
  return `asked:${effectId}:${user}`;
}

export function isAskedFor(row: Pick<OutboxRow, 'id'>): boolean {
  return row.id.startsWith('asked:');
}
