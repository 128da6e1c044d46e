import { openToolStore } from '../../src/app/tool-store';
import { readConfig } from '../../src/config/config';
import { contactModel } from '../../src/contacts/contacts.model';
import { HOUR } from '../../src/kernel/vn-time';
import { createOrgRepo } from '../../src/org/org.repo';
import type { Role } from '../../src/org/roles';
import { seedUnitRecords } from '../../src/org/seed/seed';
import type { FakeZalo } from '../../src/simulator/fake-zalo';
import type { Person } from '../../src/simulator/fake-person';
import { Platform } from '../support/platform';
import type { Random } from '../support/random';
import { importSheets } from '../support/sheets';
import type { Supervisor } from '../support/supervisor';

/** Who lives in the province of a rehearsal, and how each of them stands with the account when it begins. */

const NOTICE = '2026-1';
const NAMES = [
  'An',
  'Bình',
  'Cúc',
  'Dũng',
  'Hà',
  'Hòa',
  'Lan',
  'Mai',
  'Minh',
  'Nga',
  'Phúc',
  'Quý',
  'Sơn',
  'Tâm',
  'Yên',
];

/** How somebody stands with the account when the story begins. */
export type Standing =
  /** Wrote so many hours ago. */
  | { readonly kind: 'wrote'; readonly hoursAgo: number }
  /** Zalo refuses every message to them with this code; they wrote long ago. */
  | { readonly kind: 'refuses'; readonly code: number }
  /** Nobody has taken the post. */
  | { readonly kind: 'unclaimed'; readonly phone: string | null };

export interface Post {
  readonly unit: string;
  readonly role: Role;
  /** Null: nobody has taken it. */
  person: Person | null;
  readonly standing: Standing;
}

export type StandingOf = (random: Random, role: Role, unit: string) => Standing;

/** The real communes, their sample villages, and invented ones until there are so many. */
export function unitsOf(count: number) {
  const seeded = seedUnitRecords();
  const names = new Map(seeded.map(({ code, spans }) => [code, spans[0]?.name ?? code]));
  const communes = seeded.filter(({ level }) => level === 'commune').map(({ code }) => code);
  const villages = seeded.filter(({ level }) => level === 'village').map(({ code }) => code);
  const lines = ['code,level,name,kind,parent_code,valid_from,adults,households'];
  for (let n = 0; villages.length < count; n += 1) {
    const commune = communes[n % communes.length] as string;
    const code = `${commune}-${201 + Math.floor(n / communes.length)}`;
    villages.push(code);
    names.set(code, `Thử ${n + 1}`);
    lines.push(`${code},village,Thử ${n + 1},thôn,${commune},2025-07-01,1500,500`);
  }
  return { communes, villages: villages.slice(0, count), names, sheet: lines.join('\n') };
}

export function postsOf(
  communes: readonly string[],
  villages: readonly string[],
  random: Random,
  standing: StandingOf,
): Post[] {
  const post = (unit: string, role: Role): Post => ({
    unit,
    role,
    person: null,
    standing: standing(random, role, unit),
  });
  return [
    ...villages.map((unit) => post(unit, 'village_head')),
    ...communes.flatMap((unit) => [post(unit, 'commune_officer'), post(unit, 'commune_chair')]),
    ...['24-GDDT', '24-TD', '24-BPTTH', '24-NV', '24-TC'].map((unit) => post(unit, 'agency_officer')),
    post('24', 'department'),
    post('24', 'province'),
    post('24', 'police'),
  ];
}

/** Units, holders and what is known of them, as they stand when the story begins. */
export async function settlePeople(
  program: Supervisor,
  zalo: FakeZalo,
  posts: readonly Post[],
  { sheet, at }: { readonly sheet: string; readonly at: Date },
): Promise<void> {
  const env = { ...program.env, PORT: '3000' };
  const members = posts.map(({ unit, role, standing }, n) => {
    const phone = standing.kind === 'unclaimed' ? (standing.phone ?? '') : '';
    return `${unit},${role},Nguyễn Thị ${NAMES[n % NAMES.length]},${phone}`;
  });
  await importSheets(env, {
    units: sheet,
    members: ['unit_code,role,full_name,phone', ...members].join('\n'),
  });
  const store = await openToolStore(readConfig(env));
  try {
    const repo = createOrgRepo(store.connection);
    const claims = posts.flatMap((post, n) => {
      if (post.standing.kind === 'unclaimed') return [];
      post.person = zalo.person(Platform.user(n), `Người ${n}`);
      const { standing, person, unit, role } = post;
      const hours = standing.kind === 'wrote' ? standing.hoursAgo : 40 * 24;
      const wrote = new Date(at.getTime() - hours * HOUR);
      person.lastWrote(wrote);
      person.followsSinceLong();
      if (standing.kind === 'refuses') person.refuses(standing.code);
      return [{ user: `zalo:${person.id}`, id: `${unit}:${role}:1`, wrote }];
    });
    const since = new Date(at.getTime() - 60 * 24 * HOUR);
    const left = await repo.changeOffices(
      claims.map(({ id, user }) => ({
        id,
        set: {
          ...{ user, claimedAt: since, claimEffect: `begin-${id}:0` },
          consent: { version: NOTICE, at: since, eventId: `begin-${id}` },
        },
        dropCode: true,
      })),
    );
    if (left.length > 0) throw new Error(`not claimed: ${left.join(', ')}`);
    await repo.bump('offices');
    const contacts = claims.map(({ user, wrote }) => ({ _id: user, lastInteractionAt: wrote }));
    await contactModel(store.connection).collection.insertMany(contacts as never[]);
  } finally {
    await store.stop();
  }
}
