import { HANH, TU, TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';
import type { PlainUnit } from '../builders';

/** Places are called by the word that the unit settles, a talk that is over leaves nothing behind, and what is offered leads somewhere. */

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

const POLICE: PlainUnit = { code: '24-CA', level: 'agency', parent: '24', name: 'Công an tỉnh' };

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

it('«sửa 1 = …» of the police corrects their own form, whatever was talked of in between', async () => {
  const minh: Holder = {
    unit: '24',
    role: 'police',
    name: 'Nguyễn Quang Minh',
    address: 'đồng chí',
    user: 'minh',
  };
  const talk = new VillageTalk(
    { units: [...TWO_VILLAGES, POLICE], holders: [minh] },
    '2026-03-16T09:00:00+07:00',
  );
  const first = 'mức 2: 71,4 % của 2,5 triệu, số đến 15/3';
  await talk.all('minh', first, 'chưa có', 'gửi', 'đối chiếu VNeID tháng 3');
  const said = await talk.say('minh', 'sửa 1 = 72 % của 2,5 triệu đến 16/3');
  expect(said).toContain('1.800.000/2.500.000 (72 %), đến 16/3/2026');
  expect(await talk.say('minh', 'việc của tôi')).not.toContain('trưởng thôn');
});

it('«sửa 1 = 28» of a commune’s officer is of the commune’s month', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [HANH] }, '2026-03-16T09:00:00+07:00');
  await talk.all('zalo:hanh', 'báo cáo xã', '29', 'để sau', 'tình hình');
  expect(await talk.say('zalo:hanh', 'sửa 1 = 28')).toContain('28');
});

it('figures that contradict each other, entered on behalf: nothing is offered that a village alone can type', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [HANH] }, '2026-03-16T09:00:00+07:00');
  const said = await talk.say('zalo:hanh', 'nhập hộ Núi Hiểu: 200 0 30 4');
  expect(said).toContain('Thôn Núi Hiểu: 30 (Lượt người dự) và 0 (Buổi học trong tháng) chưa khớp nhau');
  expect(said).toContain('«nhập hộ thôn Núi Hiểu: 418 5 121 14»');
  expect(said).not.toContain('2 = 0');
});
