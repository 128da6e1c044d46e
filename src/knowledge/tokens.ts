import { remembered } from '../kernel/remembered';
import { foldText, normalText, unifyTones } from '../kernel/vn-text';
import { isSwap, near } from '../understanding/slip';
import { toldByNeighbours } from './neighbours';
import { FILLERS, SHORT } from './shorthand';
import { CONCEPTS } from './vocabulary';

/**
 * A text as what it speaks of: the concepts of the vocabulary in order, and the remaining words without marks. Marks
 * count where they were typed («khóa» is no «khoa») and are not missed where they were not; a wrong letter is forgiven
 * in longer words. Pure.
 */
interface Word {
  /** Lower case, NFC, the mark in one place. */
  readonly typed: string;
  readonly fold: string;
}

interface Phrase {
  readonly names: readonly string[];
  readonly words: readonly Word[];
  /** Typed without marks it is something else more often. */
  readonly marksTell: boolean;
}

const wordOf = (typed: string): Word => ({ typed, fold: foldText(typed) });

/** «kí tự», «kĩ năng»: both spellings are taught. */
const I_AS_Y: Readonly<Record<string, string>> = { i: 'y', í: 'ý', ĩ: 'ỹ', ì: 'ỳ', ỉ: 'ỷ', ị: 'ỵ' };

/** Phrases that are something else more often when typed without marks: «số lạ» and «số là», «đợi mã» and «đổi mã». */
const MARKS_TELL = new Set(['so la', 'cua nha', 'doi ma']);

const PHRASES: readonly Phrase[] = CONCEPTS.flatMap(([names, phrases]) =>
  phrases.map((phrase) => {
    const words = plain(phrase).split(' ').map(wordOf);
    return { names, words, marksTell: MARKS_TELL.has(words.map(({ fold }) => fold).join(' ')) };
  }),
).sort((a, b) => b.words.length - a.words.length);

/** Phrases by the word they begin with, the longest first. */
const BY_FIRST = new Map<string, Phrase[]>();
/** Words that begin a pair in some phrase, with what follows: «dienthoai» was typed without its space. */
const PAIRS = new Set<string>();
const KNOWN = new Set<string>();
/** Words as they are written with marks: another word of these is no slip. */
const WRITTEN = new Set<string>();
for (const phrase of PHRASES) {
  const first = phrase.words[0]?.fold ?? '';
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), phrase]);
  for (const [i, word] of phrase.words.entries()) {
    KNOWN.add(word.fold);
    WRITTEN.add(word.typed);
    const next = phrase.words[i + 1];
    if (next) PAIRS.add(`${word.fold} ${next.fold}`);
  }
}
for (const filler of FILLERS) {
  KNOWN.add(foldText(filler));
  WRITTEN.add(filler);
}
/** Words of the vocabulary that are long enough for a slip to be told from another word. */
const LONG = [...KNOWN].filter((word) => word.length >= 4);

/** Fillers that may stand inside a phrase: «mất cái điện thoại», «không vào được». */
const INSIDE = new Set(
  'cai chiec bi duoc no luon cua toi em bac minh chau roi di vao nhan ra thi la nay moi a voi'.split(' '),
);

/** What the text speaks of, in order. */
export function conceptsOf(text: string): readonly string[] {
  return readText(text).names;
}

export interface ReadText {
  /** What the text speaks of, in order. */
  readonly names: readonly string[];
  /** Its words without marks, shortened and misspelt ones put right. */
  readonly words: readonly string[];
}

export const readText = remembered(readAsTyped, 50);

function readAsTyped(text: string): ReadText {
  const [plainText, hasLink] = withoutLinks(text);
  const words = wordsOf(plainText);
  const names = read(asked(words));
  return { names: hasLink ? [...names, 'badlink'] : names, words: words.map(({ fold }) => fold) };
}

/** Addresses are taken out; one that is no authority's is a link somebody was sent. */
function withoutLinks(text: string): [string, boolean] {
  let strange = false;
  // Written large it is the country, otherwise «nào» as some say it.
  const plainText = normalText(text)
    .replace(/(?<=\S )L[àa]o(?! ?đ|\p{L})/gu, 'nước ngoài')
    .replace(/(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}(?:\/\S*)?/gi, (address) => {
      if (/(?:^|[./])gov\.vn(?:$|\/)/i.test(address)) return address;
      if (
        !/:\/\/|\.(?:com|vn|net|org|info|top|xyz|site|online|example|cc|me|link|app|apk|club|shop|vip)(?:\/|$)/i.test(
          address,
        )
      )
        return address;
      strange = true;
      return ' ';
    });
  return [plainText, strange];
}

/** «… không» at the end only asks. */
function asked(words: readonly Word[]): readonly Word[] {
  const last = words.findLastIndex((word) => !FILLERS.has(word.typed) || word.fold === 'duoc');
  return words[last]?.fold === 'khong' && last > 0 ? words.slice(0, last) : words;
}

function plain(text: string): string {
  return unifyTones(normalText(text).toLowerCase())
    .replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')
    .replace(/(?<!\p{L})k(i|í|ĩ|ì|ỉ|ị)(?!\p{L})/gu, (_all, vowel: string) => `k${I_AS_Y[vowel] ?? 'y'}`)
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .replace(/(\d)(\p{L})/gu, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim();
}

function wordsOf(text: string): Word[] {
  return toldByNeighbours(plain(text).split(' '))
    .filter((word) => word !== '')
    .flatMap((word): readonly string[] => SHORT.get(word) ?? [word])
    .flatMap(repaired);
}

/** A word that nobody knows is split where a space was left out, or put right where one letter is wrong. */
const REPAIRED = new Map<string, Word[]>();
/** People use few different words; what strangers make up must not fill the memory. */
const REPAIRED_KEPT = 1_000;

function repaired(typed: string): Word[] {
  const known = REPAIRED.get(typed);
  if (known) return known;
  if (REPAIRED.size >= REPAIRED_KEPT) REPAIRED.clear();
  const made = repair(wordOf(typed));
  REPAIRED.set(typed, made);
  return made;
}

function repair(word: Word): Word[] {
  if (KNOWN.has(word.fold) || /\d/.test(word.fold)) return [word];
  // «wên» is «quên», «fải» is «phải».
  const spelled = wordOf(word.typed.replace(/^(?:w|q(?!u))/u, 'qu').replace(/^f/u, 'ph'));
  if (KNOWN.has(spelled.fold)) return [spelled];
  if (word.fold.length < 4) return [word];
  for (let at = 2; at <= word.fold.length - 2; at += 1) {
    const pair = [word.fold.slice(0, at), word.fold.slice(at)];
    if (PAIRS.has(pair.join(' '))) return pair.map(wordOf);
  }
  const near = LONG.filter((known) => isSlip(word.fold, known));
  return near.length === 1 && near[0] !== undefined ? [wordOf(near[0])] : [word];
}

/** Two neighbours swapped are forgiven from four letters on; one letter more, less or other from five. */
function isSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || Math.abs(a.length - b.length) > 1) return false;
  return shorter === 4 ? isSwap(a, b) : near(a, b);
}

function read(words: readonly Word[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = phraseAt(words, at);
    if (found) {
      out.push(...found.names);
      at = found.end;
      continue;
    }
    const word = words[at] as Word;
    if (word.fold === 'khong' && words.slice(at + 2, at + 5).some(({ fold }) => fold === 'duoc'))
      out.push('fails');
    if (isSpell(words, at)) out.push('wait');
    const age = /^\d{1,3}$/.test(word.fold) ? ageAt(words, at) : null;
    if (age) out.push(age);
    else if (word.fold !== 'khong' && !FILLERS.has(word.typed)) out.push(word.fold);
    at += 1;
  }
  return out;
}

/** «2 tuần», «10 ngày»: somebody has been waiting, or asks how long. */
function isSpell(words: readonly Word[], at: number): boolean {
  return (
    /^(?:\d{1,2}|hai|ba|bon|tam|chin|muoi|chuc|nua)$/.test(words[at]?.fold ?? '') &&
    /^(?:tuan|thang|ngay|hom|tieng|phut)$/.test(words[at + 1]?.fold ?? '') &&
    words[at + 2]?.fold !== 'tuoi'
  );
}

/** «10 tuổi» is a child, «75 tuổi» an old person; other numbers are just numbers. */
function ageAt(words: readonly Word[], at: number): string | null {
  if (!/^(?:tuoi|t|y|years?)$/.test(words[at + 1]?.fold ?? '')) return null;
  const age = Number(words[at]?.fold);
  if (age < 14) return 'child';
  return age >= 60 ? 'elder' : 'age';
}

function phraseAt(words: readonly Word[], at: number): { names: readonly string[]; end: number } | null {
  const phrases = BY_FIRST.get(words[at]?.fold ?? '');
  if (!phrases) return null;
  for (const phrase of phrases) {
    const end = endOf(phrase, words, at);
    if (end !== null) return { names: phrase.names, end };
  }
  return null;
}

/** Where the phrase ends that begins at `at`; null when it does not stand there. */
function endOf(phrase: Phrase, words: readonly Word[], at: number): number | null {
  let place = at;
  let marked = false;
  let off = 0;
  for (const wanted of phrase.words) {
    if (place > at && words[place]?.fold !== wanted.fold && INSIDE.has(words[place]?.fold ?? '')) place += 1;
    const word = words[place];
    if (word?.fold !== wanted.fold) return null;
    if (word.typed !== word.fold && word.typed !== wanted.typed) {
      if (WRITTEN.has(word.typed)) return null;
      off += 1;
    }
    if (isBare(phrase, word)) return null;
    marked ||= word.typed !== word.fold;
    place += 1;
  }
  if (!marked && phrase.marksTell) return null;
  // One wrong mark in a phrase is a slip; in a word of its own it is another word.
  return off === 0 || (phrase.words.length > 1 && off === 1) ? place : null;
}

/** Short words that mean one thing only in this field, even without their marks. */
const PLAIN_ENOUGH = new Set(['hoc', 'lop', 'doi', 'vao', 'may', 'loi', 'tai']);

/** A short word without its marks may be many: «nho» is «nhớ» and «nhỡ», «cu» is «cũ» and «cụ». */
function isBare(phrase: Phrase, word: Word): boolean {
  const [wanted, ...more] = phrase.words;
  if (!wanted || more.length > 0 || wanted.fold.length > 3 || wanted.typed === wanted.fold) return false;
  return word.typed === word.fold && !PLAIN_ENOUGH.has(word.fold);
}
