import { createHash, createHmac, randomBytes } from 'node:crypto';

/** `<channel>:<id the channel gave>`, for example `zalo:3344556677889900112`. Digits stay text: they exceed 2^53. */
export type UserKey = string;

export function userKey(channel: string, id: string): UserKey {
  return `${channel}:${id}`;
}

/** The word before the colon of an address, which says by which road it is reached: `zalo`, `zalo-group`; '' where there is none. */
export function channelWord(to: UserKey): string {
  return to.slice(0, Math.max(0, to.indexOf(':')));
}

/** The channel's own id inside a user key. */
export function channelUserId(user: UserKey): string {
  return user.slice(user.indexOf(':') + 1);
}

export function sha256Hex(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A keyed hash, for things that must be compared but never kept readable (claim codes, phone numbers). */
export function keyedHash(key: Buffer, purpose: string, text: string): string {
  return createHmac('sha256', key).update(purpose).update('\0').update(text).digest('hex');
}

/** A random id, sortable by the instant given. */
export function newId(at: Date): string {
  return at.getTime().toString(36).padStart(9, '0') + randomBytes(8).toString('hex');
}
