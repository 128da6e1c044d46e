import { foldText, normalText } from '../../kernel/vn-text';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { readDate } from '../../understanding/date';

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
const WEEK = '((?:cả |ca |trong |hết |het )*(?:tuần|tuan) (?:sau|tới|toi|này|nay))';
const WEEK_FIRST = new RegExp(`^${WEEK} ${TITLE} ${NAME} ${FOR}${END}`, 'iu');
const WEEK_LAST = new RegExp(`^${TITLE} ${NAME} ${FOR} ${WEEK}${END}`, 'iu');

/** Null when the message is no such wish. */
export function readHandOver(text: string, now: Date): HandOverSaid | null {
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
  const from = dayOf(day, now);
  const last = until === undefined ? null : dayOf(until, now);
  const bad = until !== undefined && last === null;
  return { name: name.trim(), address: address.toLowerCase(), day: bad ? null : from, until: last };
}

/** From its Monday, or from today where it is this one, to its Sunday. */
function forAWeek(name: string, address: string, week: string, now: Date): HandOverSaid {
  const today = inVietnam(now).startOf('day');
  const next = /(?:sau|toi)$/.test(foldText(week));
  const first = next ? today.startOf('week').plus({ weeks: 1 }) : today;
  return {
    ...{ name: name.trim(), address: address.toLowerCase() },
    ...{ day: first.toISODate(), until: first.endOf('week').toISODate() },
  };
}

/** A day that is not past; null for anything else. */
function dayOf(text: string, now: Date): string | null {
  if (/^(?:nay|bay gio|gio|luc nay)$/.test(foldText(text))) return vnDay(now);
  const date = readDate(text, now);
  return date?.kind === 'day' && date.day >= vnDay(now) ? date.day : null;
}
