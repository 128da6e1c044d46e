import { join } from 'node:path';
import { linesIn } from '../kernel/lines-in';
import { repositoryRoot } from '../kernel/root';
import type { Way } from './likeness';
import { learnWishes, type Wished, type Wishes } from './wishes';

/**
 * The wishes people have, learned from `locales/vi/said/<wish>.txt`: ways of saying it, one a line, with the id of a
 * command or of what is wanted beside an open question. Questions that an article answers are one wish more, and so are
 * answers and talk, which are no wish at all. Read and learned when it is first asked.
 */

/** What is asked about VNeID, papers, classes and frauds: the articles' own search tells which. */
export const QUESTION = 'question';
/** Of the ways to ask the articles so many are enough to tell a question from a wish. */
const EACH_QUESTION = 2;

let model: Wishes | null = null;

/** The wishes a text may be, the likeliest first; only those that `may`. */
export function wished(text: string, may?: (id: string) => boolean): readonly Wished[] {
  model ??= learnWishes('wishes', waysSaid());
  return model(text, may);
}

/** Every example, in the order of the files' names. */
export function waysSaid(): Way[] {
  const locale = join(repositoryRoot(), 'locales', 'vi');
  const said = [...linesIn(join(locale, 'said'))].flatMap(([id, lines]) =>
    lines.map((text) => ({ id, text })),
  );
  const asked = [...linesIn(join(locale, 'asked')).values()].flat();
  return [
    ...said,
    ...asked.filter((_line, i) => i % EACH_QUESTION === 0).map((text) => ({ id: QUESTION, text })),
  ];
}
