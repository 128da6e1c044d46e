import { answer, say } from '../../dialogs/answer';
import {
  defineDialog,
  textIn,
  type Choice,
  type Input,
  type Say,
  type Slots,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import { toReader } from '../../kernel/address';
import type { DialogDeps } from '../../dialogs/deps';
import {
  nextPlace,
  nodeAt,
  startOf,
  treesOf,
  type Answer,
  type Place,
  type TreeNode,
  type Trees,
} from '../tree';
import { articleChoice, articleOf, humanChoice, withBanner, withdrawnSay } from './articles';
import { optionMeant, readSaid } from './tree-words';
import { inviteChoice, solved, unsolved } from './unsolved';

/**
 * Walks a help tree with somebody: one message, one thing to look at or do. The place is kept, so that it goes on after
 * another question, or days later. It writes nothing and reads no secret: what is typed is only compared with the choices.
 */

/** More steps back than this nobody takes. */
const TRAIL = 12;
/** Zalo shows no more buttons. */
const BUTTONS = 5;

type Context = StepContext<DialogDeps>;
type Ended = Extract<TreeNode, { readonly kind: 'end' }>;

export default defineDialog<DialogDeps>({
  id: 'help-tree',
  version: 1,
  first: 'at',
  ref: placeText,
  steps: {
    at: {
      to: ['at'],
      ask: async ({ turn, slots }) => screen(turn, slots),
      receive: async (context, input) => receive(context, input),
    },
  },
  upgrade: ({ slots }) => ({ step: 'at', slots }),
  repair: async ({ turn, slots }, _input, misses) => unclear(turn, slots, misses >= 3),
  async comeBack({ turn, slots }) {
    if (withdrawn(turn, placeIn(slots).tree)) return null;
    return {
      text: say(turn, 'knowledge:tree.come_back', { title: titleOf(turn, placeIn(slots).tree) }),
      choices: [word(turn, 'CONTINUE'), word(turn, 'STOP')],
    };
  },
  oldButton: async (turn, { ref }) => {
    const [tree = ''] = ref.split('/');
    return {
      move: {
        to: 'here',
        say: { text: turn.words.t('common:old_button'), choices: againChoices(turn, tree) },
      },
    };
  },
});

/** The command behind the button that begins a tree: `#CHIDAN_NEW-PHONE`. */
export function stepsChoice(turn: Turn<DialogDeps>, tree: string): Choice {
  return { id: 'STEPS', label: say(turn, 'knowledge:tree.start'), command: `#CHIDAN_${tree.toUpperCase()}` };
}

/** What is said of a tree whose article has withdrawn itself; null: it may be walked. */
function withdrawn(turn: Turn<DialogDeps>, tree: string): Say | null {
  return withdrawnSay(turn, articleOf(turn, tree));
}

/** Begins the tree of an article, or says that it is withdrawn; null when it has none. */
export function beginTree(turn: Turn<DialogDeps>, tree: string): StepResult | null {
  const gone = withdrawn(turn, tree);
  if (gone) return answer(gone);
  const start = startOf(trees(turn), tree);
  return start ? { move: { to: 'dialog', dialog: 'help-tree', slots: { ...start, trail: [] } } } : null;
}

function trees(turn: Turn<DialogDeps>): Trees {
  return treesOf(turn.deps.articles(turn.words.locale));
}

function placeIn(slots: Slots): Place {
  return { tree: textIn(slots, 'tree'), node: textIn(slots, 'node') };
}

function placeText(slots: Slots): string {
  return `${textIn(slots, 'tree')}/${textIn(slots, 'node')}`;
}

function trailOf(slots: Slots): string[] {
  const trail = slots['trail'];
  return Array.isArray(trail) ? trail.filter((one) => typeof one === 'string') : [];
}

/** What the person reads at a place; a place that is no longer in the text begins again. */
function screen(turn: Turn<DialogDeps>, slots: Slots): Say {
  const gone = withdrawn(turn, placeIn(slots).tree);
  if (gone) return gone;
  const node = nodeHere(turn, slots);
  if (!node)
    return {
      text: say(turn, 'knowledge:tree.changed'),
      choices: [word(turn, 'CONTINUE'), word(turn, 'STOP')],
    };
  const choices =
    node.kind === 'question'
      ? node.options.map(({ label }, i) => ({ id: `O${i + 1}`, label }))
      : [word(turn, 'DONE'), word(turn, 'FAILED')];
  const back = trailOf(slots).length > 0 && choices.length < BUTTONS ? [word(turn, 'BACK')] : [];
  // At the first step of each tree, so that nobody begins what cannot be done these days.
  const { tree, node: at } = placeIn(slots);
  const first = startOf(trees(turn), tree)?.node === at;
  const article = first ? articleOf(turn, tree) : undefined;
  return {
    text: withBanner(article, turn.at, toReader(turn.words, node.text)),
    choices: [...choices, ...back],
  };
}

function nodeHere(turn: Turn<DialogDeps>, slots: Slots): TreeNode | null {
  const node = nodeAt(trees(turn), placeIn(slots));
  return node?.kind === 'end' ? null : node;
}

function receive(context: Context, input: Input): StepResult {
  const { turn, slots } = context;
  const node = nodeHere(turn, slots);
  const said = input.choice ?? wordOf(input.text, node);
  const gone = said === null || said === 'STOP' ? null : withdrawn(turn, placeIn(slots).tree);
  if (gone) return { move: { to: 'end', say: gone } };
  switch (said) {
    case 'BACK':
      return back(slots);
    case 'CONTINUE':
      return node ? { move: { to: 'here' } } : (beginTree(turn, placeIn(slots).tree) ?? stopped(context));
    case 'STOP':
      return stopped(context);
    case 'LATER':
      return {
        move: {
          to: 'here',
          say: { text: say(turn, 'knowledge:tree.later'), choices: [word(turn, 'CONTINUE')] },
        },
      };
    case null:
      return { move: { to: 'pass' } };
    default:
      return node ? go(context, node, answerOf(said)) : { move: { to: 'here' } };
  }
}

/** The same place once more with what to press; with a person to talk to when that has not helped. */
function unclear(turn: Turn<DialogDeps>, slots: Slots, again: boolean): Say {
  const { text, choices = [] } = screen(turn, slots);
  const human = again ? [humanChoice(turn.words)] : [];
  return {
    text: `${say(turn, again ? 'knowledge:tree.unclear_human' : 'knowledge:tree.unclear')}\n${text}`,
    choices: [...choices.slice(0, BUTTONS - human.length), ...human],
  };
}

/** The choice that was typed in words. */
function wordOf(text: string, node: TreeNode | null): string | null {
  const said = readSaid(text);
  if (said !== null && said !== 'done' && said !== 'failed') return said.toUpperCase();
  if (node?.kind === 'question') {
    const at = optionMeant(text, node.options);
    if (at !== null) return `O${at + 1}`;
  }
  return said?.toUpperCase() ?? null;
}

function answerOf(choice: string): Answer {
  if (choice === 'DONE') return 'done';
  return choice === 'FAILED' ? 'failed' : Number(choice.slice(1)) - 1;
}

function go({ turn, slots }: Context, node: TreeNode, answer: Answer): StepResult {
  const to = nextPlace(node, answer);
  // «Không được» to a question about what is seen: asked again, more plainly.
  if (!to) return { move: { to: 'here', miss: true, say: unclear(turn, slots, false) } };
  const gone = withdrawn(turn, to.tree);
  if (gone) return { move: { to: 'end', say: gone } };
  const next = nodeAt(trees(turn), to);
  if (next?.kind === 'end') return ended(turn, placeIn(slots).tree, next);
  const trail = [...trailOf(slots), placeText(slots)].slice(-TRAIL);
  const effects = answer === 'failed' ? [unsolved(turn, placeIn(slots).tree)] : [];
  return { move: { to: 'step', step: 'at', slots: { ...to, trail } }, effects };
}

/** The last word; what others have to go on with is counted as not solved, and may be wished for as a class. */
function ended(turn: Turn<DialogDeps>, tree: string, { text, end }: Ended): StepResult {
  if (end === 'solved') return { move: { to: 'end', say: { text } }, effects: [solved(turn, tree)] };
  const choices = [...endChoices(turn, end), inviteChoice(turn, tree)];
  return { move: { to: 'end', say: { text, choices } }, effects: [unsolved(turn, tree)] };
}

function back(slots: Slots): StepResult {
  const trail = trailOf(slots);
  const [tree, node] = (trail.at(-1) ?? '').split('/');
  if (!tree || !node) return { move: { to: 'here' } };
  return { move: { to: 'step', step: 'at', slots: { tree, node, trail: trail.slice(0, -1) } } };
}

function stopped({ turn, slots }: Context): StepResult {
  const choices = againChoices(turn, placeIn(slots).tree);
  return { move: { to: 'end', say: { text: say(turn, 'knowledge:tree.stopped'), choices } } };
}

function againChoices(turn: Turn<DialogDeps>, tree: string): Choice[] {
  return startOf(trees(turn), tree) && !withdrawn(turn, tree) ? [stepsChoice(turn, tree)] : [];
}

/** Where to go on from an end: whom to call, a class, a person. */
function endChoices(turn: Turn<DialogDeps>, end: string): Choice[] {
  if (end === 'human') return [humanChoice(turn.words)];
  const id = { police: 'contacts', class: 'class-near' }[end];
  const article = turn.deps.articles(turn.words.locale).find((one) => one.id === id);
  return article ? [articleChoice(article), humanChoice(turn.words)] : [];
}

function word(turn: Turn<DialogDeps>, id: 'DONE' | 'FAILED' | 'BACK' | 'CONTINUE' | 'STOP'): Choice {
  return { id, label: say(turn, `knowledge:tree.${id.toLowerCase()}`) };
}

function titleOf(turn: Turn<DialogDeps>, tree: string): string {
  return articleOf(turn, tree)?.title ?? tree;
}
