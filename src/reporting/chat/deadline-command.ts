import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { moment, momentShort, monthName } from '../../kernel/moment';
import { placeName, type Person } from '../../org/chat/people';
import { formOf } from '../forms';
import { monthTimes, timesOf } from '../deadlines';
import { periodMeant, VILLAGE_FORM } from './report-facts';

/** «Hạn báo cáo bao giờ»: the deadlines of what the person reports, by form. */

/** The word inside a longer question, but for papers of one's own. */
const DEADLINE =
  /(?<![a-z])han (?:nop|chot|cuoi|bao cao)(?![a-z])|(?<![a-z])(?:het|den|toi|qua) han (?:chua|luc nao|khi nao|hom nao|ngay nao|bao gio|ngay may)|(?:bao gio|khi nao|luc nao|may gio|hom nao|ngay nao|ngay may|con may ngay|con bao lau)(?: .{0,12})? (?:het han|khoa so|khoa|dong so|phai nop|phai gui|den han|toi han)(?![a-z])|^(?:thi |the )?con (?:may|bao nhieu) (?:ngay|hom|gio)(?: nua)?(?: .{0,8})?$|^(?:.{0,8} )?(?:(?:nop|gui|bao|bao cao) (?:muon|cham|tre|sau han)|qua han|tre han|het han) (?:(?:thi|ma|co|bi) )*(?:sao|lam sao|phat|gi|the nao)(?: (?:khong|ko|k|nhi|a|em|chau|day|the|gi))*$/;
const PAPERS = /(?<![a-z])(?:vneid|dinh danh|can cuoc|cccd|the|ho so|dvc|bao hiem)(?![a-z])/;

export const deadline: Command<DialogDeps> = {
  id: 'deadline',
  button: '#HANNOP',
  says: [
    'hạn nộp',
    'hạn nộp bao giờ',
    'hạn đến khi nào',
    'hạn cuối là ngày nào',
    'bao giờ hết hạn',
    'bao giờ hết hạn báo cáo',
    'khi nào nộp',
    'khi nào phải nộp báo cáo',
    'bao giờ phải nộp',
    'bao giờ thì báo cáo',
    'nộp trước ngày mấy',
    'còn mấy ngày nữa',
    'hết hạn chưa',
    'mấy giờ hết hạn',
    'kỳ báo cáo từ ngày nào đến ngày nào',
    'ngày nào báo cáo',
    'nộp báo cáo khi nào',
    'deadline',
  ],
  help: 60,
  reads: ({ fold }) => DEADLINE.test(fold) && !PAPERS.test(fold),
  run: async (turn, { person }) => deadlineAnswer(turn, person),
};

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
