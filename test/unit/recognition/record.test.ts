import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary } from '../../../src/kernel/i18n';
import {
  growthOf,
  monthRecord,
  onTimeCount,
  streakOf,
  sumOf,
  type MonthRecord,
} from '../../../src/recognition/record';
import { evidenceOf, ranked, standsOut, type Candidate } from '../../../src/recognition/shortlist';
import { thanksText } from '../../../src/recognition/thanks-text';
import type { Report } from '../../../src/reporting/report';
import { vn } from '../reminders/builders';

const words = new Dictionary(loadLocales()).in('vi');

const month = (
  period: string,
  result: MonthRecord['result'],
  figures: Record<string, number> = {},
): MonthRecord => ({
  ...{ period, result, figures: new Map(Object.entries(figures)), receipt: null },
});

it.each`
  results                                | streak | onTime | because
  ${['on_time', 'on_time', 'on_time']}   | ${3}   | ${3}   | ${'every month came in time'}
  ${['on_time', 'late', 'on_time']}      | ${1}   | ${2}   | ${'a late month ends the row'}
  ${['on_time', 'none']}                 | ${0}   | ${1}   | ${'so does a silent one'}
  ${['on_time', 'on_behalf', 'on_time']} | ${1}   | ${2}   | ${'what the commune entered is not the village’s'}
  ${[]}                                  | ${0}   | ${0}   | ${'nothing was owed'}
`('$results: $streak in a row, since $because', ({ results, streak, onTime }) => {
  const months = (results as MonthRecord['result'][]).map((result, i) => month(`2026-0${i + 1}`, result));
  expect([streakOf(months), onTimeCount(months)]).toEqual([streak, onTime]);
});

it('sums what is known and says of how many months; what is missing is no zero', () => {
  const months = [
    month('2026-01', 'on_time', { classes_held: 4, adults_digital: 400 }),
    month('2026-02', 'none'),
    month('2026-03', 'late', { classes_held: 6, adults_digital: 430 }),
  ];
  expect(sumOf(months, 'classes_held')).toEqual({ value: 10, months: 2 });
  expect(sumOf(months, 'learners')).toBeNull();
  expect(growthOf(months, 'adults_digital')).toEqual({ from: 400, to: 430, since: '2026-01' });
  expect(growthOf([...months].reverse(), 'adults_digital')).toBeNull();
  expect(growthOf(months.slice(0, 2), 'adults_digital')).toBeNull();
});

it('reads a month out of its report: sent by the unit, entered for it, or not there', () => {
  const figure = (value: number | null, state: string) => ({ figure: 'classes_held', value, state });
  const report = (over: object): Report =>
    ({
      submittedAt: vn('2026-03-12T08:00'),
      late: false,
      receipt: 'ĐL-03',
      acts: [],
      figures: {},
      ...over,
    }) as unknown as Report;
  expect(monthRecord('2026-03', null).result).toBe('none');
  expect(monthRecord('2026-03', report({ submittedAt: null })).result).toBe('none');
  expect(monthRecord('2026-03', report({ late: true })).result).toBe('late');
  expect(monthRecord('2026-03', report({ acts: [{ kind: 'enter', sent: true }] })).result).toBe('on_behalf');
  const sent = monthRecord('2026-03', report({ figures: { classes_held: figure(5, 'approved') } }));
  expect([sent.result, sent.figures.get('classes_held'), sent.receipt]).toEqual(['on_time', 5, 'ĐL-03']);
  expect(
    monthRecord('2026-03', report({ figures: { classes_held: figure(5, 'returned') } })).figures.size,
  ).toBe(0);
});

const around = { name: 'xã Tân Hòa', sent: 24, expected: 29 };
const thanks = (months: MonthRecord[]) =>
  thanksText(
    words,
    { person: 'bác Tư', address: 'bác', unitName: 'thôn Đông Lâm', months, around },
    vn('2026-03-19T09:00'),
  );

it('thanks for the row, for more classes, and says how far the commune is; never a word of blame or another unit', () => {
  const feb = month('2026-02', 'on_time', { classes_held: 4, learners: 96 });
  const march = month('2026-03', 'on_time', { classes_held: 5, learners: 121 });
  expect(thanks([feb, march])).toBe(
    [
      'Em cảm ơn bác Tư. Báo cáo tháng 3 của thôn Đông Lâm đã gửi đúng hạn, tháng thứ 2 liền ạ.',
      'Trong tháng: 5 buổi học, nhiều hơn tháng trước 1 buổi; 121 lượt bà con đến học.',
      'Xã Tân Hòa: 24/29 nơi đã có số. Tin này không cần trả lời ạ.',
    ].join('\n'),
  );
  expect(thanks([month('2026-03', 'on_time')]).split('\n')[0]).toMatch(/đã gửi đúng hạn ạ\.$/);
  const late = thanks([march, month('2026-03', 'late', { classes_held: 2, learners: 30 })]);
  expect(late).toContain('đã tới nơi');
  expect(late).toContain('Trong tháng: 2 buổi học, 30 lượt');
  expect(late).not.toMatch(/muộn|chậm|trễ|kém|ít hơn/);
});

it('ranks what was proposed before what only figures show, then by months in time, row and classes; people last of their kind', () => {
  const evidence = (results: MonthRecord['result'][], classes = 1) =>
    evidenceOf(results.map((result, i) => month(`2026-0${i + 1}`, result, { classes_held: classes })));
  const nomination = (name: string, kind: 'collective' | 'individual' = 'collective') => ({
    ...{
      kind,
      name,
      achievement: 'x',
      evidence: null,
      by: '1',
      receipt: 'R',
      sentAt: vn('2026-09-20T10:00'),
      unit: null,
    },
  });
  const of = (
    name: string,
    proposed: boolean,
    found: Candidate['evidence'],
    kind?: 'individual',
  ): Candidate => ({
    ...{
      unit: proposed ? null : name,
      nomination: proposed ? nomination(name, kind) : null,
      evidence: found,
    },
  });
  const all = [
    of('only figures', false, evidence(['on_time', 'on_time'])),
    of('An', true, null, 'individual'),
    of('late once', true, evidence(['late', 'on_time'])),
    of('few classes', true, evidence(['on_time', 'on_time'], 2)),
    of('many classes', true, evidence(['on_time', 'on_time'], 9)),
  ];
  expect(ranked(all).map(({ nomination: one, unit }) => one?.name ?? unit)).toEqual([
    ...['many classes', 'few classes', 'late once', 'An', 'only figures'],
  ]);
  expect(evidenceOf([])).toBeNull();
  expect(standsOut(evidence(['on_time'])!)).toBe(false);
  expect(standsOut(evidence(['on_time', 'on_time'])!)).toBe(true);
  expect(standsOut(evidence(['on_time', 'late'])!)).toBe(false);
});
