import { nextDay } from '../../kernel/work-calendar';
import { foldName } from '../fold';
import type { SheetRow } from './sheet';
import type { UnitLevel } from '../unit';

/** Cells of a sheet → values. Pure; what cannot be read surely is refused and never guessed. */

/** A value, or why there is none (a key under `import:reason`). */
export type Read<T> = { readonly value: T } | { readonly reason: string };

/** How long the statistics office's codes are; villages have none of theirs. */
const CODE_LENGTH: Readonly<Partial<Record<UnitLevel, number>>> = { province: 2, commune: 5 };

/**
 * The code in a cell. Codes are text: `07210` is not 7210. Where a spreadsheet has eaten the leading zeros the code is
 * taken only when the one with zeros is `known` and the one without is not. A number cell that is not known must have
 * the full length of its level's codes.
 */
export function readCode(
  row: SheetRow,
  column: string,
  known: { has(code: string): boolean },
  level?: UnitLevel,
): Read<string> {
  const text = row.cells[column] ?? '';
  if (!/^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/.test(text)) return { reason: 'code_bad' };
  if (known.has(text)) return { value: text };
  if (/^\d+$/.test(text)) {
    const padded = [1, 2, 3, 4].map((zeros) => '0'.repeat(zeros) + text).filter((code) => known.has(code));
    if (padded.length === 1) return { value: padded[0] as string };
    if (row.numbers.has(column) && (level === undefined || text.length !== CODE_LENGTH[level]))
      return { reason: 'code_number' };
  }
  return { value: text };
}

/** A day as `2026-09-20`, `20/9/2026` or a spreadsheet's own date; null when the cell is empty. */
export function readDay(text: string): Read<string | null> {
  if (text === '') return { value: null };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?$/.exec(text);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1) : local ? local.slice(1).reverse() : [];
  if (year === undefined || month === undefined || day === undefined) return { reason: 'day_bad' };
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // 31 February rolls over into March, and then it is not the same day any more.
  return nextDay(value, 0) === value && year >= '1900' && year <= '2999' ? { value } : { reason: 'day_bad' };
}

/** A whole number written in plain digits; null when the cell is empty. `1.250` is refused: it may be 1250 or 1,25. */
export function readCount(text: string): Read<number | null> {
  if (text === '') return { value: null };
  if (!/^\d{1,9}$/.test(text)) return { reason: 'count_bad' };
  return { value: Number(text) };
}

const KINDS: Readonly<Record<string, string>> = {
  tinh: 'tỉnh',
  'thanh pho': 'thành phố',
  xa: 'xã',
  phuong: 'phường',
  thon: 'thôn',
  tdp: 'tổ dân phố',
  'to dan pho': 'tổ dân phố',
  'khu pho': 'khu phố',
  xom: 'xóm',
};

/** The word of kind as it stands in a sentence: `Thôn`, `thon` → «thôn», `TDP`, `to_dan_pho` → «tổ dân phố»; any other as it is, in lower case. */
export function kindWord(text: string): string {
  const kind = foldName(text);
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? text) : text.toLocaleLowerCase('vi');
}

/**
 * A Vietnamese phone number as `84…`, digits only: `0912 345 678`, `+84.912.345.678`, and `912345678`, which is what a
 * spreadsheet leaves of the first; null when the cell is empty.
 */
export function readPhone(text: string): Read<string | null> {
  if (text === '') return { value: null };
  if (!/^[+\d\s().-]+$/.test(text)) return { reason: 'phone_bad' };
  const digits = text.replace(/\D/g, '').replace(/^00/, '');
  const national = /^84\d{9,10}$/.test(digits) ? digits.slice(2) : digits.replace(/^0/, '');
  return /^(?:[35789]\d{8}|2\d{9})$/.test(national) ? { value: `84${national}` } : { reason: 'phone_bad' };
}

const ADDRESSES = ['bác', 'ông', 'bà', 'anh', 'chị', 'đồng chí', 'cô', 'chú'];

/** How the person is addressed, when the title begins with such a word («ông», «Bà Phó trưởng thôn»); else null. */
export function addressIn(title: string): string | null {
  const low = title.toLocaleLowerCase('vi');
  return ADDRESSES.find((word) => low === word || low.startsWith(`${word} `)) ?? null;
}
