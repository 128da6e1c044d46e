import { foldText } from '../kernel/vn-text';

/** «thôn Đông Lâm nộp chưa»: what an officer asks about one village. */
const ASKED =
  /^(?:(?:da|em|cho|toi|chi|anh|hoi|xem|the|bao cao|bc|cua) )*((?:thon|xom|lang|ban|tdp|to dan pho|khu pho|khu dan cu|khu) .{1,60}?) (?:da )?(?:nop|gui|bao cao|bao|xong)(?: (?:bao cao|so lieu|bai|so|duoc|xong))*(?: (?:roi|hay|thang nay))* (?:chua|khong|ko|k)(?: (?:em|a|nhi|vay|the|ha|ban|bot))*$/;
/** Words that ask which, and words that mean the speaker's own. */
const NOT_A_NAME = /(?:^| )(?:nao|may|toi|em|minh|bac|chau|do|nay|kia|ai|bao nhieu)(?: |$)/;

/** The place as typed, with its kind; null when the message asks no such thing. */
export function readVillageAsked(typed: string): string | null {
  const fold = foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '));
  const place = ASKED.exec(fold)?.[1]?.trim();
  return place === undefined || NOT_A_NAME.test(place) ? null : place;
}
