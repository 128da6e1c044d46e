import { foldInPlace, normalText } from '../../kernel/vn-text';
import { AUDIENCE_SETS } from '../audience-sets';

/**
 * An order or news as people say it to somebody who helps: «giao các thôn treo băng rôn trước 20/3, chụp ảnh gửi về»,
 * «nhờ em nhắn các trưởng thôn mai 8h họp». No comma and no colon part who it is for from what it is. Whatever is read
 * here is shown whole before it leaves, so a piece that was not found is asked. Pure.
 */
export interface SaidFreely {
  /** The pieces that name who it is for, in order. */
  readonly audience: readonly string[];
  /** What it is; null: not said. */
  readonly text: string | null;
}

const TO = '(?:(?:cho|toi|den|gui|voi|biet)\\s+)?';
const SETS = AUDIENCE_SETS.flatMap(({ says }) => says)
  .sort((one, other) => other.length - one.length)
  .map((said) => said.replaceAll(' ', '[\\s,]+'))
  .join('|');
const SET_AHEAD = new RegExp(`^${TO}((?:${SETS}))(?![a-z])`);
const PLACE = /^(?:xa|phuong|thon|to dan pho|tdp|khu pho|ban|xom|lang|so|cong an|tinh doan)\s+\S/;
const BETWEEN = /^(?:\s*[:,;.-]\s*|\s+(?:la|rang|biet|ve viec|viec|ve)(?![a-z]))+/;
const MAX_PLACE = 60;

/** What stands behind the verb in its parts; null: nobody is named there. */
export function audienceAhead(typed: string): SaidFreely | null {
  const rest = typed.trim();
  const fold = foldInPlace(rest);
  const set = SET_AHEAD.exec(fold);
  if (set) {
    const said = rest.slice(set[0].length - (set[1] ?? '').length, set[0].length);
    const behind = rest.slice(set[0].length);
    // «Các thôn miền núi», «các xã chưa nộp»: some of them, not all.
    if (
      /^\s+(?:chua|nao|da|con|mien|vung|thi diem|co|khong|thuoc|o|cua|phia)(?![a-z])/.test(
        foldInPlace(behind),
      )
    )
      return null;
    return { audience: [said.trim()], text: textOf(behind) };
  }
  const to = new RegExp(`^${TO}`).exec(fold)?.[0].length ?? 0;
  const colon = rest.indexOf(':');
  const named = colon === -1 || colon > MAX_PLACE ? '' : rest.slice(to, colon);
  if (!PLACE.test(foldInPlace(named))) return null;
  const audience = named
    .split(/[,;]|\s+(?:và|va)\s+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return { audience, text: textOf(rest.slice(colon)) };
}

/** «… cho tất cả các thôn» at the end: who it is for; the words ahead only name what will be sent. */
export function audienceBehind(typed: string): string | null {
  const rest = normalText(typed)
    .trim()
    .replace(/[.!?\s]+$/, '');
  const found = new RegExp(`\\s(?:cho|toi|den)\\s+((?:${SETS}))$`).exec(foldInPlace(rest));
  return found ? rest.slice(rest.length - (found[1] ?? '').length) : null;
}

function textOf(behind: string): string | null {
  const between = BETWEEN.exec(foldInPlace(behind))?.[0].length ?? 0;
  const text = behind.slice(between).trim();
  return text === '' ? null : text;
}

const BY_WHEN =
  /(?<![a-z])(?:han(?: chot| nop| la)?|xong truoc|hoan thanh truoc|nop truoc|truoc|cham nhat(?: la)?|muon nhat(?: la)?|den het|het)\s+(?:luc\s+|vao\s+|la\s+)?(?=(?:ngay\s+)?(?:\d|thu\s|mai|chu nhat|hom nay|chieu|sang|toi|trua))[^,;.\n]{1,30}/;

/** The words of a text that say until when: «trước 20/3»; null: it does not say. */
export function deadlineIn(text: string): string | null {
  const found = BY_WHEN.exec(foldInPlace(text));
  return found ? text.slice(found.index, found.index + found[0].length).trim() : null;
}

const PICTURE =
  /(?<![a-z])(?:(?:chup|gui|kem|co|dinh kem)\s+(?:lai\s+)?(?:hinh\s+)?anh|anh chup|minh chung|gui (?:link|duong dan))(?![a-z])/;

/** Whether a text wants to be shown that it was done: «chụp ảnh gửi về». */
export function wantsEvidence(text: string): boolean {
  return PICTURE.test(foldInPlace(text));
}
