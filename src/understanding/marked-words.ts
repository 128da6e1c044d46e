import { remembered } from '../kernel/remembered';
import { foldText, normalText, unifyTones } from '../kernel/vn-text';

/**
 * Words that differ by their marks alone and mean different things, in one table. Where a person typed marks they
 * decide; a word of this table typed without any has two readings, so nothing is sent, stored, confirmed, consented to
 * or deleted on it alone.
 */
export type MarkedSense =
  | 'yes'
  | 'stop'
  | 'say'
  | 'place'
  | 'number'
  | 'name'
  | 'evening'
  | 'me'
  | 'later'
  | 'fix'
  | 'not_yet'
  | 'other';

/** Each word as it is written, with what it means where a word of the same letters means something else. */
export const MARKED_WORDS: readonly (readonly [string, MarkedSense])[] = [
  ['đúng', 'yes'],
  ['dừng', 'stop'],
  ['đừng', 'stop'],
  ['dùng', 'other'],
  ['đụng', 'other'],
  ['dựng', 'other'],
  ['đứng', 'other'],
  ['dũng', 'name'],
  ['nói', 'say'],
  ['nơi', 'place'],
  ['nội', 'place'],
  ['nối', 'other'],
  ['năm', 'number'],
  ['nam', 'other'],
  ['nạm', 'other'],
  ['nắm', 'other'],
  ['tôi', 'me'],
  ['tối', 'evening'],
  ['tới', 'other'],
  ['sáu', 'number'],
  ['sau', 'later'],
  ['bảy', 'number'],
  ['bày', 'other'],
  ['bay', 'other'],
  ['tám', 'number'],
  ['tạm', 'stop'],
  ['tầm', 'other'],
  ['thôi', 'stop'],
  ['thổi', 'other'],
  ['khoan', 'stop'],
  ['khoản', 'other'],
  ['hủy', 'stop'],
  ['huy', 'name'],
  ['chưa', 'not_yet'],
  ['chữa', 'fix'],
  ['sửa', 'fix'],
  ['sữa', 'other'],
  ['bỏ', 'stop'],
  ['bộ', 'other'],
  ['bố', 'name'],
  ['rút', 'stop'],
  ['ngừng', 'stop'],
  ['hoãn', 'stop'],
  ['hoan', 'name'],
  ['xóa', 'stop'],
  ['xoa', 'other'],
];

const SENSES = new Map<string, MarkedSense>();
const BY_FOLD = new Map<string, Set<MarkedSense>>();
for (const [word, sense] of MARKED_WORDS) {
  const written = unifyTones(word);
  SENSES.set(written, sense);
  const fold = foldText(written);
  BY_FOLD.set(fold, (BY_FOLD.get(fold) ?? new Set()).add(sense));
}

/** The words of a message in lower case with their marks, each sign a space. */
export const wordsOf = remembered(
  (text): readonly string[] =>
    unifyTones(normalText(text).toLowerCase())
      .split(/[^\p{L}\p{M}\d]+/u)
      .filter((word) => word !== ''),
  2_000,
);

/** Whether the word carries any mark. */
export function isMarked(word: string): boolean {
  return word !== foldText(word);
}

/**
 * What a word means by its marks: its sense; `unclear` when it has none and could be several; `other` when its marks
 * make it a word that is none of those the table knows by these letters; null for a word the table says nothing about.
 */
export function senseOf(word: string): MarkedSense | 'unclear' | null {
  const senses = BY_FOLD.get(foldText(word));
  if (!senses) return null;
  if (isMarked(word)) return SENSES.get(unifyTones(word.normalize('NFC').toLowerCase())) ?? 'other';
  const [only] = senses;
  return senses.size === 1 && only ? only : 'unclear';
}

/** Whether a typed word may stand for one of a label: not when the marks of either make them two words. */
export function mayBe(typed: string, meant: string): boolean {
  if (foldText(typed) !== foldText(meant)) return false;
  if (!isMarked(typed)) return true;
  const sense = senseOf(typed);
  return sense === null || sense === 'unclear' || typed === unifyTones(meant.toLowerCase());
}
