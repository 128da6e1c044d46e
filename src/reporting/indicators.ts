import type { FigureDef } from './form';

/**
 * The catalogue of what is counted: one entry for each figure id of every form, so that an id means the same thing
 * wherever it stands. Forms pick from it; they do not describe a figure again. What must never be combined is said
 * here once and refused everywhere.
 */
export interface Indicator {
  /** `count`: a whole number, never negative. */
  readonly kind: 'count';
  /** Locale key suffix of the unit counted: `reports:measures.<measure>`. */
  readonly measure: 'person' | 'session' | 'visit' | 'household';
  readonly nature: FigureDef['nature'];
  readonly max: FigureDef['max'];
  readonly rollUp: 'sum';
  /** Indicators that it is never added to, subtracted from, divided by or put in the place of. */
  readonly neverWith: readonly string[];
}

const ADULTS = { of: 'adults', otherwise: 20_000 } as const;
const HOUSEHOLDS = { of: 'households', otherwise: 5_000 } as const;

function count(
  measure: Indicator['measure'],
  nature: Indicator['nature'],
  max: Indicator['max'],
  neverWith: readonly string[] = [],
): Indicator {
  return { kind: 'count', measure, nature, max, rollUp: 'sum', neverWith };
}

export const INDICATORS = {
  adults_digital: count('person', 'stock', ADULTS),
  classes_held: count('session', 'flow', 62),
  learners: count('visit', 'flow', 20_000),
  households_helped: count('household', 'flow', HOUSEHOLDS),
  // Activation says who a person is and is police data; confirmation says what a person can do.
  level2_activated: count('person', 'stock', ADULTS, ['vneid_confirmed']),
  vneid_confirmed: count('person', 'stock', ADULTS, ['level2_activated']),
  benefit_accounts_linked: count('person', 'stock', ADULTS),
  digital_signatures: count('person', 'stock', ADULTS),
} as const satisfies Record<string, Indicator>;

export type IndicatorId = keyof typeof INDICATORS;

/** The entry of an id, undefined for one that is not in the catalogue. */
export function indicator(id: string): Indicator | undefined {
  return Object.hasOwn(INDICATORS, id) ? INDICATORS[id as IndicatorId] : undefined;
}

/**
 * Whether figures of the two may stand in one sum, difference, ratio or comparison, or one be taken for the other.
 * False for two that are kept apart, whichever is named first, and for an id that is not in the catalogue.
 */
export function mayCombine(a: string, b: string): boolean {
  const left = indicator(a);
  const right = indicator(b);
  if (!left || !right) return false;
  if (a === b) return true;
  return left.measure === right.measure && !left.neverWith.includes(b) && !right.neverWith.includes(a);
}

/** The figure of a form, out of the catalogue. `optional`: asked only when the province switches it on for a period. */
export function figureOf(id: IndicatorId, options: { readonly optional?: boolean } = {}): FigureDef {
  const { measure, nature, max, rollUp } = INDICATORS[id];
  return { id, measure, nature, max, rollUp, ...(options.optional ? { optional: true } : {}) };
}
