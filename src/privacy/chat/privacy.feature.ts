import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, wish, type Command, type Message } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { personOf } from '../../org/chat/people';
import { wished } from '../../understanding/wished';
import eraseMe from './erase-me.dialog';
import { myData } from './my-data';
import type { MutePerson } from '../../contacts/contact-effects';

/** What is kept of a person, and whether we may write to them unasked. */

function mute(turn: Turn<DialogDeps>, muted: boolean): StepResult {
  const { user, at } = turn;
  const effect: MutePerson = { kind: 'contact.mute', id: turn.effectId(), user, muted, at };
  return { ...sentence(turn, muted ? 'menu:stop' : 'menu:start'), effects: [effect] };
}

const stop: Command<DialogDeps> = command({
  id: 'stop-messages',
  exact: true,
  says: [
    'dừng',
    'đừng nhắn tin nữa',
    'không nhận tin nữa',
    'tắt thông báo',
    'thôi không nhắc nữa',
    'không muốn nhận tin nhắn nữa',
    'tôi không muốn nhận tin nhắn nữa',
    'tôi không muốn nhận tin nữa',
  ],
  read: wish('stop_messages'),
  run: async (turn) => mute(turn, true),
});

/** «Xóa hết tin nhắn của tôi đi, đừng lưu»: what is kept here of the person, and nothing of VNeID or a report. */
const DELETES =
  /^(?:(?:hay|lam on|cho|toi|em|bac|nho|muon|yeu cau|de nghi|xin) )*(?:xoa|huy|go)(?: (?:bo|het|sach|toan bo|moi|tat ca|cac|giup|ho))* (?:du lieu|thong tin|tin nhan|so dien thoai|ten|cuoc tro chuyen|lich su)(?: (?:ca nhan|da luu|tro chuyen|nhan tin))*(?: (?:cua|ve|ma))? (?:toi|bac|em|minh|chau)(?: (?:di|nhe|a|giup|ho|khoi day|ngay|dung luu|dung giu|nua|khong luu))*$/;

const start: Command<DialogDeps> = {
  id: 'remind-me-again',
  says: ['nhắc tôi', 'nhắc lại tôi', 'remind me', 'nhắc tôi như cũ', 'bật lại nhắc nhở'],
  run: async (turn) => mute(turn, false),
};

/** «Các anh lưu gì của tôi», «bên này có giữ thông tin cá nhân của tôi không». */
const WHAT_IS_KEPT =
  /^(?:(?:da|em|ban|cac|anh|chi|ben|bot|oa|kenh|nay|xa|chau|co|dang|cho hoi|a|oi) )*(?:luu|giu|thu thap|lay|ghi)(?: (?:nhung|lai|cac|giu|cai))* (?:gi|thong tin|du lieu)(?: (?:gi|ca nhan|nao))*(?: cua (?:toi|minh|em|bac|ba con|nguoi dan|dan))?(?: (?:khong|a|the|vay|nhi))*$/;

const notice: Command<DialogDeps> = {
  id: 'privacy',
  tells: true,
  reads: ({ fold }) => WHAT_IS_KEPT.test(fold.trim().replace(/ +/g, ' ')),
  button: '#RIENGTU',
  says: [
    'quyền riêng tư',
    'riêng tư',
    'lưu thông tin gì',
    'lưu thông tin gì của tôi',
    'em giữ những thông tin gì của tôi',
    'thu thập thông tin gì',
    'thông tin của tôi lưu ở đâu',
    'bảo mật thông tin',
    'chính sách bảo mật',
    'chính sách riêng tư',
    'privacy',
  ],
  run: async (turn) => sentence(turn, 'menu:privacy'),
};

const mine: Command<DialogDeps> = {
  id: 'my-data',
  tells: true,
  says: [
    'xem dữ liệu của tôi',
    'dữ liệu của tôi',
    'thông tin của tôi',
    'xem thông tin của tôi',
    'em đang giữ gì về tôi',
    'lưu cái gì về tôi',
    'kênh này lưu gì về tôi',
    'show my data',
  ],
  run: (turn) => myData(turn),
};

const erase: Command<DialogDeps> = {
  id: 'delete-me',
  exact: true,
  says: [
    'xóa dữ liệu',
    'xóa dữ liệu của tôi',
    'xóa thông tin',
    'xóa thông tin của tôi',
    'xóa hết thông tin của tôi',
    'xóa hết dữ liệu',
    'xóa hết dữ liệu của tôi',
    'xóa tài khoản',
    'xóa tài khoản của tôi',
    'xóa dữ liệu cá nhân',
    'xóa hết về tôi',
    'xóa dữ liệu về tôi',
    'xóa hết dữ liệu về tôi',
    'xóa mọi thông tin về tôi',
    'xóa tên tôi',
    'xóa tôi khỏi danh sách',
    'xóa tôi khỏi hệ thống',
    'delete my data',
    'delete my account',
    'forget me',
  ],
  // It only opens the question whether to.
  reads: ({ fold }) => DELETES.test(fold.trim()),
  run: async () => ({ move: { to: 'dialog', dialog: 'erase-me' } }),
};

/** So far ahead of every other wish. */
const AHEAD = 0.15;

/** «Nhắn lắm thế, phiền quá»: asked about, since nothing is switched off on a guess. */
function stopPerhaps(turn: Turn<DialogDeps>, { text, conversation }: Message): StepResult | null {
  const [first] = isAsked(conversation) ? [] : wished(text);
  if (first?.id !== 'stop-messages' || first.ahead < AHEAD) return null;
  return sentence(turn, 'privacy:stop_sure.ask', personOf(turn).vars, [
    { id: 'STOP', label: turn.words.t('privacy:stop_sure.yes'), command: 'đừng nhắn tin nữa' },
    { id: 'GO_ON', label: turn.words.t('privacy:stop_sure.no'), command: '#MENU' },
  ]);
}

export default defineFeature<DialogDeps>({
  id: 'privacy',
  commands: [stop, start, notice, mine, erase],
  dialogs: [eraseMe],
  otherwise: async (turn, message) => stopPerhaps(turn, message),
});
