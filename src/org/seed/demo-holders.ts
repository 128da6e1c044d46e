import { createHmac } from 'node:crypto';
import { isClaimCode, printedCode } from '../../kernel/claim-code';
import type { Clock } from '../../kernel/clock';
import { sha256Hex } from '../../kernel/ids';
import { vnDay } from '../../kernel/vn-time';
import type { OrgDirectory } from '../directory';
import type { OfficeDoc } from '../org.model';
import type { OrgRepo } from '../org.repo';
import { claimCodeHash } from '../org.service';
import { rankOf, type Role } from '../roles';
import { seedUnitRecords } from './seed';
import { unitName } from '../names';
import type { UnitLevel } from '../unit';

/** Invented office holders for the simulator: their names are nobody's, their claim codes can be shown. Never loaded in live mode. */
export const SEED_HOLDERS_MARK = 'seed:holders:3';

const POSTS: Readonly<Record<UnitLevel, readonly Role[]>> = {
  village: ['village_head', 'village_deputy'],
  commune: ['commune_officer', 'commune_chair'],
  province: ['department', 'police', 'province'],
  agency: ['agency_officer'],
};

/** Where a second key is asked for, there are two to try it with. */
const HELD_BY_TWO: readonly Role[] = ['department', 'province'];

/** Adds the invented holders that are not there yet, once; whoever stands in a post already stays. Answers whether this call loaded. */
export async function seedHolders(repo: OrgRepo, key: Buffer): Promise<boolean> {
  if (await repo.isMarked(SEED_HOLDERS_MARK)) return false;
  // A post that a sheet filled before the first start needs no invented holder beside the real one.
  const taken = new Set(
    (await repo.offices()).filter(({ demo }) => !demo).map(({ unit, role }) => `${unit}:${role}`),
  );
  const codes = assignCodes(key);
  const docs = demoPosts()
    .filter(({ unit, role }) => !taken.has(`${unit}:${role}`))
    .map(({ id, unit, role }) => ({
      ...inventedOffice(id, unit, role),
      codeHash: claimCodeHash(key, codes.get(id) as string),
    }));
  await repo.addOffices(docs);
  await renewCodes(repo, docs);
  await repo.bump('offices');
  await repo.mark(SEED_HOLDERS_MARK);
  return true;
}

/** Those of earlier versions had codes of six digits, which are OTPs now: an invented post that still waits gets its present code. */
async function renewCodes(repo: OrgRepo, wanted: readonly OfficeDoc[]): Promise<void> {
  const hashes = new Map(wanted.map(({ _id, codeHash }) => [_id, codeHash]));
  const changes = (await repo.offices()).flatMap(({ _id, demo, user, codeHash }) => {
    const hash = hashes.get(_id);
    const outdated = demo && user === null && codeHash !== undefined && codeHash !== hash;
    return outdated && hash !== undefined ? [{ id: _id, set: { codeHash: hash }, whileUser: null }] : [];
  });
  await repo.changeOffices(changes);
}

export interface DemoCode {
  readonly unit: string;
  /** «thôn Đông Lâm» */
  readonly unitName: string;
  /** «xã Tân Hòa»: of the village's commune, or the commune itself; empty for the province and its agencies. */
  readonly communeName: string;
  readonly role: Role;
  readonly fullName: string;
  /** As printed: `4827 9135`. */
  readonly code: string;
  readonly claimed: boolean;
}

/** Lists the invented holders that still stand, with their codes computed again: the store keeps only hashes. */
export function createDemoCodes(deps: { repo: OrgRepo; directory: OrgDirectory; key: Buffer; clock: Clock }) {
  const codes = assignCodes(deps.key);
  return async function demoCodes(): Promise<DemoCode[]> {
    const { tree } = deps.directory;
    const day = vnDay(deps.clock.now());
    const shown: DemoCode[] = [];
    for (const doc of await deps.repo.offices()) {
      const code = codes.get(doc._id);
      const unit = tree.getNearest(doc.unit, day);
      if (!doc.demo || code === undefined || !unit) continue;
      // A post that was left has no valid code until somebody gives one out.
      if (doc.user === null && doc.codeHash !== claimCodeHash(deps.key, code)) continue;
      const commune = [unit, ...tree.ancestors(unit.code, day)].find(({ level }) => level === 'commune');
      shown.push({
        unit: doc.unit,
        unitName: unitName(unit),
        communeName: commune ? unitName(commune) : '',
        role: doc.role,
        fullName: doc.fullName,
        code: printedCode(code),
        claimed: doc.user !== null,
      });
    }
    return shown.sort((a, b) => rankOf(a.role) - rankOf(b.role) || (a.unit < b.unit ? -1 : 1));
  };
}

function demoPosts(): { id: string; unit: string; role: Role }[] {
  return seedUnitRecords().flatMap(({ code, level }) =>
    POSTS[level].flatMap((role) =>
      (HELD_BY_TWO.includes(role) ? [1, 2] : [1]).map((n) => ({
        id: `${code}:${role}:${n}`,
        unit: code,
        role,
      })),
    ),
  );
}

/** A code for each invented post, from the program's key: the same on every start, another under another key, no two alike. */
function assignCodes(key: Buffer): Map<string, string> {
  const codes = new Map<string, string>();
  const used = new Set<string>();
  for (const { id } of demoPosts()) {
    for (let round = 0; !codes.has(id); round += 1) {
      const mac = createHmac('sha256', key).update(`demo-code\0${id}\0${round}`).digest();
      const code = String(10_000_000 + (mac.readUInt32BE(0) % 90_000_000));
      if (used.has(code) || !isClaimCode(code)) continue;
      used.add(code);
      codes.set(id, code);
    }
  }
  return codes;
}

const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đỗ', 'Bùi', 'Dương', 'Ngô', 'Thân', 'Giáp'];
const MEN = ['Văn', 'Đức', 'Quang', 'Hữu', 'Đình', 'Xuân'];
const MEN_GIVEN = [
  'Tư',
  'Hùng',
  'Thành',
  'Dũng',
  'Sơn',
  'Bình',
  'Tuấn',
  'Khánh',
  'Lợi',
  'Phúc',
  'Toàn',
  'Vinh',
];
const WOMEN = ['Thị', 'Thu', 'Thanh', 'Ngọc', 'Minh', 'Bích'];
const WOMEN_GIVEN = [
  'Hạnh',
  'Hoa',
  'Lan',
  'Nga',
  'Hương',
  'Thảo',
  'Yến',
  'Mai',
  'Liên',
  'Tâm',
  'Vân',
  'Hiền',
];

function inventedOffice(id: string, unit: string, role: Role): OfficeDoc {
  const chance = Buffer.from(sha256Hex(`holder ${id}`), 'hex');
  const pick = (list: readonly string[], at: number): string =>
    list[(chance[at] as number) % list.length] as string;
  const woman = (chance[0] as number) % 2 === 0;
  const names = woman
    ? [pick(FAMILIES, 1), pick(WOMEN, 2), pick(WOMEN_GIVEN, 3)]
    : [pick(FAMILIES, 1), pick(MEN, 2), pick(MEN_GIVEN, 3)];
  const villager = POSTS.village.includes(role);
  return {
    _id: id,
    unit,
    role,
    fullName: names.join(' '),
    address: villager ? 'bác' : woman ? 'chị' : 'anh',
    title: null,
    user: null,
    claimedAt: null,
    claimEffect: null,
    consent: null,
    phone: null,
    phoneHash: null,
    demo: true,
    former: [],
  };
}
