import { foldText } from '../kernel/vn-text';
import { withoutCourtesies } from './saying';
import type { Intent } from './intent';

/** That a report is to begin, of this month or of one that is named, with what is typed behind it; and what may stand around any command. */

const COURTESY_BEFORE =
  /^(?:da|vang|vg|em|e|bac|chau|toi|minh|anh|chi|ban|bot|oi|ok|the|thi|cho|xin|nho|lam on|muon|can|thua|a|ad|alo|please|i want to) /;
const COURTESY_AFTER =
  / (?:a|ah|nhe|nha|nhi|di|em|e|bac|chau|con|anh|chi|oi|voi|giup|ho|cho|toi|roi|r|luon|da|vay|the|ha|co|thoi|ban|ad|bot|please|do|day|nao|minh|hen|nghen|gium|ca)$/;

/** The message with ever more courtesies taken off, without marks: the forms in which it may be a command. */
export function forms(fold: string): string[] {
  return withoutCourtesies(fold, COURTESY_BEFORE, COURTESY_AFTER);
}

const REPORT =
  /^#?\s*(?:(?:nộp|nop|gửi|gui|làm|lam|nhập|nhap|vào|vao|mở|mo|viết|viet)\s+)?(?:báo\s*cáo|bao\s*cao|bcao|bc|số liệu|so lieu|report)(?!\p{L})[\s:,-]*(.*)$/iu;
const START =
  /^(?:bat dau(?: bao cao| nhap)?|start|nop bai|(?:bao|nop|nhap|lam|ghi) so(?: lieu)?(?: cua)?(?: thang nay| ky nay)?)$/;
const START_OF = /^(?:bao|nop|nhap|lam|ghi) so(?: lieu)?(?: cua)? (thang \d{1,2})$/;

/** «Báo cáo», «bc 418 5 121 14», «bác nộp số tháng 3»; null: no such wish. */
export function readReport(typed: string): Intent | null {
  const fold = foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s#]/gu, ' '));
  const courtesy =
    /^(?:(?:hôm nay|hom nay|dạ|da|em|e|ơi|oi|bác|bac|tôi|toi|cháu|chau|xin|muốn|muon|cần|can|cho|con|thôn|thon|để|i want to|i'd like to)\s+)+/iu;
  if (forms(fold).some((form) => START.test(form))) return { kind: 'report', rest: '' };
  const month = forms(fold).flatMap((form) => START_OF.exec(form)?.[1] ?? [])[0];
  if (month !== undefined) return { kind: 'report', rest: month };
  const found = REPORT.exec(typed.replace(courtesy, ''));
  if (!found) return null;
  const lone = /^(?:số liệu|so lieu)/iu.test(found[0]);
  const rest = (found[1] ?? '').trim();
  const plain = foldText(rest.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')).replace(
    /(?: (?:a|nhe|nha|di|em|bac|voi|luon))+$/,
    '',
  );
  if (
    /^(?:(?:a|nhe|nha|di|em|bac|chau|voi|luon|giup|moi|lai|thang nay|thang|cua thon|so lieu|thon|thon toi|thon em)(?: |$))*$/.test(
      plain,
    )
  )
    return lone ? null : { kind: 'report', rest: '' };
  if (/^(?:thang|t) ?\d{1,2}(?: ?\/? ?(?:nam )?20\d\d)?$/.test(plain))
    return lone ? null : { kind: 'report', rest };
  return /^[\d\s.,;]+$/.test(plain) && !lone ? { kind: 'report', rest } : null;
}
