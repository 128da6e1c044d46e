import type { Manner } from '../contacts/preferences.model';
import { bubbles, type Spoken } from '../conversation/say';
import { readAloud, shortLines } from '../understanding/read-aloud';

/** So much is one thing at a time, in code points. */
const SHORT = 160;

/** The text as the person asked to have it; undefined: as usual. Only Vietnamese is put in words. */
export function spoken(manner: Manner, locale: string): Spoken | undefined {
  if (manner === 'slow') return (text) => bubbles(shortLines(text), SHORT);
  if (manner === 'aloud') return (text) => bubbles(locale === 'vi' ? readAloud(text) : shortLines(text));
  return undefined;
}
