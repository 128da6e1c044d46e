import type { DateTime } from 'luxon';
import { decodeTelex, foldText } from '../kernel/vn-text';
import { inVietnam } from '../kernel/vn-time';

/** A day as people name it, seen from `now` in Viet Nam. Lunar days and days that do not exist are asked about. */
export type DateReading =
  /** `2026-03-17`. */
  | { readonly kind: 'day'; readonly day: string }
  /** `month_part`: «cuối tháng»; `impossible`: 31/2; `past`: a weekday said to be gone. */
  | { readonly kind: 'ask'; readonly why: 'lunar' | 'impossible' | 'vague' | 'several' }
  | null;

const WEEKDAYS: readonly (readonly [RegExp, number])[] = [
  [/(?<![a-z])(?:thu|t) ?2(?!\d)|(?<![a-z])thu hai(?![a-z])|(?<![a-z])monday/g, 1],
  [/(?<![a-z])(?:thu|t) ?3(?!\d)|(?<![a-z])thu ba(?![a-z])|(?<![a-z])tuesday/g, 2],
  [/(?<![a-z])(?:thu|t) ?4(?!\d)|(?<![a-z])thu (?:tu|bon)(?![a-z])|(?<![a-z])wednesday/g, 3],
  [/(?<![a-z])(?:thu|t) ?5(?!\d)|(?<![a-z])thu nam(?![a-z])|(?<![a-z])thursday/g, 4],
  [/(?<![a-z])(?:thu|t) ?6(?!\d)|(?<![a-z])thu sau(?![a-z])|(?<![a-z])friday/g, 5],
  [/(?<![a-z])(?:thu|t) ?7(?!\d)|(?<![a-z])thu bay(?![a-z])|(?<![a-z])saturday/g, 6],
  [/(?<![a-z])chu nhat(?![a-z])|(?<![a-z])cn(?![a-z])|(?<![a-z])sunday/g, 7],
];
const NEAR: readonly (readonly [RegExp, number])[] = [
  [/(?<![a-z])hom kia(?![a-z])/, -2],
  [/(?<![a-z])(?:hom qua|toi qua|bua qua|chieu qua|sang qua|dem qua|yesterday)(?![a-z])/, -1],
  [
    /(?<![a-z])(?:ngay kia|ngay mot|(?:sang |chieu |toi )?mot(?= (?:em|toi|bac|bao|nop|gui|a|nhe)|$)|hai ngay nua)(?![a-z])/,
    2,
  ],
  [/(?<![a-z])(?:ngay mai|sang mai|trua mai|chieu mai|toi mai|mai|tomorrow)(?![a-z])/, 1],
  [
    /(?<![a-z])(?:hom nay|bua nay|toi nay|chieu nay|sang nay|trua nay|today|(?:^de )?toi(?= (?:em|bac|a|nhe|bao|nop|gui)|$))(?![a-z])/,
    0,
  ],
];

/** The day the text names; null when it names none. A day and month without a year is the nearest one to `now`, half a year either way. */
export function readDate(text: string, now: Date): DateReading {
  const reading = read(foldText(text), text.normalize('NFC').toLowerCase(), inVietnam(now));
  const decoded = reading === null ? decodeTelex(text) : null;
  return decoded === null ? reading : read(foldText(decoded), decoded, inVietnam(now));
}

function read(fold: string, raw: string, now: DateTime<true>): DateReading {
  if (/(?<![a-z])(?:ram|am lich|mung \d|mung mot|al)(?![a-z])/.test(fold))
    return { kind: 'ask', why: 'lunar' };
  const found = [...dates(fold, now), ...weekdays(fold, now), ...nearDays(fold, raw, now)];
  if (found.includes('impossible')) return { kind: 'ask', why: 'impossible' };
  const days = [...new Set(found)];
  if (days.length > 1) return { kind: 'ask', why: 'several' };
  if (days[0] !== undefined) return { kind: 'day', day: days[0] };
  return /(?<![a-z])(?:cuoi tuan|cuoi thang|dau thang|giua thang|tuan sau|tuan toi|thang sau|hom nao|it hom)(?![a-z])/.test(
    fold,
  )
    ? { kind: 'ask', why: 'vague' }
    : null;
}

function dates(fold: string, now: DateTime<true>): string[] {
  const out: string[] = [];
  const said =
    /(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}|\d{2}))?(?![\d/.])|(?<![a-z])ngay (\d{1,2})(?: thang (\d{1,2}))?(?![\d/.-])/g;
  for (const [, d, m, y, d2, m2] of fold.matchAll(said)) {
    const day = Number(d ?? d2);
    const month = m ?? m2;
    if (month !== undefined && Number(month) > 12) continue;
    out.push(month === undefined ? dayAhead(day, now) : nearest(day, Number(month), y, now));
  }
  return out;
}

function nearest(day: number, month: number, year: string | undefined, now: DateTime<true>): string {
  const years =
    year === undefined ? [now.year - 1, now.year, now.year + 1] : [Number(year.padStart(4, '20'))];
  const options = years.map((y) =>
    now.set({ year: y, month: 1, day: 1 }).set({ month, day: 1 }).startOf('day'),
  );
  const real = options
    .filter((first) => day >= 1 && month >= 1 && day <= (first.daysInMonth ?? 0))
    .map((first) => first.set({ day }));
  const [best] = real.sort((a, b) => Math.abs(a.diff(now, 'days').days) - Math.abs(b.diff(now, 'days').days));
  return best?.toISODate() ?? 'impossible';
}

/** «ngày 20»: the next twentieth from today on. */
function dayAhead(day: number, now: DateTime<true>): string {
  for (const first of [now.startOf('month'), now.startOf('month').plus({ months: 1 })])
    if (day >= 1 && day <= (first.daysInMonth ?? 0) && first.set({ day }) >= now.startOf('day'))
      return first.set({ day }).toISODate();
  return 'impossible';
}

function weekdays(fold: string, now: DateTime<true>): string[] {
  const out: string[] = [];
  for (const [pattern, weekday] of WEEKDAYS)
    for (const match of fold.matchAll(pattern)) {
      const after = fold.slice(match.index + match[0].length);
      const monday = now.startOf('week');
      if (/^ (?:tuan )?(?:truoc|roi|qua)(?![a-z])/.test(after))
        out.push(
          monday
            .plus({ days: weekday - 1 - (/^ tuan/.test(after) || weekday >= now.weekday ? 7 : 0) })
            .toISODate(),
        );
      else if (/^ tuan (?:sau|toi)/.test(after)) out.push(monday.plus({ days: 7 + weekday - 1 }).toISODate());
      else out.push(now.plus({ days: (weekday - now.weekday + 7) % 7 || 7 }).toISODate());
    }
  return out;
}

/** «tôi» and «tối» are one word without marks, so a bare «toi» counts only when it is marked or cannot be a pronoun. */
function nearDays(fold: string, raw: string, now: DateTime<true>): string[] {
  for (const [pattern, days] of NEAR) {
    const found = pattern.exec(fold);
    if (!found) continue;
    if (/^(?:de )?toi$/.test(found[0]) && !/tối/.test(raw)) continue;
    if (/mot$/.test(found[0]) && days === 2 && /một/.test(raw)) continue;
    return [now.plus({ days }).toISODate()];
  }
  return [];
}
