import type { StepResult, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { remindedWhenPutOff } from '../../dialogs/named-reminder';

/** A report is put aside with the sentence that says what is kept, and a reminder at the time that was named with it. */
export async function putOff(turn: Turn<DialogDeps>, kept: string): Promise<StepResult> {
  const reminded = await remindedWhenPutOff(turn);
  const text = reminded ? [kept, ...reminded.notes, reminded.text].join(' ') : kept;
  return { effects: reminded?.effects ?? [], move: { to: 'end', say: { text } } };
}
