import { compactJson, signWebhook } from '../../../src/simulator/sign-webhook';

const APP = '1122334455667788990';
const SECRET = 'OaSecretKeyExample01';

it.each`
  what                 | timestamp          | mac                                                                   | body
  ${'plain ASCII'}     | ${'1790000000000'} | ${'a494214bdb95583e3fc0a1a3ea9edc577e9c4b811fcef71bdd366026f2cdb1fe'} | ${'{"app_id":"1122334455667788990","sender":{"id":"3344556677889900112"},"user_id_by_app":"4455667788990011223","recipient":{"id":"2233445566778899001"},"event_name":"user_send_text","message":{"text":"#HELP","msg_id":"msg0000000000000001"},"timestamp":"1790000000000"}'}
  ${'escapes'}         | ${'1790000000123'} | ${'f44398889b77303c18fa9434a0ffadd5793f18bac8f0fd504992cbaa898f8a05'} | ${String.raw`{"event_name":"user_send_text","app_id":"1122334455667788990","sender":{"id":"3344556677889900112"},"recipient":{"id":"2233445566778899001"},"message":{"msg_id":"msg0000000000000002","text":"Ch\u00e0o b\u1ea1n \/ hi"},"timestamp":"1790000000123"}`}
  ${'UTF-8 and emoji'} | ${'1790000000456'} | ${'a24f6db7669c3ecd2f0f01c6781e8b541c5dcb1d5a33de593109ab69c31f7557'} | ${'{"event_name":"user_send_text","app_id":"1122334455667788990","sender":{"id":"3344556677889900112"},"recipient":{"id":"2233445566778899001"},"message":{"msg_id":"msg0000000000000003","text":"Chào bạn 👋"},"timestamp":"1790000000456"}'}
`('signs $what as documented', ({ timestamp, mac, body }: Record<'timestamp' | 'mac' | 'body', string>) => {
  expect(signWebhook(APP, body, timestamp, SECRET)).toBe(`mac=${mac}`);
});

it('escapes on demand what Zalo sometimes escapes, and loses nothing', () => {
  const event = { text: 'Chào bạn / 👋' };
  const raw = compactJson(event, { escape: true });
  expect(raw).toBe(String.raw`{"text":"Ch\u00e0o b\u1ea1n \/ \ud83d\udc4b"}`);
  expect(JSON.parse(raw)).toEqual(event);
  expect(compactJson(event)).toBe('{"text":"Chào bạn / 👋"}');
});
