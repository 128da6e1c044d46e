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

/** The words of every language loaded; `in('xx')` of a language we do not have is the first of `locales`. */
export class Dictionary {
  private readonly instance: i18n;

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
    const translate = this.instance.getFixedT(chosen);
    const has = (key: string): boolean => this.instance.exists(key, { lng: chosen });
    return {
      locale: chosen,
      has,
      t: (key, vars = {}) => {
        if (!has(key)) throw new AppError('locale_missing', { key, locale: chosen });
        return String(translate(key, { ...vars }));
      },
    };
  }
}
