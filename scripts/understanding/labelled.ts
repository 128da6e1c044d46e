import type { Micros } from './cpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/kernel/root';

/** One labelled line of `test/fixtures/labelled`: what was typed, where, and what a person would make of it. */
export interface Line {
  readonly id: string;
  /** Where it is typed; absent for citizens, who have nothing open. */
  readonly context?: string;
  readonly text: string;
  readonly expect: Expected;
}

export interface Expected {
  /** The value of the open figure. */
  readonly v?: number;
  readonly figs?: Readonly<Record<string, number>>;
  readonly edit?: Readonly<Record<string, number>>;
  /** A question must come and nothing be stored. */
  readonly ask?: 1;
  readonly or_ask?: 1;
  readonly none?: 1;
  readonly wish?: string;
  readonly topic?: string;
}

/**
 * `right`: done as meant. `asked`: a question that leads on. `unhelpful`: a person would have understood, or the answer
 * misleads. `wrong`: something stored, sent, taken or told against what was said.
 */
export type Verdict = 'right' | 'asked' | 'unhelpful' | 'wrong';

export interface Judged {
  readonly line: Line;
  readonly verdict: Verdict;
  /** What came of it, for the list of failures. */
  readonly saw: string;
  readonly micros: Micros;
}

export function labelledLines(name: string): Line[] {
  const path = join(repositoryRoot(), 'test', 'fixtures', 'labelled', name);
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

export type Counts = Readonly<Record<Verdict, number>>;

export function countsOf(judged: readonly Judged[]): Counts {
  const counts: Record<Verdict, number> = { right: 0, asked: 0, unhelpful: 0, wrong: 0 };
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}

/** What was said to be done, or changed, or sent; or what was said of the figures that are asked for at that place. */
export type Kind = 'wish' | 'answer';

/** Null: neither, figures that nobody asked for. */
function kindOf({ context, expect }: Line): Kind | null {
  if (expect.wish !== undefined || expect.edit !== undefined) return 'wish';
  return /^(?:q\d|confirm|odd|screen)$/.test(context ?? '') ? 'answer' : null;
}

/** Of all lines of one kind, the share that was right at once; null where there is none. */
export function rightAtOnce(judged: readonly Judged[], kind: Kind): number | null {
  const of = judged.filter(({ line }) => kindOf(line) === kind);
  return of.length === 0 ? null : countsOf(of).right / of.length;
}

/** The share that was right or sensibly asked about. */
export function helpedShare(judged: readonly Judged[]): number {
  const { right, asked } = countsOf(judged);
  return judged.length === 0 ? 1 : (right + asked) / judged.length;
}
