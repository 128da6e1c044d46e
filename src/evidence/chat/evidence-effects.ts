import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { ReportKey } from '../../reporting/report';

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

export function evidenceEffects(evidence: {
  keep(pieces: readonly EvidencePiece[]): Promise<void>;
}): EffectHandlers<KeepEvidence> {
  return {
    async 'evidence.keep'({ pieces }) {
      await evidence.keep(pieces);
      return 'done';
    },
  };
}
