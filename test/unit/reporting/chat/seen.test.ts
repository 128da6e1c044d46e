import type { Evidence } from '../../../../src/evidence/evidence';
import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';

/** What an officer opens of a village's report, and that it is kept who did. */

const REPORT = { form: 'village-month', period: '2026-03', unit: '99001-01' };

async function sent(): Promise<VillageTalk> {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-03-15T20:00:00+07:00');
  await talk.all('zalo:tu', 'BC 418 5 121 14', 'gửi');
  return talk;
}

function aPhoto(n: number, over: Partial<Evidence> = {}): Evidence {
  const media = `${String(n).repeat(64).slice(0, 64)}.jpg`;
  return {
    ...{ id: `p${n}:e0`, subject: REPORT, figure: n === 1 ? 'learners' : null, kind: 'image', name: null },
    ...{
      by: 'zalo:tu',
      at: new Date('2026-03-15T20:00:30+07:00'),
      eventId: `p${n}`,
      state: 'kept',
      url: null,
    },
    ...{ media, bytes: 300_000, reason: null, attempts: 1 },
    ...over,
  };
}

it('opening a report is noted; one’s own is not', async () => {
  const talk = await sent();
  await talk.all('zalo:tu', 'báo cáo', 'tình hình');
  expect(talk.seen).toEqual([]);
  await talk.say('zalo:hanh', 'chờ duyệt');
  await talk.say('zalo:hanh', 'xem thôn Núi Hiểu');
  expect(talk.seen).toMatchObject([
    {
      kind: 'audit.seen',
      what: 'report',
      by: 'zalo:hanh',
      unit: '99001-01',
      subject: 'village-month/2026-03',
    },
  ]);
});

it('pictures are offered where there are some, four at a time, with whose they are and what of', async () => {
  const talk = await sent();
  expect(await talk.say('zalo:hanh', 'xem thôn Núi Hiểu')).not.toContain('[Xem ảnh, tệp]');
  talk.evidence.push(...[1, 2, 3, 4, 5].map((n) => aPhoto(n)), aPhoto(6, { bytes: 3_000_000 }));
  const report = await talk.sayWhole('zalo:hanh', 'xem thôn Núi Hiểu');
  const first = await talk.sayWhole('zalo:hanh', talk.buttonsOf(report, 'Xem ảnh, tệp'));
  const text = first[0]?.text ?? '';
  expect(text).toContain('Em vừa gửi 4 mục thôn Núi Hiểu gửi kèm báo cáo tháng 3:');
  expect(text).toContain('1. Ảnh, bác Tư gửi lúc 20:00 ngày 15/3 – câu 3, Lượt người dự');
  expect(text).toContain('1 mục là tiếng, phim, bảng tính hoặc ảnh quá 1 MB');
  const rest = await talk.say('zalo:hanh', talk.buttonsOf(first, 'Xem thêm 1'));
  expect(rest).toContain('5. Ảnh, bác Tư gửi');
  expect(talk.seen.filter(({ kind }) => kind === 'evidence.show')).toMatchObject([
    { to: 'zalo:hanh', pieces: ['p1:e0', 'p2:e0', 'p3:e0', 'p4:e0'] },
    { to: 'zalo:hanh', pieces: ['p5:e0'] },
  ]);
});

it('what is not here yet, or never will be, is said', async () => {
  const talk = await sent();
  talk.evidence.push(aPhoto(1, { state: 'waiting', media: null }), aPhoto(2, { state: 'lost', media: null }));
  const said = await talk.say('zalo:hanh', 'xem ảnh thôn Núi Hiểu');
  expect(said).toContain('1 mục em đang tải về');
  expect(said).toContain('1 mục em không tải về được');
  expect(talk.seen.filter(({ kind }) => kind === 'evidence.show')).toEqual([]);
});
