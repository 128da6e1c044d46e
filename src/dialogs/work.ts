import type { Turn } from '../conversation/dialog';
import { moment } from '../kernel/moment';
import type { Person } from '../org/chat/people';
import type { DialogDeps } from './deps';

/** One thing that a person owes, or that waits for them. */

export interface Work {
  /** Upper case, the same each time: what the list and its buttons know it by. */
  readonly id: string;
  /** The button that opens its place. */
  readonly command: string;
  /** Null: there is no day for it. */
  readonly due: Date | null;
  /** Its own button; null: it stands in the list alone. */
  readonly label: string | null;
  /** The line of the list with its number. */
  readonly line: (number: number) => string;
  /** It was sent and is shown so that it can be looked at. */
  readonly sent: boolean;
  /** As the next act of «tình hình», and since when the person holds it. Absent: that says it by itself, or it has no day. */
  readonly next?: { readonly what: string; readonly since: Date };
}

export type Source = (turn: Turn<DialogDeps>, person: Person) => Promise<readonly Work[]>;

/** Of a few words and a button. `since`: when it came to the person. */
export function plain(
  { words, at }: Turn<DialogDeps>,
  {
    key,
    vars,
    since,
    ...work
  }: Pick<Work, 'id' | 'command' | 'due' | 'label'> & {
    readonly key: string;
    readonly vars: Readonly<Record<string, string | number>>;
    readonly since?: Date | undefined;
  },
): Work {
  const { due } = work;
  const until =
    due === null ? '' : words.t(due < at ? 'work:over' : 'work:until', { deadline: moment(words, due) });
  const what = `${words.t(key, vars)}${until}`;
  return {
    ...{ ...work, sent: false, line: (number) => `${number}. ${what}` },
    ...(since === undefined ? {} : { next: { what: uncapital(what), since } }),
  };
}

const uncapital = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
