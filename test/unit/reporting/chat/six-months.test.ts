import { VillageTalk, type Holder } from '../../../support/village-talk';
import type { PlainUnit } from '../builders';

/** AT-29: two villages become one; the six months can be read either way, by its head and by the officer above. */

const ended = { validTo: '2026-02-28', mergedInto: ['99001-09'] } as const;
const UNITS: readonly PlainUnit[] = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99001-01', level: 'village', parent: '99001', name: 'Đông Lâm', adults: 600, ...ended },
  { code: '99001-02', level: 'village', parent: '99001', name: 'Ngọc Trì', adults: 600, ...ended },
  {
    code: '99001-09',
    level: 'village',
    parent: '99001',
    name: 'Đông Trì',
    adults: 1200,
    validFrom: '2026-03-01',
  },
];
const head = (unit: string, user: string): Holder => ({
  ...{ unit, role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user },
});
const HOLDERS: readonly Holder[] = [
  head('99001-01', 'tu'),
  head('99001-02', 'bay'),
  head('99001-09', 'moi'),
  { unit: '99001', role: 'commune_officer', name: 'Lê Thị Hạnh', address: 'chị', user: 'hanh' },
];

let talk: VillageTalk;

beforeAll(async () => {
  talk = new VillageTalk({ units: UNITS, holders: HOLDERS }, '2026-02-11T08:00:00+07:00');
  await talk.all('tu', 'BC 412 4 96 7', 'gửi');
  await talk.all('bay', 'BC 300 3 40 5', 'gửi');
  talk.at = new Date('2026-03-12T08:00:00+07:00');
  await talk.all('moi', 'BC 720 9 150 11', 'gửi');
});

it('reads the two as one where they are one now', async () => {
  const said = await talk.say('moi', '6 tháng qua');
  expect(said).toContain('Buổi học trong tháng: 7 · 9');
  expect(said).toContain('Số nơi đã gửi: 2/2 · 1/1');
  expect(said).toContain('[Theo thôn cũ]');
});

it('reads each by itself as they were', async () => {
  const said = await talk.say('hanh', '6 tháng qua thôn Đông Trì theo thôn cũ');
  expect(said).toMatch(
    /Đông Lâm:[\s\S]*Buổi học trong tháng: 4[\s\S]*Ngọc Trì:[\s\S]*Buổi học trong tháng: 3/,
  );
  expect(said).not.toContain('[Theo thôn cũ]');
});

it('lists one figure by month with its coverage', async () => {
  const said = await talk.say('hanh', 'biểu đồ buổi học 6 tháng xã Tân Hòa');
  expect(said).toMatch(/Buổi học trong tháng:\n- tháng 2: 7 – từ 2\/2\n- tháng 3: 9 – từ 1\/1$/);
});

it('shows nobody a place that is not theirs', async () => {
  expect(await talk.say('moi', '6 tháng qua xã Tân Hòa')).not.toContain('Buổi học');
});
