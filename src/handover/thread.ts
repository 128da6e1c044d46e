import type { UserKey } from '../kernel/ids';
import type { ThreadTimes } from './thread-times';

/**
 * A talk between two people that goes through the bot: a citizen and an officer, a village that is stuck and its commune,
 * a leader who has something to say and those above. Pure: every act takes a thread and gives the thread after it, or null
 * where it is not possible any more. Who holds it and what state it is in are one value, written at once, so that nobody
 * answers a talk that another has. Words in it are masked before they come here.
 */
export type ThreadKind = 'stuck' | 'feedback' | 'citizen';

export const THREAD_STATES = ['waiting', 'talking', 'waiting_citizen', 'done'] as const;
export type ThreadState = (typeof THREAD_STATES)[number];

/** Who answers. `by_hand`: somebody wrote in the channel's own console and we do not know who. */
export type Holder =
  | { readonly office: string; readonly user: UserKey }
  | { readonly office: 'by_hand'; readonly user: null };

export interface Standing {
  readonly state: ThreadState;
  /** Null while nobody has it. */
  readonly holder: Holder | null;
}

/** `person`: who asks; `office`: who answers; `note`: seen by officers only. */
export interface ThreadLine {
  /** The effect that wrote it. */
  readonly id: string;
  readonly from: 'person' | 'office' | 'note';
  readonly text: string;
  readonly at: Date;
}

export type ClosedWhy = 'done' | 'cancelled' | 'automatic' | 'unreachable' | 'erased';

export interface Thread {
  readonly id: string;
  readonly kind: ThreadKind;
  /** Whom it is about: a citizen's commune, the unit of a leader. */
  readonly unit: string;
  /** The unit whose people answer now; moves when it is handed on. */
  readonly desk: string;
  readonly by: UserKey;
  readonly standing: Standing;
  /** What it is about, the first one first; masked. */
  readonly topics: readonly string[];
  /** The newest lines, oldest first. */
  readonly lines: readonly ThreadLine[];
  readonly openedAt: Date;
  /** When an answer was promised; null: nothing was, since nobody was there to keep it. */
  readonly promisedAt: Date | null;
  /** The newest word of a human; null: none yet. It ends the promise. */
  readonly answeredAt: Date | null;
  /** Since when the person waits for a word of the present holder or of the queue; null: they do not. */
  readonly owedSince: Date | null;
  /** When the person last wrote. */
  readonly saidAt: Date;
  /** How often the broken promise was told of: 0 not, 1 to the head of the desk, 2 to the province. */
  readonly escalated: 0 | 1 | 2;
  /** Until then the bot leaves this person's words to the holder; null: it answers. */
  readonly silentUntil: Date | null;
  readonly closedAt: Date | null;
  readonly closedWhy: ClosedWhy | null;
  readonly rating: 'good' | 'bad' | null;
  /** When the person is asked, or was asked, how it went; null: they are not. */
  readonly rateAt: Date | null;
  readonly rateAsked: boolean;
  /** One more with each write. */
  readonly version: number;
  /** Effects that wrote it, the newest last: a turn played again finds itself here. */
  readonly applied: readonly string[];
}

const LINES_KEPT = 40;
const APPLIED_KEPT = 60;
/** Who wrote so recently is not asked how it went. */
const QUIET_MS = 5 * 60_000;

export interface NewThread {
  readonly id: string;
  readonly kind: ThreadKind;
  readonly unit: string;
  readonly desk: string;
  readonly by: UserKey;
  readonly topic: string;
  readonly at: Date;
  /** Whether anybody is there to answer: only then something is promised. */
  readonly promised: boolean;
}

export function newThread(given: NewThread, times: ThreadTimes): Thread {
  const { id, kind, unit, desk, by, topic, at, promised } = given;
  return {
    ...{ id, kind, unit, desk, by },
    standing: { state: 'waiting', holder: null },
    topics: topic === '' ? [] : [topic],
    lines: [],
    openedAt: at,
    promisedAt: promised ? times.promise(at) : null,
    answeredAt: null,
    owedSince: at,
    saidAt: at,
    escalated: 0,
    silentUntil: null,
    closedAt: null,
    closedWhy: null,
    rating: null,
    rateAt: null,
    rateAsked: false,
    version: 0,
    applied: [],
  };
}

export function isOpen({ standing }: Pick<Thread, 'standing'>): boolean {
  return standing.state !== 'done';
}

/** Whether what the person writes at `at` belongs to the human who has the talk. */
export function isWithHuman(thread: Thread, at: Date): boolean {
  return isOpen(thread) && thread.silentUntil !== null && at < thread.silentUntil;
}

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
