import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, isTaken, type Command, type Message } from '../../dialogs/feature';
import { sha256Hex } from '../../kernel/ids';
import { hexAsLetters } from '../../kernel/letters';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName, type Person } from '../../org/chat/people';
import { mayReport } from '../../org/roles';
import { hasStopWord, readStop } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { textsOf } from '../../reporting/form';
import { FORMS } from '../../reporting/forms';
import { periodNamed } from '../../reporting/period-meant';
import { SHEET_KINDS, SHEET_MAX_BYTES, type SentSheet } from '../sent-sheet';
import type { SheetAct } from '../sent-sheets';
import { sheetName } from './sheet-texts';
import type { SheetEffect } from './sheet-effects';

/**
 * Sheets of figures sent in chat by whoever may bring figures of several units: taken, shown as what would come of them, and
 * written only after «Nhập» or «đúng». A village's own files stay evidence of its report.
 */

/** Spreadsheets of every kind, those that are not read too, so that it can be said which are. */
const SPREADSHEET = /\.(xlsx?|xlsm|csv|ods)$/i;

/** Holds a post that brings figures of other units, or of an agency. */
export function sendsSheets({ offices }: Pick<Person, 'offices'>): boolean {
  return offices.some(({ role }) => !mayReport(role) && role !== 'operator');
}

async function first(turn: Turn<DialogDeps>): Promise<StepResult | null> {
  const { event } = turn;
  if (event.kind !== 'file' || isTaken(turn, 'sheet') || !sendsSheets(personOf(turn))) return null;
  const file = event.attachments?.find(({ name, url }) => url !== undefined && SPREADSHEET.test(name ?? ''));
  if (file?.url === undefined || file.name === undefined) return null;
  const vars = { name: sheetName(file.name) };
  const kind = (SPREADSHEET.exec(file.name)?.[1] ?? '').toLowerCase();
  if (!SHEET_KINDS.includes(kind)) return sentence(turn, 'sheets:old_kind', vars);
  if ((file.bytes ?? 0) > SHEET_MAX_BYTES) return sentence(turn, 'sheets:not_fetched.too_large', vars);
  const effect: SheetEffect = {
    ...{ kind: 'sheet.take', id: turn.effectId() },
    sheet: {
      id: hexAsLetters(sha256Hex(event.id).slice(0, 12)),
      ...{ by: turn.user, url: file.url, name: file.name, at: turn.at, eventId: event.id },
    },
  };
  return { ...sentence(turn, 'sheets:taken', vars), effects: [effect] };
}

function acting(turn: Turn<DialogDeps>, { id }: SentSheet, act: SheetAct, key: string): StepResult {
  const effect: SheetEffect = {
    ...{ kind: 'sheet.act', id: turn.effectId(), sheet: id, by: turn.user, at: turn.at },
    act,
  };
  return { ...sentence(turn, `sheets:${key}`), effects: [effect] };
}

/** The sheet a button names, or the newest that waits for an answer; null: there is none of this person's. */
async function sheetMeant(turn: Turn<DialogDeps>, id: string): Promise<SentSheet | null> {
  if (id === '') return turn.deps.sheets.shownTo(turn.user, turn.at);
  const sheet = await turn.deps.sheets.get(id);
  return sheet?.by === turn.user ? sheet : null;
}

async function enterSheet(turn: Turn<DialogDeps>, id: string): Promise<StepResult> {
  const sheet = await sheetMeant(turn, id);
  if (sheet?.state === 'unclear') return sentence(turn, 'sheets:which_form', { name: sheetName(sheet.name) });
  if (sheet?.state === 'done') return sentence(turn, 'sheets:already', { name: sheetName(sheet.name) });
  return sheet?.state === 'shown'
    ? acting(turn, sheet, { does: 'enter' }, 'agreed')
    : sentence(turn, 'sheets:none');
}

async function dropSheet(turn: Turn<DialogDeps>, id: string): Promise<StepResult> {
  const sheet = await sheetMeant(turn, id);
  if (sheet?.state === 'done') return sentence(turn, 'sheets:already', { name: sheetName(sheet.name) });
  const open = sheet?.state === 'shown' || sheet?.state === 'unclear';
  return sheet && open ? acting(turn, sheet, { does: 'drop' }, 'dropped') : sentence(turn, 'sheets:none');
}

const enter = command<DialogDeps, string>({
  id: 'sheet-enter',
  button: '#NHAPBANG',
  says: ['nhập bảng', 'nhập bảng vừa gửi', 'nhập cả bảng', 'nhập bảng đó đi', 'ghi bảng vừa gửi'],
  for: sendsSheets,
  exact: true,
  read: ({ fold }) =>
    /^(?:nhap|ghi) (?:ca |luon )?(?:bang|tep|file)(?: (?:vua gui|nay|do|di|nhe|luon|giup|em|a))*$/.test(fold)
      ? ''
      : null,
  tapped: (rest) => rest,
  run: (turn, _message, id) => enterSheet(turn, id),
});

const drop = command<DialogDeps, string>({
  id: 'sheet-drop',
  button: '#BOBANG',
  says: ['bỏ bảng', 'bỏ bảng vừa gửi', 'không nhập bảng', 'thôi không nhập bảng', 'xóa bảng vừa gửi'],
  for: sendsSheets,
  exact: true,
  read: ({ fold }) =>
    /^(?:(?:thoi )?(?:khong|dung|khoan) nhap|(?:thoi )?bo|xoa|huy) (?:cai )?(?:bang|tep|file)(?: (?:vua gui|nay|do|di|nhe|nua|em|a))*$/.test(
      fold,
    )
      ? ''
      : null,
  tapped: (rest) => rest,
  run: (turn, _message, id) => dropSheet(turn, id),
});

/** «Bảng này của tháng 2»: read again as of that period, or of the form behind the button. */
const readAs = command<
  DialogDeps,
  { readonly id: string; readonly form: string | null; readonly text: string }
>({
  id: 'sheet-period',
  button: '#BANGCUA',
  says: [
    'bảng này của tháng 2',
    'bảng vừa gửi là của tháng 2',
    'bảng này là số tháng 2',
    'bảng này của tháng 12 năm 2025',
    'bang nay la thang 2',
  ],
  for: sendsSheets,
  read: ({ fold, typed }) =>
    /^(?:bang|tep|file) (?:nay |do |vua gui |vua roi )?(?:la )?(?:cua |cho |so )?(?:so )?thang \d/.test(fold)
      ? { id: '', form: null, text: typed }
      : null,
  tapped(rest) {
    const [id = '', form = ''] = rest.split('/');
    const known = [...FORMS.keys()].find((each) => each.toUpperCase() === form);
    return known === undefined ? null : { id, form: known, text: '' };
  },
  async run(turn, _message, { id, form, text }) {
    const sheet = await sheetMeant(turn, id);
    const meant = form ?? sheet?.form ?? null;
    const open = sheet?.state === 'shown' || sheet?.state === 'unclear';
    if (!sheet || !open || meant === null) return sentence(turn, 'sheets:none');
    const of = FORMS.get(meant);
    const period =
      text === '' || !of ? null : periodNamed(of, text, turn.at, turn.deps.settings.calendars.runs);
    return acting(turn, sheet, { does: 'read_as', form: meant, period }, 'reading_again');
  },
});

const how: Command<DialogDeps> = {
  id: 'sheet-how',
  tells: true,
  says: [
    'gửi bảng số liệu thế nào',
    'mẫu bảng excel',
    'bảng excel có những cột nào',
    'nhập bằng file excel thế nào',
    'gửi file excel được không',
  ],
  for: sendsSheets,
  async run(turn, { person }) {
    const own = person.overseeing[0]?.unit ?? person.offices[0]?.unit ?? '';
    const [village] = turn.deps.directory.tree.villagesUnder(own, vnDay(turn.at));
    const form = village ? 'village-month' : 'police-month';
    const figure = village ? 'classes_held' : 'level2_activated';
    return sentence(turn, 'sheets:how', {
      unit: placeName(turn.deps, village?.code ?? own, turn.at),
      figure: turn.words.t(`${textsOf(form, figure)}.name`),
    });
  },
};

/** «Đúng», «nhập», «thôi» about the sheet that was shown last, where nothing else is asked. */
async function otherwise(turn: Turn<DialogDeps>, { text, person }: Message): Promise<StepResult | null> {
  if (turn.event.kind !== 'text' || !sendsSheets(person)) return null;
  const folded = foldText(text);
  const yes =
    (yesNo(text) === 'yes' && !hasStopWord(text)) || /^nhap(?: (?:di|nhe|a|luon|giup))*$/.test(folded);
  const no = yesNo(text) === 'no' || ['hold', 'cancel'].includes(readStop(text) ?? '');
  if (!yes && !no) return null;
  const sheet = await turn.deps.sheets.shownTo(turn.user, turn.at);
  if (!sheet) return null;
  return yes ? enterSheet(turn, sheet.id) : dropSheet(turn, sheet.id);
}

export default defineFeature<DialogDeps>({
  id: 'sheets',
  commands: [enter, drop, readAs, how],
  dialogs: [],
  first: { sees: ['no_words'], run: first },
  otherwise,
});
