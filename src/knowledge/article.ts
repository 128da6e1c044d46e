/**
 * Answers to what citizens ask about VNeID and the classes. An answer is a text file with its source and date; this
 * folder loads and finds them, and never invents one. Pure but for reading the folder once at start.
 */
export interface Article {
  /** Name of the file, and of the button `#FAQ_<ID>`. */
  readonly id: string;
  readonly title: string;
  /** Ways people ask. Each finds this article before any other (test/conformance/faq.test.ts). */
  readonly questions: readonly string[];
  /** One word or phrase of each group must be in a text before this is surely its answer; folded. */
  readonly needs: readonly (readonly string[])[];
  /** Phrases of a neighbouring question that this one must not answer; folded, mostly none. */
  readonly never: readonly string[];
  readonly tags: readonly string[];
  readonly source: string;
  /** Day on which somebody last compared it with its source, `2026-11-22`. */
  readonly reviewed: string;
  readonly confidence: 'two_sources' | 'one_source';
  /** Bubbles in order, at most 480 characters each; the last ends with source and date. */
  readonly parts: readonly string[];
}
