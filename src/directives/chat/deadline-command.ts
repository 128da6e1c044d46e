import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import { DOCUMENT, GIVEN, notOut, NUMBER, withNamed, type Whose } from './named-directive';
import { isIssuer } from './order-commands';

/** «Dời hạn 145 đến 25/3»: the deadline of an order that is out, earlier or later. */

interface SaidMove {
  readonly short: string;
  /** As typed; null: not said yet. */
  readonly when: string | null;
}

const MOVE = new RegExp(
  `^(?:doi|lui|day|gia|keo dai|rut ngan|chuyen|day som|dat lai) han(?: cua)? ${DOCUMENT}${NUMBER}` +
    '(?:(?: (?:den|sang|thanh|toi|ve|len|xuong|vao))*[ :]+(.+))?$',
);

/** Only while it is out: before, it is told what can be done; after, nothing waits for a deadline. */
const OUT: Whose = {
  ...GIVEN,
  fits: ({ state }) => state === 'issued' || state === 'scheduled',
  otherwise: 'directives:move.not_yours',
};

export const moveDeadline = command<DialogDeps, SaidMove>({
  id: 'move-deadline',
  says: [
    'dời hạn 145 đến 25/3',
    'lùi hạn công văn 145 sang thứ Sáu',
    'đẩy hạn 145 lên 18/3',
    'gia hạn 145 đến 9:30 25/3',
    'rút ngắn hạn 145 về 18/3',
    'doi han cv 145 den 25/3',
  ],
  for: isIssuer,
  strong: true,
  read({ typed }) {
    const found = MOVE.exec(foldText(typed).trim());
    return found ? { short: String(Number(found[1])), when: found[2] ?? null } : null;
  },
  run: (turn, _message, { short, when }) =>
    withNamed(turn, short, OUT, (one) => {
      const { id, number, deadline } = one;
      const slots = { id, number, before: deadline.toISOString(), when: when ?? '' };
      return notOut(turn, one) ?? { move: { to: 'dialog', dialog: 'directive-deadline', slots } };
    }),
});
