import { decodeTelex, foldText } from '../kernel/vn-text';
import type { Article } from './article';

export interface Found {
  readonly article: Article;
  /** 0 to 1: how much of the text and of the nearest listed question is the same, rare words counting more. */
  readonly score: number;
  /** It clearly is this question: answer it without asking. */
  readonly sure: boolean;
}

const SHORT: Readonly<Record<string, string>> = {
  mk: 'mat khau',
  mkhau: 'mat khau',
  pass: 'mat khau',
  dt: 'dien thoai',
  đt: 'dien thoai',
  sdt: 'so dien thoai',
  k: 'khong',
  ko: 'khong',
  kg: 'khong',
  kh: 'khong',
  dc: 'duoc',
  đc: 'duoc',
  ntn: 'nhu the nao',
  hd: 'huong dan',
  lm: 'lam',
  vnied: 'vneid',
  vneit: 'vneid',
  vnid: 'vneid',
  ca: 'cong an',
  bdhvs: 'binh dan hoc vu so',
  tk: 'tai khoan',
  dddt: 'dinh danh dien tu',
  pwd: 'password',
};
/** Words that carry no question: politeness and pronouns. */
const EMPTY = new Set(
  'a ah da vang em e bac chau toi minh anh chi ban oi nhe nha voi giup cho thi la ma roi r vay the nay do cai con chu ong co xin hoi i my the to do a is it please can you'.split(
    ' ',
  ),
);

interface Prepared {
  readonly article: Article;
  readonly questions: readonly (readonly string[])[];
}
interface Index {
  readonly prepared: readonly Prepared[];
  readonly weight: (word: string) => number;
}
const INDEXES = new WeakMap<readonly Article[], Index>();

/** The article nearest to the text; null when nothing is near, or when the text is a figure, a report or a bare yes. Marks, abbreviations and a wrong letter do not matter. */
export function searchArticles(text: string, articles: readonly Article[]): Found | null {
  const found = find(text, articles);
  const decoded = found?.sure ? null : decodeTelex(text);
  const again = decoded === null ? null : find(decoded, articles);
  return again && (again.sure || !found) ? again : found;
}

function find(text: string, articles: readonly Article[]): Found | null {
  const words = wordsOf(text);
  if (words.length < 2 || words.length > 60 || isFigures(text)) return null;
  const { prepared, weight } = indexOf(articles);
  const line = ` ${expand(text).join(' ')} `;
  const found = prepared.map(({ article, questions }): Found => {
    const score = Math.max(...questions.map((question) => likeness(words, question, weight)));
    const needed = article.needs.every((group) => group.some((phrase) => has(line, phrase)));
    const barred = article.never.some((phrase) => line.includes(` ${phrase} `));
    return { article, score, sure: score >= 0.25 && needed && !barred };
  });
  const sure = found.filter((one) => one.sure);
  const [best] = (sure.length > 0 ? sure : found).sort((a, b) => b.score - a.score);
  return best && best.score >= 0.25 ? best : null;
}

function indexOf(articles: readonly Article[]): Index {
  const known = INDEXES.get(articles);
  if (known) return known;
  const prepared = articles.map((article) => ({ article, questions: article.questions.map(wordsOf) }));
  const seen = new Map<string, number>();
  for (const { questions } of prepared)
    for (const word of new Set(questions.flat())) seen.set(word, (seen.get(word) ?? 0) + 1);
  const index = {
    prepared,
    weight: (word: string) => Math.log(1 + (articles.length + 1) / ((seen.get(word) ?? 0) + 1)),
  };
  INDEXES.set(articles, index);
  return index;
}

function expand(text: string): string[] {
  return foldText(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '))
    .split(' ')
    .flatMap((word) => (SHORT[word] ?? word).split(' '))
    .filter((word) => word !== '');
}

function wordsOf(text: string): string[] {
  return expand(text).filter((word) => !EMPTY.has(word));
}

/** Share of the weight that both sides have, after Dice. */
function likeness(
  text: readonly string[],
  question: readonly string[],
  weight: (word: string) => number,
): number {
  const left = new Set(text);
  const right = new Set(question);
  const total = [...left, ...right].reduce((sum, word) => sum + weight(word), 0);
  let common = 0;
  for (const word of right) if ([...left].some((other) => same(other, word))) common += 2 * weight(word);
  return total === 0 ? 0 : Math.min(1, common / total);
}

function has(line: string, phrase: string): boolean {
  if (line.includes(` ${phrase} `)) return true;
  const wanted = phrase.split(' ');
  if (phrase.length < 6) return false;
  const words = line.trim().split(' ');
  return words.some((_, i) => wanted.every((word, j) => same(words[i + j] ?? '', word)));
}

/** Two letters swapped are forgiven from four letters on; one letter more, less or other from five. */
function same(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (a[i] === b[i]) i += 1;
  if (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)) return true;
  if (shorter < 5) return false;
  return a.slice(i + 1) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i) || a.slice(i) === b.slice(i + 1);
}

/** A report speaks of counts; a question about VNeID at most of level 2 or of a few tries. */
function isFigures(text: string): boolean {
  const fold = foldText(text).replace(/(?:muc|muc do|level|dinh danh) ?[0-9]\b/g, ' ');
  return /%|\d[.,]?\d{2}|\d+ ?\/ ?\d|=|\d+ ?(?:nguoi|ng|ho|luot|buoi|lop|ba con|hv|hoc vien|people|households|sessions)(?![a-z])/.test(
    fold,
  );
}
