import type { StepResult, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Message } from '../../dialogs/feature';
import { foldText, normalText } from '../../kernel/vn-text';
import { approvesSomething } from './approval-wishes';
import { enterLines } from './entering';

/** A table pasted without a word before it: a place and its figures on each line. Null: it is none. */
export async function tablePasted(
  turn: Turn<DialogDeps>,
  { text, person }: Message,
): Promise<StepResult | null> {
  if (!approvesSomething(person)) return null;
  const lines = normalText(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const row = /^(?=.*\p{L}{2}).*?(?:\d[\d.]*[\s,;|\t]+){2,}\d[\d.]*\s*$/u;
  const single = lines.length === 1 && person.reporting.length === 0;
  if ((lines.length < 2 && !single) || !lines.every((line) => row.test(foldText(line)))) return null;
  const said = await enterLines(turn, lines.join('\n'), true);
  // One line alone that names no village of theirs is something else.
  return single && said.move.to === 'here' ? null : said;
}
