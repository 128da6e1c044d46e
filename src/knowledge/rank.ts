import { decodeTelex } from '../kernel/vn-text';
import type { Article } from './article';
import { isFigures } from './figures';
import { BROAD, GENERAL, NAMED, OF_PASSWORDS, OURS, WEAK } from './general';
import { hasAny, questionIndex, type Entry } from './question-index';
import { likenessOf, prepareSimilarity } from './similarity';
import { isStory } from './story';
import { conceptsOf, readText } from './tokens';
import { ELSEWHERE_NAMES, NAMES } from './vocabulary';

/** How near each article is to a text, and whether it may answer it. Pure; the same text gives the same order. */
export interface Hit {
  readonly article: Article;
  /** 0 to about 2: votes of the nearest questions, likeness to all of them, and whether it fits. */
  readonly score: number;
  /** 0 to 1: how near the text is to the nearest listed question. */
  readonly near: number;
  /** What the article asks for is in the text and nothing that it must not answer. */
  readonly fits: boolean;
  /** Something that it must not answer is in the text. */
  readonly barred: boolean;
  /** Nothing of ours is named, and no listed question is nearly the same. */
  readonly bare: boolean;
  /** A password or code of something that was not understood, and VNeID was not named: it may be of anything. */
  readonly strange: boolean;
}

/** As good as typed from the list. */
export const SAME = 0.95;
/** A text that names no topic must be as near as this to a listed question. */
const NEAR_WITHOUT_TOPIC = 0.42;
const SURE_WITHOUT_TOPIC = 0.7;
/** So near to a listed question as it was typed that no keys are decoded. */
const AS_TYPED = 0.45;
/** Longer texts are reports and letters. */
const MAX_WORDS = 60;
/** What it says for an article that what it asks for is there, and against it that something is there which it must not answer. */
const FITS = 0.3;
const BARRED = 0.2;
/** What was learned against what is alike. */
const LEARNED = 1.8;

const READY = new WeakMap<readonly Article[], Promise<void>>();

/** Makes ready for questions about these articles while others are served; asked again it is the same work. */
export function prepare(articles: readonly Article[]): Promise<void> {
  const ready = READY.get(articles) ?? prepareSimilarity(articles).then(() => void questionIndex(articles));
  READY.set(articles, ready);
  return ready;
}

/** Asked several times in a turn about the same text. */
const LAST = new WeakMap<readonly Article[], Map<string, readonly Hit[]>>();
/** A story, and what it asks (`story.ts`). */
const LAST_KEPT = 2;

/** Every article with a listed question like the text, the nearest first. A figure, a report, a bare yes has none. */
export function rankArticles(text: string, articles: readonly Article[]): readonly Hit[] {
  const last = LAST.get(articles) ?? new Map<string, readonly Hit[]>();
  const known = last.get(text);
  if (known) return known;
  const hits = rankAsTyped(text, articles);
  if (last.size >= LAST_KEPT) last.clear();
  LAST.set(articles, last.set(text, hits));
  return hits;
}

/** Whether the text may be a question at all. */
export function isWords(text: string): boolean {
  return !isFigures(text) && /\p{L}/u.test(text);
}

function rankAsTyped(text: string, articles: readonly Article[]): Hit[] {
  if (!isWords(text)) return [];
  const plain = rank(text, articles);
  const decoded = (plain[0]?.near ?? 0) >= AS_TYPED ? null : decodeTelex(text);
  const again = decoded === null ? [] : rank(decoded, articles);
  return (again[0]?.near ?? 0) > (plain[0]?.near ?? 0) ? again : plain;
}

function rank(text: string, articles: readonly Article[]): Hit[] {
  const read = readText(text);
  const { names } = read;
  if (names.length > MAX_WORDS) return [];
  const index = questionIndex(articles);
  const said = spoken(names);
  const thin = names.some((name) => name.length > 2 && !NAMES.has(name) && !index.has(name));
  const topic = names.some((name) => isTopic(name, names) && !(thin && WEAK.has(name)));
  const told = isStory(text);
  const ours = said.vneid || (told && names.some((name) => OURS.has(name)));
  const hits: Hit[] = [];
  let others = 0;
  for (const { article, votes, whole, near, learned } of likenessOf(read, articles)) {
    const alike = votes + whole + LEARNED * learned;
    if (article === null) {
      others = alike;
      continue;
    }
    if (!topic && near < NEAR_WITHOUT_TOPIC) continue;
    const entry = index.entryOf(article);
    const elsewhere = isElsewhere(said, entry);
    // «Lấy mã qua Gmail để vào VNeID»: may be ours, and is asked about.
    if (elsewhere && (!ours || said.alarms.length > 0)) continue;
    const barred = elsewhere || hasAny(entry.never, said.typed);
    const fits = !barred && (near >= SAME || entry.needs.every((phrases) => hasAny(phrases, said.typed)));
    const score = alike + (fits ? FITS : 0) - (barred ? BARRED : 0);
    const bare = near < SURE_WITHOUT_TOPIC && (!topic || (entry.safety && !said.safety));
    const strange = !entry.safety && !entry.ofOthers && isStrange(said, entry);
    hits.push({ article, score, near, fits, barred, bare, strange });
  }
  hits.sort((a, b) => b.score - a.score || (a.article.id < b.article.id ? -1 : 1));
  if (others <= (hits[0]?.score ?? 0)) return hits;
  // More like small talk than like any question: only what names a thing of ours is asked about.
  return names.some((name) => (name !== 'benefit' && NAMED.has(name)) || (told && name === 'police'))
    ? hits.map((hit) => ({ ...hit, bare: true }))
    : [];
}

/** What every article asks of a text, worked out once. */
interface Spoken {
  /** Its concepts. */
  readonly typed: ReadonlySet<string>;
  readonly vneid: boolean;
  /** Those of `ALARMS`, and «họ bảo» where strangers are meant. */
  readonly alarms: readonly string[];
  /** Accounts and things of others. */
  readonly elsewhere: readonly string[];
  /** It speaks of a fraud. */
  readonly safety: boolean;
  /** What is said with a password where VNeID is not named; null: no such password is. */
  readonly password: {
    /** A thing of ours that has none. */
    readonly ofOurs: boolean;
    /** Words that we do not know. */
    readonly words: readonly string[];
  } | null;
}

function spoken(names: readonly string[]): Spoken {
  const typed = new Set(names);
  const each = [...typed];
  const vneid = typed.has('vneid');
  return {
    typed,
    vneid,
    alarms: alarmsIn(typed),
    elsewhere: each.filter((name) => ELSEWHERE_NAMES.has(name)),
    safety: SAFETY.some((name) => typed.has(name)),
    password:
      !vneid && typed.has('password')
        ? {
            ofOurs: each.some(
              (name) => NAMES.has(name) && !OF_PASSWORDS.has(name) && !ELSEWHERE_NAMES.has(name),
            ),
            words: each.filter((name) => !NAMES.has(name) && name.length > 2),
          }
        : null,
  };
}

/** The text speaks of an account or a thing that the article does not speak of: its steps would be wrong ones. */
function isElsewhere({ typed, alarms, elsewhere }: Spoken, { safety, speaksOf }: Entry): boolean {
  // Whoever lost money asks about that, though the phone is frozen too.
  if (typed.has('lostmoney') && elsewhere.length > 0) return !safety && !speaksOf.has('lostmoney');
  if (typed.has('badlink') && !speaksOf.has('badlink')) return true;
  // Whoever was called or sent a link gets no how-to, whatever the caller spoke of.
  if (alarms.length > 0) return !safety && !alarms.some((name) => speaksOf.has(name));
  return elsewhere.some((name) => !speaksOf.has(name));
}

const ALARMS = ['caller', 'threat', 'askcode', 'badlink'];

/** «Họ bảo»: strangers, unless somebody tells of a counter, where they are who works there. */
function alarmsIn(typed: ReadonlySet<string>): readonly string[] {
  const found = ALARMS.filter((name) => typed.has(name));
  if (found.length > 0 || !typed.has('they')) return found;
  const atCounter = ['office', 'hospital'].some((name) => typed.has(name));
  return atCounter && !typed.has('scam') ? [] : ['they'];
}

/** Without one of these nobody speaks of a fraud. */
const SAFETY = [
  ...ALARMS,
  'they',
  'scam',
  'safe',
  'level3',
  'linkword',
  'slip',
  'gave',
  'readcode',
  'lostmoney',
  'thisbot',
  'really',
];

/** A password of something else, for all that is said with it and this article does not know. */
function isStrange({ password }: Spoken, { speaksOf }: Entry): boolean {
  return password !== null && (password.ofOurs || password.words.some((name) => !speaksOf.has(name)));
}

/** Asking words and things that every question has are no topic; «không được» is one, if a poor one. */
function isTopic(name: string, names: readonly string[]): boolean {
  if (name === 'absent') return names.includes('message') || names.includes('wait');
  return (NAMES.has(name) && !GENERAL.has(name)) || name === 'fails';
}

/** Whether the text names one such thing and no more, so that nobody could tell what is asked about it. */
export function isSingle(text: string): boolean {
  const names = new Set(conceptsOf(text).filter((name) => NAMES.has(name)));
  const [only, ...more] = names;
  return more.length === 0 && (only === undefined || BROAD.has(only)) && text.trim().split(/\s+/).length <= 3;
}

/** Whether the text speaks of classes. */
export function namesClasses(text: string): boolean {
  return conceptsOf(text).includes('class');
}

/** Whether the text names VNeID, a paper, a scam or something else that only this folder answers. */
export function namesOurs(text: string): boolean {
  return conceptsOf(text).some((name) => NAMED.has(name));
}
