import type { Say } from '../../../../src/conversation/dialog';
import { VillageTalk, type Holder } from '../../../support/village-talk';
import type { PlainUnit } from '../builders';

/** How much people do for their month: counted in messages, by tap or by word. */

const VILLAGES = Array.from({ length: 29 }, (_, i) => `99001-${String(i + 1).padStart(2, '0')}`);
const UNITS: readonly PlainUnit[] = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  ...VILLAGES.map((code, i): PlainUnit => ({
    code,
    level: 'village',
    parent: '99001',
    name: `Thôn ${i + 1}`,
    adults: 900,
  })),
];
const HOLDERS: readonly Holder[] = [
  { unit: '99001', role: 'commune_officer', name: 'Lê Thị Hạnh', address: 'chị', user: 'hanh' },
  { unit: '24', role: 'department', name: 'Phạm Văn Dũng', address: 'anh', user: 'dung' },
  ...VILLAGES.map((unit): Holder => ({
    unit,
    role: 'village_head',
    name: `Trần Văn ${unit}`,
    address: 'bác',
    user: unit,
  })),
];

let talk: VillageTalk;
let says: Say[];
let taps: number;
let answers: number;

async function taps1(user: string, label: string): Promise<void> {
  const shown = says.flatMap(({ choices = [] }) => choices).find((choice) => choice.label === label);
  if (!shown) throw new Error(`no [${label}] in ${JSON.stringify(says)}`);
  says = await talk.sayWhole(user, shown.command ?? label);
  taps += 1;
}

async function types(user: string, text: string): Promise<void> {
  says = await talk.sayWhole(user, text);
  answers += 1;
}

/** The first month, answered in full by everybody. */
beforeAll(async () => {
  talk = new VillageTalk({ units: UNITS, holders: HOLDERS, replays: false }, '2026-02-10T09:00:00+07:00');
  for (const unit of VILLAGES) {
    await talk.say(unit, 'BC 410 4 96 7');
    await talk.say(unit, 'gửi');
  }
  await talk.say('hanh', 'duyệt hết');
  const first = ['báo cáo xã', '29', '210', 'rồi', 'https://tanhoa.bacninh.gov.vn/hd', '45 trên 52 đến 9/2'];
  for (const text of [...first, '4.100 trên 8.400 đến 9/2', 'chưa có', 'không', 'không', 'gửi'])
    says = await talk.sayWhole('hanh', text);
  expect(says.map(({ text }) => text).join()).toContain('Đã gửi');
  talk.at = new Date('2026-03-16T09:00:00+07:00');
}, 60_000);

beforeEach(() => {
  taps = 0;
  answers = 0;
});

it('a village whose figures did not change: two taps from last month’s figures to the receipt', async () => {
  const counted: number[] = [];
  for (const unit of VILLAGES) {
    taps = 0;
    says = await talk.sayWhole(unit, '#BAOCAO');
    await taps1(unit, 'Đúng hết');
    await taps1(unit, 'Gửi');
    expect(talk.report(unit)?.state).toBe('submitted');
    counted.push(taps);
  }
  expect(counted.sort((a, b) => a - b)[14]).toBe(2);
});

it('a commune with 29 clean villages, from the second month on: at most 8 taps and 5 answers', async () => {
  says = await talk.sayWhole('hanh', 'chờ duyệt');
  await taps1('hanh', 'Duyệt 29 báo cáo sạch');
  says = await talk.sayWhole('hanh', 'việc của tôi');
  await taps1('hanh', 'Báo cáo xã');
  await taps1('hanh', 'Vẫn 29');
  await taps1('hanh', 'Vẫn 210');
  await taps1('hanh', 'Có');
  await taps1('hanh', 'Như lần trước');
  await types('hanh', '46 trên 52 đến 14/3');
  await types('hanh', '4.150 trên 8.400 đến 14/3');
  await types('hanh', 'chưa có');
  await types('hanh', 'không');
  await types('hanh', 'không');
  await taps1('hanh', 'Gửi');
  expect(talk.of({ form: 'commune-month', period: '2026-03', unit: '99001' })?.state).toBe('submitted');
  expect(VILLAGES.filter((unit) => talk.report(unit)?.state === 'approved')).toHaveLength(29);
  expect({ taps, answers }).toEqual({ taps: 7, answers: 5 });
});
