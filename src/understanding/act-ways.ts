import { remembered } from '../kernel/remembered';
import type { Act } from './acts';
import { ACT_EXAMPLES, type Kind } from './act-examples';
import { likenessTo } from './likeness';

/**
 * Acts beside the number by example, for the ways of saying them that no rule of `acts.ts` knows: what is surely like one
 * of these is meant. None of them sends or stores a value.
 */
/** Longer messages tell something else as well. */
const LONGEST = 80;

const like = likenessTo(
  Object.entries(ACT_EXAMPLES).flatMap(([id, texts]) => texts.map((text) => ({ id, text }))),
);

/**
 * The act that the text may be where nothing else was made of it; null: none is near. Only what stores nothing may be
 * done on it: explaining, and asking whether it is meant.
 */
export function actPerhaps(text: string): Kind | null {
  if (/\d/.test(text) || text.length > LONGEST) return null;
  const [first] = like(text);
  return first === undefined ? null : (first.id as Kind);
}

/** The act that the text is surely like; null: none. A text with a number in it is rather an answer. */
export const actAsIn = remembered((text): Act | null => {
  if (/\d/.test(text) || text.length > LONGEST) return null;
  const [first] = like(text);
  return first?.sure ? { kind: first.id as Kind } : null;
}, 50);
