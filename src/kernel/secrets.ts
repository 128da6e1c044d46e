/**
 * What must never be written down: identity numbers, one-time codes, passwords, bank cards. They are covered before
 * the first write, in whatever form the digits come (decomposed, full-width, other scripts, invisible characters or
 * separators between). Covers too much rather than too little, but ordinary figures, grouped thousands, dates and
 * phone numbers stay readable. Covering twice is covering once.
 */

export type SecretKind = 'id_card' | 'old_id' | 'card' | 'code' | 'password' | 'six_digits';

export interface Masked {
  readonly text: string;
  /** Kinds in order of appearance, each once. */
  readonly secrets: readonly SecretKind[];
  /** Hash of the first six-digit number that was covered, to be compared with claim codes. */
  readonly codeHash?: string;
}

/** Stands for what was covered; the same in every language. */
export const MASK = '[***]';

interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind: SecretKind;
  readonly digits: string;
}

interface View {
  /** Folded text: one character for each visible one of the original. */
  readonly text: string;
  /** Where in the original each character of the view begins; one entry more than the view is long. */
  readonly at: readonly number[];
}

const MEASURE = '(?:nguoi|ng|luot|ho|buoi|lop|ba con|hoc vien|hv|dan|khau|thon|xa)(?![a-z])';
const MONEY = '(?:d|dong|vnd|k|nghin|ngan|tr|trieu|ty|cu)(?![a-z])';
const UNIT_AHEAD = new RegExp(`^\\s?(?:${MEASURE}|${MONEY}|%)`);
const RUN = /(?<![\d])\d(?:[ .\-_]{0,2}\d)*/g;
const ID_WORD = /(?:cccd|cmnd|cmt|can cuoc|chung minh|dinh danh(?! muc)|so dd|ddcn|ho chieu)[^\d\n]{0,30}$/;
const CODE_WORD =
  /(?:(?<![a-z])(?:otp|passcode|pass|pin|code|mat ma)[^\d\n]{0,40}|(?<![a-z])(?:mat khau|mk|ma)(?:[ :=.,"'(«-]|(?<![a-z])(?:otp|so|la|xac thuc|xac nhan|kich hoat|dang nhap|vneid|bao mat|pin|cua|toi|em|e|minh|no|may|day|nay|moi|cu|nhan|duoc|dc|gui|ve|a|cap|thon|xa|co|cho|truong|claim|dang ky)(?![a-z]))*)$/;
const CODE_AFTER =
  /^[ ,]{0,2}(?:(?:la|day la)\s)?(?:cai )?(?:ma(?! qr| so thue| ho so)|otp|code|passcode|mat khau|pin)(?![a-z])/;
const PASSWORD =
  /(?<![a-z])(mat khau|mat khau cua toi|passcode|password|passwd|pass|pw|mk)(?![a-z])((?:[ :=,"'(«]|(?:cua|toi|em|bac|minh|moi|cu|vneid|zalo|facebook|dang nhap|nay|my|is|thanh|la)(?![a-z]))*)([^\s,;"'»)]+)/g;
/** What every match of `PASSWORD` has in it: found much sooner. */
const PASSWORD_WORD = /mat khau|pass|pw|mk/;
const NO_PASSWORD =
  /^(?:quen|roi|r|gi|j|sai|khong|ko|k|chua|bi|nao|dau|duoc|dc|phai|cho|thi|lam|o|tren|bao|nhu|the|vao|dang|ban|oi|va|hay|hoac|co|mat|xong|ntn|a|nhe|voi|giup|ho|khau|can|mot|\[\*+\])(?![a-z])/;

/** Folded characters seen before: every text is folded before it is stored, and people use few different ones. */
const folded = new Map<string, string>();
const FOLDED_KEPT = 4_096;

/** What stands in the view for one character: nothing for a mark, plain digits and spaces, letters without marks. */
function foldChar(char: string): string {
  const known = folded.get(char);
  if (known !== undefined) return known;
  let out = '';
  for (const piece of char.normalize('NFKD').toLowerCase()) {
    if (/[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/u.test(piece)) continue;
    out +=
      piece === 'đ'
        ? 'd'
        : /\p{Nd}/u.test(piece)
          ? digitOf(piece)
          : /\s/.test(piece) && piece !== '\n'
            ? ' '
            : piece;
  }
  out = out.replace(/[\u2010-\u2015\u2212]/g, '-');
  if (folded.size >= FOLDED_KEPT) folded.clear();
  folded.set(char, out);
  return out;
}

/** Letters, digits and signs that stand for themselves in the view; most of what people send quickly is only that. */
const PLAIN = /^[\n\x20-\x7e]*$/;

const places: number[] = [];

/** 0, 1, 2 … at least up to `last`: one list that all plain texts share. */
function placesUpTo(last: number): readonly number[] {
  while (places.length <= last) places.push(places.length);
  return places;
}

function viewOf(original: string): View {
  if (PLAIN.test(original)) return { text: original.toLowerCase(), at: placesUpTo(original.length) };
  let text = '';
  const at: number[] = [];
  let i = 0;
  for (const char of original) {
    const plain = foldChar(char);
    for (let unit = 0; unit < plain.length; unit += 1) at.push(i);
    text += plain;
    i += char.length;
  }
  at.push(original.length);
  return { text, at };
}

/** The value of a decimal digit of any script: they stand in blocks of ten from zero. */
function digitOf(char: string): string {
  if (/[0-9]/.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  let steps = 0;
  while (steps < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - steps - 1))) steps += 1;
  return String(steps);
}

/** No secret of ours has fewer digits. */
const FEWEST = 4;

function kindOfRun(view: string, from: number, run: string): SecretKind | null {
  const digits = run.replace(/\D/g, '');
  const n = digits.length;
  if (n < FEWEST) return null;
  const before = view.slice(0, from);
  const after = view.slice(from + run.length);
  const solid = digits === run;
  const unit = UNIT_AHEAD.test(after);
  const grouped = /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(run);
  if (ID_WORD.test(before) && n >= 6 && n <= 13 && !unit) return n <= 9 ? 'old_id' : 'id_card';
  if (n >= 4 && n <= 8 && (!unit || n === 6) && !(grouped && n !== 6) && nearCode(before, after))
    return unit && n === 6 && !solid ? null : 'code';
  if (solid && n === 12) return 'id_card';
  if (n === 12 && isGroupedId(run)) return 'id_card';
  if (solid && n >= 13 && n <= 19) return 'card';
  if (n >= 16 && n <= 19 && /^\d{4}([ .\-_]{1,2})\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,3})?$/.test(run))
    return 'card';
  if (solid && n > 19) return 'card';
  if (unit) return null;
  if (solid && n === 9) return 'old_id';
  if (n === 9 && /^0/.test(run) && /^\d{3}([ .-])\d{3}\1\d{3}$/.test(run)) return 'old_id';
  if (solid && n === 6 && !/[\d][.,/:]$/.test(before) && !/^[.,/:]\d/.test(after)) return 'six_digits';
  if (/^\d{3} \d{3}$/.test(run) && before.trim() === '' && after.trim() === '') return 'six_digits';
  return null;
}

function nearCode(before: string, after: string): boolean {
  return CODE_WORD.test(before) || CODE_AFTER.test(after);
}

/**
 * Twelve digits with separators: province codes begin with 0, and nobody writes a figure as 027. «0 10 10000 1000»
 * is a line of figures, «0912 345 678 12» a phone number and then a figure.
 */
function isGroupedId(run: string): boolean {
  if (/^0[35789](?:[ .\-_]?\d){8}[ .\-_]+\d+/.test(run)) return false;
  const groups = run.split(/[ .\-_]+/);
  const even = groups.every((group) => group.length === groups[0]?.length);
  return run.startsWith('0') && (even || /^0\d\d/.test(run));
}

function looksLikePassword(token: string, word: string, between: string, rest: string): boolean {
  const told =
    /[:=]|(?<![a-z])(?:is|thanh)(?![a-z])/.test(between) ||
    (word !== 'mk' && /(?<![a-z])la(?![a-z])/.test(between));
  if (NO_PASSWORD.test(token)) return false;
  if (/^\d{1,3}$/.test(token.replace(/[.!?]+$/, ''))) return false;
  if (/^\d+$/.test(token) && UNIT_AHEAD.test(rest)) return false;
  const mixed = token.length >= 4 && /\d/.test(token) && /[^\d.!?:-]/.test(token);
  const signed = token.length >= 4 && /[@#$%^&*!_+]/.test(token.replace(/[!?.]+$/, ''));
  return mixed || signed || (told && token.length >= 3) || /^\d{4,}$/.test(token);
}

function spansOf(view: string): Span[] {
  const spans: Span[] = [];
  const add = (from: number, to: number, kind: SecretKind): void => {
    if (spans.some((span) => from < span.to && to > span.from)) return;
    spans.push({ from, to, kind, digits: view.slice(from, to).replace(/\D/g, '') });
  };
  for (const found of PASSWORD_WORD.test(view) ? view.matchAll(PASSWORD) : []) {
    const [all, word = '', between = '', token = ''] = found;
    const to = found.index + all.length;
    if (between === '' || !looksLikePassword(token, word, between, view.slice(to))) continue;
    add(to - token.length, to, /^\d{4,8}$/.test(token) ? 'code' : 'password');
  }
  for (const found of view.matchAll(RUN))
    if (found[0].length >= FEWEST) for (const piece of piecesOf(view, found.index, found[0])) add(...piece);
  return spans.sort((a, b) => a.from - b.from);
}

/** A run of digits and separators is judged whole, then by its solid parts, so that «12 buổi 027090001234» hides only the second. */
function piecesOf(view: string, from: number, run: string): [number, number, SecretKind][] {
  const whole = kindOfRun(view, from, run);
  if (whole) return [[from, from + run.length, whole]];
  if (/^[1-9]\d{0,2}(?:\.\d{3})+$/.test(run)) return [];
  const out: [number, number, SecretKind][] = [];
  for (const part of run.matchAll(/\d+/g)) {
    if (part[0].length === run.length) continue;
    const kind = kindOfRun(view, from + part.index, part[0]);
    if (kind) out.push([from + part.index, from + part.index + part[0].length, kind]);
  }
  return out;
}

/**
 * Covers secrets with `[***]` and says which kinds were there. `hashSix` is given the six plain digits of a covered
 * six-digit number (a claim code or somebody's OTP: only its hash may be compared); it must be keyed.
 */
export function maskSecrets(text: string, hashSix: (digits: string) => string): Masked {
  const view = viewOf(text);
  const spans = spansOf(view.text);
  if (spans.length === 0) return { text, secrets: [] };
  let out = '';
  let done = 0;
  for (const span of spans) {
    out += text.slice(done, view.at[span.from]) + MASK;
    done = view.at[span.to] ?? text.length;
  }
  out += text.slice(done);
  const six = spans.find(
    (span) => (span.kind === 'six_digits' || span.kind === 'code') && span.digits.length === 6,
  );
  const secrets = [...new Set(spans.map((span) => span.kind))];
  return six ? { text: out, secrets, codeHash: hashSix(six.digits) } : { text: out, secrets };
}
