import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from './errors';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/**
 * Text kept unreadable at rest: AES-256-GCM under the program's key of 32 bytes. `owner` is bound in, so that a value
 * moved to another row of the store does not open. The same text sealed twice gives two different results.
 */
export function seal(key: Buffer, owner: string, text: string): string {
  const iv = randomBytes(IV);
  const cipher = createCipheriv(CIPHER, key, iv);
  cipher.setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
}

/** The text again. Throws `store_unsafe` when the key is another one, or the value was altered or moved. */
export function unseal(key: Buffer, owner: string, sealed: string): string {
  try {
    const { iv, tag, body } = partsOf(sealed);
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('store_unsafe', { owner }, { cause });
  }
}

/** Token pairs of older programs lie there as one piece without a version. */
function partsOf(sealed: string): { iv: Buffer; tag: Buffer; body: Buffer } {
  if (!sealed.includes('.')) {
    const bytes = Buffer.from(sealed, 'base64');
    const [tagAt, bodyAt] = [IV, IV + TAG];
    return { iv: bytes.subarray(0, tagAt), tag: bytes.subarray(tagAt, bodyAt), body: bytes.subarray(bodyAt) };
  }
  const [version, iv, tag, body] = sealed.split('.');
  if (version !== 'v1' || iv === undefined || tag === undefined || body === undefined)
    throw new Error('not a sealed value');
  const [first, second, third] = [iv, tag, body].map((part) => Buffer.from(part, 'base64url'));
  return { iv: first as Buffer, tag: second as Buffer, body: third as Buffer };
}
