import { signWebhook } from '../../../src/simulator/sign-webhook';
import { KEYS, aWorld, type World } from './zalo-world';

const AN = '3344556677889900112';
let w: World;
beforeEach(async () => {
  w = await aWorld();
});
afterEach(() => w.close());

const names = () => w.hook.got.map((g) => JSON.parse(g.raw).event_name as string);
const texts = () => w.hook.got.map((g) => JSON.parse(g.raw).message?.text as string);

it('signs the bytes it sends, escaped or not', async () => {
  for (const escape of [false, true]) {
    w.fake.webhook.escape = escape;
    await w.fake.person(AN).types('Chào em / 5 buổi');
  }
  for (const { headers, raw } of w.hook.got) {
    const { timestamp } = JSON.parse(raw);
    expect(headers['x-zevent-signature']).toBe(signWebhook(KEYS.appId, raw, timestamp, KEYS.oaSecret));
    expect(headers).not.toHaveProperty('num_retry');
  }
  expect(w.hook.got[1]?.raw).toContain(String.raw`Ch\u00e0o em \/`);
  expect(texts()).toEqual(['Chào em / 5 buổi', 'Chào em / 5 buổi']);
});

it('has the shape of Zalo’s own events', async () => {
  const an = w.fake.person(AN);
  await an.types('Cho tôi hỏi');
  await an.follows();
  expect(w.hook.got.map((g) => JSON.parse(g.raw))).toEqual([
    {
      app_id: KEYS.appId,
      sender: { id: AN },
      user_id_by_app: expect.stringMatching(/^\d{19}$/),
      recipient: { id: KEYS.oaId },
      event_name: 'user_send_text',
      message: { text: 'Cho tôi hỏi', msg_id: expect.stringMatching(/^[0-9a-f]{20}$/) },
      timestamp: String(w.clock.now().getTime()),
    },
    {
      app_id: KEYS.appId,
      oa_id: KEYS.oaId,
      follower: { id: AN },
      user_id_by_app: expect.any(String),
      event_name: 'follow',
      source: 'oa_profile',
      timestamp: String(w.clock.now().getTime()),
    },
  ]);
});

it('repeats on the ladder with the same bytes, then gives up and loses what comes after', async () => {
  w.hook.status = 503;
  expect(await w.fake.person(AN).types('một')).toBe(false);
  const ladder = [30_000, 300_000, 900_000, 1_800_000, 3_600_000];
  for (const wait of ladder) {
    expect(w.fake.webhook.nextDue()).toEqual(new Date(w.clock.now().getTime() + wait));
    w.later(wait - 1);
    const before = w.hook.got.length;
    await w.fake.webhook.runDue();
    expect(w.hook.got).toHaveLength(before);
    w.later(1);
    await w.fake.webhook.runDue();
  }
  expect(w.hook.got.map((g) => g.headers['num_retry'])).toEqual([undefined, '1', '2', '3', '4', '5']);
  expect(new Set(w.hook.got.map((g) => g.raw)).size).toBe(1);
  expect(w.fake.webhook.disabled).toBe(true);
  expect(w.fake.webhook.nextDue()).toBeNull();
  w.hook.status = 200;
  await w.fake.person(AN).types('hai');
  expect(texts()).not.toContain('hai');
  w.fake.webhook.enable();
  expect(await w.fake.person(AN).types('ba')).toBe(true);
});

it('counts a silent webhook as failed and is content with the repeat', async () => {
  w.hook.status = null;
  const an = w.fake.person(AN);
  expect(await an.types('một')).toBe(false);
  expect(an.chat[0]?.state).toBe('waiting');
  w.hook.status = 200;
  w.later(30_000);
  await w.fake.webhook.runDue();
  expect(an.chat[0]?.state).toBe('taken');
  expect(w.fake.webhook.nextDue()).toBeNull();
  expect(w.fake.webhook.events[0]?.tries).toEqual([
    { status: null, attempt: 0 },
    { status: 200, attempt: 1 },
  ]);
});

it('doubles, holds back and turns round on demand', async () => {
  const an = w.fake.person(AN);
  w.fake.webhook.duplicateNext();
  await an.types('một');
  await w.fake.webhook.idle();
  expect(texts()).toEqual(['một', 'một']);
  expect(w.hook.got[0]?.raw).toBe(w.hook.got[1]?.raw);
  w.fake.webhook.hold();
  await an.types('hai');
  await an.types('ba');
  expect(w.hook.got).toHaveLength(2);
  await w.fake.webhook.release('reversed');
  expect(texts().slice(2)).toEqual(['ba', 'hai']);
});

it('tells the bot of its own messages, before the answer when asked to', async () => {
  w.fake.echoes.beforeAnswer = true;
  const an = w.fake.person(AN);
  await an.types('chào');
  const { data } = await w.send(AN, 'Dạ, bác ạ');
  expect(names().sort()).toEqual(['oa_send_text', 'user_received_message', 'user_send_text']);
  expect(await an.sees()).toBe(true);
  expect(await an.sees()).toBe(false);
  const seen = w.hook.got.map((g) => JSON.parse(g.raw)).find((e) => e.event_name === 'user_seen_message');
  expect(seen.message.msg_ids).toEqual([data.message_id]);
});

it('stays silent about them when told to', async () => {
  Object.assign(w.fake.echoes, { sent: false, received: false });
  await w.fake.person(AN).types('chào');
  await w.send(AN, 'Dạ');
  await w.fake.webhook.idle();
  expect(names()).toEqual(['user_send_text']);
});

it('probes as the console does', async () => {
  expect(await w.fake.webhook.probe({ signed: false })).toBe(200);
  expect(await w.fake.webhook.probe({ signed: true })).toBe(200);
  expect(await w.fake.webhook.ping('HEAD')).toBe(200);
  expect(w.hook.got.map((g) => [g.method, 'x-zevent-signature' in g.headers])).toEqual([
    ['POST', false],
    ['POST', true],
    ['HEAD', false],
  ]);
  expect(JSON.parse(w.hook.got[0]?.raw ?? '').message).toEqual({
    text: 'This is testing message',
    msg_id: 'This is message id',
  });
});

it('types what a tap means, and nothing for a link', async () => {
  const an = w.fake.person(AN);
  await an.types('chào');
  const buttons = [
    { title: 'Gửi', type: 'oa.query.hide', payload: '#GUI' },
    { title: 'Xem', type: 'oa.query.show', payload: 'xem' },
    { title: 'Mở', type: 'oa.open.url', payload: { url: 'https://example.vn' } },
  ];
  const message = { text: 'Chọn', attachment: { type: 'template', payload: { buttons } } };
  await w.call('/v3.0/oa/message/cs', { recipient: { user_id: AN }, message });
  await w.fake.webhook.idle();
  w.hook.got.length = 0;
  await an.taps('Gửi');
  await an.taps(2);
  await an.taps('Mở');
  expect(texts()).toEqual(['#GUI', 'xem']);
  expect(an.chat.slice(-2)).toMatchObject([{ text: '#GUI', tapped: 'Gửi' }, { text: 'xem' }]);
  expect(() => an.taps('Không có')).toThrow('[Gửi] [Xem] [Mở]');
});
