import { foldText, normalText } from '../kernel/vn-text';
import type { LineReading } from './line';
import { itemsIn } from './items';
import { NAMED } from './number';
import { hasStopWord, withoutHold } from './stop';

/**
 * Corrections anywhere in a message, of figures that stand on the screen: by number («câu 3 120»), by value («nhầm 121
 * thành 112», «121->112») and by name («số hộ là 15 mới đúng», «5 buổi sửa thành 6 buổi», «số hộ tăng 2»). Only where
 * every word is known and one figure is meant; what is worked out from the old value is confirmed. Null: no correction.
 */
export interface StandingFigure {
  readonly id: string;
  /** 1-based place on every screen. */
  readonly number: number;
  /** What people call it. */
  readonly words: readonly string[];
  /** What it is also called where only one could be meant so; what is read by these is confirmed. */
  readonly loose?: readonly string[];
  /** What stands there now; null: no value. */
  readonly now: number | null;
}

const AROUND = new Set(
  'chau bot ban ay luc hoi mat ma kia vua hom truoc oi chet bao gui sua thanh la moi dung chu khong k ko phai nham sai so cau muc y cai toi bao da em e a nhe nha oi bac con co thoi ghi lai len xuong duoc dc r roi cho tu do doi thay day hoc nguoi moi chinh xac va nua chi khac nhung ok oke gui sang thay bang thua thieu dang ra phai hon kem rot la hay vay the nay thui ha vang u uh dung r giup di go bam danh nhap tren duoi vao ra ve ay chut duy rieng thieu thoi mat co dong phan o thu mo tui lo'.split(
    ' ',
  ),
);
/** «Câu cuối», «câu đầu», «dòng thứ 3», «ô số 2». */
const ORDINAL =
  /(?:^| )(?:cau|muc|dong|so|cai|o|phan|y)(?: hoi)? (?:(cuoi(?: cung)?)|(dau(?: tien)?)|(?:thu |so )([1-9]))(?= )/g;
/** «121 thành 112 hộ bác»: a courtesy, where a figure would stand before it. */
const COURTESY_HO = /(?<=\d) ho (?=(?:bac|toi|em|chau|minh|voi|cai)(?: |$))/;
const NUMBER = /\d{1,3}(?:\.\d{3})+|\d+/g;
/** «Câu hai sáu buổi»: the place and the value are two numbers. */
const PLACE_IN_WORDS = /(?<!\p{L})(câu|cau|mục|muc)\s+(?:số |so )?(một|mot|hai|ba|bốn|bon)(?=\s)/iu;
const PLACES: Readonly<Record<string, number>> = { mot: 1, hai: 2, ba: 3, bon: 4 };

/** Reads a message as a correction of what stands; see the head of this file. */
export function readCorrection(text: string, figures: readonly StandingFigure[]): LineReading[] | null {
  const typed = withoutHold(normalText(text).trim());
  if (NAMED.test(typed)) return null;
  if (
    typed.length > 120 ||
    /\?\s*$/.test(typed) ||
    hasStopWord(typed) ||
    !corrects(typed) ||
    EACH.test(foldText(typed))
  )
    return null;
  const fold = foldText(inDigits(typed))
    .replace(/->|→|=>/g, ' thanh ')
    .replace(/(?<![a-z])chua lai(?![a-z])/g, 'sua lai')
    .replace(
      ORDINAL,
      (_all, last: string, first: string, place: string) =>
        ` cau ${last ? figures.length : first ? 1 : place}`,
    )
    .replace(COURTESY_HO, ' ');
  return byPlaces(fold, figures) ?? byOne(fold, figures);
}

/** «Mỗi buổi hai nhăm người» says how many each time, and corrects nothing. */
const EACH = /(?:^| )(?:moi|tung) (?:buoi|lop|hom|toi|lan|ho|nha|nguoi)(?: |$)/;

/** Whether a text may correct something: it has a digit, or a word of correcting besides its numbers («hai nhăm» is no «nhầm»). */
export function corrects(text: string): boolean {
  const fold = foldText(inDigits(text));
  return /\d/.test(text) || CORRECTS.test(fold) || NAMES_VALUE.test(fold);
}

/** What a correction without a digit must say: «mười lăm hộ mới đúng», «đổi số buổi thành bốn». */
const CORRECTS = /(?:^| )(?:cau|muc|sua|doi|thay|nham|sai|moi dung|moi phai|chu|thanh|la)(?: |$)/;

/** «Lượt một trăm ba mươi cơ mà»: a name and its value. */
const NAMES_VALUE = /(?:^| )(?:luot|buoi|ho|lop|nha)(?: hoc| nguoi| dan)? \d/;

/** The text with numbers in words as digits, where no digit stands; a number word that is a name stays. */
function inDigits(text: string): string {
  if (/\d/.test(text)) return withWords(text);
  const placed = PLACE_IN_WORDS.exec(text);
  if (placed) {
    const [whole, word = '', number = ''] = placed;
    const behind = text.slice(placed.index + whole.length);
    return `${text.slice(0, placed.index)}${word} ${PLACES[foldText(number)]} ${inDigits(behind)}`;
  }
  return wordsAsDigits(text);
}

/** «Thêm một buổi nữa là 6»: the difference is said in words beside the digits. */
function withWords(text: string): string {
  return text.replace(
    /(?<=(?:thêm|them|bớt|bot|thừa|thua|thiếu|thieu)\s)(?:một|mot|hai|ba|bốn|bon)(?=\s)/giu,
    (word) => String(PLACES[foldText(word)]),
  );
}

function wordsAsDigits(text: string): string {
  return itemsIn(text)
    .map((item) => {
      if (item.type === 'number') return String(item.number.value);
      if (item.type === 'mark') return item.mark;
      return item.type === 'phrase' || item.type === 'unknown' ? item.fold : '?';
    })
    .join(' ');
}

function valueOf(digits: string): number {
  return Number(digits.replace(/\./g, ''));
}

const PLACE =
  /(?:cau|muc|cai|so thu)(?: so)? ?([1-9])(?:(?: (?:bac|toi|em|minh|ghi|bao|go|bam|bi|da|vua))*(?= (?:nham|sai)))?(?: ?[:=]| (?:la|thanh|sua thanh|bang|nham(?: roi)?,?|sai(?: roi)?,?))? +(\d{1,3}(?:\.\d{3})+|\d+)(?![\d.,]*\d)/g;

/** «câu 1 420 câu 2 6»: nothing else may be said. */
function byPlaces(fold: string, figures: readonly StandingFigure[]): LineReading[] | null {
  const found = [...fold.matchAll(PLACE)];
  const rest = fold
    .replace(PLACE, ' ')
    .replace(/[^a-z\d]+/g, ' ')
    .trim();
  const places = found.map(([, place]) => Number(place));
  const units = figures.filter(({ number }) => places.includes(number)).flatMap(({ words }) => words);
  const own = new Set(units.flatMap((name) => foldText(name).split(' ')));
  if (
    found.length === 0 ||
    !rest.split(' ').every((word) => word === '' || AROUND.has(word) || own.has(word))
  )
    return null;
  const out: LineReading[] = [];
  for (const [, place, value] of found) {
    const figure = figures.find(({ number }) => number === Number(place));
    if (!figure || out.some((given) => given.figure === figure.id)) return null;
    out.push({ figure: figure.id, reading: { kind: 'value', value: valueOf(value ?? '') } });
  }
  return out;
}

/** One figure, by its name or by the value that stands there. */
function byOne(fold: string, figures: readonly StandingFigure[]): LineReading[] | null {
  const sure = namedIn(fold, figures);
  if (sure === 'several') return null;
  const named = sure ?? looselyNamed(fold, figures);
  if (named === 'several') return null;
  const rest = named ? named.rest : fold;
  const numbers = [...rest.matchAll(NUMBER)].map(([digits]) => valueOf(digits));
  const words = rest
    .replace(NUMBER, ' ')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .split(' ');
  const change = words.find((word) => /^(?:tang|them|thieu|giam|bot|thua)$/.test(word));
  // «Báo thiếu, phải là 131»: the value itself, and no difference.
  const stated = /(?:^| )(?:la|con|thanh) \d/.test(fold) && numbers.length === 1;
  // «Thiếu 2 hộ, 16 mới đúng», «thêm một buổi nữa là 6»: the difference and what comes of it.
  if (named && change !== undefined && numbers.length === 2) return differs(named.figure, numbers, change);
  if (!words.every((word) => word === '' || AROUND.has(word) || word === change)) return null;
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 2) return null;
  if (second === undefined) {
    if (!named) return null;
    const { id, now } = named.figure;
    if (change === undefined || stated)
      return [
        {
          figure: id,
          reading: sure
            ? { kind: 'value', value: first }
            : { kind: 'confirm', value: first, why: 'question' },
        },
      ];
    const value = (now ?? NaN) + (RISES.test(change) ? first : -first);
    return value >= 0 ? [{ figure: id, reading: { kind: 'confirm', value, why: 'delta' } }] : null;
  }
  if (change !== undefined) return null;
  const standing = named ? [named.figure] : figures;
  const old = standing.filter(({ now }) => now === first || now === second);
  const [only] = old;
  if (!only || old.length > 1 || first === second) return null;
  // Only a word of changing makes two numbers an old and a new one.
  if (!/(?:^| )(?:thanh|nham|sai|sua|chu|phai|doi|sang|thay)(?: |,|$)/.test(fold)) return null;
  return [{ figure: only.id, reading: { kind: 'value', value: only.now === first ? second : first } }];
}

/** The new value, where old, difference and new agree; null: they do not, so nobody knows which of them is meant. */
function differs(
  { id, now }: StandingFigure,
  [by = NaN, value = NaN]: readonly number[],
  change: string,
): LineReading[] | null {
  const sign = RISES.test(change) ? 1 : -1;
  return now !== null && now + sign * by === value
    ? [{ figure: id, reading: { kind: 'value', value } }]
    : null;
}

const RISES = /^(?:tang|them|thieu)$/;

function looselyNamed(fold: string, figures: readonly StandingFigure[]): ReturnType<typeof namedIn> {
  return namedIn(
    fold,
    figures.map((figure) => ({ ...figure, words: figure.loose ?? [] })),
  );
}

/** The one figure that is named, and the text without its name; `several` when more than one could be meant. */
function namedIn(
  fold: string,
  figures: readonly StandingFigure[],
): { readonly figure: StandingFigure; readonly rest: string } | 'several' | null {
  let best: { figures: StandingFigure[]; word: string } | null = null;
  for (const figure of figures)
    for (const name of figure.words) {
      const word = foldText(name);
      if (!new RegExp(`(?<![a-z])${word}(?![a-z])`).test(fold)) continue;
      if (best && word.length < best.word.length) continue;
      if (best && word.length === best.word.length && word === best.word) best.figures.push(figure);
      else best = { figures: [figure], word };
    }
  if (!best) return null;
  const [figure] = new Set(best.figures);
  if (!figure || new Set(best.figures).size > 1) return 'several';
  // «Số buổi sai rồi, 6 buổi»: every name of the one that is meant.
  const names = figure.words.map(foldText).sort((a, b) => b.length - a.length);
  const rest = fold.replace(new RegExp(`(?<![a-z])(?:${names.join('|')})(?![a-z])`, 'g'), ' ');
  const another = figures.some(
    (other) =>
      other !== figure &&
      other.words.some((name) => new RegExp(`(?<![a-z])${foldText(name)}(?![a-z])`).test(rest)),
  );
  return another ? 'several' : { figure, rest };
}
