import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { nextDay } from '../../kernel/work-calendar';
import { monthName } from '../../kernel/moment';
import { personOf, placeName } from '../../org/chat/people';
import { periodMeant } from '../../reporting/chat/report-facts';
import { shortDay } from '../../reporting/data-span';
import { windowOf } from '../../reporting/deadlines';
import { awaitsNumber, tookPlace, whyNotHeld, type ClassRecord } from '../class';
import { weekOf } from '../../reporting/periods';
import { weekDuty } from '../duty';
import { dayName } from './class-talk';
import { codesLed, leads, lineOf, mayLead } from './leading';
import { readRecorded } from './read-class';
import { beginNotHeld } from './not-held.dialog';
import { beginNumber, beginRecording } from './record-class.dialog';

/** What is said of classes that are over, and of the week's duty. */

const ANY_DAY = new Date('2026-01-01T00:00:00Z');

const record: Command<DialogDeps> = command({
  id: 'record-class',
  says: [
    'buổi học 32 người nhà văn hóa tối qua an toàn mạng',
    'buổi học hôm qua 27 người',
    'lớp tối 5/3: 41 người',
    'lớp học tối qua 45 bà con tham gia',
    'buổi học 20 người ở đình làng hôm nay',
  ],
  strong: true,
  help: 54,
  for: ({ offices }) => offices.some(({ role }) => /^(?:village|commune)_/.test(role)),
  read: ({ text }) => (readRecorded(text, ANY_DAY) ? text : null),
  carries: (text) => (readRecorded(`buổi học ${text}`, ANY_DAY) ? `buổi học ${text}` : null),
  async run(turn, { conversation }, text) {
    const read = readRecorded(text, turn.at);
    return read && leads(turn) ? beginRecording(turn, read, !isAsked(conversation)) : null;
  },
});

/** «Ghi số người» under the question after a class. */
const number: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'class-number',
  button: '#LOPSO',
  says: [],
  read: () => null,
  tapped: (rest) => rest,
  run: (turn, { conversation }, id) =>
    forClass(turn, id, (view) =>
      beginNumber(view.record, null, { asked: true, alone: !isAsked(conversation) }),
    ),
});

/** «Không dạy được»: asked why; then it does not count. */
const notHeld: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'class-not-held',
  button: '#LOPKHONG',
  says: [],
  read: () => null,
  tapped: (rest) => rest,
  run: (turn, _message, id) =>
    forClass(turn, id, (view) => {
      if (!awaitsNumber(view.record, turn.at))
        return sentence(turn, 'classes:number_is_there', { line: lineOf(turn, view) });
      return beginNotHeld(view.record);
    }),
});

async function forClass(
  turn: Turn<DialogDeps>,
  id: string,
  then: (view: NonNullable<Awaited<ReturnType<DialogDeps['classes']['get']>>>) => StepResult,
): Promise<StepResult> {
  const view = await turn.deps.classes.get(id);
  if (!view || view.record.cancelled) return sentence(turn, 'classes:none_to_change');
  if (!mayLead(turn, view.record.unit)) return sentence(turn, 'officer:no_right');
  return then(view);
}

const week: Command<DialogDeps> = {
  id: 'classes-this-week',
  tells: true,
  says: [
    'buổi học tuần này',
    'tuần này mấy buổi học',
    'tuần này có bao nhiêu buổi học',
    'lớp học tuần này',
    'nơi nào chưa có buổi học tuần này',
  ],
  help: 56,
  for: ({ overseeing, reporting }) => overseeing.length + reporting.length > 0,
  async run(turn, { person }) {
    const top = [...person.overseeing, ...person.reporting][0]?.unit;
    if (top === undefined) return null;
    const monday = inVietnam(turn.at).startOf('week');
    const [first, last] = [vnDay(monday.toJSDate()), nextDay(vnDay(monday.toJSDate()), 6)];
    const { tree } = turn.deps.directory;
    const day = vnDay(turn.at);
    const units = tree.within(top, day).map(({ code }) => code);
    const records = await turn.deps.classes.held(units, first, last);
    const duty = weekDuty(records, tree, top, day);
    const level = tree.get(top, day)?.level;
    const taught = new Set(records.filter(tookPlace).map((one) => one.unit));
    const missing = tree.villagesUnder(top, day).filter(({ code }) => !taught.has(code));
    const month = level === 'village' ? await monthLine(turn, top) : null;
    const said = sentence(
      turn,
      `classes:week.${level === 'province' || level === 'commune' ? level : 'village'}`,
      {
        ...{ week: weekOf(turn.at).slice(-2), unit: placeName(turn.deps, top, turn.at) },
        ...{ sessions: duty.sessions, visits: duty.visits },
        ...{ communes: duty.communes.held, communes_of: duty.communes.of },
        ...{ villages: duty.villages.held, villages_of: duty.villages.of },
        missing: namesOf(
          turn,
          missing.map(({ name }) => name),
        ),
      },
    );
    const notes = [...(month === null ? [] : [month]), ...notHeldLine(turn, records)];
    return notes.length === 0 ? said : { ...said, notes };
  },
};

/** What the class book holds for the month that is reported now; null: nothing was recorded, which is not zero. */
async function monthLine(turn: Turn<DialogDeps>, unit: string): Promise<string | null> {
  const period = periodMeant(turn.at);
  const window = windowOf(turn.deps.settings.calendars, period);
  const found = window === null ? null : await turn.deps.classes.proposalsFor(unit, window);
  if (window === null || found === null) return null;
  return turn.words.t('classes:week.month', {
    ...personOf(turn).vars,
    ...found,
    from: shortDay(window.from),
    to: shortDay(window.to),
    month: monthName(turn.words, period, turn.at),
  });
}

/** «Không dạy được: thôn Đông Lâm thứ Năm 19/3 (mất điện).» Empty: every class whose time came was held. */
function notHeldLine(turn: Turn<DialogDeps>, records: readonly ClassRecord[]): string[] {
  const { words } = turn;
  const lines = records.flatMap((record) => {
    const why = whyNotHeld(record);
    if (why === null) return [];
    return words.t('classes:week.not_held_one', {
      unit: placeName(turn.deps, record.unit, record.startsAt),
      day: dayName(words, vnDay(record.startsAt)),
      reason: why === '' ? words.t('classes:week.no_reason') : why,
    });
  });
  return lines.length === 0 ? [] : [words.t('classes:week.not_held', { list: namesOf(turn, lines) })];
}

const NAMES = 8;

function namesOf({ words }: Turn<DialogDeps>, names: readonly string[]): string {
  if (names.length === 0) return words.t('classes:week.nobody');
  if (names.length <= NAMES) return names.join(', ');
  return words.t('common:list_more', {
    names: names.slice(0, NAMES).join(', '),
    count: names.length - NAMES,
  });
}

/** A lone number, with nothing open, from somebody whose class of these days is still without one: asked whether it is that. */
export async function numberOfClass(
  turn: Turn<DialogDeps>,
  { text, conversation }: Message,
): Promise<StepResult | null> {
  const found = /^\s*(\d{1,4})\s*(?:người|nguoi|ng|bà con|ba con)?\s*(?:ạ|a)?\s*\.?$/iu.exec(text);
  if (!found || isAsked(conversation) || !leads(turn)) return null;
  const [newest] = await turn.deps.classes.awaiting(codesLed(turn), turn.at);
  return newest?.record.by === turn.user
    ? beginNumber(newest.record, Number(found[1]), { asked: false, alone: true })
    : null;
}

export const RECORD_COMMANDS: readonly Command<DialogDeps>[] = [record, number, notHeld, week];
