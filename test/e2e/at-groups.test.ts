import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Group } from '../../src/simulator/openapi/group-store';
import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-23: the group of a commune mirrors who holds which post; the officer agrees to each change, and no figure is taken from it. */

const ADMIN = '7788990011223344556';
const MEMBERS = 'unit_code,role,full_name,phone,title';
const CREATE = '/group/creategroupwithoa';

let world: BotWorld;
let hanh: Talker;
let tu: Talker;
let hung: Talker;
let manh: Talker;
let an: Talker;

const groups = (): readonly Group[] => world.zalo.groups.all();
const theGroup = (): Group => groups().findLast(({ hasOa }) => hasOa) as Group;
const isInside = ({ id }: Talker): boolean => theGroup().members.includes(id);
/** What the bot wrote into the group since a place of its chat. */
const posted = (since: number): string[] =>
  theGroup()
    .chat.slice(since)
    .filter(({ from }) => from === 'oa')
    .map(({ text }) => text);
async function saysInGroup(talker: Talker, text: string): Promise<void> {
  await world.zalo.groupLife.says(theGroup(), talker.id, { text });
  await world.settle();
}

beforeAll(async () => {
  world = await BotWorld.start({
    at: '2026-03-11T09:00:00+07:00',
    env: { ZALO_GROUP_ADMINS: ADMIN, ZALO_GROUP_OPENS_WINDOW: 'on', ZALO_TIMEOUT_MS: '700' },
  });
  world.zalo.person(ADMIN, 'Quản trị OA').followsSinceLong();
  world.zalo.account.change({ admins: [ADMIN] });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
  hung = await world.holder(DONG_LAM, 'village_deputy');
  manh = await world.holder(NGOC_TRI);
  an = await world.holder('99001-01');
  await world.settle();
}, 60_000);

afterAll(() => world.close());

it('network 2 «does not follow yet»: is made only when the officer has agreed: with an administrator of the account, and without whom Zalo refuses', async () => {
  an.person.refuses(-217);
  const none = await hanh.says('nhóm');
  expect(none.text).toContain('chưa có nhóm Zalo chính thức');
  const preview = await hanh.taps('Lập nhóm');
  expect(preview.text).toContain('«Học vụ số xã Tân Hòa»');
  expect(preview.text).toContain('mời 5 người đã nhận việc');
  expect(groups()).toEqual([]);
  const before = hanh.person.heard.length;
  expect((await hanh.says('đồng ý')).text).toContain('Em đang lập nhóm');
  await world.settle();
  const told = hanh.heardSince(before).text;
  expect(told).toContain('Em lập xong nhóm «Học vụ số xã Tân Hòa» rồi ạ: 5 người trong nhóm');
  expect(told).toContain('Chưa mời được 1: Trần Văn An (Bãi Cháy)');
  expect(theGroup().members).toEqual(expect.arrayContaining([ADMIN, hanh.id, tu.id, hung.id, manh.id]));
  expect(isInside(an)).toBe(false);
  expect(theGroup().settings.join_appr).toBe(true);
});

it('answers figures and phone numbers typed there with the way to the private chat, once a day for each person, and keeps none', async () => {
  const since = theGroup().chat.length;
  await saysInGroup(tu, 'Mai mấy giờ họp các bác?');
  expect(posted(since)).toEqual([]);
  await saysInGroup(tu, 'thôn tôi 412 người, 5 buổi');
  await saysInGroup(tu, 'sửa lại 415 người, gọi tôi 0912 000 111');
  expect(posted(since)).toEqual([
    `Em cảm ơn bác. Nhóm không ghi nhận số liệu; để số liệu không bị trôi, bác nhắn riêng tại đây ạ: https://zalo.me/${world.zalo.desk.oaId}`,
  ]);
  await saysInGroup(manh, '412 người');
  expect(posted(since)).toHaveLength(2);
  const [board] = theGroup().chat.filter(({ from }) => from === 'oa');
  await world.zalo.groupLife.says(theGroup(), hung.id, {
    text: 'thôn em 4321 người',
    quote: board?.id ?? '',
  });
  await world.settle();
  expect(posted(since)).toHaveLength(3);
  // What is looked for would be found there, with the store that the program brings.
  expect(stored().includes('group-detour')).toBe(!process.env['TEST_MONGODB_URI']);
  expect(stored()).not.toMatch(/4321|0912 000 111/);
  expect(await world.api.submission(DONG_LAM)).toBeUndefined();
  expect((await hanh.says('nhập hộ')).text).not.toContain('412');
});

it('posts one board a day in the afternoon: which villages have sent, no figure, nothing twice', async () => {
  await tu.saysQuickly('412 5 60 30');
  expect((await tu.says('gửi')).text).toContain('Đã gửi');
  const since = theGroup().chat.length;
  await world.clock.to('2026-03-11T15:29:00+07:00');
  expect(posted(since)).toEqual([]);
  await world.clock.to('2026-03-11T15:31:00+07:00');
  const [board = '', ...more] = posted(since);
  expect(more).toEqual([]);
  expect(board).toMatch(
    /^Tân Hòa 11\/3 – đã nộp 1\/29\. Còn: Bãi Cháy, .+ và 16 nơi nữa\. Gửi số liệu: nhắn riêng/,
  );
  expect(board).not.toMatch(/412|Đông Lâm|Nguyễn/);
  await world.clock.to('2026-03-11T23:00:00+07:00');
  expect(posted(since)).toHaveLength(1);
});

it('by the next morning asks the officer about a leader who was replaced, and does nothing before they agree', async () => {
  const codes = await world.importSheets({
    members: [MEMBERS, `${DONG_LAM},village_head,Phạm Thị Yến,,bà`].join('\n'),
  });
  const yen = world.stranger('Yến');
  await yen.saysQuickly(codes.get(`${DONG_LAM}/village_head`) as string);
  await yen.saysQuickly('đúng');
  const before = hanh.person.heard.length;
  await world.clock.to('2026-03-12T08:10:00+07:00');
  const asked = hanh.heardSince(before);
  expect(asked.text).toContain('Mời thêm 1: Phạm Thị Yến (Đông Lâm)');
  expect(asked.text).toContain('Mời ra 1 người không còn giữ việc: người trước đây (Đông Lâm)');
  expect(asked.text).toContain('Chưa mời được 1');
  expect(asked.buttons).toEqual(['Đồng ý', 'Chỉ mời thêm']);
  expect([isInside(yen), isInside(tu)]).toEqual([false, true]);
  expect((await manh.says(payloadOf(hanh, 'Đồng ý'))).text).toContain('Nhóm này của xã khác');
  const then = hanh.person.heard.length;
  await hanh.says('đồng ý');
  await world.settle();
  expect(hanh.heardSince(then).text).toContain('thêm 1 người, mời ra 1 người');
  expect([isInside(yen), isInside(tu)]).toEqual([true, false]);
  expect((await hanh.says(payloadOf(hanh, 'Đồng ý'))).text).toContain('Việc này đã xong rồi');
});

it('network 2 «left on purpose»: leaves those alone who left by themselves, until they ask', async () => {
  await world.zalo.groupLife.leaves(theGroup(), manh.id);
  await world.settle();
  const seen = await hanh.says('nhóm zalo');
  expect(seen.text).toMatch(/Đã rời 1, .+: Vũ Văn Mạnh \(Ngọc Trì\) – đến 11\/4/);
  expect(seen.text).not.toContain('Mời thêm');
  expect((await manh.says('nhóm')).text).toContain('Bác đã rời nhóm');
  expect((await manh.taps('Mời tôi lại')).text).toContain('em sẽ đề nghị cán bộ xã Tân Hòa');
  expect((await hanh.says('nhóm')).text).toContain('Mời thêm 1: Vũ Văn Mạnh');
});

it('lists strangers and throws nobody out; who holds a post is let in when the officer agrees', async () => {
  const la = world.stranger('Người [@lạ]');
  const quen = world.stranger('Bạn cũ');
  for (const one of [la, manh]) await world.zalo.groupLife.asksToJoin(theGroup(), one.id);
  world.zalo.groups.change(theGroup(), { members: [...theGroup().members, quen.id] });
  await world.clock.to('2026-03-13T01:10:00+07:00');
  const seen = await hanh.says('nhóm');
  expect(seen.text).toContain('Cho vào 1 người đang xin: Vũ Văn Mạnh');
  expect(seen.text).toContain('Người lạ đang xin vào 1: «Người [＠lạ]»');
  expect(seen.text).toContain('Người lạ trong nhóm 1: «Bạn cũ»');
  expect(seen.buttons).toEqual(['Đồng ý']);
  await hanh.taps('Đồng ý');
  await world.settle();
  expect([isInside(manh), isInside(quen), isInside(la)]).toEqual([true, true, false]);
});

it('network 2 «renamed by hand», «OA admin left»: finds by night what no event told, a name given by hand, an administrator who left', async () => {
  await world.zalo.groupLife.renames(theGroup(), 'Học vụ số Tân Hòa mới');
  world.zalo.webhook.off.add('user_out_group');
  await world.zalo.groupLife.leaves(theGroup(), ADMIN);
  world.zalo.webhook.off.delete('user_out_group');
  await world.clock.to('2026-03-14T01:10:00+07:00');
  const seen = await hanh.says('nhóm');
  expect(seen.text).toContain('Nhóm «Học vụ số Tân Hòa mới»');
  expect(seen.text).toContain('Mời thêm 1: người quản trị tài khoản');
});

it('network 2 «dissolved by hand», «create timed out»: posts nothing on a group that was dissolved by hand, and makes it again once, though the answer was lost', async () => {
  await world.clock.to('2026-03-14T09:00:00+07:00');
  const before = hanh.person.heard.length;
  const old = theGroup();
  await world.zalo.groupLife.dissolves(old);
  await world.settle();
  const told = hanh.heardSince(before);
  expect(told.text).toContain('nhóm «Học vụ số Tân Hòa mới» đã giải tán');
  const since = world.zalo.sends.length;
  await world.clock.to('2026-03-14T15:40:00+07:00');
  expect(world.zalo.sends.slice(since).filter(({ to }) => to === 'group')).toEqual([]);
  await hanh.taps('Lập lại nhóm', told.bubbles.at(-1));
  world.zalo.fail.next({ kind: 'timeout_after_accept', path: CREATE });
  const then = hanh.person.heard.length;
  await hanh.taps('Đồng ý');
  await world.clock.to('2026-03-14T15:45:00+07:00');
  expect(hanh.heardSince(then).text).toContain('Em lập xong nhóm');
  expect(groups().filter(({ hasOa }) => hasOa)).toHaveLength(1);
  expect(theGroup().id).not.toBe(old.id);
  expect(isInside(manh)).toBe(true);
});

it('says 30, 14 and 3 days ahead that a place lapses, and stops when it has', async () => {
  const codes = await world.importSheets({ members: `${MEMBERS}\n24,province,Hoàng Văn Thái,,anh` });
  const thai = world.stranger('Thái');
  await thai.saysQuickly(codes.get('24/province') as string);
  await thai.says('đúng');
  const [asset] = world.zalo.groups.allAssets();
  if (!asset) throw new Error('no place');
  world.zalo.groups.putAsset({ ...asset, validThrough: Date.parse('2026-03-16T23:00:00+07:00') });
  const rung = thai.person.heard.length;
  await world.clock.to('2026-03-15T08:00:00+07:00');
  expect(thai.heardSince(rung).text).toContain('- xã Tân Hòa: còn 1 ngày (hạn 16/3/2026)');
  expect(world.program.log.some((line) => line.includes('places of groups lapse soon'))).toBe(true);
  const places = await thai.says('suất nhóm');
  expect(places.text).toContain('1 suất nhóm, còn trống 0');
  expect(places.text).toContain('suất 100 người, hạn 16/3/2026: xã Tân Hòa');
  expect((await hanh.says('suất nhóm')).text).not.toContain('còn trống');
  const before = hanh.person.heard.length;
  const since = theGroup().chat.length;
  await world.clock.to('2026-03-17T15:40:00+07:00');
  expect(hanh.heardSince(before).text).toContain('bị Zalo khóa vì suất nhóm hết hạn');
  expect(hanh.heardSince(before).text).toContain('ngày 30/4/2026 Zalo giải tán');
  expect(posted(since).filter((text) => text.includes('17/3'))).toEqual([]);
});

it('makes no group where no place is free, and says so', async () => {
  await world.zalo.groupLife.dissolves(theGroup());
  await world.settle();
  await hanh.says('lập nhóm');
  const before = hanh.person.heard.length;
  await hanh.taps('Đồng ý');
  await world.settle();
  expect(hanh.heardSince(before).text).toContain('tỉnh không còn suất nhóm nào trống');
  expect(groups().filter(({ hasOa }) => hasOa)).toEqual([]);
});

/** Everything in the program's folder, byte for byte. */
function stored(): string {
  const files = readdirSync(world.program.dataDir, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');
}

function payloadOf(talker: Talker, button: string): string {
  const message = talker.person.heard.findLast(({ buttons }) =>
    buttons?.some(({ title }) => title === button),
  );
  return String(message?.buttons?.find(({ title }) => title === button)?.payload);
}
