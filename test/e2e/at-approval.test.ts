import { stopwatch } from '../../src/kernel/clock';
import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA, type Figure } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-10, AT-15, AT-16 and AT-17: an officer checks the villages' reports from the phone, through the webhook. */

let world: BotWorld;
let hanh: Talker;
let dung: Talker;
let tu: Talker;
const leaders = new Map<string, Talker>();

const CLEAN = ['99001-01', '99001-02', '99001-03', '99001-04'];

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-13T08:00:00+07:00' });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  dung = await world.holder('24', 'department');
  tu = await world.reporter(DONG_LAM, 'BC 418 5 121 14');
  for (const unit of [...CLEAN, NGOC_TRI]) leaders.set(unit, await world.reporter(unit, 'BC 300 4 90 7'));
}, 90_000);

afterAll(() => world.close());

const leader = (unit: string): Talker => leaders.get(unit) as Talker;

async function states(unit: string): Promise<string[]> {
  return ((await world.api.submission(unit))?.figures ?? []).map(({ state }) => state);
}

async function figure(unit: string, id: string): Promise<Figure | undefined> {
  return (await world.api.submission(unit))?.figures.find((each) => each.id === id);
}

async function unitOf(code: string): Promise<{ code: string; name: string }> {
  const { units } = await world.api.get<{ units: { code: string; name: string }[] }>(
    `/api/v1/units?parent=${TAN_HOA}`,
  );
  return units.find((unit) => unit.code === code) as { code: string; name: string };
}

/** What somebody was told since, without having asked. */
async function hears(talker: Talker, act: () => Promise<unknown>): Promise<string> {
  const since = talker.person.heard.length;
  await act();
  await world.settle();
  return talker.heardSince(since).text;
}

it('AT-15: approves the clean reports with one tap and sends one figure of another back', async () => {
  await leader(NGOC_TRI).says('báo cáo');
  const list = await hanh.says('chờ duyệt');
  expect(list.text).toContain('6 báo cáo chờ duyệt');
  const returned = await hears(leader(NGOC_TRI), () => hanh.says('trả lại số 3 thôn Ngọc Trì'));
  expect(returned).toBe('');
  const asked = await hears(leader(NGOC_TRI), () => hanh.taps('không khớp ảnh'));
  expect(asked).toContain('nhờ bác xem lại một số');
  expect(asked).toContain('3) Lượt người dự = 90');
  expect(await states(NGOC_TRI)).toEqual(['submitted', 'submitted', 'returned', 'submitted']);

  const again = await hanh.says('chờ duyệt');
  expect(again.buttons).toContain('Duyệt 5 báo cáo sạch');
  const before = leader('99001-01').person.heard.length;
  const silent = leader(NGOC_TRI).person.heard.length;
  const done = await hanh.taps('Duyệt 5 báo cáo sạch');
  expect(done.text).toContain('duyệt 5 báo cáo ✔');
  for (const unit of [...CLEAN, DONG_LAM])
    expect(await states(unit)).toEqual(['approved', 'approved', 'approved', 'approved']);
  const receipt = leader('99001-01').heardSince(before);
  expect(receipt.bubbles).toHaveLength(1);
  expect(receipt.text).toContain('đã duyệt báo cáo tháng 3');
  expect(leader(NGOC_TRI).heardSince(silent).text).toBe('');
  expect((await world.api.submission(DONG_LAM))?.state).toBe('approved');
});

it('AT-15: the one question is answered with its button, and waits for the officer again', async () => {
  const answered = await leader(NGOC_TRI).taps('Giữ 90');
  expect(answered.text).toContain('Lượt người dự: 90');
  expect(await states(NGOC_TRI)).toEqual(['submitted', 'submitted', 'submitted', 'submitted']);
  expect((await hanh.says('duyệt hết')).text).toContain('Chưa có báo cáo nào sạch');
  expect((await hanh.says('duyệt thôn Ngọc Trì')).text).toContain('Đã duyệt thôn Ngọc Trì');
  expect(await states(NGOC_TRI)).toEqual(['approved', 'approved', 'approved', 'approved']);
});

it('AT-10: after approval a correction asks why, and only that figure is approved again', async () => {
  expect((await tu.says('sửa 3 = 120')).text).toContain('Vì sao bác sửa');
  expect((await figure(DONG_LAM, 'learners'))?.value).toBe(121);
  const told = await hears(hanh, () => tu.taps('Đếm lại'));
  expect(told).toContain('121 → 120');
  expect(await figure(DONG_LAM, 'learners')).toMatchObject({
    value: 120,
    state: 'submitted',
    reason: 'Đếm lại',
  });
  expect((await figure(DONG_LAM, 'learners'))?.history.map(({ value }) => value)).toEqual([121, 120]);
  expect(await states(DONG_LAM)).toEqual(['approved', 'approved', 'submitted', 'approved']);
  await hanh.says('duyệt thôn Đông Lâm');
  expect(await states(DONG_LAM)).toEqual(['approved', 'approved', 'approved', 'approved']);
});

it('AT-16: enters on behalf; the village is told, objects, and its own figure stands beside', async () => {
  const unit = '99001-09';
  const village = await world.holder(unit);
  const told = await hears(village, () => hanh.says('nhập hộ thôn Đồng Sau: 418 5 121 14'));
  const entered = await world.api.submission(unit);
  expect(told).toContain('đã nhập hộ');
  expect(entered?.figures.map(({ value, onBehalf }) => [value, onBehalf])).toEqual([
    [418, true],
    [5, true],
    [121, true],
    [14, true],
  ]);
  expect(await hears(hanh, () => village.taps('Không đúng'))).toContain('không đúng');
  await village.says('sửa 3 = 96');
  expect(await figure(unit, 'learners')).toMatchObject({
    value: 121,
    second: { value: 96, onBehalf: false },
  });
  const choice = await hanh.says('duyệt thôn Đồng Sau');
  expect(choice.buttons).toEqual(expect.arrayContaining(['Giữ 121', 'Lấy 96']));
  await hanh.taps('Lấy 96');
  expect(await figure(unit, 'learners')).toMatchObject({ value: 96, second: null });
});

it('AT-16: approved meanwhile, the objection waits for another look, and the village hears what came of it', async () => {
  const unit = '99001-05';
  const village = await world.holder(unit);
  const { name } = await unitOf(unit);
  await hears(village, () => hanh.says(`nhập hộ thôn ${name}: 300 4 90 7`));
  await hanh.says(`duyệt thôn ${name}`);
  expect(await hears(hanh, () => village.taps('Không đúng'))).toContain('không đúng');
  expect((await village.says('không đúng')).text).toContain('Em đã báo chị Hạnh (xã Tân Hòa) rồi ạ');
  expect((await hanh.says(`xem thôn ${name}`)).text).toContain('số nhập hộ không đúng');
  const kept = await hears(village, () => hanh.says(`duyệt thôn ${name}`));
  expect(kept).toContain('đã xem lại số nhập hộ');
  expect((await hanh.says('chờ duyệt')).text).not.toContain(name);
});

it('AT-16: after 24 hours the button tells nobody, and the village’s own figure still stands beside', async () => {
  const unit = '99001-06';
  const village = await world.holder(unit);
  const { name } = await unitOf(unit);
  await hears(village, () => hanh.says(`nhập hộ thôn ${name}: 300 4 90 7`));
  await world.clock.to('2026-03-14T09:00:00+07:00');
  expect(await hears(hanh, () => village.taps('Không đúng'))).toBe('');
  expect(village.person.lastHeard?.text).toContain('đã quá 24 giờ');
  expect((await world.api.submission(unit))?.state).toBe('submitted');
  await village.says('sửa 3 = 96');
  expect(await figure(unit, 'learners')).toMatchObject({ value: 90, second: { value: 96, onBehalf: false } });
  await hanh.says(`duyệt thôn ${name}`);
  await hanh.taps('Giữ 90');
  expect(await figure(unit, 'learners')).toMatchObject({ value: 90, second: null });
  await hanh.says(`duyệt thôn ${name}`);
});

it('several villages in one pasted table are read back, then entered', async () => {
  const shown = await hanh.says('Gò Me 200 3 40 5\nHạ Lát 210 3 50 6');
  expect(shown.text).toContain('Em đọc được số của 2 nơi');
  expect((await hanh.taps('Nhập')).text).toContain('Đã nhập hộ 2 thôn');
  const rollup = await world.api.get<{ indicators: { id: string; covered: number }[] }>(
    `/api/v1/rollup?form=village-month&period=2026-03&unit=${TAN_HOA}`,
  );
  expect(rollup.indicators.find(({ id }) => id === 'classes_held')?.covered).toBe(11);
});

it('approves the seventeen villages that are left with one tap, each with its own act', async () => {
  const { units } = await world.api.get<{ units: { code: string; name: string }[] }>(
    `/api/v1/units?parent=${TAN_HOA}`,
  );
  const others = units.filter(({ code }) => code > NGOC_TRI);
  await hanh.says(others.map(({ name }) => `thôn ${name} 200 3 40 5`).join('\n'));
  expect((await hanh.taps('Nhập')).text).toContain(`Đã nhập hộ ${others.length} thôn`);
  const since = stopwatch();
  const done = await hanh.saysQuickly('duyệt hết');
  const took = since();
  expect(done.text).toMatch(/duyệt \d\d báo cáo ✔/);
  for (const { code } of others) expect((await world.api.submission(code))?.state).toBe('approved');
  // The promise is 300 ms on a quiet machine; here it is that the villages are not approved one after the other.
  expect(took).toBeLessThan(2_000);
});

it('AT-17: locked, with a way out that opens for one village until noon', async () => {
  await world.clock.to('2026-03-18T19:00:00+07:00');
  const locked = await tu.says('4 = 15');
  expect(locked.text).toContain('đã khóa lúc 17:00 ngày 18/3');
  expect(locked.buttons).toContain('Xin thêm nửa ngày');
  const asked = await hears(hanh, () => tu.taps('Xin thêm nửa ngày'));
  expect(asked).toContain('xin thêm nửa ngày');
  // In words as well as by the button: both are an officer's answer to what was shown last.
  const granted = await hears(tu, () => hanh.says('đồng ý'));
  expect(granted).toContain('đến 12:00 thứ Năm 19/3');
  const duties = await world.api.get<{ duties: { unit: string; lockAt: string }[] }>(
    `/api/v1/duties?period=2026-03&form=village-month&unit=${TAN_HOA}`,
  );
  const lockOf = (unit: string): string | undefined =>
    duties.duties.find((duty) => duty.unit === unit)?.lockAt;
  expect(lockOf(DONG_LAM)).toBe('2026-03-19T12:00:00+07:00');
  expect(lockOf(NGOC_TRI)).toBe('2026-03-18T17:00:00+07:00');
  await tu.says('4 = 15');
  await tu.says('đếm lại');
  expect((await figure(DONG_LAM, 'households_helped'))?.value).toBe(15);
  expect((await leader(NGOC_TRI).says('4 = 15')).text).toContain('đã khóa');
});

it('AT-17: the eleventh grant of the month is the department’s', async () => {
  const { units } = await world.api.get<{ units: { code: string; name: string }[] }>(
    `/api/v1/units?parent=${TAN_HOA}`,
  );
  const names = units.filter(({ code }) => code !== DONG_LAM).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(12);
  for (const name of names.slice(0, 9))
    expect((await hanh.says(`gia hạn thôn ${name}`)).text).toContain('Đã mở thêm');
  const eleventh = names[9] ?? '';
  const beyond = await hears(dung, () => hanh.says(`gia hạn thôn ${eleventh}`));
  expect(beyond).toContain('đã dùng hết 10 lần');
  expect((await dung.taps('Đồng ý')).text).toContain('Đã mở thêm');
  await world.clock.to('2026-03-19T12:00:00+07:00');
  expect((await tu.says('4 = 16')).text).toContain('đã khóa');
  expect((await hanh.says(`gia hạn thôn ${names[12]}`)).text).toContain('Đã quá lúc');
});
