import type { HelpTree } from './tree';

/**
 * Answers to what citizens ask about VNeID, public services, scams and the classes. An answer is a text file with its
 * owner, source and dates; this folder loads and finds them, walks their help trees, and never invents one. Pure but
 * for reading the folder once at start.
 */
export interface Article {
  /** Name of the file, and of the button `#FAQ_<ID>`. */
  readonly id: string;
  /** Short enough for a button. */
  readonly title: string;
  /** Ways people ask. Each finds this article before any other (test/conformance/faq.test.ts). */
  readonly questions: readonly string[];
  /** More ways people ask, of `locales/vi/asked/<id>.txt`: learned from, as those above, but not each held to find it. */
  readonly asked: readonly string[];
  /** One phrase of each group must be in a text, in any spelling, before this is surely its answer. */
  readonly needs: readonly (readonly string[])[];
  /** Phrases of a neighbouring question that this one must not answer; mostly none. */
  readonly never: readonly string[];
  readonly tags: readonly string[];
  /** Articles to offer when this one did not help; may be empty. */
  readonly next: readonly string[];
  /** The article whose steps help where this one, which has none, did not work; null: none is about just that. */
  readonly fails: string | null;
  /** Who answers for the text and looks at it again before it expires. */
  readonly owner: Owner;
  readonly source: string;
  /** Day on which somebody last compared it with its source, `2026-11-22`. */
  readonly reviewed: string;
  /** Last day on which it may be given as an answer. */
  readonly expires: string;
  /** `not_known`: the text says plainly what nobody could find out, and where to ask. */
  readonly confidence: 'two_sources' | 'one_source' | 'not_known';
  /** Bubbles in order, at most 480 characters each; the last ends with source and date. */
  readonly parts: readonly string[];
  /** What an operator has put over it for the day of `at` (`banners.ts`), in its language; null: nothing. */
  readonly banner?: (at: Date) => string | null;
  /** The same matter step by step; null: there is only the answer. */
  readonly tree: HelpTree | null;
}

export const OWNERS = ['police', 'department'] as const;
export type Owner = (typeof OWNERS)[number];

/** Whether it may still be given on that day (`2026-11-22`, Asia/Ho_Chi_Minh); afterwards it withdraws itself. */
export function isInForce(article: Article, day: string): boolean {
  return day <= article.expires;
}
