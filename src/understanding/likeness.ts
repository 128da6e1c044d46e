import { decodeTelex, foldText } from '../kernel/vn-text';
import { near } from './choice';
import { EMPTY_WORDS, SAME_WORDS } from './command-words';
import { isMarked, mayBe, wordsOf } from './marked-words';

/**
 * How like a message is to known ways of saying things. Words are compared with their marks where they were typed,
 * synonyms and shortened words count as one, words of courtesy as none, the rarer a word the more it says; one wrong
 * letter is forgiven in longer words. Two thresholds: what is `sure` is meant, what is near is asked about. Pure.
 */
export interface Way {
  readonly id: string;
  readonly text: string;
}

export interface Likeness {
  readonly id: string;
  /** The way of saying it that is nearest. */
  readonly way: string;
  /** 0 to 1: how much of both is the same. */
  readonly score: number;
  /** So near, and so much nearer than any other, that nothing else is meant. */
  readonly sure: boolean;
}

/** From here on, with nothing said that no way knows, it is meant. */
const SURE = 0.86;
/** How much nearer than the next one it must be. */
const AHEAD = 0.08;
/** From here on it is worth asking. */
const NEAR = 0.62;
/** A word with one wrong letter counts as so much of it. */
const SLIP = 0.9;
/** Longer messages tell a story: they are no wish in few words. */
const LONGEST = 14;
/** Words that turn a meaning round: there or not there, it is another wish. */
const TURNING = /^(?:không|khong|chưa|chua|đừng|dừng|dung)$/u;

interface Known {
  readonly way: Way;
  readonly words: readonly string[];
  readonly weight: number;
  /** Some word of it turns a meaning round. */
  readonly turns: boolean;
}

/** Every command or matter that the message may be, the likeliest first, each once; empty when none is near. */
export function likenessTo(ways: readonly Way[]): (text: string) => Likeness[] {
  const read = ways.map((way) => ({ way, words: meaningOf(way.text) }));
  const weights = weigh(read.map(({ way, words }) => ({ id: way.id, words })));
  const known: Known[] = read.map((each) => ({
    ...each,
    weight: sum(each.words, weights),
    turns: each.words.some((word) => TURNING.test(word)),
  }));
  const byFold = new Map<string, Set<Known>>();
  for (const each of known)
    for (const word of each.words)
      byFold.set(foldText(word), (byFold.get(foldText(word)) ?? new Set()).add(each));
  const long = [...byFold.keys()].filter((fold) => fold.length >= 5);
  return (text) => {
    const like = (typed: string): Likeness[] => ranked(meaningOf(typed), { weights, byFold, long });
    const decoded = decodeTelex(text);
    const [plain, keyed] = [like(text), decoded === null ? [] : like(decoded)];
    return (keyed[0]?.score ?? 0) > (plain[0]?.score ?? 0) ? keyed : plain;
  };
}

interface Index {
  readonly weights: (word: string) => number;
  readonly byFold: ReadonlyMap<string, ReadonlySet<Known>>;
  /** Folded words long enough for a slip to be told from another word. */
  readonly long: readonly string[];
}

function ranked(typed: readonly string[], index: Index): Likeness[] {
  if (typed.length === 0 || typed.length > LONGEST) return [];
  const words = typed.map((word) => slipOf(word, index));
  const total = words.reduce((all, { meant }) => all + index.weights(meant), 0);
  const met = new Set(words.flatMap(({ meant }) => [...(index.byFold.get(foldText(meant)) ?? [])]));
  const best = new Map<string, Likeness>();
  for (const each of met) {
    const score = compare(words, total, each, index.weights);
    if (score < NEAR || score <= (best.get(each.way.id)?.score ?? 0)) continue;
    best.set(each.way.id, { id: each.way.id, way: each.way.text, score, sure: false });
  }
  const all = [...best.values()].sort((a, b) => b.score - a.score);
  const [first, second] = all;
  if (!first || first.score < SURE || (second && first.score - second.score < AHEAD)) return all;
  return [{ ...first, sure: true }, ...all.slice(1)];
}

/** How much of the message and of the way is in the other: their harmonic mean. */
function compare(words: readonly Slip[], total: number, each: Known, weight: Index['weights']): number {
  // Even if all that is shorter were met, it would not be near.
  if ((2 * Math.min(total, each.weight)) / (total + each.weight) < NEAR) return 0;
  let met = 0;
  const left = [...each.words];
  for (const { meant, slip } of words) {
    const at = left.findIndex((word) => sameWord(meant, word));
    if (at < 0) {
      if (TURNING.test(meant)) return 0;
      continue;
    }
    left.splice(at, 1);
    met += weight(meant) * (slip ? SLIP : 1);
  }
  if (each.turns && left.some((word) => TURNING.test(word))) return 0;
  return total + each.weight === 0 ? 0 : (2 * met) / (total + each.weight);
}

interface Slip {
  readonly meant: string;
  readonly slip: boolean;
}

/** A word nobody uses, put right where one letter is wrong. */
function slipOf(word: string, { byFold, long }: Index): Slip {
  const fold = foldText(word);
  if (byFold.has(fold) || fold.length < 5 || /\d/.test(fold)) return { meant: word, slip: false };
  const meant = long.filter((other) => near(fold, other));
  return meant.length === 1 && meant[0] !== undefined
    ? { meant: meant[0], slip: true }
    : { meant: word, slip: false };
}

function sameWord(typed: string, meant: string): boolean {
  if (typed === meant) return true;
  return (
    foldText(typed) === foldText(meant) &&
    mayBe(typed, meant) &&
    !(isMarked(typed) && isMarked(meant) && differ(typed, meant))
  );
}

/** Two words with marks of their own are two words, but for the place of a tone. */
function differ(a: string, b: string): boolean {
  return a.normalize('NFC') !== b.normalize('NFC');
}

const SAME = SAME_WORDS.flatMap(([meant, others]) =>
  [meant, ...others].map((other) => ({ meant: wordsOf(meant), words: wordsOf(other) })),
).sort((a, b) => b.words.length - a.words.length);
const BY_FIRST = new Map<string, typeof SAME>();
for (const each of SAME) {
  const first = foldText(each.words[0] ?? '');
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), each]);
}

/** The words that say something, each by its usual form. «… không» at the end only asks. */
function meaningOf(text: string): string[] {
  const words = wordsOf(text);
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = (BY_FIRST.get(foldText(words[at] ?? '')) ?? []).find(({ words: other }) =>
      other.every((word, i) => sameWord(words[at + i] ?? '', word)),
    );
    if (found) out.push(...found.meant);
    else if (!isEmpty(words, at)) out.push(words[at] ?? '');
    at += found ? found.words.length : 1;
  }
  const last = out.at(-1);
  return out.length > 2 && last !== undefined && foldText(last) === 'khong' ? out.slice(0, -1) : out;
}

/** «Đi» says nothing at the end («gửi đi nhé») and is a verb before anything else («không đi được»). */
function isEmpty(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (word !== 'đi' && word !== 'di') return EMPTY_WORDS.has(word);
  return words.slice(at + 1).every((other) => EMPTY_WORDS.has(other));
}

function sum(words: readonly string[], weight: (word: string) => number): number {
  return words.reduce((all, word) => all + weight(word), 0);
}

/** The fewer matters a word belongs to, the more it says; one that none knows says as much as the rarest. */
function weigh(ways: readonly { id: string; words: readonly string[] }[]): (word: string) => number {
  const ids = new Map<string, Set<string>>();
  for (const { id, words } of ways)
    for (const word of words) ids.set(foldText(word), (ids.get(foldText(word)) ?? new Set()).add(id));
  const all = new Set(ways.map(({ id }) => id)).size;
  const rarest = Math.log(1 + all);
  const weights = new Map([...ids].map(([fold, { size }]) => [fold, Math.log(1 + all / size)]));
  return (word) => weights.get(foldText(word)) ?? rarest;
}
