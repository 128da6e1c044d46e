import { foldText } from '../kernel/vn-text';

/** Words people put behind a number of an officer's report for what is counted, by the measure of the figure. */
const NOUNS: Readonly<Record<string, readonly string[]>> = {
  team: [
    'to',
    'doi',
    'to cong nghe so',
    'to cong nghe so cong dong',
    'to cnscd',
    'doi nong cot',
    'doi hinh',
    'nhom',
  ],
  person: [
    ...[
      'nguoi',
      'thanh vien',
      'luot',
      'luot nguoi',
      'nguoi dan',
      'em',
      'hoc sinh',
      'phu huynh',
      'can bo',
      'bac',
      'ban',
    ],
    ...['doan vien', 'chu ky', 'chu ky so', 'truong hop'],
  ],
  item: ['tin', 'bai', 'tin bai', 'tin, bai', 'bai viet', 'tac pham', 'phong su', 'chuyen muc'],
  commune: ['xa', 'phuong', 'xa phuong', 'xa, phuong', 'xa va phuong', 'don vi', 'noi'],
};
const LONGEST = 5;

/**
 * The text without the noun of its number: «97 xã, phường ạ» is «97 ạ» where communes are counted. Any other noun stays,
 * so that «97 xã» is no number of people. A measure without such words leaves the text as it is.
 */
export function withoutCounted(text: string, measure: string): string {
  const nouns = NOUNS[measure];
  if (!nouns) return text;
  const words = text
    .replace(/(\d)(\p{L}{2,})(?=[\s.,!?]|$)/gu, (whole, digit: string, noun: string) =>
      nouns.includes(foldText(noun)) ? `${digit} ${noun}` : whole,
    )
    .trim()
    .split(/\s+/);
  for (let size = Math.min(LONGEST, words.length - 1); size >= 1; size -= 1)
    for (let at = 1; at + size <= words.length; at += 1) {
      const noun = foldText(words.slice(at, at + size).join(' ')).replace(/[.!?,]+$/, '');
      if (nouns.includes(noun)) return [...words.slice(0, at), ...words.slice(at + size)].join(' ');
    }
  return text;
}
