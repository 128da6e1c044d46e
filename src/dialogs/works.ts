import type { Turn } from '../conversation/dialog';
import type { Person } from '../org/chat/people';
import type { DialogDeps } from './deps';
import type { Source, Work } from './work';
import { OTHERS, REPORTED } from './work-sources';

/**
 * All that a person owes or that waits for them, as one list: reports, tasks of the plan, directives, open questions, and
 * what they have to confirm or approve. A new kind of work is one entry in
 * the lists of `work-sources.ts`.
 */

/** What is owed in order of deadline, what has none behind it, and last what was sent already. */
export function worksOf(turn: Turn<DialogDeps>, person: Person): Promise<Work[]> {
  return inOrder(turn, person, [...REPORTED, ...OTHERS]);
}

/** Of all but reports, what may be the next act of the person. */
export async function nextWorks(turn: Turn<DialogDeps>, person: Person): Promise<Work[]> {
  return (await inOrder(turn, person, OTHERS)).filter(({ next }) => next !== undefined);
}

async function inOrder(turn: Turn<DialogDeps>, person: Person, sources: readonly Source[]): Promise<Work[]> {
  const works: Work[] = [];
  for (const source of sources) works.push(...(await source(turn, person)));
  const rank = ({ sent, due }: Work): number =>
    sent ? Number.POSITIVE_INFINITY : (due?.getTime() ?? Number.MAX_SAFE_INTEGER);
  return works.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
