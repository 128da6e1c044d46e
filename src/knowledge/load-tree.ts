import { ENDS, placesAfter, type HelpTree, type Option, type Place, type TreeNode, type Trees } from './tree';

/** Reads the help tree of an article and checks that nobody gets lost in it. */

/** Lines of one message of a tree. */
export const MAX_LINES = 3;
const MAX_TEXT = 300;
const MAX_LABEL = 30;
/** As many as a message has buttons: every way is tapped. */
const MAX_OPTIONS = 4;

type Wrong = (why: string) => RangeError;

/**
 * A tree from the part of an article that begins with its first `## name`: a text of at most three lines, then `- label
 * -> node` for each thing the person may see, or `done -> node` and `failed -> node`, or `end: solved`. `@article` is
 * the beginning of another tree. The first node is the start. Null when there is no node.
 */
export function parseTree(article: string, text: string, wrong: Wrong): HelpTree | null {
  const sections = text.split(/^## /m).slice(1);
  const nodes = sections.map((section) => parseNode(article, section, wrong));
  const [first] = nodes;
  if (!first) return null;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (byId.size < nodes.length) throw wrong('two nodes of its tree have one name');
  return { start: first.id, nodes: byId };
}

function parseNode(article: string, section: string, wrong: Wrong): TreeNode {
  const [name = '', ...lines] = section.trim().split('\n');
  const id = name.trim();
  const fault = (why: string): RangeError => wrong(`node ${id}: ${why}`);
  if (!/^[a-z][a-z0-9-]*$/.test(id)) throw fault('its name must be of small letters and dashes');
  const placeOf = (target: string): Place =>
    target.startsWith('@') ? { tree: target.slice(1), node: '' } : { tree: article, node: target };
  const said: string[] = [];
  const options: Option[] = [];
  const ways = new Map<string, Place>();
  let end = '';
  for (const line of lines) {
    const option = /^- (.+) -> (@?[a-z0-9-]+)$/.exec(line);
    const way = /^(done|failed) -> (@?[a-z0-9-]+)$/.exec(line);
    const ends = /^end: (\w+)$/.exec(line);
    if (option) options.push({ label: option[1] ?? '', to: placeOf(option[2] ?? '') });
    else if (way) ways.set(way[1] ?? '', placeOf(way[2] ?? ''));
    else if (ends) end = ends[1] ?? '';
    else if (line.trim() !== '') said.push(line.trim());
  }
  const text = said.join('\n');
  if (said.length === 0 || said.length > MAX_LINES)
    throw fault(`it says ${said.length} lines, not 1 to ${MAX_LINES}`);
  if (text.length > MAX_TEXT) throw fault(`it says ${text.length} characters, more than ${MAX_TEXT}`);
  if (/->|^end/m.test(text)) throw fault('a line leads nowhere');
  if (Number(options.length > 0) + Number(ways.size > 0) + Number(end !== '') !== 1)
    throw fault('it must ask, or name a step, or end');
  if (end !== '') {
    const known = ENDS.find((one) => one === end);
    if (!known) throw fault(`the end ${end} is not known`);
    return { kind: 'end', id, text, end: known };
  }
  if (options.length > 0) {
    if (options.length < 2 || options.length > MAX_OPTIONS)
      throw fault(`it offers ${options.length} choices`);
    const long = options.find(({ label }) => label.length > MAX_LABEL);
    if (long) throw fault(`«${long.label}» is too long for a button`);
    if (new Set(options.map(({ label }) => label)).size < options.length)
      throw fault('two choices are called the same');
    return { kind: 'question', id, text, options };
  }
  const done = ways.get('done');
  const failed = ways.get('failed');
  if (!done || !failed) throw fault('a step needs both done and failed');
  return { kind: 'step', id, text, done, failed };
}

/**
 * The trees with every `@` led to a start. Throws a RangeError when a place does not exist, a node is never reached, or
 * from some node no end can be reached.
 */
export function linkTrees(trees: Trees): Trees {
  const linked = new Map([...trees].map(([id, tree]) => [id, linkTree(id, tree, trees)]));
  for (const [id, tree] of linked) {
    const reached = new Set([tree.start]);
    for (const name of reached)
      for (const { tree: other, node } of placesAfter(tree.nodes.get(name) as TreeNode))
        if (other === id) reached.add(node);
    for (const name of tree.nodes.keys())
      if (!reached.has(name)) throw new RangeError(`tree ${id}: nobody comes to ${name}`);
  }
  checkExits(linked);
  return linked;
}

function linkTree(id: string, tree: HelpTree, trees: Trees): HelpTree {
  const link = (from: string, to: Place): Place => {
    const other = trees.get(to.tree);
    const node = to.node === '' ? other?.start : to.node;
    if (!other || node === undefined || !other.nodes.has(node))
      throw new RangeError(`tree ${id}: ${from} leads to ${to.tree} ${to.node}, which is not there`);
    return { tree: to.tree, node };
  };
  const nodes = [...tree.nodes.values()].map((node): TreeNode => {
    if (node.kind === 'end') return node;
    if (node.kind === 'step')
      return { ...node, done: link(node.id, node.done), failed: link(node.id, node.failed) };
    return { ...node, options: node.options.map(({ label, to }) => ({ label, to: link(node.id, to) })) };
  });
  return { start: tree.start, nodes: new Map(nodes.map((node) => [node.id, node])) };
}

function checkExits(trees: Trees): void {
  const key = ({ tree, node }: Place): string => `${tree} ${node}`;
  const out = new Set<string>();
  const all = [...trees].flatMap(([tree, { nodes }]) => [...nodes.values()].map((node) => ({ tree, node })));
  for (let grown = true; grown;) {
    grown = false;
    for (const { tree, node } of all) {
      const here = key({ tree, node: node.id });
      if (out.has(here) || (node.kind !== 'end' && !placesAfter(node).some((place) => out.has(key(place)))))
        continue;
      out.add(here);
      grown = true;
    }
  }
  const lost = all.find(({ tree, node }) => !out.has(key({ tree, node: node.id })));
  if (lost) throw new RangeError(`tree ${lost.tree}: there is no way out of ${lost.node.id}`);
}
