import { holdersIn } from '../../org/chat/holder-asked';
import { answer } from '../../dialogs/answer';
import { oversees } from '../../org/chat/people';
import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command, Message } from '../../dialogs/feature';
import { monthName } from '../../kernel/moment';
import { ANY_DAY } from '../../org/chat/days-said';
import { readLeave } from '../../org/chat/read-leave';
import { codeAsked } from '../../org/chat/post-list';
import { holderAsked } from '../../org/chat/holder-asked';
import { placeWord } from './places';
import { periodMeant } from './report-facts';

/** How an officer says a thing here, or that it is not done here and what is: «nhập hộ», «xuất excel», «xếp hạng». */

export function asks(turn: Turn<DialogDeps>, key: string, choices: readonly Choice[] = []): StepResult {
  const unit = turn.deps.directory.officesOf(turn.user, turn.at)[0]?.unit ?? '';
  const month = monthName(turn.words, periodMeant(turn.at), turn.at);
  return sentence(turn, `officer:how.${key}`, { month, village: placeWord(turn, unit) }, choices);
}

export function choice(turn: Turn<DialogDeps>, id: string, label: string, command: string): Choice {
  const month = monthName(turn.words, periodMeant(turn.at), turn.at);
  return { id, label: turn.words.t(label, { month }), command };
}

interface HowTo {
  readonly id: string;
  readonly says: readonly string[];
  readonly about: RegExp;
  /** Said with these words it is something else. */
  readonly never?: RegExp;
  /** Whether it asks something more definite. */
  readonly unless?: (message: Message) => boolean;
  readonly choices?: (turn: Turn<DialogDeps>) => readonly Choice[];
}

const missingChoice = (turn: Turn<DialogDeps>): Choice =>
  choice(turn, 'MISSING', 'menu:buttons.missing', '#CHUANOP');
const totalChoice = (turn: Turn<DialogDeps>): Choice => choice(turn, 'TOTAL', 'menu:buttons.total', '#TONG');

/** How a thing is said here, or that it is not done here and what is. */
const HOW_TO: readonly HowTo[] = [
  {
    id: 'how-enter',
    says: [
      'nhập hộ',
      'nhập hộ một thôn',
      'nhập giúp một thôn',
      'em nhập hộ thôn',
      'nhập hộ thế nào',
      'nhập thay cho thôn được không',
      'thôn đọc số qua điện thoại nhập thế nào',
      'bác trưởng thôn đọc số qua điện thoại tôi nhập hộ thế nào',
      'báo hộ cho thôn được không',
    ],
    about:
      /^(?:(?:em|chi|anh|toi|muon|cho) )*(?:nhap|bao|ghi) (?:ho|giup|thay)(?: (?:cho|mot|1|cac|thon|noi|to|the nao|ntn|lam sao|bao cao))*$/,
  },
  {
    id: 'how-nudge',
    says: [
      'nhắc các thôn chưa nộp',
      'nhắc giúp em các thôn chậm',
      'gửi nhắc nhở cho thôn chưa báo cáo',
      'nhắc các nơi chậm giúp em',
      'giục các thôn nộp báo cáo',
      'nhắc hộ tôi',
      'nhắc hộ các thôn',
      'nhắc lại cho mấy thôn chưa nộp',
      'nhắn mấy thôn chưa nộp',
      'thúc mấy bác trưởng thôn nộp',
      'thúc các thôn nộp',
      'đôn đốc các thôn nộp báo cáo',
      'nhắc trưởng thôn nộp báo cáo',
      'giục các thôn nộp',
    ],
    about: /(?:^| )(?:nhac|giuc|don doc|nhac nho)(?: |.* )(?:thon|to dan pho|tdp|noi|xom|khu)(?: .{0,24})?$/,
    choices: (turn) => [missingChoice(turn)],
  },
  {
    id: 'how-file',
    says: [
      'xuất excel',
      'cho em file excel',
      'tải bảng tổng hợp',
      'vẽ biểu đồ',
      'mẫu báo cáo ở đâu',
      'gửi bảng tổng hợp dạng word',
      'cho file word',
      'có file excel không',
      'gửi bảng tổng hợp qua mail',
    ],
    about:
      /^(?:em |cho |cho em |muon )*xin (?:file|excel)|^cho (?:em|toi|chi|anh) (?:xin )?file(?: |$)|(?:^| )(?:xuat|tai)(?: ve| ra)? (?:excel|exel|file)(?: |$)|(?:^| )bieu do(?: |$)|(?:^| )(?:tai|xuat)(?: ve| ra)? (?:bang|so lieu|bao cao|file)|(?:^| )mau bao cao (?:o dau|dau|the nao)/,
    // The figures of six months are there as a list.
    never: /(?:^| )(?:6|sau) thang(?: |$)/,
    choices: (turn) => [totalChoice(turn)],
  },
  {
    id: 'how-no-ranking',
    says: [
      'xếp hạng xã mình',
      'thôn nào kém nhất',
      'xã mình xếp thứ mấy',
      'thôn nào tốt nhất',
      'thôn nào cần hỗ trợ',
      'so sánh xã mình với xã khác',
      'xã mình so với xã khác thế nào',
      'thôn nào làm tốt nhất',
    ],
    about:
      /(?:^| )(?:xep hang|xep thu|dung thu may|kem nhat|tot nhat|yeu nhat|te nhat|(?:thon|noi|to|xa) nao can (?:ho tro|giup)(?: nhat)?)(?: |$)/,
    choices: (turn) => [missingChoice(turn)],
  },
  {
    id: 'how-people',
    says: [
      'cho em danh sách số điện thoại trưởng thôn',
      'gọi trưởng thôn',
      'đổi trưởng thôn',
      'cấp mã cho trưởng thôn mới',
      'thôn nào đổi trưởng thôn',
      'cho số của bác trưởng thôn',
      'xin số điện thoại trưởng thôn',
      'thay trưởng thôn',
      'thôn thay trưởng thôn rồi',
      'cấp lại mã cho thôn',
      'cấp lại mã cho trưởng thôn',
      'trưởng thôn mất điện thoại cấp mã mới',
      'bác trưởng thôn nghỉ rồi',
      'trưởng thôn mới chưa có mã',
    ],
    unless: (message) => holderAsked(message) !== null || codeAsked(message) !== null,
    about:
      /(?:^| )(?:so dien thoai|sdt|goi|goi cho|doi|thay|cap ma(?: cho)?|xin ma(?: cho)?|lien lac)(?: .{0,6})? (?:truong thon|to truong|truong xom)(?: |$)/,
  },
  {
    id: 'how-directive',
    says: [
      'tạo công văn',
      'gửi công văn xuống thôn',
      'giao việc xuống thôn',
      'giao việc thế nào',
      'giao việc xuống các thôn thế nào',
    ],
    about:
      /^(?:(?:em|muon|cho|can) )*(?:tao cong van|soan cong van|(?:giao viec|gui thong bao|thong bao|gui cong van|phat cong van)(?: (?:cho|xuong|toi|den|cac|thon|to|truong thon|to truong|xa|noi|moi|the nao))+)$/,
  },
  {
    id: 'how-adjust',
    says: [
      'sửa số liệu tháng 2',
      'điều chỉnh số đã khóa',
      'điều chỉnh báo cáo tháng trước',
      'xin điều chỉnh số tháng trước',
      'điều chỉnh số liệu tháng trước',
      'số tháng 2 bị sai sửa thế nào',
      'số tháng trước sai giờ sửa được không',
      'tháng trước báo nhầm giờ sửa được không',
      'báo cáo tháng trước nhầm số sửa thế nào',
    ],
    about:
      /(?:^| )(?:sua|dieu chinh|chinh)(?: lai)?(?: (?:so|so lieu|bao cao))*(?: (?:da khoa|thang (?:truoc|roi|\d{1,2})))(?: |$)/,
  },
  {
    id: 'how-extend',
    says: [
      'thôn xin gia hạn thì làm thế nào',
      'thôn xin gia hạn thì sao',
      'thôn xin thêm giờ thì sao',
      'thôn xin thêm giờ thì làm thế nào',
      'thôn muốn nộp muộn thì làm sao',
    ],
    about:
      /(?:^| )(?:thon|noi|to|xom)(?: .{0,10})? (?:xin |muon )?(?:gia han|them gio|nop muon|nop cham|mo khoa)(?: .{0,14})? (?:the nao|lam sao|sao|ntn)$|^(?:gia han|mo khoa) cho (?:thon|noi|to|xom) (?:the nao|lam sao|ntn)$/,
  },
  {
    id: 'how-leave',
    says: [
      'em chuyển công tác rồi',
      'em không phụ trách nữa',
      'từ mai em không phụ trách nữa',
      'em nghỉ phép ai duyệt thay',
      'đổi cán bộ phụ trách xã',
      'tôi không phụ trách mảng này nữa',
      'tôi chuyển sang việc khác rồi',
    ],
    about:
      /(?:^| )(?:chuyen cong tac|khong (?:con )?phu trach nua|nghi phep|nghi viec|nghi sinh|doi can bo phu trach)(?: |$)/,
    // With days it is the leave itself.
    unless: ({ text, fold }) =>
      readLeave(text, ANY_DAY) !== null || /^(?:thoi|huy|bo|khong|het) |khong nghi phep/.test(fold.trim()),
  },
];

export const HOW_TO_COMMANDS = HOW_TO.map(
  ({ id, says, about, never, unless, choices }): Command<DialogDeps> => ({
    id,
    says,
    tells: true,
    // «Bác trưởng thôn Đông Lâm mất máy»: who that is, and what can be done for them.
    ...(id === 'how-people'
      ? { about: async (turn, _message, unit) => answer(await holdersIn(turn, unit)) }
      : {}),
    for: oversees,
    reads: (message) => {
      const { fold, typed, person } = message;
      return (
        person.reporting.length === 0 &&
        typed.length <= 80 &&
        !typed.includes(':') &&
        unless?.(message) !== true &&
        about.test(fold.replace(/\s+/g, ' ').trim()) &&
        never?.test(fold.replace(/\s+/g, ' ').trim()) !== true
      );
    },
    run: async (turn) => asks(turn, id.slice('how-'.length).replace('-', '_'), choices?.(turn) ?? []),
  }),
);
