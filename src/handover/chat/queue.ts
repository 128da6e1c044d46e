import { say } from '../../dialogs/answer';
import type { Choice, Listed, StepResult } from '../../conversation/dialog';
import type { Message } from '../../dialogs/feature';
import { personOf } from '../../org/chat/people';
import type { Thread } from '../thread';
import { holderName, personName, threadChoice, timeOf, topicOf } from './thread-words';
import { type HandoverTurn } from './turn-threads';

/** The officer's queue: numbered, the oldest first; a number means the list shown last, else the queue as it is. */

const QUEUE = 'queue';
const SHOWN = 12;

export function myQueue(turn: HandoverTurn): Promise<readonly Thread[]> {
  return turn.deps.handover.queueFor(personOf(turn).offices, turn.at);
}

/** The list with who waits, since when, and who has it. */
export async function queueScreen(turn: HandoverTurn): Promise<StepResult> {
  const threads = await myQueue(turn);
  if (threads.length === 0) return { move: { to: 'here', say: { text: say(turn, 'handover:queue.empty') } } };
  const lines = threads.slice(0, SHOWN).map((thread, i) => `${i + 1}. ${lineOfQueue(turn, thread)}`);
  const more =
    threads.length > SHOWN ? [say(turn, 'handover:queue.more', { count: threads.length - SHOWN })] : [];
  const text = [
    say(turn, 'handover:queue.head', { count: threads.length }),
    ...lines,
    ...more,
    say(turn, 'handover:queue.how'),
  ];
  const first = threads.find(({ standing }) => standing.holder === null);
  const choices: Choice[] = first ? [threadChoice(turn.words, first.id, '#NHANTIN', 'take')] : [];
  return { move: { to: 'here', say: { text: text.join('\n'), choices } }, listed: listOf(threads) };
}

function lineOfQueue(turn: HandoverTurn, thread: Thread): string {
  const { words, deps, at } = turn;
  return say(turn, `handover:queue.${conditionOf(turn, thread)}`, {
    person: personName(words, deps, thread, at),
    topic: topicOf(words, thread),
    since: timeOf(words, thread.openedAt, at),
    until: thread.promisedAt ? timeOf(words, thread.promisedAt, at) : '',
    name: holderName(words, deps, thread, at),
  });
}

function conditionOf(turn: HandoverTurn, thread: Thread): string {
  const { state, holder } = thread.standing;
  if (state === 'waiting_citizen') return 'answered';
  if (holder !== null && holder.user !== null) return holder.user === turn.user ? 'mine' : 'theirs';
  if (thread.promisedAt === null) return 'no_promise';
  return thread.promisedAt < turn.at && thread.answeredAt === null ? 'late' : 'waiting';
}

export function listOf(threads: readonly Thread[]): Listed {
  return { kind: QUEUE, ids: threads.map(({ id }) => id), picks: threads.map(({ id }) => `#XEMTIN_${id}`) };
}

/** The thread of a number and the list it counts in. Null: there is none of that number. */
export async function byNumber(
  turn: HandoverTurn,
  { conversation }: Message,
  number: number,
): Promise<{ readonly thread: Thread; readonly listed: Listed } | null> {
  const shown = conversation.listed?.kind === QUEUE ? conversation.listed : listOf(await myQueue(turn));
  const id = shown.ids[number - 1];
  const thread = id === undefined ? null : await turn.deps.handover.get(id);
  return thread ? { thread, listed: shown } : null;
}

/** Under which number the thread stands for the officer; it is added to the list where it does not stand in it. */
export async function numberOf(
  turn: HandoverTurn,
  { conversation }: Message,
  thread: Thread,
): Promise<{ readonly number: number; readonly listed: Listed }> {
  const shown = conversation.listed?.kind === QUEUE ? conversation.listed : listOf(await myQueue(turn));
  const ids = shown.ids.includes(thread.id) ? shown.ids : [...shown.ids, thread.id];
  return { number: ids.indexOf(thread.id) + 1, listed: { kind: QUEUE, ids } };
}
