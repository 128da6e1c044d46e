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
  const leader = await tu.says('xem dữ liệu của tôi');
  expect(leader.text).toContain('Số liệu, ảnh, giấy tờ và lời báo bác đã gửi');
  expect(leader.text).toContain('Bác nhắn em lần cuối lúc');
  const { entries } = await world.api.get<{ entries: { act: string; unit: string | null }[] }>(
    '/api/v1/audit',
  );
  expect(entries.filter(({ act }) => act === 'data.shown').map(({ unit }) => unit)).toEqual(
    expect.arrayContaining([TAN_HOA, DONG_LAM]),
  );
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

it('calls a person without a post as they wish, in every sentence, until they are erased', async () => {
  const lan = world.stranger('Lan');
  await lan.says('chào em');
  expect((await lan.says('đừng gọi tôi là bác')).buttons).toEqual(['Anh', 'Chị', 'Cô', 'Chú']);
  expect((await lan.taps('Chị')).text).toContain('từ nay em xin gọi là chị');
  const article = await lan.says('không nhận được mã otp');
  expect(article.text).toContain('chị xem giúp em');
  expect(article.text).not.toMatch(/(?<!\p{L})[Bb]ác(?!\p{L})/u);
  expect((await lan.says('xem dữ liệu của tôi')).text).toContain('gọi là «chị»');
  expect((await lan.says('gọi tôi là em')).text).toContain('mình gọi là em');
  expect((await lan.says('cảm ơn')).text).not.toMatch(/[Bb]ác|chị/);
  await lan.says('xóa dữ liệu của tôi');
  await lan.taps('Xóa hết của tôi');
  await world.clock.to(new Date(world.clock.now().getTime() + 120_000).toISOString());
  expect((await lan.says('không nhận được mã otp')).text).toContain('bác xem giúp em');
});

it('D14: whoever sends a code is warned, and offered what people are then in the middle of', async () => {
  const hoa = world.stranger('Hoa');
  await hoa.says('chào em');
  const heard = await hoa.says('số căn cước 024068012345, mã 553201');
  expect(heard.text).toContain('đừng gửi số căn cước');
  expect(heard.buttons).toEqual([
    'Quên mật khẩu',
    'Đổi điện thoại',
    'Không nhận được mã',
    'Gặp người hướng dẫn',
  ]);
  expect((await hoa.taps('Không nhận được mã')).text).toContain('Mã OTP không về');
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
