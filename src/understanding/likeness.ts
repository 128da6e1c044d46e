import { decodeTelex, foldText } from '../kernel/vn-text';
import { EMPTY_WORDS, SAME_WORDS } from './command-words';
import { senseOf, wordsOf } from './marked-words';
import { asSpoken, near } from './slip';
import { spelt } from './spelling';

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
const NEAR = 0.52;
/** A word with one wrong letter counts as so much of it. */
const SLIP = 0.9;
/** Longer messages tell a story: they are no wish in few words. */
const LONGEST = 14;
/** In so many words a way of saying a thing may still be heard, to be asked about. */
const LONGEST_HEARD = 30;
/** So much of a way, said close together in a message that says other things too, is worth asking about … */
const HEARD = 0.95;
/** … the more the way says, the likelier. */
const heardScore = (weight: number): number => 0.66 + 0.01 * Math.min(weight, 14);
/** Words that may stand between those of a way. */
const BETWEEN = 2;
/** Words that turn a meaning round: there or not there, it is another wish. */
const TURNING = /^(?:không|khong|chưa|chua|đừng|dừng|dung)$/u;

/** A word of a message or of a way of saying, with what is asked of it again and again. */
interface Word {
  /** In lower case, with its marks. */
  readonly text: string;
  readonly fold: string;
  readonly marked: boolean;
  /** Its marks make it a word of its own, which nothing without marks stands for. */
  readonly apart: boolean;
  /** It turns a meaning round. */
  readonly turns: boolean;
}

interface Known {
  readonly way: Way;
  readonly at: number;
  readonly words: readonly Word[];
  readonly weight: number;
  /** Some word of it turns a meaning round. */
  readonly turns: boolean;
}

/** Every command or matter that the message may be, the likeliest first, each once; empty when none is near. */
export function likenessTo(ways: readonly Way[]): (text: string) => Likeness[] {
  const index = indexOf(ways);
  return (text) => {
    const decoded = decodeTelex(text);
    const plain = ranked(meaningOf(spelt(text)), index);
    const keyed = decoded === null ? [] : ranked(meaningOf(decoded), index);
    return (keyed[0]?.score ?? 0) > (plain[0]?.score ?? 0) ? keyed : plain;
  };
}

interface Index {
  /** The ways in which a word stands, by the word without marks, each once. */
  readonly waysWith: ReadonlyMap<string, readonly Known[]>;
  /** The fewer matters a word belongs to, the more it says; one that none knows says as much as the rarest. */
  readonly weigh: (word: Word) => number;
  /** Folded words long enough for a slip to be told from another word. */
  readonly long: readonly string[];
  /** For each way, how much of the message it may have at most; zero between two messages. */
  readonly reach: Float64Array;
}

function indexOf(ways: readonly Way[]): Index {
  const read = ways.map((way) => ({ way, words: meaningOf(way.text) }));
  const ids = new Map<string, Set<string>>();
  for (const { way, words } of read)
    for (const { fold } of words) ids.set(fold, (ids.get(fold) ?? new Set()).add(way.id));
  const all = new Set(ways.map(({ id }) => id)).size;
  const weights = new Map([...ids].map(([fold, { size }]) => [fold, Math.log(1 + all / size)]));
  const weigh = ({ fold }: Word): number => weights.get(fold) ?? Math.log(1 + all);
  const waysWith = new Map<string, Known[]>();
  for (const [at, { way, words }] of read.entries()) {
    const weight = words.reduce((sum, word) => sum + weigh(word), 0);
    const known = { way, at, words, weight, turns: words.some(({ turns }) => turns) };
    for (const fold of new Set(words.map((word) => word.fold)))
      waysWith.set(fold, [...(waysWith.get(fold) ?? []), known]);
  }
  const long = [...waysWith.keys()].filter((fold) => fold.length >= 5);
  return { waysWith, weigh, long, reach: new Float64Array(ways.length) };
}

function ranked(typed: readonly Word[], index: Index): Likeness[] {
  if (typed.length === 0 || typed.length > LONGEST_HEARD) return [];
  const words = typed.map((word) => slipOf(word, index));
  const total = words.reduce((all, { weight }) => all + weight, 0);
  const best = new Map<string, Likeness>();
  for (const each of withinReach(words, total, index)) {
    const score = compare(words, total, each);
    if (score < NEAR || score <= (best.get(each.way.id)?.score ?? 0)) continue;
    best.set(each.way.id, { id: each.way.id, way: each.way.text, score, sure: false });
  }
  const all = [...best.values()].sort((a, b) => b.score - a.score);
  const [first, second] = all;
  if (!first || first.score < SURE || (second && first.score - second.score < AHEAD)) return all;
  return [{ ...first, sure: true }, ...all.slice(1)];
}

/** The ways that would be near if every word they share with the message were the same. */
function withinReach(words: readonly Typed[], total: number, { waysWith, reach }: Index): Known[] {
  const met: Known[] = [];
  for (const { word, weight } of words)
    for (const each of waysWith.get(word.fold) ?? []) {
      if (reach[each.at] === 0) met.push(each);
      (reach[each.at] as number) += weight;
    }
  // A little less, since sums in another order end in other digits.
  const near = met.filter((each) => {
    const shared = reach[each.at] as number;
    return (
      2 * shared > (NEAR - 1e-6) * (total + each.weight) ||
      (each.words.length > 1 && shared > (HEARD - 1e-6) * each.weight)
    );
  });
  for (const { at } of met) reach[at] = 0;
  return near;
}

/** How much of the message and of the way is in the other: their harmonic mean; or that the way is heard in the message. */
function compare(words: readonly Typed[], total: number, each: Known): number {
  let met = 0;
  const left = [...each.words];
  const at: number[] = [];
  const turned: number[] = [];
  for (const [i, { word, slip, weight }] of words.entries()) {
    const found = left.findIndex((other) => sameWord(word, other));
    if (found < 0) {
      if (word.turns) turned.push(i);
      continue;
    }
    left.splice(found, 1);
    at.push(i);
    met += weight * (slip ? SLIP : 1);
  }
  if (each.turns && left.some(({ turns }) => turns)) return 0;
  const whole = turned.length > 0 || words.length > LONGEST ? 0 : (2 * met) / (total + each.weight);
  return Math.max(whole, isHeard(each, met, at, turned) ? heardScore(each.weight) : 0);
}

/** All of the way stands together in the message, and no word before, in or right behind it turns it round. */
function isHeard(
  { words, weight }: Known,
  met: number,
  at: readonly number[],
  turned: readonly number[],
): boolean {
  const [first = 0] = at;
  const last = at.at(-1) ?? 0;
  return (
    words.length > 1 &&
    met >= HEARD * weight &&
    last - first < words.length + BETWEEN &&
    !turned.some((i) => i <= last + 1)
  );
}

/** A word as it is meant, and how much it says. */
interface Typed {
  readonly word: Word;
  readonly slip: boolean;
  readonly weight: number;
}

/** A word nobody uses, put right where one letter is wrong, or where it is written as it is spoken. */
function slipOf(word: Word, { waysWith, weigh, long }: Index): Typed {
  const { fold } = word;
  const known = waysWith.has(fold) || /\d/.test(fold);
  const spoken = known ? [] : asSpoken(fold).filter((other) => waysWith.has(other));
  const meant =
    known || spoken.length > 0 || fold.length < 5 ? spoken : long.filter((other) => near(fold, other));
  const right = meant.length === 1 && meant[0] !== undefined ? wordOf(meant[0]) : null;
  return { word: right ?? word, slip: right !== null, weight: weigh(right ?? word) };
}

function wordOf(text: string): Word {
  const fold = foldText(text);
  const marked = text !== fold;
  return { text, fold, marked, apart: marked && senseOf(text) !== null, turns: TURNING.test(text) };
}

/** Two words with marks of their own are two words; without marks a word may be any that its marks set not apart. */
function sameWord(typed: Word, meant: Word): boolean {
  if (typed.text === meant.text) return true;
  return typed.fold === meant.fold && (!typed.marked || (!meant.marked && !typed.apart));
}

const SAME = SAME_WORDS.flatMap(([meant, others]) => {
  const words = wordsOf(meant).map(wordOf);
  return [meant, ...others].map((other) => ({ meant: words, words: wordsOf(other).map(wordOf) }));
}).sort((a, b) => b.words.length - a.words.length);
const BY_FIRST = new Map<string, typeof SAME>();
for (const each of SAME) {
  const first = each.words[0]?.fold ?? '';
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), each]);
}

/** The words that say something, each by its usual form. «… không» at the end only asks. */
function meaningOf(text: string): Word[] {
  const words = wordsOf(text).map(wordOf);
  const out: Word[] = [];
  for (let at = 0; at < words.length;) {
    const word = words[at] as Word;
    const found = BY_FIRST.get(word.fold)?.find((each) => standsAt(each.words, words, at));
    if (found) out.push(...found.meant);
    else if (!isEmpty(words, at)) out.push(word);
    at += found ? found.words.length : 1;
  }
  return out.length > 2 && out.at(-1)?.fold === 'khong' ? out.slice(0, -1) : out;
}

function standsAt(wanted: readonly Word[], words: readonly Word[], at: number): boolean {
  return wanted.every((word, i) => {
    const typed = words[at + i];
    return typed !== undefined && sameWord(typed, word);
  });
}

/** «Đi» says nothing at the end («gửi đi nhé») and is a verb before anything else («không đi được»). */
function isEmpty(words: readonly Word[], at: number): boolean {
  const word = words[at]?.text ?? '';
  if (word !== 'đi' && word !== 'di') return EMPTY_WORDS.has(word);
  return words.slice(at + 1).every(({ text }) => EMPTY_WORDS.has(text));
}
