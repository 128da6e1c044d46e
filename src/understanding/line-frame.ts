import { foldText } from '../kernel/vn-text';
import type { Item } from './items';
import type { Role } from './lexicon-words';
import type { NumberReading } from './number';

/** What stands around the figures of a line, however they are placed. */

const REPORT =
  /^\s*(?:#?\s*bao\s?cao|bc|bcao|nop bao cao|nop bc|nop|gui bao cao|gui bc|gui so lieu|so lieu|report)(?![a-z])/;

/** Words around the figures of a line that change nothing. */
export const FRAME: readonly Role[] = ['particle', 'have', 'say', 'sum', 'month', 'fix', 'affirm'];

/** Whether the line begins as a report does: «BC 418 …», «em nộp báo cáo …». */
export function isReport(line: string): boolean {
  return REPORT.test(foldText(line).replace(/^(?:(?:da|vang|em|bac|toi|xin|a|chau|thon toi)[ ,]+)+/, ''));
}

/** The word «report» itself, in the middle of a line. */
export function isReportWord(item: Item): boolean {
  return item.type === 'unknown' && /^(?:baocao|bcao|report)$/.test(item.fold);
}

/** A number of a line that stands for itself. */
export function plainReading(item: Extract<Item, { type: 'number' }>): NumberReading {
  const { value, how } = item.number;
  return how === 'sure' ? { kind: 'value', value } : { kind: 'confirm', value, why: how };
}
