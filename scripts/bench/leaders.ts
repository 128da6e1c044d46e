import type { OfficeDoc } from '../../src/org/org.model';
import { seedUnitRecords } from '../../src/org/seed/seed';
import type { UnitRecord } from '../../src/org/unit';
import { person } from './events';

/** Invented leaders of invented villages, who hold their posts already. */
export const LEADERS = 600;
/** That of the program; with another, everybody would first be shown the notice. */
const NOTICE = '2026-1';
const SINCE = new Date('2026-03-11T01:00:00Z');

export function leaderUser(n: number): string {
  return `zalo:${person(n)}`;
}

export function benchUnits(): UnitRecord[] {
  const seed = seedUnitRecords();
  const communes = seed.filter(({ level }) => level === 'commune').map(({ code }) => code);
  const villages = Array.from({ length: LEADERS }, (_, n): UnitRecord => {
    const parent = communes[n % communes.length] as string;
    return {
      code: villageOf(n),
      level: 'village',
      spans: [
        {
          validFrom: '2025-07-01',
          validTo: null,
          name: `Thử ${n + 1}`,
          kind: 'thôn',
          parent,
          adults: null,
          households: null,
          population: null,
        },
      ],
    };
  });
  return [...seed, ...villages];
}

function villageOf(n: number): string {
  return `B${String(n).padStart(5, '0')}`;
}

export function benchOffices(): OfficeDoc[] {
  return Array.from({ length: LEADERS }, (_, n) => ({
    _id: `${villageOf(n)}:village_head:1`,
    unit: villageOf(n),
    role: 'village_head' as const,
    fullName: `Người Thử ${n + 1}`,
    address: 'bác',
    title: null,
    user: leaderUser(n),
    claimedAt: SINCE,
    claimEffect: null,
    consent: { version: NOTICE, at: SINCE, eventId: `bench:${n}` },
    phone: null,
    phoneHash: null,
    demo: false,
    former: [],
  }));
}
