import { MOST_RELATIVES } from '../class';

/** How people sign up in words: for which of the classes shown, and how many come. Names are not asked for and not kept. Pure. */
export interface SignUpSaid {
  /** The number of the class in the list; null: not said. */
  readonly number: number | null;
  /** Those who come, with whoever writes; at most as many as may be brought. */
  readonly relatives: number;
}

const ALONE =
  /^(?:(?:da|em|bac|chau|cho|toi|xin|muon|minh|ok|vang) )*(?:dang ky|dk|dki|ghi ten)(?: (?:cho|toi|em|bac|minh|tham gia|hoc|di|du|vao))*(?: (?:lop|buoi|so)(?: hoc)?)*(?: (\d{1,2}))?( (?:nguoi|ng))?(?: (?:a|nhe|voi|em|di|giup|toi|nay|do))*$/;
const RELATIVES =
  /^(?:(?:da|em|bac|cho|toi|xin|muon) )*(?:dua|dan|cho|them|rue?) (?:them |theo )*(?:(\d|mot|hai|ba|bon) )?(?:nguoi )?(?:nguoi nha|nguoi than|nha toi|nguoi nua)(?: (?:a|nhe|nua|di cung|theo|cung))*$/;
const NUMBERS: Readonly<Record<string, number>> = { mot: 1, hai: 2, ba: 3, bon: 4, nam: 5 };

const MINE = '(?: (?:nha toi|nha minh|nha em|nha|toi|tui|minh|em|chau|bac))*';
/** «Cháu» and «con» alone are how an old person calls us. */
const KIN =
  '(?:ba nha|ong nha|ba xa|ong xa|vo|chong|con gai|con trai|con dau|con re|con toi|me|bo|ba|ong|chau (?:noi|ngoai|gai|trai|toi)|ban|nguoi nha|hang xom)';
/** «2 vợ chồng tôi», «hai mẹ con», «vợ chồng tôi», «tôi với bà nhà». A couple is two; of others the number must be said. */
const PARTY = `(?:(?:ca )?(?<count>[2-5]|hai|ba|bon|nam) (?:vo chong|ong ba|me con|bo con|ong chau|chi em|anh em|nguoi)${MINE}|(?:ca )?(?:vo chong|ong ba)${MINE}|(?:toi|tui|bac|em|minh|chau) (?:va|voi|cung|cung voi) (?:ca )?${KIN}${MINE})`;
const SIGN = '(?:dang ky|dk|dki|ghi ten)';
const COURTEOUS = '(?: (?:a|nhe|voi|em|di|giup|nay|do|hoc|du|tham gia|cung))*';
const TOGETHER = [
  `^(?:(?:da|em|bac|chau|cho|toi|xin|muon|minh|ok|vang) )*${SIGN}(?: (?:lop|buoi|so)(?: hoc)?(?: so)?(?: (?<number>\\d{1,2}))?)?(?: (?:cho|them|ca|luon|di|hoc))* ${PARTY}(?: (?:vao |di |hoc )*(?:lop|buoi)(?: (?<after>\\d{1,2}))?)?${COURTEOUS}$`,
  `^(?:(?:da|em|xin|muon|ok|vang) )*(?:cho|de) ${PARTY} ${SIGN}(?: (?:lop|buoi|so)(?: hoc)?(?: (?<after>\\d{1,2}))?)?${COURTEOUS}$`,
].map((form) => new RegExp(form));

/** «Đăng ký», «đăng ký lớp 2», «đăng ký cho 2 vợ chồng»; null: it says something else. `fold` without marks. */
export function readSignUp(fold: string): SignUpSaid | null {
  const said = fold.trim();
  const alone = ALONE.exec(said);
  if (alone) {
    const [, digits, people] = alone;
    if (digits === undefined) return { number: null, relatives: 0 };
    return people
      ? { number: null, relatives: relativesOf(Number(digits)) }
      : { number: Number(digits), relatives: 0 };
  }
  for (const form of TOGETHER) {
    const found = form.exec(said)?.groups;
    if (!found) continue;
    const { count, number = found['after'] } = found;
    const people = count === undefined ? 2 : (NUMBERS[count] ?? Number(count));
    return { number: number === undefined ? null : Number(number), relatives: relativesOf(people) };
  }
  return null;
}

function relativesOf(people: number): number {
  return Math.min(MOST_RELATIVES, Math.max(0, people - 1));
}

/** «Đưa thêm 2 người nhà»: how many, empty where it is not said; null: it says something else. `fold` without marks. */
export function readRelatives(fold: string): string | null {
  const found = RELATIVES.exec(fold);
  return found ? `${NUMBERS[found[1] ?? ''] ?? found[1] ?? ''}` : null;
}
