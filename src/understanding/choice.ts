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

/**
 * The id of the choice whose whole label the text is; null otherwise. One wrong letter is forgiven in labels of six
 * letters and more. A part of a label is none: «không có» is not yet «Không có ai dự».
 */
export function choice(
  text: string,
  choices: readonly { readonly id: string; readonly label: string }[],
): string | null {
  for (const typed of [text, decodeTelex(text)]) {
    const found = typed === null ? null : find(plain(typed), choices);
    const label = choices.find(({ id }) => id === found)?.label;
    if (found !== null && label !== undefined && agree(typed ?? '', label)) return found;
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

function find(
  typed: string,
  choices: readonly { readonly id: string; readonly label: string }[],
): string | null {
  if (typed === '' || /^\d+$/.test(typed)) return null;
  const labels = choices.map(({ id, label }) => ({ id, label: plain(label) }));
  const tests: ((label: string) => boolean)[] = [
    (label) => label === typed,
    (label) => label.length >= 6 && !/\d/.test(label + typed) && near(label, typed),
  ];
  for (const fits of tests) {
    const hits = labels.filter(({ label }) => fits(label));
    if (hits.length === 1) return hits[0]?.id ?? null;
    if (hits.length > 1) return null;
  }
  return null;
}
