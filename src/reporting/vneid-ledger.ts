import { DAY } from '../kernel/vn-time';
import type { RatioDetail } from './values';

/**
 * The ledger of the two VNeID indicators. Each has its owners, and what villages estimate and what the police count of one
 * and the same indicator stand side by side; the two indicators are never added, subtracted or put for each other: the types
 * of this file have no way to. Pure.
 */
export const VNEID_FIGURES = ['level2_activated', 'vneid_confirmed'] as const;
export type VneidFigure = (typeof VNEID_FIGURES)[number];

/** What the villages of a unit estimate together, with how much of it is there. */
export interface VillageEstimate<F extends VneidFigure> {
  readonly figure: F;
  readonly persons: number;
  readonly covered: number;
  readonly expected: number;
}

/** What the police counted for the unit. */
export interface PoliceCount<F extends VneidFigure> {
  readonly figure: F;
  readonly parts: RatioDetail & { readonly numerator: number; readonly denominator: number };
}

/** Both of one indicator. `share`: the gap against the police figure; null when that is 0. */
export interface Gap<F extends VneidFigure> {
  readonly figure: F;
  readonly village: number;
  readonly police: number;
  readonly persons: number;
  readonly share: number | null;
}

/** How far the villages' estimate and the police figure of the same indicator lie apart. */
export function gapOf<F extends VneidFigure>(
  village: VillageEstimate<F>,
  police: PoliceCount<NoInfer<F>>,
): Gap<F> {
  const counted = police.parts.numerator;
  const persons = Math.abs(village.persons - counted);
  return {
    figure: village.figure,
    ...{ village: village.persons, police: counted, persons },
    share: counted === 0 ? null : persons / counted,
  };
}

/** Why the two differ, as an officer tapped it. */
export const EXPLANATIONS = ['other_day', 'other_method', 'to_review'] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

/** What the plan wants of confirmed people by the end of the year: not under 80 % (Kế hoạch năm 2026). */
export const TARGET = {
  figure: 'vneid_confirmed',
  share: 0.8,
  by: new Date('2026-12-31T17:00:00+07:00'),
} as const;

/** `reached`, or how many people are still to be confirmed and how many that is each week, rounded up. */
export type Trajectory =
  | { readonly state: 'reached' }
  | { readonly state: 'over'; readonly persons: number }
  | { readonly state: 'ahead'; readonly persons: number; readonly weekly: number };

export function trajectory(police: PoliceCount<typeof TARGET.figure>, at: Date): Trajectory {
  const { numerator, denominator } = police.parts;
  const persons = Math.ceil(denominator * TARGET.share) - numerator;
  if (persons <= 0) return { state: 'reached' };
  const weeks = (TARGET.by.getTime() - at.getTime()) / (7 * DAY);
  if (weeks <= 0) return { state: 'over', persons };
  return { state: 'ahead', persons, weekly: Math.ceil(persons / Math.max(1, weeks)) };
}
