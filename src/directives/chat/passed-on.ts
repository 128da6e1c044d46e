import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { isSecretName, mustNotTravel } from '../secret-mark';

/** What is said when words or a file of an answer must not travel, since others read them too. Null: they may. */
export function notPassedOn(
  turn: Turn<DialogDeps>,
  { note, line }: { readonly note: string | null; readonly line: string | null },
): StepResult | null {
  const travels = mustNotTravel(`${note ?? ''} ${line ?? ''}`);
  if (travels !== null) return sentence(turn, `directives:order.${travels}`);
  const file = turn.event.attachments?.find(({ name }) => isSecretName(name ?? ''));
  return file ? sentence(turn, 'directives:annex.refused.secret', { name: file.name ?? '' }) : null;
}
