import type { AuditNote } from '../audit/entry';
import type { UserKey } from '../kernel/ids';
import type { Thread } from './thread';

/** What a write of a thread was, for the audit; null for lines and notes, whose words stand in no entry. `by` null: the calendar. */
export function threadNote(
  effect: string,
  before: Thread | null,
  after: Thread,
  by: UserKey | null,
  at: Date,
): AuditNote | null {
  const act = actOf(before, after);
  if (act === null) return null;
  return {
    id: `thread:${effect}`,
    ...{ at, act, by, unit: after.desk, subject: `${after.kind}/${after.id}` },
    before: before ? wordsOf(before) : null,
    after: wordsOf(after),
    reason: after.closedWhy,
  };
}

function wordsOf({ standing, desk, rating }: Thread): { [key: string]: string | null } {
  return { state: standing.state, holder: standing.holder?.office ?? null, desk, rating };
}

function actOf(before: Thread | null, after: Thread): string | null {
  if (before === null) return 'thread.opened';
  const [was, is] = [before.standing.holder?.office ?? null, after.standing.holder?.office ?? null];
  if (before.closedAt === null && after.closedAt !== null) return 'thread.closed';
  if (before.closedAt !== null && after.closedAt === null) return 'thread.reopened';
  if (before.desk !== after.desk || (was !== null && is !== null && was !== is)) return 'thread.handed_on';
  if (was !== null && is === null) return 'thread.returned';
  if (before.answeredAt?.getTime() !== after.answeredAt?.getTime()) return 'thread.answered';
  if (was === null && is !== null) return 'thread.taken';
  if (before.escalated !== after.escalated) return 'thread.escalated';
  return before.rating === after.rating ? null : 'thread.rated';
}
