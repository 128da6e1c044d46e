import { TALK_KINDS, type InboundEvent } from '../channels/channel';
import type { InboxRow } from './inbox.repo';

/** A person's conversation held by this process, so that nobody else answers meanwhile. */
export interface ConversationSession {
  /** Handles rows in one turn: decides, commits, and leaves the floor to the next. Throws when it could not; the rows then stay. */
  turn(rows: readonly InboxRow[]): Promise<void>;
  /** Whether these rows are visibly unfinished, so that the rest is waited for before anything is answered. */
  unfinished(rows: readonly InboxRow[]): Promise<boolean>;
  /** Tells the person kindly that a message could not be handled. */
  apologise(row: InboxRow, reason: string): Promise<void>;
  leave(): Promise<void>;
}

const TALK: ReadonlySet<InboundEvent['kind']> = new Set(TALK_KINDS);

/** Whether the event takes a turn of somebody's talk; the rest is noted. */
export function isTalk(event: InboundEvent): boolean {
  return event.user !== null && TALK.has(event.kind);
}
