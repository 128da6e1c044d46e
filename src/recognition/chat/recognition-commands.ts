import { answer, listed, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { capital, formatCount } from '../../kernel/vn-text';
import { monthName } from '../../kernel/moment';
import { personOf, placeName, type Person } from '../../org/chat/people';
import { can } from '../../org/roles';
import { sumOf, streakOf, growthOf, onTimeCount } from '../record';
import { COMMUNE_FORM, VILLAGE_FORM } from '../records';
import { candidateLine, evidenceText } from './recognition-texts';

/** What can be asked about records: one's own, whom a commune may propose, and the list for the awards. */

const ofCommune = ({ offices }: Person): boolean =>
  offices.some(({ role }) => can(role, 'approves_villages'));
const ofProvince = ({ offices }: Person): boolean => offices.some(({ role }) => can(role, 'approves_above'));
const hasRecord = (person: Person): boolean => person.reporting.length > 0 || ofCommune(person);

const mine: Command<DialogDeps> = {
  id: 'my-record',
  tells: true,
  button: '#THANHTICH',
  says: [
    'thành tích',
    'xem thành tích',
    'thành tích của thôn',
    'thành tích của tôi',
    'thôn tôi đúng hạn mấy tháng',
    'thành tích của xã',
    'our record',
  ],
  for: hasRecord,
  help: 76,
  async run(turn, { person }) {
    const { words, deps, at } = turn;
    const post = person.reporting[0] ?? person.offices.find(({ role }) => can(role, 'approves_villages'));
    if (!post) return null;
    const form = person.reporting.length > 0 ? VILLAGE_FORM : COMMUNE_FORM;
    const months = await deps.recognition.recordOf(post.unit, form, at);
    const Unit = capital(placeName(deps, post.unit, at));
    const last = months.at(-1);
    if (!last) return sentence(turn, 'recognition:mine.none', { Unit });
    const [streak, onTime] = [streakOf(months), onTimeCount(months)];
    const classes = sumOf(months, 'classes_held');
    const learners = sumOf(months, 'learners');
    const growth = growthOf(months, 'adults_digital');
    const lines = [
      words.t('recognition:mine.head', {
        ...{ Unit, months: months.length },
        sent: months.filter(({ result }) => result !== 'none').length,
      }),
      ...(onTime > 0 ? [words.t('recognition:mine.on_time', { onTime })] : []),
      ...(streak > 1 ? [words.t('recognition:mine.streak', { streak })] : []),
      ...(classes
        ? [
            words.t('recognition:mine.classes', {
              classes: formatCount(classes.value),
              learners: formatCount(learners?.value ?? 0),
            }),
          ]
        : []),
      ...(growth
        ? [
            words.t('recognition:mine.growth', {
              ...{ from: formatCount(growth.from), to: formatCount(growth.to) },
              since: monthName(words, growth.since, at),
            }),
          ]
        : []),
      words.t('recognition:mine.thanks', person.vars),
    ];
    return answer({ text: lines.join('\n') });
  },
};

const toPropose: Command<DialogDeps> = {
  id: 'whom-to-propose',
  tells: true,
  button: '#GOIYKHEN',
  says: [
    'gợi ý khen thưởng',
    'nên đề nghị khen ai',
    'đề nghị khen thôn nào',
    'thôn nào nên khen',
    'gợi ý đề nghị khen',
    'xem gợi ý khen thưởng',
  ],
  for: ofCommune,
  help: 77,
  async run(turn, { person }) {
    const { words, deps, at } = turn;
    const post = person.offices.find(({ role }) => can(role, 'approves_villages'));
    if (!post) return null;
    const Unit = capital(placeName(deps, post.unit, at));
    const found = await deps.recognition.villagesToPropose(post.unit, at);
    if (found.length === 0) return sentence(turn, 'recognition:propose.none', { Unit });
    const names = found.map(({ unit, evidence }) =>
      words.t('recognition:propose.line', {
        name: capital(placeName(deps, unit ?? '', at)),
        evidence: evidence ? evidenceText(turn, evidence) : '',
      }),
    );
    return listed({
      head: words.t('recognition:propose.head', { ...personOf(turn).vars, Unit, count: found.length }),
      names,
    });
  },
};

const shortlist: Command<DialogDeps> = {
  id: 'award-shortlist',
  tells: true,
  button: '#KHENTHUONG',
  says: [
    'danh sách khen thưởng',
    'danh sách đề nghị khen thưởng',
    'xem danh sách khen thưởng',
    'ai được đề nghị khen',
    'tổng hợp đề nghị khen thưởng',
    'award shortlist',
  ],
  for: ofProvince,
  help: 79,
  async run(turn, { person }) {
    const { words, deps, at } = turn;
    const post = person.offices.find(({ role }) => can(role, 'approves_above'));
    if (!post) return null;
    const list = await deps.recognition.shortlist(post.unit, at);
    if (list.length === 0) return sentence(turn, 'recognition:list.none');
    const proposed = list.filter(({ nomination }) => nomination !== null).length;
    const head = words.t('recognition:list.head', { proposed, figures: list.length - proposed });
    return listed({ head, names: list.map((one, i) => candidateLine(turn, one, i + 1)) });
  },
};

export const RECORD_COMMANDS: readonly Command<DialogDeps>[] = [mine, toPropose, shortlist];
