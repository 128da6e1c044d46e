import { clausesOf } from './clauses';
import { itemsIn } from './items';
import type { Role } from './lexicon-words';
import type { NumberReading } from './number';
import { namesPlace, Said } from './said';
import { hasStopWord } from './stop';

/**
 * «Chú vừa đếm lại sổ xong, 417 người nhé cháu»: the figure in the one thing that is said with a number in it, where the
 * rest only talks. A word there that may say something of the figure makes it a question; one that makes it another
 * figure leaves it to whoever asks. Pure.
 */

/** Beside a figure these make it something else: what is planned, a bound, a sum of other months, a correction. */
const CHANGES: readonly Role[] = ['plan', 'bound', 'cumulative', 'fix'];
/** Beside a figure these may be about it. */
const DOUBTS: readonly Role[] = [
  ...(['approx', 'atLeast', 'hedge', 'more', 'less', 'versus', 'or', 'same', 'none'] as const),
  ...(['notYet', 'neg', 'question', 'part', 'future', 'later'] as const),
];

/** `read`: how one clause is read by itself. Null: the figure does not stand in one clause alone. */
export function figureAmidTalk(text: string, read: (clause: string) => NumberReading): NumberReading | null {
  const clauses = clausesOf(text);
  if (clauses.length < 2) return null;
  const [own, ...more] = clauses.filter(hasNumber);
  if (own === undefined || more.length > 0) return null;
  const around = clauses.filter((clause) => clause !== own).map((clause) => new Said(itemsIn(clause)));
  if (around.some((said) => said.has(...CHANGES))) return null;
  const reading = read(own);
  if (reading.kind !== 'value') return reading.kind === 'confirm' ? reading : null;
  const doubtful =
    around.some(
      (said) => said.has(...DOUBTS) || said.weekday || said.months.length > 0 || namesPlace(said),
    ) ||
    hasStopWord(text) ||
    /\?\s*$/.test(text);
  return doubtful ? { kind: 'confirm', value: reading.value, why: 'question' } : reading;
}

/** A number, or something that holds one; a name is none. */
function hasNumber(clause: string): boolean {
  const said = new Said(itemsIn(clause));
  return said.numbers.length > 0 || said.shapes.some(({ why }) => why !== 'name');
}
