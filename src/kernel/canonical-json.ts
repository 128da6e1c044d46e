import { createHash } from 'node:crypto';

/** The one way to write a value as JSON (RFC 8785), so that the same facts always have the same digest. */

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** Keys in the order of their UTF-16 code units, no blanks, numbers and strings as ECMAScript writes them. Throws a RangeError for a number JSON cannot hold. */
export function canonicalJson(value: Plain): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} is no JSON`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as { readonly [key: string]: Plain };
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key] as Plain)}`);
  return `{${members.join(',')}}`;
}

/** `sha256:` and 64 lower-case hex digits, over the canonical form. */
export function digestOf(value: Plain): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')}`;
}
