import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { monthName } from '../../kernel/moment';
import { placeName, type Person } from '../../org/chat/people';
import { unitsActedFor } from '../../org/roles';
import type { SendNotice } from '../../outbox/enqueue';
import { monthTimes } from '../deadlines';
import { textsOf } from '../form';
import { adjustmentId, type Adjustment, type AskAdjustment, type SettleAdjustment } from '../ledger';
import { previousPeriod } from '../periods';
import { effectBase, factsOf, isSent, periodMeant, VILLAGE_FORM } from './report-facts';
import { holdsSecondKey } from './second-key';
import { rolesThat } from '../../org/roles';
import { impossible } from '../validation';

/** «điều chỉnh số 1 = 102: ghi nhầm»: a correction after the lock, with a reason, approved by the department. */

export interface SaidAdjustment {
  readonly number: number;
  readonly place: string;
  readonly value: number;
  readonly reason: string;
}

const VALUE =
  '\\s*(?:=|(?:\\s(?:thành|thanh|là|la)\\s))\\s*(\\d{1,3}(?:\\.\\d{3})+|\\d{1,9})\\s*[:;,.-]?\\s*(.*)$';
const BEFORE = '^(?:(?:em|tôi|toi|xin|cho)\\s+)*';
const PATTERNS = {
  adjust: new RegExp(
    `${BEFORE}(?:điều chỉnh|dieu chinh)\\s+(?:số|so|câu|cau)\\s+(\\d{1,2})\\s*(.*?)${VALUE}`,
    'isu',
  ),
  /** Of a village that is named by its kind: without one it is a figure of one's own report. */
  fix: new RegExp(
    `${BEFORE}(?:sửa|sua|chữa|đổi|doi|chỉnh|chinh)(?:\\s+(?:lại|lai))?\\s+(?:số|so|câu|cau|mục|muc)\\s+(\\d{1,2})\\s+((?:(?:của|cua|cho)\\s+)?(?:thôn|thon|xóm|xom|làng|lang|bản|ban|tổ dân phố|to dan pho|tdp|tổ|to|khu phố|khu pho|khu)\\s.{1,60}?)${VALUE}`,
    'isu',
  ),
} as const;

/** «… số 3 thôn X = 102: lý do»; `verb`: which of the two words of changing it must begin with. */
export function readAdjust(typed: string, verb: keyof typeof PATTERNS): SaidAdjustment | null {
  const found = PATTERNS[verb].exec(typed.normalize('NFC'));
  if (!found) return null;
  const [, number = '', place = '', value = '', reason = ''] = found;
  return {
    ...{
      number: Number(number),
      place: place.replace(/^(?:của|cua|cho)\s+/iu, '').trim(),
      value: Number(value.replaceAll('.', '')),
    },
    reason: reason.replace(/^(?:lý do|ly do|vì|vi|do)\s*:?\s*/iu, '').trim(),
  };
}

const asks = ({ offices }: Person): boolean =>
  offices.some(({ role }) => ['village_head', 'village_deputy', 'commune_officer'].includes(role));

export const askAdjustment: Command<DialogDeps> = command({
  id: 'ask-adjustment',
  says: [
    'điều chỉnh số 1 = 102: ghi nhầm',
    'điều chỉnh số 3 thôn Đông Lâm = 102: ghi nhầm',
    'xin điều chỉnh số 1 = 102, lý do: ghi nhầm',
    'điều chỉnh số 1 thành 102: đếm trùng',
    'dieu chinh so 2 = 5: đếm thiếu một buổi',
  ],
  help: 18,
  for: asks,
  strong: true,
  read: ({ typed }) => readAdjust(typed, 'adjust'),
  run: (turn, { person }, said) => adjust(turn, person, said),
});

/** Asks the department for the correction; says what is missing for it. */
export async function adjust(
  turn: Turn<DialogDeps>,
  person: Person,
  said: SaidAdjustment,
): Promise<StepResult> {
  const period = lockedPeriod(turn);
  const unit = unitMeant(turn, person, said.place);
  if (unit === null) return sentence(turn, 'officer:not_your_place');
  const isCommune = turn.deps.directory.tree.getNearest(unit, vnDay(turn.at))?.level === 'commune';
  const facts = await factsOf(turn, unit, period, isCommune ? 'commune-month' : VILLAGE_FORM);
  const numbered = facts?.form.figures.filter(({ after }) => after === undefined) ?? [];
  const figure = numbered[said.number - 1];
  const vars = { unit: placeName(turn.deps, unit, turn.at), month: monthName(turn.words, period, turn.at) };
  if (!facts || !isSent(facts)) return sentence(turn, 'adjust:not_sent', vars);
  if (figure?.kind !== 'count') return sentence(turn, 'adjust:no_such', { number: said.number });
  if (said.reason === '')
    return sentence(turn, 'adjust:why', { number: said.number, value: formatCount(said.value) });
  const fault = impossible(figure, said.value, facts.unit);
  if (fault)
    return sentence(turn, 'adjust:impossible', {
      value: formatCount(said.value),
      max: formatCount(fault.max),
    });
  const from = facts.report?.figures[figure.id]?.value ?? null;
  const own = person.offices.some((office) => unitsActedFor(office).includes(unit));
  const { id, by, at, eventId } = effectBase(turn, facts);
  const effect: AskAdjustment = {
    ...{ kind: 'adjustment.ask', id, by, at, eventId, unit, form: facts.form.id, period },
    ...{ figure: figure.id, from, to: said.value, reason: said.reason, onBehalf: !own },
  };
  const asked = { ...effect, id: adjustmentId(id) };
  const told = departmentOf(turn).map((user): SendNotice => ({
    ...{ kind: 'notice.send', id: turn.effectId(), to: user, at: turn.at },
    text: turn.words.t('adjust:please', { line: adjustmentLine(turn, asked) }),
    buttons: [
      { kind: 'reply', label: turn.words.t('adjust:buttons.approve'), payload: `#DIEUCHINH_${asked.id}` },
    ],
  }));
  return {
    ...sentence(turn, 'adjust:asked', { line: adjustmentLine(turn, asked) }),
    effects: [effect, ...told],
  };
}

/** The month whose communes are locked: this one after its lock, else the one before. */
function lockedPeriod(turn: Turn<DialogDeps>): string {
  const now = periodMeant(turn.at);
  const { lockAt } = monthTimes(turn.deps.settings.calendars, now).commune;
  return turn.at >= lockAt ? now : previousPeriod(now);
}

/** The place named, inside the person's own; their own when none is named. */
function unitMeant(turn: Turn<DialogDeps>, { offices }: Person, place: string): string | null {
  const [office] = offices;
  if (!office) return null;
  if (place.trim() === '') return office.unit;
  const hits = turn.deps.directory.tree.find(place, vnDay(turn.at), { under: office.unit });
  return hits.length === 1 ? (hits[0]?.code ?? null) : null;
}

function departmentOf(turn: Turn<DialogDeps>): string[] {
  const root = turn.deps.directory.tree.roots(vnDay(turn.at))[0]?.code ?? '';
  return [...new Set(turn.deps.directory.holdersOf(root, rolesThat('second_key')).map(({ user }) => user))];
}

export function adjustmentLine(turn: Turn<DialogDeps>, one: Omit<Adjustment, 'id'>): string {
  const { words } = turn;
  return words.t('adjust:line', {
    unit: placeName(turn.deps, one.unit, turn.at),
    month: monthName(words, one.period, turn.at),
    figure: words.t(`${textsOf(one.form, one.figure)}.name`),
    from: one.from === null ? words.t('release:nothing') : formatCount(one.from),
    to: formatCount(one.to),
    reason: one.reason,
  });
}

interface Named {
  readonly id: string | null;
}

function settling(approves: boolean, pattern: RegExp) {
  return {
    for: holdsSecondKey,
    strong: true,
    read: ({ fold }: { readonly fold: string }): Named | null => (pattern.test(fold) ? { id: null } : null),
    tapped: (rest: string): Named => ({ id: rest === '' ? null : rest.toUpperCase() }),
    run: (turn: Turn<DialogDeps>, _message: unknown, { id }: Named) => settle(turn, id, approves),
  };
}

export const approveAdjustment: Command<DialogDeps> = command<DialogDeps, Named>({
  id: 'approve-adjustment',
  button: '#DIEUCHINH',
  says: [
    'duyệt điều chỉnh',
    'em duyệt điều chỉnh',
    'phê duyệt điều chỉnh',
    'đồng ý điều chỉnh',
    'duyet dieu chinh',
  ],
  ...settling(true, /^(?:(?:em|toi|a|ok) )*(?:phe duyet|duyet|dong y) (?:so )?dieu chinh(?: nay)?$/),
});

export const refuseAdjustment: Command<DialogDeps> = command<DialogDeps, Named>({
  id: 'refuse-adjustment',
  button: '#KHONGDC',
  says: [
    'từ chối điều chỉnh',
    'không duyệt điều chỉnh',
    'em từ chối điều chỉnh',
    'không đồng ý điều chỉnh',
    'tu choi dieu chinh',
  ],
  ...settling(false, /^(?:(?:em|toi|a) )*(?:tu choi|khong duyet|khong dong y) (?:so )?dieu chinh(?: nay)?$/),
});

async function settle(turn: Turn<DialogDeps>, id: string | null, approves: boolean): Promise<StepResult> {
  const waiting = await turn.deps.ledger.adjustments();
  const one =
    id === null ? (waiting.length === 1 ? waiting[0] : undefined) : waiting.find((each) => each.id === id);
  if (!one && id === null && waiting.length > 1) {
    const { lines, choices } = adjustmentRows(turn, waiting);
    return answer({ text: [turn.words.t('adjust:which'), ...lines].join('\n'), choices });
  }
  if (!one) return sentence(turn, 'adjust:none_waiting');
  const effect: SettleAdjustment = {
    ...{ kind: 'adjustment.settle', id: turn.effectId(), by: turn.user, at: turn.at, eventId: turn.event.id },
    ...{ unit: one.unit, adjustment: one.id, approves },
  };
  const line = adjustmentLine(turn, one);
  const told: SendNotice = {
    ...{ kind: 'notice.send', id: turn.effectId(), to: one.by, at: turn.at },
    text: turn.words.t(approves ? 'adjust:approved_asker' : 'adjust:refused_asker', { line }),
  };
  return {
    ...sentence(turn, approves ? 'adjust:approved' : 'adjust:refused', { line }),
    effects: [effect, told],
  };
}

/** As they stand in the list of what waits. */
export function adjustmentRows(
  turn: Turn<DialogDeps>,
  waiting: readonly Adjustment[],
): { readonly lines: readonly string[]; readonly choices: readonly Choice[] } {
  // A button is too short for the name of every place, so several are told apart by their number.
  const number = (i: number): string => (waiting.length > 1 ? ` ${i + 1}` : '');
  return {
    lines: waiting.map((one, i) =>
      turn.words.t('adjust:row', { number: number(i), line: adjustmentLine(turn, one) }),
    ),
    choices: waiting.slice(0, 2).map((one, i) => ({
      id: `ADJUST${i + 1}`,
      label: turn.words.t('adjust:buttons.approve_at', { number: number(i) }),
      command: `#DIEUCHINH_${one.id}`,
    })),
  };
}
