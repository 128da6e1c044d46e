import { foldText, unifyTones } from '../kernel/vn-text';
import type { Token } from './tokens';
import { type Role, WORDS, SHORT, OFTEN_MISMARKED } from './lexicon-words';

interface Entry {
  readonly role: Role;
  readonly words: readonly {
    readonly raw: string;
    readonly fold: string;
    readonly short: ReadonlySet<string>;
  }[];
}

const BY_FIRST = new Map<string, Entry[]>();
for (const [role, phrases] of WORDS)
  for (const phrase of phrases.split('|')) {
    const words = phrase.split(' ').map((word) => {
      const raw = unifyTones(word.normalize('NFC'));
      return { raw, fold: foldText(raw), short: new Set(SHORT[word] ?? []) };
    });
    const entry = { role, words };
    const first = words[0];
    if (!first) continue;
    for (const key of new Set([first.fold, ...[...first.short].map(foldText)]))
      BY_FIRST.set(key, [...(BY_FIRST.get(key) ?? []), entry]);
  }
for (const entries of BY_FIRST.values()) entries.sort((a, b) => b.words.length - a.words.length);

export interface Phrase {
  readonly role: Role;
  readonly length: number;
}

/** The longest phrase that begins at `from`; null when the word is not in the lexicon. */
export function phraseAt(list: readonly Token[], from: number): Phrase | null {
  const first = list[from];
  if (!first || first.kind !== 'word') return null;
  const entries = BY_FIRST.get(first.fold) ?? [];
  for (const strict of [true, false])
    for (const entry of entries) {
      const fits = entry.words.every((word, i) => {
        const token = list[from + i];
        return token !== undefined && token.kind === 'word' && sameWord(token, word, strict);
      });
      if (fits) return { role: entry.role, length: entry.words.length };
    }
  return null;
}

/** `strict` takes marks at their word; otherwise a word whose marks often slip still counts. */
function sameWord(token: Token, word: Entry['words'][number], strict: boolean): boolean {
  if (token.raw === word.raw || word.short.has(token.raw)) return true;
  if (token.raw === token.fold) return token.fold === word.fold;
  return !strict && token.fold === word.fold && OFTEN_MISMARKED.has(word.fold);
}
