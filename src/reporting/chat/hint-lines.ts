import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf, placeName } from '../../org/chat/people';
import { hintsOf } from '../hints';
import { reportsBelow } from './approval-facts';
import type { Facts } from './report-facts';

/** What the commune's officer reads below a report that waits and may have been copied or rounded; empty: nothing of the kind. */
export async function hintLines(turn: Turn<DialogDeps>, facts: Facts): Promise<string> {
  const { form, report, unit, times, asked, earlier } = facts;
  if (form.approvedBy !== 'commune' || report === null || unit.parent === null) return '';
  const beside = await reportsBelow(turn, form, times, unit.parent);
  const lines = hintsOf(report, asked, earlier, beside).map((hint) =>
    turn.words.t(`approval:hints.${hint.kind}`, {
      unit: hint.kind === 'as_neighbour' ? placeName(turn.deps, hint.unit, turn.at) : '',
    }),
  );
  if (lines.length === 0) return '';
  return turn.words.t('approval:hints.all', { ...personOf(turn).vars, lines: lines.join('; ') });
}
