import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { normalText } from '../../kernel/vn-text';
import { readRatio } from '../../understanding/ratio';
import { owedBy } from './which-rate.dialog';

/** «71,4 % của 2,5 triệu» with nothing open: a rate of the police that does not say which of the two; it is asked. */

const isPolice = ({ person }: Message): boolean => person.offices.some(({ role }) => role === 'police');

/** A share in per cent of a whole, and no name of a figure with it. */
function readRate(message: Message): string | null {
  const typed = normalText(message.typed).trim();
  const said = isPolice(message) && !/[:=]/.test(typed) ? readRatio(typed, new Date(0)) : null;
  return said !== null && said.percent !== null ? typed : null;
}

export const rateUnnamed: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'rate-unnamed',
  says: [
    '71,4 % của 2,5 triệu',
    '71,4% của 2.500.000 đến 15/3',
    '1.790.000 trên 2.507.000, 71,4 %',
    'đạt 71,4 % của 2,5 triệu',
    '71,4 phần trăm của 2.500.000',
  ],
  read: readRate,
  run: async (turn, _message, line) =>
    owedBy(turn) ? { move: { to: 'dialog', dialog: 'which-rate', slots: { line } } } : null,
});
