/**
 * Vietnamese as bytes: one normal form, folding for comparison, both places of the tone mark, Telex that no keyboard
 * composed, and the one way we print whole numbers. Pure; knows no dialog. Nothing here ever changes a digit.
 */

import { remembered } from './remembered';

/** Words and messages are compared so often that each is folded once: the words of all ways to say a thing, and the last messages. */
const KEPT = 2_000;

/** Format characters (zero-width and direction marks, soft hyphen), fillers, and the selectors that dress up emoji. */
const INVISIBLE = /\p{Cf}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0|[\ufe00-\ufe0f]/gu;

/** The text in one form (NFKC: full-width digits become plain), without characters that cannot be seen, dashes and spaces of one kind. Case stays. */
export const normalText = remembered(
  (text) =>
    text
      .replace(INVISIBLE, '')
      .normalize('NFKC')
      .replace(/\u20e3/g, '')
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/\u2044/g, '/')
      .replace(/[^\S\n]+/g, ' '),
  KEPT,
);

/** For comparing: normal form, lower case, no marks, đ as d, single spaces, trimmed. «  Tổ  Dân phố » is `to dan pho`. */
export const foldText = remembered(
  (text) =>
    normalText(text)
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/đ/g, 'd')
      .replace(/\s+/g, ' ')
      .trim(),
  KEPT,
);

const TONES: Readonly<Record<string, string>> = {
  oà: 'òa',
  oá: 'óa',
  oả: 'ỏa',
  oã: 'õa',
  oạ: 'ọa',
  oè: 'òe',
  oé: 'óe',
  oẻ: 'ỏe',
  oẽ: 'õe',
  oẹ: 'ọe',
  uỳ: 'ùy',
  uý: 'úy',
  uỷ: 'ủy',
  uỹ: 'ũy',
  uỵ: 'ụy',
};

const NEWER_PLACE = new RegExp(Object.keys(TONES).join('|'), 'iu');

/** The mark in the older place (Hoà → Hòa, Thuỵ → Thụy), NFC. Whole syllables only: Hoàng and Quý stay as they are. */
export function unifyTones(text: string): string {
  const composed = text.normalize('NFC');
  // Most texts have no syllable of this kind, and are asked about again and again.
  if (!NEWER_PLACE.test(composed)) return composed;
  return composed.replace(/[\p{L}\p{M}]+/gu, (syllable) => {
    const low = syllable.toLowerCase();
    const better = TONES[low.slice(-2)];
    if (better === undefined || /^qu.$/.test(low)) return syllable;
    const tail = syllable.slice(-2);
    const cased = [...better].map((letter, i) => (tail[i] === low.at(i - 2) ? letter : letter.toUpperCase()));
    return syllable.slice(0, -2) + cased.join('');
  });
}

const TELEX_TONE: Readonly<Record<string, string>> = {
  s: '\u0301',
  f: '\u0300',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
  z: '',
};
const ONSET = '(?:ngh|nh|ng|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?';
const NUCLEUS =
  '(?:ươi|ươu|uôi|iêu|yêu|uyê|oai|oay|uây|oeo|uya|ươ|uô|iê|yê|uê|uơ|uy|uâ|oa|oă|oe|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)';
const SYLLABLE = new RegExp(`^${ONSET}${NUCLEUS}(?:ng|nh|ch|c|m|n|p|t)?$`);

/** One word of Telex that stayed as keys («nguwowif» → «người»); null when it is not Telex of a Vietnamese syllable. */
export function decodeTelexWord(word: string): string | null {
  const keys = word.toLowerCase();
  if (!/^[a-z]{2,10}$/.test(keys)) return null;
  let tone = '';
  let letters = '';
  let changed = false;
  for (const [i, key] of [...keys].entries()) {
    const mark = TELEX_TONE[key];
    if (i > 0 && mark !== undefined && /[aeiouyăâêôơư]/.test(letters)) {
      tone = mark;
      changed = true;
    } else if (key === 'd' && letters.startsWith('d')) {
      letters = `đ${letters.slice(1)}`;
      changed = true;
    } else if (key === 'w' && /[uoa]/.test(letters)) {
      letters = /uo/.test(letters)
        ? letters.replace('uo', 'ươ')
        : letters.replace(/ưo/, 'ươ').replace(/([uoa])(?=[^uoa]*$)/, hook);
      changed = true;
    } else if (/[aeo]/.test(key) && letters.includes(key) && /[aeo]/.test(letters)) {
      letters = letters.replace(key, { a: 'â', e: 'ê', o: 'ô' }[key] ?? key);
      changed = true;
    } else letters += key;
  }
  if (!changed || !SYLLABLE.test(letters)) return null;
  return (tone ? withTone(letters, tone) : letters).normalize('NFC');
}

function hook(vowel: string): string {
  return { u: 'ư', o: 'ơ', a: 'ă' }[vowel] ?? vowel;
}

function withTone(letters: string, tone: string): string {
  const marked = letters.search(/[ăâêơôư](?![ơ])/);
  const vowels = letters.replace(/^(?:qu|gi(?=[aeiouyăâêôơư]))/, (onset) => '#'.repeat(onset.length));
  const first = vowels.search(/[aeiouyăâêôơư]/);
  const closed = /[^aeiouyăâêôơư]$/.test(vowels);
  const at = marked >= 0 ? marked : first + (closed && /[aeiouy]/.test(vowels[first + 1] ?? '') ? 1 : 0);
  return `${letters.slice(0, at + 1)}${tone}${letters.slice(at + 1)}`;
}

/** The text with every word decoded that is un-composed Telex; null when there is none, so that a caller reads again only when it can help. */
export const decodeTelex = remembered(telexDecoded, KEPT);

function telexDecoded(text: string): string | null {
  let changed = false;
  const out = normalText(text).replace(/\p{L}+/gu, (word) => {
    const decoded = decodeTelexWord(word);
    if (decoded === null) return word;
    changed = true;
    return decoded;
  });
  return changed ? out : null;
}

/** A whole number as people here write it: 1250 → «1.250». Every digit of the value is printed. */
export function formatCount(n: number): string {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a whole number: ${n}`);
  const digits = String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, '.');
  return n < 0 ? `-${digits}` : digits;
}

/** A number as it was read in a message, which need be no count: 85.5 → «85,5», and one too long for a count in full. */
export function formatSeen(n: number): string {
  if (Number.isSafeInteger(n)) return formatCount(n);
  if (Number.isInteger(n))
    return BigInt(n)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, '.');
  return String(n).replace('.', ',');
}

export function capital(text: string): string {
  const [first = '', ...rest] = [...text];
  return first.toLocaleUpperCase('vi') + rest.join('');
}

/** At most `max` code points; what was cut ends in an ellipsis. */
export function clipped(text: string, max: number): string {
  const points = [...text];
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** Letter by letter without marks and in lower case, so that places in the one are places in the other. Several readers ask it of one message. */
export const foldInPlace = remembered((typed) => {
  let fold = '';
  for (const letter of typed) {
    if (letter <= '\u007f') {
      fold += letter.toLowerCase();
      continue;
    }
    const plain = letter.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace('đ', 'd');
    fold += plain.length === letter.length ? plain : letter;
  }
  return fold;
}, 20);
