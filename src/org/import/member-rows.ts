import { unifyTones } from '../../kernel/vn-text';
import { readCode, readDay, readPhone } from './import-values';
import { mayReport, ROLES, type Role } from '../roles';
import { refusal, type Refusal, type Sheet } from './sheet';
import type { UnitTree } from '../units';
import type { MemberSecrets } from './import-members';

/** Rows of a sheet of members, read and checked one by one. */

export const MEMBER_COLUMNS = ['unit_code', 'role', 'full_name', 'phone', 'title', 'ends'] as const;
export const MEMBER_COLUMNS_REQUIRED = MEMBER_COLUMNS.slice(0, 3);

export interface MemberRow {
  readonly row: number;
  readonly unit: string;
  readonly role: Role;
  readonly fullName: string;
  readonly phone: string | null;
  readonly phoneHash: string | null;
  readonly title: string;
  /** The last day of the post; null when the sheet does not say. */
  readonly ends: string | null;
}

export function readMembers(
  sheet: Sheet,
  tree: UnitTree,
  secrets: MemberSecrets,
  refused: Refusal[],
): MemberRow[] {
  const known = { has: (code: string) => tree.spansOf(code).length > 0 };
  const rows: MemberRow[] = [];
  for (const sheetRow of sheet.rows) {
    const { row, cells } = sheetRow;
    const before = refused.length;
    const refuse = (reason: string, vars: Refusal['vars'] = {}) => refused.push(refusal(row, reason, vars));
    const code = readCode(sheetRow, 'unit_code', known);
    const unit = 'value' in code && known.has(code.value) ? code.value : null;
    const told = cells['unit_code'] ?? '';
    if (told === '') refuse('cell_empty', { column: 'unit_code' });
    else if (unit === null) refuse('unit_unknown', { value: told });
    const post = ROLES.find(({ id }) => id === cells['role']?.toLowerCase());
    const role = post?.id;
    if (!post || !role) refuse('role_bad', { value: cells['role'] ?? '' });
    else if (unit !== null && tree.spansOf(unit)[0]?.level !== post.level)
      refuse('role_level', { role, code: unit, level: post.level });
    const fullName = cells['full_name'] ?? '';
    if (fullName === '') refuse('cell_empty', { column: 'full_name' });
    else if (!/\p{L}/u.test(fullName) || fullName.length > 80) refuse('name_bad');
    const phone = readPhone(cells['phone'] ?? '');
    if ('reason' in phone) refuse(phone.reason);
    if ((cells['title'] ?? '').length > 80) refuse('cell_long', { column: 'title' });
    const ends = readDay(cells['ends'] ?? '');
    if ('reason' in ends) refuse(ends.reason, { column: 'ends', value: cells['ends'] ?? '' });
    if (refused.length > before || unit === null || !role || 'reason' in phone || 'reason' in ends) continue;
    rows.push({
      row,
      unit,
      role,
      fullName,
      phone: phone.value,
      phoneHash: phone.value === null ? null : secrets.hashPhone(phone.value),
      title: cells['title'] ?? '',
      ends: ends.value,
    });
  }
  return rows;
}

/** Rows that say the same post twice, or one number for two people. */
export function duplicates(rows: readonly MemberRow[]): Refusal[] {
  const faults: Refusal[] = [];
  const heads = new Map<string, number>();
  const phones = new Map<string, MemberRow>();
  const people = new Map<string, MemberRow>();
  for (const row of rows) {
    const post = `${row.unit}:${row.role}`;
    const person = `${post}:${nameKey(row.fullName)}`;
    const twin = people.get(person) ?? null;
    const owner = row.phone === null ? undefined : phones.get(row.phone);
    const head = row.role === 'village_head' ? heads.get(row.unit) : undefined;
    if (twin && (twin.phone === null || row.phone === null || twin.phone === row.phone))
      faults.push(refusal(row.row, 'member_twice', { other: twin.row }));
    else if (head !== undefined) faults.push(refusal(row.row, 'one_head', { code: row.unit, other: head }));
    else if (owner && nameKey(owner.fullName) !== nameKey(row.fullName))
      faults.push(refusal(row.row, 'phone_two_names', { other: owner.row }));
    people.set(person, row);
    if (row.phone !== null && !owner) phones.set(row.phone, row);
    if (row.role === 'village_head' && head === undefined) heads.set(row.unit, row.row);
  }
  return faults;
}

/** Villagers are «bác» unless the sheet says otherwise, officers «đồng chí». */
export function usualAddress(role: Role): string {
  return mayReport(role) ? 'bác' : 'đồng chí';
}

/** For telling whether two names are one: case and the place of the tone mark aside, but never the marks: Tú is not Tư. */
export function nameKey(name: string): string {
  return unifyTones(name).toLocaleLowerCase('vi');
}
