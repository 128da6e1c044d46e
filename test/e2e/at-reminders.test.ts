import type { AcceptedSend } from '../../src/simulator/fake-openapi';
import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/**
 * AT-02, AT-06 and AT-12: what reaches people unasked, in the order in which March passes. The stories share one
 * program and one calendar, so each begins where the one before ended.
 */

const PARAMS = ['ten', 'don_vi', 'ky', 'han', 'noi_dung'];
const BUTTON = { title: 'Bắt đầu', payload: '#BAOCAO' };
const TEMPLATE_TEXT = 'Chào <ten>. <ky>, <don_vi>: <noi_dung>. Hạn <han>.';
const templates = {
  period_opening: { id: '101', text: TEMPLATE_TEXT, params: PARAMS, button: BUTTON },
  reminder: { id: '102', text: TEMPLATE_TEXT, params: PARAMS, button: BUTTON },
};
const GO_ME = '99001-10';
const DOI_THONG = '99001-05';

let world: BotWorld;
let tu: Talker;
let tri: Talker;
let me: Talker;
let silent: Talker;
let hanh: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-02-12T08:00:00+07:00', templates });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.reporter(DONG_LAM, 'BC 412 4 96 7');
  tri = await world.reporter(NGOC_TRI, 'BC 412 4 96 7');
  me = await world.reporter(GO_ME, 'BC 412 4 96 7');
  silent = await world.holder(DOI_THONG);
  await world.settle();
}, 60_000);

afterAll(() => world.close());

/** What Zalo accepted for the person after `since` of the ledger. */
const sentTo = ({ id }: Talker, since: number): readonly AcceptedSend[] => world.zalo.sendsTo(id, since);

it('AT-02: who wrote 26 days ago gets the opening by template, once, and free text is never tried', async () => {
  tri.person.refuses(-244);
  await world.clock.to('2026-03-10T07:50:00+07:00');
  const since = world.zalo.sends.length;
  const logged = world.zalo.feed.recent(0).length;
  await world.clock.to('2026-03-10T08:05:00+07:00');

  expect(sentTo(tu, since)).toEqual([
    expect.objectContaining({ path: '/v3.0/oa/message/template', paidFrom: 'template' }),
  ]);
  expect(tu.person.lastHeard?.text).toContain('Hạn 17:00 thứ Ba 17/3');
  expect(tu.person.lastHeard?.text).toMatch(/thôn Đông Lâm/i);
  const tried = world.zalo.feed
    .recent(0)
    .slice(logged)
    .filter(({ side, path }) => side !== 'webhook' && path.endsWith('/message/cs'));
  expect(tried).toEqual([]);
});

it('AT-02: who could not be told is listed as unreachable, not as one who has not reported', async () => {
  const lines = await hanh.asksForAll('thôn nào chưa nộp');
  expect(lines.find((each) => each.includes('Ngọc Trì'))).toBe(
    '- Ngọc Trì (không liên lạc được: Zalo không nhận tin)',
  );
  expect(lines.find((each) => each.includes('Đông Lâm'))).toBe('- Đông Lâm');
});

it('AT-06: three answers, a reminder that knows it, a restart, and on with question 4', async () => {
  await world.clock.to('2026-03-13T20:00:00+07:00');
  await tu.taps('Bắt đầu');
  await tu.taps('Trả lời từng câu');
  for (const answer of ['418', '5', '121']) await tu.says(answer);
  const since = world.zalo.sends.length;
  await world.clock.to('2026-03-15T12:00:00+07:00');
  const reminded = sentTo(tu, since);
  expect(reminded).toHaveLength(1);
  expect(reminded[0]?.text).toContain('còn 1 câu');
  expect(reminded[0]?.text).not.toMatch(/chưa (báo cáo|gửi)/);

  await world.clock.to('2026-03-16T19:00:00+07:00');
  await world.restart();
  const heard = await tu.says('tiep');
  expect(heard.text).toContain('Câu 4/4.');
  expect(await world.api.values(DONG_LAM)).toEqual([418, 5, 121]);
});

it('AT-12: one message on the morning of the last day, and none of the report after it was sent', async () => {
  await world.clock.to('2026-03-17T07:55:00+07:00');
  const since = world.zalo.sends.length;
  // Zalo is down when the reminder of Gò Me leaves, so it waits in the queue while the report comes in.
  world.zalo.fail.next({ kind: 'html', status: 503, user: me.id, path: '/message/template', times: 100 });
  await world.clock.to('2026-03-17T08:00:30+07:00');
  expect(sentTo(tu, since)).toHaveLength(1);
  expect(sentTo(tu, since)[0]?.text).toContain('17:00');

  await world.clock.to('2026-03-17T08:02:00+07:00');
  await tu.says('14');
  expect((await tu.says('gửi')).text).toContain('Đã gửi 08:02 ngày 17/3 ✔ Mã ĐL-03');
  expect(sentTo(me, since)).toEqual([]);
  await me.says('BC 418 5 121 14');
  await me.says('gửi');
  expect(world.zalo.fail.pending[0]?.times).toBeLessThan(100);
  world.zalo.fail.clear();
  const sent = world.zalo.sends.length;
  await world.clock.to('2026-03-17T09:00:00+07:00');
  await world.clock.to('2026-03-17T21:30:00+07:00');
  for (const leader of [tu, me]) expect(sentTo(leader, sent)).toEqual([]);
  // The commune's own month: the link of its portal is asked only after a yes.
  expect(sentTo(hanh, since).map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/xã Tân Hòa chưa gửi báo cáo tháng 3\.[\s\S]*8 câu/),
  );
});

it('who never answers is reminded on five mornings at most, always by template; who refuses us is left alone', () => {
  const march = silent.person.heard.filter(({ at }) => at > new Date('2026-03-01T00:00:00+07:00').getTime());
  expect(march.map(({ at, template }) => [new Date(at).toISOString().slice(0, 16), template])).toEqual([
    ['2026-03-10T01:00', '101'],
    ['2026-03-12T01:00', '102'],
    ['2026-03-15T01:00', '102'],
    ['2026-03-17T01:00', '102'],
  ]);
  expect(tri.person.lastHeard?.text).toContain('tháng 2');
});
