import { BotWorld, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-28, the half of the questions: from twelve people who are stuck to a class with nine of them in it. */

let world: BotWorld;
let hanh: Talker;
let stuck: Talker[];

const classes = async () =>
  (
    await world.api.get<{
      classes: { state: string; topic: string; startsAt: string; attended: number | null }[];
    }>(`/api/v1/classes?unit=${TAN_HOA}&week=2026-W13`)
  ).classes;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-18T09:00:00+07:00' });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  stuck = Array.from({ length: 12 }, (_, i) => world.stranger(`dân ${i + 1}`));
}, 60_000);

afterAll(() => world.close());

/** Asks, is stuck, and either agrees to be invited or says no more than where they live. */
async function isStuck(person: Talker, agrees: boolean): Promise<void> {
  await person.says('quên mật khẩu vneid');
  await person.says('không được em ơi');
  let heard = await person.says('không được');
  for (let steps = 0; !heard.buttons.includes('Báo tôi khi có lớp'); steps += 1) {
    if (steps > 12) throw new Error(`no end: ${heard.text}`);
    const [first = ''] = heard.buttons;
    heard = heard.buttons.includes('Không được') ? await person.taps('Không được') : await person.taps(first);
  }
  const asked = await person.taps('Báo tôi khi có lớp');
  expect(asked.text).toContain('xã, phường nào');
  await person.says('xã Tân Hòa');
  expect((await person.taps('Đúng')).text).toContain('em mời');
  if (!agrees) expect((await person.taps('Thôi nhận lời mời')).text).toContain('không mời');
}

it('counts each person once, with no name and no word of theirs', async () => {
  for (const [i, person] of stuck.entries()) await isStuck(person, i < 10);
  const heard = await hanh.says('bà con hỏi gì');
  expect(heard.text).toMatch(/12 người: .*mật khẩu/i);
  expect(heard.text).not.toContain('dân');
}, 120_000);

it('proposes a class to the officer on Monday morning, once', async () => {
  const asker = world.stranger('ông Bảy');
  await asker.says('gặp người');
  await asker.says('xã Tân Hòa');
  await asker.taps('Đúng');
  await asker.taps('Hủy');
  expect((await asker.says('cho hỏi thả diều buổi tối có xin phép ai')).text).toContain('ghi lại');
  const before = hanh.person.heard.length;
  await world.clock.to('2026-03-23T08:05:00+07:00');
  await world.clock.to('2026-03-23T10:00:00+07:00');
  const proposals = hanh.heardSince(before).bubbles.filter(({ text }) => text.includes('đề xuất'));
  expect(proposals).toHaveLength(1);
  expect(proposals[0]?.text).toMatch(/^12 người hỏi/);
  expect(proposals[0]?.text).toContain('19:30 thứ Năm 26/3, nhà văn hóa xã Tân Hòa');
  expect(proposals[0]?.buttons?.map(({ title }) => title)).toEqual(['Đặt lịch']);
  // What is no class is read by the officer too, in the words and without who asked, once.
  const open = hanh.heardSince(before).bubbles.filter(({ text }) => text.includes('còn vướng'));
  expect(open).toHaveLength(1);
  expect(open[0]?.text).toContain('Tuần qua bà con xã Tân Hòa còn vướng');
  expect(open[0]?.text).toContain('thả diều buổi tối');
  expect(open[0]?.text).not.toMatch(/Bảy|mật khẩu/);
});

it('one tap schedules it, and those who agreed are invited, once', async () => {
  const before = stuck.map(({ person }) => person.heard.length);
  const heard = await hanh.taps('Đặt lịch');
  expect(heard.text).toContain('19:30 thứ Năm 26/3, nhà văn hóa xã Tân Hòa');
  await world.settle();
  const invited = stuck.map((one, i) => one.heardSince(before[i] ?? 0).text.includes('nay có lớp'));
  expect(invited).toEqual(stuck.map((_one, i) => i < 10));
  expect(await classes()).toMatchObject([{ state: 'open', startsAt: '2026-03-26T19:30:00+07:00' }]);
  const card = hanh.person.heard.find(({ text }) => text.includes('đề xuất'));
  expect((await hanh.taps('Đặt lịch', card)).text).toContain('đã đặt rồi');
  expect(await classes()).toHaveLength(1);
});

it('the number who came closes the loop', async () => {
  await (stuck[0] as Talker).taps('Đăng ký');
  const before = hanh.person.heard.length;
  await world.clock.to('2026-03-26T21:31:00+07:00');
  await world.clock.to('2026-03-27T08:00:00+07:00');
  expect(hanh.heardSince(before).text).toContain('đăng ký 1');
  await hanh.taps('Ghi số người');
  const heard = await hanh.says('9');
  expect(heard.text).toContain('12 người hỏi; 9 người đến học');
  expect(await classes()).toMatchObject([{ state: 'recorded', attended: 9 }]);
});

it('whoever wants no more invitations is not invited, and still counted', async () => {
  const person = stuck[11] as Talker;
  expect((await person.says('thôi nhận lời mời')).text).toContain('không mời');
});
