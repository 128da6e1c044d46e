import { decodeTelex, foldText, normalText } from '../kernel/vn-text';
import { itemsIn } from './items';
import { byName } from './line-by-name';
import { byNumber } from './line-by-number';
import { byPlace } from './line-by-place';
import { isReport } from './line-frame';
import { listed } from './line-listed';
import { withoutFrame } from './line-around';
import { readRest } from './line-rest';
import { MAX_TEXT, NAMED, REACHED, type NumberReading } from './number';

/**
 * Several figures in one message, by place («BC 418 5 121 14»), by number («2=5 va 3 = 121») or by name («412 người
 * lớn, 4 buổi»). Null when the message is no such line: the open question reads it then. Numbers that cannot be
 * placed for certain are asked about, never guessed.
 */
export interface LineFigure {
  readonly id: string;
  /** 1-based place on every screen. */
  readonly number: number;
  readonly measure: string;
  readonly nature: 'stock' | 'flow';
  /** What people call it. */
  readonly words: readonly string[];
  readonly last: number | null;
  /** False: may be given by name only, never by place or number. */
  readonly asked?: boolean;
  /** It has a value already: «còn lại như cũ» leaves it as it stands. */
  readonly given?: boolean;
}

export interface LineReading {
  readonly figure: string;
  readonly reading: NumberReading;
}

export interface LineContext {
  /** Month 1-12 of the period: «bc t3 …» is believed only when it agrees. */
  readonly month?: number;
  /** The figure whose question is open: «người» is its own where it could be. */
  readonly open?: string;
}

/** Reads a line of figures; see the head of this file. */
export function readLine(
  text: string,
  figures: readonly LineFigure[],
  context: LineContext = {},
): LineReading[] | null {
  if (text.length > 2 * MAX_TEXT || NAMED.test(text)) return null;
  const places = figures.filter(({ asked }) => asked !== false).length;
  const line = inWords(
    spelledOut(listed(withoutFrame(normalText(text).trim()), places)),
    context.month,
  ).replace(/\s+\.\s+/g, ', ');
  if (line.length > MAX_TEXT || !/\d|\p{L}/u.test(line) || /\?\s*$/.test(line)) return null;
  const rest = readRest(line, figures, (head) => readLine(head, figures, context));
  if (rest) return rest;
  const read = (typed: string): LineReading[] | null =>
    byNumber(typed, figures, context) ??
    byPlace(typed, figures, context) ??
    byName(typed, figures, context) ??
    unclearReport(typed, figures);
  const reading = read(line);
  const decoded = reading === null ? decodeTelex(line) : null;
  return decoded === null ? reading : read(decoded);
}

/** «T3: …», «đến 14 nhà»: the month as it is written short, and households that were reached. */
function inWords(line: string, month: number | undefined): string {
  const named =
    month === undefined
      ? null
      : new RegExp(`^(\\s*(?:bc|báo cáo|bao cao)?\\s*)t ?0?${month}(?![\\p{L}\\d/])`, 'iu');
  const spoken = monthSpoken(line, month);
  const said = (named ? spoken.replace(named, '$1tháng này') : spoken).replace(REACHED, 'được $1 hộ');
  // «… 121 luot 14 nha»: houses, where the other figures have their units.
  const units = new Set(foldText(said).match(/(?<=\d ?)(?:nguoi|ng|buoi|luot)(?![a-z])/g) ?? []);
  return units.size > 1 ? said.replace(/(\d+) ?nha(?=[\s.!]*$)/iu, '$1 hộ') : said;
}

const MONTHS = [
  ...[
    'một|mot',
    'hai',
    'ba',
    'tư|tu',
    'năm|nam',
    'sáu|sau',
    'bảy|bẩy|bay',
    'tám|tam',
    'chín|chin',
    'mười|muoi',
  ],
  ...['mười một|muoi mot', 'mười hai|muoi hai'],
];

/** «Báo cáo tháng ba …», as a machine writes down what is said. */
function monthSpoken(line: string, month: number | undefined): string {
  const word = MONTHS[(month ?? 0) - 1];
  return word === undefined
    ? line
    : line.replace(
        new RegExp(
          `(?<=(?:báo cáo|bao cao|bc|số liệu|so lieu|kỳ|ky)\\s+)(?:tháng|thang)\\s+(?:${word})(?!\\p{L})`,
          'iu',
        ),
        'tháng này',
      );
}

const UNIT: Readonly<Record<string, string>> = { n: 'người', b: 'buổi', l: 'lượt', h: 'hộ' };

/** «418n 5b 121l 14h»: units of one letter, where several of them stand. */
function spelledOut(line: string): string {
  const short = /(?<=\d) ?(?:ng|[nblh])(?![\p{L}\d])/giu;
  const letters = new Set((line.match(short) ?? []).map((letter) => letter.trim().charAt(0).toLowerCase()));
  return letters.size < 3
    ? line
    : line.replace(short, (letter) => ` ${UNIT[letter.trim().charAt(0).toLowerCase()] ?? letter}`);
}

/** «BC 418 5 x 14»: meant as a line, but not all of it can be placed. */
function unclearReport(line: string, figures: readonly LineFigure[]): LineReading[] | null {
  const without = foldText(line).replace(
    /(?<![a-z])(?:thang|thg|t|nam|ngay|quy|tuan) ?\d{1,4}(?: ?[/-] ?\d{1,4})*(?: nam 20\d\d)?/g,
    ' ',
  );
  const numbers = (without.match(/\d+(?:\.\d{3})*/g) ?? []).map((n) => Number(n.replace(/\./g, '')));
  const [first] = figures;
  if (
    !first ||
    numbers.length < 2 ||
    !isReport(line) ||
    /^\s*so lieu/.test(without) ||
    itemsIn(line).some((item) => item.type === 'phrase' && item.role === 'question')
  )
    return null;
  return [{ figure: first.id, reading: { kind: 'ask', why: 'several', numbers } }];
}
