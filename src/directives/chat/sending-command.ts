import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import { DOCUMENT, GIVEN, NUMBER, withNamed, type Whose } from './named-directive';
import { isIssuer } from './order-commands';

/** «Dời giờ gửi 145 sang 8h thứ Hai», «gửi ngay 145»: when an order leaves that has not left yet. */

interface SaidSending {
  readonly short: string;
  /** As typed; empty: not said yet. */
  readonly when: string;
  readonly atOnce: boolean;
}

const MOVE = new RegExp(
  `^(?:(?:doi|chuyen|lui|day|sua|dat lai) (?:gio|lich|lan)(?: (?:gui|phat|hen))*|hen (?:lai|gio lai)(?: gio)?(?: (?:gui|phat))?)(?: cua)? ${DOCUMENT}${NUMBER}` +
    '(?:(?: (?:den|sang|thanh|toi|ve|len|vao|luc))*[ :,]+(.+))?$',
);
const AT_ONCE = new RegExp(
  `^(?:gui|phat|phat hanh)(?: di)? (?:ngay|luon) ${DOCUMENT}${NUMBER}(?: (?:a|nhe|di|em|luon|ngay))*$`,
);

const KEPT: Whose = {
  ...GIVEN,
  fits: ({ state, sendAt }) => state === 'scheduled' || (state === 'waiting' && sendAt !== null),
  otherwise: 'directives:sending.not_yours',
};

export const moveSending = command<DialogDeps, SaidSending>({
  id: 'move-sending',
  says: [
    'dời giờ gửi 145 sang 8h thứ Hai',
    'chuyển giờ phát công văn 145 sang 9h sáng mai',
    'hẹn lại giờ 145: 7h30 sáng mai',
    'doi gio gui cv 145 sang 8h thu hai',
    'dời giờ gửi 145',
    'gửi ngay 145',
    'phát ngay công văn 145',
  ],
  for: isIssuer,
  strong: true,
  read({ typed }) {
    const fold = foldText(typed).trim();
    const [, now] = AT_ONCE.exec(fold) ?? [];
    if (now !== undefined) return { short: String(Number(now)), when: '', atOnce: true };
    const found = MOVE.exec(fold);
    return found ? { short: String(Number(found[1])), when: found[2] ?? '', atOnce: false } : null;
  },
  run: (turn, _message, { short, when, atOnce }) =>
    withNamed(turn, short, KEPT, ({ id, number, sendAt }) => ({
      move: {
        to: 'dialog',
        dialog: 'directive-sending',
        slots: { id, number, before: sendAt?.toISOString() ?? '', when, atOnce },
      },
    })),
});
