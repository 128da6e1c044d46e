import type { OtherHands } from './other-hands';

/** What was said, summed by nothing but addition, against what the program tells. */

interface Indicator {
  readonly id: string;
  readonly value: number | null;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  readonly covered: number;
  readonly expected: number;
}
export interface RollupShown {
  readonly expected: number;
  readonly onTime: number;
  readonly late: number;
  readonly indicators: readonly Indicator[];
}

/** The sums of what was said about the units at or below `top`, with nothing of the program's own code in them. */
export function summed(
  others: OtherHands,
  form: string,
  period: string,
  top: string,
): Map<string, { amount: number; whole: number; covered: number }> {
  const sums = new Map<string, { amount: number; whole: number; covered: number }>();
  for (const [unit, figures] of others.expected.get(`${form}/${period}`) ?? []) {
    if (top !== '24' && !unit.startsWith(top)) continue;
    for (const [id, { amount, whole }] of figures) {
      const sum = sums.get(id) ?? { amount: 0, whole: 0, covered: 0 };
      sums.set(id, {
        amount: sum.amount + amount,
        whole: sum.whole + (whole ?? 0),
        covered: sum.covered + 1,
      });
    }
  }
  return sums;
}

export function differences(
  others: OtherHands,
  { form, period, top }: { readonly form: string; readonly period: string; readonly top: string },
  shown: RollupShown,
): string[] {
  const sums = summed(others, form, period, top);
  return shown.indicators.flatMap(({ id, value, numerator, covered, denominator }) => {
    const sum = sums.get(id) ?? { amount: 0, whole: 0, covered: 0 };
    const said = [sum.covered === 0 ? null : sum.amount, sum.covered];
    const told = [numerator === undefined ? value : numerator, covered];
    const whole = numerator === undefined || sum.covered === 0 || denominator === sum.whole;
    return whole && said[0] === told[0] && said[1] === told[1]
      ? []
      : [`${form} ${period} ${top} ${id}: said ${said.join(' from ')}, told ${told.join(' from ')}`];
  });
}
