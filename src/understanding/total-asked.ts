import { foldText } from '../kernel/vn-text';
import type { Intent } from './intent';

const HEAD =
  /^(?:(?:xem|cho|in|dua|lay|bao|hien|cho em|cho toi|em|toi|show)\s+)*(?:bang\s+)?(?:tong hop|tong ket|tong cong|tong so|tong|so tong|so lieu|ket qua|total|totals|summary)(?![a-z])/;
const MONTH = /(?<![a-z\d])(?:thang|thg|t|month) ?(\d{1,2})(?:(?: ?[/-] ?| nam )(20\d\d))?(?!\d)/;
const LEVELS: readonly (readonly [RegExp, 'village' | 'commune' | 'province'])[] = [
  [/(?<![a-z])(?:thon|xom|tdp|to dan pho|khu pho|village)(?![a-z])/, 'village'],
  [/(?<![a-z])(?:xa|phuong|commune|ward)(?![a-z])/, 'commune'],
  [/(?<![a-z])(?:tinh|toan tinh|province)(?![a-z])/, 'province'],
];
/** Words that change nothing in what is asked for. */
const PADDING =
  /^(?:(?:cua|toan|ca|o|cho|cac|bao cao|so|so lieu|ket qua|thang nay|nay|minh|em|toi|den gio|den nay|hien nay|hien tai|a|nhe|di|voi|giup|buoi|buoi hoc|luot|nguoi|nguoi du|ho|lop|hop|ket|cong|bang|of|the|for|please|ha|roi|sao|the nao|thi|trong)(?: |$))*$/;

/** «tổng tháng 3», «tổng xã Tân Hòa t3», «xem bang tong hop»: a wish to see totals. Null as soon as it carries other figures or words. */
export function readTotal(typed: string): Extract<Intent, { kind: 'total' }> | null {
  const clean = typed
    .replace(/[^\p{L}\p{M}\p{N}\s/-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const fold = foldText(clean);
  const head = HEAD.exec(fold);
  if (!head || fold.length !== clean.normalize('NFC').length) return null;
  const month = MONTH.exec(fold);
  const number = month ? Number(month[1]) : null;
  if (number !== null && (number < 1 || number > 12)) return null;
  if (/\d/.test(fold.replace(MONTH, ''))) return null;
  const level = LEVELS.find(([pattern]) => pattern.test(fold));
  const place = level ? placeAfter(clean.normalize('NFC'), fold, level[0]) : null;
  const rest = fold
    .slice(head[0].length)
    .replace(MONTH, ' ')
    .replace(level?.[0] ?? /$^/, ' ')
    .replace(place ? foldText(place) : /$^/, ' ');
  if (!PADDING.test(rest.replace(/\s+/g, ' ').trim())) return null;
  return {
    kind: 'total',
    month: number,
    year: month?.[2] ? Number(month[2]) : null,
    level: level?.[1] ?? null,
    place,
  };
}

/** The words behind «xã», up to the month; as typed. */
function placeAfter(clean: string, fold: string, level: RegExp): string | null {
  const found = level.exec(fold);
  if (!found) return null;
  const from = found.index + found[0].length;
  const month = MONTH.exec(fold);
  const to = month && month.index >= from ? month.index : fold.length;
  const words = clean
    .slice(from, to)
    .trim()
    .replace(/(?:\s+(?:ạ|a|nhé|nhe|đi|di|với|voi|trong|của|cua))+$/iu, '');
  return words === '' || PADDING.test(foldText(words)) ? null : words;
}
