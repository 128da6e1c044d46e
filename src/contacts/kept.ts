import type { Manner } from './preferences.model';
import type { Address } from '../kernel/address';

/** What is kept about one person beside their posts and what they sent: read when they ask to see it. */
export interface Kept {
  /** When they last wrote; null: nothing is known. */
  readonly lastWroteAt: Date | null;
  /** At which hours they usually write is known. */
  readonly usualHour: boolean;
  /** Null: they never chose one. */
  readonly locale: string | null;
  readonly address: Address | null;
  readonly manner: Manner;
  /** Classes that are over and for which they had signed up. */
  readonly classesBefore: number;
  /** Ids of the articles about which they wish to be invited to a class. */
  readonly wishes: readonly string[];
  /** Talks with a human, and when the newest began; null: there was none. */
  readonly talks: { readonly count: number; readonly last: Date } | null;
}

/** Of somebody of whom nothing is stored. */
export const NOTHING_KEPT: Kept = {
  ...{ lastWroteAt: null, usualHour: false, locale: null, address: null, manner: 'usual' },
  ...{ classesBefore: 0, wishes: [], talks: null },
};
