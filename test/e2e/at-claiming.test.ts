import { BotWorld, DONG_LAM, NGOC_TRI } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-01: taking a post with the code of the invitation, and the practice month that is offered with it. */

let world: BotWorld;
let hanh: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-13T19:30:00+07:00' });
  hanh = await world.holder('99001', 'commune_officer');
}, 60_000);

afterAll(() => world.close());

it('AT-01: the code is answered with the post, under the notice, and «Đúng» takes it', async () => {
  const tu = world.stranger('Tư');
  expect((await tu.follows()).text).toContain('mã 8 số trên giấy mời');
  const asked = await tu.says(world.code(DONG_LAM, 'village_head'));
  expect(asked.text).toContain('Bác là Trưởng thôn Đông Lâm, xã Tân Hòa, phải không ạ?');
  expect(asked.text).toContain('Bấm «Đúng» là bác đã đọc và đồng ý.');
  expect(asked.buttons).toEqual(['Đúng', 'Không phải']);

  const taken = await tu.taps('Đúng');
  expect(taken.text).toContain('Em đã ghi nhận bác là Trưởng thôn Đông Lâm, xã Tân Hòa ạ.');
  expect(taken.text).toContain('Kỳ báo cáo tháng 3: 4 câu, khoảng 1 phút, hạn 17:00 thứ Ba 17/3.');
  expect((await tu.says('báo cáo')).text).toContain('Câu 1/4. Đến nay thôn Đông Lâm');
});

it('AT-01: the practice month is offered, begins by its button alone, and is in no total, list or reminder', async () => {
  const unit = '99001-03';
  const leader = world.stranger('Mai');
  await leader.says(world.code(unit, 'village_head'));
  const taken = await leader.taps('Đúng');
  expect(taken.buttons).toEqual(['Bắt đầu', 'Tập thử', 'Để sau']);
  expect(taken.text).not.toContain('Câu 1/4');

  const asked = await leader.taps('Tập thử');
  expect(asked.text).toContain('Đây là tháng tập, khoảng 2 phút');
  expect(asked.text).toContain('(Tập) Câu 1/4.');
  for (const answer of ['400', '5', '100']) expect((await leader.says(answer)).text).toContain('(Tập)');
  const readback = await leader.says('9');
  expect(readback.text).toContain('(Tập) Em đọc lại – tháng 3, thôn Chùa Hạ:');
  const since = leader.person.heard.length;
  const done = await leader.taps('Gửi');
  expect(done.text).toContain('em không gửi gì cả');
  expect(done.buttons).toEqual(['Làm tháng 3']);

  expect(await world.api.submission(unit)).toBeUndefined();
  const totals = await world.api.get<{
    onTime: number;
    indicators: { covered: number; missing: string[] }[];
  }>('/api/v1/rollup?form=village-month&period=2026-03&unit=99001');
  expect(totals.onTime).toBe(0);
  for (const { covered, missing } of totals.indicators) {
    expect(covered).toBe(0);
    expect(missing).toContain(unit);
  }
  const { entries } = await world.api.get<{ entries: { act: string; unit: string | null }[] }>(
    `/api/v1/audit?unit=${unit}`,
  );
  expect(entries.map(({ act }) => act)).toEqual(['post.claimed']);
  expect((await hanh.says('thôn Chùa Hạ nộp chưa')).text).toContain('chưa nộp');
  await world.clock.to('2026-03-15T08:01:00+07:00');
  const reminded = leader.heardSince(since + done.bubbles.length);
  expect(reminded.text).toContain('tháng 3');
  expect(reminded.text).not.toMatch(/tập|còn \d câu/);
  expect((await leader.says('báo cáo')).text).toContain('Câu 1/4. Đến nay thôn');
});

it('AT-01: «Không phải» takes nothing, and the code stays good', async () => {
  const code = world.code(NGOC_TRI, 'village_head');
  const stranger = world.stranger('nhầm');
  await stranger.says(code);
  expect((await stranger.taps('Không phải')).text).toContain('em chưa ghi nhận gì');
  const leader = world.stranger('đúng người');
  await leader.says(code);
  expect((await leader.says('dung roi')).text).toContain('Trưởng thôn Ngọc Trì');
});

it('AT-01: a code that was used is of no use to the next person', async () => {
  const code = world.code('99001-01', 'village_head');
  await world.holder('99001-01');
  const late = world.stranger('đến sau');
  const heard = await late.says(code);
  const again = heard.buttons.includes('Đúng') ? await late.taps('Đúng') : heard;
  expect(again.text).not.toContain('Em đã ghi nhận');
  expect((await late.says('báo cáo')).text).not.toContain('Câu 1/4');
});

it('AT-01: three wrong codes end with the officer, without a hint which codes exist', async () => {
  const stranger = world.stranger('quên mã');
  const first = await stranger.says('4827 9131');
  const second = await stranger.says('48279132');
  expect(second.text).toBe(first.text);
  const third = await stranger.says('4 8 2 7 9 1 3 4');
  expect(third.text).toContain('Bác ở xã, phường nào để em nhờ cán bộ ở đó gọi bác nhé?');
  const good = await stranger.says(world.code('99001-02', 'village_head'));
  expect(good.text).not.toContain('Trưởng thôn');
  const called = await stranger.says('xã Tân Hòa');
  expect(called.text).toContain('Em nhờ chị Hạnh (xã Tân Hòa) gọi bác nhé.');
});
