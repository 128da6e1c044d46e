/**
 * A text as it is to be read aloud: short lines, no signs that are not spoken, and numbers, times and dates in words. For
 * people who have a message read to them, by a grandchild or by the phone. Pure.
 */

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const GROUPS = ['', ' nghìn', ' triệu', ' tỷ'] as const;

/** A whole number from 0 on in Vietnamese words: 121 is «một trăm hai mươi mốt». */
export function numberInWords(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0 || n >= 1e12) throw new RangeError(`not to be said in words: ${n}`);
  if (n === 0) return DIGITS[0];
  const groups: string[] = [];
  for (let rest = n, i = 0; rest > 0; rest = Math.floor(rest / 1000), i += 1) {
    const group = rest % 1000;
    if (group > 0) groups.unshift(`${hundreds(group, rest >= 1000)}${GROUPS[i] ?? ''}`);
  }
  return groups.join(' ');
}

/** `full`: a group before it was said, so its hundreds are too: 2.026 is «hai nghìn không trăm hai mươi sáu». */
function hundreds(group: number, full: boolean): string {
  const [hundred, ten, one] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10];
  const parts: string[] = [];
  if (hundred > 0 || full) parts.push(`${DIGITS[hundred]} trăm`);
  if (ten === 0 && one > 0 && parts.length > 0) parts.push('linh');
  if (ten === 1) parts.push('mười');
  if (ten > 1) parts.push(`${DIGITS[ten]} mươi`);
  if (one > 0) parts.push(ones(one, ten));
  return parts.join(' ');
}

function ones(one: number, ten: number): string {
  if (one === 1 && ten > 1) return 'mốt';
  if (one === 5 && ten > 0) return 'lăm';
  return DIGITS[one] ?? '';
}

/** One digit after the other, as phone numbers are said. */
function digitByDigit(text: string): string {
  return [...text.replace(/\D/g, '')].map((digit) => DIGITS[Number(digit)]).join(' ');
}

const DAY_WORD = /(?:thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật|ngày|từ|đến|sang|trước|sau) $/iu;

export function readAloud(text: string): string {
  const spoken = text
    .replace(/\p{Extended_Pictographic}\ufe0f?/gu, '')
    .replace(/[«»"]/g, '')
    .replace(/^(\d{1,2})[.)] /gm, (_all, n: string) => `${capital(numberInWords(Number(n)))}: `)
    .replace(/^[-•] /gm, '')
    .replace(/(?<!\d)1900[ .]?\d{4}(?!\d)|(?<!\d)\+?\d{8,}(?!\d)/g, digitByDigit)
    .replace(/(?<![\d:])(\d{1,2}):(\d\d)(?![\d:])/g, (_all, hour: string, minute: string) =>
      minute === '00' ? `${inWords(hour)} giờ` : `${inWords(hour)} giờ ${inWords(minute)}`,
    )
    .replace(/(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g, (_all, d: string, m: string, y: string) =>
      dayInWords(d, m, y),
    )
    .replace(
      /(?<![\d/])(\d{1,3})\/(\d{1,3})(?![\d/])/g,
      (_all: string, a: string, b: string, at: number, whole: string) =>
        isDay(a, b) && DAY_WORD.test(whole.slice(0, at))
          ? dayInWords(a, b)
          : `${inWords(a)} trên ${inWords(b)}`,
    )
    .replace(
      /(?<![\p{L}\d])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?( ?%)?(?![\p{L}\d])/gu,
      (_all, n: string, part?: string, percent?: string) => {
        const whole = numberOf(n);
        const said = whole === null ? digitByDigit(n) : numberInWords(whole);
        return `${said}${part ? ` phẩy ${digitByDigit(part)}` : ''}${percent ? ' phần trăm' : ''}`;
      },
    )
    .replace(/ngày ngày /gi, 'ngày ')
    .replace(/ [–-] /g, ', ');
  return shortLines(spoken);
}

/** One sentence a line; the number of a line stays with it. */
export function shortLines(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => line.split(/(?<!^\d{1,2}\.)(?<=[.!?;]) +(?=\S)/u))
    .map((line) => line.trim())
    .join('\n');
}

function numberOf(text: string): number | null {
  const n = Number(text.replaceAll('.', ''));
  return Number.isSafeInteger(n) && n < 1e12 ? n : null;
}

function inWords(digits: string): string {
  return numberInWords(Number(digits));
}

function isDay(day: string, month: string): boolean {
  return Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
}

function dayInWords(day: string, month: string, year?: string): string {
  const tail = year === undefined ? '' : ` năm ${inWords(year)}`;
  return `ngày ${inWords(day)} tháng ${inWords(month)}${tail}`.replace('tháng bốn', 'tháng tư');
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
