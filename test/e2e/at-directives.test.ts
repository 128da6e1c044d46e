import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-21 and AT-22: an order that travels down, what comes back up, and one that replaces another. */

const MEMBERS = 'unit_code,role,full_name,phone,title';
const UNITS = 'code,level,name,kind,parent_code,valid_from,valid_to,adults,households,population';
const VAN_SON = '99002';
const SUOI_MO = '99002-01';
const COUNTS = [
  'waiting',
  'delivered',
  'seen',
  'acknowledged',
  'doing',
  'done',
  'stuck',
  'not_mine',
  'unreachable',
];

interface Progress {
  readonly id: string;
  readonly unit: string;
  readonly state: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly children: readonly Progress[];
}

interface Listed {
  readonly id: string;
  readonly number: string;
  readonly text: string;
  readonly urgency: string;
  readonly deadline: string;
  readonly issuedAt: string | null;
  readonly by: string;
  readonly confirmedBy: string | null;
  readonly audience: { readonly label: string; readonly offices: number };
  readonly supersedes: string | null;
}

let world: BotWorld;
let dung: Talker;
let nga: Talker;
let hanh: Talker;
let tu: Talker;
let hung: Talker;
let manh: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-16T08:05:00+07:00' });
  const codes = await world.importSheets({
    units: `${UNITS}\n${VAN_SON},commune,Vân Sơn Thử,xã,24,2025-07-01,,,,\n${SUOI_MO},village,Suối Mỏ,thôn,${VAN_SON},2025-07-01,,,,`,
    members: [
      MEMBERS,
      '24,department,Trần Thị Nga,,chị',
      `${TAN_HOA},commune_chair,Lê Văn Chủ,,anh`,
      `${VAN_SON},commune_officer,Vũ Thị Sơn,,chị`,
    ].join('\n'),
  });
  const joins = async (name: string, post: string): Promise<Talker> => {
    const talker = world.stranger(name);
    await talker.saysQuickly(codes.get(post) as string);
    await talker.saysQuickly('đúng');
    return talker;
  };
  dung = await world.holder('24', 'department');
  nga = await joins('Nga', '24/department');
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
  hung = await world.holder(DONG_LAM, 'village_deputy');
  manh = await world.holder(NGOC_TRI);
  await world.settle();
}, 60_000);

afterAll(() => world.close());

const listed = async (number: string): Promise<Listed> => {
  const { directives } = await world.api.get<{ directives: Listed[] }>('/api/v1/directives');
  const found = directives.find((one) => one.number === number);
  if (!found) throw new Error(`no directive ${number}`);
  return found;
};

const progress = async (number: string): Promise<Progress> =>
  world.api.get<Progress>(`/api/v1/directives/${(await listed(number)).id}/progress`);

const sum = ({ counts }: Progress): number => Object.values(counts).reduce((all, one) => all + one, 0);

it('AT-21: one line is read back with recipients, cost and minutes, and waits for the second key', async () => {
  const shown = await dung.says(
    'giao 145/UBND-VX, hạn 20/3, xã Tân Hòa, xã Vân Sơn Thử: mỗi thôn mở ít nhất 1 buổi học trong tuần',
  );
  expect(shown.text).toContain('145/UBND-VX – hạn 17:00 thứ Sáu 20/3');
  expect(shown.text).toContain('2 xã, phường, 30 trưởng thôn');
  expect(shown.text).toContain('32 phút công');
  expect(shown.text).toContain('Cần người thứ hai duyệt: chị Nga');
  const before = nga.person.heard.length;
  const sent = await dung.says('Gửi');
  expect(sent.text).toContain('cho chị Nga duyệt');
  expect(nga.heardSince(before).text).toContain('duyệt giúp em 145/UBND-VX');
  expect((await listed('145/UBND-VX')).confirmedBy).toBeNull();
  expect((await dung.says('duyệt 145')).text).toContain('cần người khác duyệt');
  expect((await progress('145/UBND-VX')).state).toBe('waiting');
});

it('AT-21: with the second key communes hear of it, their villages not yet', async () => {
  const [officer, village] = [hanh.person.heard.length, tu.person.heard.length];
  const list = await nga.says('chờ duyệt');
  expect(list.text).toContain('📌 145/UBND-VX');
  expect(list.buttons).toContain('Duyệt 145');
  expect((await nga.taps('Duyệt 145')).text).toContain('Đã duyệt 145/UBND-VX');
  const heard = hanh.heardSince(officer);
  expect(heard.text).toContain('📌 145/UBND-VX – hạn 17:00 thứ Sáu 20/3');
  expect(heard.buttons).toEqual(['Đã nhận', 'Nhận, ghi thêm', 'Vướng', 'Không thuộc tôi']);
  expect(tu.heardSince(village).text).toBe('');
  const one = await listed('145/UBND-VX');
  expect(one).toMatchObject({
    urgency: 'normal',
    audience: { offices: 32 },
    deadline: '2026-03-20T17:00:00+07:00',
    supersedes: null,
  });
  expect(one.confirmedBy).not.toBeNull();
  expect(one.confirmedBy).not.toBe(one.by);
  const tree = await progress('145/UBND-VX');
  expect(Object.keys(tree.counts)).toEqual(COUNTS);
  expect([tree.unit, tree.state, sum(tree)]).toEqual(['24', 'issued', 32]);
  expect(tree.children.map(({ unit, children }) => [unit, children.length])).toEqual([
    [TAN_HOA, 29],
    [VAN_SON, 1],
  ]);
});

it('AT-21: with the commune’s word, and its one line, villages get it with the deadline it had', async () => {
  const before = tu.person.heard.length;
  await hanh.taps('Nhận, ghi thêm');
  expect((await hanh.says('mượn máy chiếu gặp anh Bình')).text).toContain('Em gửi tiếp cho 29 thôn');
  const heard = tu.heardSince(before);
  expect(heard.text).toContain('📌 145/UBND-VX – hạn 17:00 thứ Sáu 20/3');
  expect(heard.text).toContain('Xã Tân Hòa ghi thêm: mượn máy chiếu gặp anh Bình');
  expect(heard.buttons).toEqual(['Đã nhận', 'Đã xong', 'Vướng']);
  const commune = (await progress('145/UBND-VX')).children[0] as Progress;
  expect([commune.state, sum(commune)]).toEqual(['acknowledged', 30]);
});

it('AT-21: head and deputy answer for one office; a stuck village is heard in its commune', async () => {
  expect((await tu.taps('Đã nhận')).text).toContain('thôn Đông Lâm đã nhận 145/UBND-VX');
  expect((await hung.says('da nhan 145')).text).toContain('đã báo đã nhận từ');
  const before = hanh.person.heard.length;
  await manh.taps('Vướng');
  expect((await manh.taps('Thiếu thiết bị')).text).toContain('Có người trả lời trước 09:');
  const told = hanh.heardSince(before);
  expect(told.text).toContain('145/UBND-VX: thiếu thiết bị');
  const { threads } = await world.api.get<{ threads: { kind: string; unit: string; state: string }[] }>(
    '/api/v1/threads',
  );
  expect(threads).toMatchObject([{ kind: 'stuck', unit: NGOC_TRI, state: 'waiting' }]);
  const tree = await progress('145/UBND-VX');
  expect(tree.counts).toMatchObject({ acknowledged: 2, stuck: 1 });
  expect(sum(tree)).toBe(32);
  const seen = await dung.says('tiến độ 145');
  expect(seen.text).toContain('vướng 1');
  expect(seen.text).toContain('/32');
});

it('AT-22, network 1.5 case 4: an answer to what was replaced is kept as late, and the new one is offered', async () => {
  await world.clock.to('2026-03-18T09:00:00+07:00');
  const asked = await dung.says('thay 145 bằng 151/UBND-VX');
  expect(asked.text).toContain('Nội dung giao của 151/UBND-VX');
  const shown = await dung.says('mỗi thôn mở 2 buổi học trong tuần');
  expect(shown.text).toContain('151/UBND-VX – hạn 17:00 thứ Sáu 20/3');
  await dung.says('Gửi');
  await nga.says('duyệt 151');
  expect((await listed('151/UBND-VX')).supersedes).toBe((await listed('145/UBND-VX')).id);
  expect((await progress('145/UBND-VX')).state).toBe('superseded');

  await world.clock.to('2026-03-19T08:30:00+07:00');
  const first = tu.person.heard.find(({ text }) => text.includes('📌 145/UBND-VX'));
  const late = await tu.taps('Đã xong', first);
  expect(late.text).toContain('145/UBND-VX đã được thay bằng 151/UBND-VX từ 09:00 thứ Tư 18/3');
  expect(late.buttons).toEqual(['Đã nhận 151']);
  expect((await tu.taps('Đã nhận 151')).text).toContain('thôn Đông Lâm đã nhận 151/UBND-VX');
});
