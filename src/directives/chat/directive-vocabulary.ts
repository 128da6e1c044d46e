import { normalText } from '../../kernel/vn-text';

/** Words by which orders and their answers are known. Folded ones are compared without marks. */

/** What comes after a number that names a document: «145», «145/UBND-VX», «12/KH-UBND». */
export const NUMBER = /^\d{1,6}(?:\s?\/\s?[\p{L}\p{M}\d.&-]+)*/u;

/** The number that a reply to «số, ký hiệu nào?» names; null: none. */
export function numberIn(typed: string): string | null {
  const bare = normalText(typed)
    .trim()
    .replace(/^(?:số|so|cv|công văn|cong van|văn bản)\s+/iu, '');
  return NUMBER.exec(bare)?.[0].replace(/\s/g, '') ?? null;
}

/** «giao», with what people say before the number; «giao lưu» is something else. */
export const GIAO =
  /^(?:giao|ban hanh)(?:\s+(?:cong van|van ban|chi dao|nhiem vu|viec|cv|so))*(?=\s*(?:\d|,|$))\s*/;

export const URGENT = /^(?:gap|khan truong)$/;
export const CRITICAL = /^(?:khan|hoa toc|thuong khan|rat khan)$/;
export const WITH_EVIDENCE =
  /^(?:(?:kem|can|co|gui) )+(?:anh|minh chung|link|duong dan|bang chung)(?: minh chung)?$/;
/** «hẹn giờ 7h sáng mai», «gửi lúc 8h thứ Hai», «phát vào 7:30 mai». */
export const SENDING =
  /^(?:hen (?:gio|gui|phat|luc|vao)|(?:gui|phat|phat hanh)(?: di)? (?:luc|vao))(?: (?:gio|gui|phat|luc|vao))*\s+(?=\S)/;
/** «diễn tập» among the parts of an order. */
export const PRACTICE = /^(?:la )?dien tap(?: mang luoi)?$/;
export const DEADLINE = /^(?:han|truoc|xong truoc|den|den het|cham nhat)\s+(?=\S)/;

/** Whether a line of a commune says where something takes place. */
export function namesPlace(line: string): boolean {
  return /(?<!\p{L})(?:nhà văn hóa|hội trường|địa điểm|trụ sở|phòng họp)(?!\p{L})/iu.test(normalText(line));
}

/** How an answer is said whose reason follows (`read-reply.ts` reads it). */
export const SAID_WITH_REASON = { stuck: 'vướng', not_mine: 'không thuộc tôi' } as const;
