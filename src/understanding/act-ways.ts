import { remembered } from '../kernel/remembered';
import type { Act } from './acts';
import { ACT_EXAMPLES, type Kind } from './act-examples';
import { likenessTo } from './likeness';
import { wished } from './wished';

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
  return first === undefined ? actWished(text, 0) : (first.id as Kind);
}

/** Files of `locales/vi/said` that speak of acts. */
const ACT_OF: Readonly<Record<string, Kind>> = {
  'act-explain': 'explain',
  'act-unknown': 'unknown',
  'act-unsure': 'unsure',
  'act-one-by-one': 'one_by_one',
  'act-how-many-left': 'how_many_left',
  'act-asks-sending': 'asks_sending',
  later: 'later',
};
/** So far ahead of every other wish, and of any answer, that it is meant. */
const SURELY = 0.3;

/** What was learned of wishes (`wished.ts`): the act that is so far ahead of everything else; null: none is. */
function actWished(text: string, ahead: number): Kind | null {
  const [first] = wished(text);
  return first && first.ahead >= ahead ? (ACT_OF[first.id] ?? null) : null;
}

/** The act that the text is surely like; null: none. A text with a number in it is rather an answer. */
export const actAsIn = remembered((text): Act | null => {
  if (/\d/.test(text) || text.length > LONGEST) return null;
  const [first] = like(text);
  const kind = first?.sure ? (first.id as Kind) : actWished(text, SURELY);
  return kind === null ? null : { kind };
}, 50);
