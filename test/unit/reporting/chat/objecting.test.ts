import { TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';

/** What becomes of a village's objection to figures that its commune entered for it. */

const UNITS = TWO_VILLAGES;
const HOLDERS = [
  { unit: '99001-01', role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: 'tu' },
  { unit: '99001', role: 'commune_officer', name: 'Lê Thị Hạnh', address: 'chị', user: 'hanh' },
] as const;
const HIEU = '99001-01';

const told = (talk: VillageTalk, to: string): string[] =>
  talk.notices.filter((notice) => notice.to === to).map(({ text }) => text);

async function entered(at = '2026-03-16T09:00:00+07:00'): Promise<VillageTalk> {
  const talk = new VillageTalk({ units: UNITS, holders: HOLDERS }, at);
  await talk.say('hanh', 'nhập hộ Núi Hiểu: 418 5 121 14');
  return talk;
}

it('the village reads who entered its figures', async () => {
  const talk = await entered();
  const own = await talk.say('tu', 'báo cáo');
  expect(own).toContain('Báo cáo tháng 3 của thôn Núi Hiểu do chị Hạnh nhập hộ lúc 09:0');
  expect(own).toContain('«câu 3 là 120»');
});

it('objecting twice tells the commune once, and says so', async () => {
  const talk = await entered();
  await talk.say('tu', 'không đúng');
  const again = await talk.say('tu', 'không đúng');
  expect(again).toContain('Em đã báo chị Hạnh (xã Tân Hòa) rồi ạ');
  expect(again).toContain('«câu 3 là 120»');
  expect(told(talk, 'hanh').filter((text) => text.includes('không đúng'))).toHaveLength(1);
});

it('the officer sees the objection on the report, and whoever objected hears that it stays as it was', async () => {
  const talk = await entered();
  await talk.say('hanh', 'duyệt thôn Núi Hiểu');
  await talk.say('tu', 'không đúng');
  const seen = await talk.say('hanh', 'xem thôn Núi Hiểu');
  expect(seen).toContain('Bác Tư báo lúc 09:0');
  expect(seen).toContain('số nhập hộ không đúng');
  expect(await talk.say('hanh', 'duyệt hết')).not.toContain('Đã duyệt 1');
  expect(await talk.say('hanh', 'duyệt thôn Núi Hiểu')).toContain('Đã duyệt thôn Núi Hiểu');
  expect(told(talk, 'tu').at(-1)).toContain('Chị Hạnh đã xem lại số nhập hộ của thôn Núi Hiểu');
  expect(told(talk, 'tu').at(-1)).toContain('vẫn duyệt như cũ');
  expect(await talk.say('hanh', 'xem thôn Núi Hiểu')).not.toContain('không đúng');
});

it('after an objection the officer enters anew; the village is told and may object to that', async () => {
  const talk = await entered();
  await talk.say('tu', 'không đúng');
  expect(await talk.say('hanh', 'nhập hộ Núi Hiểu: 418 5 96 14')).toContain('Đã nhập hộ thôn Núi Hiểu');
  expect(told(talk, 'tu').at(-1)).toContain('3) Lượt người dự: 96');
  expect(await talk.say('hanh', 'xem thôn Núi Hiểu')).not.toContain('không đúng');
  expect(await talk.say('tu', 'không đúng')).toContain('Em đã báo chị Hạnh (xã Tân Hòa) là số nhập hộ');
});

it('after 24 hours nobody is told, and the village’s own figure stands beside', async () => {
  const talk = await entered();
  talk.at = new Date('2026-03-17T09:30:00+07:00');
  const late = await talk.say('tu', 'không đúng');
  expect(late).toContain('đã quá 24 giờ');
  expect(late).toContain('«câu 3 là 120»');
  expect(told(talk, 'hanh')).toEqual([]);
  expect(await talk.say('tu', 'sửa 3 = 96')).toContain('em để số 96 của bác bên cạnh');
  expect(talk.report(HIEU)?.seconds['learners']).toMatchObject({ value: 96, onBehalf: false });
  expect(told(talk, 'hanh').at(-1)).toContain('nay bác Tư báo 96');
});

it('once the village is locked it is not asked for a figure that it could not give', async () => {
  const talk = await entered('2026-03-18T18:00:00+07:00');
  const said = await talk.say('tu', 'không đúng');
  expect(said).toContain('Em đã báo chị Hạnh (xã Tân Hòa)');
  expect(said).toContain('đã khóa lúc 17:00 thứ Tư 18/3, nên bác nói số đúng với chị Hạnh');
  expect(said).not.toContain('sửa 3');
  expect(said).toContain('[Xin thêm nửa ngày]');
  talk.at = new Date('2026-03-19T13:00:00+07:00');
  expect(await talk.say('tu', 'không đúng')).not.toContain('[Xin thêm nửa ngày]');
});

it('where nobody entered anything the words mean something else', async () => {
  const talk = new VillageTalk({ units: UNITS, holders: HOLDERS }, '2026-03-16T09:00:00+07:00');
  await talk.all('tu', 'BC 418 5 121 14', 'gửi');
  expect(await talk.say('tu', 'không đúng')).not.toContain('nhập hộ');
});
