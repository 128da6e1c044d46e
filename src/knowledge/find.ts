import { QUESTION, wished } from '../understanding/wished';
import type { Article } from './article';
import { hasFigure } from './figures';
import { isSingle, rankArticles, SAME, type Hit } from './rank';
import { askedIn, isStory } from './story';
import { conceptsOf } from './tokens';

/** Decides what is said to a question: its answer, a question back, or that nothing was found. */
export type Found =
  /** `also`: another that it may be as well, to be offered under the answer; null: none is near. */
  | {
      readonly kind: 'answer';
      readonly article: Article;
      readonly also: Article | null;
      /** 0 to 1: how near the text is to a listed question. */
      readonly near: number;
    }
  /** Two or three that it may be, seldom one: the person chooses. */
  | { readonly kind: 'ask'; readonly articles: readonly Article[] }
  | { readonly kind: 'none' };

export interface FindContext {
  /** Id of the article shown last, to which «vẫn không được» goes back; absent: none. */
  readonly last?: string;
}

/** So far ahead of the next, and so near to a listed question, that nothing else is meant. */
const AHEAD = 0.08;
const NEAR_ENOUGH = 0.32;
/** An article that does not fit must be farther ahead. */
const AHEAD_UNFIT = 0.4;
/** In a story, where much is told that is not asked. */
const AHEAD_IN_STORY = 0.6;
/** With a number in it that may be a figure it must be as near as this. */
const SURE_OF_FIGURES = 0.75;
/** With something in it that the article must not answer. */
const SURE_THOUGH_BARRED = 0.5;
/** From here on it is worth asking. */
const WORTH_ASKING = 0.15;
/** In a long message so much less. */
const LONG = 0.6;
/** So like its questions that a story is answered without its asking clause being heard by itself. */
const SURE_OF_STORY = 1.7;
/** All that was learned speaks for it, and so much more than for any other: then it need not be typed as it is listed. */
const LEARNED_SURE = 1.3;
const LEARNED_AHEAD = 0.8;
const LEARNED_NEAR = 0.2;
/** In so few words any of them may be of something else. */
const FEW = 7;
const LEARNED_NEAR_SHORT = 0.3;
/** So much speaks for another that fits. */
const RIVAL = 1;
/** With something in it that the article must not answer. */
const LEARNED_NEAR_THOUGH = 0.4;
/** No farther behind the answer than this, another is offered under it. */
const NOT_FAR = 1.7;
/** What is so far behind the first is not offered beside it. */
const BEHIND = 2;
/** So near to another question that it is not about what was shown last. */
const OTHER = 0.45;
const OFFERED = 3;

/** What the text asks for. A figure, a report, a bare yes is nothing; a single word is never sure. */
export function findArticles(text: string, articles: readonly Article[], context: FindContext = {}): Found {
  const hits = rankArticles(text, articles);
  const last = articles.find(({ id }) => id === context.last);
  const [best, second] = hits;
  if (last && isFollowUp(text) && !(best?.fits && best.near >= OTHER)) return after(last, articles);
  const least = isLong(text) ? WORTH_ASKING * LONG : WORTH_ASKING;
  const asked = askedOf(text, hits, articles);
  if (!best || best.near < least)
    return offer(asked === hits ? [] : asked.filter(({ near }) => near >= WORTH_ASKING), articles);
  const rival = second && hits.find((hit) => hit !== best && !warnsAlike(hit, best));
  if (
    !isSure(best, rival, text) ||
    !(asked[0] && (asked[0].article === best.article || warnsAlike(asked[0], best)))
  )
    return offer(both(nearest(hits), asked), articles);
  return {
    kind: 'answer',
    article: best.article,
    also: second && isAlso(second, best) ? second.article : null,
    near: best.near,
  };
}

/** A story told around the question makes it less like any listed one. */
function isLong(text: string): boolean {
  return text.trim().split(/\s+/).length > 20;
}

/** A story that is like what people tell who ask this: the numbers in it are ages, hours and days. */
function isToldWell(best: Hit | undefined, text: string): boolean {
  return best !== undefined && best.score >= SURE_OF_STORY && isStory(text);
}

/**
 * What a story asks, heard without the rest of it: what was told on the way is not taken for the question. A story told
 * as others tell it is heard as a whole, unless what it asks is by itself still more like another question.
 */
function askedOf(text: string, hits: readonly Hit[], articles: readonly Article[]): readonly Hit[] {
  const asked = isStory(text) ? askedIn(text) : null;
  if (asked === null) return hits;
  const [best] = hits;
  const own = rankArticles(asked, articles);
  const surer = own[0]?.fits === true && own[0].score > (best?.score ?? 0);
  return isToldWell(best, text) && !surer ? hits : own;
}

/** The nearest of the whole, then what is asked at the end of it; of that nothing which the whole forbids. */
function both(hits: readonly Hit[], asked: readonly Hit[]): readonly Hit[] {
  const [first, ...more] = hits;
  const own = hits.find(({ article }) => article === asked[0]?.article && article !== first?.article);
  return first && own ? [first, own, ...more.filter((hit) => hit !== own)] : hits;
}

/** Two questions in one message, or two ways to read it. */
function isAlso(second: Hit, best: Hit): boolean {
  const far = best.score - second.score;
  return !second.strange && second.near >= NEAR_ENOUGH && far <= (second.fits ? NOT_FAR : NOT_FAR / 2);
}

/** Two warnings against strangers say the same first thing, so that nobody who is frightened is asked which is meant. */
function warnsAlike(one: Hit, other: Hit): boolean {
  return [one, other].every(({ article }) => article.tags.includes('warning'));
}

function isSure(best: Hit, second: Hit | undefined, text: string): boolean {
  if (best.near < DISTANT && !asksSomething(text)) return false;
  if (isLearned(best, second, text)) return true;
  if (best.strange || best.bare || /^\S+$/.test(text.trim())) return false;
  if (best.near < SURE_OF_FIGURES && !isToldWell(best, text) && hasFigure(text)) return false;
  if (best.barred && best.near < SURE_THOUGH_BARRED) return false;
  // «Mua máy mới, lại quên mật khẩu»: what one must not answer is what the other is about.
  if (best.barred && second?.fits && (second.near >= OTHER || second.score >= 2 * RIVAL)) return false;
  if (best.near < SAME && (best.near < (best.fits ? WORTH_ASKING : NEAR_ENOUGH) || isSingle(text)))
    return false;
  // Listed word for word under one article alone.
  if (best.near >= SAME && (second?.near ?? 0) < SAME) return true;
  const ahead = isStory(text) ? AHEAD_IN_STORY : best.fits ? AHEAD : AHEAD_UNFIT;
  return best.score - (second?.score ?? 0) >= ahead;
}

function isLearned(best: Hit, second: Hit | undefined, text: string): boolean {
  const isShort = text.trim().split(/\s+/).length < FEW;
  const near = best.barred ? LEARNED_NEAR_THOUGH : isShort ? LEARNED_NEAR_SHORT : LEARNED_NEAR;
  if (best.strange || best.bare || (second?.fits && second.near >= OTHER)) return false;
  // Who is sent a link, by whom, is what a fraud is told by.
  if (best.article.tags.includes('scam') && !best.fits) return false;
  // «Mua máy mới, lại quên mật khẩu»: the other may be what is asked.
  if (best.barred && second?.fits && second.score >= RIVAL) return false;
  return (
    best.near >= near &&
    best.score >= LEARNED_SURE &&
    best.score - (second?.score ?? 0) >= LEARNED_AHEAD &&
    !isSingle(text) &&
    !hasFigure(text)
  );
}

/** What is learned of wishes hears a question too, or the wish to learn; «ai đấy, sao lại biết tôi làm trưởng thôn» is neither. */
function asksSomething(text: string): boolean {
  const asks = wished(text).findIndex(({ id }) => id === QUESTION || id.startsWith('classes'));
  return asks >= 0 && asks < AMONG;
}
const AMONG = 3;
/** So unlike anything that is listed that it may be no question at all. */
const DISTANT = 0.35;

function nearest(hits: readonly Hit[]): Hit[] {
  const [first] = hits;
  const least = Math.min(WORTH_ASKING, first?.near ?? 0);
  return hits.filter(({ score, near }) => near >= least && score >= (first?.score ?? 0) - BEHIND);
}

/** Up to three; one that stands alone is offered beside what people often mean instead. */
function offer(hits: readonly Hit[], articles: readonly Article[]): Found {
  const [first, ...more] = hits.slice(0, OFFERED).map(({ article }) => article);
  if (!first) return { kind: 'none' };
  if (more.length > 0) return { kind: 'ask', articles: [first, ...more] };
  return { kind: 'ask', articles: [first, ...nextOf(first, articles)].slice(0, OFFERED - 1) };
}

function nextOf(article: Article, articles: readonly Article[]): Article[] {
  return article.next.flatMap((id) => articles.filter((other) => other.id === id));
}

/** Words that say no more than that it did not work. */
const FOLLOWING = new Set(
  'fails how lam thu theo xong buoc the nhu nguyen van khac khong ko lai viec login buc qua kho phone bao mai'.split(
    ' ',
  ),
);

/** «Không được em ơi», «làm rồi mà vẫn thế»: about what was shown last, and nothing else. */
export function isFollowUp(text: string): boolean {
  const names = new Set(conceptsOf(text));
  return (names.has('fails') || names.has('how')) && [...names].every((name) => FOLLOWING.has(name));
}

function after(last: Article, articles: readonly Article[]): Found {
  const next = nextOf(last, articles).slice(0, OFFERED);
  return next.length > 0
    ? { kind: 'ask', articles: next }
    : { kind: 'answer', article: last, also: null, near: 0 };
}
