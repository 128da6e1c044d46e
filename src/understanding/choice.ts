import { decodeTelex, foldText } from '../kernel/vn-text';
import { sameMarks } from './saying';
import { senseOf, wordsOf } from './marked-words';
import { endsAsking } from './asking';
import { near } from './slip';
import { hasStopWord } from './stop';

/** One of the offered buttons typed in words. Digits are the engine's affair. */
const COURTESY =
  /^(?:(?:da|vang|em|bac|chau|toi|chon|bam|nut|cai|cho|muon|thi)\s+)+|(?:\s+(?:a|nhe|nha|di|em|bac|chau|giup|voi|thoi|luon|roi|r))+$/g;

function plain(text: string): string {
  return foldText(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '))
    .replace(COURTESY, '')
    .trim();
}

/** A choice as it was shown. */
export interface Shown {
  readonly id: string;
  readonly label: string;
  /** What it does cannot be taken back: only its whole label is it, and one wrong letter is asked about. */
  readonly exact?: boolean;
  /** It is a command as well, which has its own ways to be typed. */
  readonly command?: string;
}

/**
 * The id of the choice whose whole label the text is; null otherwise. One wrong letter is forgiven in labels of six
 * letters and more of choices that do nothing final. A part of a label is none: «không có» is not yet «Không có ai dự».
 */
export function choice(text: string, choices: readonly Shown[]): string | null {
  return meant(text, choices, [isWhole, isNear], ({ exact, command }) => !exact && command === undefined);
}

/** The choice with a final effect that the text misses by one letter; null: none, or it is one word by word. */
export function missed(text: string, choices: readonly Shown[]): Shown | null {
  if (choice(text, choices) !== null) return null;
  const found = meant(text, choices, [isNear], ({ exact }) => exact === true);
  return choices.find(({ id }) => id === found) ?? null;
}

/** The one choice that fits, first by the first test that any fits; nearly only where `forgiving` allows it. */
function meant(
  text: string,
  choices: readonly Shown[],
  tests: readonly Test[],
  forgiving: (choice: Shown) => boolean,
): string | null {
  for (const typed of [text, decodeTelex(text)]) {
    const found = typed === null ? null : find(plain(typed), choices, tests, forgiving);
    if (found !== null && agree(typed ?? '', found.label)) return found.id;
  }
  return null;
}

/**
 * Marks are believed where there are any: «dừng hết» is no «Đúng hết», and a lone «dung» no «Đúng». A label of stopping
 * may be typed without them, since holding does no harm.
 */
function agree(typed: string, label: string): boolean {
  if (endsAsking(typed) && !endsAsking(label)) return false;
  // «Tối gửi», «gửi rồi»: when, and that it is done; no button says either.
  if (
    /(?<!\p{L})(?:tối|toi)\s+(?:gửi|gui|nộp|nop)|^\s*(?:gửi|gui|nộp|nop)\s+(?:rồi|roi|r)(?!\p{L})/iu.test(
      typed,
    )
  )
    return false;
  const stops = (text: string): boolean => wordsOf(text).some((word) => senseOf(word) === 'stop');
  return !(hasStopWord(typed) && !stops(label)) && sameMarks(typed, label);
}

type Test = (label: string, typed: string) => boolean;
const isWhole: Test = (label, typed) => label === typed;
const isNear: Test = (label, typed) => label.length >= 6 && !/\d/.test(label + typed) && near(label, typed);

function find(
  typed: string,
  choices: readonly Shown[],
  tests: readonly Test[],
  forgiving: (choice: Shown) => boolean,
): Shown | null {
  if (typed === '' || /^\d+$/.test(typed)) return null;
  for (const fits of tests) {
    const hits = choices.filter(({ label }) => fits(plain(label), typed));
    const [hit] = hits;
    if (hit) return hits.length === 1 && (fits === isWhole || forgiving(hit)) ? hit : null;
  }
  return null;
}
