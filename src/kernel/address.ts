import type { Vars, Words } from './i18n';
import { capital } from './vn-text';

/** How a person without a post asked to be called, and sentences in that form. Pure. */
export const ADDRESSES = ['anh', 'chi', 'bac', 'co', 'chu', 'ong', 'ba', 'em', 'chau'] as const;
/** The form without its marks; its word is `common:forms_of_address.<form>`. */
export type Address = (typeof ADDRESSES)[number];

/** Who is younger is not spoken to by an «em»: it says «mình» of itself. */
export function isYounger(form: Address): boolean {
  return form === 'em' || form === 'chau';
}

const SELF = /(?<!\p{L})(?<!(?:trẻ|anh|chị|con|các) )([Ee])m(?! bé)(?!\p{L})/gu;
/** «bác Hạnh» is somebody else, «bác sĩ» nobody's form. */
const READER = /(?<!\p{L})([Bb])ác(?!\p{L})(?! (?:sĩ|\p{Lu}))/gu;

const GENERAL = 'common:address.citizen';
const GAP = /\{\{(\w+)\}\}/g;
const MADE = new WeakMap<Words, Map<Address, Words>>();
const FORMS = new WeakMap<Words, { readonly form: Address; readonly word: string }>();

/** The same words with that form wherever nobody's post gives another; what fills the gaps is left as it was written. */
export function addressedWords(words: Words, form: Address | null): Words {
  if (form === null || words.locale !== 'vi') return words;
  const made = MADE.get(words) ?? new Map<Address, Words>();
  MADE.set(words, made);
  const known = made.get(form);
  if (known) return known;
  const word = words.t(`common:forms_of_address.${form}`);
  const younger = isYounger(form);
  const t = (key: string, vars: Vars = {}): string => {
    if (key === GENERAL) return word;
    if (!younger) return words.t(key, vars);
    return selfAsFriend(words.t(key)).replace(GAP, (gap, name: string) => String(vars[name] ?? gap));
  };
  const own: Words = { locale: words.locale, has: (key) => words.has(key), t };
  made.set(form, own);
  FORMS.set(own, { form, word });
  return own;
}

/** A text that is written to a «bác», in the form of whoever reads these words. */
export function toReader(words: Words, text: string): string {
  const chosen = FORMS.get(words);
  if (!chosen || chosen.form === 'bac') return text;
  const own = isYounger(chosen.form) ? selfAsFriend(text) : text;
  return own.replace(READER, (_all, b: string) => (b === 'B' ? capital(chosen.word) : chosen.word));
}

function selfAsFriend(text: string): string {
  return text.replace(SELF, (_all, e: string) => (e === 'E' ? 'Mình' : 'mình'));
}
