import type { UnitLevel } from './unit';

/**
 * The posts that people hold, one entry each: at which level, and what its holder may do beyond answering for the own unit.
 * Whoever asks what somebody may do asks here (`can`, `rolesThat`); a new post is an entry and its name in the words.
 */

export type Power =
  /** Reports the figures of the own unit. */
  | 'reports'
  /** Sees the figures of the units below. */
  | 'oversees'
  /** Enters figures on behalf of units below, and writes down why one is silent. */
  | 'enters_on_behalf'
  /** Approves the villages' figures. */
  | 'approves_villages'
  /** Approves the communes' and agencies' figures. */
  | 'approves_above'
  /** Gives orders and asks the villages. */
  | 'gives_orders'
  /** Holds the second key for what goes beyond one commune. */
  | 'second_key'
  /** Says who holds the posts of its villages. */
  | 'agrees_to_posts'
  /** Says who holds its commune's officers' posts. */
  | 'agrees_to_officers'
  /** Says who holds the posts of communes, agencies and the province. */
  | 'agrees_above'
  /** Changes the list of villages in chat. */
  | 'changes_units'
  /** Takes talks of people with a human. */
  | 'takes_talks'
  /** Stands over those who take them. */
  | 'heads_talks'
  /** Belongs in the group of its commune. */
  | 'in_group'
  /** Answers for that group. */
  | 'runs_group'
  /** Buys places for groups. */
  | 'buys_groups';

export type Role =
  | 'village_head'
  | 'village_deputy'
  | 'commune_officer'
  | 'commune_chair'
  | 'agency_officer'
  | 'department'
  | 'police'
  | 'province'
  | 'operator';

export interface RoleEntry {
  readonly id: Role;
  /** The level of unit at which it is held. */
  readonly level: UnitLevel;
  readonly can: readonly Power[];
  /** Whoever can one of these, at its unit or above, says who holds it: the first is asked first. Never its own holder. */
  readonly agreedBy: readonly Power[];
  /** At the province, the agency below for which it acts as well: that agency's own part of the code. */
  readonly actsForAgency?: string;
}

const COMMUNE: readonly Power[] = [
  ...(['oversees', 'enters_on_behalf', 'approves_villages', 'gives_orders'] as const),
  ...(['agrees_to_posts', 'in_group', 'runs_group'] as const),
];
const PROVINCE: readonly Power[] = [
  ...(['oversees', 'approves_above', 'gives_orders', 'second_key', 'changes_units'] as const),
  'agrees_above',
];

/** In the order in which a person's posts are looked at, and those of a unit. */
export const ROLES: readonly RoleEntry[] = [
  { id: 'village_head', level: 'village', can: ['reports', 'in_group'], agreedBy: ['agrees_to_posts'] },
  { id: 'village_deputy', level: 'village', can: ['reports', 'in_group'], agreedBy: ['agrees_to_posts'] },
  {
    ...{ id: 'commune_officer', level: 'commune', can: [...COMMUNE, 'takes_talks'] },
    agreedBy: ['agrees_to_officers', 'agrees_above'],
  },
  {
    ...{ id: 'commune_chair', level: 'commune', can: [...COMMUNE, 'heads_talks', 'agrees_to_officers'] },
    agreedBy: ['agrees_above'],
  },
  { id: 'agency_officer', level: 'agency', can: [], agreedBy: ['agrees_above'] },
  {
    ...{ id: 'department', level: 'province', actsForAgency: 'KHCN' },
    ...{ can: [...PROVINCE, 'enters_on_behalf', 'takes_talks'], agreedBy: ['agrees_above'] },
  },
  {
    ...{ id: 'police', level: 'province', can: ['oversees'], actsForAgency: 'CA' },
    agreedBy: ['agrees_above'],
  },
  {
    ...{ id: 'province', level: 'province', can: [...PROVINCE, 'heads_talks', 'buys_groups'] },
    agreedBy: ['agrees_above'],
  },
  {
    ...{ id: 'operator', level: 'province', can: ['oversees', 'buys_groups'] },
    agreedBy: ['agrees_above'],
  },
];

const entryOf = (role: Role): RoleEntry | undefined => ROLES.find(({ id }) => id === role);

/** Whether holders of the post may do that. */
export function can(role: Role, power: Power): boolean {
  return entryOf(role)?.can.includes(power) === true;
}

/** The posts whose holders may do that, in their order. */
export function rolesThat(power: Power): readonly Role[] {
  return ROLES.filter((entry) => entry.can.includes(power)).map(({ id }) => id);
}

/** The posts whose holders say who holds that one, those asked first in front. */
export function agreeingRoles(role: Role): readonly Role[] {
  return [...new Set((entryOf(role)?.agreedBy ?? []).flatMap(rolesThat))];
}

/** Whether holders of the post say of some other post who holds it. */
export function agreesToSome(role: Role): boolean {
  return ROLES.some(({ agreedBy }) => agreedBy.some((power) => can(role, power)));
}

/** The post of whoever stands in for its holder: a further deputy in a village, elsewhere a second one of the same. */
export function standInRole(role: Role): Role {
  return levelOf(role) === 'village' ? 'village_deputy' : role;
}

/** Its place among the posts: the smaller one is looked at first. */
export function rankOf(role: Role): number {
  return ROLES.findIndex(({ id }) => id === role);
}

/** The level of unit at which the post is held; null: there is no such post. */
export function levelOf(role: Role): UnitLevel | null {
  return entryOf(role)?.level ?? null;
}

/** Whether holders of the role report the figures of their unit. */
export function mayReport(role: Role): boolean {
  return can(role, 'reports');
}

/** Whether holders of the role see the figures of the units below theirs. */
export function mayOversee(role: Role): boolean {
  return can(role, 'oversees');
}

/** The units for which the holder of a post acts: its own, and for `department` and `police` at `24` also `24-KHCN` and `24-CA`. */
export function unitsActedFor(post: { readonly unit: string; readonly role: Role }): readonly string[] {
  const agency = entryOf(post.role)?.actsForAgency;
  return agency === undefined ? [post.unit] : [post.unit, `${post.unit}-${agency}`];
}
