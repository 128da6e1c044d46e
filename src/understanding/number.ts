import { decodeTelex, foldText, normalText } from '../kernel/vn-text';
import { figureAmidTalk } from './amid-talk';
import { itemsIn, type Item } from './items';
import { withoutNumbers } from './no-number';
import { timesLast, withLastMonth, withoutLast } from './last-month';
import { withoutCounter } from './who-counted';
import { withNumbers } from './with-numbers';
import { Said } from './said';
import type { ShapeWhy } from './tokens';

/**
 * What a message says of one open figure. The rule of the folder: a value is given only when every word of the
 * message is understood and none of them makes the figure another one (a week, a place, money, a guess, another
 * thing counted). Everything else is a question to the person, with the numbers that were seen.
 */
export type AskWhy =
  | ShapeWhy
  | 'choice'
  | 'vague'
  | 'unclear'
  | 'part_of_month'
  | 'cumulative'
  | 'other_measure'
  | 'place'
  | 'several'
  | 'delta'
  | 'zero_word'
  | 'plan'
  | 'bound'
  /** «20, trong đó 35 …» */
  | 'part_exceeds';
export type ConfirmWhy =
  | 'approximate'
  | 'at_least'
  | 'comma'
  | 'spaced'
  | 'spoken'
  | 'delta'
  | 'correction'
  | 'class'
  | 'sum'
  | 'question';

export type NumberReading =
  /** The text clearly says this whole number for this figure. */
  | { readonly kind: 'value'; readonly value: number }
  /** Probably this; ask «Em ghi 30 nhé?» before storing. */
  | {
      readonly kind: 'confirm';
      readonly value: number;
      readonly why: ConfirmWhy;
      /** «54 chứ không phải 45»: the 45, which may stand at another figure. */
      readonly instead?: number;
    }
  /** Clearly nothing happened: «không có buổi nào», «không phát sinh». */
  | { readonly kind: 'nothing' }
  /** «ko có», «0 có»: ask whether it is 0 or there is no figure yet. */
  | { readonly kind: 'zero_or_missing' }
  | { readonly kind: 'missing' }
  /** As last month. */
  | { readonly kind: 'same' }
  /** A promise; `readDate` says for when. */
  | { readonly kind: 'later' }
  /** Numbers or words that are no clear answer: never stored. `between` names figures when several could be meant. */
  | {
      readonly kind: 'ask';
      readonly why: AskWhy;
      readonly numbers: readonly number[];
      readonly between?: readonly string[];
    }
  /** Not about a figure at all. */
  | { readonly kind: 'none' };

export interface FigureContext {
  /** What is counted: `person`, `session`, `visit`, `household`, or another word of a form. */
  readonly measure: string;
  readonly nature: 'stock' | 'flow';
  /** Last month's value. */
  readonly last: number | null;
  /** Month 1-12 of the period asked for; «tháng 3: 5 buổi» is believed only when it agrees. */
  readonly month?: number;
}

/** Nobody answers one question in more; a longer text is a letter. */
export const MAX_TEXT = 400;

/** A letter, or «k0», where a nought was meant. */
const LONE_ZERO = /^(?:da )?(?:o|k0|ko0|zero|zezo)(?: a)?[.!]*$/;
/** A machine that writes down what is said spells the full stop. */
/** «Bằng tháng trước ý»: a word that only leans on what was said. */
const LEANING = /(?<=\p{L}{2}|\d)\s+(?:ý|í|ấy|chứ lị|mà lị)(?:\s+(?:mà|nhỉ|nhé|ạ|em|cháu))*[.!]*$/iu;
const DICTATED = /\s+(?:dấu|dau) (?:chấm|cham|phẩy|phay)(?: (?:hết|het))?[\s.]*$/iu;

/** Reads a message as the answer to one open figure. Un-composed Telex is decoded when the text as typed says nothing clear. */
export function readFigure(text: string, context: FigureContext): NumberReading {
  if (text.length > MAX_TEXT) return { kind: 'none' };
  if (LONE_ZERO.test(foldText(text))) return { kind: 'zero_or_missing' };
  const typed = inFull(withoutCounter(normalText(text).replace(DICTATED, '').replace(LEANING, '')), context);
  // «Hộ co Hai»: a number word written as a name, in a text that is not all capitals.
  if (NAMED.test(typed)) return amid(typed, context) ?? { kind: 'ask', why: 'name', numbers: [] };
  const second = onSecondThought(typed, context) ?? askedBack(typed, context) ?? timesLast(typed, context);
  if (second) return second;
  const reading = decide(itemsIn(typed), typed, context);
  const probably = reading.kind === 'confirm' && reading.why === 'question';
  const unclearly = reading.kind === 'none' || reading.kind === 'ask';
  const cut = unclearly || probably ? typed.replace(TAIL, '') : typed;
  if (cut !== typed) {
    const alone = decide(itemsIn(cut), cut, context);
    if (alone.kind === 'value' || alone.kind === 'confirm') return alone;
  }
  const told = unclearly || probably ? amid(typed, context) : null;
  if (told) return told;
  const unclear = reading.kind === 'none' || (reading.kind === 'ask' && reading.why === 'unclear');
  const decoded = unclear ? decodeTelex(text) : null;
  if (decoded === null) return reading;
  const again = decide(itemsIn(decoded), decoded, context);
  return again.kind === 'none' ? reading : again;
}

function amid(typed: string, context: FigureContext): NumberReading | null {
  return figureAmidTalk(typed, (clause) => readFigure(clause, context));
}

/** «Mai tôi báo», «để chiều»: a promise, and no figure. */
export function promisesLater(text: string): boolean {
  const typed = normalText(text);
  return (
    text.length <= MAX_TEXT &&
    !NAMED.test(typed) &&
    decide(itemsIn(typed), typed, { measure: 'none', nature: 'flow', last: null }).kind === 'later'
  );
}

/** What is wanted after the figure, which the screen that follows offers: «14, gửi luôn nhé», «420, sang câu 2 đi». */
const TAIL =
  /(?<=\d|\p{L})[\s,.]+(?:(?:bác|bac|tôi|toi|em|cháu|chau)[\s,]+(?=gửi|gui|nộp|nop))?(?:(?:rồi|roi|xong|thì|thi|thế|the)[\s,]+)*(?:(?:gửi|gui|nộp|nop)(?:\s+(?:luôn|luon|đi|di|cho|xã|xa|phường|phuong|giúp|giup|hộ|ho|tôi|toi|bác|bac|em|nhé|nhe|ạ|a|lên|len|ngay|cháu|chau))*|(?:sang|qua|tiếp|tiep|chuyển|chuyen)\s+(?:câu|cau)(?:\s+\S+){0,3}|(?:thôi|thoi)?\s*(?:đừng|dung|khỏi|khoi)\s+(?:hỏi|hoi)(?:\s+(?:nữa|nua|lại|lai|gì|gi|em|cháu|chau|nhé|nhe))*|(?:đi|di)(?:\s+(?:em|bác|bac|cháu|chau|nhé|nhe|ạ|a))*)[.!]*$/iu;

/** Units of one letter, by the measure that is asked for. */
const EVENINGS =
  /(?<=\d\s?|(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\s)(?:tối|chiều)(?!\s*(?:nay|qua|mai|kia|thứ|hôm|t[2-7]|\d))/giu;
const LETTERS: Readonly<Record<string, readonly [RegExp, string]>> = {
  person: [inOneLetter('n'), 'người'],
  session: [inOneLetter('b'), 'buổi'],
  visit: [inOneLetter('l'), 'lượt'],
};

function inOneLetter(letter: string): RegExp {
  return new RegExp(
    `^((?:(?:dạ|da|được|duoc|dc|là|la|có|co)\\s+)*\\d{1,4})\\s?${letter}(?=(?:\\s+(?:ạ|a|nhé|nhe|em|ơi|oi|bác|bac|cháu|chau|cô|co|nha|thôi|thoi))*[.!]*$)`,
    'iu',
  );
}

/** «5b», «130 l»: a unit of one letter, where it is the one that is asked for. */
function inFull(named: string, { measure, last, month }: FigureContext): string {
  const typed = withLastMonth(named, month);
  const [letter, word] = LETTERS[measure] ?? [];
  const said = letter === undefined ? typed : typed.replace(letter, `$1 ${word}`);
  if (measure === 'household') return said.replace(REACHED, 'được $1 nhà');
  return withoutLast(
    measure === 'session' ? said.replace(FIVE, 'năm buổi').replace(EVENINGS, 'buổi') : said,
    last,
  );
}

/** «Đến 14 nhà»: «đến» is no «up to» there, and «nha» no courtesy. */
export const REACHED = /(?:đến|den|đi|di|tới|sang)\s+(?:được\s+|duoc\s+)?(\d{1,4})\s*(?:nhà|nha)(?!\p{L})/giu;

/** «Lăm buổi»: five, where «l» and «n» are one. */
const FIVE = /(?<!\p{L})lăm\s+(?=buổi)buổi/giu;

/** A number word that is written as a name: «hộ co Hai». */
export const NAMED =
  /(?<=(?<!\p{L})\p{Ll}+\s)(?:Hai|Ba|Bốn|Bon|Tư|Tu|Năm|Nam|Sáu|Sau|Bảy|Bay|Tám|Tam|Chín|Chin|Mười|Muoi)(?=$|[\s,.!]+(?:$|\p{Ll}))/u;

/** «120 à không 121», «hai mươi mốt à quên hai mươi ba»: what was said last is meant, and is confirmed. */
const SECOND_THOUGHT =
  /^(.*?[\p{L}\p{M}\d])(?:[\s,.]+(?:(?:à|ờ|á|ấy|a|ay|chết|chet|thôi|thoi)[\s,]+)+(?:không phải|khong phai|không|khong|ko|quên|quen|nhầm|nham|lộn|lon)|[\s,.]+(?:quên|quen|nhầm|nham|lộn|lon)|\s*[,.]\s*(?:à|ấy|ờ|á)(?!\p{L}))(?:[\s,]+(?:rồi|roi|mà|ma|phải|phai|là|la))*[\s,]+(.+)$/iu;

/** «12 a khong phai 15» may as well be «12 ạ, không phải 15». */
const TAKEN_BACK = /[\s,](?:à|ờ)[\s,]+(?:không|khong|ko|quên|quen)(?![\s,]+(?:phải|phai))/iu;

function onSecondThought(typed: string, context: FigureContext): NumberReading | null {
  const [, before = '', after = ''] = SECOND_THOUGHT.exec(typed) ?? [];
  if (after === '' || /(?:^|\s)(?:chứ|chu|mà|ma)$/iu.test(before) || !/(?:\d|\p{L})/u.test(after))
    return null;
  const [was, is] = [before, after].map((part) => decide(itemsIn(part), part, context));
  const value = is?.kind === 'value' || is?.kind === 'confirm' ? is.value : null;
  if (value === null || (was?.kind !== 'value' && was?.kind !== 'confirm')) return null;
  // «À không», «à quên» take back what was just said; «121 nhầm 112» may be read both ways.
  return is?.kind === 'value' && TAKEN_BACK.test(typed)
    ? { kind: 'value', value }
    : { kind: 'confirm', value, why: 'correction' };
}

/** «121 đúng không nhỉ»: a figure, and the wish that it be looked at once more. */
const IS_IT =
  /^(.*?)[\s,]+(?:đúng|dung|phải|phai|được|duoc|dc)\s+(?:không|khong|ko|k|chưa|chua)(?:\s+(?:nhỉ|nhi|em|e|a|ạ|cháu|chau|bác|bac))*\??$/iu;

function askedBack(typed: string, context: FigureContext): NumberReading | null {
  const head = IS_IT.exec(typed)?.[1] ?? '';
  if (head === '') return null;
  const reading = decide(itemsIn(head), head, context);
  return reading.kind === 'value' ? { kind: 'confirm', value: reading.value, why: 'question' } : null;
}

function decide(items: readonly Item[], text: string, context: FigureContext): NumberReading {
  const said = new Said(items);
  if (said.numbers.length > 0) return withNumbers(said, context, text);
  return said.shapes.length === 0 ? withoutNumbers(said, context, text) : onlyShapes(said, text);
}

function onlyShapes(said: Said, text: string): NumberReading {
  const date = said.shapes.every((shape) => shape.why === 'date' || shape.why === 'time');
  if (date && said.has('say', 'later') && isPromise(said, text)) return { kind: 'later' };
  if (said.has('question') || /\?\s*$/.test(text)) return { kind: 'none' };
  return { kind: 'ask', why: said.has('percent') ? 'percent' : shapeWhy(said), numbers: said.all };
}

function shapeWhy(said: Said): AskWhy {
  return said.shapes.length > 1 ? 'several' : (said.shapes[0]?.why ?? 'unclear');
}

function isPromise(said: Said, text: string): boolean {
  return !said.has('question', 'neg', 'notYet') && !/(?:^| )(?:roi|r)(?: |$)/.test(foldText(text));
}
