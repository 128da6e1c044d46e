import { BotWorld, DONG_LAM, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** What is kept of a person is shown to them, and erased when they say so in so many words. */

let world: BotWorld;
let hanh: Talker;
let tu: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-12T08:00:00+07:00' });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.reporter(DONG_LAM, 'BC 418 5 121 14');
}, 60_000);

afterAll(() => world.close());

it('shows what is kept, with the number covered', async () => {
  const officer = await hanh.says('xem dữ liệu của tôi');
  expect(officer.text).toContain('Cán bộ xã, phường, xã Tân Hòa: Lê Thị Hạnh, số điện thoại …123');
  expect(officer.text).not.toContain('84900000123');
  expect((await tu.says('xem dữ liệu của tôi')).text).toContain('số liệu bác đã gửi');
});

it.each(['đúng', 'dung', 'dừng', 'ok', 'có', 'đồng ý', '1', '2', 'xóa'])(
  '«%s» erases nobody',
  async (word) => {
    await tu.says('xóa dữ liệu của tôi');
    expect((await tu.says(word)).text).not.toContain('em xóa hết');
    await tu.says('thôi');
    await world.clock.to(new Date(world.clock.now().getTime() + 60_000).toISOString());
    expect((await tu.says('xem dữ liệu của tôi')).text).toContain('thôn Đông Lâm');
  },
);

it('speaks shorter, or so that it can be read aloud, until told otherwise', async () => {
  const usual = await hanh.says('kích hoạt mức 2 thế nào');
  expect((await hanh.says('nói chậm thôi')).text).toContain('nhắn ngắn');
  const slow = await hanh.says('kích hoạt mức 2 thế nào');
  expect(slow.bubbles.length).toBeGreaterThan(usual.bubbles.length);
  expect(Math.max(...slow.bubbles.map(({ text }) => [...text].length))).toBeLessThanOrEqual(160);
  expect((await hanh.says('đọc to')).text).toContain('đọc to');
  const aloud = await hanh.says('hạn nộp bao giờ');
  expect(aloud.text).toMatch(/mười bảy giờ/);
  expect(aloud.text).not.toMatch(/\d/);
  await hanh.says('nói như cũ');
  expect((await hanh.says('hạn nộp bao giờ')).text).toContain('17:00');
});

it('erases after the words of the button, and the commune hears that the post is free', async () => {
  await tu.says('mở lớp 19:30 thứ Năm 19/3 nhà văn hóa: quên mật khẩu VNeID');
  const before = hanh.person.heard.length;
  await tu.says('xóa dữ liệu của tôi');
  expect((await tu.taps('Xóa hết của tôi')).text).toContain('em xóa hết');
  await world.clock.to(new Date(world.clock.now().getTime() + 120_000).toISOString());
  expect(hanh.heardSince(before).text).toContain('Đông Lâm');
  const now = await tu.says('xem dữ liệu của tôi');
  expect(now.text).not.toContain('Đông Lâm');
  expect(now.text).not.toContain('đồng ý với thông báo');
  expect(await world.api.values(DONG_LAM)).toEqual([418, 5, 121, 14]);
  const { entries } = await world.api.get<{ entries: { act: string }[] }>('/api/v1/audit');
  expect(entries.map(({ act }) => act)).toContain('person.erased');
});
