import type { Words } from './i18n';
import { inVietnam } from './vn-time';

/** Times and months as people write them, in the time of Viet Nam. Pure. */

/** «tháng 3»; with the year when it is not that of `at`. */
export function monthName(words: Words, period: string, at: Date): string {
  const [year = '', month = ''] = period.split('-');
  const vars = { year, month: String(Number(month)) };
  return inVietnam(at).year === Number(year)
    ? words.t('common:month', vars)
    : words.t('common:month_year', vars);
}

/** «17:00 thứ Ba 17/3» */
export function moment(words: Words, at: Date): string {
  const seen = inVietnam(at);
  return words.t('common:moment', {
    time: seen.toFormat('HH:mm'),
    weekday: words.t(`common:weekdays.${seen.weekday}`),
    day: seen.day,
    month: seen.month,
  });
}

/** «1/4/2026», of a day `2026-04-01`. */
export function dayIn(day: string): string {
  return day.split('-').map(Number).reverse().join('/');
}

/** «20:14 ngày 15/3» */
export function momentShort(words: Words, at: Date): string {
  const seen = inVietnam(at);
  return words.t('common:moment_short', { time: seen.toFormat('HH:mm'), day: seen.day, month: seen.month });
}
