import { foldText } from '../kernel/vn-text';
import type { FigureContext, NumberReading } from './number';

/** What a text says of last month beside this one. */

/** «Tháng trước 90 tháng này 95»: both are named, and this month is asked for. */
const OF_LAST =
  /[\s,]*(?:còn |con )?(?:tháng trước|thang truoc|tháng rồi|thang roi|kỳ trước|ky truoc)(?: (?:là|la|được|duoc|có|co|thì|thi))*\s*\d+(?: (?:người|nguoi|lượt|luot|buổi|buoi|hộ|ho))*[\s,]*/iu;
const OF_THIS =
  /(?:tháng này|thang nay|tháng nay|kỳ này|ky nay)(?: (?:là|la|được|duoc|có|co|thì|thi))*\s*\d/iu;
/** «Tăng từ 400 lên 418», where last month had 400. */
const FROM_TO =
  /^(.*?)(?:(?:tăng|tang|giảm|giam)\s+)?(?:từ|tu)\s+(\d+)\s+(?:lên|len|xuống|xuong|thành|thanh|còn|con)\s+(?=\d)/iu;

/** The text without what it says of last month, where this month is said too. */
export function withoutLast(typed: string, last: number | null): string {
  const risen = FROM_TO.exec(typed);
  if (risen && last !== null && Number(risen[2]) === last) return typed.replace(FROM_TO, '$1');
  const alone = typed.replace(OF_LAST, ' ');
  return alone !== typed && OF_THIS.test(alone) ? alone.trim() : typed;
}

const AS = '(?:giống|giong|như|nhu|bằng|bang)(?: hệt| het| y| như| nhu)?(?: hồi| hoi| của| cua| kỳ| ky)*';
/** Behind it a number of its own would follow: «như tháng 2 buổi». */
const NOT_COUNTED = '(?!\\d)(?!\\s*(?:buổi|buoi|người|nguoi|lượt|luot|hộ|ho|lớp|lop)(?!\\p{L}))';

/** «Giống hồi tháng 2», where March is asked for: last month by its number. */
export function withLastMonth(typed: string, month: number | undefined): string {
  if (month === undefined) return typed;
  const before = month === 1 ? 12 : month - 1;
  return typed.replace(
    new RegExp(`(?<!\\p{L})${AS}\\s+(?:tháng|thang|thg|t)\\s?0?${before}${NOT_COUNTED}`, 'giu'),
    'như tháng trước',
  );
}

const TIMES: Readonly<Record<string, number>> = { doi: 2, hai: 2, '2': 2, ba: 3, '3': 3, ruoi: 1.5 };
const TIMES_LAST =
  /^(?:(?:da|a|vang|em|bac|toi|thon toi|thang nay|ky nay|tang|duoc|dong|nhieu|cung) )*gap (doi|hai|ba|ruoi|2|3)(?: lan)? (?:(?:so voi|hon|cua|nhu) )?(?:thang truoc|thang roi|ky truoc)(?: (?:a|nhe|em|chau|day|do|roi|lan))*$/;

/** «Tăng gấp đôi tháng trước»: worked out, and confirmed. Null: nothing of the kind, or no whole number. */
export function timesLast(typed: string, { last }: FigureContext): NumberReading | null {
  const [, times = ''] = TIMES_LAST.exec(foldText(typed).replace(/[.!]+$/, '')) ?? [];
  const value = (last ?? NaN) * (TIMES[times] ?? NaN);
  return Number.isSafeInteger(value) ? { kind: 'confirm', value, why: 'delta' } : null;
}
