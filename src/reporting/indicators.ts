import type { FigureDef, FigureKind, RollUp } from './form';

/**
 * The catalogue of what is reported: one entry for each figure of each owner, so that an id means the same thing wherever
 * it stands. `village.vneid_confirmed` is what villages estimate, `police.vneid_confirmed` what the police count: other
 * owner, other kind, never one for the other. Forms pick from it; what must never be combined is said here once and
 * refused everywhere (Kế hoạch of 3/3/2026: Công an tỉnh reports the two VNeID rates apart).
 */
export interface Indicator {
  readonly kind: FigureKind;
  /** Locale key suffix of the unit counted: `reports:measures.<measure>`. */
  readonly measure: string;
  readonly nature: FigureDef['nature'];
  readonly max: FigureDef['max'];
  readonly rollUp: RollUp;
  /** Indicators that it is never added to, subtracted from, divided by or put in the place of. */
  readonly neverWith: readonly string[];
}

const ADULTS = { of: 'adults', otherwise: 20_000 } as const;
const HOUSEHOLDS = { of: 'households', otherwise: 5_000 } as const;
/** More than live in the province: the bound of a part of a ratio where nothing is known of the unit. */
const PEOPLE = 10_000_000;
const RESIDENTS = { of: 'population', otherwise: PEOPLE } as const;
const GROWN_UP = { of: 'adults', otherwise: PEOPLE } as const;
/** More schools than the province has. */
const SCHOOLS = 5_000;
const LONGEST_TEXT = 2_000;

type Nature = Indicator['nature'];

function count(
  measure: string,
  nature: Nature,
  max: Indicator['max'],
  neverWith: readonly string[] = [],
): Indicator {
  return { kind: 'count', measure, nature, max, rollUp: 'sum', neverWith };
}

function ratio(measure: string, max: Indicator['max'], neverWith: readonly string[] = []): Indicator {
  return { kind: 'ratio', measure, nature: 'stock', max, rollUp: 'parts', neverWith };
}

function yesNo(): Indicator {
  return { kind: 'yes_no', measure: 'yes_no', nature: 'stock', max: 1, rollUp: 'count_true', neverWith: [] };
}

function words(kind: 'text' | 'link' | 'entries', nature: Nature = 'flow'): Indicator {
  return { kind, measure: kind, nature, max: LONGEST_TEXT, rollUp: 'none', neverWith: [] };
}

/** Every indicator of either VNeID kind: activation says who a person is, confirmation what a person can do. */
const ACTIVATED = ['village.level2_activated', 'police.level2_activated'];
const CONFIRMED = ['village.vneid_confirmed', 'police.vneid_confirmed', 'department.vneid_confirmed'];

export const INDICATORS = {
  'village.adults_digital': count('person', 'stock', ADULTS),
  'village.classes_held': count('session', 'flow', 62),
  'village.learners': count('visit', 'flow', 20_000),
  'village.households_helped': count('household', 'flow', HOUSEHOLDS),
  'village.level2_activated': count('person', 'stock', ADULTS, CONFIRMED),
  'village.vneid_confirmed': count('person', 'stock', ADULTS, ACTIVATED),
  'village.benefit_accounts_linked': count('person', 'stock', ADULTS),
  'village.digital_signatures': count('person', 'stock', ADULTS),

  'commune.digital_teams': count('team', 'stock', 500),
  'commune.team_members': count('person', 'stock', 20_000),
  'commune.portal_guides': yesNo(),
  'commune.portal_link': words('link', 'stock'),
  'commune.officials_digital': ratio('person', RESIDENTS),
  'commune.adults_digital_share': ratio('person', GROWN_UP),
  // Whoever works in an enterprise may live elsewhere.
  'commune.workers_digital': ratio('person', PEOPLE),
  'commune.difficulties': words('text'),
  'commune.proposals': words('text'),

  'police.level2_activated': ratio('person', RESIDENTS, CONFIRMED),
  'police.vneid_confirmed': ratio('person', RESIDENTS, ACTIVATED),

  'press.items_published': count('item', 'flow', 500),
  'press.item_links': words('entries'),

  'youth.core_teams': count('team', 'stock', 5_000),
  'youth.communes_with_team': count('commune', 'stock', 99),
  'youth.people_helped': count('person', 'flow', 1_000_000),
  'youth.signatures_installed': count('person', 'flow', 1_000_000),

  'education.pupils_digital': ratio('person', RESIDENTS),
  'education.schools_with_lessons': ratio('school', SCHOOLS),
  'education.parents_guided': count('person', 'flow', 1_000_000),

  'department.officials_digital': ratio('person', RESIDENTS),
  'department.pupils_digital': ratio('person', RESIDENTS),
  'department.adults_digital_share': ratio('person', GROWN_UP),
  'department.vneid_confirmed': ratio('person', RESIDENTS, ACTIVATED),
  'department.workers_digital': ratio('person', PEOPLE),

  'survey.has_computer': yesNo(),
  'survey.has_internet': yesNo(),
  'survey.missing_equipment': words('text', 'stock'),

  'awards.nominations': words('entries'),
} as const satisfies Record<string, Indicator>;

export type IndicatorKey = keyof typeof INDICATORS;

/** The entry of a key, undefined for one that is not in the catalogue. */
export function indicator(key: string): Indicator | undefined {
  return Object.hasOwn(INDICATORS, key) ? INDICATORS[key as IndicatorKey] : undefined;
}

/**
 * Whether figures of the two may stand in one sum, difference, ratio or comparison of size, or one be taken for the other.
 * False for two that are kept apart, whichever is named first, for two owners' figures, and for a key that is not in the
 * catalogue.
 */
export function mayCombine(a: string, b: string): boolean {
  const left = indicator(a);
  const right = indicator(b);
  if (!left || !right) return false;
  if (a === b) return true;
  if (a.split('.')[0] !== b.split('.')[0] || left.kind !== right.kind) return false;
  return left.measure === right.measure && !left.neverWith.includes(b) && !right.neverWith.includes(a);
}

type FigureOptions = Pick<FigureDef, 'optional' | 'mayBeMissing' | 'mayBeEmpty' | 'after' | 'atLeast'>;

/** The figure of a form, out of the catalogue; its id is the key without the owner. */
export function figureOf(key: IndicatorKey, options: FigureOptions = {}): FigureDef {
  const { kind, measure, nature, max, rollUp } = INDICATORS[key];
  return { id: key.slice(key.indexOf('.') + 1), key, kind, measure, nature, max, rollUp, ...options };
}
