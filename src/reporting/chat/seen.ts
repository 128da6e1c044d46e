import type { NoteSeen } from '../../audit/seen-effects';
import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';

/** That whoever talks opened what somebody else sent, for the audit. `subject`: `village-month/2026-03`. */
export function noteSeen(
  turn: Turn<DialogDeps>,
  what: NoteSeen['what'],
  unit: string | null,
  subject: string,
): NoteSeen {
  const { user: by, at, event } = turn;
  return { kind: 'audit.seen', id: turn.effectId(), what, by, at, unit, subject, eventId: event.id };
}
