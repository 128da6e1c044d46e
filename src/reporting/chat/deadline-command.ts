import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { moment, momentShort, monthName } from '../../kernel/moment';
import { vnDay } from '../../kernel/vn-time';
import { placeName, type Person } from '../../org/chat/people';
import { can } from '../../org/roles';
import { formOf } from '../forms';
import { monthTimes, timesOf } from '../deadlines';
import { reportsOf, reportTitle } from './form-duties';
import { periodMeant, VILLAGE_FORM } from './report-facts';
import { monthTasksOf, tasksOf } from './task-commands';

/** «Hạn báo cáo bao giờ»: the deadlines of what the person reports, by form. */

/** The word inside a longer question, but for papers of one's own. */
const DEADLINE =
  /(?<![a-z])han (?:nop|chot|cuoi|bao cao)(?![a-z])|(?<![a-z])(?:het|den|toi|qua) han (?:chua|luc nao|khi nao|hom nao|ngay nao|bao gio|ngay may)|(?:bao gio|khi nao|luc nao|may gio|hom nao|ngay nao|ngay may|con may ngay|con bao lau)(?: .{0,12})? (?:het han|khoa so|khoa|dong so|phai nop|phai gui|den han|toi han)(?![a-z])|^(?:thi |the )?con (?:may|bao nhieu) (?:ngay|hom|gio)(?: nua)?(?: .{0,8})?$|^(?:.{0,8} )?(?:(?:nop|gui|bao|bao cao) (?:muon|cham|tre|sau han)|qua han|tre han|het han) (?:(?:thi|ma|co|bi) )*(?:sao|lam sao|phat|gi|the nao)(?: (?:khong|ko|k|nhi|a|em|chau|day|the|gi))*$/;
const PAPERS = /(?<![a-z])(?:vneid|dinh danh|can cuoc|cccd|the|ho so|dvc|bao hiem)(?![a-z])/;

export const deadline: Command<DialogDeps> = {
  id: 'deadline',
  tells: true,
  button: '#HANNOP',
  says: [
    'mấy hôm nữa mới phải nộp',
    'còn mấy hôm nữa thì hết hạn',
    'nộp chậm vài hôm có sao không',
    'hết hạn là hôm nào',
    'đến hạn chưa',
    'sắp đến hạn chưa',
    'chậm nhất là hôm nào',
    'phải nộp trước hôm nào',
    'còn kịp nộp không',
    'nộp muộn nhất là bao giờ',
    'bao giờ xã chốt số',
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
    'mấy giờ phải nộp',
    'hạn của các thôn là hôm nào',
    'bao giờ xã phải gửi số',
    'hạn của xã là khi nào',
  ],
  help: 60,
  reads: ({ fold }) => DEADLINE.test(fold) && !PAPERS.test(fold),
  run: async (turn, { person }) => deadlineAnswer(turn, person),
};

async function deadlineAnswer(turn: Turn<DialogDeps>, person: Person): Promise<StepResult> {
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
  const own = await ofAgencies(turn, person);
  const below = person.overseeing.some(
    ({ role }) => can(role, 'enters_on_behalf') || can(role, 'approves_above'),
  );
  const communeTimes = monthTimes(deps.settings.calendars, period).commune;
  const vars = {
    month,
    village: moment(words, times.deadline),
    commune: moment(words, communeTimes.deadline),
  };
  if (own.length === 0) return sentence(turn, 'menu:deadline_officer', vars);
  const lines = say(turn, 'menu:deadline_own', { lines: own.join('\n') });
  return answer({ text: below ? `${say(turn, 'menu:deadline_officer', vars)}\n${lines}` : lines });
}

/** What the agencies owe for which the person acts, a line each: their reports and the tasks of the plan, the nearest first. */
async function ofAgencies(turn: Turn<DialogDeps>, person: Person): Promise<string[]> {
  const { words, deps, at } = turn;
  const isAgency = (code: string): boolean => deps.directory.tree.get(code, vnDay(at))?.level === 'agency';
  const reports = reportsOf(turn, person)
    .filter(({ form, key }) => form.chosen !== true && isAgency(key.unit))
    .map((one) => ({ title: reportTitle(turn, one), due: one.times.deadline }));
  const tasks = (await tasksOf(turn, person))
    .filter(({ unit }) => isAgency(unit))
    .map(({ task }) => ({ title: words.t(`tasks:titles.${task.id}`), due: task.deadline }));
  const monthly = monthTasksOf(turn, person).map(({ id, vars, deadline: due }) => ({
    title: words.t(`tasks:titles.${id}`, vars),
    due,
  }));
  const rank = (due: Date | null): number => due?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return [...reports, ...monthly, ...tasks]
    .sort((a, b) => rank(a.due) - rank(b.due))
    .map(({ title, due }) =>
      due === null
        ? words.t('menu:deadline_none', { title })
        : words.t('menu:deadline_line', { title, deadline: moment(words, due) }),
    );
}
