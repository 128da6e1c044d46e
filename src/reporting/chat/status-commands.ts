import { vnDay } from '../../kernel/vn-time';
import { answer, listed, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, wish, type Command, type Wish } from '../../dialogs/feature';
import { formatCount } from '../../kernel/vn-text';
import { moment } from '../../kernel/moment';
import { oversees, placeName } from '../../org/chat/people';
import { askedFigures, formOf } from '../forms';
import { spanSentence } from '../data-span';
import { timesOf } from '../deadlines';
import { heldListing } from './held';
import { missingCommunes, missingVillages } from './missing';
import { villageAnswer, villageStanding } from './village-asked';
import { communeStanding } from './commune-asked-command';
import { totalAnswer } from './officer';
import { statusAnswer } from './status';
import { periodMeant, VILLAGE_FORM } from './report-facts';
import { figureName } from './report-texts';
import { deadline } from './deadline-command';
import { myWork } from './my-work-command';
import { WAYS } from './status-ways';

/** How it stands, who is missing, totals, and what is due when. */

/** «Tôi nộp chưa nhỉ», «thôn tôi báo chưa», «gửi được chưa»: of one's own place. */
const MINE_SENT =
  /^(?:the |vay )?(?:(?:thon|xom|to|tdp|to dan pho|khu|ben) )?(?:(?:toi|em|bac|minh|ta|chau) )?(?:da )?(?:nop|gui|bao cao|bao)(?: (?:duoc|di|roi|len xa|bao cao))* (?:chua|xong chua)(?: (?:nhi|a|em|e|ha|chau|the))*$|^(?:toi|bac|em) (?:da )?(?:nop|gui|bao cao|bao)(?: \S+){0,2} phai (?:khong|ko|k)(?: .{0,8})?$|^(?:(?:toi|bac|em|thon|minh) )*(?:da )?(?:gui|nop|bao)(?: bao cao| so)? (?:roi|r) ma(?: (?:a|em|chau|nhi))*$/;

const status: Command<DialogDeps> = {
  id: 'status',
  tells: true,
  button: '#TINHHINH',
  says: WAYS.status,
  help: 30,
  reads: ({ fold, person }) => person.reporting.length > 0 && MINE_SENT.test(fold.trim()),
  run: async (turn) => answer(await statusAnswer(turn)),
};

/** Everything that waits below an officer, by how long it has. */
const held: Command<DialogDeps> = {
  id: 'held-longest',
  tells: true,
  button: '#DANGCHO',
  says: [
    'đang chờ lâu nhất',
    'việc chờ lâu nhất',
    'xem ai đang giữ việc',
    'ai đang giữ việc',
    'danh sách đang chờ',
    'việc đang nằm ở đâu',
    'who holds the work',
  ],
  help: 32,
  for: oversees,
  run: async (turn) => listed(await heldListing(turn)),
};

const villagesMissing: Command<DialogDeps> = {
  id: 'missing-villages',
  tells: true,
  button: '#CHUANOP',
  says: [
    'thôn nào chưa nộp',
    'bao nhiêu thôn chưa nộp',
    'thôn nào chưa báo cáo',
    'thôn nào chưa có số liệu',
    'thôn nào chưa xong',
    'thôn nào còn thiếu',
    'thôn nào nộp muộn',
    'thôn nào chậm',
    'nơi nào nộp chậm',
    'còn thôn nào chưa nộp',
    'còn bao nhiêu thôn chưa nộp',
    'danh sách thôn chưa nộp',
    'ds thôn chưa nộp',
    'liệt kê thôn chưa báo cáo',
    'nơi nào chưa nộp',
    'ai chưa nộp',
    'những ai chưa báo cáo',
    'còn thiếu thôn nào',
    'thiếu những thôn nào',
    'còn thiếu ai',
    'đơn vị nào chưa báo cáo',
    'which villages are missing',
    'missing villages',
    'thôn nào đang nợ số liệu',
    'thôn nào còn nợ báo cáo',
    'danh sách thôn chậm nộp',
    'danh sách nộp chậm',
    'mấy thôn chưa nộp',
    'còn mấy thôn chưa báo cáo',
    'ai còn thiếu báo cáo',
    'những thôn nào chưa gửi số liệu',
    'thôn nào chưa gửi',
    'bao nhiêu nơi chưa nộp',
  ],
  help: 40,
  for: oversees,
  run: async (turn) => listed(await missingVillages(turn)),
};

const communesMissing: Command<DialogDeps> = {
  id: 'missing-communes',
  tells: true,
  button: '#XACHUANOP',
  says: [
    'xã nào chưa nộp',
    'bao nhiêu xã chưa nộp',
    'xã nào chưa báo cáo',
    'xã nào chưa xong',
    'xã nào còn thiếu',
    'xã nào còn thiếu thôn',
    'xã nào nộp muộn',
    'còn xã nào chưa nộp',
    'còn bao nhiêu xã chưa nộp',
    'danh sách xã chưa nộp',
    'ds xã chưa nộp',
    'còn thiếu xã nào',
    'phường nào chưa nộp',
    'which communes are missing',
  ],
  for: oversees,
  run: async (turn) => listed(await missingCommunes(turn)),
};

const villageAsked = command<DialogDeps, Wish<'village_asked'>>({
  id: 'village-asked',
  says: [
    'thôn Đông Lâm nộp chưa',
    'thôn Ngọc Trì báo cáo chưa',
    'hỏi thôn Gò Me đã nộp chưa',
    'tổ dân phố số 2 gửi chưa',
    'thon dong lam nop chua',
  ],
  for: oversees,
  read: wish('village_asked'),
  async about(turn, _message, unit) {
    const level = turn.deps.directory.tree.get(unit, vnDay(turn.at))?.level;
    if (level === 'village') return answer(await villageStanding(turn, unit));
    return level === 'commune' ? answer(await communeStanding(turn, unit)) : null;
  },
  run: async (turn, _message, { place }) => answer(await villageAnswer(turn, place)),
});

const total = command<DialogDeps, Wish<'total'>>({
  id: 'total',
  button: '#TONG',
  says: ['tổng tháng 3', 'tổng xã Tân Hòa', 'xem bảng tổng hợp', 'tổng hợp', 'tong thang 3 nam 2026'],
  help: 50,
  read: wish('total'),
  tapped: (): Wish<'total'> => ({ kind: 'total', month: null, year: null, level: null, place: null }),
  run: async (turn, _message, asked) => answer(await totalAnswer(turn, asked)),
});

const whatToReport: Command<DialogDeps> = {
  id: 'what-to-report',
  tells: true,
  button: '#BAOCAOGI',
  says: WAYS.whatToReport,
  async run(turn, message) {
    const { person } = message;
    const unit = person.reporting[0]?.unit;
    if (!unit) return person.offices.length > 0 ? myWork.run(turn, message) : sentence(turn, 'menu:no_duty');
    const { words, deps } = turn;
    const period = periodMeant(turn.at);
    const form = formOf(VILLAGE_FORM);
    const asked = askedFigures(form, period, deps.settings.optionalFigures);
    const figures = asked.map((figure, i) => `${formatCount(i + 1)}. ${figureName(turn, figure.id)}`);
    const times = timesOf(form, deps.settings.calendars, period);
    const vars = {
      unit: placeName(deps, unit, turn.at),
      count: asked.length,
      figures: figures.join('\n'),
      deadline: moment(words, times.deadline),
      span: spanSentence(words, times.data),
    };
    return sentence(turn, 'menu:what_to_report', vars, [
      { id: 'REPORT', label: words.t('officer:buttons.start'), command: '#BAOCAO' },
    ]);
  },
};

export const STATUS_COMMANDS: readonly Command<DialogDeps>[] = [
  status,
  held,
  villagesMissing,
  communesMissing,
  villageAsked,
  total,
  deadline,
  whatToReport,
];
