import { remembered } from '../kernel/remembered';
import { foldText } from '../kernel/vn-text';
import { isDenial, itemAt, type Item } from './items';
import type { Role } from './lexicon-words';
import type { LineContext, LineFigure } from './line';
import { phraseAt } from './lexicon';
import { isReportWord, plainReading } from './line-frame';
import { numberRun } from './number-words';
import type { NumberReading } from './number';
import { tokens, type Token } from './tokens';

/** What a line with names is made of. */
export type Piece =
  | {
      readonly type: 'name';
      readonly ids: readonly string[];
      readonly specific: boolean;
      readonly unsure: boolean;
    }
  | { readonly type: 'number'; readonly reading: NumberReading }
  | { readonly type: 'link' | 'none' | 'fix' | 'break' };

/** Roles that say which figures a number can belong to by what is counted. */
const COUNTS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  session: ['session'],
  class: ['session'],
  visit: ['visit'],
  household: ['household'],
  person: ['person', 'visit'],
  adult: ['person'],
  skilled: ['person'],
  learner: ['visit'],
};

/** The words of a figure's name; there are some dozens of names. */
const foldedWords = remembered((name): readonly string[] => foldText(name).split(' '), 500);

/** Names, numbers and what links them; null as soon as a word is not understood or speaks of another time or place. */
export function piecesOf(line: string, figures: readonly LineFigure[], context: LineContext): Piece[] | null {
  const list = tokens(line, { spaced: false });
  const names = figures.flatMap((figure) =>
    figure.words.map((word) => ({ id: figure.id, words: foldedWords(word) })),
  );
  const pieces: Piece[] = [];
  let rough: 'approximate' | 'at_least' | null = null;
  let held = false;
  let before: Item | undefined;
  let month = false;
  for (let at = 0; at < list.length;) {
    const name = nameAt(list, at, names);
    if (name) {
      const unsure = /^(?:so )?lop\b/.test(name.fold);
      pieces.push({
        type: 'name',
        ids: name.ids,
        specific: name.length > 1 && !/^(?:so )?(?:buoi|lop|luot|ho)(?: hoc)?$/.test(name.fold),
        unsure,
      });
      at += name.length;
      before = undefined;
      continue;
    }
    const [whole, length] = itemAt(list, at, list[at] as Token, before);
    const first = whole.type === 'shape' && whole.why === 'choice' ? firstOfTwo(list, at, length) : null;
    const item = first?.item ?? whole;
    at += first?.length ?? length;
    before = item;
    if (item.type === 'number') {
      const plain = plainReading(item);
      pieces.push({
        type: 'number',
        reading:
          rough && plain.kind === 'value' ? { kind: 'confirm', value: plain.value, why: rough } : plain,
      });
      rough = null;
    } else if (item.type === 'shape') {
      if (item.why === 'date' || item.why === 'time' || item.why === 'phone') return null;
      pieces.push({ type: 'number', reading: { kind: 'ask', why: item.why, numbers: item.numbers } });
    } else if (item.type === 'month') {
      if (item.month !== context.month) return null;
      month = true;
    } else if (item.type === 'mark') {
      if (/[=:]/.test(item.mark)) pieces.push({ type: 'link' });
      else if (/[,;.\n]/.test(item.mark)) pieces.push({ type: 'break' });
      else if (!/[!()"'«»]/.test(item.mark)) return null;
    } else if (item.type === 'phrase') {
      const counted = COUNTS[item.role];
      if (counted) {
        const ids = figures
          .filter(
            (figure) =>
              counted.includes(figure.measure) && (figure.asked !== false || item.role === 'person'),
          )
          .map((f) => f.id);
        pieces.push({
          type: 'name',
          ids,
          specific: false,
          unsure: item.role === 'class' || item.role === 'learner',
        });
      } else if (item.role === 'approx') rough = 'approximate';
      else if (item.role === 'atLeast') rough = 'at_least';
      else if (item.role === 'neg' || item.role === 'none') pieces.push({ type: 'none' });
      else if (isDenial(item)) return null;
      else if (item.role === 'fix')
        pieces.push({ type: /^(?:thanh|thay|lai la|doi thanh|sua thanh)$/.test(item.fold) ? 'link' : 'fix' });
      else if (item.role === 'have' || item.role === 'still') pieces.push({ type: 'link' });
      else if (item.role === 'and' || (item.role === 'hedge' && item.fold === 'con'))
        pieces.push({ type: 'break' });
      else if (item.role === 'month' || item.role === 'sum') month = true;
      else if (item.role === 'held') held ||= !item.fold.startsWith('mo');
      else if (!['particle', 'say', 'affirm', 'any', 'helped'].includes(item.role)) return null;
    } else if (!isReportWord(item) && !(item.type === 'unknown' && /^(?:cai|cap|lam|dat)$/.test(item.fold)))
      return null;
  }
  // «Học 32 người» is one evening; with three figures it is the month.
  const several = pieces.filter(({ type }) => type === 'number').length > 2;
  return held && !month && !several ? null : pieces;
}

/**
 * «Bốn trăm mười tám năm buổi», as a machine writes down what is said: number words that are no one number are the
 * longest one and another, before what is counted. Null: they are not.
 */
function firstOfTwo(
  list: readonly Token[],
  at: number,
  length: number,
): { readonly item: Item; readonly length: number } | null {
  const behind = phraseAt(list, at + length);
  if (!behind || COUNTS[behind.role] === undefined) return null;
  for (let head = length - 1; head > 0; head -= 1) {
    const [one, other] = [list.slice(at, at + head), list.slice(at + head, at + length)].map((part) => {
      const run = numberRun(part, 0);
      return run?.length === part.length ? run.number : null;
    });
    if (one && other && one.how === 'sure' && one.value >= 10)
      return { item: { type: 'number', number: one }, length: head };
  }
  return null;
}

function nameAt(
  list: readonly Token[],
  at: number,
  names: readonly { id: string; words: readonly string[] }[],
): { ids: string[]; length: number; fold: string } | null {
  let best: { ids: string[]; length: number; fold: string } | null = null;
  for (const { id, words } of names) {
    if (list[at]?.fold !== words[0] || !words.every((word, i) => list[at + i]?.fold === word)) continue;
    // «Hỗ trợ 14 hộ»: the first of them is no household.
    if (words.at(-1) === 'ho' && list[at + words.length]?.fold === 'tro') continue;
    if (best && words.length < best.length) continue;
    if (!best || words.length > best.length)
      best = { ids: [id], length: words.length, fold: words.join(' ') };
    else if (!best.ids.includes(id)) best.ids.push(id);
  }
  return best;
}
