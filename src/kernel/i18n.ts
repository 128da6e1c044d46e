import i18next, { type i18n } from 'i18next';
import { AppError } from './errors';

/** Locale → namespace → nested keys, as read from `locales/<locale>/<namespace>.json`. */
export type LocaleResources = Readonly<Record<string, Readonly<Record<string, object>>>>;

export type Vars = Readonly<Record<string, string | number>>;

/** The words of one language. A key that does not exist throws `locale_missing`: nobody is ever shown a key. */
export interface Words {
  readonly locale: string;
  t(key: string, vars?: Vars): string;
  has(key: string): boolean;
}

/** `{{unit}}`: splits a text into what stands between gaps and, at odd places, what fills them. */
const GAP = /\{\{(\w+)\}\}/;

/** More keys than there are; keys made up of what people write must not fill the memory. */
const KEPT = 5_000;

/** The words of every language loaded; `in('xx')` of a language we do not have is the first of `locales`. */
export class Dictionary {
  private readonly instance: i18n;
  private readonly words = new Map<string, Words>();

  constructor(
    resources: LocaleResources,
    private readonly locales: readonly [string, ...string[]] = ['vi', 'en'],
  ) {
    this.instance = i18next.createInstance();
    const namespaces = [...new Set(Object.values(resources).flatMap((spaces) => Object.keys(spaces)))];
    void this.instance.init({
      resources: resources,
      ns: namespaces,
      lng: locales[0],
      supportedLngs: [...locales],
      fallbackLng: false,
      initAsync: false,
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }

  in(locale: string): Words {
    const chosen = this.locales.includes(locale) ? locale : this.locales[0];
    const known = this.words.get(chosen);
    if (known) return known;
    const there = new Set<string>();
    const has = (key: string): boolean => {
      if (there.has(key)) return true;
      const found = this.instance.exists(key, { lng: chosen });
      if (found && there.size < KEPT) there.add(key);
      return found;
    };
    // Looked up and taken apart once: a turn asks for the same few dozen, and the library does both anew each time.
    const kept = new Map<string, readonly string[]>();
    const partsOf = (key: string): readonly string[] => {
      const known = kept.get(key);
      if (known !== undefined) return known;
      if (!has(key)) throw new AppError('locale_missing', { key, locale: chosen });
      const text = String(this.instance.t(key, { lng: chosen, skipInterpolation: true }));
      const parts = text.split(GAP);
      if (kept.size < KEPT) kept.set(key, parts);
      return parts;
    };
    const t = (key: string, vars: Vars = {}): string => {
      const parts = partsOf(key);
      let text = parts[0] ?? '';
      for (let i = 1; i < parts.length; i += 2) {
        const name = parts[i] ?? '';
        text += `${vars[name] ?? `{{${name}}}`}${parts[i + 1] ?? ''}`;
      }
      return text;
    };
    const words: Words = { locale: chosen, has, t };
    this.words.set(chosen, words);
    return words;
  }
}
