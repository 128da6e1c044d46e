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
