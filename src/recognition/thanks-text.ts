import type { Words } from '../kernel/i18n';
import { monthName } from '../kernel/moment';
import { capital, formatCount } from '../kernel/vn-text';
import { streakOf, type MonthRecord } from './record';

/** A thank-you card: what the unit sent, what came of it, and how far its commune is. It never names another unit. */
export interface Thanks {
  /** «bác Tư» */
  readonly person: string;
  readonly address: string;
  /** «thôn Đông Lâm» */
  readonly unitName: string;
  /** The months of the unit, oldest first; the last is the one that is thanked for. */
  readonly months: readonly MonthRecord[];
  /** The unit above and how many below it have sent; null: it is not shown. */
  readonly around: { readonly name: string; readonly sent: number; readonly expected: number } | null;
}

export function thanksText(words: Words, thanks: Thanks, at: Date): string {
  const { person, address, unitName, months, around } = thanks;
  const last = months.at(-1);
  if (!last) throw new RangeError('no month to thank for');
  const streak = streakOf(months);
  const key = last.result !== 'on_time' ? 'late' : streak > 1 ? 'streak' : 'on_time';
  const vars = { person, address, Address: capital(address), unit: unitName, streak };
  const lines = [words.t(`recognition:thanks.${key}`, { ...vars, month: monthName(words, last.period, at) })];
  const classes = last.figures.get('classes_held');
  const learners = last.figures.get('learners');
  if (classes !== undefined && classes > 0 && learners !== undefined) {
    const before = months.at(-2)?.figures.get('classes_held');
    const grown = before !== undefined && before > 0 && classes > before;
    lines.push(
      words.t(`recognition:thanks.${grown ? 'classes_more' : 'classes'}`, {
        ...{ classes: formatCount(classes), learners: formatCount(learners) },
        more: formatCount(classes - (before ?? 0)),
      }),
    );
  }
  if (around)
    lines.push(
      words.t('recognition:thanks.around', {
        ...{ Name: capital(around.name), sent: around.sent, expected: around.expected },
      }),
    );
  return lines.join('\n');
}
