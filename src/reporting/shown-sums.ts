import { digestOf } from '../kernel/canonical-json';
import type { Report, ReportAct } from './report';
import type { UnitTotals } from './totals';

/**
 * The sums of a commune's villages as they stood before whoever sent or approved the commune's month. Sums stay live; what
 * was shown stays with the act, with who and when, so that a later change can be told and seen. Pure.
 */
export interface ShownSum {
  readonly value: number | null;
  readonly covered: number;
  readonly expected: number;
}

/** By figure of the villages' form. */
export type ShownSums = Readonly<Record<string, ShownSum>>;

export function sumsOf(totals: Pick<UnitTotals, 'indicators'>): ShownSums {
  return Object.fromEntries(
    totals.indicators.map(({ id, value, covered, expected }) => [id, { value, covered, expected }]),
  );
}

/** What an approval vouches for: the figures, and the sums that stood beside them. */
export function digestWithSums(shown: string, sums: ShownSums | undefined): string {
  if (sums === undefined) return shown;
  const plain = Object.fromEntries(Object.entries(sums).map(([figure, sum]) => [figure, { ...sum }]));
  return digestOf({ shown, sums: plain });
}

/** The last act of each kind that saw sums: the sending and the approval. Undone sendings are left out. */
export function actsWithSums(report: Pick<Report, 'acts' | 'submittedAt'>): ReportAct[] {
  if (report.submittedAt === null) return [];
  return (['submit', 'approve'] as const).flatMap(
    (kind) => report.acts.findLast((act) => act.kind === kind && act.sums !== undefined) ?? [],
  );
}

export interface ChangedSum {
  readonly figure: string;
  readonly from: ShownSum;
  readonly to: ShownSum;
}

/** Sums with another value than was shown, in the order of the form. */
export function changedSums(before: ShownSums, now: ShownSums): ChangedSum[] {
  return Object.entries(now).flatMap(([figure, to]) => {
    const from = before[figure] ?? { value: null, covered: 0, expected: to.expected };
    return from.value === to.value ? [] : [{ figure, from, to }];
  });
}

/** Who last changed the figure below the unit after that moment, and when; null: nobody did, it was there already. */
export function lastChange(
  reports: readonly Report[],
  figure: string,
  after: Date,
): { readonly unit: string; readonly by: string; readonly at: Date } | null {
  const changes = reports.flatMap(({ unit, versions, submittedAt }) =>
    submittedAt === null
      ? []
      : versions
          .filter((version) => version.figure === figure && version.state !== 'draft')
          .map(({ by, at }) => ({ unit, by, at: at > submittedAt ? at : submittedAt })),
  );
  return (
    changes
      .filter(({ at }) => at > after)
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .at(-1) ?? null
  );
}
