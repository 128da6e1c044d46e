import type { LookUp, OutboundMessage } from '../channels/channel';
import type { Look } from './outbox.repo';

/**
 * When a channel is asked whether an uncertain message arrived: at once, then after these pauses. Found once is found.
 * That it is absent is believed only when a pause has passed since the send was given up, since an answer that came too
 * late for us may still have been a success. All of it takes less than a minute: then those behind it go on, and whoever
 * waits is told.
 */
const PAUSES_MS = [3_000, 10_000, 30_000];
/** While the channel as a whole is down it is asked again after this, and that does not count. */
const DOWN_MS = 5_000;

/** Nothing has been asked yet about a send begun at `since`. */
export function firstLook(since: Date, detail: string, cost: number): Look {
  return { since, asked: 0, detail, cost };
}

/** The same after one more question. */
export function asked(look: Look, down: boolean): Look {
  return down ? look : { ...look, asked: look.asked + 1 };
}

/** When to ask again; `absent`: it certainly did not arrive; null: nobody will ever know. */
export function askAgain(
  arrived: Exclude<LookUp['arrived'], 'yes'>,
  look: Look,
  down: boolean,
  now: Date,
  message: OutboundMessage,
): Date | 'absent' | null {
  if (arrived === 'no' && look.asked > 0) return 'absent';
  // No channel shows templates in the talk: what it cannot say at first it never will.
  if (arrived === 'unknown' && message.kind === 'template') return null;
  if (arrived === 'unknown' && down) return new Date(now.getTime() + DOWN_MS);
  const pause = PAUSES_MS[look.asked];
  return pause === undefined ? null : new Date(now.getTime() + pause);
}
