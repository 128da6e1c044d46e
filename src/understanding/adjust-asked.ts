import { withoutCounted } from './counted-noun';

/** «điều chỉnh số 1 = 102: ghi nhầm»: the number, the place, the value and the reason of a correction that is asked for. */

export interface AdjustSaid {
  readonly number: number;
  readonly place: string;
  /** The value and its reason, as they were typed: where one ends depends on the figure. */
  readonly rest: string;
}

const BEFORE = '^(?:(?:em|tôi|toi|xin|cho)\\s+)*';
const IS = '\\s*(?:=|(?:\\s(?:thành|thanh|là|la)\\s))\\s*';
const PATTERNS = {
  adjust: new RegExp(
    `${BEFORE}(?:điều chỉnh|dieu chinh)\\s+(?:số|so|câu|cau)\\s+(\\d{1,2})\\s*(.*?)${IS}(\\S.*)$`,
    'isu',
  ),
  /** A number of a village that is named by its kind: without one it is a figure of one's own report. */
  fix: new RegExp(
    `${BEFORE}(?:sửa|sua|chữa|đổi|doi|chỉnh|chinh)(?:\\s+(?:lại|lai))?\\s+(?:số|so|câu|cau|mục|muc)\\s+(\\d{1,2})\\s+((?:(?:của|cua|cho)\\s+)?(?:thôn|thon|xóm|xom|làng|lang|bản|ban|tổ dân phố|to dan pho|tdp|tổ|to|khu phố|khu pho|khu)\\s.{1,60}?)${IS}(\\d.*)$`,
    'isu',
  ),
} as const;
const COUNT = /^(\d{1,3}(?:\.\d{3})+|\d{1,9})(?![\d.,]*\d)\s*[:;,.-]?\s*(.*)$/su;
const WHY = /^(?:lý do|ly do|vì|vi|do)\s*:?\s*/iu;
/** Where a value in words ends: a colon of a link has no blank behind it. */
const BEHIND = /:\s+|;\s*|,?\s+(?=(?:lý do|ly do|vì)\s)/iu;

/** «… số 3 thôn X = 102: lý do»; `verb`: which of the two words of changing it must begin with. */
export function readAdjust(typed: string, verb: keyof typeof PATTERNS): AdjustSaid | null {
  const found = PATTERNS[verb].exec(typed.normalize('NFC'));
  if (!found) return null;
  const [, number = '', place = '', rest = ''] = found;
  return { number: Number(number), place: place.replace(/^(?:của|cua|cho)\s+/iu, '').trim(), rest };
}

/** Value and reason of the text; the reason is empty where none was said. */
export function valueAndWhy(
  { kind, measure }: { readonly kind: string; readonly measure: string },
  rest: string,
): { value: string; reason: string } {
  const count = kind === 'count' ? COUNT.exec(withoutNoun(rest, measure)) : null;
  const parts = rest.split(BEHIND);
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  const value = count ? (count[1] ?? '') : rest.slice(0, last === '' ? undefined : rest.lastIndexOf(last));
  return {
    value: value.replace(/[\s:;,]+$/u, ''),
    reason: (count ? (count[2] ?? '') : last).replace(WHY, '').trim(),
  };
}

/** «98 xã: đếm lại» without its noun. */
function withoutNoun(rest: string, measure: string): string {
  const [head = '', ...behind] = rest.split(/:\s/u);
  return behind.length === 0 ? rest : [withoutCounted(head, measure), ...behind].join(': ');
}
