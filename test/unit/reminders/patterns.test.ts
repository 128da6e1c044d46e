import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { Dictionary } from '../../../src/kernel/i18n';
import { composeReminder, type ReminderLine, type ReminderText } from '../../../src/reminders/compose';
import { Patterns } from '../../../src/reminders/patterns';
import { vn } from './builders';

const read = (locale: string, space: string): object =>
  JSON.parse(readFileSync(`locales/${locale}/${space}.json`, 'utf8')) as object;
const spaces = (locale: string) => ({
  reminders: read(locale, 'reminders'),
  common: read(locale, 'common'),
  reports: read(locale, 'reports'),
});
const dictionary = new Dictionary({ vi: spaces('vi'), en: spaces('en') });

const name = fc.oneof(fc.constantFrom('Tư', '', '$&', 'Đông Lâm'), fc.string({ maxLength: 400 }));
const aLine = fc.record({
  rule: fc.constantFrom('opening', 'two-days-before', 'last-morning', 'day-after'),
  form: fc.constant('village-month'),
  says: fc.constant('report' as const),
  period: fc.constantFrom('2026-03', '2025-12'),
  unitName: name,
  unit: fc.constant('V1'),
  deadline: fc.constantFrom(vn('2026-03-15T17:00'), vn('2026-03-17T17:00')),
  lockAt: fc.constantFrom(vn('2026-03-18T17:00'), vn('2026-03-19T12:00')),
  movedFrom: fc.constantFrom(null, vn('2026-03-18T17:00')),
  data: fc.constantFrom(null, { from: '2026-02-15', to: '2026-03-14' }),
  returned: fc.integer({ min: 0, max: 1 }),
  answered: fc.integer({ min: 0, max: 4 }),
  asked: fc.constant(4),
});
const aText = fc.record({
  address: fc.constantFrom('bác', 'anh'),
  name,
  lines: fc.array(aLine, { minLength: 1, maxLength: 2 }),
  remaining: fc.integer({ min: 0, max: 2 }),
  helper: fc.constantFrom(null, 'chị Hạnh (xã Tân Hòa)'),
  others: fc.constantFrom([], ['Xác nhận công văn 145']),
  next: fc.constantFrom(vn('2026-03-17T08:00'), null),
  at: fc.constant(vn('2026-03-15T08:00')),
});

it('says what composing anew would say, whatever was said before', () => {
  const patterns = new Patterns();
  fc.assert(
    fc.property(aText, fc.constantFrom('vi', 'en'), ({ lines, ...rest }, locale) => {
      const text: ReminderText = { ...rest, lines: lines as [ReminderLine, ...ReminderLine[]] };
      const words = dictionary.in(locale);
      const wanted = composeReminder(words, text);
      expect(patterns.compose(words, text)).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});
