import { createHash } from 'node:crypto';
import type { Random } from './random';

/**
 * Bodies that nobody would send in good faith, by chance that can be repeated: cut, in broken UTF-8, nested a hundred
 * thousand deep, with numbers beyond measure, names that mean something to JavaScript or to a database, the same key
 * twice, the wrong type in each place, and every writing there is.
 */

export interface FuzzIds {
  readonly appId: string;
  readonly oaId: string;
}

const EVENTS = [
  'user_send_text',
  'user_send_image',
  'user_send_file',
  'user_send_sticker',
  'user_send_location',
  'user_send_link',
  'user_send_business_card',
  'user_submit_info',
  'user_reacted_message',
  'user_received_message',
  'user_seen_message',
  'oa_send_text',
  'follow',
  'unfollow',
  'user_send_group_text',
  'permission_revoked',
  'something_new',
  '__proto__',
  'constructor',
];

/** Each is JSON as it stands. */
const VALUES = [
  'null',
  'true',
  '0',
  '-0',
  '1e400',
  '-1e400',
  '123456789012345678901234567890123456789012345678901234567890',
  '0.1e-400',
  '3344556677889900112',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u202e\\u200b\\ufeff"',
  '"<script>alert(1)</script>"',
  '"$where"',
  '"a.b.$c"',
  '"../../../etc/passwd"',
  '"%00%s%n{{7*7}}"',
  '[]',
  '{}',
  '[[[]]]',
  '{"$gt":""}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":2,"hasOwnProperty":3,"then":4}',
  '{"length":1e9}',
];
const PIECES = [
  'a',
  'ế',
  'e\u0302\u0301',
  'đ',
  '👨‍👩‍👧‍👦',
  '🇻🇳',
  '\u0301',
  '́'.repeat(50),
  '\n',
  '0',
  '.',
  '/',
  '\u200d',
  'ﷺ',
  '漢',
  '\t',
];
const WORDS = [
  'BC 41 5 87 12',
  'gửi',
  'sửa',
  '/menu',
  'xin chào',
  '123456',
  'mã 123456',
  '0912 345',
  '-1',
  '9'.repeat(400),
  '1/2',
  '41,5',
];
const KEYS = [
  'app_id',
  'sender',
  'recipient',
  'event_name',
  'message',
  'timestamp',
  'follower',
  'info',
  'oa_id',
];
const NESTED = 100_000;
const MOST = 255 * 1024;

export class Fuzz {
  private made = 0;

  constructor(
    private readonly random: Random,
    private readonly ids: FuzzIds,
  ) {}

  /** A body of some kind; at most as long as the webhook reads. */
  body(): Buffer {
    return this.any().subarray(0, MOST);
  }

  private any(): Buffer {
    const { random } = this;
    const whole = this.event();
    const made = random.next();
    if (made < 0.35) return Buffer.from(whole);
    if (made < 0.45) return Buffer.from(whole).subarray(0, random.between(0, whole.length));
    if (made < 0.6) return this.broken(Buffer.from(whole));
    if (made < 0.62) return Buffer.from(this.deep(whole));
    if (made < 0.75) return Buffer.from(this.twice(whole));
    if (made < 0.8) return Buffer.from(random.pick(VALUES));
    if (made < 0.82)
      return Buffer.from(Array.from({ length: random.between(0, 300) }, () => random.between(0, 255)));
    return Buffer.from(this.mixed());
  }

  /** An event in which one place holds what does not belong there. */
  private event(): string {
    const { random, ids } = this;
    this.made += 1;
    const text = JSON.stringify(random.chance(0.3) ? random.pick(WORDS) : this.text());
    const person = `"${random.chance(0.9) ? `77${String(random.between(1, 40)).padStart(17, '0')}` : ids.oaId}"`;
    const members: Record<string, string> = {
      app_id: `"${ids.appId}"`,
      sender: `{"id":${person}}`,
      recipient: `{"id":"${ids.oaId}"}`,
      event_name: JSON.stringify(random.chance(0.5) ? 'user_send_text' : random.pick(EVENTS)),
      message: `{"text":${text},"msg_id":"z${random.seed}-${this.made}"}`,
      timestamp: `"${1_773_277_200_000 + this.made}"`,
    };
    if (random.chance(0.5)) members[random.pick(KEYS)] = random.pick(VALUES);
    if (random.chance(0.3))
      members['message'] =
        `{"text":${random.pick(VALUES)},"msg_id":${random.pick(VALUES)},"attachments":${this.attachments()}}`;
    if (random.chance(0.1)) members['__proto__'] = '{"polluted":true}';
    return written(Object.entries(members));
  }

  private attachments(): string {
    const one = `{"type":${this.random.pick(VALUES)},"payload":{"url":${this.random.pick(VALUES)},"thumbnail":${this.random.pick(VALUES)},"size":${this.random.pick(VALUES)},"coordinates":${this.random.pick(VALUES)}}}`;
    return this.random.chance(0.3)
      ? this.random.pick(VALUES)
      : `[${Array.from({ length: this.random.between(0, 30) }, () => one).join(',')}]`;
  }

  private text(): string {
    const length = this.random.chance(0.02) ? this.random.between(1_000, 40_000) : this.random.between(0, 60);
    let text = '';
    while (text.length < length) text += this.random.pick(PIECES);
    return text.slice(0, length);
  }

  private broken(bytes: Buffer): Buffer {
    for (let n = this.random.between(1, 8); n > 0 && bytes.length > 0; n--)
      bytes[this.random.between(0, bytes.length - 1)] = this.random.between(0, 255);
    return bytes;
  }

  /** Nested as deep as fits: in a member of its own, in the text, or bare and never closed. */
  private deep(whole: string): string {
    const [open, close] = this.random.pick([
      ['[', ']'],
      ['{"a":', '}'],
    ] as const);
    const times = Math.min(NESTED, Math.floor((MOST - whole.length - 50) / (open.length + 1)));
    const nested = `${open.repeat(times)}${open === '[' ? '' : '1'}${close.repeat(times)}`;
    const place = this.random.next();
    if (place < 0.2) return open.repeat(times);
    if (place < 0.6) return whole.replace(/^\{/, `{"deep":${nested},`);
    return whole
      .replace(/"message":\{/, `"message":{"text":${nested},"deep":`)
      .replace(/"deep":"/, '"text":"');
  }

  private twice(whole: string): string {
    const again = `"${this.random.pick(KEYS)}":${this.random.pick(VALUES)}`;
    return this.random.chance(0.5) ? whole.replace(/^\{/, `{${again},`) : whole.replace(/\}$/, `,${again}}`);
  }

  /** JSON of any shape. */
  private mixed(depth = 0): string {
    const { random } = this;
    if (depth > 4 || random.chance(0.4)) return random.pick(VALUES);
    const size = random.between(0, 5);
    if (random.chance(0.4)) return `[${Array.from({ length: size }, () => this.mixed(depth + 1)).join(',')}]`;
    return written(
      Array.from({ length: size }, () => [
        random.pick([...KEYS, '__proto__', '', '$set', 'a.b']),
        this.mixed(depth + 1),
      ]),
    );
  }
}

/** Zalo's signature over any bytes; the timestamp is the one the receiver will read, '' where it reads none. */
export function signBytes(ids: FuzzIds, raw: Buffer, timestamp: string, secret: string): string {
  const hash = createHash('sha256').update(ids.appId).update(raw).update(timestamp).update(secret);
  return `mac=${hash.digest('hex')}`;
}

function written(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}
