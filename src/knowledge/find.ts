import type { Article } from './article';
import { rankArticles, SURE, type Hit } from './rank';
import { conceptsOf } from './tokens';

/** Decides what is said to a question: its answer, a question back, or that nothing was found. */
export type Found =
  | { readonly kind: 'answer'; readonly article: Article }
  /** Two or three that it may be, seldom one: the person chooses. */
  | { readonly kind: 'ask'; readonly articles: readonly Article[] }
  | { readonly kind: 'none' };

export interface FindContext {
  /** Id of the article shown last, to which «vẫn không được» goes back; absent: none. */
  readonly last?: string;
}

/** What fits less than `SURE`, or not quite, is offered from here on. */
const NEAR = 0.42;
/** What does not fit but is nearer than what does by more than this is offered first. */
const NEARER = 0.15;
/** Two that fit and are closer than this are both offered. */
const CLOSE = 0.05;
/** So near to another question that it is not about what was shown last. */
const OTHER = 0.7;
const OFFERED = 3;

/** What the text asks for. A figure, a report, a bare yes is nothing; a single word is never sure. */
export function findArticles(text: string, articles: readonly Article[], context: FindContext = {}): Found {
  const hits = rankArticles(text, articles);
  const last = articles.find(({ id }) => id === context.last);
  if (last && isFollowUp(text) && !(hits[0]?.fits && hits[0].score >= OTHER)) return after(last, articles);
  const fitting = hits.filter(({ fits, score }) => fits && score >= SURE);
  const [best] = fitting;
  if (!best || best.strange || /^\S+$/.test(text.trim()) || rivalOf(best, hits))
    return offer(nearest(hits), articles);
  const close = fitting.filter(({ score }) => best.score - score < CLOSE);
  return close.length > 1 ? offer(close, articles) : { kind: 'answer', article: best.article };
}

function rivalOf(best: Hit, hits: readonly Hit[]): boolean {
  return hits.some(({ fits, barred, score }) => !fits && !barred && score > best.score + NEARER);
}

function nearest(hits: readonly Hit[]): Hit[] {
  const near = hits.filter(({ score }) => score >= NEAR).sort((a, b) => b.score - a.score);
  const open = near.filter(({ barred }) => !barred);
  return open.length > 0 ? open : near;
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
  return next.length > 0 ? { kind: 'ask', articles: next } : { kind: 'answer', article: last };
}
