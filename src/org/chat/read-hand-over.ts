import { normalText } from '../../kernel/vn-text';
import { dayOrNow, WEEK, weekSaid } from './days-said';

/** «Từ mai anh Hùng thay tôi»: who is to hold a post, from which day, and until when if not for good. Pure. */

export interface HandOverSaid {
  /** As typed: «Hùng», «Trần Văn Hùng». */
  readonly name: string;
  /** «anh»; empty when none was said. */
  readonly address: string;
  /** `YYYY-MM-DD`; null: a day was named that cannot be read. */
  readonly day: string | null;
  /** The last day, when it is for a while only. */
  readonly until: string | null;
}

const TITLE = '(anh|chị|chi|bác|bac|ông|ong|bà|ba|cô|co|chú|chu|em|đồng chí|dong chi)';
const ME = '(?:tôi|toi|em|bác|bac|mình|minh|anh|chị|chi|ông|ong|bà|ba|cháu|chau)';
const FOR = `(?:sẽ |se )?(?:(?:làm|lam|nhận|nhan|lên|len) )?(?:thay thế|thay the|thay)(?: (?:cho|việc|viec))* ${ME}`;
const FROM = '(?:kể từ|ke tu|bắt đầu từ|bat dau tu|từ|tu)';
const UNTIL = '(?:(?: cho)? (?:đến|den|tới|toi)(?: hết| het)? (.+?))?';
const END = '(?: (?:nhé|nhe|ạ|a|nha))*[.!]*$';
const NAME = '([\\p{L}][\\p{L} ]{0,60}?)';

const DAY_FIRST = new RegExp(`^${FROM} (.+?)${UNTIL} ${TITLE} ${NAME} ${FOR}${UNTIL}${END}`, 'iu');
const NAME_FIRST = new RegExp(`^${TITLE} ${NAME} ${FOR} ${FROM} (.+?)${UNTIL}${END}`, 'iu');

/** «Tuần sau chị Mai làm thay tôi»: a whole week, so for a while only. */
const WEEK_FIRST = new RegExp(`^${WEEK} ${TITLE} ${NAME} ${FOR}${END}`, 'iu');
const WEEK_LAST = new RegExp(`^${TITLE} ${NAME} ${FOR} ${WEEK}${END}`, 'iu');

/** Null when the message is no such wish. */
export function readHandOver(text: string, now: Date): HandOverSaid | null {
  // In all of them, and in few other messages.
  if (!/thay/iu.test(text)) return null;
  const typed = normalText(text).trim().replace(/\s+/g, ' ').replace(/[,;]/g, '');
  const first = DAY_FIRST.exec(typed);
  if (first) {
    const [, day = '', early, address = '', name = '', late] = first;
    return said(name, address, day, late ?? early, now);
  }
  const week = WEEK_FIRST.exec(typed);
  if (week) return forAWeek(week[3] ?? '', week[2] ?? '', week[1] ?? '', now);
  const weekLast = WEEK_LAST.exec(typed);
  if (weekLast) return forAWeek(weekLast[2] ?? '', weekLast[1] ?? '', weekLast[3] ?? '', now);
  const second = NAME_FIRST.exec(typed);
  if (!second) return null;
  const [, address = '', name = '', day = '', until] = second;
  return said(name, address, day, until, now);
}

function said(
  name: string,
  address: string,
  day: string,
  until: string | undefined,
  now: Date,
): HandOverSaid {
  const from = dayOrNow(day, now);
  const last = until === undefined ? null : dayOrNow(until, now);
  const bad = until !== undefined && last === null;
  return { name: name.trim(), address: address.toLowerCase(), day: bad ? null : from, until: last };
}

function forAWeek(name: string, address: string, week: string, now: Date): HandOverSaid {
  const { first, last } = weekSaid(week, now);
  return { name: name.trim(), address: address.toLowerCase(), day: first, until: last };
}
