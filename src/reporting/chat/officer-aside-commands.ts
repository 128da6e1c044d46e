import type { Choice, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command, Message } from '../../dialogs/feature';
import { readAct } from '../../understanding/acts';
import { askedFigures, formOf } from '../forms';
import { sendBack } from './approval-commands';
import { approvesSomething } from './approval-wishes';
import { waitingFor } from './approval-facts';
import { waitingScreen } from './approving';
import { totalAnswer } from './officer';
import { asks, choice, HOW_TO_COMMANDS } from './officer-how-commands';
import { placeName, oversees } from '../../org/chat/people';
import { figureAskedOf } from './report-acts';
import { periodMeant, VILLAGE_FORM } from './report-facts';

/**
 * What officers say without the words of a command: «khoan duyệt», «trả lại số 3» of no place, «nhắc các thôn chưa nộp»,
 * «xuất excel». Each is answered with what can be done and how it is said; nothing is approved or sent back on a guess.
 */

const PLAIN = '(?:(?:da|vang|em|e|chi|anh|a|ok|oke|the|thi|minh|toi|cho|giup|nho) )*';
const BEHIND = '(?: (?:a|nhe|nha|di|em|e|voi|vay|the|da|nua|luon|giup|chua|nao|roi|r))*';
/** «Duyệt», «duyệt đi em», «duyệt chưa», «ai duyệt», «duyệt thế nào»: what is meant must be seen first. */
const APPROVES = new RegExp(
  `^(?!cho duyet)${PLAIN}(?:phe )?duyet${BEHIND}$|^${PLAIN}(?:ai|sao|da) (?:phe )?duyet${BEHIND}$|^${PLAIN}duyet (?:luon|the nao|ntn|lam sao|nhu the nao|kieu gi|o dau|ca)${BEHIND}$|^con (?:bao nhieu|may) (?:thon|bao cao|noi|to) (?:cho )?duyet$`,
);
const HOLDS = new RegExp(
  `^${PLAIN}(?:khong|ko|k|kg|chua|dung|khoan|hoan|ngung|thoi)(?: (?:hay|co|nen|voi|duoc))* (?:phe )?duyet${BEHIND.replace('|chua', '')}(?: voi)?$|^${PLAIN}(?:hoi lai|xem lai|kiem tra lai)(?: (?:thon|noi|to|xa|da))*$`,
);
const RETURNS = new RegExp(
  `^${PLAIN}(?:(?:so|cau|muc) ([1-9]) (?:sai|nham|cao qua)? ?)?(?:tra lai|tra ve|hoan lai)(?: (?:cho )?(?:thon|noi|to|bao cao|so lieu))*(?: (?:de )?(?:thon )?sua)?(?: (?:so|cau|muc) ([1-9]))?(?: ?: ?(.{2,80}))?${BEHIND}$`,
);
const DOUBTS = new RegExp(
  `^${PLAIN}(?:sao )?(?:so|cau|muc|luot|buoi|so luot|so buoi|so ho)(?: [1-9])? (?:cao|thap|sai|la|nham|nhieu|it|khong dung|chua dung|khong khop|sao lai)(?: (?:the|qua|vay|roi|r|nhi))*$`,
);

const waitingChoice = (turn: Turn<DialogDeps>): Choice =>
  choice(turn, 'WAITING', 'approval:buttons.waiting', '#CHODUYET');

const approveAsked: Command<DialogDeps> = {
  id: 'approve-which',
  says: ['duyệt', 'ok duyệt', 'duyệt đi em', 'duyệt chưa', 'duyệt thế nào'],
  for: approvesSomething,
  reads: ({ fold }) => APPROVES.test(fold.trim()),
  run: (turn) => waitingScreen(turn),
};

const held: Command<DialogDeps> = {
  id: 'approve-not-yet',
  tells: true,
  says: [
    'chưa duyệt vội',
    'đừng duyệt',
    'khoan duyệt',
    'không duyệt',
    'khoan hãy duyệt',
    'chưa duyệt vội để xem lại',
    'để tôi xem lại rồi duyệt',
    'duyệt nhưng để mai',
  ],
  for: approvesSomething,
  reads: ({ fold }) => HOLDS.test(fold.trim()),
  run: async (turn) => asks(turn, 'held', [waitingChoice(turn)]),
};

/** Of the one report that waits; with several, or none, the list and how a place is named. */
const returnAsked: Command<DialogDeps> = {
  id: 'return-which',
  tells: true,
  says: [
    'trả lại',
    'trả lại số 3',
    'trả lại báo cáo',
    'số 3 sai trả lại thôn',
    'trả lại cho thôn',
    'trả lại báo cáo của thôn',
    'thôn báo sai số',
    'bảo thôn sửa lại số',
    'bảo thôn sửa lại số buổi học',
    'số 3 sai rồi trả lại giúp',
  ],
  for: approvesSomething,
  reads: (message) => RETURNS.test(lineOf(message)),
  async run(turn, message) {
    const found = RETURNS.exec(lineOf(message));
    const number = found?.[1] ?? found?.[2];
    const [only, ...others] = await waitingFor(turn);
    if (only && others.length === 0)
      return sendBack(turn, only.facts, number === undefined ? null : Number(number), '');
    return asks(turn, 'return', [waitingChoice(turn)]);
  },
};

/** Without marks and signs, but for the colon before a reason. */
function lineOf({ fold, typed }: Message): string {
  const colon = typed.indexOf(':');
  return (colon < 0 ? fold : fold.slice(0, colon)).replace(/\s+/g, ' ').trim();
}

const doubted: Command<DialogDeps> = {
  id: 'doubts-a-figure',
  says: ['số 3 cao quá', 'sao số 3 cao thế', 'số 2 thấp quá', 'số lượt sai rồi', 'số buổi nhiều quá'],
  for: approvesSomething,
  reads: ({ fold, person }) => person.reporting.length === 0 && DOUBTS.test(fold.trim()),
  run: async (turn) => asks(turn, 'return', [waitingChoice(turn)]),
};

/** «Cộng lại cả xã được bao nhiêu buổi»: the total, in other words than its own. */
const totalAsked: Command<DialogDeps> = {
  id: 'total-loosely',
  tells: true,
  says: [
    'tổng tháng này được bao nhiêu',
    'cộng lại cả xã được bao nhiêu buổi',
    'cả xã được bao nhiêu lượt rồi',
    'cả xã được mấy hộ rồi',
    'toàn xã được mấy buổi rồi',
    'tổng số liệu toàn xã',
    'tổng số học viên toàn tỉnh',
    'toàn tỉnh được bao nhiêu lượt',
    'cộng số các thôn',
    'cộng số các thôn lại',
    'tổng số người học tháng này',
    'tháng này xã được bao nhiêu lượt học',
    'cả xã có bao nhiêu buổi học',
    'toàn xã được bao nhiêu buổi rồi',
  ],
  for: oversees,
  reads: ({ fold }) =>
    /(?:^| )(?:tong so|tong thang nay|cong lai|cong het|toan xa|toan phuong|ca xa|ca phuong|toan tinh|ca tinh)(?: |$)/.test(
      fold,
    ) &&
    /(?:^| )(?:bao nhieu|bn|may|buoi|luot|ho)(?: |$)/.test(fold) &&
    !/\d|(?:^| )(?:nop|chua|cham)(?: |$)/.test(fold),
  run: async (turn) => {
    const text = await totalAnswer(turn, { month: null, year: null, place: null });
    return { move: { to: 'here', say: text } };
  },
};

/** «Lượt là gì», «người đi làm ăn xa có tính không» with nothing open: what the figure counts. */
const explainFigure: Command<DialogDeps> = {
  id: 'explain-figure',
  tells: true,
  says: [
    'lượt là gì',
    'lượt người là gì',
    'người đi làm ăn xa có tính không',
    'buổi học tính thế nào',
    'hộ hỗ trợ là sao',
  ],
  for: (person) => person.offices.length > 0,
  reads: (message) =>
    // The cheaper question first: few messages name a figure.
    figureAskedOf({ asked: formOf(VILLAGE_FORM).figures }, message.text) !== null &&
    readAct(message.text)?.kind === 'explain',
  async run(turn, { text, person }) {
    const unit = person.offices[0]?.unit;
    const asked = askedFigures(
      formOf(VILLAGE_FORM),
      periodMeant(turn.at),
      turn.deps.settings.optionalFigures,
    );
    const figure = figureAskedOf({ asked }, text);
    if (unit === undefined || figure === null) return null;
    const place = placeName(turn.deps, unit, turn.at);
    return sentence(turn, `reports:figures.${figure}.explain`, { unit: place });
  },
};

export const OFFICER_ASIDES: readonly Command<DialogDeps>[] = [
  ...[approveAsked, held, returnAsked, doubted, totalAsked],
  ...HOW_TO_COMMANDS,
  explainFigure,
];
