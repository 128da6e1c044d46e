import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/**
 * AT-27 and what goes wrong around it: citizens and leaders who want a human, officers who answer, clocks that run out.
 * The edge cases by name: picture of a card, identity number pasted by the officer, note of the office, two officers at
 * once, also a village head, restart, unfollows, post ends mid-talk, console reply, busy desk (here); holiday, rating,
 * promise kept through a transfer (`thread.test.ts`); closed window (`closed-window.test.ts`); erased (`threads.test.ts`).
 */

interface ApiThread {
  readonly id: string;
  readonly kind: string;
  readonly unit: string;
  readonly state: string;
  readonly promisedAt: string | null;
  readonly holder: string | null;
  readonly closedAt: string | null;
  readonly closedWhy: string | null;
  readonly rating: string | null;
}

const MEMBERS = 'unit_code,role,full_name,phone,title';
const on = (day: number, time: string) => `2026-03-${day}T${time}:00+07:00`;

let world: BotWorld;
let hanh: Talker;
let lan: Talker;
let chair: Talker;

beforeAll(async () => {
  world = await BotWorld.start({ at: on(12, '08:00') });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  const codes = await world.importSheets({
    members: `${MEMBERS}\n${TAN_HOA},commune_officer,Vũ Thu Lan,,chị\n${TAN_HOA},commune_chair,Ngô Văn Sơn,,anh`,
  });
  lan = await claims('chị Lan', codes.get(`${TAN_HOA}/commune_officer`) as string);
  chair = await claims('anh Sơn', codes.get(`${TAN_HOA}/commune_chair`) as string);
}, 90_000);

afterAll(() => world.close());

async function claims(name: string, code: string): Promise<Talker> {
  const talker = world.stranger(name);
  await talker.says(code);
  await talker.taps('Đúng');
  return talker;
}

const threads = async (): Promise<ApiThread[]> =>
  (await world.api.get<{ threads: ApiThread[] }>(`/api/v1/threads?unit=${TAN_HOA}`)).threads;
const newest = async (): Promise<ApiThread> => (await threads()).at(-1) as ApiThread;

/** Somebody of Tân Hòa who has asked for a human. */
async function asker(name: string): Promise<Talker> {
  const talker = world.stranger(name);
  await talker.says('gặp người hướng dẫn');
  await talker.says('xã tân hòa');
  await talker.taps('Đúng');
  return talker;
}

it('AT-27: asked at 11:45, promised for 14:30, answered without secrets, silent bot, two taps at the end', async () => {
  await world.clock.to(on(12, '11:45'));
  const ba = world.stranger('bà Lan');
  await ba.says('quên mật khẩu vneid');
  const asked = await ba.taps('Gặp người hướng dẫn');
  expect(asked.text).toContain('Bác ở xã, phường nào ạ?');
  // Without marks it may be the old commune Tân Hoa as well.
  expect((await ba.says('tan hoa')).buttons).toEqual(['Xã Tân Hòa', 'Xã Lục Ngạn', 'Nơi khác']);
  expect((await ba.says('tân hòa')).text).toContain('Bác ở xã Tân Hòa, đúng không ạ?');
  const promised = await ba.taps('Đúng');
  expect(promised.text).toContain('Giờ làm việc: 7:30–11:30 và 13:30–17:00.');
  expect(promised.text).toContain('bộ phận Một cửa xã Tân Hòa, sẽ có người trả lời trước 14:30');
  expect(promised.text).toContain('đừng gửi số căn cước hay mã');
  expect(promised.buttons).toContain('Hủy');
  expect(await newest()).toMatchObject({
    ...{ kind: 'citizen', unit: TAN_HOA, state: 'waiting', holder: null },
    promisedAt: on(12, '14:30'),
  });

  const list = await hanh.says('hàng chờ');
  expect(list.text).toContain('1. một người dân: «');
  expect(list.text).toContain('hẹn trước 14:30');
  const before = ba.person.heard.length;
  const taken = await hanh.says('nhận 1');
  expect(taken.text).toContain('đã nhận việc 1');
  expect(taken.text).toContain('Còn 48 giờ nhắn được không mất phí');
  expect(ba.heardSince(before).text).toContain('chị Hạnh (bộ phận Một cửa xã Tân Hòa) đã nhận việc của bác');
  expect((await newest()).state).toBe('talking');

  // The bot says nothing; what is covered never reaches the officer.
  const heardBefore = hanh.person.heard.length;
  const said = ba.person.heard.length;
  await ba.person.types('tôi đổi máy nên quên mật khẩu rồi');
  await world.settle();
  expect(ba.person.heard.length).toBe(said);
  const warned = await ba.says('cccd của tôi 027065001234 mã otp 553201');
  expect(warned.text).toContain('đừng gửi số căn cước');
  await world.clock.to(on(12, '13:35'));
  const toOfficer = hanh.heardSince(heardBefore).text;
  expect(toOfficer).toContain('tôi đổi máy nên quên mật khẩu rồi');
  expect(toOfficer).not.toMatch(/027065001234|553201/);

  // The second officer sees who has it.
  await lan.says('hàng chờ');
  expect((await lan.says('nhận 1')).text).toContain('chị Hạnh đang trả lời');
  expect((await lan.says('trả lời 1: bác ra xã nhé')).text).toContain('chị Hạnh đang trả lời');

  // An officer's answer with a number in it goes to nobody.
  const blockedBefore = ba.person.heard.length;
  expect((await hanh.says('trả lời 1: số của bác là 027065001234')).text).toContain(
    'Em không chuyển tin có số căn cước',
  );
  expect(ba.person.heard.length).toBe(blockedBefore);

  // A note of the office: the person hears nothing of it, and a number in it is refused as well.
  expect((await hanh.says('ghi chú 1: căn cước 027065001234')).text).toContain('Em không chuyển tin có số');
  expect((await hanh.says('ghi chú 1: máy cũ còn ở nhà')).text).toContain('người hỏi không thấy');
  expect((await hanh.says('xem 1')).text).toContain('ghi chú: máy cũ còn ở nhà');
  expect(ba.person.heard.length).toBe(blockedBefore);

  expect((await hanh.says('trả lời 1: bác bấm Quên mật khẩu rồi quét thẻ nhé')).text).toContain(
    'Em đã chuyển lời',
  );
  const answer = ba.heardSince(blockedBefore);
  expect(answer.text).toContain('chị Hạnh: bác bấm Quên mật khẩu rồi quét thẻ nhé');
  expect(answer.text).toContain('trả lời lại từ 14:05');
  expect(answer.buttons).toEqual(['Nói tiếp với bot']);
  expect((await newest()).state).toBe('waiting_citizen');

  await world.clock.to(on(12, '13:50'));
  const endBefore = ba.person.heard.length;
  await hanh.says('xong 1');
  const end = ba.heardSince(endBefore);
  expect(end.text).toContain('Từ giờ em (trợ lý tự động) trả lời bác');
  expect(end.buttons).toEqual(['👍 Được việc', '👎 Chưa được', 'Hỏi tiếp chị Hạnh']);
  expect((await ba.taps('👍 Được việc')).text).toContain('cảm ơn');
  expect(await newest()).toMatchObject({ state: 'done', closedWhy: 'done', rating: 'good' });

  // The next message is the bot's; whoever asks for a human within a day may go on with the same one.
  expect((await ba.says('kích hoạt mức 2 thế nào')).text).not.toContain('Em đã chuyển');
  const more = await ba.says('gặp người');
  expect(more.buttons).toContain('Hỏi tiếp chị Hạnh');
  expect((await ba.taps('Hỏi tiếp chị Hạnh')).text).toContain('Em đã báo chị Hạnh');
  expect(await newest()).toMatchObject({ state: 'talking' });
  await hanh.says('trả lời 1: vâng bác');
  await hanh.says('xong 1');
  // Asked once, not at each end.
  expect(ba.heardSince(0).bubbles.filter(({ text }) => text.includes('đã được giúp chưa'))).toHaveLength(1);
}, 60_000);

it('a promise that passes is told to the head of the desk and to the person, and goes back after two working hours', async () => {
  await world.clock.to(on(13, '09:00'));
  const ong = await asker('ông Tám');
  const [heardChair, heardOng] = [chair.person.heard.length, ong.person.heard.length];
  await world.clock.to(on(13, '10:01'));
  expect(chair.heardSince(heardChair).text).toContain('bộ phận Một cửa xã Tân Hòa đã quá hẹn trả lời');
  expect(ong.heardSince(heardOng).text).toContain('Em đã báo lãnh đạo bộ phận; trễ nhất 11:30');

  await lan.says('hàng chờ');
  await lan.says('nhận 1');
  const [heldLan, heldOng] = [lan.person.heard.length, ong.person.heard.length];
  await world.clock.to(on(13, '14:05'));
  expect(lan.heardSince(heldLan).text).toContain('em đưa việc của một người dân về hàng chờ');
  expect(ong.heardSince(heldOng).text).toContain('em đã chuyển lại cho bộ phận Một cửa xã Tân Hòa');
  expect(await newest()).toMatchObject({ state: 'waiting', holder: null });

  // Handed on by name: the person hears who has it now.
  await hanh.says('hàng chờ');
  const moved = ong.person.heard.length;
  expect((await hanh.says('chuyển 1 cho chị Lan')).text).toContain('Em đã chuyển cho chị Lan');
  expect(ong.heardSince(moved).text).toContain('nay do chị Lan trả lời');
  expect((await hanh.says('chuyển 1 cho anh Không Có')).text).toContain('chị Lan đang trả lời');

  // The bot on request, while the talk stays open; the officer's next word silences it again.
  expect((await ong.says('nói tiếp với bot')).text).toContain('em (trợ lý tự động) đây ạ');
  expect((await ong.says('quên mật khẩu vneid')).text).toContain('VNeID');
  const word = ong.person.heard.length;
  await lan.says('trả lời 1: chiều bác ra xã nhé');
  expect(ong.heardSince(word).text).toContain('chị Lan: chiều bác ra xã nhé');

  // A picture may show a card: it goes to nobody, and both know.
  const pictures = lan.person.heard.length;
  const sent = ong.person.heard.length;
  await ong.person.sends('image', { url: 'https://photo.zdn.vn/1.jpg' });
  await world.settle();
  expect(ong.heardSince(sent).text).toContain('Em không chuyển ảnh và tệp');
  expect(lan.heardSince(pictures).text).toContain('gửi một ảnh hoặc tệp, không chuyển');
  expect(
    (
      await ong.taps(
        'Nói tiếp với bot',
        ong.person.heard.find(({ text }) => text.includes('chiều bác ra')),
      )
    ).text,
  ).toContain('đây ạ');
  await lan.says('xong 1');
}, 60_000);

it('whose officer loses the post goes back into the queue, and whoever leaves the channel ends their talk', async () => {
  await world.clock.to(on(16, '08:00'));
  const co = await asker('cô Năm');
  await lan.says('hàng chờ');
  await lan.says('nhận 1');
  await world.importSheets({
    members: `unit_code,role,full_name,ends\n${TAN_HOA},commune_officer,Vũ Thu Lan,2026-03-16`,
  });
  const [heardCo, heardHanh] = [co.person.heard.length, hanh.person.heard.length];
  await world.clock.to(on(17, '08:00'));
  expect(co.heardSince(heardCo).text).toContain('em đã chuyển lại cho');
  expect(hanh.heardSince(heardHanh).text).toContain('lại chưa có ai nhận');
  expect(await newest()).toMatchObject({ state: 'waiting', holder: null });

  await hanh.says('hàng chờ');
  await hanh.says('nhận 1');
  const left = hanh.person.heard.length;
  await co.person.unfollows();
  await world.settle();
  await world.clock.to(on(17, '08:10'));
  expect(hanh.heardSince(left).text).toContain('không còn nhận được tin');
  expect(await newest()).toMatchObject({ state: 'done', closedWhy: 'unreachable', rating: null });
}, 60_000);

it('a leader says something up the line and is answered, while the reports go on', async () => {
  await world.clock.to(on(17, '09:00'));
  const tu = await world.holder(DONG_LAM);
  const sent = await tu.says('phản ánh: loa nhà văn hóa hỏng, lớp tối không nghe được');
  expect(sent.text).toContain('Em đã chuyển phản ánh của thôn Đông Lâm tới bộ phận Một cửa xã Tân Hòa');
  expect(sent.text).toContain('trước 10:00');
  expect(await newest()).toMatchObject({ kind: 'feedback', unit: DONG_LAM, state: 'waiting' });
  const list = await hanh.says('hàng chờ');
  expect(list.text).toContain('(thôn Đông Lâm): «loa nhà văn hóa hỏng');
  const before = tu.person.heard.length;
  await hanh.says('trả lời 1: mai xã cho người xuống sửa');
  const answer = tu.heardSince(before);
  expect(answer.text).toContain('chị Hạnh: mai xã cho người xuống sửa');
  expect(answer.buttons).toEqual(['Trả lời']);
  // The bot is not silent for somebody with a post.
  expect((await tu.says('tình hình')).text).toContain('thôn Đông Lâm');
  const back = hanh.person.heard.length;
  await tu.taps('Trả lời', answer.bubbles.at(-1));
  expect((await tu.says('cảm ơn, mấy giờ xuống vậy')).text).toContain('Em đã chuyển chị Hạnh');
  expect(hanh.heardSince(back).text).toContain('(thôn Đông Lâm): «cảm ơn, mấy giờ xuống vậy»');
}, 60_000);

it('where nobody has a post the person is told so, and the department sees it', async () => {
  const dung = await world.holder('24', 'department');
  const ba = world.stranger('bà Sáu');
  await ba.says('gặp người');
  expect((await ba.says('huyện Lục Ngạn')).text).toContain('nay gồm nhiều xã, phường');
  expect((await ba.says('xã Quế Nham cũ')).text).toContain('nay thuộc phường Đa Mai');
  const told = await ba.taps('Đúng');
  expect(told.text).toContain('chưa có ai trả lời trên kênh này');
  expect(told.text).toContain('1900 0368');
  expect((await dung.says('hàng chờ')).text).toContain('chưa có ai nhận');
  expect((await ba.taps('Hủy')).text).toContain('em đã hủy');
  // Asked once: the next time the commune is known.
  expect((await ba.says('gặp người')).text).toContain('phường Đa Mai');
}, 60_000);

it('after a restart the talk is where it was', async () => {
  await world.clock.to(on(18, '08:00'));
  const ong = await asker('ông Chín');
  await hanh.says('hàng chờ');
  const list = await hanh.says('hàng chờ');
  const number = Number(/(\d+)\. một người dân: «[^»]*», từ 8:/.exec(list.text)?.[1]);
  await hanh.says(`nhận ${number}`);
  await world.restart();
  const silent = ong.person.heard.length;
  await ong.person.types('cháu ơi còn đó không');
  await world.settle();
  expect(ong.person.heard.length).toBe(silent);
  expect(hanh.person.heard.at(-1)?.text).toContain('cháu ơi còn đó không');
}, 60_000);

it('an answer from the channel’s own console keeps the promise, and nobody is told that it was broken', async () => {
  await world.clock.to(on(18, '13:30'));
  const ba = await asker('bà Mười');
  await world.clock.to(on(18, '13:40'));
  await world.zalo.adminTypes(ba.id, 'Bác ra Một cửa giúp em ạ');
  await world.settle();
  expect(await newest()).toMatchObject({ state: 'waiting_citizen', holder: 'by_hand' });
  const [heard, heardChair] = [ba.person.heard.length, chair.person.heard.length];
  await world.clock.to(on(18, '15:00'));
  expect(ba.heardSince(heard).text).toBe('');
  expect(chair.heardSince(heardChair).text).not.toContain('quá hẹn');
  // Left alone it ends by itself after three working days, and nobody is asked how it went.
  await world.clock.to(on(23, '15:30'));
  expect(await newest()).toMatchObject({ state: 'done', closedWhy: 'automatic', rating: null });
  expect(ba.heardSince(heard).text).not.toContain('đã được giúp chưa');
}, 60_000);

it('is passed to another commune only where somebody is there; names that mean nobody are asked about', async () => {
  await world.clock.to(on(24, '08:00'));
  const ong = await asker('ông Hai');
  const list = await hanh.says('hàng chờ');
  const number = Number(/(\d+)\. một người dân: «[^»]*», từ 8:00/.exec(list.text)?.[1]);
  expect((await hanh.says(`chuyển ${number} cho xã Tam Tiến`)).text).toContain(
    'chưa có ai nhận việc trên kênh này',
  );
  expect((await hanh.says(`chuyển ${number} cho cô Tuyết`)).text).toContain(
    'chuyển cho ai ạ? Ở đây có: anh Sơn',
  );
  const before = ong.person.heard.length;
  expect((await hanh.says(`chuyển ${number} cho anh Sơn`)).text).toContain('Em đã chuyển cho anh Sơn');
  expect(ong.heardSince(before).text).toContain('nay do anh Sơn trả lời, vẫn trước 9:00');
  // A number of no thread is nobody's here.
  expect((await hanh.says('nhận 77')).text).not.toContain('đã nhận việc');
}, 60_000);

it('citizens see no queue and answer nobody', async () => {
  const ba = world.stranger('bà Tò');
  for (const typed of ['hàng chờ', 'nhận 1', 'trả lời 1: hay lắm', 'chuyển 1 cho chị Hạnh', 'xong 1'])
    expect([typed, (await ba.says(typed)).text]).not.toEqual([
      typed,
      expect.stringMatching(/Hàng chờ:|Em đã chuyển|đã nhận việc/),
    ]);
}, 60_000);

it('a citizen who takes a post keeps the talk where it is, and the report’s words are the report’s', async () => {
  await world.clock.to(on(25, '08:00'));
  const hoa = await asker('cô Hòa');
  const opened = await newest();
  expect(opened).toMatchObject({ kind: 'citizen', unit: TAN_HOA, state: 'waiting' });
  const codes = await world.importSheets({
    members: `${MEMBERS}\n${NGOC_TRI},village_deputy,Đỗ Thị Hòa,,cô`,
  });
  await hoa.says(codes.get(`${NGOC_TRI}/village_deputy`) as string);
  await hoa.taps('Đúng');
  const list = await hanh.says('hàng chờ');
  const last = [...list.text.matchAll(/^(\d+)\./gm)].at(-1)?.[1] ?? '';
  const before = hoa.person.heard.length;
  await hanh.says(`trả lời ${last}: cô ra bộ phận Một cửa giúp em`);
  expect(hoa.heardSince(before).text).toContain('chị Hạnh: cô ra bộ phận Một cửa giúp em');
  expect(await threads()).toContainEqual(
    expect.objectContaining({ id: opened.id, unit: TAN_HOA, holder: expect.anything() }),
  );
  // Both hats: the line is the month's of the village, and nothing of it goes into the talk.
  const back = hanh.person.heard.length;
  expect((await hoa.says('BC 418 5 121 14')).text).toContain('thôn Ngọc Trì');
  expect(hanh.heardSince(back).text).not.toContain('418');
  expect((await hoa.says('quên mật khẩu vneid')).text).toContain('Quên mật khẩu');
}, 60_000);

it('who comes to a busy desk hears how many wait and by when at the latest, and the queue says what is late', async () => {
  await world.clock.to(on(25, '14:00'));
  const codes = await world.importSheets({ members: `${MEMBERS}\n07351,commune_officer,Trần Văn Bách,,anh` });
  const officer = await claims('anh Bách', codes.get('07351/commune_officer') as string);
  const comes = async (name: string) => {
    const person = world.stranger(name);
    await person.says('gặp người hướng dẫn');
    await person.says('xã Ngọc Thiện');
    return person.taps('Đúng');
  };
  for (let n = 1; n <= 4; n += 1) expect((await comes(`dân ${n}`)).text).not.toContain('người chờ trước');
  const fifth = await comes('dân 5');
  expect(fifth.text).toContain('Hiện có 4 người chờ trước');
  expect(fifth.text).toContain('trễ nhất 16:30');
  await world.clock.to(on(25, '15:01'));
  const queue = await officer.says('hàng chờ');
  expect(queue.text).toContain('Hàng chờ: 5 việc');
  expect(queue.text).toContain('quá hẹn');
}, 60_000);

it('nothing that was covered stands in any store, log or message', async () => {
  const planted = ['027065001234', '553201'];
  const { dataDir } = world.program;
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dataDir, name))
    .filter((path) => statSync(path).isFile());
  const holding = files.filter((path) => {
    const bytes = readFileSync(path);
    return planted.some((secret) => bytes.includes(secret));
  });
  expect(files.length).toBeGreaterThan(0);
  expect(holding).toEqual([]);
});

it('what only the police do in person opens no talk: its hours and the number are given, and another matter may be asked', async () => {
  const before = (await threads()).length;
  const ong = world.stranger('ông Sơn');
  await ong.says('làm định danh mức 2 ở đâu');
  await ong.taps('Gặp người hướng dẫn');
  await ong.says('tân hòa');
  const told = await ong.taps('Đúng');
  expect(told.text).toContain('phải làm trực tiếp ở Công an xã, phường trong giờ làm việc');
  expect(told.text).toContain('1900 0368');
  expect(await threads()).toHaveLength(before);
  expect((await ong.taps('Hỏi việc khác')).text).toContain('Em chuyển bác sang bộ phận Một cửa');
  expect(await threads()).toHaveLength(before + 1);
  await ong.taps('Hủy');
});
