import { join } from 'node:path';
import { loadArticles } from '../../../src/knowledge/load';
import { prepare, rankArticles } from '../../../src/knowledge/rank';

/** What is worked out is kept for the next start; here it is worked out. */
jest.mock('../../../src/kernel/kept', () => ({
  kept: () => ({ read: () => null, write: () => undefined }),
}));

const load = () => loadArticles(join('locales', 'vi', 'faq'));
const hits = (text: string, articles: ReturnType<typeof load>) =>
  rankArticles(text, articles).map(({ article, ...rest }) => ({ id: article.id, ...rest }));
const TYPED = [
  'quên passcode vneid',
  'dien thoai hong sac pin',
  'lớp học gần đây',
  'có người gọi đòi mã otp',
];

it('made ready a little at a time, or asked in the middle of that, it finds what it finds made at once', async () => {
  const [atOnce, ahead, asked] = [load(), load(), load()];
  await prepare(ahead);
  const preparing = prepare(asked);
  const [first = ''] = TYPED;
  const early = hits(first, asked);
  await preparing;
  expect(early.length).toBeGreaterThan(0);
  expect(early).toEqual(hits(first, atOnce));
  for (const typed of TYPED) {
    expect(hits(typed, ahead)).toEqual(hits(typed, atOnce));
    expect(hits(typed, asked)).toEqual(hits(typed, atOnce));
  }
});

it('lets others be served between two articles', async () => {
  let served = 0;
  const timer = setInterval(() => (served += 1), 0);
  const articles = load();
  await prepare(articles);
  clearInterval(timer);
  expect(served).toBeGreaterThan(articles.length / 4);
});

it('is the same work however often it is asked for', async () => {
  const articles = load();
  const [first, second] = [prepare(articles), prepare(articles)];
  expect(second).toBe(first);
  await first;
});
