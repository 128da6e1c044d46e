import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, listed, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, wish, type Command, type Wish } from '../../dialogs/feature';
import { formatCount } from '../../kernel/vn-text';
import { moment, momentShort, monthName, placeName, type Person } from '../../org/chat/people';
import { askedFigures, formOf } from '../forms';
import { monthTimes, timesOf } from '../deadlines';
import { missingCommunes, missingVillages, statusAnswer, totalAnswer, villageAnswer } from './officer';
import { periodMeant, VILLAGE_FORM } from './report-facts';
import { figureName } from './report-texts';

/** How it stands, who is missing, totals, and what is due when. */

export const oversees = (person: Person): boolean => person.overseeing.length > 0;

const status: Command<DialogDeps> = command({
  id: 'status',
  button: '#TINHHINH',
  says: ['tình hình', 'tiến độ', 'đang chờ ai', 'bao nhiêu xã đã nộp', 'nộp được bao nhiêu', 'xem tình hình'],
  help: 30,
  read: wish('status'),
  tapped: () => ({ kind: 'status' as const }),
  run: async (turn) => answer(await statusAnswer(turn)),
});

const villagesMissing: Command<DialogDeps> = command({
  id: 'missing-villages',
  button: '#CHUANOP',
  says: [
    'thôn nào chưa nộp',
    'ai chưa nộp',
    'còn thiếu thôn nào',
    'đơn vị nào chưa báo cáo',
    'thon nao con thieu',
  ],
  help: 40,
  for: oversees,
  read: wish('missing_villages'),
  tapped: () => ({ kind: 'missing_villages' as const }),
  run: async (turn) => listed(await missingVillages(turn)),
});

const communesMissing: Command<DialogDeps> = command({
  id: 'missing-communes',
  says: [
    'xã nào chưa nộp',
    'phường nào chưa nộp',
    'xã nào còn thiếu',
    'còn xã nào chưa báo cáo',
    'xa nao chua nop',
  ],
  for: oversees,
  read: wish('missing_communes'),
  run: async (turn) => listed(await missingCommunes(turn)),
});

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

const deadline: Command<DialogDeps> = command({
  id: 'deadline',
  says: ['hạn nộp bao giờ', 'hạn nộp', 'khi nào nộp', 'bao giờ phải nộp', 'nộp trước ngày mấy'],
  help: 60,
  read: wish('deadline'),
  run: async (turn, { person }) => deadlineAnswer(turn, person),
});

const whatToReport: Command<DialogDeps> = command({
  id: 'what-to-report',
  says: ['phải báo cáo những gì', 'báo cáo gồm những gì', 'báo cáo gì', 'nộp số liệu gì', 'cần những số gì'],
  read: wish('what_to_report'),
  async run(turn, { person }) {
    const unit = person.reporting[0]?.unit;
    if (!unit) return sentence(turn, 'menu:no_duty');
    const { words, deps } = turn;
    const period = periodMeant(turn.at);
    const form = formOf(VILLAGE_FORM);
    const asked = askedFigures(form, period, deps.settings.optionalFigures);
    const figures = asked.map((figure, i) => `${formatCount(i + 1)}. ${figureName(turn, figure.id)}`);
    const vars = {
      unit: placeName(deps, unit, turn.at),
      count: asked.length,
      figures: figures.join('\n'),
      deadline: moment(words, timesOf(form, deps.settings.calendars, period).deadline),
    };
    return sentence(turn, 'menu:what_to_report', vars, [
      { id: 'REPORT', label: words.t('officer:buttons.start'), command: '#BAOCAO' },
    ]);
  },
});

export const STATUS_COMMANDS: readonly Command<DialogDeps>[] = [
  status,
  villagesMissing,
  communesMissing,
  villageAsked,
  total,
  deadline,
  whatToReport,
];

function deadlineAnswer(turn: Turn<DialogDeps>, person: Person): StepResult {
  const { words, deps } = turn;
  const period = periodMeant(turn.at);
  const form = formOf(VILLAGE_FORM);
  const times = timesOf(form, deps.settings.calendars, period);
  const month = monthName(words, period, turn.at);
  const unit = person.reporting[0]?.unit;
  if (unit)
    return sentence(turn, 'menu:deadline', {
      month,
      unit: placeName(deps, unit, turn.at),
      deadline: moment(words, times.deadline),
      lock: momentShort(words, times.lockAt),
    });
  const communeTimes = monthTimes(deps.settings.calendars, period).commune;
  return sentence(turn, 'menu:deadline_officer', {
    month,
    village: moment(words, times.deadline),
    commune: moment(words, communeTimes.deadline),
  });
}
