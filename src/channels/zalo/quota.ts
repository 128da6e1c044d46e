import { asText, type JsonObject } from './json';

/** What paid for a message, as the answer says. */
export interface Quota {
  /** Zalo's word, such as `reply` or `sub_quota`. */
  readonly kind: string;
  /** Messages left of it; null when not told. */
  readonly remain: number | null;
}

/**
 * Reads the quota block of an answer. Null when it does not say what paid: then the message was charged. `remain` comes
 * as text in some answers and as a number in others; the daily allowance of templates by phone is no payment.
 */
export function readQuota(block: JsonObject): Quota | null {
  const kind = asText(block['quota_type']);
  if (kind === undefined || kind === '') return null;
  const remain = Number(block['remain'] ?? NaN);
  return { kind, remain: Number.isFinite(remain) ? remain : null };
}
