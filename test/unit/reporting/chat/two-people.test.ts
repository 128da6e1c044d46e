import { TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';

/** What two people of one village say of the same report, and what «hoàn tác» then takes back. */

const HOLDERS: readonly Holder[] = [
  { unit: '99001-01', role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: 'zalo:tu' },
  { unit: '99001-01', role: 'village_deputy', name: 'Trần Hùng', address: 'anh', user: 'zalo:hung' },
  { unit: '99001-02', role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: 'zalo:tu' },
  { unit: '99001', role: 'commune_officer', name: 'Lê Thị Hạnh', address: 'chị', user: 'zalo:hanh' },
];
const ONE_VILLAGE = HOLDERS.filter(({ unit }) => unit !== '99001-02');
const NUI_HIEU = '99001-01';
const NAM_NGAN = '99001-02';

async function sentByHead(): Promise<VillageTalk> {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: ONE_VILLAGE });
  await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
  expect(talk.values(NUI_HIEU).slice(0, 4)).toEqual([418, 5, 121, 14]);
  return talk;
}

it('the deputy after the head: the value waits, the head is asked and chooses', async () => {
  const talk = await sentByHead();
  const heard = await talk.say('zalo:hung', '3 = 120');
  expect(heard).toContain('bác Tư đã báo 121, nên em để số 120 của anh bên cạnh và hỏi bác Tư');
  expect(talk.values(NUI_HIEU)[2]).toBe(121);
  expect(talk.notices).toEqual([
    { to: 'zalo:tu', text: expect.stringContaining('bác Tư đã báo 121, nay anh Hùng báo 120') },
  ]);
  const asked = await talk.say('zalo:tu', 'báo cáo');
  expect(asked).toContain('bác Tư báo 121 (đang tính), anh Hùng báo 120');
  expect(asked).toContain('[Giữ 121]\n[Lấy 120]');
  const chosen = await talk.say('zalo:tu', '2');
  expect(chosen).toContain('Lượt người dự: 120');
  expect(talk.values(NUI_HIEU)[2]).toBe(120);
  expect(talk.report(NUI_HIEU)?.seconds).toEqual({});
  expect(talk.notices.at(-1)).toEqual({ to: 'zalo:hung', text: expect.stringContaining('đã chọn 120') });
});

it('the head after the deputy: it counts at once, and the deputy is told what', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: ONE_VILLAGE });
  await talk.all('zalo:hung', 'bc 418 5 121 14', 'gửi');
  await talk.say('zalo:tu', '3 = 120');
  expect(talk.values(NUI_HIEU)[2]).toBe(120);
  expect(talk.notices).toEqual([
    { to: 'zalo:hung', text: expect.stringMatching(/bác Tư vừa sửa.*\n3\) Lượt người dự: 121 → 120/) },
  ]);
});

it('the report shows who said which while it waits', async () => {
  const talk = await sentByHead();
  await talk.say('zalo:hung', '3 = 120');
  expect(await talk.say('zalo:hung', 'báo cáo')).toContain(
    '3) Lượt người dự: bác Tư báo 121 (đang tính), anh Hùng báo 120; chờ chọn một số.',
  );
});

it('«hoàn tác» takes back the village that was sent last, and names it', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: HOLDERS });
  await talk.all('zalo:tu', 'báo cáo', 'thôn Núi Hiểu', 'bc 418 5 121 14', 'gửi');
  await talk.all('zalo:tu', 'báo cáo thôn Nam Ngạn', 'bc 300 4 80 9', 'gửi');
  const heard = await talk.say('zalo:tu', 'hoàn tác');
  expect(heard).toContain('rút lại báo cáo tháng 3 của thôn Nam Ngạn');
  expect(talk.report(NAM_NGAN)?.state).toBe('draft');
  expect(talk.report(NUI_HIEU)?.state).toBe('submitted');
});

it.each`
  typed              | asked
  ${'4 = 140'}       | ${'a value unlike the months before'}
  ${'4 = khoảng 15'} | ${'an unclear value'}
  ${'sửa 4'}         | ${'a correction that has begun'}
`('«hoàn tác» while $asked is asked about stops that, and reverts nothing earlier', async ({ typed }) => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: ONE_VILLAGE }, '2026-02-12T09:00:00+07:00');
  await talk.all('zalo:tu', 'bc 410 4 96 7', 'gửi');
  talk.at = new Date('2026-03-13T19:00:00+07:00');
  await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi', '3 = 120');
  await talk.say('zalo:tu', typed);
  const heard = await talk.say('zalo:tu', 'hoàn tác');
  expect(heard).toContain('em bỏ qua, chưa ghi số đó');
  expect(talk.values(NUI_HIEU).slice(0, 4)).toEqual([418, 5, 120, 14]);
  expect(await talk.say('zalo:tu', 'hoàn tác')).toContain('3. Lượt người dự: 121');
});

it('«hoàn tác» in a draft asks the last answer again, not another village’s sending', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: HOLDERS });
  await talk.all('zalo:tu', 'báo cáo', 'thôn Núi Hiểu', 'bc 418 5 121 14', 'gửi');
  await talk.all('zalo:tu', 'báo cáo thôn Nam Ngạn', '300');
  const heard = await talk.say('zalo:tu', 'hoàn tác');
  expect(heard).toContain('của thôn Nam Ngạn chưa gửi');
  expect(heard).toContain('đang ghi: 300');
  expect(talk.report(NUI_HIEU)?.state).toBe('submitted');
});
