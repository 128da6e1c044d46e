import { BotWorld, DONG_LAM, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** AT-18 and AT-19: 27 villages reported, one had nothing to report, one is silent; two were late. The police report their two rates. */

const VILLAGES = Array.from({ length: 29 }, (_, i) => `99001-${String(i + 1).padStart(2, '0')}`).filter(
  (unit) => unit !== DONG_LAM,
);
const [NOTHING, ...REPORTED] = VILLAGES as [string, ...string[]];
const LATE = 2;

let world: BotWorld;
let hanh: Talker;
let dung: Talker;

/** 10 villages held 5 sessions, the other 17 held 4. */
const line = (n: number): string => `BC 400 ${n < 10 ? 5 : 4} 100 7`;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-16T19:00:00+07:00' });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  dung = await world.holder('24', 'department');
  const late = REPORTED.slice(-LATE);
  const inTime = [...REPORTED.slice(0, -LATE).entries()];
  while (inTime.length > 0)
    await Promise.all(inTime.splice(0, 5).map(([n, unit]) => world.reporter(unit, line(n))));
  await nothingHappened();
  await world.clock.to('2026-03-17T18:00:00+07:00');
  for (const unit of late) await world.reporter(unit, line(20));
  await world.settle();
}, 90_000);

afterAll(() => world.close());

/** «Không phát sinh»: only what is counted as it stands is asked. */
async function nothingHappened(): Promise<void> {
  const talker = await world.holder(NOTHING);
  const asked = await talker.saysQuickly('không phát sinh');
  expect(asked.text).toContain('buổi học, lượt dự và hộ hỗ trợ đều là 0');
  expect(asked.text).toContain('Câu 1/4.');
  await talker.saysQuickly('400');
  expect((await talker.saysQuickly('gửi')).text).toContain('Đã gửi');
}

it('AT-18: the officer reads each total with its coverage, its zeros and who is missing', async () => {
  const { text } = await hanh.says('tổng xã tháng 3');
  expect(text).toContain('Buổi học trong tháng: 118 buổi – từ 28/29 thôn (1 thôn báo không phát sinh)');
  expect(text).toContain('Người lớn biết dùng điện thoại, mạng (kỹ năng số): 11.200 người – từ 28/29 thôn');
  expect(text).toContain('Thiếu: Đông Lâm.');
  expect(text).toContain('Nộp đúng hạn: 26/29.');
});

it('AT-18: the same through the API; the silent village is missing, never 0', async () => {
  const total = await world.api.get<{ indicators: { id: string }[] }>(
    `/api/v1/rollup?form=village-month&period=2026-03&unit=${TAN_HOA}`,
  );
  expect(total).toMatchObject({ expected: 29, onTime: 26, late: 2 });
  expect(total.indicators.find(({ id }) => id === 'classes_held')).toMatchObject({
    ...{ value: 118, covered: 28, expected: 29, zero: 1 },
    missing: [DONG_LAM],
  });
});

it('AT-18: the province carries the same figures; a village leader reads only their own', async () => {
  expect((await dung.says('tổng tháng 3 xã Tân Hòa')).text).toContain('118 buổi – từ 28/29 thôn');
  expect(await dung.asksForAll('xã nào còn thiếu')).toContain('- xã Tân Hòa (còn 1/29)');
  const silent = await world.holder(DONG_LAM, 'village_deputy');
  const own = await silent.says('tổng xã tháng 3');
  expect(own.text).not.toContain('118');
  expect(own.text).toContain('Thôn Đông Lâm');
});

it('the officer hears how the commune stands and who has not sent', async () => {
  const status = await hanh.says('tình hình');
  expect(status.text).toContain('Xã Tân Hòa – tháng 3: nộp 28/29 thôn, đúng hạn 26.\nCòn: Đông Lâm.');
  expect((await hanh.says('thôn nào chưa nộp')).text).toContain('Đông Lâm');
  expect((await hanh.says('thôn Đông Lâm nộp chưa')).text).toMatch(/^Thôn Đông Lâm – tháng 3: chưa nộp[.,]/);
  expect((await hanh.says('thon doi thong da gui bao cao chua')).text).toMatch(
    /^Thôn Đồi Thông – tháng 3: đã nộp/,
  );
  expect((await hanh.says('thôn Không Có nộp chưa')).text).toContain('chưa thấy nơi đó');
});

it('AT-19: level 2 is the police’s, with its whole and its day; the attainment left out stays «chưa có số»', async () => {
  const minh = await world.holder('24', 'police');
  expect((await minh.says('mức 2: 71,4 %')).text).toContain('Trên tổng số bao nhiêu');
  await minh.says('2.500.000');
  await minh.says('15/3');
  const readback = await minh.taps('Chưa có số');
  expect(readback.text).toContain('1.785.000/2.500.000 (71,4 %), đến 15/3/2026');
  expect(readback.text).toMatch(/phổ cập kỹ năng số trên VNeID: chưa có số/);
  expect((await minh.taps('Gửi')).text).toContain('Đã gửi');

  const { submissions } = await world.api.get<{ submissions: { figures: object[] }[] }>(
    '/api/v1/submissions?form=police-month&period=2026-03&unit=24-CA',
  );
  expect(submissions[0]?.figures).toMatchObject([
    {
      ...{ id: 'level2_activated', value: 0.714, numerator: 1_785_000, denominator: 2_500_000 },
      ...{ asOf: '2026-03-15', status: 'reported' },
    },
    { id: 'vneid_confirmed', value: null, numerator: null, status: 'missing' },
  ]);
  const { forms } = await world.api.get<{ forms: { id: string; owner: object }[] }>('/api/v1/forms');
  expect(forms.find(({ id }) => id === 'police-month')?.owner).toMatchObject({ role: 'police' });
});

it('AT-19: nobody can add the two rates or give one for the other', async () => {
  const officer = await hanh.says('cộng hai tỷ lệ VNeID');
  expect(officer.text).toContain('không cộng, không gộp và không thay cho nhau được');
  expect(officer.text).toContain('Kế hoạch yêu cầu báo riêng');
  for (const wish of ['lấy số mức 2 thay cho số phổ cập', 'gộp mức 2 với phổ cập làm một'])
    expect((await dung.says(wish)).text).toContain('không thay cho nhau được');
  const { text } = await dung.says('đối chiếu VNeID tháng 3');
  expect(text).toContain('chưa có số');
  expect(text).not.toContain('142,8');
});
