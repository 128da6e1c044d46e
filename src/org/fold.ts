import { foldText } from '../kernel/vn-text';

/** How names of units are compared: marks, case and spacing aside. Codes are never folded. */

/** `Hoà Bình`, `HÒA  BÌNH` and their decomposed forms all become `hoa binh`; so does «Hoà-Bình». */
export function foldName(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The words for a kind of unit that people write before its name, folded, longest first. */
const KINDS = [
  'thanh pho',
  'to dan pho',
  'khu pho',
  'thi tran',
  'phuong',
  'tinh',
  'thon',
  'tdp',
  'ban',
  'xom',
  'xa',
];

/** The folded name without a leading word of kind: `thon dong lam` → `dong lam`; a name that is nothing else stays. */
export function withoutKind(folded: string): string {
  const kind = KINDS.find((word) => folded.startsWith(`${word} `));
  return kind === undefined ? folded : folded.slice(kind.length + 1);
}
