import { createHash } from 'node:crypto';

/**
 * The value of Zalo's signature header for one body: plain SHA-256 (not HMAC) over app id, the bytes exactly as they
 * leave, the body's `timestamp` as written, and the OA's secret.
 */
export function signWebhook(appId: string, raw: string, timestamp: string, oaSecret: string): string {
  const hex = createHash('sha256').update(appId).update(raw).update(timestamp).update(oaSecret).digest('hex');
  return `mac=${hex}`;
}

/** One line of JSON. With `escape`, everything beyond ASCII is written `\uXXXX` and `/` as `\/`, as Zalo sometimes does. */
export function compactJson(body: object, options: { readonly escape?: boolean } = {}): string {
  const plain = JSON.stringify(body);
  if (!options.escape) return plain;
  return plain
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}
