import type { AuditService } from '../audit/audit.service';
import type { UserKey } from '../kernel/ids';
import type { Enqueue, NewOutboxMessage } from '../outbox/outbox-row';
import type { Evidence, Subject } from './evidence';
import { showable, type Showable } from './showing';

/** Pieces that somebody asked to see. Whether they may was checked by whoever asks. */
export interface Sight {
  /** Of the effect: the same again sends nothing new. */
  readonly id: string;
  readonly to: UserKey;
  readonly subject: Omit<Subject, 'unit'>;
  /** Where the sight stands in the audit: the unit, or the one above all units whose pieces they are. */
  readonly unit: string;
  /** In the order in which they go. */
  readonly pieces: readonly Evidence[];
  readonly at: Date;
  readonly eventId: string;
}

export interface ShowPiecesDeps {
  readonly audit: Pick<AuditService, 'note'>;
  readonly enqueue: Enqueue;
}

export type ShowPieces = (sight: Sight) => Promise<void>;

/** First that they see it is an entry of the audit, then they get the sight of it. A file is named there by its content. */
export function createShowPieces({ audit, enqueue }: ShowPiecesDeps): ShowPieces {
  return async ({ id, to, subject, unit, pieces, at, eventId }) => {
    const shown = pieces.flatMap((piece) => showable(piece) ?? []);
    await audit.note({
      ...{ id: `seen:${id}`, at, act: 'evidence.seen', by: to, unit, eventId },
      subject: `${subject.form}/${subject.period}`,
      after: { pieces: shown.map(({ piece }) => `sha256:${piece.media.split('.')[0] ?? ''}`) },
    });
    await enqueue(
      shown.map((one, n) => ({
        ...{ id: `${id}:${n}`, to, purpose: 'reply' as const, cause: id, createdAt: at },
        message: messageOf(one),
      })),
    );
  };
}

function messageOf({ piece, as }: Showable): NewOutboxMessage['message'] {
  const { media: file, name } = piece;
  return as === 'image'
    ? { kind: 'image', image: { file } }
    : { kind: 'file', file: { file }, name: name ?? file };
}
