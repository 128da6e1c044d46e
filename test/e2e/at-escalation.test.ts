import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-12, AT-13 and AT-14: one reminder at the hour that suits, and what happens once the deadline has passed. One March, from story to story. */

const MEMBERS = 'unit_code,role,full_name,phone,title';

let world: BotWorld;
let tu: Talker;
let hung: Talker;
/** What the deputy had heard when they put the report off until the evening. */
let evening: number;
let hanh: Talker;
let chair: Talker;
let dung: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-16T09:00:00+07:00' });
  const codes = await world.importSheets({
    members: [
      MEMBERS,
      `${DONG_LAM},village_head,Nguyễn Văn Tư,0912000007,bác`,
      `${TAN_HOA},commune_chair,Đỗ Văn Minh,,anh`,
    ].join('\n'),
  });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  chair = await claimed('chủ tịch', codes.get(`${TAN_HOA}/commune_chair`) as string);
  tu = await claimed('bác Tư', codes.get(`${DONG_LAM}/village_head`) ?? world.code(DONG_LAM, 'village_head'));
  hung = await world.holder(DONG_LAM, 'village_deputy');
  dung = await world.holder('24', 'department');
  await world.settle();
}, 60_000);

afterAll(() => world.close());

async function claimed(name: string, code: string): Promise<Talker> {
  const talker = world.stranger(name);
  await talker.says(code);
  await talker.taps('Đúng');
  return talker;
}

it('an open report that is put off in the middle, «để tối», says when it will come back', async () => {
  await hung.says('báo cáo');
  expect((await hung.says('để tối')).text).toMatch(/nhắn «tiếp».*em sẽ nhắc .* lúc 19:00 thứ Hai 16\/3/s);
  evening = hung.person.heard.length;
});

it('AT-12: «nhắc tôi lúc 19:00» comes at that hour, «để mai» at another, and the answer says when', async () => {
  expect((await tu.says('nhắc tôi lúc 19:00')).text).toContain(
    'Vâng, em sẽ nhắc bác lúc 19:00 thứ Hai 16/3 ạ.',
  );
  const asked = tu.person.heard.length;
  await world.clock.to('2026-03-16T18:59:00+07:00');
  expect(tu.heardSince(asked).text).toBe('');
  await world.clock.to('2026-03-16T19:01:00+07:00');
  expect(tu.heardSince(asked).text).toMatch(/^Chào bác Tư, thôn Đông Lâm chưa gửi báo cáo tháng 3/);
  const later = await tu.says('để sau');
  expect(later.buttons).toEqual(['Nhắc ngày mai']);
  expect((await tu.taps('Nhắc ngày mai')).text).toContain('lúc 08:00 thứ Ba 17/3');
});

it('the report that was put off came back at that hour', () => {
  expect(hung.heardSince(evening).text).toMatch(/chưa gửi báo cáo tháng 3/);
});

it('AT-13: what is wished for at 12:10 comes at 13:30, and what at night the next morning', async () => {
  expect((await hung.says('nhắc tôi lúc 12:10 ngày mai')).text).toContain('lúc 13:30 thứ Ba 17/3');
  expect((await hung.says('nhắc tôi lúc 22:00')).text).toContain('lúc 06:30 thứ Ba 17/3');
});

it('AT-14: on the last morning the head hears who will be asked to help, once', async () => {
  const before = tu.person.heard.length;
  await world.clock.to('2026-03-17T08:01:00+07:00');
  expect(tu.person.heard.length - before).toBe(1);
  expect(tu.heardSince(before).text).toContain('em sẽ nhờ chị Hạnh (xã Tân Hòa) giúp bác ạ');
});

it('AT-14: at 17:05 the officer has one list of those who are late, with whom to call', async () => {
  await (await world.holder(NGOC_TRI)).says('BC 418 5 121 14');
  const before = hanh.person.heard.length;
  await world.clock.to('2026-03-17T17:06:00+07:00');
  const heard = hanh.heardSince(before);
  expect(heard.bubbles).toHaveLength(1);
  expect(heard.text).toContain('Đã gửi 0/29, còn 29 nơi, vẫn nhận đến 17:00 thứ Tư 18/3');
  expect(heard.text).toContain('chưa nhận việc, đưa giúp giấy mời có mã');
  expect(heard.text).toContain('Chị gọi giúp em nhé');
  expect(heard.buttons).toEqual(['Gọi bác Tư', 'Xem cả danh sách']);
  expect((await hanh.taps('Xem cả danh sách')).text).toContain('Đông Lâm');
});

it('AT-14: who sends at 18:20 is late and accepted, and is on no later list', async () => {
  await world.clock.to('2026-03-17T18:20:00+07:00');
  await hung.says('BC 418 5 121 14');
  expect((await hung.says('gửi')).text).toContain('Đã gửi 18:20 ngày 17/3');
  expect((await world.api.submission(DONG_LAM))?.late).toBe(true);
  const [chairBefore, before] = [chair.person.heard.length, tu.person.heard.length];
  await world.clock.to('2026-03-18T10:01:00+07:00');
  expect(chair.heardSince(chairBefore).text).toContain('Xã Tân Hòa, báo cáo tháng 3: đã gửi 1/29 (3 %)');
  expect(chair.heardSince(chairBefore).text).not.toContain('Đông Lâm');
  expect(chair.heardSince(chairBefore).text).toContain('Chị Hạnh đang giúp từng nơi');
  expect(tu.heardSince(before).text).toBe('');
});

it('«ghi lý do» ends the asking of a village: it is counted as missing, and nobody is asked to call there', async () => {
  expect((await hanh.says('ghi lý do thôn Chùa Hạ: trưởng thôn nằm viện')).text).toContain(
    'vẫn tính là chưa có số',
  );
  const lines = await hanh.asksForAll('thôn nào chưa nộp');
  expect(lines).toContain('- Chùa Hạ (đã ghi lý do: trưởng thôn nằm viện)');
  expect((await tu.says('ghi lý do thôn Chùa Hạ: ốm')).text).toContain('phần này của cán bộ');
});

it('at the lock the officer reads how it ended and what can still be done; every village has one of four ends', async () => {
  const before = hanh.person.heard.length;
  await world.clock.to('2026-03-18T17:06:00+07:00');
  const heard = hanh.heardSince(before);
  expect(heard.bubbles).toHaveLength(1);
  expect(heard.text).toContain(
    'Đã khóa báo cáo tháng 3 của các thôn thuộc xã Tân Hòa: có số 1/29, chưa có 27 nơi, 1 nơi đã ghi lý do',
  );
  expect(heard.text).toContain('Có số thì chị nhập hộ được đến 17:00 thứ Ba 24/3');
  expect((await hanh.says('tình hình')).text).toContain(
    'Kết quả kỳ này của thôn: 1 muộn, 1 đã nhắc nhưng chưa có số, 27 không liên lạc được.',
  );
});

it('what is entered after the lock corrects the ends, and the chair reads who holds the next act', async () => {
  await hanh.says('nhập hộ thôn Chùa Hạ: 300 4 90 7');
  const now = (await chair.says('tình hình')).text;
  expect(now).toContain('2 muộn, 1 đã nhắc nhưng chưa có số, 26 không liên lạc được');
  expect(now).toMatch(/Việc tiếp theo: duyệt 2 báo cáo\. Việc ở chị Hạnh từ 18:20 ngày 17\/3/);
});

it('a late commune is told to the department a working day after its deadline: one list of communes, one of agencies, beside the reminders of its own summary', async () => {
  const before = dung.person.heard.length;
  await world.clock.to('2026-03-20T17:01:00+07:00');
  const heard = dung.heardSince(before);
  expect(heard.bubbles.map(({ text }) => text)).toEqual([
    expect.stringMatching(/sắp đến hạn việc «Tổng hợp tháng 3 báo cáo tỉnh».*nhắc thêm 3 lần nữa/s),
    expect.stringMatching(/việc «Tổng hợp tháng 3 báo cáo tỉnh».*chưa xong.*nhắc thêm 2 lần nữa/s),
    expect.stringMatching(/Báo cáo tháng 3 của xã, phường: đã gửi 0\/\d+, còn/),
    expect.stringMatching(/Hai tỷ lệ VNeID tháng 3 của Công an tỉnh: chưa có.*Tỉnh đoàn: chưa có/s),
  ]);
});
