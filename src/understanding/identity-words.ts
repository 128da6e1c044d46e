import { foldText, normalText, unifyTones } from '../kernel/vn-text';
import type { Intent } from './intent';

/** «Em là trưởng thôn Đông Lâm», «thôn Đông Lâm»: somebody says who they are or where from. */

const POST =
  '(?:truong thon|pho thon|truong xom|to truong|to pho|truong khu|truong khu pho|bi thu chi bo|can bo|cong chuc|chu tich|pho chu tich|pct|truong ban|thanh vien to|doan vien|bi thu doan|hieu truong)';
const I_AM = new RegExp(
  `^(?:(?:da|vang|chao|alo|bac|em|toi|chau|minh|anh|chi|day|xin) )*(?:la )?(?:${POST})(?![a-z]).*$`,
);
const PLACE =
  /^(?:(?:da|em|toi|o) )*(?:thon|xom|lang|tdp|to dan pho(?: so)?|khu pho|khu|p|phuong|xa)(?: [\p{L}\p{N}]+){1,6}$/u;
/** Words of sentences, which names of places are not made of. Marks count where they are typed: «làm» is one, the Lâm of Đông Lâm is not. */
const NOT_PLACE = new Set(
  'nào chưa báo bao giờ có học mở nộp gửi nhiêu bn mấy sao thế gì ai đâu nhập sáp nghỉ thay họp được dc đc ko k không người ng buổi hộ lượt rồi xin đã tháng tuần mình ta hôm vực bị cho tổng và với hết khác làm'.split(
    ' ',
  ),
);
const NOT_PLACE_PLAIN = new Set([...NOT_PLACE].filter((word) => word !== 'làm').map(foldText));

function isSentence(typed: string): boolean {
  return unifyTones(normalText(typed).toLowerCase())
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => NOT_PLACE.has(word) || (word === foldText(word) && NOT_PLACE_PLAIN.has(word)));
}

export function identity(typed: string, fold: string): Intent | null {
  if (
    /(?<![a-z])(?:thoi|nua|thay|nghi|khong lam|k lam|ko lam|moi|chuyen|bao gio|sao|gi|nao|ai|goi|xin|vneid|dinh danh|link)(?![a-z])/.test(
      fold,
    )
  )
    return null;
  if (
    I_AM.test(fold) &&
    /(?<![a-z])la(?![a-z])|^(?:da |em |toi |chao )*(?:truong thon|to truong|truong khu|truong xom|can bo)/.test(
      fold,
    ) &&
    !/\?\s*$/.test(typed)
  )
    return { kind: 'identify', text: typed };
  const place = fold.replace(/(?: (?:a|day|nhe|em|oi|ne))+$/, '');
  if (/^(?:phuong|xa|thon) (?:em|toi|minh|bac) truoc (?:la|day la|kia la)/.test(fold))
    return { kind: 'identify', text: typed };
  if (
    !PLACE.test(place) ||
    isSentence(typed) ||
    /(?<![a-z])(?:toi|em)(?: |$)/.test(place.replace(/^(?:da |em |toi |o )+/, ''))
  )
    return null;
  const digits = place.replace(/(?:thon|xom|khu|khu pho|tdp|to dan pho|so) (?:so )?\d{1,2}(?= |$)/, '');
  return /\d/.test(digits) ? null : { kind: 'identify', text: typed };
}
