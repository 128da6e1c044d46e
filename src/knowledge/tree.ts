/**
 * Help trees: what goes wrong, step by step. A node asks what the person sees, names one thing to do (done or failed),
 * or ends. Trees lead into each other by `@`. Pure: a place and a choice give the next place.
 */

/** Where a talk ends: it works, in a class, at the police, with a person of the commune. */
export const ENDS = ['solved', 'class', 'police', 'human'] as const;
export type End = (typeof ENDS)[number];

/** A node of a tree; a tree bears the id of its article. */
export interface Place {
  readonly tree: string;
  readonly node: string;
}

export interface Option {
  readonly label: string;
  readonly to: Place;
}

export type TreeNode =
  | {
      readonly kind: 'question';
      readonly id: string;
      readonly text: string;
      readonly options: readonly Option[];
    }
  | {
      readonly kind: 'step';
      readonly id: string;
      readonly text: string;
      readonly done: Place;
      readonly failed: Place;
    }
  | { readonly kind: 'end'; readonly id: string; readonly text: string; readonly end: End };

export interface HelpTree {
  /** Where it begins. */
  readonly start: string;
  readonly nodes: ReadonlyMap<string, TreeNode>;
}

/** `done` and `failed` at a step, a place in the list of a question, from 0. */
export type Answer = 'done' | 'failed' | number;

export type Trees = ReadonlyMap<string, HelpTree>;

/** The node of a place; null when the text has changed since somebody stood there. */
export function nodeAt(trees: Trees, place: Place): TreeNode | null {
  return trees.get(place.tree)?.nodes.get(place.node) ?? null;
}

/** The first place of a tree; null when there is none of that name. */
export function startOf(trees: Trees, tree: string): Place | null {
  const start = trees.get(tree)?.start;
  return start === undefined ? null : { tree, node: start };
}

/** Where an answer leads; null when the node does not take it. */
export function nextPlace(node: TreeNode, answer: Answer): Place | null {
  if (node.kind === 'question') return typeof answer === 'number' ? (node.options[answer]?.to ?? null) : null;
  if (node.kind === 'step' && typeof answer === 'string') return answer === 'done' ? node.done : node.failed;
  return null;
}

/** Every place a node leads to. */
export function placesAfter(node: TreeNode): Place[] {
  if (node.kind === 'question') return node.options.map(({ to }) => to);
  return node.kind === 'step' ? [node.done, node.failed] : [];
}

const ALL = new WeakMap<readonly object[], Trees>();

/** The trees of a set of articles, by article. */
export function treesOf(articles: readonly { readonly id: string; readonly tree: HelpTree | null }[]): Trees {
  const known = ALL.get(articles);
  if (known) return known;
  const trees = new Map(articles.flatMap(({ id, tree }) => (tree ? [[id, tree] as const] : [])));
  ALL.set(articles, trees);
  return trees;
}
