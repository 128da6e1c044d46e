/**
 * What must never be written down: identity numbers, one-time codes, passwords, bank cards. They are covered before
 * the first write, in whatever form the digits come (decomposed, full-width, other scripts, invisible characters or
 * separators between, said in words). Covers too much rather than too little, but ordinary figures, grouped thousands,
 * dates and phone numbers stay readable. Covering twice is covering once.
 */
import { numberSpans } from './secret-numbers';
import { lonePassword, passwordSpans, promisesPassword } from './secret-passwords';
import type { UserKey } from './ids';
import { passportSpans, spokenSpans } from './secret-spoken';
import { viewOf } from './secret-view';

export type SecretKind = 'id_card' | 'old_id' | 'card' | 'code' | 'password' | 'six_digits' | 'claim_code';

export interface Masked {
  readonly text: string;
  /** Kinds in order of appearance, each once. */
  readonly secrets: readonly SecretKind[];
  /** Hash of the first number that was covered and can be a claim code, to be compared with those that were given out. */
  readonly codeHash?: string;
}

/** What is known of the sender where the text comes in. */
export interface SecretSituation {
  /** They report figures of six digits: a lone one is a figure, unless it is called a code. */
  readonly bigFigures?: boolean;
  /** Their last message named a password and did not say it. */
  readonly awaitsPassword?: boolean;
}

/**
 * Covers secrets at the door. `sender`: who wrote it, where known; what they report decides what may be a figure. `where`:
 * `beside` is what came with a message (the name of a file, an address, a field of a form) and is no answer to anything.
 */
export type DoorMask = (text: string, sender?: UserKey | null, where?: 'beside') => Masked;

/** A piece of the view that is a secret. */
export interface SecretSpan {
  readonly from: number;
  readonly to: number;
  readonly kind: SecretKind;
  /** It was called a password, an OTP or the like, so it is no claim code. */
  readonly named: boolean;
  readonly digits: string;
}

/** Stands for what was covered; the same in every language. */
export const MASK = '[***]';

function spansOf(view: string, situation: SecretSituation): SecretSpan[] {
  const lone = situation.awaitsPassword ? lonePassword(view) : null;
  const spans: SecretSpan[] = [];
  const found = [
    ...(lone ? [lone] : []),
    ...passwordSpans(view),
    ...passportSpans(view),
    ...spokenSpans(view),
    ...numberSpans(view, situation),
  ];
  for (const span of found)
    if (!isPageNumber(view, span) && !spans.some((other) => span.from < other.to && span.to > other.from))
      spans.push(span);
  return spans.sort((a, b) => a.from - b.from);
}

/** Numbers that only their size makes a secret; one with a word or a shape of its own is covered wherever it stands. */
const BY_SIZE: ReadonlySet<SecretKind> = new Set(['six_digits', 'claim_code', 'old_id', 'card']);
const ADDRESS = /https?:\/\/[^\s?#]*(?:[?#][^\s]*)?/g;

/** The number of an article or of a post, in the address of its page: news and laws are shared so. */
function isPageNumber(view: string, span: SecretSpan): boolean {
  if (span.named || !BY_SIZE.has(span.kind) || !view.includes('://')) return false;
  for (const { index, 0: address } of view.matchAll(ADDRESS)) {
    if (span.from < index || span.to > index + address.length) continue;
    const before = view.slice(index, span.from);
    return !/[?#]/.test(before) || /[?&][\w.-]*id=$/.test(before);
  }
  return false;
}

/**
 * Covers secrets with `[***]` and says which kinds were there. `hashCode` is given the plain digits of a covered number
 * that may be a claim code (only its hash may be compared); it must be keyed.
 */
export function maskSecrets(
  text: string,
  hashCode: (digits: string) => string,
  situation: SecretSituation = {},
): Masked {
  const view = viewOf(text);
  const spans = spansOf(view.text, situation);
  if (spans.length === 0) return { text, secrets: [] };
  let out = '';
  let done = 0;
  for (const span of spans) {
    out += text.slice(done, view.at[span.from]) + MASK;
    done = view.at[span.to] ?? text.length;
  }
  out += text.slice(done);
  const code = spans.find(({ kind }) => kind === 'claim_code');
  const secrets = [...new Set(spans.map((span) => span.kind))];
  return code ? { text: out, secrets, codeHash: hashCode(code.digits) } : { text: out, secrets };
}

/** Whether the text names a password without saying it, so that the next message may be it. */
export function namesPassword(text: string): boolean {
  return promisesPassword(viewOf(text).text);
}
