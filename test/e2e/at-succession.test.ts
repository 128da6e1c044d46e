import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-29, people who change: the holder asks in chat, the commune agrees, the new holder takes over what was begun. */

let world: BotWorld;
let tu: Talker;
let hung: Talker;
let hanh: Talker;

beforeAll(async () => {
  world = await BotWorld.start({
    at: '2026-03-13T19:30:00+07:00',
    env: { PUBLIC_URL: 'https://bot.example.vn' },
  });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
  hung = await world.holder(DONG_LAM, 'village_deputy');
  await world.settle();
}, 60_000);

afterAll(() => world.close());

it('AT-29: «từ mai anh Hùng thay tôi» goes to the commune, also in the middle of a report', async () => {
  await tu.says('báo cáo');
  expect((await tu.says('418')).text).toContain('Câu 2/4');
  const before = hanh.person.heard.length;
  const asked = await tu.says('từ mai anh Hùng thay tôi');
  expect(asked.text).toContain(
    'Em đã chuyển chị Hạnh (xã Tân Hòa): từ ngày 14/3/2026, anh Hùng làm Trưởng thôn',
  );
  const heard = hanh.heardSince(before);
  expect(heard.text).toContain(
    'bác Tư, thôn Đông Lâm, xã Tân Hòa, xin giao việc Trưởng thôn cho Trần Văn Hùng từ ngày 14/3/2026',
  );
  expect(heard.buttons).toEqual(['Đồng ý', 'Chưa đồng ý']);
});

it('AT-29: with two waiting «đồng ý» asks which; then both are told', async () => {
  const khac = await world.holder(NGOC_TRI);
  expect((await khac.says('từ mai chị Lan thay tôi')).text).toContain('họ và tên đầy đủ');
  // A wish of its own is nobody's name.
  expect((await khac.says('hạn nộp')).text).not.toContain('số điện thoại');
  expect((await khac.says('Nguyễn Thị Lan')).text).toContain('số điện thoại');
  expect((await khac.says('0912 000 099')).text).toContain('Em đã chuyển chị Hạnh');
  expect((await hanh.says('đồng ý')).text).toContain('Có mấy việc đang chờ');
  const [old, next] = [tu.person.heard.length, hung.person.heard.length];
  expect((await hanh.says('đồng ý thôn Đông Lâm')).text).toContain(
    'từ 0 giờ ngày 14/3/2026, anh Hùng làm Trưởng thôn',
  );
  expect(tu.heardSince(old).text).toContain(
    'Xã đã đồng ý: từ 0 giờ ngày 14/3/2026, anh Hùng làm Trưởng thôn',
  );
  expect(hung.heardSince(next).text).toContain('Xã đã đồng ý: từ ngày 14/3/2026, anh làm Trưởng thôn');
  expect(hung.heardSince(next).buttons).toEqual(['Nhận việc']);
});

it('AT-29: until midnight the old holder goes on; from 00:00 the post and the draft are the new one’s', async () => {
  expect((await tu.says('tiếp')).text).toContain('Câu 2/4');
  expect((await tu.says('5')).text).toContain('Câu 3/4');
  expect((await hung.taps('Nhận việc')).text).toContain('Từ ngày 14/3/2026, anh nhận việc Trưởng thôn');
  expect((await hung.taps('Đúng')).text).toContain('Em đã ghi: từ 0 giờ ngày 14/3/2026, anh là Trưởng thôn');
  await world.clock.to('2026-03-14T07:00:00+07:00');
  expect((await tu.says('121')).text).toContain('nay đã giao cho người khác');
  expect((await tu.says('báo cáo')).text).toContain('nay đã giao cho người khác');
  expect((await hung.says('tiếp')).text).toContain('Câu 3/4');
  await hung.says('121');
  await hung.says('14');
  expect((await hung.says('gửi')).text).toContain('Đã gửi');
  expect(await world.api.values(DONG_LAM)).toEqual([418, 5, 121, 14]);
});

it('takes a wish back, or hears that the commune does not agree; the post stays', async () => {
  const other = await world.holder('99001-03');
  await other.says('từ mai anh Bình thay tôi');
  await other.says('Lê Văn Bình');
  await other.says('0912000098');
  expect((await other.says('hủy bàn giao')).text).toContain('Em đã hủy');
  await other.says('anh Bình thay tôi từ mai');
  await other.says('Lê Văn Bình');
  await other.says('0912000098');
  const before = other.person.heard.length;
  expect((await hanh.says('không đồng ý cho thay')).text).toContain('Có mấy việc đang chờ');
  await hanh.taps(
    'Chưa đồng ý',
    hanh.person.heard.findLast(({ text }) => text.includes('xin giao việc Trưởng thôn cho Lê Văn Bình')),
  );
  expect(other.heardSince(before).text).toContain('Xã chưa đồng ý để anh Bình thay bác');
  await world.clock.to('2026-03-15T07:00:00+07:00');
  expect((await other.says('báo cáo')).text).toContain('Câu 1/4');
});

it('access ends with the day although nobody has claimed yet, and only somebody of the commune can agree', async () => {
  const stranger = world.stranger('người lạ');
  expect((await stranger.says('đồng ý thôn Ngọc Trì')).text).not.toContain('Em đã ghi');
  const khac = world.stranger('chưa ai');
  expect((await khac.says('nhận việc')).text).toContain('không có việc nào chờ');
  expect((await hanh.says('đồng ý')).text).toContain('chị Lan làm Trưởng thôn');
});

it('shows the officer who holds which post and when they last wrote, and ends one with the day', async () => {
  const lines = await hanh.asksForAll('danh sách trưởng thôn');
  expect(lines.find((line) => line.includes('thôn Đông Lâm: anh Hùng, Trưởng thôn'))).toContain(
    'nhắn lần cuối 14/3',
  );
  expect(lines.filter((line) => line.includes('chưa nhận việc')).length).toBeGreaterThan(10);
  const bay = await world.holder('99001-02');
  expect((await bay.says('kết thúc việc của anh Hùng thôn Đông Lâm')).text).not.toContain('Em đã ghi');
  expect((await hanh.says('kết thúc việc của bác Bảy thôn Cầu Đá')).text).toContain('đến hết ngày 15/3/2026');
  await world.clock.to('2026-03-16T07:00:00+07:00');
  expect((await bay.says('báo cáo')).text).toContain('không còn giữ việc');
});

it('a lost phone: the commune alone can give the post to a new account, and the old one is cut', async () => {
  const old = await world.holder('99001-04');
  await old.says('BC 300 2 40 5');
  const found = world.stranger('máy mới');
  const before = hanh.person.heard.length;
  expect((await found.says('tôi là Dần, trưởng thôn Đình Cả')).text).toContain(
    'Em đã nhờ chị Hạnh (xã Tân Hòa)',
  );
  expect(hanh.heardSince(before).text).toContain('từ một tài khoản Zalo mới, xưng là Hoàng Văn Dần');
  expect((await found.says('nhận việc')).text).toContain('không có việc nào chờ');
  const told = found.person.heard.length;
  expect((await hanh.taps('Đúng người')).text).toContain('Em đã ghi và báo');
  expect(found.heardSince(told).buttons).toEqual(['Nhận việc']);
  expect((await found.taps('Nhận việc')).buttons).toEqual(['Đúng', 'Không phải']);
  expect((await found.taps('Đúng')).text).toContain('Em đã ghi nhận bác là Trưởng thôn');
  expect((await found.says('báo cáo')).text).toContain('300');
  expect((await old.says('gửi')).text).toContain('nay dùng trên một tài khoản Zalo khác');
});

it('somebody stands in for a while: a deputy until the end of the day said, and the head stays', async () => {
  const head = await world.holder('99001-06');
  await head.says('từ mai đến hết 18/3 chị Hoa thay tôi');
  await head.says('Trần Thị Hoa');
  expect((await head.says('0912000097')).text).toContain('đến hết ngày 18/3/2026, chị Hoa');
  expect((await hanh.says('đồng ý chị Hoa')).text).toContain('chị Hoa làm phó của thôn');
  expect((await head.says('báo cáo')).text).toContain('Câu 1/4');
  const lines = await hanh.asksForAll('danh sách trưởng thôn');
  expect(lines.some((line) => line.includes('chị Hoa'))).toBe(true);
  await world.clock.to('2026-03-19T08:00:00+07:00');
  const later = await hanh.asksForAll('danh sách trưởng thôn');
  expect(later.some((line) => line.includes('chị Hoa'))).toBe(false);
});

describe('a post by the phone number that is shared', () => {
  const MEMBERS = 'unit_code,role,full_name,phone,title';
  const shares = async (who: Talker, phone: string) => {
    const before = who.person.heard.length;
    await who.person.submitsInfo({ name: 'ai đó', phone });
    await world.settle();
    return who.heardSince(before);
  };

  beforeAll(() =>
    world.importSheets({ members: `${MEMBERS}\n99001-08,village_head,Trần Văn Hiền,0912 000 081,bác` }),
  );

  it('a free post of a village: matched, confirmed by the person, and the commune can cut it with one tap', async () => {
    const hien = world.stranger('Hiền');
    expect((await hien.says('nhận việc bằng số điện thoại')).text).toContain('chia sẻ số');
    const calls = hien.person.heard.length;
    const asked = await shares(hien, '84912000081');
    expect(asked.text).toContain('Bác là Trưởng thôn Đồng Mít, xã Tân Hòa, phải không ạ?');
    expect(asked.text).toContain('Bấm «Đúng» là bác đã đọc và đồng ý.');
    const before = hanh.person.heard.length;
    expect((await hien.taps('Đúng')).text).toContain('Em đã ghi nhận bác là Trưởng thôn Đồng Mít');
    expect(hien.person.heard.length).toBeGreaterThan(calls);
    const told = hanh.heardSince(before);
    expect(told.text).toContain('Trần Văn Hiền vừa nhận việc Trưởng thôn, thôn Đồng Mít, xã Tân Hòa bằng số');
    expect((await hien.says('tình hình')).text).toContain('Đồng Mít');

    const other = world.stranger('máy khác, cùng số');
    expect((await shares(other, '0912000081')).text).toContain('Em đã nhờ chị Hạnh (xã Tân Hòa) xác nhận');
    const cut = hien.person.heard.length;
    await hanh.taps(
      'Không phải người này',
      hanh.person.heard.findLast(({ text }) => text.includes('bằng số điện thoại')),
    );
    expect(hien.heardSince(cut).text).toContain('chưa đúng người giữ việc Trưởng thôn');
    expect((await hien.says('tình hình')).text).toContain('thôi giữ việc');
  });

  it('a number nobody has, and posts above a village, take nothing', async () => {
    const nobody = world.stranger('số lạ');
    expect((await shares(nobody, '84912000999')).text).toContain('Số này chưa có trong danh sách');
    const officer = world.stranger('số của cán bộ');
    expect((await shares(officer, '84900000123')).text).toContain('nhận bằng mã 8 số');
    expect((await officer.says('thôn nào chưa nộp')).text).not.toContain('Đông Lâm');
    expect((await officer.says('0912 000 081')).text).not.toContain('Trưởng thôn Đồng Mít');
  });
});

describe('villages that become one, said in chat', () => {
  const SAID = 'từ 1/4 nhập thôn Đông Lâm và thôn Ngọc Trì thành thôn Lâm Trì';
  let dung: Talker;

  beforeAll(async () => {
    dung = await world.holder('24', 'department');
  });

  it('an officer’s word goes to those who keep the list; a village’s is not its own to say', async () => {
    const before = dung.person.heard.length;
    expect((await hung.says(SAID)).text).toContain('phần này của cán bộ');
    expect((await hanh.says(SAID)).text).toContain('Em đã chuyển nguyên lời chị cho Dũng');
    expect(dung.heardSince(before).text).toContain(`đề nghị: «${SAID}»`);
  });

  it('it is shown whole, written once it is confirmed, and told to those it concerns', async () => {
    expect((await dung.says('nhập thôn Không Có và thôn Ngọc Trì thành thôn X từ 1/4')).text).toContain(
      'Em chưa tìm thấy «thôn Không Có»',
    );
    const lead = await dung.says(SAID);
    expect(lead.text).toContain('Từ 1/4/2026, ai làm Trưởng thôn Lâm Trì, thưa anh?');
    const shown = await dung.taps('Trần Văn Hùng');
    expect(shown.text).toContain(
      'Từ 1/4/2026: thôn Đông Lâm, thôn Ngọc Trì nhập thành thôn Lâm Trì, xã Tân Hòa.',
    );
    expect(shown.text).toContain('Trưởng thôn Lâm Trì: Trần Văn Hùng.');
    const [old, officer] = [hung.person.heard.length, hanh.person.heard.length];
    expect((await dung.taps('Ghi')).text).toContain('Em đã ghi: từ 1/4/2026');
    const { entries } = await world.api.get<{ entries: { act: string; by: string | null; after: object }[] }>(
      '/api/v1/audit?unit=99001',
    );
    const merger = entries.findLast(({ act }) => act === 'units.changed');
    expect(merger?.by).not.toBeNull();
    expect(merger?.after).toMatchObject({
      [DONG_LAM]: { spans: [{ validTo: '2026-03-31', mergedInto: ['99001-30'] }] },
      [NGOC_TRI]: { spans: [{ validTo: '2026-03-31', mergedInto: ['99001-30'] }] },
      '99001-30': { level: 'village', spans: [{ validFrom: '2026-04-01', name: 'Lâm Trì' }] },
    });
    expect(hung.heardSince(old).text).toContain('Anh làm Trưởng thôn Lâm Trì');
    expect(hanh.heardSince(officer).text).toContain('nhập thành thôn Lâm Trì');
    expect((await hung.taps('Nhận việc')).text).toContain('Từ ngày 1/4/2026, anh nhận việc Trưởng thôn');
    expect((await hung.taps('Đúng')).text).toContain('Em đã ghi: từ 0 giờ ngày 1/4/2026');
    expect((await hung.says('tình hình')).text).toContain('Đông Lâm');
  });

  it('from that day on there is one; what was open goes to it, and March stays as it was', async () => {
    await world.clock.to('2026-03-31T08:00:00+07:00');
    await hanh.says('giao 31, hạn 3/4, thôn Đông Lâm, Ngọc Trì: mở lớp');
    await hanh.taps('Gửi');
    expect((await hung.says('đã nhận 31')).text).toContain('thôn Đông Lâm đã nhận 31');
    const before = hung.person.heard.length;
    await world.clock.to('2026-04-01T08:05:00+07:00');
    const heard = hung.heardSince(before).text;
    expect(heard).toContain(
      'Việc này trước giao thôn Đông Lâm, thôn Ngọc Trì, nay chuyển sang thôn Lâm Trì.',
    );
    expect(heard).not.toContain('em không ghi hay gửi gì thêm cho nơi cũ');
    expect((await hung.says('xong 31')).text).toContain('thôn Lâm Trì đã xong 31');
    const { directives } = await world.api.get<{
      directives: { id: string; audience: { offices: number } }[];
    }>('/api/v1/directives?status=issued');
    expect(directives.map(({ audience }) => audience.offices)).toEqual([1]);
    const rollup = async (period: string) =>
      (
        await world.api.get<{ expected: number }>(
          `/api/v1/rollup?form=village-month&period=${period}&unit=${TAN_HOA}`,
        )
      ).expected;
    expect([await rollup('2026-03'), await rollup('2026-04')]).toEqual([29, 28]);
    expect(await world.api.values(DONG_LAM)).toEqual([418, 5, 121, 14]);
  });

  it('after a village is divided the commune names the heads of both, by a tap or in words', async () => {
    await dung.says('từ 10/4 tách thôn Lâm Trì thành thôn Lâm Trì 1 và thôn Lâm Trì 2');
    const before = hanh.person.heard.length;
    await dung.taps('Ghi');
    const told = hanh.heardSince(before);
    expect(told.text).toContain('Ai làm trưởng nơi mới, chị bấm nút dưới đây giúp em ạ.');
    expect(told.buttons).toEqual(['Cử trưởng Lâm Trì 1', 'Cử trưởng Lâm Trì 2']);
    const asked = await hanh.taps('Cử trưởng Lâm Trì 1');
    expect(asked.text).toContain('Trưởng thôn Lâm Trì 1 từ 10/4/2026 là ai ạ?');
    expect(asked.buttons).toContain('Trần Văn Hùng');
    await hanh.taps('Trần Văn Hùng');
    const mine = hung.person.heard.length;
    expect((await hanh.taps('Ghi')).text).toContain('Em đã ghi và nhắn anh Hùng nhận việc');
    expect(hung.heardSince(mine).text).toContain('Anh được cử làm Trưởng thôn Lâm Trì 1 từ 10/4/2026');
    await hung.taps('Nhận việc');
    expect((await hung.taps('Đúng')).text).toContain('Em đã ghi: từ 0 giờ ngày 10/4/2026');

    const sure = await hanh.says('trưởng thôn Lâm Trì 2 là chị Trịnh Thị Mận 0912 000 222');
    expect(sure.text).toContain(
      'Em ghi: Trưởng thôn Lâm Trì 2 từ 10/4/2026: chị Trịnh Thị Mận. Đúng không ạ?',
    );
    expect((await hanh.taps('Ghi')).text).toContain(
      'chị Mận mở kênh này, bấm «Chia sẻ số» là nhận việc được',
    );
    expect((await hanh.says('trưởng thôn Lâm Trì 1 là anh Nguyễn Văn Khác')).text).toContain(
      'đang là Trần Văn Hùng',
    );
    await world.clock.to('2026-04-10T08:05:00+07:00');
    expect((await hung.says('tình hình')).text).toContain('Lâm Trì 1');
  });
});
