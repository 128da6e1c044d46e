import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import type { StepResult, Turn } from '../../conversation/dialog';
import { factsOfRef, refOfKey } from './approval-facts';
import { checkVars } from './approval-texts';
import { approveClean, approveOne, buttonFacts, LIST, reportScreen, waitingScreen } from './approving';
import { enterAbout, extendAbout, reportAbout, returnAbout } from './about-place';
import { enterLines } from './entering';
import { askFigure, askReason, figureAt, reasonOf, returnNow } from './returning';
import type { Facts } from './report-facts';
import { grantTime } from './village-asks';
import { type Wish, approvesSomething, wished, placed, about, approveNamed } from './approval-wishes';

/** What an officer says to check reports: the list, approving, looking, sending back, entering on behalf, more time. */

const waiting = command<DialogDeps, { page: number }>({
  id: 'approval-waiting',
  tells: true,
  button: '#CHODUYET',
  says: [
    'chờ duyệt',
    'xem chờ duyệt',
    'có gì chờ duyệt',
    'báo cáo chờ duyệt',
    'cần duyệt',
    'danh sách chờ duyệt',
    'xem các báo cáo đang chờ',
    'có báo cáo nào cần duyệt',
    'có thôn nào gửi lên chưa duyệt',
    'xem báo cáo của các thôn',
    'báo cáo nào đang chờ tôi',
  ],
  for: approvesSomething,
  strong: true,
  help: 42,
  read: (message) => (wished('waiting')(message) ? { page: 0 } : null),
  meant: { page: 0 },
  tapped: (rest) => ({ page: Number(rest) || 0 }),
  run: (turn, _message, { page }) => waitingScreen(turn, page),
});

const approveAll = command<DialogDeps, { shown: string | null }>({
  id: 'approve-clean',
  button: '#DUYETHET',
  says: [
    'duyệt hết',
    'duyệt tất cả',
    'duyệt tất cả hợp lệ',
    'duyệt toàn bộ',
    'duyệt hết báo cáo sạch',
    'phê duyệt hết',
    'duyệt tất cả các thôn',
  ],
  for: approvesSomething,
  strong: true,
  help: 44,
  read: (message) => (wished('approve_all')(message) ? { shown: null } : null),
  tapped: (rest) => ({ shown: rest }),
  run: (turn, { conversation }, { shown }) => approveClean(turn, conversation, shown),
});

export const approve = command<DialogDeps, { place: string; ref: string }>({
  id: 'approve-report',
  button: '#DUYET',
  says: [
    'duyệt thôn Đông Lâm',
    'duyệt xã Tân Hòa',
    'duyệt Tỉnh đoàn',
    'phê duyệt thôn Ngọc Trì',
    'duyệt báo cáo của thôn Gò Me',
    'đồng ý duyệt tdp số 2',
  ],
  for: approvesSomething,
  strong: true,
  list: LIST,
  read: (message) => {
    const wish = placed('approve')(message);
    return wish && { place: wish.place, ref: '' };
  },
  tapped: (rest) => ({ place: '', ref: rest }),
  about: reportAbout,
  async run(turn, message, { place, ref }) {
    if (ref === '') return approveNamed(turn, message, place);
    const facts = await buttonFacts(turn, ref);
    return facts ? approveOne(turn, facts, ref.split('/')[3] ?? null) : sentence(turn, 'officer:no_right');
  },
});

export const see = command<DialogDeps, { place: string; ref: string }>({
  id: 'see-report',
  button: '#XEMBC',
  says: [
    'xem thôn Đông Lâm',
    'xem báo cáo của thôn Ngọc Trì',
    'xem lại thôn Gò Me',
    'mở thôn Gò Me',
    'kiểm tra thôn Đông Lâm',
    'xem xã Tân Hòa',
  ],
  for: approvesSomething,
  strong: true,
  list: LIST,
  read: (message) => {
    const wish = placed('see')(message);
    return wish && { place: wish.place, ref: '' };
  },
  tapped: (rest) => ({ place: '', ref: rest }),
  about: reportAbout,
  async run(turn, message, { place, ref }) {
    if (ref === '') return about(turn, message, place, (facts) => reportScreen(turn, facts));
    const facts = await buttonFacts(turn, ref);
    return facts ? reportScreen(turn, facts) : sentence(turn, 'officer:no_right');
  },
});

const giveBack = command<DialogDeps, { number: number | null; place: string; ref: string }>({
  id: 'return-figure',
  button: '#TRALAI',
  says: [
    'trả lại số 3 thôn Đông Lâm',
    'trả lại số 3 thôn Ngọc Trì: không khớp ảnh',
    'trả số 2 của thôn Gò Me vì cao quá',
    'trả lại xã Tân Hòa: thiếu mẫu số',
    'trả về mục 4 thôn Đông Lâm',
    'trả lại số 1 xã Tân Hòa: xem lại',
  ],
  for: approvesSomething,
  strong: true,
  help: 46,
  read: (message) => {
    const wish = wished('return')(message);
    return wish && { number: wish.number, place: wish.place, ref: '' };
  },
  tapped: (rest) => ({ number: null, place: '', ref: rest }),
  about: returnAbout,
  async run(turn, message, { number, place, ref }) {
    if (ref !== '') {
      const facts = await buttonFacts(turn, ref);
      return facts ? askFigure(turn, facts) : sentence(turn, 'officer:no_right');
    }
    return about(turn, message, place, (facts, rest) => sendBack(turn, facts, number, rest));
  },
});

/** Without a number everything that was sent goes back, if it is said why; of a village it is asked which figure. */
export function sendBack(
  turn: Turn<DialogDeps>,
  facts: Facts,
  number: number | null,
  rest: string,
): Promise<StepResult> | StepResult {
  const why = rest.replace(/^(?:vì|vi|do|lý do|ly do|bởi|boi)(?!\p{L})[\s:]*/iu, '').trim();
  if (number === null) {
    if (facts.form.approvedBy === 'commune' || why === '') return askFigure(turn, facts);
    const sent = Object.values(facts.report?.figures ?? {}).filter(({ state }) => state === 'submitted');
    return returnNow(
      turn,
      facts,
      sent.map(({ figure }) => figure),
      reasonOf(why),
    );
  }
  const figure = figureAt(facts, number);
  if (figure === null)
    return sentence(turn, 'approval:no_such_figure', { ...checkVars(turn, facts), number });
  if (!facts.report?.figures[figure])
    return sentence(turn, 'approval:nothing_to_return', checkVars(turn, facts));
  return why === '' ? askReason(facts, figure) : returnNow(turn, facts, [figure], reasonOf(why));
}

const enter = command<DialogDeps, Wish<'enter'>>({
  id: 'enter-on-behalf',
  says: [
    'nhập hộ thôn Đông Lâm: 418 5 121 14',
    'nhập hộ Đông Lâm: 418 5 121 14',
    'nhập thay thôn Ngọc Trì 300 4 90 7',
    'báo hộ thôn Gò Me 300 4 90 7',
    'ghi giúp thôn Đông Lâm: 418 5 121 14',
  ],
  for: approvesSomething,
  strong: true,
  help: 48,
  read: wished('enter'),
  about: enterAbout,
  run: (turn, _message, { lines }) => enterLines(turn, lines),
});

export const extend = command<DialogDeps, { place: string; ref: string }>({
  id: 'extend-lock',
  button: '#GIAHAN',
  says: [
    'gia hạn thôn Đông Lâm',
    'gia hạn cho thôn Ngọc Trì',
    'mở khóa thôn Gò Me',
    'cho thôn Đông Lâm thêm nửa ngày',
    'thêm nửa ngày cho thôn Ngọc Trì',
  ],
  for: approvesSomething,
  strong: true,
  list: LIST,
  read: (message) => {
    const wish = placed('extend')(message);
    return wish && { place: wish.place, ref: '' };
  },
  tapped: (rest) => ({ place: '', ref: rest }),
  about: extendAbout,
  async run(turn, message, { place, ref }) {
    if (ref === '') return about(turn, message, place, (facts) => grantTime(turn, facts));
    const facts = await factsOfRef(turn, ref);
    return facts ? grantTime(turn, facts) : sentence(turn, 'officer:no_right');
  },
});

const decide: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'decide-values',
  button: '#CHONSO',
  says: [],
  for: approvesSomething,
  read: () => null,
  tapped: (rest) => rest,
  async run(turn, _message, ref) {
    const facts = await buttonFacts(turn, ref);
    if (!facts) return sentence(turn, 'officer:no_right');
    return { move: { to: 'dialog', dialog: 'choose-value', slots: { ref: refOfKey(facts.key) } } };
  },
});

export const APPROVAL_COMMANDS: readonly Command<DialogDeps>[] = [
  waiting,
  approveAll,
  approve,
  see,
  giveBack,
  enter,
  extend,
  decide,
];
