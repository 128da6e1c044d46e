import { remembered } from '../../kernel/remembered';
import { foldInPlace, normalText } from '../../kernel/vn-text';
import type { Said } from '../directive';

/** What people say of a directive: «đã nhận 145», «vướng 145: thiếu máy chiếu», «xong rồi», «bị vướng chỗ máy chiếu». Pure. */
export interface SaidReply {
  readonly answer: Said;
  /** `145`; null: not named. */
  readonly short: string | null;
  /** What was said besides; null: nothing. */
  readonly note: string | null;
}

/** Folded, the longest first where one begins another. */
const VERBS: readonly (readonly [Said, string])[] = [
  [
    'not_mine',
    'khong thuoc(?: ve)?(?: cua)? (?:toi|em|thon toi|xa toi|chung toi)|khong phai(?: viec)?(?: cua)? (?:toi|em|thon toi|xa toi)',
  ],
  ['stuck', '(?:dang |bi |gap |con )?vuong(?: mac)?'],
  ['doing', 'dang (?:lam|trien khai|thuc hien)'],
  ['done', '(?:da )?(?:lam )?xong(?: het)?|(?:da )?hoan thanh'],
  ['acknowledged', '(?:da )?(?:tiep )?nhan(?: duoc| ro)?|xac nhan|da ro|da doc|ok|oke|okay'],
];

const POLITE = '(?:(?:da|vang|em|toi|bac|chau|thon|xa|minh|anh|chi) )*';
const DOCUMENT = '(?:cong van |van ban |chi dao |cv |so )*';
const NUMBER = '(\\d{1,6})(?:\\/[\\p{L}\\d&.\\/-]*)?';
const AFTER = '(?: (?:roi|a|nhe|nha|luon))*';

const ENDS = '(?=$|[\\s:,;.-])';
const SAID = VERBS.map(([answer, verb]) => ({
  answer,
  unnamed: new RegExp(`^${POLITE}(?:${verb})${AFTER}${ENDS}`, 'u'),
  numberBehind: new RegExp(`^${POLITE}(?:${verb})${AFTER} ${DOCUMENT}${NUMBER}${AFTER}${ENDS}`, 'u'),
  numberBefore: new RegExp(`^${POLITE}${DOCUMENT}${NUMBER}:? (?:${verb})${AFTER}${ENDS}`, 'u'),
}));

/** One of these is in every reply. */
const REPLIES = /thuoc|khong phai|vuong|dang|xong|hoan thanh|nhan|ro|doc|ok/;

/** A reply that names its directive; it is never the answer to an open question. */
export function readNamedReply(typed: string): SaidReply | null {
  const { fold, text } = folded(typed);
  if (!/\d/.test(fold) || !REPLIES.test(fold)) return null;
  for (const { answer, numberBehind, numberBefore } of SAID) {
    const after = numberBehind.exec(fold) ?? numberBefore.exec(fold);
    if (after) return { answer, short: shortNumber(after[1]), note: restOf(text, after[0].length) };
  }
  return null;
}

/** The same without a number. Only «vướng» and «không thuộc» may say more: a longer sentence with «xong» in it is something else. */
export function readUnnamedReply(typed: string): SaidReply | null {
  const { fold, text } = folded(typed);
  if (!REPLIES.test(fold)) return null;
  for (const { answer, unnamed } of SAID) {
    const found = unnamed.exec(fold);
    if (!found) continue;
    const note = restOf(text, found[0].length);
    if (note === null || (answer === 'stuck' && !/\d/.test(note))) return { answer, short: null, note };
  }
  return null;
}

/** «nhận 1», «xong 2»: as likely the first of a list that was shown as a document; other commands are asked first. */
export function mayBeOfList(typed: string): boolean {
  return /^(?:nhan|xong|ok) \d{1,2}$/.test(folded(typed).fold);
}

/** «ok», «dạ vâng»: of the newest directive only, and only where that was the last thing shown. */
export function isMereNod(typed: string): boolean {
  return /^(?:da |vang )*(?:ok|oke|okay)(?: (?:a|em|nhe|roi))*$/.test(
    folded(typed).fold.replace(/[.!]+$/, ''),
  );
}

const folded = remembered((typed): { readonly fold: string; readonly text: string } => {
  const text = normalText(typed).replace(/\s+/g, ' ').trim();
  return { text, fold: foldInPlace(text) };
}, 20);

function shortNumber(digits: string | undefined): string {
  return String(Number(digits));
}

function restOf(text: string, from: number): string | null {
  const rest = text
    .slice(from)
    .replace(/^[\s:,;.-]+/, '')
    .trim();
  return rest === '' || /^[.!]*$/.test(rest) ? null : rest;
}
