import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { OrgService } from '../../org/org.service';
import { mayApprove } from '../../reporting/approvers';
import { formOf } from '../../reporting/forms';
import type { ReportKey } from '../../reporting/report';
import type { Evidence, NewEvidence, Subject } from '../evidence';
import type { ShowPieces } from '../show-pieces';

/** What came in a message, to be kept beside what it belongs to. */
export interface KeepEvidence extends Effect {
  readonly kind: 'evidence.keep';
  readonly pieces: readonly NewEvidence[];
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
    keep(pieces: readonly NewEvidence[]): Promise<void>;
    of(subject: Subject): Promise<readonly Evidence[]>;
  };
  readonly org: Pick<OrgService, 'mayDo'>;
  readonly show: ShowPieces;
}

export function evidenceEffects(deps: EvidenceEffectDeps): EffectHandlers<KeepEvidence | ShowEvidence> {
  const { evidence, org, show } = deps;
  return {
    async 'evidence.keep'({ pieces }) {
      await evidence.keep(pieces);
      return 'done';
    },
    async 'evidence.show'({ id, to, report, pieces, at, eventId }) {
      const { unit } = report;
      const may = await org.mayDo(to, (posts, tree) =>
        mayApprove(posts, tree, formOf(report.form), unit, at),
      );
      if (!may) return 'conflict';
      const known = await evidence.of(report);
      const asked = pieces.flatMap((piece) => known.find((one) => one.id === piece) ?? []);
      await show({ id, to, subject: report, unit, pieces: asked, at, eventId });
      return 'done';
    },
  };
}
