import { normalText } from '../kernel/vn-text';
import { conceptsOf } from './tokens';
import { ASKING } from './vocabulary';

/**
 * A long message told as a story: who helped whom, what happened yesterday, and somewhere in it the question. Its clauses
 * are told apart, so that what asks, wishes or complains can be heard by itself and what happened on the way is not taken
 * for what is asked (`find.ts`). Pure.
 */

/** Shorter messages are the question itself. */
const STORY = 15;
/** Words by which a clause begins where nobody set a comma; they stand inside one that is shorter than this. */
const CLAUSE = 4;
const TURNS = new Set('nhưng nhung mà giờ gio h nên rốt thế vậy but so now'.split(' '));
/** After these «giờ» is an hour and «thế» is how: no new clause. */
const NO_TURN = /^(?:mấy|may|\d+|lúc|luc|bao|như|nhu|làm|lam|bây|bay|đến|den|tới|toi)$/;
/** Words that ask or wish; typed with marks, and so that they are told from others without. */
const ASKS =
  /(?<!\p{L})(?:muốn|cần|xin|cho hỏi|bao nhiêu|bao giờ|khi nào|thế nào|làm sao|kiểu gì|cách|đâu|sao|gì|nào|ai|hay phải|hay là|phải không|muon|cho hoi|bao nhieu|bao gio|the nao|lam sao|kieu gi|how|what|where|which|can i|do i)(?!\p{L})/u;
/** «… không ạ», «… chưa em», «… à» at the end. */
const ASKS_LAST =
  /(?<!\p{L})(?:không|khong|ko|k|hông|hong|hok|chưa|chua|à|hả|nhỉ|with|với)(?: (?:ạ|a|em|e|vậy|z|bạn|ad|thế))*$/u;

/** Concepts by which a clause says what went wrong. */
const TROUBLE: ReadonlySet<string> = new Set(
  'fails absent forget refused locked unsupported lostphone lostcard slip gave lostmoney caller threat askcode badlink nobank nophone trouble'.split(
    ' ',
  ),
);

/** Whether the message is as long as a story. */
export function isStory(text: string): boolean {
  return text.trim().split(/\s+/).length >= STORY;
}

/** What the story asks, wishes or complains of, without the rest; null where that is all of it, or nothing. */
export function askedIn(text: string): string | null {
  if (!isStory(text)) return null;
  const clauses = withWhatTheyAsk(clausesOf(text));
  const asked = clauses.filter(isTelling);
  return asked.length === 0 || asked.length === clauses.length ? null : asked.join(', ');
}

/** At marks, and where a new thought begins without one. */
function clausesOf(text: string): string[] {
  const out: string[][] = [];
  for (const phrase of normalText(text).split(/[!?;…\n]+|[.,:](?!\S)/u)) {
    let clause: string[] = [];
    for (const word of phrase.split(/\s+/).filter((one) => one !== '')) {
      const turns = TURNS.has(word) && !NO_TURN.test((clause.at(-1) ?? '').toLowerCase());
      if (turns && clause.length >= CLAUSE) {
        out.push(clause);
        clause = [];
      }
      clause.push(word);
    }
    if (clause.length > 0) out.push(clause);
  }
  return out.map((words) => words.join(' '));
}

/** «…, làm sao», «…, có được không»: a clause that only asks belongs to the one before it. */
function withWhatTheyAsk(clauses: readonly string[]): string[] {
  const out: string[] = [];
  for (const clause of clauses) {
    const before = out.at(-1);
    if (before !== undefined && conceptsOf(clause).every((name) => name in ASKING || name === 'fails'))
      out[out.length - 1] = `${before} ${clause}`;
    else out.push(clause);
  }
  return out;
}

function isTelling(clause: string): boolean {
  const small = clause.toLowerCase();
  return (
    ASKS.test(small) ||
    ASKS_LAST.test(small) ||
    conceptsOf(clause).some((name) => name in ASKING || TROUBLE.has(name))
  );
}
