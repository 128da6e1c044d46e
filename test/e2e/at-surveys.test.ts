import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-28, its first half: a question to the villages, answered by one tap, given back on the morning after it closed. */

const MEMBERS = 'unit_code,role,full_name,phone,title';
const UNITS = 'code,level,name,kind,parent_code,valid_from,valid_to,adults,households,population';
const VAN_SON = '99002';
const QUESTION = 'Nhà văn hóa có Internet không?';

let world: BotWorld;
let dung: Talker;
let nga: Talker;
let hanh: Talker;
let tu: Talker;
let hung: Talker;
let manh: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-19T08:05:00+07:00' });
  const codes = await world.importSheets({
    units: `${UNITS}\n${VAN_SON},commune,Vân Sơn Thử,xã,24,2025-07-01,,,,\n${VAN_SON}-01,village,Suối Mỏ,thôn,${VAN_SON},2025-07-01,,,,`,
    members: [MEMBERS, '24,department,Trần Thị Nga,,chị'].join('\n'),
  });
  dung = await world.holder('24', 'department');
  nga = world.stranger('Nga');
  await nga.saysQuickly(codes.get('24/department') as string);
  await nga.saysQuickly('đúng');
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
  hung = await world.holder(DONG_LAM, 'village_deputy');
  manh = await world.holder(NGOC_TRI);
  await world.settle();
}, 60_000);

afterAll(() => world.close());

it('is shown with recipients, minutes and that the figure is nowhere yet, and waits for the second key beyond one commune', async () => {
  const shown = await dung.says(`khảo sát ${QUESTION}, xã Tân Hòa, xã Vân Sơn Thử, đến 22/3`);
  expect(shown.text).toContain('30 nơi');
  expect(shown.text).toContain('Khép lúc 17:00 Chủ nhật 22/3 (ngày nghỉ)');
  expect(shown.text).toContain('khoảng 14 phút công của 30 trưởng thôn, tổ trưởng; số này chưa có ở đâu');
  expect(shown.text).toContain('28 nơi lúc này chưa nhắn được');
  expect(shown.text).toContain('cần người thứ hai duyệt: chị Nga');
  expect(shown.buttons).toEqual(['Gửi', 'Bỏ']);
  const [key, village] = [nga.person.heard.length, tu.person.heard.length];
  expect((await dung.taps('Gửi')).text).toContain('chuyển cho chị Nga duyệt');
  expect(tu.heardSince(village).text).toBe('');
  expect(nga.heardSince(key).text).toContain(QUESTION);
});

it('asks the head of each village once the second key is turned, and nobody else', async () => {
  const [head, deputy] = [tu.person.heard.length, hung.person.heard.length];
  expect((await nga.taps('Duyệt')).text).toContain('Đã duyệt, em hỏi 30 nơi');
  expect(tu.heardSince(head).text).toContain(`thôn Đông Lâm: ${QUESTION}`);
  expect(tu.heardSince(head).buttons).toEqual(['Có', 'Không']);
  expect(hung.heardSince(deputy).text).toBe('');
});

it('takes one answer a village: a later one of the same person counts, one of somebody else does not', async () => {
  expect((await tu.taps('Không')).text).toContain('thôn Đông Lâm – không');
  const asked = tu.person.heard.find(({ text }) => text.includes(QUESTION));
  expect((await tu.taps('Có', asked)).text).toContain('Em sửa rồi ạ: thôn Đông Lâm – có');
  const payload = asked?.buttons?.find(({ title }) => title === 'Không')?.payload;
  expect((await hung.says(String(payload))).text).toContain('đã có người trả lời: có');
  expect((await hanh.says(String(payload))).text).toContain('không gửi cho');
  expect((await manh.says('2')).text).toContain('thôn Ngọc Trì – không');
});

it('shows whoever asked the counts with what they are out of, and who is silent', async () => {
  const seen = await dung.says('kết quả khảo sát');
  expect(seen.text).toContain('có 1, không 1, từ 2/30 nơi');
  expect(seen.text).toContain('Chưa trả lời: 28/30 nơi');
  const names = await dung.asksForAll('kết quả khảo sát');
  expect(names).toContain('- xã Vân Sơn Thử: chưa nơi nào trả lời (0/1)');
  expect(names.filter((name) => name.endsWith(': chưa trả lời'))).toHaveLength(28);
  expect((await tu.says('kết quả khảo sát')).text).not.toContain('từ 2/30');
});

it('a head-count of one commune needs no key; a number alone answers what was shown last', async () => {
  expect((await tu.says(`điểm danh ${QUESTION}`)).text).not.toContain('Điểm danh (một con số)');
  const shown = await hanh.says('điểm danh số người đang ở nhà văn hóa, toàn xã, đến 16h hôm nay');
  expect(shown.text).not.toContain('người thứ hai');
  const before = tu.person.heard.length;
  await hanh.taps('Gửi');
  expect(tu.heardSince(before).text).toContain('điểm danh thôn Đông Lâm');
  expect((await tu.says('34')).text).toContain('thôn Đông Lâm – 34');
  expect((await manh.says('điểm danh 12 người')).text).toContain('thôn Ngọc Trì – 12');
  expect((await hanh.says('kết quả điểm danh')).text).toContain('tổng 46, từ 2/29 nơi');
});

it('is closed after its time, and on the morning after each respondent reads the result of their commune, once', async () => {
  const asked = manh.person.heard.find(({ text }) => text.includes(QUESTION));
  await world.clock.to('2026-03-22T17:00:00+07:00');
  expect((await manh.taps('Có', asked)).text).toContain('đã khép lúc 17:00 Chủ nhật 22/3');
  const [head, other, deputy] = [tu, manh, hung].map(({ person }) => person.heard.length) as [
    number,
    number,
    number,
  ];
  const asker = dung.person.heard.length;
  await world.clock.to('2026-03-23T08:10:00+07:00');
  const result = `Kết quả «${QUESTION}» ở xã Tân Hòa: có 1, không 1, từ 2/29 nơi`;
  expect(tu.heardSince(head).text.split(result)).toHaveLength(2);
  expect(manh.heardSince(other).text).toContain(result);
  expect(hung.heardSince(deputy).text).not.toContain('Kết quả');
  expect(dung.heardSince(asker).text).toContain('đã khép: có 1, không 1, từ 2/30 nơi');
});

it('an announcement is shown as it will be read, goes beyond one commune by the second key, and says how far it came', async () => {
  const shown = await hanh.says('thông báo toàn xã: 19h tối nay họp ở nhà văn hóa xã');
  expect(shown.text).toContain('Thông báo: 19h tối nay họp ở nhà văn hóa xã\nGửi tới: ');
  expect(shown.text).toContain(
    'chỉ đọc, không phải trả lời; em không nhắc lại. Gửi rồi thì không thu về được',
  );
  expect(shown.text).not.toContain('người thứ hai');
  const since = tu.person.heard.length;
  expect((await hanh.taps('Gửi')).text).toContain('Em đang gửi tới 29 nơi');
  await world.settle();
  const heard = tu.heardSince(since);
  expect(heard.text).toBe('📢 xã Tân Hòa thông báo tới thôn Đông Lâm:\n19h tối nay họp ở nhà văn hóa xã');
  expect(heard.buttons).toEqual([]);
  const reach = await hanh.says('kết quả thông báo');
  expect(reach.text).toContain('đã gửi được 2/29 nơi');
  expect(reach.text).toContain('Chưa gửi được 27 nơi:');
  const wide = await dung.says('thông báo xã Tân Hòa, xã Vân Sơn Thử');
  expect(wide.text).toContain('thông báo điều gì ạ?');
  expect((await dung.says('mai lấy số liệu tháng')).text).toContain('cần người thứ hai duyệt: chị Nga');
  expect((await dung.taps('Bỏ')).text).toContain('chưa gửi cho ai');
  // The head of a village announces nothing.
  expect((await tu.says('thông báo toàn xã: mai họp')).text).not.toContain('Gửi tới');
});

it('the survey of equipment: nobody owes it before its second key, then the villages asked; results and gaps come of it', async () => {
  expect((await tu.says('việc của tôi')).text).not.toContain('trang thiết bị');
  expect((await hanh.says('khảo sát trang thiết bị, toàn xã, đến 26/3')).text).toContain(
    'do Sở hoặc tỉnh mở',
  );
  const shown = await dung.says('khảo sát trang thiết bị, xã Tân Hòa, xã Vân Sơn Thử, đến 26/3');
  expect(shown.text).toContain('Khảo sát 3 câu');
  expect(shown.text).toContain('30 nơi');
  expect(shown.text).toContain('cần người thứ hai duyệt: chị Nga');
  await dung.taps('Gửi');
  expect((await tu.says('việc của tôi')).text).not.toContain('trang thiết bị');
  const since = tu.person.heard.length;
  await nga.taps('Duyệt');
  await world.settle();
  const asked = tu.heardSince(since);
  expect(asked.text).toContain('nhờ thôn Đông Lâm trả lời 3 câu ngắn về nhà văn hóa');
  expect(asked.buttons).toEqual(['Trả lời']);
  expect((await manh.says('việc của tôi')).text).toContain(
    'Khảo sát trang thiết bị nhà văn hóa thôn Ngọc Trì: 3 câu, hạn 17:00 thứ Năm 26/3',
  );
  expect((await dung.says('khảo sát trang thiết bị, xã Tân Hòa, đến 27/3')).text).toContain('đang được hỏi');
  expect((await tu.taps('Trả lời')).text).toContain('Câu 1/3');
  for (const said of ['có', 'không', 'máy chiếu']) await tu.says(said);
  expect((await tu.says('gửi')).text).toContain('Đã gửi');
  const gaps = await dung.says('thiếu thiết bị');
  expect(gaps.text).toContain('1 nơi, trong 1/30 nơi đã trả lời');
  expect(gaps.text).toContain('thôn Đông Lâm, xã Tân Hòa: chưa có Internet; còn thiếu: máy chiếu');
  expect((await hanh.says('thôn nào thiếu thiết bị')).text).toContain('1 nơi, trong 1/29 nơi đã trả lời');
  expect((await tu.says('thiếu thiết bị')).text).not.toContain('nơi đã trả lời');
  const [head, other, asker] = [tu, manh, dung].map(({ person }) => person.heard.length) as [
    number,
    number,
    number,
  ];
  await world.clock.to('2026-03-27T08:10:00+07:00');
  expect(manh.heardSince(other).text).toContain('hảo sát trang thiết bị nhà văn hóa');
  expect(tu.heardSince(head).text).toContain('ở xã Tân Hòa: có máy tính 1, có Internet 0, từ 1/29 nơi');
  expect(dung.heardSince(asker).text).toContain('đã khép: có máy tính 1, có Internet 0, từ 1/30 nơi');
});
