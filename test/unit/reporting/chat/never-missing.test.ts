import { FORMS } from '../../../../src/reporting/forms';
import type { Report } from '../../../../src/reporting/report';
import { Random } from '../../../support/random';
import { HANH, TU, TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';
import type { PlainUnit } from '../builders';

/** Missing is never a guess: whoever types a digit has a figure, or is asked again. */

const POLICE: PlainUnit = { code: '24-CA', level: 'agency', parent: '24', name: 'Công an tỉnh' };
const SCHOOLS: PlainUnit = { code: '24-GDDT', level: 'agency', parent: '24', name: 'Sở Giáo dục' };
const PAPER: PlainUnit = { code: '24-BPTTH', level: 'agency', parent: '24', name: 'Báo và Đài' };
const MINH: Holder = {
  ...{ unit: '24', role: 'police', name: 'Nguyễn Quang Minh', address: 'đồng chí', user: 'minh' },
};
const NGA: Holder = {
  ...{ unit: '24-GDDT', role: 'agency_officer', name: 'Trần Thị Nga', address: 'chị', user: 'nga' },
};
const LOAN: Holder = {
  ...{ unit: '24-BPTTH', role: 'agency_officer', name: 'Phạm Thị Loan', address: 'chị', user: 'loan' },
};

const world = (): VillageTalk =>
  new VillageTalk(
    { units: [...TWO_VILLAGES, POLICE, SCHOOLS, PAPER], holders: [TU, HANH, MINH, NGA, LOAN] },
    '2026-03-16T09:00:00+07:00',
  );
const missingIn = (talk: VillageTalk): string[] =>
  [...talk.reports.values()].flatMap((report: Report) =>
    report.versions.filter(({ status }) => status === 'missing').map(({ figure }) => figure),
  );

describe('a share said anew where only its day is asked', () => {
  it.each`
    typed                          | numerator | denominator
    ${'1200/4000 đến 10/3'}        | ${1200}   | ${4000}
    ${'30 % của 4.000 đến 10/3'}   | ${1200}   | ${4000}
    ${'1200 trên 4000, ngày 10/3'} | ${1200}   | ${4000}
    ${'10/3'}                      | ${20}     | ${25}
    ${'số đến 10/3'}               | ${20}     | ${25}
  `('«$typed» is $numerator of $denominator', async ({ typed, numerator, denominator }) => {
    const talk = world();
    await talk.all('nga', 'báo cáo', '20/25', String(typed));
    const [figure] = FORMS.get('education-month')?.figures ?? [];
    const kept = talk.of({ form: 'education-month', period: '2026-03', unit: '24-GDDT' });
    expect(kept?.figures[figure?.id ?? '']?.detail).toMatchObject({
      ...{ numerator, denominator, asOf: '2026-03-10' },
    });
  });
});

it('a part of nothing is no share: it is said and asked again', async () => {
  const talk = world();
  const asked = await talk.all('nga', 'báo cáo', '0/0 đến 10/3');
  expect(asked).toContain('tổng số phải lớn hơn 0');
  expect(asked).toContain('Câu 1/3');
  expect(missingIn(talk)).toEqual([]);
});

const PIECES = [
  ...['20', '25', '1.200', '0', '4000', '71,4 %', '10/3', '31/2', '15/4', '2026', '1tr2', '2,5 triệu', '1k2'],
  ...[
    'chưa có số',
    'chưa biết',
    'không rõ',
    'chưa thống kê',
    'không nhớ',
    'bỏ qua',
    'chưa',
    'không',
    'để trống',
  ],
  ...[
    'trên',
    'của',
    '/',
    'đến',
    'ngày',
    'tháng 3',
    'khoảng',
    'người',
    'buổi',
    'nguồn Công an tỉnh',
    'hôm nay',
  ],
];

/** A few pieces in any order, at least one of them with a digit that names no month. */
function said(random: Random): string {
  const pieces = Array.from({ length: random.between(1, 4) }, () => random.pick(PIECES));
  const text = pieces.join(random.chance(0.8) ? ' ' : '');
  return /\d/.test(text.replaceAll('tháng 3', '')) ? text : `${text} ${random.between(0, 500)}`;
}

it.each([
  ['tu', 'zalo:tu'],
  ['hanh', HANH.user ?? ''],
  ['minh', 'minh'],
  ['nga', 'nga'],
  ['loan', 'loan'],
])('nothing with a digit in it is ever stored as missing (%s)', async (_name, user) => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = new Random(seed);
    const talk = world();
    await talk.say(user, 'báo cáo');
    if (user === HANH.user) await talk.say(user, 'báo cáo xã');
    const lines: string[] = [];
    for (let i = 0; i < 12; i++) {
      lines.push(said(random));
      await talk.say(user, lines.at(-1) ?? '');
      expect([seed, lines, missingIn(talk)]).toEqual([seed, lines, []]);
    }
  }
});
