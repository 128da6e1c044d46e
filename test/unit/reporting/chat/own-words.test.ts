import { HANH, TU, TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';
import type { PlainUnit } from '../builders';

/** Places are called by the word that the unit settles, and a talk that is over leaves nothing behind. */

const WARD: readonly PlainUnit[] = TWO_VILLAGES.map((unit) =>
  unit.level === 'commune'
    ? { ...unit, kind: 'phường' }
    : unit.level === 'village'
      ? { ...unit, kind: 'tổ dân phố' }
      : unit,
);
const HUNG: Holder = {
  ...TU,
  role: 'village_deputy',
  name: 'Trần Văn Hùng',
  address: 'anh',
  user: 'zalo:hung',
};

it.each`
  units           | places          | kind
  ${TWO_VILLAGES} | ${'thôn'}       | ${'xã'}
  ${WARD}         | ${'tổ dân phố'} | ${'phường'}
`(
  'a commune of $places: its month says so',
  async ({ units, places, kind }: { units: readonly PlainUnit[]; places: string; kind: string }) => {
    const talk = new VillageTalk({ units, holders: [HANH] }, '2026-03-16T09:00:00+07:00');
    const work = await talk.say('zalo:hanh', 'việc của tôi');
    expect(work).toContain(`[Báo cáo ${kind}]`);
    const begun = await talk.say('zalo:hanh', 'báo cáo xã');
    expect(begun).toContain(`Số các ${places} đã báo (em cộng sẵn`);
    const explained = await talk.say('zalo:hanh', 'đếm thế nào');
    expect(explained).toContain(`Đếm cả tổ của ${kind} và tổ của từng ${places}`);
    expect(begun + explained).not.toMatch(/thôn, tổ dân phố|xã, phường/);
  },
);

it('«gửi tạm» ends the question it was said under', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-03-16T09:00:00+07:00');
  await talk.all('zalo:tu', 'báo cáo', '418', '5', 'gửi tạm');
  const sent = await talk.say('zalo:tu', 'Chờ nơi khác');
  expect(sent).toContain('Đã gửi');
  expect(sent).toContain('[Hoàn tác]');
  expect(sent).not.toContain('Câu 3');
  expect(sent).not.toMatch(/mình sửa tiếp|đang ghi/);
});

it('«tình hình» says whose choice is open, with the way to it', async () => {
  const talk = new VillageTalk(
    { units: TWO_VILLAGES, holders: [TU, HUNG, HANH] },
    '2026-03-16T09:00:00+07:00',
  );
  await talk.all('zalo:tu', 'BC 418 5 121 14', 'gửi');
  await talk.say('zalo:hung', 'sửa 2 = 7');
  const head = await talk.say('zalo:tu', 'tình hình');
  expect(head).toContain('Câu 2 có hai số khác nhau, đang chờ bác chọn.');
  expect(head).toContain('[Chọn số]');
  expect(await talk.say('zalo:hung', 'tình hình')).not.toContain('đang chờ anh chọn');
});
