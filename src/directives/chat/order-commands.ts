import type { StepResult, Turn } from '../../conversation/dialog';
import { say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import type { Person } from '../../org/chat/people';
import { can } from '../../org/roles';
import type { Directive } from '../directive';
import { confirm, ending } from './acts';
import type { DirectiveEffect } from './directive-effects';
import { mustNotTravel } from '../secret-mark';
import { orderSlots } from './order-draft';
import { progressAnswer } from './progress-answer';
import { orderColon, readOrder, type SaidOrder } from './read-order';
import { actorFor } from './asked-directive';
import {
  CONFIRMED,
  DOCUMENT,
  howFar,
  naming,
  notOut,
  NUMBER,
  RECALLED,
  SEEN,
  withNamed,
} from './named-directive';

/** Giving an order, and what its giver says of it later: «giao …», «tiến độ 145», «thay 145 bằng 151», «thu hồi 145», «đóng 145», «duyệt 145». */

export const isIssuer = (person: Person): boolean =>
  person.offices.some(({ role }) => can(role, 'gives_orders'));
const oversees = (person: Person): boolean => person.overseeing.length > 0;

const give = command<DialogDeps, SaidOrder>({
  id: 'give-directive',
  says: [
    'giao 145/UBND-VX, hạn 20/3, xã Tân Hòa: mỗi thôn mở ít nhất 1 buổi học trong tuần',
    'giao 12/KH-UBND, gấp, toàn tỉnh: rà soát nhà văn hóa',
    'giao việc',
    'giao nhiệm vụ',
    'giao công văn 145',
    'giao 145, hẹn giờ 7h sáng mai, hạn 20/3, xã Tân Hòa: mở lớp',
  ],
  help: 70,
  for: isIssuer,
  strong: true,
  // Deadlines are read again with the time of the turn; here it only matters that it is an order.
  read: ({ text }) => readOrder(text, new Date(0)),
  async run(turn, { text }) {
    const said = readOrder(text, turn.at);
    if (!said) return null;
    const travels = mustNotTravel(text);
    if (travels !== null) return sentence(turn, `directives:order.${travels}`);
    const { deadline, sending } = said;
    const notes = [
      ...(deadline !== null && deadline.kind !== 'at'
        ? [say(turn, `directives:order.deadline_${deadline.kind}`)]
        : []),
      ...(sending !== null && sending.kind !== 'at' ? [say(turn, `directives:sending.${sending.kind}`)] : []),
    ];
    return { notes, move: { to: 'dialog', dialog: 'directive', slots: orderSlots(turn, said) } };
  },
});

const namingProgress = naming('(?:xem )?(?:tien do|ket qua|tinh hinh)');

const progress = command<DialogDeps, { short: string; rest: string | null }>({
  id: 'directive-progress',
  tells: true,
  says: [
    'tiến độ 145',
    'tiến độ công văn 145',
    'xem tiến độ 145',
    'kết quả 145',
    'tien do cv 145',
    '145 đến đâu rồi',
    'công văn 145 làm đến đâu rồi em',
  ],
  for: oversees,
  strong: true,
  read: (message) => namingProgress(message) ?? howFar(message),
  // A number nobody knows is said to be unknown: what else is near would be about something else.
  run: async (turn, _message, { short }) =>
    (await withNamed(turn, short, SEEN, (one) => progressAnswer(turn, one))) ??
    sentence(turn, 'directives:no_such', { number: short }),
});

const approve = command<DialogDeps, { short: string; rest: string | null }>({
  id: 'confirm-directive',
  says: ['duyệt 145', 'duyệt công văn 145', 'đồng ý phát cv 145', 'đồng ý phát 145', 'duyet van ban 145'],
  for: oversees,
  strong: true,
  read: naming('(?:duyet|dong y phat)'),
  run: (turn, _message, { short }) => withNamed(turn, short, CONFIRMED, (one) => confirm(turn, one)),
});

const recall = command<DialogDeps, { short: string; rest: string | null }>({
  id: 'recall-directive',
  says: ['thu hồi 145', 'thu hồi công văn 145', 'rút lại 145', 'thu hồi 145: gửi nhầm', 'thu hoi cv 145'],
  for: isIssuer,
  strong: true,
  read: naming('(?:thu hoi|rut lai|rut)'),
  run: (turn, _message, { short, rest }) =>
    withNamed(turn, short, RECALLED, (one) => ending('recall', one, rest)),
});

const close = command<DialogDeps, { short: string; rest: string | null }>({
  id: 'close-directive',
  says: ['đóng 145', 'đóng công văn 145', 'kết thúc 145', 'đóng 145: đã đủ', 'dong cv 145'],
  for: isIssuer,
  strong: true,
  read: naming('(?:dong|ket thuc)'),
  run: (turn, _message, { short, rest }) =>
    withNamed(turn, short, RECALLED, (one) => notOut(turn, one) ?? ending('close', one, rest)),
});

interface Replacement {
  readonly old: string;
  readonly number: string;
  readonly text: string | null;
}

const replace = command<DialogDeps, Replacement>({
  id: 'replace-directive',
  says: [
    'thay 145 bằng 151',
    'thay công văn 145 bằng 151/UBND-VX',
    'thay thế 145 bằng 151',
    'thay 145 bằng 151: mỗi thôn mở 2 buổi',
    'thay 145 bang 151',
  ],
  for: isIssuer,
  strong: true,
  read({ typed }) {
    const colon = orderColon(typed);
    const head = colon === -1 ? typed : typed.slice(0, colon);
    const found = new RegExp(
      `^thay(?: the)? ${DOCUMENT}${NUMBER} (?:bang|boi) ${DOCUMENT}(\\d{1,6}\\S*)$`,
    ).exec(foldText(head));
    if (!found) return null;
    const text = colon === -1 ? '' : typed.slice(colon + 1).trim();
    const number = head.trim().split(/\s+/).at(-1) ?? '';
    return { old: String(Number(found[1])), number, text: text === '' ? null : text };
  },
  run: (turn, _message, said) =>
    withNamed(turn, said.old, RECALLED, (old) => notOut(turn, old) ?? replaceWith(turn, old, said)),
});

export const ORDER_COMMANDS: readonly Command<DialogDeps>[] = [
  give,
  progress,
  approve,
  recall,
  close,
  replace,
];

/** By one that is out already, or by a new one for the same offices, of which the text is asked unless it was said. */
async function replaceWith(
  turn: Turn<DialogDeps>,
  old: Directive,
  { number, text }: Replacement,
): Promise<StepResult> {
  const { deps, user, at } = turn;
  const short = String(Number(/^\d+/.exec(number)?.[0] ?? ''));
  const next =
    text === null
      ? (await deps.directives.called(short, user)).find(
          ({ state, id }) => state === 'issued' && id !== old.id,
        )
      : undefined;
  const by = actorFor(turn, old);
  if (next && by) {
    const effect: DirectiveEffect = {
      kind: 'directive.supersede',
      id: turn.effectId(),
      directive: old.id,
      next: next.id,
      by,
      at,
    };
    return {
      ...sentence(turn, 'directives:replaced', { old: old.number, number: next.number }),
      effects: [effect],
    };
  }
  if (text !== null && mustNotTravel(text) !== null)
    return sentence(turn, `directives:order.${mustNotTravel(text) ?? 'secret'}`);
  const slots = orderSlots(
    turn,
    { number, text, urgency: old.urgency, evidence: old.evidence, checkEvery: old.checkEvery },
    {
      supersedes: old.id,
      audienceFrom: old.id,
      deadline: old.deadline > at ? old.deadline.toISOString() : '',
    },
  );
  return { move: { to: 'dialog', dialog: 'directive', slots } };
}
