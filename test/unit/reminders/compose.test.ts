import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { Dictionary } from '../../../src/kernel/i18n';
import { composeReminder, type ReminderLine, type ReminderText } from '../../../src/reminders/compose';
import { vn } from './builders';

const read = (locale: string, space: string): object =>
  JSON.parse(readFileSync(`locales/${locale}/${space}.json`, 'utf8')) as object;
const dictionary = new Dictionary(
  Object.fromEntries(
    ['vi', 'en'].map((locale) => [
      locale,
      {
        reminders: read(locale, 'reminders'),
        common: read(locale, 'common'),
        reports: read(locale, 'reports'),
        tasks: read(locale, 'tasks'),
        work: read(locale, 'work'),
        menu: read(locale, 'menu'),
      },
    ]),
  ),
);
const vi = dictionary.in('vi');

function aLine(over: Partial<ReminderLine> = {}): ReminderLine {
  return {
    rule: 'two-days-before',
    form: 'village-month',
    says: 'report',
    period: '2026-03',
    unitName: 'thôn Đông Lâm',
    unit: 'V1',
    deadline: vn('2026-03-17T17:00'),
    lockAt: vn('2026-03-18T17:00'),
    movedFrom: null,
    data: { from: '2026-02-15', to: '2026-03-14' },
    returned: 0,
    answered: 0,
    asked: 4,
    ...over,
  };
}

function aText(over: Partial<ReminderText> = {}): ReminderText {
  return {
    address: 'bác',
    name: 'Tư',
    lines: [aLine()],
    remaining: 1,
    next: vn('2026-03-17T08:00'),
    at: vn('2026-03-15T08:00'),
    ...over,
  };
}

const textOf = (text: ReminderText): string => {
  const { message } = composeReminder(vi, text);
  return message.kind === 'text' ? message.text : '';
};
const labels = (text: ReminderText): unknown => {
  const { message } = composeReminder(vi, text);
  return (
    message.kind === 'text' &&
    message.buttons?.map((each) => ('payload' in each ? [each.label, each.payload] : []))
  );
};

it('opens the period in the words of D1, by template as well', () => {
  const opening = aText({
    lines: [aLine({ rule: 'opening' })],
    at: vn('2026-03-10T08:00'),
    remaining: 2,
    next: vn('2026-03-15T08:00'),
  });
  expect(textOf(opening)).toBe(
    'Chào bác Tư, đã đến kỳ báo cáo tháng 3 của thôn Đông Lâm.\nHạn: 17:00 thứ Ba 17/3. Số từ 15/2 đến 14/3. 4 câu, khoảng 1 phút ạ.\nEm chỉ nhắc thêm 2 lần nữa.',
  );
  expect(labels(opening)).toEqual([
    ['Bắt đầu', '#BAOCAO'],
    ['Để sau', 'Để sau'],
  ]);
  expect(composeReminder(vi, opening).template).toEqual({
    ten: 'bác Tư',
    don_vi: 'thôn Đông Lâm',
    ky: 'tháng 3/2026',
    han: '17:00 thứ Ba 17/3',
    noi_dung: 'Số từ 15/2 đến 14/3. 4 câu, khoảng 1 phút',
  });
});

it('numbers its choices where a number can mean nothing else', () => {
  const digits = (text: ReminderText): unknown => {
    const { message } = composeReminder(vi, text);
    return message.kind === 'text' && message.buttons?.map((each) => 'digit' in each && each.digit);
  };
  expect(digits(aText({ free: true }))).toEqual([1, 2]);
  expect(digits(aText())).toEqual([false, false]);
  // A list of works has numbers of its own.
  expect(digits(aText({ free: true, lines: [aLine(), aLine({ unitName: 'thôn Ngọc Trì' })] }))).toEqual([
    false,
    false,
    false,
  ]);
});

it('speaks of what is left once a draft has answers, not of a missing report', () => {
  const draft = aText({ lines: [aLine({ answered: 3 })] });
  expect(textOf(draft)).toContain('còn 1 câu');
  expect(textOf(draft)).not.toContain('chưa gửi');
  expect(textOf(draft)).toContain('Em chỉ nhắc thêm 1 lần nữa, 08:00 thứ Ba 17/3.');
  expect(labels(draft)).toMatchObject([['Tiếp tục', '#BAOCAO'], {}]);
  expect(textOf(aText({ lines: [aLine({ answered: 4 })] }))).toContain('chỉ còn bấm «Gửi»');
});

it('says «today» on the last morning and that it is the last time', () => {
  const last = aText({
    lines: [aLine({ rule: 'last-morning' })],
    at: vn('2026-03-17T08:00'),
    remaining: 0,
    next: null,
  });
  expect(textOf(last)).toContain('17:00 hôm nay');
  expect(textOf(last)).toContain('lần nhắc cuối');
  expect(composeReminder(vi, last).template.han).toBe('17:00 thứ Ba 17/3');
});

const aTask = aLine({
  ...{ rule: 'last-morning', form: 'khcn-action-plan', says: 'task', period: 'khcn-action-plan' },
  ...{ unit: '24-KHCN', unitName: 'Sở Khoa học và Công nghệ', data: null, answered: 0, asked: 0 },
  ...{ deadline: vn('2026-03-30T17:00'), lockAt: vn('2026-04-06T17:00') },
});
const aSummary = aLine({
  ...{ rule: 'day-after', form: 'khcn-month-summary', says: 'summary', period: '2026-03', data: null },
  ...{ unit: '24-KHCN', unitName: 'Sở Khoa học và Công nghệ', answered: 0, asked: 0 },
  ...{ deadline: vn('2026-03-24T17:00'), lockAt: vn('2026-03-31T17:00') },
});
const toDung = { address: 'anh', name: 'Dũng', at: vn('2026-03-30T08:00') };

it('asks whether a task is done, and opens it', () => {
  const text = aText({ ...toDung, lines: [aTask], next: vn('2026-03-31T08:00') });
  expect(textOf(text)).toBe(
    [
      'Chào anh Dũng, hôm nay là hạn việc «Kế hoạch hành động năm 2026 trình Chủ tịch tỉnh» của Sở Khoa học và Công nghệ: 17:00 hôm nay.',
      'Việc này đã xong chưa ạ? Xong rồi thì bấm «Mở việc này» để báo giúp em.',
      'Em chỉ nhắc thêm 1 lần nữa, 08:00 thứ Ba 31/3.',
    ].join('\n'),
  );
  expect(labels(text)).toEqual([
    ['Mở việc này', '#XEMVIEC_TASK_KHCN-ACTION-PLAN_24-KHCN'],
    ['Để sau', 'Để sau'],
  ]);
  expect(composeReminder(vi, text).template).toMatchObject({
    don_vi: 'Sở Khoa học và Công nghệ',
    ky: 'việc «Kế hoạch hành động năm 2026 trình Chủ tịch tỉnh»',
    noi_dung: 'chưa được báo xong',
  });
});

it('says how the summary of the month is done', () => {
  const text = aText({ ...toDung, at: vn('2026-03-25T08:00'), lines: [aSummary], remaining: 0, next: null });
  expect(textOf(text)).toContain(
    'việc «Tổng hợp tháng 3 báo cáo tỉnh» của Sở Khoa học và Công nghệ đã đến hạn',
  );
  expect(textOf(text)).toContain('nhắn «chốt số tháng 3»');
  expect(labels(text)).toMatchObject([['Tình hình', '#TINHHINH'], {}]);
});

it('names tasks beside reports in one list, and its first button opens the first', () => {
  const both = aText({ ...toDung, lines: [aSummary, aTask], at: vn('2026-03-25T08:00') });
  expect(textOf(both).split('\n').slice(0, 3)).toEqual([
    'Chào anh Dũng, hôm nay anh còn 2 việc:',
    '1. Việc «Tổng hợp tháng 3 báo cáo tỉnh»: chưa chốt số, hạn 17:00 thứ Ba 24/3',
    '2. Việc «Kế hoạch hành động năm 2026 trình Chủ tịch tỉnh»: chưa xong, hạn 17:00 thứ Hai 30/3',
  ]);
  expect(labels(aText({ ...toDung, lines: [aTask, aSummary] }))).toMatchObject([
    ['Làm việc 1', '#XEMVIEC_TASK_KHCN-ACTION-PLAN_24-KHCN'],
    ['Xem cả 2', 'việc của tôi'],
    {},
  ]);
});

it('lists several reports in one message', () => {
  const several = aText({ lines: [aLine(), aLine({ unitName: 'thôn Ngọc Trì', answered: 2 })] });
  expect(textOf(several)).toBe(
    [
      'Chào bác Tư, hôm nay bác còn 2 việc:',
      '1. Báo cáo tháng 3, thôn Đông Lâm: chưa gửi, hạn 17:00 thứ Ba 17/3',
      '2. Báo cáo tháng 3, thôn Ngọc Trì: còn 2 câu, hạn 17:00 thứ Ba 17/3',
      'Em chỉ nhắc thêm 1 lần nữa, 08:00 thứ Ba 17/3.',
    ].join('\n'),
  );
  expect(composeReminder(vi, several).template).toMatchObject({
    don_vi: 'thôn Đông Lâm và 1 nơi khác',
    noi_dung: '2 việc cần làm',
  });
});

it('lists every work in order, with the first to be begun, all of them, or a later hour at one tap', () => {
  const text = aText({
    at: vn('2026-03-17T08:00'),
    next: vn('2026-03-18T08:00'),
    lines: [aLine({ answered: 2, rule: 'last-morning' }), aLine({ unitName: 'thôn Ngọc Trì', returned: 1 })],
    others: ['Xác nhận công văn 145/UBND-VX'],
  });
  expect(textOf(text)).toBe(
    [
      'Chào bác Tư, hôm nay bác còn 3 việc:',
      '1. Báo cáo tháng 3, thôn Đông Lâm: còn 2 câu, hạn 17:00 hôm nay',
      '2. Báo cáo tháng 3, thôn Ngọc Trì: 1 số được nhờ xem lại',
      '3. Xác nhận công văn 145/UBND-VX',
      'Em chỉ nhắc thêm 1 lần nữa, 08:00 thứ Tư 18/3.',
    ].join('\n'),
  );
  expect(labels(text)).toEqual([
    ['Làm việc 1', '#BAOCAO_VILLAGE-MONTH_V1'],
    ['Xem cả 3', 'việc của tôi'],
    ['Nhắc 11:00', 'Nhắc 11:00'],
  ]);
});

it('says at the opening that a day off has moved the deadline, and on the last morning who will be asked to help', () => {
  const moved = aLine({
    ...{ rule: 'opening', deadline: vn('2026-04-15T17:00'), movedFrom: vn('2026-04-17T17:00') },
  });
  const opening = aText({ lines: [moved], at: vn('2026-04-10T08:00') });
  expect(textOf(opening)).toContain('Hạn kỳ này: 17:00 thứ Tư 15/4 (thay cho 17:00 thứ Sáu 17/4');
  expect(composeReminder(vi, opening).template.noi_dung).toContain('hạn đổi vì vướng ngày nghỉ');
  const last = aText({ lines: [aLine({ rule: 'last-morning' })], helper: 'chị Hạnh (xã Tân Hòa)' });
  expect(textOf(last)).toContain('chưa có, em sẽ nhờ chị Hạnh (xã Tân Hòa) giúp bác ạ.');
});

it('says the same where the report stands among other work', () => {
  const lines = [aLine({ rule: 'last-morning' })] as const;
  const others = ['Xác nhận công văn 145/UBND-VX'];
  const at = vn('2026-03-17T08:00');
  const text = textOf(aText({ lines, others, at, helper: 'chị Hạnh (xã Tân Hòa)' }));
  expect(text).toContain(
    'Báo cáo nào đến 17:00 hôm nay chưa có, em sẽ nhờ chị Hạnh (xã Tân Hòa) giúp bác ạ.',
  );
  expect(textOf(aText({ lines, others, helper: null }))).not.toContain('sẽ nhờ');
  const earlier = [aLine({ rule: 'two-days' })] as const;
  expect(textOf(aText({ lines: earlier, others, helper: 'chị Hạnh' }))).not.toContain('sẽ nhờ');
});

it('says until when a late report is still taken', () => {
  const late = { at: vn('2026-03-18T08:00'), remaining: 0, next: null };
  const text = textOf(aText({ ...late, lines: [aLine({ rule: 'day-after' })] }));
  expect(text).toContain('Còn nhận đến 17:00 hôm nay');
  expect(textOf(aText({ ...late, lines: [aLine({ rule: 'day-after', answered: 3 })] }))).toContain(
    'Đã quá hạn, còn nhận đến 17:00 hôm nay.',
  );
});

it('calls a week a week', () => {
  const week = aText({ lines: [aLine({ form: 'press-week', period: '2026-W12' })] });
  expect(composeReminder(vi, week).template.ky).toBe('tuần 12/2026');
});

it('names the year of a period that is not of this one', () => {
  const text = textOf(aText({ lines: [aLine({ period: '2025-12' })] }));
  expect(text).toContain('tháng 12/2025');
});

it('never passes 350 characters, in any language, whatever the names', () => {
  const line = fc.record({
    rule: fc.constantFrom('opening', 'two-days-before', 'last-morning'),
    unitName: fc.string({ minLength: 1, maxLength: 60 }),
    answered: fc.integer({ min: 0, max: 8 }),
  });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 9 }),
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.constantFrom('vi', 'en'),
      fc.integer({ min: 0, max: 3 }),
      (lines, name, locale, remaining) => {
        const full = lines.map((each) => aLine({ ...each, asked: 8 })) as [ReminderLine, ...ReminderLine[]];
        const { message, template } = composeReminder(
          dictionary.in(locale),
          aText({ lines: full, name, remaining }),
        );
        const values = Object.values(template) as string[];
        return (
          message.kind === 'text' &&
          [...message.text].length <= 350 &&
          values.every((value) => value.length > 0 && [...value].length <= 80)
        );
      },
    ),
  );
});
