import type { DialogDeps } from './deps';
import { answer } from './answer';
import { isAsked } from './unfinished';
import type { Command, Message } from './feature';

/** Small questions about the talk itself, each answered by one sentence of `asides`, beside whatever is open. */
interface Aside {
  readonly id: string;
  readonly says: readonly string[];
  /** Of the message without marks and signs: what it is about, and that it asks or offers. Absent: `says` alone. */
  readonly about?: RegExp;
}

const ASIDES: readonly Aside[] = [
  {
    id: 'who-sees-this',
    says: [
      'ai xem số này',
      'ai xem được số liệu này',
      'số liệu này ai xem',
      'số này gửi cho ai xem',
      'ai đọc được tin của tôi',
      'tin này có ai đọc không',
      'xã có thấy số này không',
      'ai biết được số tôi báo',
      'thông tin của tôi có bị lộ không',
    ],
    about:
      /^(?:so|tin|may so|so lieu)(?: nay| do)? (?:se )?(?:gui|chuyen|nop)(?: di| len| cho)* (?:ai|dau)(?: .{0,8})?$|^(?:.{0,12} )?(?:ai|xa|nguoi khac|cong an)(?: .{0,8})? (?:xem|biet|thay|doc)(?: duoc)? .{0,12}(?:so|tin|cai) .{0,12}$|(?:bi |co )?(?:lo|ro ri) (?:thong tin|so lieu)|(?:thong tin|so lieu|tin nhan)(?: .{0,12})? (?:bi )?(?:lo|ro ri)(?: .{0,8})?$/,
  },
  {
    id: 'on-paper',
    says: [
      'báo cáo bằng giấy được không',
      'nộp bản giấy được không',
      'tôi nộp giấy cho xã rồi',
      'ghi ra giấy được không',
      'cho tôi mẫu giấy',
      'tôi viết tay nộp xã được không',
      'có mẫu giấy không',
      'có cần giấy tờ gì không',
    ],
    about: /(?:^| )(?:mau|ban|bang|ra|gui|nop|viet|to) giay(?: |$)|(?:^| )giay to gi|(?:^| )viet tay(?: |$)/,
  },
  {
    id: 'send-a-photo',
    says: [
      'gửi ảnh được không',
      'gửi ảnh qua đây được không',
      'chụp ảnh gửi được không',
      'tôi gửi ảnh nhé',
      'chụp ảnh báo cáo gửi em được không',
      'nhắn ảnh có được không',
      'có phải gửi ảnh không',
      'chụp sổ gửi em nhé',
    ],
    about:
      /(?:^| )(?:gui|nhan|dinh|kem|chup)(?: .{0,8})? (?:anh|hinh|tam anh|buc anh) (?:chup |lop |so |diem |khong|ko|k|duoc|dc|o dau|qua|cho|nhe|chu).{0,24}$|^(?:.{0,12} )?chup (?:lai )?(?:so|anh|hinh|lop|danh sach).{0,24}$/,
  },
  {
    id: 'bigger-letters',
    says: [
      'chữ nhỏ quá',
      'chữ bé quá không đọc được',
      'cho chữ to lên',
      'phóng to chữ',
      'mắt kém không đọc được',
      'tôi không nhìn rõ chữ',
      'chữ li ti thế này ai đọc',
    ],
    about:
      /(?:^| )chu(?: .{0,8})? (?:be|nho|li ti|ti xiu|to|lon)(?: |$)|(?:^| )mat (?:toi |bac |em )?(?:kem|mo|mu|yeu)(?: |$)|khong (?:nhin|doc) (?:ro|duoc|thay) chu/,
  },
  {
    id: 'by-voice',
    says: [
      'tôi nói bằng miệng được không',
      'nói thay gõ được không',
      'gửi tin thoại được không',
      'ghi âm gửi được không',
      'tôi không biết gõ chữ',
      'đọc cho máy ghi được không',
      'tôi nói cho em ghi được không',
      'bác đọc cháu ghi hộ được không',
    ],
    about:
      /(?:^| )(?:noi|doc|bao) bang (?:mieng|loi|giong)|^(?:.{0,8} )?(?:noi|doc) (?:cho |de )?(?:chau|em|may|bot)? ?(?:ghi|nghe)(?: (?:ho|giup|lai))* (?:duoc|dc) (?:khong|ko|k)(?: .{0,8})?$|(?:^| )(?:tin thoai|ghi am|thu am|noi vao may)(?: .{0,12})? (?:khong|ko|k|duoc|dc|nhe)(?: |$)|(?:khong|ko|k|chua) biet (?:go|danh|viet) chu/,
  },
];

/** Longer messages tell something else as well. */
const LONGEST = 60;

export const ASIDE_COMMANDS: readonly Command<DialogDeps>[] = ASIDES.map(({ id, says, about }) => ({
  id,
  says,
  // Citizens who ask which papers to bring speak of no report.
  ...(about
    ? { reads: (message: Message) => message.person.offices.length > 0 && isAbout(message, about) }
    : {}),
  // With nothing open it ends with a question; else the open one stands again under it.
  run: async (turn, { conversation, person }) => {
    const told = turn.words.t(`asides:${id}`, person.vars);
    const more =
      isAsked(conversation) || told.endsWith('?')
        ? ''
        : ` ${turn.words.t('asides:anything-else', person.vars)}`;
    return answer({ text: told + more });
  },
}));

/** «Gửi anh Hùng» is no picture: where marks are typed they decide. */
function isAbout({ fold, typed }: Message, about: RegExp): boolean {
  const plain = fold.replace(/\s+/g, ' ').trim();
  if (plain.length > LONGEST || /\d{2}/.test(plain) || !about.test(plain)) return false;
  return (
    plain === typed.toLowerCase().trim() || !/(?<!\p{L})(?:anh|chú|chụ)(?!\p{L})/u.test(typed.toLowerCase())
  );
}
