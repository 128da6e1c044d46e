import { BotWorld } from '../support/bot';
import type { Talker } from '../support/talker';

/** Talks of real people: numbers that are none, corrections that come late, a word that would wipe a sent report. */

let world: BotWorld;
let next = 1;

/** Its post is shared with a deputy. */
const SHARED = '99001-07';

/** A village nobody has touched. */
function village(): string {
  const unit = `99001-${String(next++).padStart(2, '0')}`;
  return unit === SHARED ? village() : unit;
}

/** Its leader. */
async function somebody(): Promise<{ unit: string; leader: Talker }> {
  const unit = village();
  return { unit, leader: await world.holder(unit) };
}

async function values(unit: string): Promise<(number | null)[]> {
  return (await world.api.submission(unit))?.figures.map(({ value }) => value) ?? [];
}

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-12T08:00:00+07:00' });
  await world.holder('99001', 'commune_officer');
}, 60_000);

afterAll(() => world.close());

it('answers a percentage, a part of one and a number too long, and stores none of them', async () => {
  const { unit, leader } = await somebody();
  await leader.says('báo cáo');
  expect((await leader.says('85,5 %')).text).toContain('không phải phần trăm');
  expect((await leader.says('12.5')).text).toContain('số nguyên');
  expect((await leader.says('4,5 hoặc 5')).text).not.toBe('');
  expect((await leader.says('1.250.000.000.000.000.000')).text).not.toBe('');
  expect(await values(unit)).toEqual([]);
});

it('keeps an early number, but neither of two different ones', async () => {
  const one = await somebody();
  await one.leader.says('412');
  await one.leader.says('báo cáo');
  expect(await values(one.unit)).toEqual([412]);

  const two = await somebody();
  await two.leader.says('412');
  await two.leader.says('7');
  expect((await two.leader.says('báo cáo')).text).toContain('Câu 1/4');
  expect(await values(two.unit)).toEqual([]);
});

it('corrects the figure that stands at the wrong value, not the one asked by now', async () => {
  const { unit, leader } = await somebody();
  await leader.says('báo cáo');
  await leader.says('300');
  expect((await leader.says('nhầm, 310 chứ k phải 300')).text).toContain('Câu 2/4');
  expect(await values(unit)).toEqual([310]);
});

it('refuses at once what cannot be, also when it was said roughly', async () => {
  const { leader } = await somebody();
  await leader.says('báo cáo');
  await leader.says('300');
  expect((await leader.says('khoảng 310')).text).toContain('từ 0 đến 62');
});

it('«không phát sinh» does not wipe what was sent without asking', async () => {
  const { unit, leader } = await somebody();
  await leader.says('BC 418 5 121 0');
  await leader.taps('Gửi');
  const asked = await leader.says('không phát sinh');
  expect(asked.text).toContain('2) Buổi học trong tháng: 5');
  expect(asked.text).toContain('3) Lượt người dự: 121');
  expect(asked.buttons).toContain('Đúng 0');
  expect(await values(unit)).toEqual([418, 5, 121, 0]);
  await leader.taps('Đúng 0');
  expect(await values(unit)).toEqual([418, 0, 0, 0]);
});

it('opens the report of the place that is named', async () => {
  const { leader } = await somebody();
  const screen = await leader.says('báo cáo');
  const name = /thôn (\p{Lu}[\p{L} ]*?) có/u.exec(screen.text)?.[1] ?? '';
  expect(name).not.toBe('');
  await leader.says('để sau');
  expect((await leader.says(`bc thôn ${name}`)).text).toContain('Câu 1/4');
});

it('says something else to a stranger who asks for a second impossible thing', async () => {
  const stranger = world.stranger('bà Lan');
  expect((await stranger.says('gia xang hom nay')).text).toContain('Em chào');
  expect((await stranger.says('gia vang hom nay')).text).toContain('câu này em chưa có lời hướng dẫn');
});

it('a month long gone leads back to the month that can be done', async () => {
  const { leader } = await somebody();
  const heard = await leader.says('báo cáo tháng 12');
  expect(heard.text).toContain('Báo cáo tháng 12/2025 đã khóa');
  expect(heard.buttons).toContain('Làm tháng 3');
});

it('sends only figures that were read back: who shares the post may have changed them', async () => {
  const head = await world.holder(SHARED);
  const deputy = await world.holder(SHARED, 'village_deputy');
  expect((await head.says('BC 400 4 80 8')).text).toContain('400');
  await deputy.says('1 = 200');
  const again = await head.says('gửi');
  expect(again.text).toContain('chưa gửi');
  expect(again.text).toContain('200');
  expect((await world.api.submission(SHARED))?.submittedAt).toBeNull();
  expect((await head.says('gửi')).text).toContain('Đã gửi');
  expect(await values(SHARED)).toEqual([200, 4, 80, 8]);
});

it('what is not ours is said so in the middle of a report, and the question stands under it', async () => {
  const { unit, leader } = await somebody();
  await leader.says('báo cáo');
  const heard = await leader.says('quên mật khẩu zalo');
  expect(heard.text).toContain('Zalo');
  expect(heard.text).toContain('Câu 1/4');
  expect(await values(unit)).toEqual([]);
});

it('asks once more which of two places is meant, whatever is typed there', async () => {
  const one = await somebody();
  const other = village();
  await one.leader.says(world.code(other, 'village_head'));
  await one.leader.says('đúng');
  const asked = await one.leader.says('báo cáo');
  expect(asked.text).toContain('nơi nào');
  const more = await one.leader.says('con mèo trèo cây cau');
  expect(more.text).toContain('em chưa rõ «con mèo trèo cây cau»');
  expect(more.text).toContain('nơi nào');
  expect((await one.leader.says('1')).text).not.toContain('nơi nào');
});

it('lets who is asked for their commune after wrong codes do anything else as well', async () => {
  const stranger = world.stranger('wrong codes');
  for (const code of ['48279131', '58279132', '68279133']) await stranger.says(code);
  expect((await stranger.says('trời đẹp quá')).text).toContain('chưa tìm thấy tên đó');
  expect((await stranger.says('quên mật khẩu vneid')).text).not.toContain('chưa tìm thấy tên đó');
  expect((await stranger.says('dừng nhận tin')).text).not.toContain('chưa tìm thấy tên đó');
});

it('says at once which figures of a sent report are changed, though another is asked about', async () => {
  const unit = village();
  const leader = await world.reporter(unit, 'BC 300 4 80 9');
  const heard = await leader.says('4 = 5, 3 = khoảng 90');
  expect(heard.text).toContain('Em đã sửa');
  expect(heard.text).toContain('9 → 5');
  expect(heard.text).toContain('90');
  expect(await values(unit)).toEqual([300, 4, 80, 5]);
});

it.each(['ok', 'Vâng ạ', 'được rồi em'])('hears «%s» after a receipt', async (word) => {
  const leader = await world.reporter(village(), 'BC 300 4 80 9');
  expect((await leader.says(word)).text).toContain('cảm ơn');
});

it('a button of a month that has just been locked tells so', async () => {
  const { unit, leader } = await somebody();
  const readback = await leader.says('BC 418 5 121 14');
  await leader.says('báo cáo');
  await world.clock.to('2026-03-19T08:00:00+07:00');
  const heard = await leader.taps('Gửi', readback.bubbles[0]);
  expect(heard.text).toContain('đã khóa');
  expect((await world.api.submission(unit))?.submittedAt).toBeNull();
});

it('a report that begins in a new month is of that month, whatever was left open', async () => {
  const { unit, leader } = await somebody();
  await leader.says('tháng 3');
  await leader.says('báo cáo');
  await world.clock.to('2026-04-10T09:00:00+07:00');
  const heard = await leader.says('BC 418 5 121 14');
  expect(heard.text).toContain('418');
  expect(heard.text).not.toContain('đã khóa');
  expect(await world.api.values(unit, '2026-04')).toEqual([418, 5, 121, 14]);
  expect(await world.api.values(unit, '2026-03')).toEqual([]);
});
