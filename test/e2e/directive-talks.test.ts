import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import { PICTURE } from '../support/picture';
import type { Heard, Talker } from '../support/talker';
import { word } from '../support/word-document';

/** Orders in one commune, word for word where it matters: what is asked, what is refused, what people answer in their own words. */

const GO_ME = '99001-10';

let world: BotWorld;
let dung: Talker;
let hanh: Talker;
let tu: Talker;
let manh: Talker;

beforeAll(async () => {
  world = await BotWorld.start({
    at: '2026-03-16T08:05:00+07:00',
    env: { ZALO_MEDIA_HOSTS: 'zdn.vn,127.0.0.1' },
  });
  dung = await world.holder('24', 'department');
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
  manh = await world.holder(NGOC_TRI);
  await world.settle();
}, 60_000);

afterAll(() => world.close());

interface Listed {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly audience: { readonly label: string; readonly offices: number };
}

const listed = async (query = ''): Promise<readonly Listed[]> =>
  (await world.api.get<{ directives: Listed[] }>(`/api/v1/directives${query}`)).directives;

it('a text that says it is secret never becomes a draft', async () => {
  expect((await hanh.says('giao 12, tài liệu mật, toàn xã: rà soát')).text).toContain(
    'không gửi văn bản mật qua Zalo',
  );
  expect(await listed()).toEqual([]);
});

it('nor do words that are passed on with an answer, or end an order', async () => {
  await hanh.says('giao 11, hạn 21/3, thôn Ngọc Trì: nhận sổ tay');
  await hanh.taps('Gửi');
  expect((await manh.says('vướng 11: tài liệu mật chưa về')).text).toContain(
    'không gửi văn bản mật qua Zalo',
  );
  expect((await hanh.says('tiến độ 11')).text).not.toContain('vướng 1');
  const asked = await hanh.says('thu hồi 11: văn bản mật gửi nhầm');
  expect(asked.text).toContain('không gửi văn bản mật qua Zalo');
  expect((await hanh.says('gửi nhầm thôn')).buttons).toContain('Thu hồi');
  expect((await hanh.taps('Thu hồi')).text).toContain('11');
});

it('what one line did not say is asked, one thing at a time; a day off is named, not moved', async () => {
  const asked: (readonly [string, string])[] = [
    ['giao việc', 'Số, ký hiệu văn bản là gì, thưa '],
    ['12/KH-UBND', 'Nội dung giao của 12/KH-UBND là gì ạ?'],
    ['mỗi thôn gửi ảnh lớp học', 'Gửi cho ai, thưa '],
    ['thôn Không Có', 'Em chưa tìm thấy «thôn Không Có»'],
    ['hạn nộp', 'nộp trước 17:00 thứ Ba 17/3'],
    ['thôn Đông Lâm, Ngọc Trì', 'Hạn là khi nào, thưa '],
    ['cuối tuần', 'Em chưa rõ hạn là ngày nào'],
    ['22/3', 'hạn 17:00 Chủ nhật 22/3 (22/3 là Chủ nhật, ngày nghỉ)'],
  ];
  for (const [typed, answer] of asked) expect((await hanh.says(typed)).text).toContain(answer);
  expect(await listed('?status=draft')).toMatchObject([{ number: '12/KH-UBND', audience: { offices: 2 } }]);
  expect(tu.heardSince(0).text).not.toContain('12/KH-UBND');
});

it('before it goes out anything can be changed; an officer’s own needs no second key inside the commune', async () => {
  await hanh.taps('Sửa');
  await hanh.taps('Hạn');
  const shown = await hanh.says('20/3');
  expect(shown.text).toContain('hạn 17:00 thứ Sáu 20/3');
  expect(shown.text).toContain('Gửi: thôn Đông Lâm, thôn Ngọc Trì – 2 trưởng thôn');
  const before = tu.person.heard.length;
  expect((await hanh.taps('Gửi')).text).toContain('Đã phát 12/KH-UBND');
  const heard = tu.heardSince(before);
  expect(heard.text).toBe('📌 12/KH-UBND – hạn 17:00 thứ Sáu 20/3\nmỗi thôn gửi ảnh lớp học');
  expect(heard.buttons).toEqual(['Đã nhận', 'Đã xong', 'Vướng']);
});

it('network 1.5 case 3: with two open a lone «ok» means the one that was just shown, anything else without a number the only one left or is asked', async () => {
  await hanh.says('giao 13, kèm ảnh, hạn 19/3, thôn Đông Lâm, Ngọc Trì: dọn nhà văn hóa');
  await hanh.says('1');
  const asked = await manh.says('em đã nhận rồi ạ');
  expect(asked.text).toContain('cho văn bản nào ạ?');
  expect(asked.buttons).toEqual(['12/KH-UBND', '13']);
  expect((await tu.says('ok')).text).toContain('thôn Đông Lâm đã nhận 13 lúc 08:0');
  expect((await tu.says('da nhan')).text).toContain('thôn Đông Lâm đã nhận 12/KH-UBND lúc 08:0');
  expect((await tu.says('1')).text).toContain('08:00 thứ Ba 17/3 em hỏi lại về 12/KH-UBND');
});

it('«xong» without the picture stays done and waits for it; a link will do', async () => {
  const done = await tu.says('xong 13');
  expect(done.text).toContain('thôn Đông Lâm đã xong 13');
  expect(done.text).toContain('Còn thiếu ảnh hoặc đường dẫn');
  expect((await hanh.says('tiến độ 13')).text).toContain('Xong nhưng còn thiếu ảnh: 1');
  expect((await tu.says('https://thon.vn/anh')).text).toContain('giữ kèm minh chứng');
  expect((await hanh.says('tiến độ 13')).text).not.toContain('còn thiếu ảnh');
});

it('«vướng» and «không thuộc tôi» in the words of the village; the officer reads both', async () => {
  expect((await manh.says('bị vướng 12 chỗ máy chiếu')).text).toContain('Có người trả lời trước 09:');
  expect((await manh.says('không thuộc tôi 13')).text).toContain('việc này của ai ạ?');
  expect((await manh.says('việc của thôn Đông Lâm')).text).toContain('thôn Ngọc Trì báo 13 không thuộc mình');
  const seen = await hanh.says('tiến độ 13');
  expect(seen.text).toContain('xong 1 · không thuộc mình 1');
  expect(seen.text).toContain('thôn Ngọc Trì – báo không thuộc mình: việc của thôn Đông Lâm');
});

it('the same number twice is asked about, and a draft that is dropped is gone', async () => {
  const asked = await hanh.says('giao 13, hạn 21/3, toàn xã: việc khác');
  expect(asked.buttons).toEqual(['Thay văn bản cũ', 'Văn bản khác', 'Sửa số']);
  expect((await hanh.taps('Văn bản khác')).text).toContain('Hiện chưa nhắn được 27 nơi');
  expect((await hanh.taps('Bỏ')).text).toContain('chưa gửi gì ạ');
  expect(await listed('?status=draft')).toEqual([]);
});

it('a recall is confirmed once and tells those who were told', async () => {
  const sure = await hanh.says('thu hồi 12: gửi nhầm');
  expect(sure.buttons).toEqual(['Thu hồi', 'Thôi, giữ nguyên']);
  const before = tu.person.heard.length;
  await hanh.taps('Thu hồi');
  expect(tu.heardSince(before).text).toBe('12/KH-UBND đã thu hồi, bác không cần làm nữa ạ.');
  expect((await tu.says('đã nhận 12')).text).toContain('12/KH-UBND đã thu hồi lúc 08:0');
  expect((await listed('?status=recalled')).map(({ number }) => number).sort()).toEqual(['11', '12/KH-UBND']);
});

it('a deadline is moved after it went out: shown with what it was, told once; not by others', async () => {
  expect((await dung.says('dời hạn 13 đến 25/3')).text).toContain('13 do nơi khác phát');
  expect((await hanh.says('dời hạn 13')).text).toContain('Hạn đang là 17:00 thứ Năm 19/3');
  expect((await hanh.says('hôm nào rảnh')).text).toContain('Em chưa rõ hạn là ngày nào');
  const sure = await hanh.says('22/3');
  expect(sure.text).toContain(
    'Hạn 13 lùi lại: từ 17:00 thứ Năm 19/3 thành 17:00 Chủ nhật 22/3 (22/3 là Chủ nhật, ngày nghỉ).',
  );
  expect(sure.buttons).toEqual(['Dời hạn', 'Thôi, giữ nguyên']);
  const before = manh.person.heard.length;
  expect((await hanh.taps('Dời hạn')).text).toContain('Em đã dời hạn 13 sang 17:00 Chủ nhật 22/3');
  // Ngọc Trì said that it is not its own, Đông Lâm is done: nobody has to hear of it.
  expect(manh.heardSince(before).text).toBe('');
  await hanh.says('giao 15, hạn 20/3, thôn Ngọc Trì: treo băng rôn');
  await hanh.taps('Gửi');
  await hanh.says('rút ngắn hạn 15 về 9:00 19/3');
  const told = manh.person.heard.length;
  await hanh.taps('Dời hạn');
  expect(manh.heardSince(told).text).toContain(
    '⏰ 15: hạn sớm hơn, từ 17:00 thứ Sáu 20/3 lên 09:00 thứ Năm 19/3',
  );
  expect(manh.heardSince(told).buttons).toEqual(['Đã nhận', 'Đã xong', 'Vướng']);
  const found = await world.api.get<{ directives: { number: string; deadline: string }[] }>(
    '/api/v1/directives',
  );
  expect(found.directives.find(({ number }) => number === '15')?.deadline).toBe('2026-03-19T09:00:00+07:00');
  await hanh.says('thu hồi 15: xong rồi');
  await hanh.taps('Thu hồi');
});

it('network 1.5 case 6: communes without an officer stop an order and are named; nobody can be the second key of their own', async () => {
  const gaps = await dung.says('giao 200, hạn 20/3, toàn tỉnh: rà soát');
  expect(gaps.text).toContain('Còn 99 xã, phường chưa có cán bộ phụ trách: ');
  expect(gaps.buttons).toEqual(['Gửi cho chủ tịch', 'Đổi nơi nhận', 'Bỏ']);
  const blocked = await dung.taps('Gửi cho chủ tịch');
  expect(blocked.text).toContain('hiện chưa có ai khác giữ việc đó');
  expect(blocked.buttons).toEqual(['Sửa', 'Bỏ']);
  await dung.says('bỏ');
  expect((await dung.says('giao 201, hạn 20/3, các xã thí điểm: rà soát')).text).toContain(
    'hiện chưa có nơi nào',
  );
  await dung.says('bỏ');
});

it('a village gives no orders, and sees none of how others stand', async () => {
  expect((await tu.says('tiến độ 13')).text).not.toContain('Đã gửi');
  for (const typed of ['giao 1, toàn xã: dọn dẹp', 'thu hồi 13', 'duyệt 13'])
    expect((await tu.says(typed)).text).toContain('phần này của cán bộ');
  expect((await dung.says('thu hồi 13')).text).toContain('13 do nơi khác phát');
});

it('network 1.5 case 7: who leads two villages reads one message that names both, and answers for both or for each', async () => {
  await tu.saysQuickly(world.code(GO_ME, 'village_head'));
  await tu.says('đúng');
  const before = tu.person.heard.length;
  await hanh.says('giao 14, hạn 20/3, thôn Đông Lâm, Gò Me: mở lớp tối');
  await hanh.taps('Gửi');
  const told = tu.heardSince(before);
  expect(told.text.match(/📌/g)).toHaveLength(1);
  expect(told.text).toContain('Cho: thôn Đông Lâm, thôn Gò Me');
  const asked = await tu.says('đã nhận 14');
  expect(asked.buttons).toEqual(['Cả 2 nơi', 'thôn Đông Lâm', 'thôn Gò Me']);
  expect((await tu.taps('Cả 2 nơi')).text).toContain('thôn Đông Lâm, thôn Gò Me đã nhận 14');
  await tu.says('xong 14');
  expect((await tu.taps('thôn Gò Me')).text).toContain('thôn Gò Me đã xong 14');
  expect((await hanh.says('tiến độ 14')).text).toContain('đã nhận 1 · xong 1');
});

it('«xong» is proved by a picture of the village', async () => {
  await hanh.says('giao 17, kèm ảnh, hạn 20/3, thôn Ngọc Trì: quét nhà văn hóa');
  await hanh.taps('Gửi');
  expect((await manh.says('xong 17')).text).toContain('Còn thiếu ảnh hoặc đường dẫn');
  const before = manh.person.heard.length;
  const url = world.zalo.media.keep('anh.png', PICTURE);
  await manh.person.sends('image', { thumbnail: url, url });
  await world.settle();
  expect(manh.heardSince(before).text).toContain('giữ kèm minh chứng vừa gửi');
  const progress = (await hanh.says('tiến độ 17')).text;
  expect(progress).not.toContain('còn thiếu ảnh');
  expect(progress).toContain('Có 1 ảnh, giấy tờ báo xong: chị nhắn «xem ảnh công văn 17»');
});

it('whoever sees how it stands opens the picture, long after the messenger’s own copy is gone; the audit says who did', async () => {
  for (const words of ['xem ảnh công văn 17', 'xem minh chứng cv 17 thôn Ngọc Trì']) {
    const since = hanh.person.heard.length;
    await hanh.says(words);
    const shown = hanh.heardSince(since);
    expect(shown.text).toContain('Em vừa gửi 1 mục các nơi báo xong 17:\n1. thôn Ngọc Trì, lúc ');
    expect(shown.bubbles).toHaveLength(2);
  }
  expect((await hanh.says('xem ảnh công văn 17 thôn Đông Lâm')).text).toContain('Nơi đó chưa gửi ảnh');
  expect((await hanh.says('xem ảnh công văn 12')).text).toContain(
    'Chưa có nơi nào gửi ảnh hay giấy tờ của 12/KH-UBND',
  );
  expect((await tu.says('xem ảnh công văn 17')).text).not.toContain('Em vừa gửi');
  const { entries } = await world.api.get<{ entries: { act: string; subject: string }[] }>(
    `/api/v1/audit?unit=${TAN_HOA}`,
  );
  expect(entries.filter(({ act }) => act === 'evidence.seen')).toHaveLength(2);
});

/** Somebody sends a file as the messenger hands it over: an address, a name, and its size as text. */
async function sends(talker: Talker, name: string, bytes: Buffer): Promise<Heard> {
  const before = talker.person.heard.length;
  const url = world.zalo.media.keep(name, bytes);
  await talker.person.sends('file', { url, name, size: String(bytes.length), type: name.split('.').at(-1) });
  await world.settle();
  await world.settle();
  return talker.heardSince(before);
}

const PDF = Buffer.from('%PDF-1.4 ke hoach');

describe('network 1.5 case 11: a file that goes with an order', () => {
  it('is attached to the draft, and what cannot travel is said at once with what to do instead', async () => {
    const shown = await hanh.says('giao 16, hạn 20/3, thôn Đông Lâm: tuyên truyền dịch vụ công');
    expect(shown.text).toContain('Muốn gửi kèm văn bản, chị gửi tệp hoặc ảnh vào đây');
    const taken = await sends(hanh, 'ke-hoach.pdf', PDF);
    expect(taken.text).toContain('📎 Em nhận «ke-hoach.pdf», gửi kèm văn bản này.');
    expect(taken.text).toContain('📎 Kèm: ke-hoach.pdf.');
    expect(taken.buttons).toEqual(['Gửi', 'Sửa', 'Bỏ']);
    const large = await sends(hanh, 'phu-luc.pdf', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'));
    expect(large.text).toContain('«phu-luc.pdf» lớn quá 5 MB nên Zalo không gửi được');
    expect(large.text).toContain('📎 Kèm: ke-hoach.pdf.');
    expect((await sends(hanh, 'bang.xlsx', Buffer.from('PK'))).text).toContain('chưa kèm «bang.xlsx»');
    const link = await hanh.says('https://tanhoa.bacninh.gov.vn/phu-luc.pdf');
    expect(link.text).toContain('📎 Kèm: ke-hoach.pdf, https://tanhoa.bacninh.gov.vn/phu-luc.pdf.');
  });

  it('marked secret, in its name or on its first page, it is neither kept nor sent', async () => {
    expect((await sends(hanh, 'Công văn MẬT.pdf', PDF)).text).toContain(
      '«Công văn MẬT.pdf» có dấu mật, em không giữ và không gửi đi',
    );
    const stamped = await sends(hanh, 'chi-thi.docx', word('UBND XÃ TÂN HÒA', 'TỐI MẬT', 'Kính gửi'));
    expect(stamped.text).toContain('«chi-thi.docx» có dấu mật, em không giữ');
    expect((await hanh.says('bao nhiêu nơi nhận')).text).not.toContain('chi-thi.docx');
  });

  it('travels with the order: whoever it is for opens it by «Xem văn bản», nobody else', async () => {
    const before = tu.person.heard.length;
    expect((await hanh.says('gửi')).text).toContain('Đã phát 16');
    const told = tu.heardSince(before);
    expect(told.text).toContain('📎 Kèm: ke-hoach.pdf, https://');
    expect(told.buttons).toEqual(['Đã nhận', 'Đã xong', 'Vướng', 'Xem văn bản']);
    const opened = await tu.taps('Xem văn bản');
    expect(opened.text).toContain('tuyên truyền dịch vụ công\n📎 Em gửi kèm: ke-hoach.pdf');
    expect(opened.text).toContain('📎 Văn bản ở đây: https://tanhoa.bacninh.gov.vn/phu-luc.pdf');
    const files = opened.bubbles.flatMap(({ media }) => (media ? [media] : []));
    expect(files).toMatchObject([{ kind: 'file', name: 'ke-hoach.pdf' }]);
    expect(opened.buttons).toEqual(['Đã nhận', 'Đã xong', 'Vướng']);
    expect((await manh.says('xem văn bản 16')).text).toContain('Em không thấy văn bản này');
    expect((await sends(hanh, 'muon.pdf', PDF)).text).toContain('Em chưa rõ tệp này để làm gì');
    await hanh.says('thu hồi 16: nhầm');
    await hanh.taps('Thu hồi');
    expect((await tu.says('cho xem nội dung công văn 16')).text).toContain('16 đã thu hồi');
  });
});

it('network 1.5 case 8: a line of the commune after its villages were told is told again only where it changes a day or a place', async () => {
  await dung.says('giao 210, gấp, hạn 20/3, xã Tân Hòa: mở lớp buổi tối');
  await dung.says('Gửi');
  const before = tu.person.heard.length;
  expect((await hanh.says('đã nhận 210: nhớ mang theo sổ')).text).toContain('Kèm dòng: nhớ mang theo sổ');
  expect(tu.heardSince(before).text).toBe('');
  expect((await tu.says('xem văn bản 210')).text).toContain('Xã Tân Hòa ghi thêm: nhớ mang theo sổ');
  const again = tu.person.heard.length;
  await hanh.says('đã nhận 210: chuyển sang hội trường xã');
  expect(tu.heardSince(again).text).toContain('Xã Tân Hòa ghi thêm: chuyển sang hội trường xã');
});

it('network 1.5 case 12: what is said in the practice month counts nowhere; an order is answered from it as ever', async () => {
  const counts = async () => {
    const found = (await listed()).find(({ number }) => number === '210');
    return (
      await world.api.get<{ counts: Record<string, number> }>(`/api/v1/directives/${found?.id}/progress`)
    ).counts;
  };
  const before = await counts();
  await manh.says('tập thử');
  for (const typed of ['418', '5', '121', '14']) await manh.says(typed);
  expect((await manh.says('gửi')).text).toContain('tập');
  expect(await world.api.submission(NGOC_TRI)).toBeUndefined();
  expect(await counts()).toEqual(before);
  await manh.says('tập thử');
  expect((await manh.says('đã nhận 210')).text).toContain('thôn Ngọc Trì đã nhận 210');
  const after = await counts();
  expect(after['acknowledged']).toBe((before['acknowledged'] ?? 0) + 1);
  expect(Object.values(after).reduce((sum, one) => sum + one, 0)).toBe(
    Object.values(before).reduce((sum, one) => sum + one, 0),
  );
});

it('network 1.5 case 14: to one place it is an order with all that follows; without a deadline nothing goes out', async () => {
  const told = manh.person.heard.length;
  expect((await hanh.says('giao 220, thôn Ngọc Trì: mai xã cắt điện từ 8 giờ')).text).toContain(
    'Hạn là khi nào, thưa ',
  );
  expect(manh.heardSince(told).text).toBe('');
  await hanh.says('20/3');
  await hanh.taps('Gửi');
  expect(manh.heardSince(told).buttons).toEqual(['Đã nhận', 'Đã xong', 'Vướng']);
  await world.clock.to('2026-03-17T09:00:00+07:00');
  expect(manh.heardSince(told).text).toContain('Xác nhận công văn 220');
});

it('an officer answers for a silent village with the reason; it is marked, told, and gives way to the village’s own word', async () => {
  await hanh.says('giao 61, hạn 27/3, thôn Đông Lâm, Ngọc Trì: nhận sổ tay');
  await hanh.taps('Gửi');
  await tu.says('đang làm 61');
  expect((await hanh.says('nhận thay 61 cho thôn Đông Lâm: đã gọi')).text).toContain(
    'Thôn Đông Lâm đã tự báo đang làm 61',
  );
  expect((await hanh.says('nhận thay thôn Khe Sim 61: đã gọi')).text).toContain(
    'Em không thấy «thôn Khe Sim»',
  );
  expect((await hanh.says('nhận thay thôn Ngọc Trì 61: tài liệu mật')).text).toContain(
    'không gửi văn bản mật',
  );
  expect((await tu.says('nhận thay thôn Ngọc Trì 61: đã gọi')).text).toContain('phần này của cán bộ');
  const before = manh.person.heard.length;
  expect((await hanh.says('nhận thay 61')).text).toContain('Vì sao chị nhận thay 61 cho thôn Ngọc Trì ạ?');
  expect((await hanh.taps('Đã gọi điện')).text).toContain('Em ghi: nhận thay 61 cho thôn Ngọc Trì lúc');
  const told = manh.heardSince(before);
  expect(told.text).toContain('Xã Tân Hòa đã nhận thay 61 (hạn 17:00 thứ Sáu 27/3) cho thôn Ngọc Trì');
  expect(told.buttons).toEqual(['Đã nhận', 'Đã xong', 'Vướng']);
  const seen = await hanh.says('tiến độ 61');
  expect(seen.text).toContain('Trong đó nhận thay: 1');
  expect(seen.text).toContain('đã nhận (xã Tân Hòa nhận thay: đã gọi điện, bên ấy nắm rồi)');
  await manh.taps('Đã nhận');
  expect((await hanh.says('tiến độ 61')).text).not.toContain('nhận thay');
});

it('an order for a set time: shown, kept, moved, recalled before it leaves; at its time it goes out', async () => {
  const told = manh.person.heard.length;
  const asked = await hanh.says(
    'giao 71, hẹn giờ 3h mai, hỏi lại 2 ngày một lần, hạn 27/3, thôn Ngọc Trì: treo băng rôn',
  );
  expect(asked.text).toContain('Em chưa rõ hẹn gửi lúc mấy giờ');
  expect((await hanh.says('7h sáng 28/3')).text).toContain('Giờ hẹn gửi phải trước hạn');
  const shown = await hanh.says('5h sáng mai');
  expect(shown.text).toContain(
    '⏳ Gửi lúc 05:00 thứ Tư 18/3; giờ ấy em không nhắn, nên các nơi đọc từ 06:30 thứ Tư 18/3.',
  );
  expect(shown.text).toContain('cứ 2 ngày em hỏi đến đâu rồi');
  expect((await hanh.says('không hỏi lại')).text).toContain('Em không hỏi lại giữa chừng');
  expect((await hanh.says('hẹn giờ 7h sáng mai')).text).toContain('⏳ Gửi lúc 07:00 thứ Tư 18/3.');
  expect((await hanh.taps('Gửi')).text).toContain(
    'Em giữ 71 (1 trưởng thôn, tổ trưởng), đến 07:00 thứ Tư 18/3',
  );
  expect(await listed('?status=scheduled')).toMatchObject([
    { number: '71', state: 'scheduled', sendAt: '2026-03-18T07:00:00+07:00', issuedAt: null },
  ]);
  expect((await hanh.says('tiến độ 71')).text).toContain('71 – đã hẹn gửi lúc 07:00 thứ Tư 18/3');
  expect((await hanh.says('đóng 71: đủ rồi')).text).toContain('71 chưa phát, em hẹn gửi lúc 07:00');
  expect((await dung.says('gửi ngay 71')).text).toContain('71 do nơi khác hẹn gửi');
  const sure = await hanh.says('dời giờ gửi 71 sang 7h30 sáng mai');
  expect(sure.text).toContain('từ 07:00 thứ Tư 18/3 sang 07:30 thứ Tư 18/3');
  expect((await hanh.taps('Dời giờ gửi')).text).toContain('Em đã dời giờ gửi 71 sang 07:30');
  await hanh.says('giao 72, hẹn giờ 7h sáng mai, hạn 27/3, thôn Ngọc Trì: việc gửi nhầm');
  await hanh.taps('Gửi');
  expect((await hanh.says('thu hồi 72: nhầm')).text).toContain('Văn bản chưa gửi cho ai');
  await hanh.taps('Thu hồi');
  expect(manh.heardSince(told).text).not.toContain('📌 7');
  await world.clock.to('2026-03-18T07:29:00+07:00');
  expect(manh.heardSince(told).text).not.toContain('📌 71');
  await world.clock.to('2026-03-18T07:31:00+07:00');
  expect(manh.heardSince(told).text).toContain('📌 71 – hạn 17:00 thứ Sáu 27/3');
  expect(manh.heardSince(told).text).not.toContain('📌 72');
});

it('a practice is written ready, shown, and marked wherever it is read', async () => {
  const told = manh.person.heard.length;
  const shown = await hanh.says('diễn tập thôn Đông Lâm, Ngọc Trì');
  expect(shown.text).toContain('326/DT (diễn tập) – hạn 17:00 thứ Năm 19/3');
  expect(shown.text).toContain('Gửi: thôn Đông Lâm, thôn Ngọc Trì – 2 trưởng thôn');
  await hanh.taps('Gửi');
  expect(manh.heardSince(told).text).toContain('🟡 Diễn tập, không phải việc thật');
  expect((await manh.says('đã nhận 326')).text).toContain('thôn Ngọc Trì đã nhận 326/DT (diễn tập)');
  expect((await hanh.says('tiến độ 326')).text).toContain('Tự trả lời: trong 1 giờ 1');
  expect(await listed('?status=issued')).toContainEqual(
    expect.objectContaining({ number: '326/DT (diễn tập)', practice: true }),
  );
  const before = hanh.person.heard.length;
  await hanh.says('đóng 326: đã thử xong');
  await hanh.taps('Kết thúc');
  expect(hanh.heardSince(before).text).toContain(
    'không trả lời 1, không tới được 0.\nChưa trả lời: thôn Đông Lâm.',
  );
});

it('«nhắn lại» shows how many and which before anything goes out, and writes to the silent ones alone', async () => {
  await hanh.says('giao 81, gấp, hạn 27/3, thôn Đông Lâm, Ngọc Trì, Chùa Hạ: phát sổ tay');
  await hanh.taps('Gửi');
  await tu.says('đã nhận 81');
  const [silent, answered] = [manh.person.heard.length, tu.person.heard.length];
  const asked = await hanh.says('nhắn lại 81');
  expect(asked.text).toBe(
    'Em nhắn lại 81 cho 1 nơi chưa trả lời: thôn Ngọc Trì. Còn 1 nơi em không nhắn tới được, nhờ chị gọi. Chị gửi chứ ạ?',
  );
  expect(manh.heardSince(silent).text).toBe('');
  expect((await hanh.taps('Nhắn lại')).text).toContain('Em nhắn lại 81 cho 1 nơi chưa trả lời');
  expect(manh.heardSince(silent).text).toContain('Em nhắc lại 81');
  expect(tu.heardSince(answered).text).toBe('');
  expect((await tu.says('nhắn lại 81')).text).not.toContain('chưa trả lời');
});
