import { inVietnam, vnDay } from '../../src/kernel/vn-time';
import { readDaysOff } from '../../src/org/seed/days-off';
import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/**
 * AT-12 and AT-13: one message on the morning of the last day whatever is owed, rest at night and at Tết but for a critical
 * order of two people, and a deadline before a Sunday that everybody is told the same. One calendar, from story to story.
 */

const MEMBERS = 'unit_code,role,full_name,phone,title';
const GO_ME = '99001-10';

let world: BotWorld;
let tu: Talker;
let manh: Talker;
let hanh: Talker;
let chair: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-02-13T08:30:00+07:00' });
  const codes = await world.importSheets({
    members: `${MEMBERS}\n${TAN_HOA},commune_chair,Đỗ Văn Minh,,anh`,
  });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
  manh = await world.holder(NGOC_TRI);
  chair = world.stranger('chủ tịch');
  await chair.saysQuickly(codes.get(`${TAN_HOA}/commune_chair`) as string);
  await chair.saysQuickly('đúng');
  await world.settle();
}, 60_000);

afterAll(() => world.close());

/** What was written to the person since then at night or at Tết. */
function atRest({ person }: Talker, since: number): string[] {
  const { tet } = readDaysOff();
  return person.heard
    .slice(since)
    .filter(({ at }) => {
      const minute = inVietnam(new Date(at)).hour * 60 + inVietnam(new Date(at)).minute;
      return minute >= 21 * 60 || minute < 6 * 60 + 30 || tet.has(vnDay(new Date(at)));
    })
    .map(({ text }) => text);
}

/** Gives an order to one village and sends it. */
async function orders(line: string): Promise<void> {
  await hanh.says(line);
  await hanh.taps('Gửi');
}

it('AT-13: an order of the night is read in the morning; a critical one of two people at once', async () => {
  await world.clock.to('2026-02-13T21:30:00+07:00');
  const before = tu.person.heard.length;
  await orders('giao 31, hạn 6/3, thôn Đông Lâm: dọn nhà văn hóa');
  await orders('giao 32, khẩn, hạn 12:00 14/2, thôn Đông Lâm: trực phòng cháy');
  expect(tu.heardSince(before).text).toBe('');
  expect((await chair.says('duyệt 32')).text).toContain('Đã duyệt 32');
  expect(tu.heardSince(before).text).toBe('🔴 KHẨN – 32 – hạn 12:00 thứ Bảy 14/2\ntrực phòng cháy');
  await tu.says('xong 32');
  const acknowledged = tu.person.heard.length;
  await world.clock.to('2026-02-14T06:29:00+07:00');
  expect(tu.heardSince(acknowledged).text).toBe('');
});

it('AT-13: nothing is begun on the days of Tết, whatever falls due on them', async () => {
  const before = [tu, manh].map(({ person }) => person.heard.length);
  const days = [...readDaysOff().tet].filter((day) => day.startsWith('2026-')).sort();
  const last = days.at(-1) as string;
  await world.clock.to(`${last}T23:00:00+07:00`);
  for (const [i, leader] of [tu, manh].entries()) expect(atRest(leader, before[i] as number)).toEqual([]);
  await tu.says('tình hình');
  const rested = tu.person.heard.length;
  await world.clock.to('2026-02-23T08:05:00+07:00');
  expect(tu.heardSince(rested).text).toContain('📌 31 – hạn 17:00 thứ Sáu 6/3\ndọn nhà văn hóa');
});

it('AT-12: a report, an order and a returned figure are one message at 8:00, and none of the report follows once it was sent', async () => {
  await world.clock.to('2026-03-16T09:00:00+07:00');
  await tu.saysQuickly(world.code(GO_ME, 'village_head'));
  await tu.says('đúng');
  await orders('giao 145/UBND, hạn 20/3, thôn Đông Lâm: mở lớp buổi tối');
  await tu.says('BC Gò Me 300 4 121 7');
  await tu.says('gửi');
  await hanh.says('trả lại số 3 thôn Gò Me: nhiều hơn ảnh điểm danh');
  await world.clock.to('2026-03-17T07:59:00+07:00');
  const before = tu.person.heard.length;
  await world.clock.to('2026-03-17T08:00:30+07:00');
  const heard = tu.heardSince(before);
  expect(heard.bubbles).toHaveLength(1);
  expect(heard.text).toBe(
    [
      'Chào bác Tư, hôm nay bác còn 3 việc:',
      '1. Báo cáo tháng 3, thôn Đông Lâm: chưa gửi, hạn 17:00 hôm nay',
      '2. Báo cáo tháng 3, thôn Gò Me: 1 số được nhờ xem lại',
      '3. Xác nhận công văn 145/UBND',
      'Báo cáo nào đến 17:00 hôm nay chưa có, em sẽ nhờ chị Hạnh (xã Tân Hòa) giúp bác ạ.',
      'Em chỉ nhắc thêm 1 lần nữa, 08:00 thứ Tư 18/3.',
    ].join('\n'),
  );
  expect(heard.buttons).toEqual(['Làm việc 1', 'Xem cả 3', 'Nhắc 11:00']);
  await world.clock.to('2026-03-17T08:02:00+07:00');
  await tu.says('BC Đông Lâm 418 5 121 14');
  await tu.says('gửi');
  const sent = tu.person.heard.length;
  await world.clock.to('2026-03-17T23:00:00+07:00');
  expect(tu.heardSince(sent).text).not.toMatch(/báo cáo tháng 3, thôn Đông Lâm/i);
});

it('AT-13: 19/4 is a Sunday: the opening tells all the same day', async () => {
  await world.clock.to('2026-04-09T09:00:00+07:00');
  for (const one of [tu, manh, hanh, chair]) await one.says('tình hình');
  await world.clock.to('2026-04-10T07:59:00+07:00');
  const before = [tu, manh, hanh, chair].map(({ person }) => person.heard.length);
  await world.clock.to('2026-04-10T08:05:00+07:00');
  const heard = [tu, manh, hanh].map((one, i) => one.heardSince(before[i] as number).text);
  // The deadline of the plan stands before the 20th; the villages' own comes two working days earlier, so that the order holds.
  expect(heard).toEqual([
    expect.stringContaining('thôn Gò Me: chưa gửi, hạn 17:00 thứ Tư 15/4'),
    expect.stringContaining('17:00 thứ Tư 15/4 (thay cho 17:00 thứ Sáu 17/4, vì vướng ngày nghỉ)'),
    expect.stringContaining('17:00 thứ Sáu 17/4 (thay cho 17:00 Chủ nhật 19/4, vì vướng ngày nghỉ)'),
  ]);
  const { duties } = await world.api.get<{ duties: { form: string; deadline: string }[] }>(
    '/api/v1/duties?period=2026-04',
  );
  const due = (village: boolean) => [
    ...new Set(
      duties.filter(({ form }) => (form === 'village-month') === village).map(({ deadline }) => deadline),
    ),
  ];
  expect(due(true)).toEqual(['2026-04-15T17:00:00+07:00']);
  expect(due(false)).toEqual(['2026-04-17T17:00:00+07:00']);
});
