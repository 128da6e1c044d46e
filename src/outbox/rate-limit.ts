/**
 * The pace of everything that leaves, as a value: which sends were granted when, and when the next may be. Pure; the
 * `pacer` keeps the value in the document store, so that one limit holds for all workers, processes and restarts.
 *
 * Two rules at once. Campaigns go one by one, evenly spaced over the minute. Replies may go at once. Both count, and
 * no minute, wherever it begins, ever holds more than the limit: a slot is granted only while all slots of the minute
 * before it, and everything already granted after it, are fewer than the limit. Slots are counted in buckets of a
 * quarter of a second, always to the cautious side.
 */
export interface PaceState {
  /** When the next campaign slot may be, in epoch milliseconds. */
  readonly next: number;
  /** Nothing leaves before this instant: the channel said that it had enough. */
  readonly holdUntil: number;
  /** Granted slots: number of the bucket, count; ascending. */
  readonly used: readonly (readonly [number, number])[];
}

export type Lane = 'reply' | 'campaign';

export const NO_PACE: PaceState = { next: 0, holdUntil: 0, used: [] };

const MINUTE = 60_000;
const BUCKET = 250;
/** How late a granted slot may still be used. */
export const SLOT_GRACE_MS = 500;
/** A bucket stops counting when a slot used at its latest is a whole minute old. */
const COUNTED = MINUTE + SLOT_GRACE_MS + BUCKET;
/** Campaigns are spaced a little wider than the limit, so that cautious counting never stops them. */
const SPACING = 1.013;
/** How far ahead campaign slots are granted. */
const AHEAD = 100;

export interface Grant {
  readonly state: PaceState;
  /** Instants at which one send each may begin; never more than asked for. */
  readonly slots: readonly number[];
  /** When asking again can help; only meaningful when `slots` is empty. */
  readonly retryAt: number;
}

/** How many slots are worth asking for at once: a tenth of a second's worth. */
export function blockSize(perMinute: number): number {
  return Math.max(1, Math.floor((perMinute * AHEAD) / MINUTE));
}

/** Grants up to `want` slots at or shortly after `now`. */
export function grant(before: PaceState, perMinute: number, now: number, want: number, lane: Lane): Grant {
  const state = cleaned(before, now);
  if (state.holdUntil > now) return { state, slots: [], retryAt: state.holdUntil };
  let total = state.used.reduce((sum, [, count]) => sum + count, 0);
  const counts = new Map(state.used);
  const spacing = (MINUTE / perMinute) * SPACING;
  const slots: number[] = [];
  let next = Math.max(state.next, now);
  while (slots.length < want && total < perMinute) {
    const at = lane === 'reply' ? now : Math.ceil(next);
    if (at > now + Math.max(AHEAD, slots.length === 0 ? spacing : 0)) break;
    slots.push(at);
    total += 1;
    const bucket = Math.floor(at / BUCKET);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    if (lane === 'campaign') next += spacing;
  }
  const granted: PaceState = {
    next: lane === 'campaign' && slots.length > 0 ? next : Math.max(state.next, 0),
    holdUntil: state.holdUntil,
    used: [...counts].sort(([a], [b]) => a - b),
  };
  const oldest = state.used[0]?.[0];
  const freed = total >= perMinute && oldest !== undefined ? oldest * BUCKET + COUNTED : next;
  return { state: granted, slots, retryAt: Math.ceil(Math.max(freed, now + 1)) };
}

/** Nothing leaves before `until`. An earlier, longer hold stands. */
export function hold(state: PaceState, until: number): PaceState {
  return { ...state, holdUntil: Math.max(state.holdUntil, until) };
}

/** Drops what no longer counts, and what a clock that went back has left in the future. */
function cleaned(state: PaceState, now: number): PaceState {
  const used = state.used.filter(
    ([bucket]) => bucket * BUCKET + COUNTED > now && bucket * BUCKET <= now + MINUTE,
  );
  return {
    next: state.next > now + 2 * MINUTE ? now : state.next,
    holdUntil: state.holdUntil > now + 60 * MINUTE ? now : state.holdUntil,
    used,
  };
}
