import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { monthName } from '../../kernel/moment';
import { placeWord } from './places';
import { periodMeant } from './report-facts';
import { oversees } from './status-commands';

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
  readonly choices?: (turn: Turn<DialogDeps>) => readonly Choice[];
}

const missingChoice = (turn: Turn<DialogDeps>): Choice =>
  choice(turn, 'MISSING', 'menu:buttons.missing', '#CHUANOP');
const totalChoice = (turn: Turn<DialogDeps>): Choice => choice(turn, 'TOTAL', 'menu:buttons.total', '#TONG');

/** How a thing is said here, or that it is not done here and what is. */
const HOW_TO: readonly HowTo[] = [
  {
    id: 'enter',
    says: ['nhập hộ', 'nhập hộ một thôn', 'nhập giúp một thôn', 'em nhập hộ thôn', 'nhập hộ thế nào'],
    about:
      /^(?:(?:em|chi|anh|toi|muon|cho) )*(?:nhap|bao|ghi) (?:ho|giup|thay)(?: (?:cho|mot|1|cac|thon|noi|to|the nao|ntn|lam sao|bao cao))*$/,
  },
  {
    id: 'nudge',
    says: [
      'nhắc các thôn chưa nộp',
      'nhắc giúp em các thôn chậm',
      'gửi nhắc nhở cho thôn chưa báo cáo',
      'nhắc các nơi chậm giúp em',
      'giục các thôn nộp báo cáo',
    ],
    about: /(?:^| )(?:nhac|giuc|don doc|nhac nho)(?: |.* )(?:thon|to dan pho|tdp|noi|xom|khu)(?: .{0,24})?$/,
    choices: (turn) => [missingChoice(turn)],
  },
  {
    id: 'file',
    says: ['xuất excel', 'cho em file excel', 'tải bảng tổng hợp', 'vẽ biểu đồ', 'mẫu báo cáo ở đâu'],
    about:
      /^(?:em |cho |cho em |muon )*xin (?:file|excel)|^cho (?:em|toi|chi|anh) (?:xin )?file(?: |$)|(?:^| )(?:xuat|tai)(?: ve| ra)? (?:excel|exel|file)(?: |$)|(?:^| )bieu do(?: |$)|(?:^| )(?:tai|xuat)(?: ve| ra)? (?:bang|so lieu|bao cao|file)|(?:^| )mau bao cao (?:o dau|dau|the nao)/,
    // The figures of six months are there as a list.
    never: /(?:^| )(?:6|sau) thang(?: |$)/,
    choices: (turn) => [totalChoice(turn)],
  },
  {
    id: 'no_ranking',
    says: [
      'xếp hạng xã mình',
      'thôn nào kém nhất',
      'xã mình xếp thứ mấy',
      'thôn nào tốt nhất',
      'thôn nào cần hỗ trợ',
    ],
    about:
      /(?:^| )(?:xep hang|xep thu|dung thu may|kem nhat|tot nhat|yeu nhat|te nhat|(?:thon|noi|to|xa) nao can (?:ho tro|giup)(?: nhat)?)(?: |$)/,
    choices: (turn) => [missingChoice(turn)],
  },
  {
    id: 'people',
    says: [
      'cho em danh sách số điện thoại trưởng thôn',
      'gọi trưởng thôn',
      'đổi trưởng thôn',
      'cấp mã cho trưởng thôn mới',
      'thôn nào đổi trưởng thôn',
    ],
    about:
      /(?:^| )(?:so dien thoai|sdt|goi|goi cho|doi|thay|cap ma(?: cho)?|xin ma(?: cho)?|lien lac)(?: .{0,6})? (?:truong thon|to truong|truong xom)(?: |$)/,
  },
  {
    id: 'directive',
    says: [
      'giao việc cho các thôn',
      'gửi thông báo cho các trưởng thôn',
      'tạo công văn',
      'gửi công văn xuống thôn',
      'giao việc xuống thôn',
    ],
    about:
      /^(?:(?:em|muon|cho|can) )*(?:tao cong van|soan cong van|(?:giao viec|gui thong bao|thong bao|gui cong van|phat cong van)(?: (?:cho|xuong|toi|den|cac|thon|to|truong thon|to truong|xa|noi|moi|the nao))+)$/,
  },
  {
    id: 'adjust',
    says: [
      'sửa số liệu tháng 2',
      'điều chỉnh số đã khóa',
      'điều chỉnh báo cáo tháng trước',
      'xin điều chỉnh số tháng trước',
      'điều chỉnh số liệu tháng trước',
    ],
    about:
      /(?:^| )(?:sua|dieu chinh|chinh)(?: lai)?(?: (?:so|so lieu|bao cao))*(?: (?:da khoa|thang (?:truoc|roi|\d{1,2})))(?: |$)/,
  },
  {
    id: 'extend',
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
    id: 'leave',
    says: [
      'em chuyển công tác rồi',
      'em không phụ trách nữa',
      'từ mai em không phụ trách nữa',
      'em nghỉ phép ai duyệt thay',
      'đổi cán bộ phụ trách xã',
    ],
    about:
      /(?:^| )(?:chuyen cong tac|khong (?:con )?phu trach nua|nghi phep|nghi viec|nghi sinh|doi can bo phu trach)(?: |$)/,
  },
];

export const HOW_TO_COMMANDS = HOW_TO.map(({ id, says, about, never, choices }): Command<DialogDeps> => ({
  id: `how-${id.replace('_', '-')}`,
  says,
  for: oversees,
  reads: ({ fold, typed, person }) =>
    person.reporting.length === 0 &&
    typed.length <= 80 &&
    !typed.includes(':') &&
    about.test(fold.replace(/\s+/g, ' ').trim()) &&
    never?.test(fold.replace(/\s+/g, ' ').trim()) !== true,
  run: async (turn) => asks(turn, id, choices?.(turn) ?? []),
}));
