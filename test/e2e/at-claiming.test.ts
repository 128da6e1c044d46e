import { BotWorld, DONG_LAM, NGOC_TRI } from '../support/bot';

/** AT-01: taking a post with the code of the invitation. */

let world: BotWorld;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-13T19:30:00+07:00' });
  await world.holder('99001', 'commune_officer');
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
