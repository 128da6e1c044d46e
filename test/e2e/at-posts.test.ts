import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';

/** A post that changes hands while its holder talks: the right to a unit is looked at in every step and again at the write. */

const MEMBERS = 'unit_code,role,full_name,phone,title';

let world: BotWorld;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-13T19:30:00+07:00' });
  await world.holder(TAN_HOA, 'commune_officer');
}, 60_000);

afterAll(() => world.close());

it('a former holder writes nothing through the question left open, and reads what happened and whom to ask', async () => {
  const former = await world.holder(DONG_LAM);
  expect((await former.says('báo cáo')).text).toContain('Câu 1/4');
  const codes = await world.importSheets({
    members: `${MEMBERS}\n${DONG_LAM},village_head,Phan Văn Mới,,ông`,
  });

  const answer = await former.says('418');
  expect(answer.text).toContain('Việc của thôn Đông Lâm, xã Tân Hòa nay đã giao cho người khác');
  expect(answer.text).toContain('gọi chị Hạnh (xã Tân Hòa)');
  expect(answer.text).not.toContain('chưa hiểu');
  expect(await world.api.values(DONG_LAM)).toEqual([]);
  for (const typed of ['báo cáo', 'BC 418 5 121 14', 'tình hình'])
    expect((await former.says(typed)).text).toContain('nay đã giao cho người khác');
  expect(await world.api.values(DONG_LAM)).toEqual([]);

  const next = world.stranger('Mới');
  await next.says(codes.get(`${DONG_LAM}/village_head`) as string);
  expect((await next.taps('Đúng')).text).toContain('Em đã ghi nhận ông là Trưởng thôn Đông Lâm');
  expect((await next.says('báo cáo')).text).toContain('Câu 1/4');
});

it('«gửi» that arrives after the post was given away sends nothing', async () => {
  const former = await world.holder(NGOC_TRI);
  const shown = await former.says('BC 418 5 121 14');
  expect(shown.buttons).toContain('Gửi');
  await world.importSheets({ members: `${MEMBERS}\n${NGOC_TRI},village_head,Phan Văn Mới,,` });
  expect((await former.taps('Gửi')).text).toContain('nay đã giao cho người khác');
  expect((await world.api.submission(NGOC_TRI))?.submittedAt ?? null).toBeNull();
});

it('who lost the phone gets a new code from a sheet row with their name; the old account stops and hears of it', async () => {
  const unit = '99001-02';
  const lost = await world.holder(unit);
  await lost.says('BC 300 2 40 5');
  const codes = await world.importSheets({ members: `${MEMBERS}\n${unit},village_head,Lê Văn Bảy,,bác` });
  expect((await lost.says('tình hình')).text).not.toContain('tài khoản Zalo khác');

  const heardBefore = lost.person.heard.length;
  const found = world.stranger('máy mới');
  const asked = await found.says(codes.get(`${unit}/village_head`) as string);
  expect(asked.text).toContain('Việc này đang dùng trên một tài khoản Zalo khác.');
  expect((await found.taps('Đúng')).text).toContain('Em đã ghi nhận bác là Trưởng thôn Cầu Đá');
  // What was said on the old phone belongs to the village.
  expect((await found.says('báo cáo')).text).toContain('300');

  expect(lost.heardSince(heardBefore).text).toContain('vừa chuyển sang một tài khoản Zalo khác');
  expect((await lost.says('gửi')).text).toContain('nay dùng trên một tài khoản Zalo khác');
  const late = world.stranger('nhặt được mã');
  expect((await late.says(codes.get(`${unit}/village_head`) as string)).text).toContain(
    'em chưa khớp được mã này',
  );
});

it('six lone digits are an OTP, never a try at a code', async () => {
  const stranger = world.stranger('mã cũ');
  for (let n = 0; n < 4; n += 1) {
    const warned = await stranger.says(`48291${n}`);
    expect(warned.text).toContain('mã nhận việc trên giấy mời có 8 số');
  }
  expect((await stranger.says(world.code('99001-03', 'village_head'))).text).toContain('Trưởng thôn Chùa Hạ');
});

it('a post ends with its last day: the holder hears so at once, and the unit asks nothing of them any more', async () => {
  const [officer, beside] = ['Lê Thị Hạnh', 'Vũ Thu Lan'];
  const codes = await world.importSheets({
    members: `${MEMBERS}\n${TAN_HOA},commune_officer,${beside},,chị`,
  });
  const lan = world.stranger(beside);
  await lan.says(codes.get(`${TAN_HOA}/commune_officer`) as string);
  await lan.taps('Đúng');
  expect((await lan.says('tình hình')).text).toContain('Xã Tân Hòa');
  await world.importSheets({
    members: `unit_code,role,full_name,ends\n${TAN_HOA},commune_officer,${beside},2026-03-13`,
  });
  expect((await lan.says('tình hình')).text).toContain('Xã Tân Hòa');
  const before = lan.person.heard.length;
  await world.clock.to('2026-03-14T08:05:00+07:00');
  expect(lan.heardSince(before).text).toContain('không còn giữ việc của xã Tân Hòa');
  const answer = await lan.says('tình hình');
  expect(answer.text).toContain('Bác không còn giữ việc của xã Tân Hòa');
  expect(answer.text).toContain(`gọi chị ${officer.split(' ').at(-1)}`);
});

it('the head of a village that became part of another reads so, unasked and in the middle of a report', async () => {
  const [unit, other] = ['99001-04', '99001-05'];
  const head = await world.holder(unit);
  expect((await head.says('báo cáo')).text).toContain('Câu 1/4');
  await world.importSheets({
    units: [
      'code,level,name,kind,parent_code,valid_from,valid_to,merged_into',
      `${unit},village,Đình Cả,thôn,${TAN_HOA},2025-07-01,2026-03-14,${other}`,
    ].join('\n'),
  });
  const before = head.person.heard.length;
  await world.clock.to('2026-03-15T09:00:00+07:00');
  const told = 'Thôn Đình Cả, xã Tân Hòa đã nhập vào thôn Đồi Thông từ ngày 15/3/2026';
  expect(head.heardSince(before).text).toContain(told);
  expect((await head.says('418')).text).toContain(told);
  expect((await head.says('báo cáo')).text).toContain(told);
  const late = world.stranger('mã cũ của thôn');
  const codes = await world.importSheets({ members: `${MEMBERS}\n${unit},village_deputy,Phan Văn Phó,,` });
  expect((await late.says(codes.get(`${unit}/village_deputy`) as string)).text).toContain(
    'Mã này là của thôn Đình Cả, xã Tân Hòa, nơi đã nhập vào thôn Đồi Thông',
  );
});
