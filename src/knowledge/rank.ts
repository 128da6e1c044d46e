import type { Article } from './article';
import { isFigures } from './figures';
import { questionIndex, weightOf, type Entry, type Phrase, type QuestionIndex } from './question-index';
import { conceptsOf, decodedConceptsOf } from './tokens';
import { ELSEWHERE_NAMES, GENERAL, NAMES, WEAK } from './vocabulary';

/** How near each article is to a text, and whether it may answer it. Pure; the same text gives the same order. */
export interface Hit {
  readonly article: Article;
  /** 0 to 1: how much of the text and of the nearest listed question is the same, rare concepts counting more. */
  readonly score: number;
  /** What the article asks for is in the text and nothing that it must not answer. */
  readonly fits: boolean;
  /** Something that it must not answer is in the text. */
  readonly barred: boolean;
  /** A password or code of something that was not understood, and VNeID was not named: it may be of anything. */
  readonly strange: boolean;
}

/** An article that fits is the answer from here on. */
export const SURE = 0.38;
/** As good as typed from the list. */
const SAME = 0.95;
/** Longer texts are reports and letters. */
const MAX_WORDS = 60;

/** Every article with a listed question near the text, those that fit first, then the nearest. A figure, a report, a bare yes has none. */
export function rankArticles(text: string, articles: readonly Article[]): Hit[] {
  if (isFigures(text)) return [];
  const plain = rank(conceptsOf(text), articles);
  if (plain[0]?.fits && plain[0].score >= SURE) return plain;
  const decoded = decodedConceptsOf(text);
  const again = decoded === null ? [] : rank(decoded, articles);
  return (again[0]?.score ?? 0) > (plain[0]?.score ?? 0) ? again : plain;
}

function rank(names: readonly string[], articles: readonly Article[]): Hit[] {
  if (names.length > MAX_WORDS) return [];
  const index = questionIndex(articles);
  const typed = new Set(names);
  const thin = names.some((name) => name.length > 2 && !NAMES.has(name) && !index.has(name));
  const topic = names.some((name, i) => isTopic(name, i, names) && !(thin && WEAK.has(name)));
  const hits: Hit[] = [];
  for (const [entry, score] of scores(typed, index)) {
    if ((!topic && score < SAME) || isElsewhere(typed, entry)) continue;
    const barred = entry.never.some((phrase) => has(typed, phrase));
    hits.push({
      article: entry.article,
      score,
      barred,
      strange: isStrange(typed, entry) && !isSafety(entry) && !entry.article.tags.includes('elsewhere'),
      fits: !barred && fits(entry, typed, score),
    });
  }
  return hits.sort((a, b) => Number(b.fits) - Number(a.fits) || b.score - a.score);
}

/** The mean of the shares that the text and the nearest question of each article have in common, by weight. */
function scores(typed: ReadonlySet<string>, index: QuestionIndex): Map<Entry, number> {
  const best = new Map<Entry, number>();
  const whole = weightOf(typed, index.weight);
  for (const { entry, names, weight } of index.find(typed)) {
    let common = 0;
    for (const name of typed) if (names.has(name)) common += index.weight(name);
    const score = (common / whole + common / weight) / 2;
    if (score > (best.get(entry) ?? 0)) best.set(entry, score);
  }
  return best;
}

/** A listed question typed as it stands needs nothing more. */
function fits(entry: Entry, typed: ReadonlySet<string>, score: number): boolean {
  return score >= SAME || entry.needs.every((group) => group.some((phrase) => has(typed, phrase)));
}

function has(typed: ReadonlySet<string>, phrase: Phrase): boolean {
  return phrase.length > 0 && phrase.every((name) => typed.has(name));
}

/** The text speaks of an account or a thing that the article does not speak of: its steps would be wrong ones. */
function isElsewhere(typed: ReadonlySet<string>, entry: Entry): boolean {
  const alarmed = ALARMS.some((name) => typed.has(name));
  // Whoever was called or sent a link gets no how-to, whatever the caller spoke of.
  if (alarmed) return !isSafety(entry) && !ALARMS.some((name) => typed.has(name) && entry.speaksOf.has(name));
  for (const name of typed) if (ELSEWHERE_NAMES.has(name) && !entry.speaksOf.has(name)) return true;
  return false;
}

function isSafety({ article }: Entry): boolean {
  return article.tags.includes('scam');
}

const ALARMS = ['caller', 'threat', 'askcode', 'badlink'];

function isStrange(typed: ReadonlySet<string>, entry: Entry): boolean {
  if (typed.has('vneid') || !typed.has('password')) return false;
  return [...typed].some((name) =>
    NAMES.has(name)
      ? !OF_PASSWORDS.has(name) && !ELSEWHERE_NAMES.has(name)
      : name.length > 2 && !entry.speaksOf.has(name),
  );
}

/** What may be said of a password without saying of what: it is the one of VNeID then. */
const OF_PASSWORDS: ReadonlySet<string> = new Set([
  ...GENERAL,
  ...[
    'password',
    'settings',
    'forget',
    'recover',
    'change',
    'fails',
    'locked',
    'lock',
    'elder',
    'child',
    'behalf',
    'idcard',
  ],
  ...[
    'level2',
    'activate',
    'newphone',
    'otp',
    'slip',
    'gave',
    'askcode',
    'caller',
    'scam',
    'passcode',
    'update',
  ],
]);

/** Asking words and things that every question has are no topic; «không được» is one, if a poor one. */
function isTopic(name: string, _at: number, names: readonly string[]): boolean {
  if (name === 'absent') return names.includes('message') || names.includes('wait');
  return (NAMES.has(name) && !GENERAL.has(name)) || name === 'fails';
}

/** Things of ours by name. Somebody who reports and names none of them is rather speaking of the report. */
const NAMED: ReadonlySet<string> = new Set(
  'vneid level2 level3 otp passcode password idcard lostcard activate benefit insurance licence signature nfc lostphone newphone scam caller badlink threat slip lostmoney confirm course dvc'.split(
    ' ',
  ),
);

/** Whether the text names VNeID, a paper, a scam or something else that only this folder answers. */
export function namesOurs(text: string): boolean {
  return conceptsOf(text).some((name) => NAMED.has(name));
}
