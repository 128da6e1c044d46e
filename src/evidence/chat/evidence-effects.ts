import type { AuditService } from '../../audit/audit.service';
import type { OutboundMessage } from '../../channels/channel';
import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { OrgService } from '../../org/org.service';
import type { Enqueue } from '../../outbox/outbox-row';
import { mayApprove } from '../../reporting/approvers';
import { formOf } from '../../reporting/forms';
import type { ReportKey } from '../../reporting/report';
import type { Evidence } from '../evidence';
import { showable, type Showable } from '../showing';

/** A picture, file or voice that came while a report was open, to be kept beside it. */
export interface EvidencePiece {
  /** `<eventId>:e<n>` */
  readonly id: string;
  readonly report: ReportKey;
  /** The figure that was being asked; null: the whole report. */
  readonly figure: string | null;
  readonly kind: 'image' | 'audio' | 'video' | 'file';
  readonly url: string;
  readonly name: string | null;
  readonly by: UserKey;
  readonly at: Date;
  readonly eventId: string;
}

export interface KeepEvidence extends Effect {
  readonly kind: 'evidence.keep';
  readonly pieces: readonly EvidencePiece[];
}

/** Sends pieces of a report to whoever approves it; that they saw them is an entry of the audit. */
export interface ShowEvidence extends Effect {
  readonly kind: 'evidence.show';
  readonly to: UserKey;
  readonly report: ReportKey;
  /** Ids of the pieces, in the order in which they go. */
  readonly pieces: readonly string[];
  readonly at: Date;
  readonly eventId: string;
}

export interface EvidenceEffectDeps {
  readonly evidence: {
    keep(pieces: readonly EvidencePiece[]): Promise<void>;
    ofReport(report: ReportKey): Promise<readonly Evidence[]>;
  };
  readonly org: Pick<OrgService, 'mayDo'>;
  readonly audit: Pick<AuditService, 'note'>;
  readonly enqueue: Enqueue;
}

export function evidenceEffects(deps: EvidenceEffectDeps): EffectHandlers<KeepEvidence | ShowEvidence> {
  const { evidence, org, audit, enqueue } = deps;
  return {
    async 'evidence.keep'({ pieces }) {
      await evidence.keep(pieces);
      return 'done';
    },
    async 'evidence.show'({ id, to, report, pieces, at, eventId }) {
      const { form, period, unit } = report;
      const may = await org.mayDo(to, (posts, tree) => mayApprove(posts, tree, formOf(form), unit, at));
      if (!may) return 'conflict';
      const known = await evidence.ofReport(report);
      const shown = pieces.flatMap((piece) => {
        const found = known.find((one) => one.id === piece);
        return (found && showable(found)) ?? [];
      });
      // First that they see it, then the sight of it. A file is named by its content.
      await audit.note({
        ...{
          id: `seen:${id}`,
          at,
          act: 'evidence.seen',
          by: to,
          unit,
          subject: `${form}/${period}`,
          eventId,
        },
        after: { pieces: shown.map(({ piece }) => `sha256:${piece.media.split('.')[0] ?? ''}`) },
      });
      await enqueue(
        shown.map((one, n) => ({
          ...{ id: `${id}:${n}`, to, purpose: 'reply' as const, cause: id, createdAt: at },
          message: messageOf(one),
        })),
      );
      return 'done';
    },
  };
}

function messageOf({ piece, as }: Showable): OutboundMessage {
  const { media: file, name } = piece;
  return as === 'image'
    ? { kind: 'image', image: { file } }
    : { kind: 'file', file: { file }, name: name ?? file };
}
