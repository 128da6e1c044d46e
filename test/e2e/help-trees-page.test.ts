import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Article } from '../../src/knowledge/article';
import { loadArticles } from '../../src/knowledge/load';
import { nodeAt, startOf, treesOf, type Place, type TreeNode } from '../../src/knowledge/tree';
import { inBrowser, PhonePage } from '../support/phone-page';

/**
 * Help trees as citizens walk them: on a telephone's page of 390 pixels in a real browser, with the real program behind
 * it. The question is typed, all else is taps. Each way out of a tree is gone once: to each of its ends, and into each
 * other tree. `npm test` walks one tree, `TREES=all`, a phase of `.ci/run`, every one.
 */
/** Where to leave pictures of each screen to look at; nothing is left when it is not set. */
const PICTURES = process.env['SIMULATOR_PICTURES'];
const SAMPLE = ['forgot-passcode'];

const articles = loadArticles(join('locales', 'vi', 'faq'));
const trees = treesOf(articles);
const walked = articles.filter(
  ({ id, tree }) => tree !== null && (process.env['TREES'] === 'all' || SAMPLE.includes(id)),
);

interface Tap {
  readonly label: string;
  readonly to: Place;
}

function tapsOf(node: TreeNode): Tap[] {
  if (node.kind === 'end') return [];
  if (node.kind === 'question') return node.options.map(({ label, to }) => ({ label, to }));
  return [
    { label: 'Xong', to: node.done },
    { label: 'Không được', to: node.failed },
  ];
}

/** For each way out of a tree the taps that lead there by the shortest way. */
function waysOut(tree: string): Tap[][] {
  const start = startOf(trees, tree);
  if (!start) throw new Error(`${tree} has no beginning`);
  const out: Tap[][] = [];
  const reached = new Set([start.node]);
  const queue: { place: Place; taps: Tap[] }[] = [{ place: start, taps: [] }];
  for (const { place, taps } of queue)
    for (const tap of tapsOf(nodeAt(trees, place) as TreeNode)) {
      const way = [...taps, tap];
      if (tap.to.tree !== tree || nodeAt(trees, tap.to)?.kind === 'end') out.push(way);
      else if (!reached.has(tap.to.node)) {
        reached.add(tap.to.node);
        queue.push({ place: tap.to, taps: way });
      }
    }
  return out;
}

inBrowser('help-trees-page')('help trees on a telephone', () => {
  let phone: PhonePage;
  let page: Page;

  beforeAll(async () => {
    phone = await PhonePage.open('Bác Lan');
    page = phone.page;
  }, 120_000);

  afterAll(async () => {
    await phone?.close();
  });

  it.each(walked.map((article) => [article.id, article] as const))(
    '%s: every way out by taps alone',
    async (id, article) => {
      const start = nodeAt(trees, startOf(trees, id) as Place) as TreeNode;
      for (const [n, way] of waysOut(id).entries()) {
        await begin(article);
        await tap('Chỉ từng bước', start.text);
        await look(`${id}-start`);
        for (const { label, to } of way) {
          const node = nodeAt(trees, to) as TreeNode;
          await tap(label, node.text);
          if (node.kind !== 'end') await look(`${to.tree}-${to.node}`);
          else if (node.end !== 'solved') await button('Gặp người hướng dẫn').waitFor();
        }
        await look(`${id}-out-${n + 1}`);
        // The next question must not be an answer to the tree that was entered.
        if (nodeAt(trees, (way.at(-1) as Tap).to)?.kind !== 'end') await type('thôi');
      }
      expect(phone.faults).toEqual([]);
    },
    300_000,
  );

  /** The buttons of the newest answer. */
  function button(label: string) {
    return page.locator('li.theirs').last().getByRole('button', { name: label, exact: true });
  }

  async function begin(article: Article): Promise<void> {
    await type(article.questions[0] as string);
    await button('Chỉ từng bước').waitFor();
  }

  async function type(text: string): Promise<void> {
    const before = await page.locator('li.theirs').count();
    await page.getByRole('textbox', { name: /Bác Lan/ }).fill(text);
    await page.keyboard.press('Enter');
    await page.locator('li.theirs').nth(before).waitFor();
  }

  /** Taps the button under the newest answer, and waits until the next one says what it must. */
  async function tap(label: string, says: string): Promise<void> {
    const before = await page.locator('li.theirs').count();
    await button(label).click();
    const next = page.locator('li.theirs').nth(before);
    await next.waitFor();
    expect({ label, says: await next.locator('p.text').textContent() }).toEqual({
      label,
      says: expect.stringContaining(says),
    });
  }

  /** Nothing sticks out of the telephone, and each button can be hit with a thumb. */
  async function look(name: string): Promise<void> {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    for (const box of await Promise.all(
      (await page.locator('li.theirs').last().getByRole('button').all()).map((one) => one.boundingBox()),
    ))
      expect({ name, box, high: (box?.height ?? 0) >= 36 }).toEqual({ name, box, high: true });
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
});
