import type { FigureDef } from './form';
import type { Report } from './report';

/** What a total is made of, and what it always carries: how much of it is there. */

export interface IndicatorTotal {
  readonly id: string;
  readonly measure: string;
  /** Sum of what was sent, of yes and no how many said yes; of a ratio the quotient of its summed parts. Null when nothing was sent. */
  readonly value: number | null;
  /** Of a ratio only: the sums of its parts; null when nothing was sent. */
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  /** Units with a value that counts, zeros included. */
  readonly covered: number;
  /** Units that owe the form, whether or not the period asks the figure: what one village gave unasked is of one in so many. */
  readonly expected: number;
  /** Of the covered ones, those that said that nothing happened. */
  readonly zero: number;
  /** Codes of the units that owe the form and have no value that counts, in order of the tree. Never counted as 0. */
  readonly missing: readonly string[];
}

export interface UnitTotals {
  readonly form: string;
  readonly period: string;
  readonly unit: string;
  /** Units that owe the form. */
  readonly expected: number;
  /** Of them, those whose sent report stands and arrived by the deadline. */
  readonly onTime: number;
  readonly late: number;
  /** The figures asked, in the order of the form, then those given unasked by somebody below this unit. */
  readonly indicators: readonly IndicatorTotal[];
}

/** What a roll-up reads of a report. */
export type CountedReport = Pick<
  Report,
  'form' | 'period' | 'unit' | 'rev' | 'submittedAt' | 'late' | 'figures'
>;

/** The figures of a form as totals show them: `asked` first, in order, then the rest. Words and lists add up to nothing. */
export function inOrderOfTotals(all: readonly FigureDef[], asked: readonly FigureDef[]): FigureDef[] {
  const sums = ({ rollUp }: FigureDef): boolean => rollUp !== 'none';
  return [...asked, ...all.filter((figure) => !asked.includes(figure))].filter(sums);
}
