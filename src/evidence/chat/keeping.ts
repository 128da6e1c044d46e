import type { Attachment } from '../../channels/channel';
import type { Turn, TurnEvent } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { EvidenceKind, NewEvidence, Subject } from '../evidence';
import type { KeepEvidence } from './evidence-effects';

/** What a message that is not words can be kept as. */
export const PIECES: Readonly<Partial<Record<TurnEvent['kind'], EvidenceKind>>> = {
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
};

/**
 * The effect that keeps what came with this message, once for each of the subjects it belongs to; null when there is
 * nothing to fetch. `figure`: the one that was being asked.
 */
export function keeping(
  turn: Turn<DialogDeps>,
  subjects: readonly Subject[],
  figure: string | null = null,
): KeepEvidence | null {
  const { event, user } = turn;
  const kind = PIECES[event.kind];
  if (!kind) return null;
  const items = (event.attachments ?? []).filter(
    (item): item is Attachment & { readonly url: string } => item.url !== undefined,
  );
  const pieces = subjects
    .flatMap((subject) => items.map(({ url, name = null }) => ({ subject, url, name })))
    .map((piece, n): NewEvidence => ({
      ...piece,
      id: `${event.id}:e${n}`,
      ...{ figure, kind, by: user, at: turn.at, eventId: event.id },
    }));
  return pieces.length === 0 ? null : { kind: 'evidence.keep', id: turn.effectId(), pieces };
}
