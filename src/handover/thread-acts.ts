import type { ThreadTimes } from './thread-times';
import { type Holder, type ThreadLine, type ClosedWhy, type Thread, isOpen } from './thread';

/** What people do in a talk: each act is the talk before and the talk after, or null where it does not fit. */

const LINES_KEPT = 40;
const APPLIED_KEPT = 60;
/** Who wrote so recently is not asked how it went. */
const QUIET_MS = 5 * 60_000;

/** Another matter of the same person: added, since nobody has two talks at once. */
export function addTopic(thread: Thread, topic: string, at: Date): Thread | null {
  if (!isOpen(thread) || topic === '' || thread.topics.includes(topic)) return null;
  return { ...thread, topics: [...thread.topics, topic], saidAt: at };
}

/** The person wrote. `asks`: they want an answer; «cảm ơn ạ» does not, and starts no clock. */
export function hear(thread: Thread, line: ThreadLine, asks: boolean, times: ThreadTimes): Thread | null {
  if (!isOpen(thread)) return null;
  const { standing } = thread;
  const said = { ...thread, lines: kept(thread, line), saidAt: line.at };
  if (!asks || standing.state !== 'waiting_citizen') return said;
  if (standing.holder === null || standing.holder.user === null)
    return { ...said, standing: { state: 'waiting', holder: null }, owedSince: line.at, silentUntil: null };
  return {
    ...said,
    standing: { state: 'talking', holder: standing.holder },
    owedSince: line.at,
    silentUntil: times.backToQueue(line.at),
  };
}

/** An officer takes it. Null when somebody else has it, or it is over; taken twice it stays as it is. */
export function take(thread: Thread, holder: Holder, at: Date, times: ThreadTimes): Thread | null {
  const { state, holder: before } = thread.standing;
  if (!isOpen(thread) || (before !== null && before.user !== null)) return null;
  const owes = state !== 'waiting_citizen';
  return {
    ...thread,
    standing: { state: owes ? 'talking' : 'waiting_citizen', holder },
    owedSince: owes ? at : null,
    silentUntil: times.backToQueue(at),
  };
}

/** A word of the holder; of a thread nobody has it makes the writer its holder. Null when another has it, or it is over. */
export function answerThread(
  thread: Thread,
  holder: Holder,
  line: ThreadLine,
  times: ThreadTimes,
): Thread | null {
  const before = thread.standing.holder;
  if (!isOpen(thread) || (before !== null && before.user !== null && before.user !== holder.user))
    return null;
  return {
    ...thread,
    standing: { state: 'waiting_citizen', holder },
    lines: kept(thread, line),
    answeredAt: line.at,
    owedSince: null,
    silentUntil: times.silence(line.at),
  };
}

/** Somebody of the office wrote in the channel's own console: the promise is kept, whoever it was. */
export function answeredByHand(thread: Thread, at: Date): Thread | null {
  if (!isOpen(thread) || (thread.answeredAt !== null && thread.answeredAt >= at)) return null;
  const holder = thread.standing.holder ?? ({ office: 'by_hand', user: null } as const);
  return { ...thread, standing: { state: 'waiting_citizen', holder }, answeredAt: at, owedSince: null };
}

/** Seen by officers only. */
export function addNote(thread: Thread, line: ThreadLine): Thread | null {
  return isOpen(thread) ? { ...thread, lines: kept(thread, line) } : null;
}

/** To another desk or another officer; what was promised stays promised. `holder` null: whoever takes it there. */
export function handOn(
  thread: Thread,
  to: { readonly desk: string; readonly holder: Holder | null },
  at: Date,
  times: ThreadTimes,
): Thread | null {
  if (!isOpen(thread)) return null;
  return {
    ...thread,
    desk: to.desk,
    standing: { state: to.holder ? 'talking' : 'waiting', holder: to.holder },
    owedSince: at,
    silentUntil: to.holder ? times.backToQueue(at) : null,
  };
}

/** Its holder's post is another's now: the talk is theirs as it stands, answered or not. */
export function passOn(thread: Thread, holder: Holder, at: Date, times: ThreadTimes): Thread | null {
  if (!isOpen(thread) || thread.standing.holder?.user === holder.user) return null;
  if (thread.standing.state === 'waiting_citizen')
    return { ...thread, standing: { state: 'waiting_citizen', holder } };
  return handOn(thread, { desk: thread.desk, holder }, at, times);
}

/** Nobody has it any more: its holder did not answer, or lost the post. */
export function giveBack(thread: Thread, at: Date): Thread | null {
  if (!isOpen(thread) || thread.standing.holder === null) return null;
  const owed = thread.standing.state === 'waiting_citizen' ? thread.owedSince : at;
  return {
    ...thread,
    standing: { state: 'waiting', holder: null },
    owedSince: owed ?? at,
    silentUntil: null,
  };
}

/** The person wants the bot; the talk stays open, and the holder's next word silences the bot again. */
export function callBot(thread: Thread): Thread | null {
  return thread.silentUntil === null ? null : { ...thread, silentUntil: null };
}

/**
 * Over. The person is asked how it went only when a human answered and an officer closed it, once, and not while they
 * are still writing: then five minutes after their last word. `mayAsk`: they can be written to for nothing.
 */
export function close(thread: Thread, why: ClosedWhy, at: Date, mayAsk: boolean): Thread | null {
  if (!isOpen(thread)) return null;
  const asked = why === 'done' && mayAsk && thread.answeredAt !== null && !thread.rateAsked;
  const quiet = new Date(thread.saidAt.getTime() + QUIET_MS);
  return {
    ...thread,
    standing: { state: 'done', holder: thread.standing.holder },
    owedSince: null,
    silentUntil: null,
    closedAt: at,
    closedWhy: why,
    rateAt: asked ? (quiet > at ? quiet : at) : null,
  };
}

/** The same officer again, within a day of the end; a new promise. Null when it is not over or nobody answered it. */
export function reopen(thread: Thread, at: Date, times: ThreadTimes): Thread | null {
  const { holder } = thread.standing;
  if (isOpen(thread) || holder === null || holder.user === null) return null;
  return {
    ...thread,
    standing: { state: 'talking', holder },
    promisedAt: times.promise(at),
    answeredAt: null,
    owedSince: at,
    saidAt: at,
    escalated: 0,
    silentUntil: times.backToQueue(at),
    closedAt: null,
    closedWhy: null,
    rateAt: null,
  };
}

/** The person's verdict, the last tap counts. Null for a talk of which they were not asked. */
export function rate(thread: Thread, rating: 'good' | 'bad'): Thread | null {
  return thread.rateAt === null || isOpen(thread) ? null : { ...thread, rating };
}

/** One write further. */
export function written(thread: Thread, effect: string): Thread {
  return {
    ...thread,
    version: thread.version + 1,
    applied: [...thread.applied.filter((id) => id !== effect), effect].slice(-APPLIED_KEPT),
  };
}

function kept(thread: Thread, line: ThreadLine): ThreadLine[] {
  return [...thread.lines.filter(({ id }) => id !== line.id), line].slice(-LINES_KEPT);
}
