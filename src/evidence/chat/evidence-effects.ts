import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import { vnDay } from '../../kernel/vn-time';
import type { Office } from '../../org/office';
import type { OrgService } from '../../org/org.service';
import { holdsAbove } from '../../org/rights';
import { rolesThat } from '../../org/roles';
import type { UnitTree } from '../../org/units';
import { mayApprove } from '../../reporting/approvers';
import { formOf } from '../../reporting/forms';
import { isTask, type Evidence, type NewEvidence, type Subject } from '../evidence';
import type { ShowPieces } from '../show-pieces';

/** What came in a message, to be kept beside what it belongs to. */
export interface KeepEvidence extends Effect {
  readonly kind: 'evidence.keep';
  readonly pieces: readonly NewEvidence[];
}

/** Sends pieces of a report to whoever approves it, or of a task to whoever oversees the unit; that they saw them is an entry of the audit. */
export interface ShowEvidence extends Effect {
  readonly kind: 'evidence.show';
  readonly to: UserKey;
  /** Of a task, the unit below which pieces may be. */
  readonly subject: Subject;
  /** Ids of the pieces, in the order in which they go. */
  readonly pieces: readonly string[];
  readonly at: Date;
  readonly eventId: string;
}

export interface EvidenceEffectDeps {
  readonly evidence: {
    keep(pieces: readonly NewEvidence[]): Promise<void>;
    of(subject: Subject): Promise<readonly Evidence[]>;
    ofAll(subject: Omit<Subject, 'unit'>): Promise<readonly Evidence[]>;
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
    async 'evidence.show'({ id, to, subject, pieces, at, eventId }) {
      const { unit } = subject;
      const known = isTask(subject) ? await evidence.ofAll(subject) : await evidence.of(subject);
      const asked = pieces.flatMap((piece) => known.find((one) => one.id === piece) ?? []);
      const may = await org.mayDo(
        to,
        (posts, tree) =>
          maySee(posts, tree, subject, at) &&
          asked.every((piece) => tree.isWithin(piece.subject.unit, unit, vnDay(at))),
      );
      if (!may) return 'conflict';
      await show({ id, to, subject, unit, pieces: asked, at, eventId });
      return 'done';
    },
  };
}

/** Whether one of the posts approves the report, or stands over the units that owe the task. */
function maySee(posts: readonly Office[], tree: UnitTree, subject: Subject, at: Date): boolean {
  return isTask(subject)
    ? holdsAbove(posts, tree, subject.unit, rolesThat('approves_above'), at)
    : mayApprove(posts, tree, formOf(subject.form), subject.unit, at);
}
