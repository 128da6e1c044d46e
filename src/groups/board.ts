import type { Words } from '../kernel/i18n';
import { inVietnam } from '../kernel/vn-time';
import { dayOf, some } from './group-words';

/** The status board of a group: which villages are still missing. No figure, no phone number, nobody's name. Pure. */

export interface BoardFacts {
  /** «Tân Hòa» */
  readonly commune: string;
  /** Villages that have sent, and those that have not, in order. */
  readonly sent: number;
  readonly missing: readonly string[];
  /** Opens the private chat; empty where the messenger has no such link. */
  readonly link: string;
  readonly at: Date;
}

/** Nothing is posted from this hour on. */
export const BOARD_ENDS = 20;
const MISSING_SHOWN = 12;

/** «Tân Hòa 17/3 – đã nộp 24/29. Còn: Đông Lâm, Ngọc Trì. Gửi số liệu: nhắn riêng tài khoản này …» */
export function boardText(words: Words, { commune, sent, missing, link, at }: BoardFacts): string {
  const all = sent + missing.length;
  const vars = {
    commune,
    day: dayOf(at),
    sent,
    all,
    names: some(words, missing, 'places', MISSING_SHOWN),
    link,
  };
  if (missing.length === 0) return words.t('groups:board.all_in', vars);
  return words.t(link === '' ? 'groups:board.missing_plain' : 'groups:board.missing', vars);
}

/** Whether a board may still be posted at that hour of the day. */
export function mayPost(at: Date): boolean {
  const { hour } = inVietnam(at);
  return hour >= 7 && hour < BOARD_ENDS;
}
