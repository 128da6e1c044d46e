import type { DialogDeps } from './deps';
import { answer } from './answer';
import { isAsked } from './unfinished';
import type { Command, Message } from './feature';

/** Small questions about the talk itself, each answered by one sentence of `asides`, beside whatever is open. */
interface Aside {
  readonly id: string;
  /** By which it is offered where a message only comes near it; absent: it is not. */
  readonly button?: `#${string}`;
  readonly says: readonly string[];
  /** Of the message without marks and signs: what it is about, and that it asks or offers. Absent: `says` alone. */
  readonly about?: RegExp;
  /** Never by likeness: «học có mất tiền không» asks about something else. */
  readonly worded?: true;
}

const ASIDES: readonly Aside[] = [
  {
    id: 'who-sees-this',
    button: '#AIXEM',
    says: [
      'số này có đưa lên mạng không',
      'số này có công khai không',
      'mấy cái này ai đọc',
      'tin này ai đọc',
      'số này ai đọc',
      'có lộ thông tin không',
      'lộ thông tin không',
      'ai giữ số liệu này',
      'ai xem số này',
      'ai xem được số liệu này',
      'số liệu này ai xem',
      'số này gửi cho ai xem',
      'ai đọc được tin của tôi',
      'tin này có ai đọc không',
      'xã có thấy số này không',
      'ai biết được số tôi báo',
      'thông tin của tôi có bị lộ không',
      'số liệu này có bí mật không',
    ],
    about:
      /^(?:so|tin|may so|so lieu)(?: nay| do)? (?:se )?(?:gui|chuyen|nop)(?: di| len| cho)* (?:ai|dau)(?: .{0,8})?$|^(?:.{0,12} )?(?:ai|xa|nguoi khac|cong an)(?: .{0,8})? (?:xem|biet|thay|doc)(?: duoc)? .{0,12}(?:so|tin|cai) .{0,12}$|(?:bi |co )?(?:lo|ro ri) (?:thong tin|so lieu)|(?:thong tin|so lieu|tin nhan)(?: .{0,12})? (?:bi )?(?:lo|ro ri)(?: .{0,8})?$/,
  },
  {
    id: 'what-for',
    button: '#DELAMGI',
    says: [
      'báo số này để làm gì',
      'số này để làm gì',
      'báo cáo để làm gì',
      'lấy số này làm gì',
      'hỏi mấy số này làm gì',
      'xã lấy số liệu này làm gì',
      'sao phải báo cáo',
    ],
    about:
      /^(?:.{0,14} )?(?:so|con so|bao|bao cao|hoi|lay|gui|cai)(?: .{0,16})? (?:de )?(?:lam gi|lam chi|phuc vu gi|co tac dung gi|phat(?: \S+){0,2}|xu phat|cat thi dua)(?: (?:the|vay|nhi|ha|day|co|em|chau|hay|a|ma lam))*$|^(?:tai )?sao (?:lai )?phai (?:bao|nop|gui)(?: (?:cao|so|cai nay|nhieu|the|vay|a|ha|em|chau))*$/,
  },
  {
    id: 'costs-nothing',
    button: '#MATTIEN',
    worded: true,
    says: [
      'có mất tiền không',
      'nhắn tin có mất tiền không',
      'dùng cái này có mất phí không',
      'có tốn tiền không',
      'có phải trả tiền không',
      'có mất cước không',
    ],
    about:
      /^(?:(?:nhan|nhan tin|tin|gui|bao cao|dung|cai|nay|day|kenh|zalo|bac|toi|em|co|bi|phai|the|o|vao|o day) )*(?:mat|ton|tinh|thu|phai tra|phai nop) (?:tien|phi|cuoc)(?: (?:gi|dau|dien thoai|mang|cuoc))* (?:khong|ko|k)(?: (?:day|the|vay|nhi|ha|a|em|chau|co))*$/,
  },
  {
    id: 'by-mistake',
    says: [
      'nhắn nhầm',
      'tôi nhắn nhầm',
      'nhắn nhầm người',
      'gửi tin nhầm',
      'xin lỗi tôi nhắn nhầm',
      'nhắn nhầm số',
    ],
  },
  {
    id: 'small-talk',
    says: [
      'trời nóng quá cháu ạ',
      'bác già rồi chậm chạp lắm',
      'chúc cháu khỏe',
      'bác đùa thôi',
      'cháu ăn cơm chưa',
      'em ăn cơm chưa',
      'ăn cơm chưa cháu',
      'hôm nay trời mưa quá',
      'trời nóng quá',
      'trời rét quá',
      'cháu có khỏe không',
      'em khỏe không',
      'cháu bao nhiêu tuổi',
    ],
    about:
      /^(?:.{0,12} )?(?:troi|gioi|thoi tiet)(?: .{0,10})? (?:mua|nang|nong|ret|lanh|dep|bao|gio)(?: .{0,10})?$|^(?:chau|em|co|chu|bot)(?: .{0,6})? (?:an com|an toi|an trua|an sang|khoe|ngu) (?:chua|khong|ko|k)(?: .{0,8})?$/,
  },
  {
    id: 'on-paper',
    button: '#BANGGIAY',
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
    button: '#GUIANH',
    says: [
      'chụp bảng điểm danh gửi sang có được không',
      'chụp cái sổ gửi qua nhé',
      'gửi ảnh lớp học qua đây',
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
      /(?:^| )(?:gui|nhan|dinh|kem|chup)(?: .{0,8})? (?:anh|hinh|tam anh|buc anh) (?:chup |lop |so |diem |danh sach|khong|ko|k|duoc|dc|o dau|qua|cho|nhe|chu|thay).{0,24}$|^(?:.{0,12} )?chup (?:lai )?(?:quyen |cuon |cai |to |trang |ban )?(?:so|anh|hinh|lop|danh sach).{0,24}$/,
  },
  {
    id: 'bigger-letters',
    button: '#CHUTO',
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
    button: '#NOIMIENG',
    says: [
      'nói vào đây có được không',
      'nói vào máy được không',
      'tôi chỉ biết nói không biết gõ',
      'không biết gõ',
      'gõ chậm lắm cho tôi nói',
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
      /(?:^| )(?:noi|doc|bao|tra loi) bang (?:mieng|mom|loi|giong)|^(?:.{0,8} )?(?:noi|doc) (?:cho |de )?(?:chau|em|may|bot)? ?(?:ghi|nghe)(?: (?:ho|giup|lai))* (?:duoc|dc) (?:khong|ko|k)(?: .{0,8})?$|(?:^| )(?:tin thoai|ghi am|thu am|noi vao may)(?: .{0,12})? (?:khong|ko|k|duoc|dc|nhe)(?: |$)|(?:khong|ko|k|chua) biet (?:go|danh|viet) chu|(?:^| )(?:go|danh|viet|nhan)(?: \S+){0,3} (?:cham|kho|lau)(?: \S+){0,2} noi (?:duoc|dc) (?:khong|ko|k)/,
  },
];

/** Longer messages tell something else as well. */
const LONGEST = 60;

export const ASIDE_COMMANDS: readonly Command<DialogDeps>[] = ASIDES.map(
  ({ id, says, about, worded, button }) => ({
    id,
    tells: true,
    ...(button ? { button } : {}),
    says,
    readOnly: worded === true,
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
  }),
);

/** «Gửi anh Hùng» is no picture: where marks are typed they decide. */
function isAbout({ fold, typed }: Message, about: RegExp): boolean {
  const plain = fold.replace(/\s+/g, ' ').trim();
  if (plain.length > LONGEST || /\d{2}/.test(plain) || !about.test(plain)) return false;
  return (
    plain === typed.toLowerCase().trim() || !/(?<!\p{L})(?:anh|chú|chụ)(?!\p{L})/u.test(typed.toLowerCase())
  );
}
