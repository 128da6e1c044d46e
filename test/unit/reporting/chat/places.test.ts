import type { PlainUnit } from '../../reporting/builders';
import { VillageTalk, type Holder } from '../../../support/village-talk';

/** A line that names a place is that place's or is asked about, never that of the report that happens to be open. */

const UNITS: readonly PlainUnit[] = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  ...['Núi Hiểu', 'Nam Ngạn', 'Cầu Đen', 'tổ dân phố số 2', 'Ba'].map((name, i): PlainUnit => ({
    ...{ code: `99001-0${i + 1}`, level: 'village', parent: '99001', name, adults: 6000 },
  })),
];
const [NUI_HIEU, NAM_NGAN, CAU_DEN, SO_2] = ['99001-01', '99001-02', '99001-03', '99001-04'] as const;

function headOf(...units: readonly string[]): VillageTalk {
  const holders = units.map((unit): Holder => ({
    ...{ unit, role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: 'zalo:tu' },
  }));
  return new VillageTalk({ units: UNITS, holders });
}

const LINE = [200, 3, 40, 5];

it.each`
  typed                              | unit
  ${'bc nam ngan 200 3 40 5'}        | ${NAM_NGAN}
  ${'bc Nam Ngạn 200 3 40 5'}        | ${NAM_NGAN}
  ${'bc thôn nam ngạn: 200 3 40 5'}  | ${NAM_NGAN}
  ${'nam ngan 200 3 40 5'}           | ${NAM_NGAN}
  ${'bc cau den 200 3 40 5'}         | ${CAU_DEN}
  ${'báo cáo Cầu Đen 200, 3, 40, 5'} | ${CAU_DEN}
  ${'BC tổ dân phố số 2 200 3 40 5'} | ${SO_2}
  ${'bc tdp 2 200 3 40 5'}           | ${SO_2}
`('in Núi Hiểu’s report «$typed» is for $unit', async ({ typed, unit }) => {
  const talk = headOf(NUI_HIEU, NAM_NGAN, CAU_DEN, SO_2);
  await talk.all('zalo:tu', 'báo cáo', 'thôn Núi Hiểu');
  const heard = await talk.say('zalo:tu', typed);
  expect(talk.values(unit).slice(0, 4)).toEqual(LINE);
  expect(talk.report(NUI_HIEU)).toBeNull();
  expect(heard).toContain('Em ghi – tháng 3');
});

it('is read with nothing open as well', async () => {
  const talk = headOf(NUI_HIEU, NAM_NGAN);
  await talk.say('zalo:tu', 'bc nam ngan 200 3 40 5');
  expect(talk.values(NAM_NGAN).slice(0, 4)).toEqual(LINE);
});

it('the name of the only village may stand in its line', async () => {
  const talk = headOf(SO_2);
  await talk.say('zalo:tu', 'BC tổ dân phố số 2 418 5 121 14');
  expect(talk.values(SO_2).slice(0, 4)).toEqual([418, 5, 121, 14]);
});

it.each(['bc nam ngan 200 3 40 5', 'bc thôn Lạ Hoắc 200 3 40 5', 'thôn nam ngạn 200 3 40 5'])(
  '«%s» from the head of another village is asked about: nothing is stored',
  async (typed) => {
    const talk = headOf(NUI_HIEU);
    await talk.say('zalo:tu', 'báo cáo');
    const heard = await talk.say('zalo:tu', typed);
    expect(heard).toContain('chưa ghi số nào');
    expect(heard).toContain('thôn Núi Hiểu');
    expect(talk.reports.size).toBe(0);
  },
);

it('a figure that is a word in a name stays a figure: «bc 418 năm 121 14»', async () => {
  const talk = headOf(NUI_HIEU);
  await talk.say('zalo:tu', 'bc 418 năm 121 14');
  expect(talk.values(NUI_HIEU).slice(0, 4)).toEqual([418, 5, 121, 14]);
});

it('a typed line survives the question «nơi nào»', async () => {
  const talk = headOf(NUI_HIEU, NAM_NGAN);
  expect(await talk.say('zalo:tu', 'bc 200 3 40 5')).toContain('nơi nào');
  await talk.say('zalo:tu', 'Thôn Nam Ngạn');
  expect(talk.values(NAM_NGAN).slice(0, 4)).toEqual(LINE);
});

it('also when it was typed at the question itself, and when the answer is a digit', async () => {
  const talk = headOf(NUI_HIEU, NAM_NGAN);
  await talk.say('zalo:tu', 'báo cáo');
  expect(await talk.say('zalo:tu', 'bc 200 3 40 5')).toContain('nơi nào');
  await talk.say('zalo:tu', '2');
  expect(talk.values(NAM_NGAN).slice(0, 4)).toEqual(LINE);
});

it('a line with the place at that question answers both', async () => {
  const talk = headOf(NUI_HIEU, NAM_NGAN);
  await talk.all('zalo:tu', 'báo cáo', 'nam ngan 200 3 40 5');
  expect(talk.values(NAM_NGAN).slice(0, 4)).toEqual(LINE);
});
