import { decodeTelex, foldText } from '../../kernel/vn-text';
import { phraseAt, type Role } from './lexicon';
import { numberRun, type WordNumber } from './number-words';
import { tokens, type Literal, type ShapeWhy, type Token } from './tokens';

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
  | 'zero_word';
export type ConfirmWhy =
  'approximate' | 'at_least' | 'comma' | 'spaced' | 'spoken' | 'delta' | 'correction' | 'class' | 'question';

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

export type Item =
  | { readonly type: 'number'; readonly number: WordNumber }
  | { readonly type: 'shape'; readonly why: ShapeWhy | 'choice'; readonly numbers: readonly number[] }
  | { readonly type: 'weekday' }
  | { readonly type: 'month'; readonly month: number }
  | { readonly type: 'phrase'; readonly role: Role; readonly fold: string }
  | { readonly type: 'unknown'; readonly fold: string }
  | { readonly type: 'mark'; readonly mark: string };

/** Nobody answers one question in more; a longer text is a letter. */
export const MAX_TEXT = 400;

const MEASURES: Readonly<Record<string, readonly Role[]>> = {
  person: ['person', 'adult', 'skilled'],
  session: ['session', 'class', 'held'],
  visit: ['visit', 'person', 'learner'],
  household: ['household', 'helped'],
};
const COUNTED: readonly Role[] = [
  'session',
  'class',
  'person',
  'adult',
  'skilled',
  'learner',
  'visit',
  'household',
  'held',
  'helped',
];
const POLITE: readonly Role[] = ['particle', 'have', 'month', 'sum'];

/** Reads a message as the answer to one open figure. Un-composed Telex is decoded when the text as typed says nothing clear. */
export function readFigure(text: string, context: FigureContext): NumberReading {
  if (text.length > MAX_TEXT) return { kind: 'none' };
  const reading = decide(itemsOf(tokens(text)), text, context);
  const unclear = reading.kind === 'none' || (reading.kind === 'ask' && reading.why === 'unclear');
  const decoded = unclear ? decodeTelex(text) : null;
  if (decoded === null) return reading;
  const again = decide(itemsOf(tokens(decoded)), decoded, context);
  return again.kind === 'none' ? reading : again;
}

/** The message as numbers, known phrases and what is left. Words that begin a longer phrase win over number words («ba con» is bà con). */
export function itemsOf(list: readonly Token[]): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < list.length) {
    const token = list[at] as Token;
    const [item, length] = itemAt(list, at, token, items.at(-1));
    items.push(item);
    at += length;
  }
  return items;
}

/** The item that begins at `at`, and how many tokens it takes. */
export function itemAt(
  list: readonly Token[],
  at: number,
  token: Token,
  before: Item | undefined,
): [Item, number] {
  const next = list[at + 1];
  if (token.kind === 'mark') return [{ type: 'mark', mark: token.raw }, 1];
  // «0 có» is typed for «không có» as often as for a zero.
  if (token.raw === '0' && next && /^có?$/.test(next.raw))
    return [{ type: 'phrase', role: 'neg', fold: 'khong' }, 1];
  if (token.literal && token.literal.kind !== 'whole' && token.literal.kind !== 'decimal')
    return [itemOfLiteral(token.literal), 1];
  if (token.glued && before?.type === 'number' && token.fold === 'b')
    return [{ type: 'phrase', role: 'session', fold: 'b' }, 1];
  if (token.glued && before?.type === 'number' && token.fold === 't')
    return [{ type: 'phrase', role: 'age', fold: 't' }, 1];
  if (/^(?:tam|do|co)$/.test(token.raw) && next?.kind === 'number' && token.raw !== 'co')
    return [{ type: 'phrase', role: 'approx', fold: token.fold }, 1];
  const phrase = phraseAt(list, at);
  if (phrase && phrase.length > 1) return [phraseItem(list, at, phrase.role, phrase.length), phrase.length];
  const run = numberRun(list, at);
  if (run) {
    if (run.number) return [{ type: 'number', number: run.number }, run.length];
    return [{ type: 'shape', why: run.decimal ? 'decimal' : 'choice', numbers: run.seen }, run.length];
  }
  // «hộ» counts behind a number and is a courtesy elsewhere; «nhà» without marks is mostly «nhá».
  if (phrase && /^(?:ho|nha)$/.test(token.fold) && token.raw !== 'nhà')
    return [
      phraseItem(
        list,
        at,
        /^h/.test(token.fold) && countable(before, list, at) ? 'household' : 'particle',
        1,
      ),
      1,
    ];
  if (phrase) return [phraseItem(list, at, phrase.role, 1), 1];
  return [{ type: 'unknown', fold: token.fold }, 1];
}

function countable(before: Item | undefined, list: readonly Token[], at: number): boolean {
  if (before?.type === 'number' || before?.type === 'shape') return true;
  if (
    before?.type === 'phrase' &&
    (before.role === 'neg' || before.role === 'have' || before.role === 'helped')
  )
    return true;
  return list[at]?.raw !== list[at]?.fold && before === undefined;
}

function phraseItem(list: readonly Token[], at: number, role: Role, length: number): Item {
  const fold = list.slice(at, at + length).map((token) => token.fold);
  return { type: 'phrase', role, fold: fold.join(' ') };
}

function itemOfLiteral(literal: Exclude<Literal, { kind: 'whole' | 'decimal' }>): Item {
  if (literal.kind === 'shape') return { type: 'shape', why: literal.why, numbers: literal.numbers };
  return literal.kind === 'month' ? { type: 'month', month: literal.month } : { type: 'weekday' };
}

function decide(items: readonly Item[], text: string, context: FigureContext): NumberReading {
  const said = new Said(items);
  if (said.numbers.length > 0) return withNumbers(said, context, text);
  return said.shapes.length === 0 ? withoutNumbers(said, context, text) : onlyShapes(said, text);
}

/** The items sorted by kind, once. */
class Said {
  readonly numbers: WordNumber[] = [];
  readonly shapes: Extract<Item, { type: 'shape' }>[] = [];
  readonly roles = new Set<Role>();
  readonly months: number[] = [];
  unknown = false;
  weekday = false;
  marks = '';

  constructor(readonly items: readonly Item[]) {
    for (const item of items) {
      if (item.type === 'number') this.numbers.push(item.number);
      else if (item.type === 'shape') this.shapes.push(item);
      else if (item.type === 'phrase') this.roles.add(item.role);
      else if (item.type === 'month') this.months.push(item.month);
      else if (item.type === 'weekday') this.weekday = true;
      else if (item.type === 'unknown') this.unknown = true;
      else this.marks += item.mark;
    }
  }

  has(...roles: readonly Role[]): boolean {
    return roles.some((role) => this.roles.has(role));
  }

  /** Nothing but these roles, and marks. */
  only(...roles: readonly Role[]): boolean {
    return !this.unknown && !this.weekday && [...this.roles].every((role) => roles.includes(role));
  }

  /** Every number seen, for the question. */
  get all(): number[] {
    return [...this.numbers.map((n) => n.value), ...this.shapes.flatMap((shape) => shape.numbers)];
  }
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

function withoutNumbers(said: Said, context: FigureContext, text: string): NumberReading {
  if (said.items.length === 0) return { kind: 'none' };
  const fold = foldText(text);
  if (said.has('none')) {
    if (!said.only('none', 'particle', 'month', 'say', 'have', 'any')) return { kind: 'zero_or_missing' };
    return context.nature === 'flow' ? { kind: 'nothing' } : { kind: 'ask', why: 'zero_word', numbers: [] };
  }
  if (said.has('same'))
    return said.only('same', 'particle', 'have', 'say', 'month', 'still', 'affirm')
      ? { kind: 'same' }
      : { kind: 'none' };
  if (/giu nguyen/.test(fold) && said.only('still', 'particle', 'have', 'say', 'month', 'affirm'))
    return { kind: 'same' };
  const nothing = readNothing(said, context);
  if (nothing) return nothing;
  if (said.has('question')) return { kind: 'none' };
  const opening = said.items.find(
    (item) => item.type !== 'mark' && !(item.type === 'phrase' && POLITE.includes(item.role)),
  );
  if (opening?.type === 'phrase' && opening.role === 'notYet' && !said.has('any')) {
    if (opening.fold !== 'chua' || said.only('notYet', ...POLITE, ...COUNTED, 'say'))
      return { kind: 'missing' };
    return { kind: 'none' };
  }
  if (isLater(said, fold)) return { kind: 'later' };
  const vague = said.has('vague') || (said.has('approx', 'atLeast', 'hedge') && said.has(...COUNTED));
  return vague &&
    said.only(...POLITE, ...COUNTED, 'vague', 'approx', 'atLeast', 'hedge', 'say', 'affirm', 'toNow')
    ? { kind: 'ask', why: 'vague', numbers: [] }
    : { kind: 'none' };
}

function readNothing(said: Said, context: FigureContext): NumberReading | null {
  const counted = COUNTED.filter((role) => said.has(role));
  const anyone = said.items.some((item) => item.type === 'phrase' && item.fold.startsWith('ai'));
  const yetToCome = said.has('notYet') && said.has('any') && counted.length > 0;
  if (yetToCome && !said.has('question') && said.only('notYet', 'any', ...POLITE, ...COUNTED))
    return { kind: 'zero_or_missing' };
  if (!said.has('neg')) return null;
  if (counted.length === 0 && !anyone) return bareNo(said) ? { kind: 'zero_or_missing' } : null;
  if (said.has('part', 'future')) return { kind: 'ask', why: 'part_of_month', numbers: [] };
  if (!said.only('neg', 'any', 'notYet', ...POLITE, ...COUNTED, 'toNow'))
    return said.has('any') && !said.has('question') ? { kind: 'zero_or_missing' } : null;
  const fits = anyone ? context.measure === 'visit' : fitsMeasure(counted, context.measure);
  const named = anyone || counted.some((role) => role !== 'held' && role !== 'helped');
  const clear = said.has('any') && !said.has('notYet') && named;
  return clear && fits && context.nature === 'flow' ? { kind: 'nothing' } : { kind: 'zero_or_missing' };
}

/** «ko có», «dạ không ạ», but not «không được» or «không đúng». */
function bareNo(said: Said): boolean {
  const words = said.items.filter((item) => item.type === 'phrase' && item.role === 'have');
  return (
    said.only('neg', 'any', ...POLITE) && words.every((item) => item.type === 'phrase' && item.fold === 'co')
  );
}

function isLater(said: Said, fold: string): boolean {
  if (/(?:^| )(?:roi|r|hom qua|toi qua)(?: |$)/.test(fold)) return false;
  if (
    /^(?:(?:da|de|cho|doi|vang) )+.*(?:bao|nop|gui|hoi|xem|tinh|dem|kiem tra|tra loi|nhap|hop)(?: lai| sau| nhe| a| da| cho| bac| chau)*$/.test(
      fold,
    )
  )
    return true;
  if (said.has('later') && !said.unknown) return true;
  if (said.has('future') && said.only('future', 'particle')) return true;
  return (said.has('future') || said.weekday) && said.has('say') && !said.has('neg') && !said.unknown;
}

function fitsMeasure(counted: readonly Role[], measure: string): boolean {
  const allowed = MEASURES[measure];
  return allowed !== undefined && counted.every((role) => allowed.includes(role));
}

function withNumbers(said: Said, context: FigureContext, text: string): NumberReading {
  const ask = (why: AskWhy): NumberReading => ({ kind: 'ask', why, numbers: said.all });
  if (said.has('question')) return { kind: 'none' };
  if (said.shapes.length > 0)
    return ask(
      said.shapes.some((shape) => shape.why === 'date' || shape.why === 'time') ? 'part_of_month' : 'several',
    );
  if (said.has('percent')) return ask('percent');
  if (said.has('money')) return ask('money');
  if (said.has('age')) return ask('other_measure');
  if (said.has('cumulative') || (said.has('toNow') && context.nature === 'flow')) return ask('cumulative');
  if (said.has('part', 'future', 'later') || said.weekday || otherMonth(said, context))
    return ask('part_of_month');
  if (said.numbers.length > 1) return several(said, ask, context);
  if (said.has('more', 'less') || /^\s*\+/.test(text)) return delta(said, context, ask);
  if (said.has('place')) return ask('place');
  if (said.has('neg', 'notYet', 'vague', 'none', 'versus')) return ask('vague');
  if (deniedBefore(said)) return ask('unclear');
  if (said.unknown || said.has('same', 'or', 'to', 'and', 'any') || /[+*/\\<>^#@&]/.test(said.marks))
    return ask('unclear');
  const counted = COUNTED.filter((role) => said.has(role));
  if (counted.length > 0 && !measured(counted, said, context))
    return ask(onlyHeld(counted, context) ? 'part_of_month' : 'other_measure');
  const [number] = said.numbers as [WordNumber];
  return believed(number, said, text, context);
}

function believed(number: WordNumber, said: Said, text: string, context: FigureContext): NumberReading {
  const confirm = (why: ConfirmWhy): NumberReading => ({ kind: 'confirm', value: number.value, why });
  if (said.has('atLeast')) return confirm('at_least');
  if (said.has('approx', 'hedge') || number.how === 'approximate' || /~/.test(said.marks))
    return confirm('approximate');
  if (number.how !== 'sure') return confirm(number.how);
  if (said.has('fix')) return confirm('correction');
  if (said.has('class')) return confirm('class');
  if (/\?\s*$/.test(text) || monthBehind(said) || doubtful(said, context)) return confirm('question');
  return { kind: 'value', value: number.value };
}

/** «không phải 5»: the one number that is not meant. */
function deniedBefore(said: Said): boolean {
  const at = said.items.findIndex((item) => item.type === 'number');
  return said.items.slice(0, at).some(isDenial);
}

/** «không phải», but not the second half of «54 chứ không phải 45». */
export function isDenial(item: Item): boolean {
  return item.type === 'phrase' && item.role === 'fix' && /^\S+ phai$/.test(item.fold);
}

/** «buổi 5» may be the fifth one, «12 cháu» twelve children or a word to the bot, «5 người vang» absent ones or a yes. */
function doubtful(said: Said, context: FigureContext): boolean {
  const at = said.items.findIndex((item) => item.type === 'number');
  const before = said.items[at - 1];
  const after = said.items[at + 1];
  if (
    before?.type === 'phrase' &&
    /^(?:buoi|ho|luot|nguoi|nha)(?: hoc)?$/.test(before.fold) &&
    before.role !== 'particle'
  )
    return true;
  const absent = said.items.slice(at).some((item) => item.type === 'phrase' && item.fold === 'vang');
  if (absent) return true;
  const people = context.measure === 'person' || context.measure === 'visit';
  return (
    !people && after?.type === 'phrase' && /^(?:chau|em|anh|chi|co|chu|ong|ba|con|bac)$/.test(after.fold)
  );
}

/** «70 là cả tháng đấy» explains an earlier number; «cả tháng 70» is the answer. */
function monthBehind(said: Said): boolean {
  const number = said.items.findIndex((item) => item.type === 'number');
  return said.items.slice(number).some((item) => item.type === 'phrase' && item.fold.startsWith('ca thang'));
}

function otherMonth(said: Said, context: FigureContext): boolean {
  return said.months.some((month) => month !== context.month);
}

/** Verbs of teaching fit only a count of sessions: «đã học 32 người» is one evening, not the month, unless the month is said. */
function measured(counted: readonly Role[], said: Said, context: FigureContext): boolean {
  const month = said.has('month', 'sum') || said.months.length > 0;
  const tolerated = counted.filter((role) => !(role === 'held' && month && context.measure === 'visit'));
  return fitsMeasure(tolerated, context.measure);
}

function onlyHeld(counted: readonly Role[], context: FigureContext): boolean {
  return fitsMeasure(
    counted.filter((role) => role !== 'held'),
    context.measure,
  );
}

function several(said: Said, ask: (why: AskWhy) => NumberReading, context: FigureContext): NumberReading {
  const between = said.items.slice(
    said.items.findIndex((item) => item.type === 'number'),
    said.items.findLastIndex((item) => item.type === 'number') + 1,
  );
  const role = (wanted: Role, fold?: string): boolean =>
    between.some(
      (item) =>
        item.type === 'phrase' && item.role === wanted && (fold === undefined || item.fold.startsWith(fold)),
    );
  const counted = COUNTED.filter((counts) => said.has(counts));
  const [first, second] = said.numbers as [WordNumber, WordNumber];
  if (
    said.numbers.length === 2 &&
    role('fix', 'chu') &&
    !said.unknown &&
    fitsMeasure(counted, context.measure)
  )
    return { kind: 'confirm', value: first.value, why: 'correction', instead: second.value };
  if (said.numbers.length === 2 && role('or')) return ask('choice');
  if (said.numbers.length === 2 && role('to')) return ask('range');
  return ask(
    between.every((item) => item.type === 'number' || (item.type === 'mark' && /[,;.?\n]/.test(item.mark))) &&
      said.numbers.length === 2
      ? 'choice'
      : 'several',
  );
}

/** «tăng 5 so với tháng trước» has a base; a bare «bớt 3» may mean what was typed a moment ago. */
function delta(said: Said, context: FigureContext, ask: (why: AskWhy) => NumberReading): NumberReading {
  const sign = said.has('less') ? -1 : 1;
  const [number] = said.numbers as [WordNumber];
  const value = (context.last ?? NaN) + sign * number.value;
  const counted = COUNTED.filter((role) => said.has(role));
  const based = said.items.some((item) => item.type === 'phrase' && /thang truoc|so voi/.test(item.fold));
  return based && value >= 0 && !said.unknown && fitsMeasure(counted, context.measure)
    ? { kind: 'confirm', value, why: 'delta' }
    : ask('delta');
}
