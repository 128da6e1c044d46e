import { foldInPlace, normalText } from '../kernel/vn-text';

/**
 * «Nhận thay thôn Đông Lâm 145: gọi điện, bác đã nắm»: somebody answers an order for another place, and says why. Without an
 * order in it («nhận thay thôn Gò Me: trưởng thôn đi vắng») it speaks of that place's figures and is none of this. Pure.
 */
export interface AnsweredFor {
  /** As typed; empty: not said. */
  readonly place: string;
  /** The number by which the order is called. */
  readonly short: string;
  /** Null: not said yet. */
  readonly reason: string | null;
}

const VERB =
  /^(?:(?:da|em|toi|bac|chau|xa|minh|anh|chi|cho|xin) )*(?:xac )?nhan (?:thay|ho|giup)(?: (?:cho|em|toi|minh))*(?= |$)\s*/;
const KIND = '(?:cong van|van ban|chi dao|cv)';
/** Two digits at least, or the word for a document before it: «Suối Mỏ 1» is a place. */
const ORDER = `(?:${KIND} (?:so )?0*(\\d{1,6})|0*(\\d{2,6}))(?:\\/[\\p{L}\\d&.\\/-]*)?`;
const REASON = '(?:\\s*[:;,–-]\\s*|\\s+(?=vi |do )|\\s*$)';
const PLACE_FIRST = new RegExp(`^((?:[^\\s:;,]+ ){1,6}?)${ORDER}${REASON}`, 'u');
const ORDER_FIRST = new RegExp(`^${ORDER}(?: (?:cho )?((?:[^\\s:;,]+ ?){1,6}?))?${REASON}`, 'u');
const NO_PLACE = /^(?:cho|thon|to dan pho|tdp|khu|khu pho|noi|to|so|to dan pho so)?$/;

/** Null: it answers no order for anybody. */
export function readAnsweredFor(typed: string): AnsweredFor | null {
  const text = normalText(typed).replace(/\s+/g, ' ').trim();
  const fold = foldInPlace(text);
  const verb = VERB.exec(fold)?.[0].length;
  if (verb === undefined || !isTaking(text.slice(0, verb))) return null;
  const rest = fold.slice(verb);
  const first = ORDER_FIRST.exec(rest);
  if (first) {
    const place = first[3] ?? '';
    const from = place === '' ? 0 : verb + first[0].indexOf(place, first[0].search(/\d/));
    return said(text, verb, first, text.slice(from, from + place.length), first[1] ?? first[2]);
  }
  const second = PLACE_FIRST.exec(rest);
  if (!second || NO_PLACE.test((second[1] ?? '').trim())) return null;
  return said(text, verb, second, text.slice(verb, verb + (second[1] ?? '').length), second[2] ?? second[3]);
}

function said(
  text: string,
  from: number,
  [whole]: RegExpExecArray,
  place: string,
  digits: string | undefined,
): AnsweredFor {
  const reason = text
    .slice(from + whole.length)
    .replace(/^(?:vì|vi|do|lý do|ly do)\s+/iu, '')
    .trim();
  return { place: place.trim(), short: String(Number(digits)), reason: reason === '' ? null : reason };
}

/** «Nhắn hộ» sends a word; without marks «nhan ho», «nhan giup» may be either, so only «nhan thay» takes on. */
function isTaking(verb: string): boolean {
  return /nhận/iu.test(verb) || (/nhan/iu.test(verb) && /thay/iu.test(verb));
}
