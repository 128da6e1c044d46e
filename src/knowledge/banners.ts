import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { messageOf } from '../kernel/errors';
import { dayIn } from '../kernel/moment';
import { vnDay } from '../kernel/vn-time';

/**
 * Sentences that an operator puts over named answers for some days, without a release: the payment service is overloaded,
 * an address has changed. They stand in a file that is looked at whenever an answer is given, so a change counts at once;
 * a file that cannot be read or is wrong is logged once and leaves what was read last. No file is no banner.
 */
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'must look like 2026-09-01');
const sentence = z.string().trim().min(10).max(300);
const FILE = z.array(
  z
    .strictObject({
      /** Names of articles, `benefit-account`. */
      articles: z.array(z.string()).min(1),
      /** First and last day, Asia/Ho_Chi_Minh. */
      from: day,
      until: day,
      vi: sentence,
      en: sentence,
    })
    .refine(({ from, until }) => from <= until, 'until must not be before from'),
);
export type Banner = z.infer<typeof FILE>[number];

export interface Banners {
  /** What stands over the article on the day of `at`; null: nothing. Several stand one under the other. */
  over(article: string, locale: string, at: Date): string | null;
}

export interface BannersOptions {
  readonly file: string;
  /** Articles there are: a banner over another is a slip, and the file is refused. */
  readonly articles: ReadonlySet<string>;
  readonly log: { warn(facts: object, message: string): void };
}

export function openBanners({ file, articles, log }: BannersOptions): Banners {
  let seen = '';
  let banners: readonly Banner[] = [];

  function refresh(): void {
    const stat = statSync(file, { throwIfNoEntry: false });
    const version = stat ? `${stat.mtimeMs} ${stat.size}` : '';
    if (version === seen) return;
    seen = version;
    try {
      banners = stat ? readBanners(readFileSync(file, 'utf8'), articles) : [];
    } catch (error) {
      log.warn({ file, reason: messageOf(error) }, 'banners not read');
    }
  }

  return {
    over(article, locale, at) {
      refresh();
      const today = vnDay(at);
      const found = banners.filter(
        (one) => one.from <= today && today <= one.until && one.articles.includes(article),
      );
      if (found.length === 0) return null;
      return found.map((one) => `⚠️ ${dayIn(one.from)}: ${locale === 'vi' ? one.vi : one.en}`).join('\n');
    },
  };
}

/** Throws an error that names what is wrong. */
export function readBanners(text: string, articles: ReadonlySet<string>): readonly Banner[] {
  const found = FILE.safeParse(JSON.parse(text));
  if (!found.success)
    throw new RangeError(
      found.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  const strange = found.data.flatMap((one) => one.articles).filter((id) => !articles.has(id));
  if (strange.length > 0) throw new RangeError(`no such article: ${strange.join(', ')}`);
  return found.data;
}
