import { join } from 'node:path';
import { loadArticles } from '../../src/knowledge/load';
import { MAX_LINES } from '../../src/knowledge/load-tree';
import {
  ENDS,
  nodeAt,
  placesAfter,
  treesOf,
  type Place,
  type TreeNode,
  type Trees,
} from '../../src/knowledge/tree';

/** Every path of every help tree, in both languages: it ends, nobody walks in circles, and each message is short. */

const LOCALES = ['vi', 'en'] as const;
const TREES = {
  vi: treesOf(loadArticles(join('locales', 'vi', 'faq'))),
  en: treesOf(loadArticles(join('locales', 'en', 'faq'))),
};

/** Paths from a node that come to no node twice, up to an end or into another tree. */
function pathsFrom(trees: Trees, place: Place, walked: readonly TreeNode[] = []): TreeNode[][] {
  const node = nodeAt(trees, place);
  if (!node) throw new Error(`${place.tree} ${place.node} is not there`);
  const path = [...walked, node];
  if (node.kind === 'end') return [path];
  return placesAfter(node).flatMap((to) => {
    if (to.tree !== place.tree) return [path];
    return path.some(({ id }) => id === to.node) ? [] : pathsFrom(trees, to, path);
  });
}

it('there are trees for what goes wrong most', () => {
  const named = [
    ...['forgot-vneid-password', 'otp-not-received', 'new-phone', 'lock-account', 'account-locked'],
    ...[
      'activation-fails',
      'forgot-passcode',
      'nfc-fails',
      'benefit-account',
      'help-parents',
      'no-smartphone',
    ],
  ];
  expect(named.filter((id) => !TREES.vi.has(id))).toEqual([]);
});

it('both languages have the same nodes, ways and ends', () => {
  const shape = (trees: Trees) =>
    [...trees].map(([id, { start, nodes }]) => ({
      ...{ id, start },
      nodes: [...nodes.values()].map((node) => ({
        ...{ id: node.id, kind: node.kind, to: placesAfter(node) },
        end: node.kind === 'end' ? node.end : null,
      })),
    }));
  expect(shape(TREES.en)).toEqual(shape(TREES.vi));
});

describe.each(LOCALES.flatMap((locale) => [...TREES[locale].keys()].map((id) => [locale, id] as const)))(
  '%s %s',
  (locale, id) => {
    const trees = TREES[locale];
    const tree = trees.get(id) as NonNullable<ReturnType<Trees['get']>>;
    const paths = pathsFrom(trees, { tree: id, node: tree.start });

    it('begins by asking or with the first step, and every path of it ends or leads on', () => {
      expect(nodeAt(trees, { tree: id, node: tree.start })?.kind).not.toBe('end');
      expect(paths.length).toBeGreaterThan(2);
      for (const path of paths) {
        const last = path.at(-1) as TreeNode;
        const leaves = placesAfter(last).some((place) => place.tree !== id);
        expect([path.map((node) => node.id), last.kind === 'end' || leaves]).toEqual([
          expect.anything(),
          true,
        ]);
      }
    });

    it('comes by some path to each of its nodes, and to being solved', () => {
      const walked = new Set(paths.flat().map((node) => node.id));
      expect([...tree.nodes.keys()].filter((name) => !walked.has(name))).toEqual([]);
      const ends = new Set(
        paths.map((path) => path.at(-1)).map((node) => (node?.kind === 'end' ? node.end : 'on')),
      );
      expect(ends).toContain('solved');
      expect([...ends].some((end) => end !== 'solved' && (end === 'on' || ENDS.includes(end)))).toBe(true);
    });

    it('says at most three short lines a step and never asks for a secret to be sent', () => {
      for (const node of tree.nodes.values()) {
        expect(node.text.split('\n').length).toBeLessThanOrEqual(MAX_LINES);
        expect(node.text.length).toBeLessThanOrEqual(300);
        expect(node.text).not.toMatch(
          /(?:gửi|nhắn|đọc) (?:mã|mật khẩu|số căn cước|otp)[^.]* (?:cho em|vào đây) (?!ạ)/i,
        );
      }
    });
  },
);
