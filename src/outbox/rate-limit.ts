/**
 * The pace of everything that leaves, as a value: which sends were granted when, and when the next may be. Pure; the
 * `pacer` keeps the value in the document store, so that one limit holds for all workers, processes and restarts.
 *
 * Two rules at once. Campaigns go one by one, evenly spaced over the minute. Replies may go at once. Both count, and
 * no minute, wherever it begins, ever holds more than the limit: a slot is granted only while all slots of the minute
 * before it, and everything already granted after it, are fewer than the limit. Slots are counted in buckets of a
 * fifth of a second, always to the cautious side.
 *
 * The configured limit is the most that is ever used. When the channel says that its own is lower, or refuses before
 * ours is reached, the lower one holds; one that was only guessed is tried a little higher every ten minutes.
 */
export interface PaceState {
  /** When the next campaign slot may be, in epoch milliseconds. */
  readonly next: number;
  /** Nothing leaves before this instant: the channel said that it had enough. */
  readonly holdUntil: number;
  /** Granted slots: number of the bucket, count; ascending. */
  readonly used: readonly (readonly [number, number])[];
  /** What the channel taught us about its limit; null: the configured one holds. */
  readonly learned: Learned | null;
  /** The channel had enough before the limit was reached, and how many it had taken in that minute of the clock. */
  readonly struck: { readonly at: number; readonly accepted: number } | null;
}

export interface Learned {
  readonly limit: number;
  readonly at: number;
  /** Share by which it is tried a little higher after a while; 0: the channel told us, so nothing is tried. */
  readonly step: number;
}

/** What the channel says of its own limit a minute and of what is left of it; null: nothing. */
export interface ToldRate {
  readonly limit: number | null;
  readonly remain: number | null;
}

export type Lane = 'reply' | 'campaign';

export const NO_PACE: PaceState = { next: 0, holdUntil: 0, used: [], learned: null, struck: null };

const MINUTE = 60_000;
const BUCKET = 200;
/** How late a granted slot may still be used. */
export const SLOT_GRACE_MS = 200;
/** A bucket stops counting when a slot used at its latest is a whole minute old. */
const COUNTED = MINUTE + SLOT_GRACE_MS + BUCKET;
/** Campaigns are spaced a little wider than the limit, so that cautious counting never stops them. */
const SPACING = 1.007;
/** How far ahead campaign slots are granted. */
const AHEAD = 100;

/** From so many a second on, no second holds more than its share of the minute. */
const EVEN_FROM = 10;
/** A second and a little, since what leaves evenly may arrive a little unevenly. */
const SECOND = 1_010;

export interface Grant {
  readonly state: PaceState;
  /** Instants at which one send each may begin; never more than asked for. */
  readonly slots: readonly number[];
  /** When asking again can help; only meaningful when `slots` is empty. */
  readonly retryAt: number;
}

/** A guessed limit is tried higher after this. */
const RAISE_MS = 10 * MINUTE;
const FIRST_STEP = 0.02;
/** Two minutes that ended early so close together are no accident. */
const STRIKES_MS = 3 * MINUTE;

/** The limit that holds now. */
export function limitOf(state: PaceState, perMinute: number): number {
  return Math.max(1, Math.min(perMinute, state.learned?.limit ?? perMinute));
}

/** The channel told its own limit. */
export function told(state: PaceState, limit: number, perMinute: number, now: number): PaceState {
  return { ...state, learned: limit >= perMinute ? null : { limit: Math.floor(limit), at: now, step: 0 } };
}

/** The channel refused again and again; `refused` of what was granted this minute it did not take. Only the second such minute, or one after a try, lowers the limit. */
export function struck(state: PaceState, perMinute: number, now: number, refused: number): PaceState {
  const { learned } = state;
  if (learned?.step === 0) return state;
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const granted = state.used.reduce(
    (sum, [bucket, count]) => sum + (bucket * BUCKET >= minute && bucket * BUCKET <= now ? count : 0),
    0,
  );
  const accepted = Math.max(1, granted - refused);
  const before = state.struck;
  const again = before !== null && now - before.at <= STRIKES_MS && now >= before.at;
  const next = { ...state, struck: { at: now, accepted } };
  if (!again && learned === null) return next;
  const most = Math.max(accepted, again ? before.accepted : 0);
  const limit = Math.min(limitOf(state, perMinute), Math.max(most, Math.ceil(limitOf(state, perMinute) / 4)));
  return { ...next, learned: { limit, at: now, step: FIRST_STEP } };
}

/** A guessed limit that has held for long enough goes up by its step, and the step doubles. */
function raised(state: PaceState, perMinute: number, now: number): PaceState {
  const { learned } = state;
  if (learned === null || learned.step === 0 || now - learned.at < RAISE_MS) return state;
  const limit = Math.ceil(learned.limit * (1 + learned.step));
  if (limit >= perMinute) return { ...state, learned: null };
  return { ...state, learned: { limit, at: now, step: Math.min(1, learned.step * 2) } };
}

/** How many slots are worth asking for at once: a tenth of a second's worth. */
export function blockSize(perMinute: number): number {
  return Math.max(1, Math.floor((perMinute * AHEAD) / MINUTE));
}

/** How many slots of a block are worth asking for now; those of replies are kept ready only while there are plenty. */
export function worthAsking(state: PaceState, perMinute: number, block: number, lane: Lane): number {
  if (lane === 'campaign') return block;
  const used = state.used.reduce((sum, [, count]) => sum + count, 0);
  return used * 2 > limitOf(state, perMinute) ? Math.ceil(block / 10) : block;
}

/** Milliseconds until the second has room after the sends that were begun at these instants, oldest first. */
export function untilRoom(begun: readonly number[], perSecond: number, now: number): number {
  const [oldest] = begun;
  if (perSecond < EVEN_FROM || oldest === undefined || begun.length < perSecond) return 0;
  const left = oldest + SECOND - now;
  // A clock that was moved back must not keep anybody waiting.
  return left > SECOND ? 0 : left;
}

/** Grants up to `want` slots at or shortly after `now`; campaign slots that are at most `catchUp` late are granted yet. */
export function grant(
  before: PaceState,
  configured: number,
  now: number,
  want: number,
  lane: Lane,
  catchUp = 0,
): Grant {
  const state = raised(cleaned(before, now), configured, now);
  const perMinute = limitOf(state, configured);
  if (state.holdUntil > now) return { state, slots: [], retryAt: state.holdUntil };
  let total = state.used.reduce((sum, [, count]) => sum + count, 0);
  const counts = new Map(state.used);
  const spacing = (MINUTE / perMinute) * SPACING;
  const slots: number[] = [];
  // A sender that was held up for a moment makes it good; longer pauses are not saved up.
  let next = state.next >= now - catchUp ? state.next : now;
  while (slots.length < want && total < perMinute) {
    const at = lane === 'reply' ? now : Math.max(now, Math.ceil(next));
    if (at > now + Math.max(AHEAD, slots.length === 0 ? spacing : 0)) break;
    slots.push(at);
    total += 1;
    const bucket = Math.floor(at / BUCKET);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    if (lane === 'campaign') next += spacing;
  }
  const granted: PaceState = {
    ...state,
    next: lane === 'campaign' && slots.length > 0 ? next : Math.max(state.next, 0),
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

/** Slots that were granted and certainly never used. */
export function returned(state: PaceState, slots: readonly number[]): PaceState {
  if (slots.length === 0) return state;
  const counts = new Map(state.used);
  for (const slot of slots) {
    const bucket = Math.floor(slot / BUCKET);
    const count = counts.get(bucket) ?? 0;
    if (count > 1) counts.set(bucket, count - 1);
    else counts.delete(bucket);
  }
  return { ...state, used: [...counts] };
}

/** Drops what no longer counts, and what a clock that went back has left in the future. */
function cleaned(state: PaceState, now: number): PaceState {
  const used = state.used.filter(
    ([bucket]) => bucket * BUCKET + COUNTED > now && bucket * BUCKET <= now + MINUTE,
  );
  return {
    ...state,
    next: state.next > now + 2 * MINUTE ? now : state.next,
    holdUntil: state.holdUntil > now + 60 * MINUTE ? now : state.holdUntil,
    used,
  };
}
