import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import { personOf } from '../../org/chat/people';
import { wished } from './approval-wishes';
import { factsOfRef, refOfKey } from './approval-facts';
import { checkVars } from './approval-texts';
import { readForm } from './form-values';
import { reportsHere } from './report-commands';
import { unitsActedFor } from '../../org/roles';
import {
  answeredCount,
  factsOf,
  figureOfId,
  isSent,
  numberOf,
  ownUnits,
  periodMeant,
  unanswered,
  VILLAGE_FORM,
  type Facts,
} from './report-facts';
import { readInstead } from '../../understanding/instead';
import { asksWhyReturned, isWaiting } from '../../understanding/returned-words';
import { readAnswer } from './report-answers';
import { askReturned, reportReturned, returnedFigure } from './returned';
import { objectToEntry } from './objecting';
import { askMoreTime } from './village-asks';

/** What a village says about the checking of its report: the answer to a figure that was sent back, more time, sending what is there. */

const moreTime: Command<DialogDeps> = command({
  id: 'more-time',
  button: '#XINGIAHAN',
  says: [
    'bác ở viện cho nộp sau vài bữa',
    'nhà có tang xin lùi mấy hôm',
    'xin xã cho lùi mấy hôm',
    'xin cho bác gia hạn',
    'cho bác nộp chậm ít hôm',
    'tôi ốm xin nộp muộn',
    'bác nằm viện xin nộp chậm',
    'bận đám cưới xin lùi ít hôm',
    'chưa kịp xin thêm thời gian',
    'cho khất vài hôm',
    'xin khất đến cuối tuần',
    'cho bác thêm thời gian',
    'thư thư cho bác mấy hôm',
    'không kịp nộp xin lùi hạn',
    'xin thêm nửa ngày',
    'xin gia hạn',
    'cho em xin thêm thời gian',
    'xin lùi hạn',
    'xin nộp muộn',
    'xin mở khóa',
    'xin chậm vài hôm',
    'cho thêm hai hôm',
    'mấy hôm nữa nộp được không',
    'lùi cho mấy ngày',
  ],
  for: reportsHere,
  strong: true,
  read: wished('more_time'),
  tapped: () => ({ kind: 'more_time' as const }),
  meant: { kind: 'more_time' as const },
  run: (turn) => askMoreTime(turn),
});

const sendPartly: Command<DialogDeps> = command({
  id: 'send-partly',
  says: ['gửi tạm', 'nộp tạm', 'gửi trước nhé', 'cho tôi gửi tạm', 'gửi tạm các số đã có', 'nộp một phần'],
  for: reportsHere,
  strong: true,
  read: wished('send_partly'),
  run: (turn) => partly(turn),
});

async function partly(turn: Turn<DialogDeps>): Promise<StepResult> {
  const units = ownUnits(turn);
  const all = await Promise.all(units.map((unit) => factsOf(turn, unit, periodMeant(turn.at))));
  const known = all.filter((facts) => facts !== null);
  const facts = known.find((each) => !isSent(each) && answeredCount(each) > 0) ?? known[0];
  if (!facts) return sentence(turn, 'reports:not_reporter_unknown');
  const vars = checkVars(turn, facts);
  if (isSent(facts)) return sentence(turn, 'approval:partly.sent', vars);
  if (turn.at < facts.times.opensAt) return sentence(turn, 'approval:partly.not_open', vars);
  if (answeredCount(facts) === 0) return sentence(turn, 'approval:partly.nothing', vars);
  const open = unanswered(facts);
  if (open.length === 0) return { move: { to: 'dialog', dialog: 'report', slots: {} } };
  return { move: { to: 'dialog', dialog: 'send-partly', slots: { ref: refOfKey(facts.key) } } };
}

const notRight = command<DialogDeps, string>({
  id: 'object-to-entry',
  button: '#KHONGDUNG',
  says: ['không đúng', 'số này không đúng', 'các số không đúng', 'số liệu không đúng', 'xã nhập không đúng'],
  for: reportsHere,
  read: (message) => (wished('not_right')(message) ? '' : null),
  tapped: (rest) => rest,
  run: (turn, _message, ref) => objectToEntry(turn, ref),
});

/** Whether the person reports this form for the unit. */
function reportsFor(turn: Turn<DialogDeps>, { key, form }: Facts): boolean {
  return personOf(turn).offices.some(
    (office) => form.reporters.includes(office.role) && unitsActedFor(office).includes(key.unit),
  );
}

/** `…/3`: the question; `…/3/GIU`, `…/3/S21`: the answer with it. */
const returnedAnswer = command<DialogDeps, string>({
  id: 'returned-answer',
  button: '#SOTRA',
  says: [],
  read: () => null,
  tapped: (rest) => rest,
  async run(turn, _message, rest) {
    const [form = '', period = '', unit = '', number = '', act = ''] = rest.split('/');
    const facts = await factsOfRef(turn, `${form}/${period}/${unit}`);
    if (!facts || !reportsFor(turn, facts)) return sentence(turn, 'common:old_button');
    const named = facts.form.figures.find(({ id }) => numberOf(facts, id) === Number(number))?.id;
    const open = named !== undefined && facts.report?.figures[named]?.state === 'returned';
    const figure = open ? named : returnedFigure(facts);
    if (figure === null) return sentence(turn, 'approval:nothing_returned', checkVars(turn, facts));
    if (open && act !== '')
      return askReturned(
        facts,
        figure,
        act === 'GIU' ? turn.words.t('approval:keep_word') : act.replace(/^S/, ''),
      );
    return askReturned(facts, figure);
  },
});

export const VILLAGE_COMMANDS: readonly Command<DialogDeps>[] = [
  moreTime,
  sendPartly,
  notRight,
  returnedAnswer,
];

/** A number, or «giữ 121», with nothing open but a figure that was sent back: its answer. Null: it is none. */
export async function answersReturned(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const { text, person, conversation } = message;
  if (conversation.stack.some(({ dialog }) => dialog === 'report' || dialog === 'form')) return null;
  if (person.offices.length === 0 || turn.event.kind !== 'text') return null;
  const short =
    /^\s*(?:(?:giữ|giu|sửa thành|sua thanh|sửa lại|sua lai|vẫn|van)(?:\s+(?:nguyên|nguyen|là|la))?\s*)?\d{0,6}\s*$/iu.test(
      text.normalize('NFC'),
    );
  const facts = await reportReturned(turn);
  const figure = facts && returnedFigure(facts);
  if (!facts || !figure) return null;
  const spoken =
    facts.form.id === VILLAGE_FORM &&
    (asksWhyReturned(text) || isWaiting(text) || saysNumber(facts, figure, text));
  if (spoken) return askReturned(facts, figure, text);
  // More than a number is read only where a share, a link or a yes is what was sent back.
  return short || (facts.form.id !== VILLAGE_FORM && answersKind(turn, facts, figure, text))
    ? askReturned(facts, figure, text)
    : null;
}

/** «104 mới đúng», «104 lượt thôi»: the figure itself, in words of its own. */
function saysNumber(facts: Facts, figure: string, text: string): boolean {
  return [text, readInstead(text) ?? ''].some((said) => readAnswer(facts, figure, said).kind === 'value');
}

/** The text can only be a value of the figure's kind: words alone never are. */
function answersKind(turn: Turn<DialogDeps>, facts: Facts, figure: string, text: string): boolean {
  const def = figureOfId(facts, figure);
  if (def.kind === 'text') return false;
  const { kind } = readForm(turn, def, text, foldText(text));
  return kind !== 'none' && kind !== 'missing';
}
