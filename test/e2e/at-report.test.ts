import { compactJson, signWebhook } from '../../src/simulator/sign-webhook';
import { BotWorld, DONG_LAM, type Figure } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-03 to AT-05 and AT-07 to AT-11: a village leader and the month's report. Each story has a village of its own. */

const FEBRUARY = 'BC 412 4 96 7';
let world: BotWorld;
const leaders = new Map<string, Talker>();

/** Villages that reported February, by what happens to them in March. */
const village = {
  oneThumb: DONG_LAM,
  oneLine: '99001-01',
  twoOfFour: '99001-02',
  question: '99001-03',
  oldButton: '99001-04',
  odd: '99001-05',
  corrected: '99001-06',
  bounds: '99001-08',
} as const;
/** Villages that never reported. */
const fresh = { numbers: '99001-20', thrice: '99001-21', early: '99001-22', first: '99001-23' } as const;

const leader = (unit: string): Talker => leaders.get(unit) as Talker;

async function figure(unit: string, id: string): Promise<Figure | undefined> {
  return (await world.api.submission(unit))?.figures.find((each) => each.id === id);
}

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-02-12T08:00:00+07:00' });
  for (const unit of Object.values(village)) leaders.set(unit, await world.reporter(unit, FEBRUARY));
  await world.holder('99001', 'commune_officer');
  await world.clock.to('2026-03-13T19:30:00+07:00');
  for (const unit of Object.values(fresh)) leaders.set(unit, await world.holder(unit));
}, 60_000);

afterAll(() => world.close());

it('AT-03: two figures differ from last month, two are confirmed', async () => {
  const tu = leader(village.oneThumb);
  const screen = await tu.says('báo cáo');
  expect(screen.text).toContain(
    'Thôn Đông Lâm – tháng 3. Số tháng trước:\n1. Người lớn biết dùng điện thoại, mạng (kỹ năng số): 412\n2. Buổi học trong tháng: 4\n3. Lượt người dự: 96\n4. Hộ được đến tận nhà hỗ trợ: 7\n\n',
  );
  expect(screen.buttons).toEqual(['Đúng hết', 'Trả lời từng câu', 'Để sau']);

  const readback = await tu.says('2=5 va 3 = 121');
  expect(readback.text).toMatch(/tháng 3, thôn Đông Lâm:\n1\).*: 412\n2\).*: 5\n3\).*: 121\n4\).*: 7\n/);
  expect((await world.api.submission(village.oneThumb))?.state).toBe('draft');

  const receipt = await tu.taps('Gửi');
  expect(receipt.text).toMatch(
    /^Đã gửi 19:3\d ngày 13\/3 ✔ Mã ĐL-03 – tháng 3, thôn Đông Lâm: 1\) 412 2\) 5 3\) 121 4\) 7\./,
  );
  expect(receipt.text).toContain('Chị Hạnh (xã Tân Hòa) sẽ xem trước 17:00 ngày 18/3.');
  const sent = await world.api.submission(village.oneThumb);
  expect(sent).toMatchObject({ state: 'submitted', receipt: 'ĐL-03', late: false });
  expect(sent?.figures.map(({ value, change }) => [value, change])).toEqual([
    [412, 'unchanged'],
    [5, 'changed'],
    [121, 'changed'],
    [7, 'unchanged'],
  ]);
});

it('AT-04: one line, one read-back with names, nothing sent before «Gửi»', async () => {
  const heard = await leader(village.oneLine).says('BC 418 5 121 14');
  expect(heard.bubbles).toHaveLength(1);
  expect(heard.text).toContain(
    '1) Người lớn biết dùng điện thoại, mạng (kỹ năng số): 418\n2) Buổi học trong tháng: 5\n3) Lượt người dự: 121\n4) Hộ được đến tận nhà hỗ trợ: 14',
  );
  expect(heard.buttons).toContain('Gửi');
  expect(await world.api.submission(village.oneLine)).toMatchObject({ state: 'draft', submittedAt: null });

  await leader(village.oneLine).taps('Gửi');
  expect(await world.api.submission(village.oneLine)).toMatchObject({ state: 'submitted' });
});

it('AT-04: a line of two figures asks only for the other two', async () => {
  const lines = ['BC 418 5', '121', '14'];
  const heard: string[] = [];
  for (const line of lines) heard.push((await leader(village.twoOfFour).says(line)).text);
  expect(heard[0]).toContain('Câu 3/4.');
  expect(heard[1]).toContain('Câu 4/4.');
  expect(heard[2]).toContain(
    '1) Người lớn biết dùng điện thoại, mạng (kỹ năng số): 418\n2) Buổi học trong tháng: 5\n',
  );
});

describe('AT-05: numbers as people write them', () => {
  it.each`
    typed         | shown      | value
    ${'1.250'}    | ${'1.250'} | ${1250}
    ${'1250 ng'}  | ${'1.250'} | ${1250}
    ${'muoi hai'} | ${'12'}    | ${12}
    ${'2 chục'}   | ${'20'}    | ${20}
    ${'1k2'}      | ${'1.200'} | ${1200}
  `('$typed is read back as $shown', async ({ typed, shown, value }: Record<string, string>) => {
    const leaderOf = leader(fresh.numbers);
    await leaderOf.says('sửa 3');
    const heard = await leaderOf.says(typed as string);
    expect(heard.text).toContain(`✔ Lượt người dự: ${shown}.`);
    expect((await figure(fresh.numbers, 'learners'))?.value).toBe(value);
  });

  it('«khoảng 30» is stored only after a yes', async () => {
    const talker = leader(fresh.numbers);
    await talker.says('sửa 4');
    expect((await talker.says('khoảng 30')).text).toContain('Em ghi 30 nhé bác?');
    expect(await figure(fresh.numbers, 'households_helped')).toBeUndefined();
    await talker.says('ừ');
    expect((await figure(fresh.numbers, 'households_helped'))?.value).toBe(30);
  });

  it('«3 hoặc 4» is asked back, never guessed', async () => {
    const talker = leader(fresh.numbers);
    await talker.says('sửa 2');
    const heard = await talker.says('3 hoặc 4');
    expect(heard.text).toContain('3 hoặc 4');
    expect(await figure(fresh.numbers, 'classes_held')).toBeUndefined();
    expect((await talker.says('4')).text).toContain('✔ Buổi học trong tháng: 4.');
  });
});

it('AT-07: a question in the middle, and the next number is the answer to the open question', async () => {
  const talker = leader(village.question);
  await talker.says('báo cáo');
  await talker.taps('Trả lời từng câu');
  for (const answer of ['418', '5', '121']) await talker.says(answer);

  const guided = await talker.says('con tôi quên mật khẩu vneid');
  expect(guided.text).toContain('Quên mật khẩu');
  expect(guided.text).toMatch(/Báo cáo tháng 3 của bác còn 1 câu, mình làm tiếp nhé bác\?\nCâu 4\/4\. .*$/);
  expect(guided.buttons).toEqual(['Tiếp câu 4', 'Để sau']);
  expect((await talker.says('4')).text).toContain('✔ Hộ được đến tận nhà hỗ trợ: 4.');
  expect(await world.api.values(village.question)).toEqual([418, 5, 121, 4]);
});

it('AT-08: a button of February explains itself and offers March', async () => {
  const talker = leader(village.oldButton);
  const february = await world.api.submission(village.oldButton, '2026-02');
  const card = talker.person.heard.find((m) => m.buttons?.some(({ title }) => title === 'Gửi'));
  const heard = await talker.taps('Gửi', card);
  expect(heard.text).toContain('Nút này của báo cáo tháng 2');
  expect(heard.text).toContain('Bác muốn làm báo cáo tháng 3 không ạ?');
  expect(heard.buttons).toEqual(['Làm tháng 3']);
  expect(await world.api.submission(village.oldButton, '2026-02')).toEqual(february);
  expect(await world.api.submission(village.oldButton)).toBeUndefined();
  expect((await talker.taps('Làm tháng 3')).text).toContain('Số tháng trước:');
});

it('AT-09: an odd value is asked about, and keeping it needs a reason', async () => {
  const talker = leader(village.odd);
  await talker.says('báo cáo');
  const asked = await talker.says('4 = 140');
  expect(asked.text).toContain('Bác ghi 140 hộ, tháng trước là 7');
  expect(asked.buttons).toEqual(['Là 14', 'Đúng 140', 'Sửa lại']);
  expect(await figure(village.odd, 'households_helped')).toBeUndefined();

  const why = await talker.taps('Đúng 140');
  expect(why.buttons).toEqual(['Có đợt cao điểm', 'Gộp nhiều tháng', 'Lý do khác']);
  expect(await figure(village.odd, 'households_helped')).toBeUndefined();

  await talker.taps('Có đợt cao điểm');
  expect(await figure(village.odd, 'households_helped')).toMatchObject({ value: 140, reason: 'campaign' });
});

it('AT-09: a part larger than its whole is refused with both numbers named, and nothing of it is kept', async () => {
  const talker = leader(village.odd);
  const heard = await talker.says('người dự 20, trong đó người cao tuổi 35');
  expect(heard.text).toMatch(/35[\s\S]*20|20[\s\S]*35/);
  expect((await figure(village.odd, 'learners'))?.value).toBe(96);
});

it.each`
  typed          | read        | max         | why
  ${'1 = 1501'}  | ${'1.501'}  | ${'1.500'}  | ${'more than the adults of the village'}
  ${'2 = 63'}    | ${'63'}     | ${'62'}     | ${'more than two sessions a day'}
  ${'3 = 20001'} | ${'20.001'} | ${'20.000'} | ${'more visits than any village has'}
  ${'4 = 401'}   | ${'401'}    | ${'400'}    | ${'more than the households of the village'}
`('AT-09: $typed is refused: $why', async ({ typed, read, max }: Record<string, string>) => {
  const heard = await leader(village.bounds).says(typed as string);
  expect(heard.text).toContain(`em đọc được ${read}, nhưng số này chỉ có thể từ 0 đến ${max}`);
  expect(await world.api.submission(village.bounds)).toBeUndefined();
});

it('AT-10: a correction before approval replaces the figure and its history keeps the old one', async () => {
  const talker = leader(village.corrected);
  await talker.says('BC 418 5 121 14');
  await talker.taps('Gửi');
  const heard = await talker.says('sửa 3 = 120');
  expect(heard.text).toContain('3) Lượt người dự: 121 → 120');
  const sent = await world.api.submission(village.corrected);
  expect(sent).toMatchObject({ state: 'submitted', receipt: 'ĐH-03' });
  const learners = await figure(village.corrected, 'learners');
  expect(learners).toMatchObject({ value: 120, state: 'submitted' });
  expect(learners?.history.map(({ value }) => value)).toEqual([121, 120]);
});

describe('AT-11: duplicates and disorder', () => {
  it('the same event three times is one answer and one reply', async () => {
    const talker = leader(fresh.thrice);
    await talker.says('báo cáo');
    const before = talker.person.heard.length;
    world.zalo.webhook.duplicateNext();
    await talker.saysQuickly('418');
    await resend(world);
    await world.settle();
    expect(talker.person.heard.slice(before).map(({ text }) => text)).toEqual([
      expect.stringContaining('Câu 2/4.'),
    ]);
    expect((await figure(fresh.thrice, 'adults_digital'))?.history).toHaveLength(1);
  });

  it.each`
    unit           | late                | why
    ${fresh.early} | ${['Bắt đầu', '5']} | ${'delivered before the tap that came first'}
    ${fresh.first} | ${['5', 'Bắt đầu']} | ${'typed before the tap'}
  `('a «5» $why is neither lost nor misfiled', async ({ unit, late }: { unit: string; late: string[] }) => {
    const talker = leader(unit);
    const before = talker.person.heard.length;
    world.zalo.webhook.hold();
    for (const act of late) {
      if (act === '5') await talker.person.types(act);
      else await talker.person.taps(act);
      await world.settle();
    }
    await world.zalo.webhook.release(late[0] === '5' ? 'as_sent' : 'reversed');
    await world.settle();
    const heard = talker.heardSince(before);
    expect(heard.bubbles).toHaveLength(1);
    expect(heard.text).toContain('Câu 2/4.');
    expect(await world.api.values(unit)).toEqual([5]);
  });
});

/** Delivers the newest thing a person typed once more, byte for byte. */
async function resend({ zalo }: BotWorld): Promise<void> {
  const { event } =
    zalo.webhook.events.findLast(({ event: { event_name: name } }) => name === 'user_send_text') ?? {};
  if (!event) throw new Error('nobody has typed anything');
  const raw = compactJson(event, { escape: false });
  const signature = signWebhook('1122334455667788990', raw, event.timestamp, 'OaSecretKeyExample01');
  expect(await zalo.webhook.postRaw(raw, signature)).toBe(200);
}
