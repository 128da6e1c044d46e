import type { OfficeDoc } from '../../src/org/org.model';
import type { OrgRepo } from '../../src/org/org.repo';
import type { UnitRecord } from '../../src/org/unit';
import { reportId, type Report } from '../../src/reporting/report';
import type { ReportsRepo } from '../../src/reporting/reports.repo';

/** The people and places among whom the labelled lines are said, in repositories that only remember. */

export const VILLAGE = '99001-07';
const COMMUNE = '99001';
export const LEADER = 'zalo:1000000001';
export const NEWCOMER = 'zalo:1000000002';
export const OFFICER = 'zalo:1000000003';
/** Somebody without a post. */
export const CITIZEN = 'zalo:1000000004';
/** What a claim code hashes to here. */
export const hash = (digits: string): string => `hash:${digits}`;
export const CLAIM_CODE = '4827 9135';

function unit(
  code: string,
  level: 'commune' | 'village',
  name: string,
  kind: string,
  parent: string,
): UnitRecord {
  const size =
    level === 'village'
      ? { adults: 1500, households: 400, population: 2100 }
      : { adults: null, households: null, population: null };
  return { code, level, spans: [{ validFrom: '2025-07-01', validTo: null, name, kind, parent, ...size }] };
}

export function officeDocs(): OfficeDoc[] {
  const since = new Date('2026-01-05T01:00:00Z');
  const office = (
    unitCode: string,
    role: OfficeDoc['role'],
    fullName: string,
    user: string | null,
  ): OfficeDoc => ({
    _id: `${unitCode}:${role}:1`,
    ...{ unit: unitCode, role, fullName, address: 'bác', title: null },
    user,
    claimedAt: user === null ? null : since,
    ...{ claimEffect: null, phone: null, phoneHash: null, demo: false, former: [] },
    consent: user === null ? null : { version: '2026-1', at: since, eventId: `seed:${unitCode}` },
    ...(user === null ? { codeHash: hash(CLAIM_CODE.replace(' ', '')) } : {}),
  });
  return [
    office(VILLAGE, 'village_head', 'Nguyễn Văn Tư', LEADER),
    office('99001-12', 'village_head', 'Vũ Văn Mạnh', null),
    office(COMMUNE, 'commune_officer', 'Lê Thị Hạnh', OFFICER),
  ];
}

export function orgRepo(offices: readonly OfficeDoc[]): OrgRepo {
  const units = [
    unit(COMMUNE, 'commune', 'Tân Hòa', 'xã', '24'),
    unit(VILLAGE, 'village', 'Đông Lâm', 'thôn', COMMUNE),
    unit('99001-12', 'village', 'Ngọc Trì', 'thôn', COMMUNE),
  ];
  const part: Pick<OrgRepo, 'revision' | 'units' | 'offices' | 'latestConsent'> = {
    revision: async () => ({ units: 1, offices: 1 }),
    units: async () =>
      units.map(({ code, level, spans }) => ({ _id: code, level, spans: [...spans], rev: 1 })),
    offices: async () => [...offices],
    latestConsent: async (user) => offices.find((office) => office.user === user)?.consent ?? null,
  };
  return part as OrgRepo;
}

export function reportsRepo(hold: { reports: Map<string, Report> }, machineNow: () => Date): ReportsRepo {
  const all = (form: string, period: string): Report[] =>
    [...hold.reports.values()].filter((report) => report.form === form && report.period === period);
  return {
    machineNow,
    get: async (key) => hold.reports.get(reportId(key)) ?? null,
    extended: async (form, period) =>
      new Map(all(form, period).flatMap(({ unit, extendedTo }) => (extendedTo ? [[unit, extendedTo]] : []))),
    getMany: async (keys) => keys.flatMap((key) => hold.reports.get(reportId(key)) ?? []),
    async save(_before, after) {
      hold.reports.set(after.id, after);
      return true;
    },
    unname: async () => 0,
    ofUnits: async (form, period, units) => all(form, period).filter((report) => units.includes(report.unit)),
    sendings: async () => new Map(),
    async eachOf(form, period, visit) {
      for (const report of all(form, period)) visit(report);
    },
    changedSince: async () => [],
  };
}
