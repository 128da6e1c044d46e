import { phraseAt } from './lexicon';
import type { Role } from './lexicon-words';
import { numberRun, type WordNumber } from './number-words';
import { remembered } from '../kernel/remembered';
import { type Literal, type ShapeWhy, type Token, tokens } from './tokens';

/** A message as what it is made of: numbers, known phrases, and words that say nothing to us. */
export type Item =
  | { readonly type: 'number'; readonly number: WordNumber }
  | { readonly type: 'shape'; readonly why: ShapeWhy | 'choice'; readonly numbers: readonly number[] }
  | { readonly type: 'weekday' }
  | { readonly type: 'month'; readonly month: number }
  | { readonly type: 'phrase'; readonly role: Role; readonly fold: string }
  | { readonly type: 'unknown'; readonly fold: string }
  | { readonly type: 'mark'; readonly mark: string };

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

/** The same of a text; several figures are asked about the same one. */
export const itemsIn: (text: string) => readonly Item[] = remembered((text) => itemsOf(tokens(text)), 50);

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
  if (before?.type === 'number' && token.raw === 'b')
    return [{ type: 'phrase', role: 'session', fold: 'b' }, 1];
  if (token.glued && before?.type === 'number' && token.fold === 't')
    return [{ type: 'phrase', role: 'age', fold: 't' }, 1];
  if (/^(?:tam|do|co)$/.test(token.raw) && next?.kind === 'number' && token.raw !== 'co')
    return [{ type: 'phrase', role: 'approx', fold: token.fold }, 1];
  // «40 nam 60 nữ»: men, not five.
  if (token.raw === 'nam' && list.some(({ fold }) => fold === 'nu'))
    return [{ type: 'unknown', fold: 'nam' }, 1];
  if (isName(list, at)) return [{ type: 'shape', why: 'name', numbers: [] }, 2];
  const phrase = phraseAt(list, at);
  if (phrase && phrase.length > 1) return [phraseItem(list, at, phrase.role, phrase.length), phrase.length];
  const run = numberBeforePeople(list, at);
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

/** «Ba muoi lam ba con»: where the words are no number with «ba con» in them, those are people, and it ends before them. */
function numberBeforePeople(list: readonly Token[], at: number): ReturnType<typeof numberRun> {
  const run = numberRun(list, at);
  if (!run || run.number) return run;
  const people = list.findIndex(({ raw }, i) => i > at && raw === 'ba' && list[i + 1]?.fold === 'con');
  const before = people < 0 ? null : numberRun(list.slice(0, people), at);
  return before?.number ? before : run;
}

/** Words for people before a name; without marks «ba» is three and «co» is «có». */
const KIN = /^(?:ông|bà|cô|chị|anh|chú|cậu|dì|mợ|thím|cụ|bác|thầy|ong|chi|anh|chu|cau|thay|bac)$/;
const COUNTED_WORDS: readonly Role[] = [
  'session',
  'class',
  'person',
  'adult',
  'learner',
  'visit',
  'household',
];

/** «ông Hai», «bà Năm»: a person, unless what is counted follows («bác năm buổi ạ»). */
function isName(list: readonly Token[], at: number): boolean {
  const kin = list[at];
  const name = list[at + 1];
  if (!kin || !KIN.test(kin.raw) || name?.kind !== 'word') return false;
  const run = numberRun(list, at + 1);
  const alone = /^(?:tư|tu|lăm)$/.test(name.raw);
  if (!alone && (run === null || run.length !== 1)) return false;
  const behind = phraseAt(list, at + 2);
  return behind === null || !COUNTED_WORDS.includes(behind.role);
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

/** «không phải», but not the second half of «54 chứ không phải 45». */
export function isDenial(item: Item): boolean {
  return item.type === 'phrase' && item.role === 'fix' && /^\S+ phai$/.test(item.fold);
}
