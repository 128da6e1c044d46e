import { linkTrees, parseTree } from '../../../src/knowledge/load-tree';
import { nextPlace, nodeAt, startOf, type HelpTree, type TreeNode } from '../../../src/knowledge/tree';

const wrong = (why: string): RangeError => new RangeError(why);
const parsed = (id: string, text: string): HelpTree => {
  const tree = parseTree(id, text, wrong);
  if (!tree) throw new Error('no tree');
  return tree;
};
const PHONE = `The answer.

## start
Do you have the old phone?
- Yes -> code
- No -> @card

## code
Open it and look for the code.
done -> solved
failed -> @card

## solved
Good.
end: solved`;
const CARD = `## begin
Hold the card to the phone.
done -> solved
failed -> police

## solved
Good.
end: solved

## police
Go to the police.
end: police`;
const trees = linkTrees(
  new Map([
    ['phone', parsed('phone', PHONE)],
    ['card', parsed('card', CARD)],
  ]),
);

it('leads from place to place, and from one tree to the start of another', () => {
  const start = startOf(trees, 'phone');
  expect(start).toEqual({ tree: 'phone', node: 'start' });
  const asked = nodeAt(trees, start as NonNullable<typeof start>) as TreeNode;
  expect(asked).toMatchObject({ kind: 'question', text: 'Do you have the old phone?' });
  expect(nextPlace(asked, 0)).toEqual({ tree: 'phone', node: 'code' });
  expect(nextPlace(asked, 1)).toEqual({ tree: 'card', node: 'begin' });
  expect(nextPlace(asked, 2)).toBeNull();
  expect(nextPlace(asked, 'done')).toBeNull();
  const step = nodeAt(trees, { tree: 'phone', node: 'code' }) as TreeNode;
  expect(nextPlace(step, 'done')).toEqual({ tree: 'phone', node: 'solved' });
  expect(nextPlace(step, 'failed')).toEqual({ tree: 'card', node: 'begin' });
  expect(nextPlace(step, 0)).toBeNull();
  expect(nodeAt(trees, { tree: 'phone', node: 'gone' })).toBeNull();
  expect(startOf(trees, 'gone')).toBeNull();
});

it('is nothing where an article has no node', () => {
  expect(parseTree('x', 'Only an answer.', wrong)).toBeNull();
});

it.each([
  ['its name must be of small letters', '## Start\nText.\nend: solved'],
  ['it says 4 lines', '## a\n1\n2\n3\n4\nend: solved'],
  ['it says 0 lines', '## a\nend: solved'],
  ['characters', `## a\n${'x'.repeat(301)}\nend: solved`],
  ['a line leads nowhere', '## a\nText.\ndone > b\n- x -> \nend: solved'],
  ['it must ask, or name a step, or end', '## a\nText.'],
  ['it must ask, or name a step, or end', '## a\nText.\ndone -> a\nfailed -> a\nend: solved'],
  ['the end heaven is not known', '## a\nText.\nend: heaven'],
  ['a step needs both', '## a\nText.\ndone -> a'],
  ['it offers 1 choices', '## a\nText?\n- One -> a'],
  ['is too long for a button', `## a\nText?\n- ${'x'.repeat(31)} -> a\n- Two -> a`],
  ['two choices are called the same', '## a\nText?\n- One -> a\n- One -> a'],
  ['two nodes of its tree have one name', '## a\nText.\nend: solved\n\n## a\nText.\nend: solved'],
])('refuses: %s', (why, text) => {
  expect(() => parseTree('x', text, wrong)).toThrow(why);
});

it.each([
  ['leads to x gone', '## a\nText.\ndone -> gone\nfailed -> b\n\n## b\nText.\nend: police'],
  ['leads to gone', '## a\nText.\ndone -> @gone\nfailed -> b\n\n## b\nText.\nend: police'],
  ['nobody comes to b', '## a\nText.\nend: solved\n\n## b\nText.\nend: solved'],
  ['there is no way out of a', '## a\nText.\ndone -> b\nfailed -> b\n\n## b\nText.\ndone -> a\nfailed -> a'],
])('refuses to link: %s', (why, text) => {
  expect(() => linkTrees(new Map([['x', parsed('x', text)]]))).toThrow(why);
});
