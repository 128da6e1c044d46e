import { kept } from '../kernel/kept';
import { remembered } from '../kernel/remembered';
import { decodeTelex, foldText } from '../kernel/vn-text';
import { EMPTY_WORDS, SAME_WORDS } from './command-words';
import { learn, told, type Learned } from './learned';
import type { Way } from './likeness';
import { senseOf, wordsOf } from './marked-words';
import { spelt } from './spelling';
import { Collected, lettersOf, vectorOf, type Features, type Heard } from './vectors';

/**
 * What a message wishes, learned from many ways of saying each wish. It answers for sentences that nobody wrote down;
 * what stands in a list is found by `likeness.ts`. What it says is never acted on where it could not be taken back. Pure.
 */
export interface Wished {
  readonly id: string;
  /** How far ahead of the next it is; the first alone has it above zero. */
  readonly ahead: number;
  /** About -1 to 1. */
  readonly score: number;
}

/** The wishes that a text may be, the likeliest first; only those that `may`. Empty for a text without a word. */
export type Wishes = (text: string, may?: (id: string) => boolean) => readonly Wished[];

const WEIGHTS = { word: 1.3, empty: 0.4, marked: 0.7, words: 1, letters: 0.7, edge: 0.5 } as const;
/** What no example has says that something else is wished, but a reason told around a wish is full of it. */
const UNHEARD = 0.4;
/** Among so many words one slip tells little: their letters are not looked at. */
const MANY = 15;
const MOST = 3;
/** Texts whose scores are kept for the rest of their turn. */
const KEPT = 20;

interface Model {
  readonly ids: readonly string[];
  readonly heard: Heard;
  readonly learned: Learned;
}

/** Learns the wishes of these ways, or reads what was learned from the same ones before. `name` is that of the file it is kept in. */
export function learnWishes(name: string, ways: readonly Way[]): Wishes {
  const keep = kept<Model>(
    name,
    ways.map(({ id, text }) => `${id}\t${text}`),
  );
  const before = keep.read();
  const model = before ?? made(ways);
  if (before === null) keep.write(model);
  // Several features ask about the same text in a turn, each for wishes of its own.
  const scored = remembered((text) => {
    const decoded = decodeTelex(text);
    return { plain: scoresOf(spelt(text), model), keyed: decoded === null ? [] : scoresOf(decoded, model) };
  }, KEPT);
  return (text, may) => {
    const { plain, keyed } = scored(text);
    const [asTyped, decoded] = [first(plain, may), first(keyed, may)];
    return (decoded[0]?.score ?? 0) > (asTyped[0]?.score ?? 0) ? decoded : asTyped;
  };
}

function made(ways: readonly Way[]): Model {
  const ids = [...new Set(ways.map(({ id }) => id))];
  const collected = new Collected();
  for (const { text } of ways) collected.add(featuresOf(text));
  const { texts, heard } = collected.done(UNHEARD);
  const meaningOf = Uint16Array.from(ways, ({ id }) => ids.indexOf(id));
  const learned = learn({ texts, meaningOf, features: heard.placeOf.size, meanings: ids.length });
  return { ids, heard, learned };
}

type Score = Pick<Wished, 'id' | 'score'>;

/** Every wish with how much speaks for it, the likeliest first; empty where no word was heard before. */
function scoresOf(text: string, { ids, heard, learned }: Model): Score[] {
  const vector = vectorOf(featuresOf(text), heard);
  if (vector.places.length === 0) return [];
  const scores = told(vector, learned);
  return ids.map((id, at) => ({ id, score: scores[at] as number })).sort((a, b) => b.score - a.score);
}

function first(scores: readonly Score[], may?: (id: string) => boolean): Wished[] {
  const all = may === undefined ? scores : scores.filter(({ id }) => may(id));
  const second = all[1]?.score ?? 0;
  return all.slice(0, MOST).map((one, i) => ({ ...one, ahead: i === 0 ? one.score - second : 0 }));
}

const MEANT = new Map<string, string>(
  SAME_WORDS.flatMap(([meant, others]) =>
    others.filter((other) => !other.includes(' ')).map((other) => [other, meant] as const),
  ),
);

/** Words as they are meant, without marks, numbers by their kind. */
function featuresOf(text: string): Features {
  const found = new Map<string, number>();
  const words = wordsOf(text.replace(/\d+/g, (digits) => (digits.length > 2 ? ' 000 ' : ' 0 '))).flatMap(
    (word) => (MEANT.get(word) ?? MEANT.get(foldText(word)) ?? word).split(' '),
  );
  for (const [i, word] of words.entries()) {
    const fold = foldText(word);
    const empty = EMPTY_WORDS.has(word);
    found.set(`w ${fold}`, empty ? WEIGHTS.empty : WEIGHTS.word);
    // «Dừng» and «đúng», «tối» and «tôi» are one word without marks.
    if (word !== fold && senseOf(word) !== null) found.set(`m ${word}`, WEIGHTS.marked);
    const next = words[i + 1];
    if (next !== undefined) found.set(`b ${fold} ${foldText(next)}`, WEIGHTS.words);
    if (empty || words.length >= MANY) continue;
    for (const letters of lettersOf(fold)) found.set(`l ${letters}`, WEIGHTS.letters);
  }
  const [first] = words;
  if (first !== undefined) found.set(`< ${foldText(first)}`, WEIGHTS.edge);
  const last = words.at(-1);
  if (last !== undefined) found.set(`> ${foldText(last)}`, WEIGHTS.edge);
  return found;
}
