import { foldText, normalText } from '../../kernel/vn-text';
import { dayOrNow, WEEK, weekSaid } from './days-said';

/** «Tôi nghỉ phép từ 3/4 đến 7/4», «tuần sau em đi công tác»: from which day to which somebody is away. Pure. */
export interface LeaveSaid {
  /** `YYYY-MM-DD`; null: no day that can be read. */
  readonly from: string | null;
  /** Null: it was not said, or cannot be read. */
  readonly to: string | null;
}

const ME = '(?:tôi|toi|em|mình|minh|anh|chị|chi|cháu|chau)';
const AWAY =
  '(?:xin |sẽ |se |được |duoc )*(?:nghỉ phép|nghi phep|nghỉ ốm|nghi om|nghỉ việc riêng|nghi viec rieng|nghỉ thai sản|nghi thai san|nghỉ chế độ|nghi che do|đi công tác|di cong tac|đi tập huấn|di tap huan|đi học|di hoc)';
const FROM = '(?:kể từ|ke tu|bắt đầu từ|bat dau tu|từ|tu)?';
const UNTIL = '(?: (?:cho )?(?:đến|den|tới|toi)(?: hết| het)? (.+?))?';
const END = '(?: (?:nhé|nhe|ạ|a|nha))*[.!]*$';

const LATER = new RegExp(`^${ME} ${AWAY} ${FROM} ?(.+?)${UNTIL}${END}`, 'iu');
const FIRST = new RegExp(`^${FROM} ?(.+?)${UNTIL} ${ME} ${AWAY}${END}`, 'iu');
const WEEK_LATER = new RegExp(`^${ME} ${AWAY} ${WEEK}${END}`, 'iu');
const WEEK_FIRST = new RegExp(`^${WEEK} ${ME} ${AWAY}${END}`, 'iu');

/** Null when the message is no such word. */
export function readLeave(text: string, now: Date): LeaveSaid | null {
  const typed = normalText(text).trim().replace(/\s+/g, ' ').replace(/[,;]/g, '');
  const week = WEEK_LATER.exec(typed)?.[1] ?? WEEK_FIRST.exec(typed)?.[1];
  if (week !== undefined) {
    const { first, last } = weekSaid(week, now);
    return { from: first, to: last };
  }
  const found = LATER.exec(typed) ?? FIRST.exec(typed);
  if (!found) return null;
  const [, first = '', last] = found;
  // «Em nghỉ phép ai duyệt thay» asks.
  if (/(?:^| )(?:ai|sao|the nao|lam gi|duoc khong|khong a)(?: |$)/.test(foldText(first))) return null;
  const from = dayOrNow(first, now);
  // «Mai em nghỉ phép» is that day; «từ mai em nghỉ phép» does not say until when.
  const single = last === undefined && !/(?:^| )(?:từ|tu) /iu.test(typed);
  if (from === null && last === undefined) return { from: null, to: null };
  return { from, to: single ? from : last === undefined ? null : dayOrNow(last, now) };
}
