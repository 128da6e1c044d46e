import { DAY, HOUR } from '../../../src/kernel/vn-time';
import { aWorld, type World } from './zalo-world';

const AN = '3344556677889900112';
let w: World;
beforeEach(async () => {
  w = await aWorld({
    templates: [
      {
        id: '512345',
        text: 'Kỳ báo cáo <ky> – <don_vi>.\nHạn: <han>.',
        params: ['ky', 'don_vi', 'han'],
        button: { title: 'Bắt đầu', payload: '#BAOCAO' },
      },
    ],
  });
});
afterEach(() => w.close());

const CS = '/v3.0/oa/message/cs';
const button = (n: number, more = {}) => ({
  title: `Nút ${n}`,
  type: 'oa.query.hide',
  payload: `#N${n}`,
  ...more,
});
const withButtons = (...buttons: object[]) => ({
  text: 'Chọn',
  attachment: { type: 'template', payload: { buttons } },
});
const media = (element: object) => ({
  attachment: {
    type: 'template',
    payload: { template_type: 'media', elements: [{ media_type: 'image', ...element }] },
  },
});

describe('the window', () => {
  it('is free for 48 hours after the last interaction', async () => {
    await w.fake.person(AN).types('chào');
    w.muchLater(48 * HOUR);
    expect(await w.send(AN, 'Dạ')).toEqual({
      error: 0,
      message: 'Success',
      data: {
        message_id: expect.stringMatching(/^[0-9a-f]{20}$/),
        user_id: AN,
        sent_time: String(w.clock.now().getTime()),
        quota: { quota_type: 'reply', remain: '8', total: '8' },
      },
    });
  });

  it('is then paid from the allowance, from what was bought, from the balance; and refused without any', async () => {
    w.fake.setQuota({ subPerMonth: 1, purchased: 1 });
    await w.fake.person(AN).types('chào');
    w.muchLater(48 * HOUR + 1);
    expect((await w.send(AN, '1')).data.quota).toMatchObject({
      quota_type: 'sub_quota',
      remain: '0',
      total: '1',
      expired_date: '31/03/2026',
    });
    expect((await w.send(AN, '2')).data.quota).toEqual({ quota_type: 'purchase_quota', remain: '0' });
    expect((await w.send(AN, '3')).data).not.toHaveProperty('quota');
    w.fake.setQuota({ charged: false });
    expect(await w.send(AN, '4')).toMatchObject({ error: -211 });
    expect(w.fake.sends.map((send) => send.paidFrom)).toEqual(['sub', 'purchase', 'balance']);
  });

  it('closes after seven days, and a tap opens it again', async () => {
    const an = w.fake.person(AN);
    await an.types('chào');
    await w.send(AN, 'Dạ');
    w.muchLater(7 * DAY + 1);
    expect(await w.send(AN, 'Bác ơi')).toMatchObject({ error: -230 });
    await an.follows();
    expect(await w.send(AN, 'Bác ơi')).toMatchObject({ error: 0 });
  });

  it.each`
    what                   | prepare                                  | error
    ${'a stranger'}        | ${() => undefined}                       | ${-201}
    ${'who never wrote'}   | ${() => w.fake.person(AN)}               | ${-232}
    ${'who only reads'}    | ${() => w.fake.person(AN).sees()}        | ${-232}
    ${'who does not want'} | ${() => w.fake.person(AN).refuses(-244)} | ${-244}
  `('answers $error to $what', async ({ prepare, error }: { prepare: () => unknown; error: number }) => {
    await prepare();
    expect(await w.send(AN, 'Bác ơi')).toMatchObject({ error });
    expect(w.fake.sends).toEqual([]);
  });

  it('has the older rule of eight answers as a switch', async () => {
    w.fake.setQuota({ repliesPerWindow: 8 });
    await w.fake.person(AN).types('chào');
    for (let i = 1; i <= 8; i++) expect((await w.send(AN, `${i}`)).data.quota.remain).toBe(String(8 - i));
    expect((await w.send(AN, '9')).data.quota.quota_type).toBe('sub_quota');
    await w.fake.person(AN).types('nữa');
    expect((await w.send(AN, '10')).data.quota.quota_type).toBe('reply');
  });
});

describe('what a message must be', () => {
  beforeEach(() => w.fake.person(AN).types('chào'));

  it.each`
    what                          | error   | message
    ${'empty text'}               | ${-201} | ${{ text: ' ' }}
    ${'no message'}               | ${-201} | ${undefined}
    ${'text that is no text'}     | ${-201} | ${{ text: 5 }}
    ${'2000 code points'}         | ${0}    | ${{ text: '👋'.repeat(2000) }}
    ${'2001 code points'}         | ${-210} | ${{ text: 'a'.repeat(2001) }}
    ${'five buttons'}             | ${0}    | ${withButtons(button(1), button(2), button(3), button(4), button(5))}
    ${'six buttons'}              | ${-201} | ${withButtons(button(1), button(2), button(3), button(4), button(5), button(6))}
    ${'a title over 100'}         | ${-210} | ${withButtons(button(1, { title: 'a'.repeat(101) }))}
    ${'a payload over 1000'}      | ${-210} | ${withButtons(button(1, { payload: 'a'.repeat(1001) }))}
    ${'an unknown button'}        | ${-201} | ${withButtons(button(1, { type: 'oa.click' }))}
    ${'a link'}                   | ${0}    | ${withButtons({ title: 'Mở', type: 'oa.open.url', payload: { url: 'https://example.vn' } })}
    ${'a link as text'}           | ${-201} | ${withButtons({ title: 'Mở', type: 'oa.open.url', payload: 'https://example.vn' })}
    ${'a phone call'}             | ${0}    | ${withButtons({ title: 'Gọi', type: 'oa.open.phone', payload: { phone_code: '84900000000' } })}
    ${'a national number'}        | ${-201} | ${withButtons({ title: 'Gọi', type: 'oa.open.phone', payload: { phone_code: '0900000000' } })}
    ${'buttons without text'}     | ${-201} | ${{ attachment: withButtons(button(1)).attachment }}
    ${'an image by its address'}  | ${0}    | ${media({ url: 'https://example.vn/a.jpg' })}
    ${'address and id together'}  | ${-201} | ${media({ url: 'https://example.vn/a.jpg', attachment_id: 'x' })}
    ${'an upload that has gone'}  | ${-100} | ${media({ attachment_id: 'x' })}
    ${'an unknown template'}      | ${-233} | ${{ text: 'a', attachment: { type: 'template', payload: { template_type: 'carousel' } } }}
    ${'a plain image attachment'} | ${-201} | ${{ text: 'a', attachment: { type: 'image', payload: {} } }}
  `('$what: $error', async ({ error, message }: { error: number; message: unknown }) => {
    expect(await w.call(CS, { recipient: { user_id: AN }, message })).toMatchObject({ error });
    expect(w.fake.sends).toHaveLength(error === 0 ? 1 : 0);
  });

  it('has shut the old call down, but not the reactions that share its path', async () => {
    const old = { recipient: { user_id: AN }, message: { text: 'a' } };
    expect(await w.call('/v2.0/oa/message', old)).toMatchObject({ error: -240 });
    const reaction = {
      recipient: { user_id: AN },
      sender_action: { react_icon: '/-heart', react_message_id: 'x' },
    };
    expect(await w.call('/v2.0/oa/message', reaction)).toMatchObject({ error: 0 });
  });

  it('takes plain text from the query by accident, but no template', async () => {
    const inQuery = (message: object) =>
      `${CS}?data=${encodeURIComponent(JSON.stringify({ recipient: { user_id: AN }, message }))}`;
    const post = async (path: string) =>
      (await fetch(w.base + path, { method: 'POST', headers: { access_token: w.token } })).json();
    expect(await post(inQuery({ text: 'a' }))).toMatchObject({ error: 0 });
    expect(await post(inQuery(withButtons(button(1))))).toMatchObject({ error: -233 });
  });
});

describe('templates', () => {
  const TEMPLATE = '/v3.0/oa/message/template';
  const data = { ky: 'tháng 3/2026', don_vi: 'thôn Đông Lâm', han: '17:00 thứ Ba 17/3' };

  it('reach somebody whose window is closed, and their button opens it', async () => {
    const an = w.fake.person(AN);
    const answer = await w.call(TEMPLATE, { user_id: AN, template_id: '512345', template_data: data });
    expect(answer).toMatchObject({
      error: 0,
      data: { user_id: AN, quota: { quota_type: 'purchase_quota' } },
    });
    expect(an.lastHeard).toMatchObject({
      text: 'Kỳ báo cáo tháng 3/2026 – thôn Đông Lâm.\nHạn: 17:00 thứ Ba 17/3.',
      template: '512345',
    });
    expect(await w.send(AN, 'Bác ơi')).toMatchObject({ error: -232 });
    await an.taps('Bắt đầu');
    expect(w.hook.got.map((g) => JSON.parse(g.raw).message?.text)).toContain('#BAOCAO');
    expect(await w.send(AN, 'Bác ơi')).toMatchObject({ error: 0 });
  });

  it('are refused when not approved, when a value is missing and when nobody is there', async () => {
    w.fake.person(AN);
    const send = (more: object) =>
      w.call(TEMPLATE, { user_id: AN, template_id: '512345', template_data: data, ...more });
    expect(await send({ template_id: '1' })).toMatchObject({ error: -109 });
    expect(await send({ template_data: { ...data, han: '' } })).toMatchObject({ error: -1122 });
    expect(await send({ user_id: '1' })).toMatchObject({ error: -201 });
  });
});

it('counts calls of the clock minute and says so in two headers', async () => {
  await w.fake.person(AN).types('chào');
  w.fake.setRate(2);
  const raw = () => fetch(`${w.base}/v2.0/oa/getoa`, { headers: { access_token: w.token } });
  const [one, two, three] = [await raw(), await raw(), await raw()];
  expect([one, two, three].map((r) => r.headers.get('X-RateLimit-Remain'))).toEqual(['1', '0', '0']);
  expect(one.headers.get('X-RateLimit-Limit')).toBe('2');
  expect(three.status).toBe(200);
  expect(await three.json()).toMatchObject({ error: -32 });
  w.later(59_999);
  expect(await w.send(AN, 'a')).toMatchObject({ error: -32 });
  w.later(1);
  expect(await w.send(AN, 'a')).toMatchObject({ error: 0 });
});

it('tells quotas and history, newest first and ten at most, by the one data parameter', async () => {
  const an = w.fake.person(AN, 'An Nguyễn');
  await an.types('một');
  w.later(1000);
  await w.send(AN, 'Dạ');
  const get = (path: string, data: object) =>
    w.call(`${path}?data=${encodeURIComponent(JSON.stringify(data))}`);
  const asked = { user_id: AN, offset: 0, count: 10 };
  expect((await get('/v2.0/oa/conversation', asked)).data).toMatchObject([
    { src: 0, message: 'Dạ', to_id: AN },
    { src: 1, message: 'một', from_id: AN, from_display_name: 'An Nguyễn' },
  ]);
  expect((await get('/v2.0/oa/listrecentchat', { offset: 0, count: 10 })).data).toHaveLength(1);
  expect(await get('/v2.0/oa/conversation', { ...asked, count: 11 })).toMatchObject({ error: -210 });
  expect(await w.call(`/v2.0/oa/conversation?user_id=${AN}`)).toMatchObject({ error: -201 });
  expect((await w.call('/v3.0/oa/quota/message', { user_id: AN })).data).toMatchObject({
    last_interaction: String(an.lastInteraction?.getTime()),
    cs_reply: { remain: 8, total: 8 },
  });
  expect(
    (
      await w.call('/v3.0/oa/quota/message', {
        quota_owner: 'OA',
        product_type: 'cs',
        quota_type: 'sub_quota',
      })
    ).data,
  ).toMatchObject([{ quota_type: 'sub_quota', total: 500, remain: 500 }]);
});
