import type { Words } from './i18n';
import { shownInVietnam, type Shown } from './vn-time';

/** Times and months as people write them, in the time of Viet Nam. Pure. */

/** «tháng 3»; with the year when it is not that of `at`. */
export function monthName(words: Words, period: string, at: Date): string {
  const [year = '', month = ''] = period.split('-');
  const vars = { year, month: String(Number(month)) };
  return shownInVietnam(at).year === Number(year)
    ? words.t('common:month', vars)
    : words.t('common:month_year', vars);
}

/** «17:00 thứ Ba 17/3» */
export function moment(words: Words, at: Date): string {
  const seen = shownInVietnam(at);
  return words.t('common:moment', {
    time: timeOf(seen),
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
  const seen = shownInVietnam(at);
  return words.t('common:moment_short', { time: timeOf(seen), day: seen.day, month: seen.month });
}

/** «09:05» */
function timeOf({ hour, minute }: Shown): string {
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}
