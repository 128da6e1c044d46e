import { readDeadline, orderColon, type DeadlineReading } from '../../directives/chat/read-order';
import { DEADLINE } from '../../directives/chat/directive-vocabulary';
import { audienceAhead, audienceBehind } from '../../directives/chat/said-freely';
import { foldInPlace, foldText, normalText } from '../../kernel/vn-text';
import type { CampaignKind } from '../campaign';

/** «khảo sát Nhà văn hóa có Internet không?, xã Tiên Lục, đến 22/3» → what was said of it; what was not is null or empty. Pure. */
export interface SaidCampaign {
  readonly kind: CampaignKind;
  readonly question: string | null;
  /** The pieces that name who is asked, in order. */
  readonly audience: readonly string[];
  readonly closes: DeadlineReading | null;
}

const ASKS = /^(?:(?:tạo|tao|mở|mo)\s+)?(?:(kh[ảa]o\s+s[áa]t)|[đd]i[ểe]m\s+danh)(?![\p{L}\p{M}\d])\s*:?\s*/iu;
const COUNTED = /^(?:em |toi |thon toi |thon em )?diem danh:? (\d{1,5})(?: nguoi)?(?: a)?$/;
const RESULTS =
  /^(?:(?:cho )?(?:em |toi )?xem )?(?:ket qua|tien do) (?:cuoc )?(?:khao sat|diem danh|(thong bao))(?: a| nhe| the nao)?$/;
const WHO_SAW =
  /^(?:(?:cho )?(?:em |toi )?xem )?(?:nhung )?(?:ai|noi nao|thon nao)(?: da| chua)? (?:nhan|xem|doc)(?: duoc)? thong bao(?: roi| chua| a)*$/;
const BARE_NUMBER = /^(\d{1,5})(?: nguoi)?(?: a)?$/;

/** «trang thiết bị», «thiết bị nhà văn hóa các thôn»: the survey that the plan orders, not a question of its own. */
const EQUIPMENT =
  /^(?:(?:ve )?(?:tinh hinh |hien trang )?(?:trang )?thiet bi)(?: (?:toi thieu|cua|o|tai|cac|nha|nvh|van hoa|thon|to dan pho|tdp))*$/;

/** Null: it asks nobody anything. A word of command alone is a question of which everything is still to be asked. */
export function readCampaign(typed: string, now: Date): SaidCampaign | null {
  const whole = normalText(typed).trim();
  const verb = ASKS.exec(whole);
  if (!verb) return askedFreely(whole);
  if (readCounted(whole) !== null) return null;
  const rest = whole.slice(verb[0].length).trim();
  const { question, others } = partsOf(rest);
  let closes: DeadlineReading | null = null;
  const audience: string[] = [];
  for (const part of others.map((each) => each.trim()).filter((each) => each !== '')) {
    if (DEADLINE.test(foldText(part))) closes = readDeadline(part, now);
    else audience.push(part);
  }
  const fold = foldText(question).replace(/[.?!]+$/, '');
  return {
    kind: verb[1] === undefined ? 'count' : EQUIPMENT.test(fold) ? 'equipment' : 'yes_no',
    question: question === '' ? null : question,
    audience,
    closes,
  };
}

const ASKED =
  /^(?:(?:nho em|em|xin|giup)\s+)*hoi(?:\s+(?:giup|ho|y kien))?(?:\s+(?:anh|chi|toi|minh))?\s+(?=\S)/;

/** «hỏi các thôn xem có máy chiếu không»: a question to many, as people put it. */
function askedFreely(whole: string): SaidCampaign | null {
  const verb = ASKED.exec(foldInPlace(whole))?.[0];
  const said = verb === undefined ? null : audienceAhead(whole.slice(verb.length));
  if (!said) return null;
  const question = said.text?.replace(/^(?:xem|là|la|rằng|rang)\s+/iu, '') ?? null;
  return { kind: 'yes_no', question, audience: said.audience, closes: null };
}

/** The question is what stands behind a colon, or up to a question mark, or up to the first comma. */
function partsOf(rest: string): { readonly question: string; readonly others: readonly string[] } {
  const colon = orderColon(rest);
  if (colon !== -1)
    return { question: rest.slice(colon + 1).trim(), others: rest.slice(0, colon).split(/[,;]/) };
  const mark = rest.lastIndexOf('?');
  if (mark !== -1)
    return { question: rest.slice(0, mark + 1).trim(), others: rest.slice(mark + 1).split(/[,;]/) };
  const [question = '', ...others] = rest.split(/[,;]/);
  return { question: question.trim(), others };
}

const TELLS =
  /^(?:(?:tạo|tao|gửi|gui|ra|nhắn|nhan|đăng|dang)\s+)?th[ôo]ng\s+b[áa]o(?![\p{L}\p{M}\d])\s*((?:đến|den|tới|toi|cho|gửi|gui)\s+)?/iu;
const PLACES =
  /^(?:(?:cac|ca|moi|tat ca(?: cac)?) )?(?:toan (?:tinh|xa|phuong)|xa|phuong|thon|to dan pho|to|tdp|khu pho|khu|ban|xom|lang)(?: |$)/;

/** «thông báo toàn xã: 19h tối nay họp»: what is told and to whom. Null: it announces nothing. Without a colon it is one of the two. */
export function readAnnouncement(typed: string): SaidCampaign | null {
  const whole = normalText(typed).trim();
  const verb = TELLS.exec(whole);
  if (!verb) return toldFreely(whole);
  const rest = whole
    .slice(verb[0].length)
    .replace(/^[:,]\s*/, '')
    .trim();
  const colon = orderColon(rest);
  const isPlace = colon === -1 && PLACES.test(foldText(rest));
  // «Gửi thông báo cho các trưởng thôn» asks how that is done.
  if (colon === -1 && !isPlace && verb[1] !== undefined) return null;
  const head = colon === -1 ? (isPlace ? rest : '') : rest.slice(0, colon);
  const text = colon === -1 ? (isPlace ? '' : rest) : rest.slice(colon + 1).trim();
  const audience = head
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  return { kind: 'announcement', question: text === '' ? null : text, audience, closes: null };
}

const TOLD =
  /^(?:(?:nho em|em|xin|nay|oi|ban|giup)\s+)*(?:nhan|bao|gui|gui tin|nhan tin|gui tin nhan|bao tin|dang)(?:\s+(?:giup|ho|gium)(?:\s+(?:anh|chi|toi|minh))?)?(?:\s+(?:tin|tin nhan))?\s+(?=\S)/;
const GREETINGS = /^(?:\S+\s+){0,5}(?:loi chuc|loi moi|loi nhac|loi cam on|tin|thu|giay moi)(?![a-z])/;

/** «nhờ em nhắn các thôn mai 8h họp», «gửi lời chúc 8/3 cho tất cả các thôn»: news as people say it; the second only names what is still to be written. */
function toldFreely(whole: string): SaidCampaign | null {
  const fold = foldInPlace(whole);
  const verb = TOLD.exec(fold)?.[0];
  if (verb === undefined || /\?\s*$/.test(whole)) return null;
  // «Nhận» is no «nhắn».
  if (/nhận/iu.test(whole.slice(0, verb.length))) return null;
  const said = audienceAhead(whole.slice(verb.length));
  if (said) return { kind: 'announcement', question: said.text, audience: said.audience, closes: null };
  const behind = GREETINGS.test(fold) ? audienceBehind(whole) : null;
  return behind === null ? null : { kind: 'announcement', question: null, audience: [behind], closes: null };
}

/** «điểm danh 34 người» → 34: the answer to a head-count. */
export function readCounted(typed: string): number | null {
  const found = COUNTED.exec(foldText(normalText(typed).trim()).replace(/[.!]+$/, ''));
  return found ? Number(found[1]) : null;
}

/** «34», «34 người»: an answer only where the head-count is what was shown last. */
export function readBareNumber(typed: string): number | null {
  const found = BARE_NUMBER.exec(foldText(normalText(typed).trim()).replace(/[.!]+$/, ''));
  return found ? Number(found[1]) : null;
}

/** «kết quả khảo sát», «kết quả thông báo»: of what was asked, or of what was announced. */
export function asksResults(typed: string): 'asked' | 'announced' | null {
  const fold = foldText(normalText(typed).trim()).replace(/[.!?]+$/, '');
  if (WHO_SAW.test(fold)) return 'announced';
  const found = RESULTS.exec(fold);
  return found ? (found[1] === undefined ? 'asked' : 'announced') : null;
}
