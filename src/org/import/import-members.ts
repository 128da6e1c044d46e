import { addressIn } from './import-values';
import type { OfficeDoc } from '../org.model';
import type { OfficeChange } from '../org.repo';
import type { Role } from '../roles';
import { refusal, type Refusal, type Sheet } from './sheet';
import type { UnitTree } from '../units';
import { type MemberRow, readMembers, duplicates, usualAddress, nameKey } from './member-rows';

/** What the planner needs and must not make itself: hashes under the program's key, and chance. */
export interface MemberSecrets {
  hashPhone(phone: string): string;
  sealPhone(officeId: string, phone: string): string;
  hashCode(code: string): string;
  /** A random code; the planner asks again while it is taken. */
  newCode(): string;
}

export interface IssuedCode {
  readonly officeId: string;
  readonly unit: string;
  readonly role: Role;
  readonly fullName: string;
  readonly code: string;
  /** Somebody holds the post: the code moves it to their new account. */
  readonly moves: boolean;
}

/** What a sheet would do. With anything in `refused`, nothing of it is done. */
export interface MemberPlan {
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly Refusal[];
  readonly adds: readonly OfficeDoc[];
  readonly changes: readonly OfficeChange[];
  readonly codes: readonly IssuedCode[];
}

/**
 * Plans a sheet of office holders. Pure but for `secrets`. A row finds its post by phone number, then by name; a head
 * of a village is one, so another name there is a hand-over, which takes the post and any code from the person before.
 * With `issueCodes` every post of the sheet that goes on gets a new code and its former code is void; where the holder
 * named in the row has claimed it, the code moves it to their new account (a lost phone) and changes nothing until it is
 * used. Without, codes given out before stay good. A row with `ends` ends the post of the person it names. `now`: when the
 * sheet takes a post from somebody.
 */
export function planMembers(
  sheet: Sheet,
  tree: UnitTree,
  offices: readonly OfficeDoc[],
  secrets: MemberSecrets,
  issueCodes: boolean,
  now: Date,
): MemberPlan {
  const refused: Refusal[] = [];
  const rows = readMembers(sheet, tree, secrets, refused);
  const found = matchOffices(rows, offices);
  refused.push(...duplicates(rows), ...endsOfNobody(rows, found));
  refused.sort((a, b) => a.row - b.row);
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const adds: OfficeDoc[] = [];
  const changes: OfficeChange[] = [];
  const codes: IssuedCode[] = [];
  if (refused.length > 0) return { read: sheet.rows.length, ...counts, refused, adds, changes, codes };

  const numbers = new Map<string, number>();
  for (const { _id, unit, role } of offices) {
    const post = `${unit}:${role}`;
    numbers.set(post, Math.max(numbers.get(post) ?? 0, Number(_id.slice(post.length + 1)) || 0));
  }
  const usedCodes = new Set(offices.map((office) => office.codeHash));
  const issue = (row: MemberRow, officeId: string, moves: boolean): string => {
    let code = secrets.newCode();
    while (usedCodes.has(secrets.hashCode(code))) code = secrets.newCode();
    usedCodes.add(secrets.hashCode(code));
    codes.push({ officeId, unit: row.unit, role: row.role, fullName: row.fullName, code, moves });
    return secrets.hashCode(code);
  };

  for (const row of rows) {
    const office = found.get(row);
    if (!office) {
      const post = `${row.unit}:${row.role}`;
      const number = (numbers.get(post) ?? 0) + 1;
      numbers.set(post, number);
      const doc = newOffice(`${post}:${number}`, row, secrets);
      adds.push(issueCodes ? { ...doc, codeHash: issue(row, doc._id, false) } : doc);
      counts.created += 1;
      continue;
    }
    const change = changeOf(office, row, secrets, now);
    const vacant = office.user === null || change.set.user === null;
    const codeHash = issueCodes && row.ends === null ? issue(row, office._id, !vacant) : undefined;
    const changed = Object.keys(change.set).length > 0;
    counts[changed ? 'changed' : 'unchanged'] += 1;
    if (codeHash !== undefined)
      changes.push({ ...change, set: { ...change.set, codeHash }, dropCode: false });
    else if (changed) changes.push(change);
  }
  return { read: sheet.rows.length, ...counts, refused, adds, changes, codes };
}

/** Rows that end a post which nobody of that name or number holds: a slip of the pen must not end another's. */
function endsOfNobody(rows: readonly MemberRow[], found: ReadonlyMap<MemberRow, OfficeDoc>): Refusal[] {
  return rows
    .filter((row) => row.ends !== null && !found.has(row))
    .map((row) => refusal(row.row, 'ends_nobody', { code: row.unit, role: row.role }));
}

/** Which stored post each row speaks of: by phone, by name, and last the one seat of a head or an invented holder's. */
function matchOffices(rows: readonly MemberRow[], offices: readonly OfficeDoc[]): Map<MemberRow, OfficeDoc> {
  const found = new Map<MemberRow, OfficeDoc>();
  const taken = new Set<OfficeDoc>();
  const byPost = new Map<string, OfficeDoc[]>();
  for (const office of offices) {
    const post = `${office.unit}:${office.role}`;
    byPost.set(post, [...(byPost.get(post) ?? []), office]);
  }
  const passes: ((row: MemberRow, office: OfficeDoc) => boolean)[] = [
    (row, office) => row.phoneHash !== null && row.phoneHash === office.phoneHash,
    (row, office) => nameKey(row.fullName) === nameKey(office.fullName),
    (row, office) =>
      row.ends === null && (row.role === 'village_head' || (office.demo && office.user === null)),
  ];
  for (const fits of passes) {
    for (const row of rows) {
      if (found.has(row)) continue;
      const office = byPost
        .get(`${row.unit}:${row.role}`)
        ?.find((candidate) => !taken.has(candidate) && fits(row, candidate));
      if (!office) continue;
      found.set(row, office);
      taken.add(office);
    }
  }
  return found;
}

function newOffice(id: string, row: MemberRow, secrets: MemberSecrets): OfficeDoc {
  return {
    _id: id,
    unit: row.unit,
    role: row.role,
    fullName: row.fullName,
    address: addressIn(row.title) ?? usualAddress(row.role),
    title: row.title === '' ? null : row.title,
    user: null,
    claimedAt: null,
    claimEffect: null,
    consent: null,
    phone: row.phone === null ? null : secrets.sealPhone(id, row.phone),
    phoneHash: row.phoneHash,
    demo: false,
    former: [],
  };
}

function changeOf(office: OfficeDoc, row: MemberRow, secrets: MemberSecrets, now: Date): OfficeChange {
  const samePerson =
    nameKey(office.fullName) === nameKey(row.fullName) ||
    (row.phoneHash !== null && row.phoneHash === office.phoneHash);
  const next = newOffice(office._id, row, secrets);
  const set: { -readonly [K in keyof OfficeChange['set']]: OfficeChange['set'][K] } = {};
  if (office.fullName !== row.fullName) set.fullName = row.fullName;
  if (row.phoneHash !== office.phoneHash && (row.phoneHash !== null || !samePerson)) {
    set.phone = next.phone;
    set.phoneHash = next.phoneHash;
  }
  if (row.title !== (office.title ?? '') && (row.title !== '' || !samePerson)) {
    set.title = next.title;
    set.address = next.address;
  }
  if (office.demo) set.demo = false;
  if (row.ends !== null && row.ends !== (office.ends ?? null)) set.ends = row.ends;
  // Named again without a last day, a post that had ended goes on.
  if (row.ends === null && office.closed) Object.assign(set, { ends: null, closed: false });
  const change = { id: office._id, set, whileUser: office.user };
  if (samePerson) return change;
  if (office.title === null && row.title === '') set.address = next.address;
  if (office.user === null) return { ...change, dropCode: true };
  Object.assign(set, { user: null, claimedAt: null, claimEffect: null, consent: null });
  const former = {
    user: office.user,
    fullName: office.fullName,
    from: office.claimedAt,
    to: now,
    claimEffect: office.claimEffect,
    effectId: `import:${office.claimEffect ?? office._id}`,
    why: 'replaced' as const,
  };
  return { ...change, dropCode: true, former };
}
