import type { DirectiveState, Recipient } from './directive';

/** The counts that are made of where the offices of a directive stand. Pure. */

/** The counts of the API: every recipient is in exactly one. */
const OPEN_BUCKETS = [
  'waiting',
  'delivered',
  'seen',
  'acknowledged',
  'doing',
  'done',
  'stuck',
  'not_mine',
  'unreachable',
] as const;
/** Once a directive is closed, those who had it and never answered are in the last one. */
export const BUCKETS = [...OPEN_BUCKETS, 'no_response'] as const;
export type Bucket = (typeof BUCKETS)[number];
/** `no_response` stands there once the directive is closed. */
export type Counts = Readonly<Record<(typeof OPEN_BUCKETS)[number], number> & { no_response?: number }>;

/**
 * The one count the recipient is in while the directive stands so. An answer is more than any hint of the channel, and being
 * unreachable ends with it. Whoever could not be reached is no one who did not respond.
 */
export function bucketOf(recipient: Pick<Recipient, 'answer' | 'reached'>, state: DirectiveState): Bucket {
  const { answer, reached } = recipient;
  if (answer !== 'none') return answer;
  if (state === 'closed' && reached !== 'unreachable') return 'no_response';
  if (reached === 'unreachable' || reached === 'delivered' || reached === 'seen') return reached;
  return 'waiting';
}

/** How many recipients are in each: their sum is that of the recipients. */
export function countBuckets(
  recipients: Iterable<Pick<Recipient, 'answer' | 'reached'>>,
  state: DirectiveState,
): Counts {
  const buckets: readonly Bucket[] = state === 'closed' ? BUCKETS : OPEN_BUCKETS;
  const counts = Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, number>;
  for (const recipient of recipients) counts[bucketOf(recipient, state)] += 1;
  return counts;
}
