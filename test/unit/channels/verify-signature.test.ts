import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  SignatureVerifier,
  signatureBytes,
  timestampText,
} from '../../../src/channels/zalo/verify-signature';
import { APP, SECRET, sign } from './zalo-samples';

/**
 * The signature of a webhook body: plain SHA-256 over four texts set end to end, not an HMAC. `timestamp` is the body's
 * own field as written, `raw` the bytes as sent. Lower-case hex, without `mac=`.
 */
function webhookMac(appId: string, raw: Buffer, timestamp: string, secret: string): string {
  return createHash('sha256').update(appId).update(raw).update(timestamp).update(secret).digest('hex');
}

const VECTORS: [string, string, string][] = [
  [
    '{"app_id":"1122334455667788990","sender":{"id":"3344556677889900112"},"user_id_by_app":"4455667788990011223","recipient":{"id":"2233445566778899001"},"event_name":"user_send_text","message":{"text":"#HELP","msg_id":"msg0000000000000001"},"timestamp":"1790000000000"}',
    '1790000000000',
    'a494214bdb95583e3fc0a1a3ea9edc577e9c4b811fcef71bdd366026f2cdb1fe',
  ],
  [
    '{"event_name":"user_send_text","app_id":"1122334455667788990","sender":{"id":"3344556677889900112"},"recipient":{"id":"2233445566778899001"},"message":{"msg_id":"msg0000000000000002","text":"Ch\\u00e0o b\\u1ea1n \\/ hi"},"timestamp":"1790000000123"}',
    '1790000000123',
    'f44398889b77303c18fa9434a0ffadd5793f18bac8f0fd504992cbaa898f8a05',
  ],
  [
    '{"event_name":"user_send_text","app_id":"1122334455667788990","sender":{"id":"3344556677889900112"},"recipient":{"id":"2233445566778899001"},"message":{"msg_id":"msg0000000000000003","text":"Chào bạn 👋"},"timestamp":"1790000000456"}',
    '1790000000456',
    'a24f6db7669c3ecd2f0f01c6781e8b541c5dcb1d5a33de593109ab69c31f7557',
  ],
];

describe('the signature', () => {
  const verifier = new SignatureVerifier([{ first: APP, secret: SECRET }]);

  it.each(VECTORS)('of %.60s… is the one Zalo computes', (body, timestamp, hex) => {
    const raw = Buffer.from(body);
    expect(webhookMac(APP, raw, timestamp, SECRET)).toBe(hex);
    expect(timestampText(raw)).toBe(timestamp);
    expect(verifier.match(raw, timestamp, Buffer.from(hex, 'hex'))).toBe(0);
  });

  it('does not match when one bit differs, wherever', () => {
    const [body, timestamp, hex] = VECTORS[0] as [string, string, string];
    for (let bit = 0; bit < 256; bit += 1) {
      const forged = Buffer.from(hex, 'hex');
      forged[bit >> 3] = (forged[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(verifier.match(Buffer.from(body), timestamp, forged)).toBe(-1);
    }
  });

  it('is looked for with every pair, while a secret is exchanged', () => {
    const both = new SignatureVerifier([
      { first: APP, secret: 'new' },
      { first: APP, secret: SECRET },
      { first: 'oa', secret: SECRET },
    ]);
    const raw = Buffer.from('{}');
    const mac = (first: string, secret: string): Buffer =>
      Buffer.from(webhookMac(first, raw, '1', secret), 'hex');
    expect(
      [mac(APP, 'new'), mac(APP, SECRET), mac('oa', SECRET), mac(APP, 'gone')].map((m) =>
        both.match(raw, '1', m),
      ),
    ).toEqual([0, 1, 2, -1]);
  });

  it('holds for bodies of any size', () => {
    const raw = Buffer.alloc(200_000, 'ữ');
    expect(verifier.match(raw, '9', Buffer.from(webhookMac(APP, raw, '9', SECRET), 'hex'))).toBe(0);
  });

  it.each([
    ['mac=HEX', true],
    ['mac = HEX', true],
    [' HEX ', true],
    ['MAC=HEX', true],
    ['', false],
    ['mac=', false],
    ['mac=HEX, mac=HEX', false],
    ['mac=zz', false],
    ['sha256=HEX', false],
  ])('header «%s» is one: %s', (header, is) => {
    const hex = VECTORS[0]?.[2] as string;
    expect(signatureBytes(header.replaceAll('HEX', hex)) !== null).toBe(is);
  });

  it('refuses a header whose letters are not all hex', () => {
    expect(signatureBytes(`mac=${'g'.repeat(64)}`)).toBeNull();
    expect(signatureBytes(sign('{}', '').slice(0, -1))).toBeNull();
  });
});

describe('the timestamp of an unverified body', () => {
  it.each([
    ['{"timestamp":"12"}', '12'],
    ['{"timestamp":12,"a":1}', '12'],
    ['{ "a" : {"timestamp":"1"} , "timestamp" : "2" }', '2'],
    ['{"timestamp":"1","timestamp":"2","b":[]}', '2'],
    ['{"a":"\\"timestamp\\":\\"9\\"","b":{"timestamp":"9"}}', ''],
    ['{"a":"}","timestamp":"3","c":["]",{"d":"{"}]}', '3'],
    ['{}', ''],
    ['{"a":1', null],
    ['[{"timestamp":"1"}]', null],
    ['hello', null],
    ['', null],
    ['{"timestamp":"1"}}', null],
    ['{bad}', null],
  ])('%s → %s', (text, expected) => expect(timestampText(Buffer.from(text))).toBe(expected));

  it('is what a parser finds, for every object', () => {
    const stamp = fc.oneof(fc.nat(), fc.bigInt({ min: 0n }).map(String));
    const others = fc.dictionary(
      fc.string().filter((key) => key !== 'timestamp'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(others, others, fc.option(stamp), fc.constantFrom(0, 1), (before, after, value, spaces) => {
        const text = JSON.stringify(
          value === null ? before : { ...before, timestamp: value, ...after },
          null,
          spaces,
        );
        expect(timestampText(Buffer.from(text))).toBe(value === null ? '' : String(value));
      }),
    );
  });

  it('is found under 100,000 brackets without a deep look', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"timestamp":"5","b":0}`;
    expect(timestampText(Buffer.from(deep))).toBe('5');
  });
});
