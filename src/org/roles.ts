import type { UnitLevel } from './units';

export const ROLES = [
  'village_head',
  'village_deputy',
  'commune_officer',
  'commune_chair',
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
  return !mayReport(role);
}
