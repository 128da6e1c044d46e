import type { UnitLevel } from './unit';

export const ROLES = [
  'village_head',
  'village_deputy',
  'commune_officer',
  'commune_chair',
  'agency_officer',
  'department',
  'police',
  'province',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

/** The level of unit at which a role is held. */
export const ROLE_LEVEL: Readonly<Record<Role, UnitLevel>> = {
  village_head: 'village',
  village_deputy: 'village',
  commune_officer: 'commune',
  commune_chair: 'commune',
  agency_officer: 'agency',
  department: 'province',
  police: 'province',
  province: 'province',
  operator: 'province',
};

/** Whether holders of the role report the figures of their unit. */
export function mayReport(role: Role): boolean {
  return role === 'village_head' || role === 'village_deputy';
}

/** Whether holders of the role see the figures of the units below theirs. */
export function mayOversee(role: Role): boolean {
  return !mayReport(role) && role !== 'agency_officer';
}

/** Posts at the province that act for an agency below it as well: the agency's own part of the code. */
const ALSO_ACTS_FOR: Readonly<Partial<Record<Role, string>>> = { department: 'KHCN', police: 'CA' };

/** The units for which the holder of a post acts: its own, and for `department` and `police` at `24` also `24-KHCN` and `24-CA`. */
export function unitsActedFor(post: { readonly unit: string; readonly role: Role }): readonly string[] {
  const agency = ALSO_ACTS_FOR[post.role];
  return agency === undefined ? [post.unit] : [post.unit, `${post.unit}-${agency}`];
}
