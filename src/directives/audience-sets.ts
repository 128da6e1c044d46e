import { foldName } from '../org/fold';
import type { UnitTag } from '../org/seed/tags';
import type { Unit } from '../org/unit';
import type { UnitTree } from '../org/units';
import type { Audience } from './directive';

/** The saved sets of an order's audience, one entry each: by area, by role, by kind of body. Pure. */
export interface AudienceWorld {
  readonly tree: UnitTree;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** The unit it goes out from; nothing outside it can be meant, and its own office answers nobody. */
  readonly from: string;
  readonly tags: Readonly<Record<UnitTag, ReadonlySet<string>>>;
  /** Codes of the pilot communes; empty until they are named. */
  readonly pilots: readonly string[];
}

/** A saved set: the ways to say it, folded, and its top units. A new one is an entry in the list below; commas in what is said count as blanks. */
export interface AudienceSet {
  readonly id: string;
  readonly says: readonly string[];
  /** The offices of these units alone, without what lies below them: «cán bộ các xã». */
  readonly alone?: true;
  /** The post that is written to there. Beside such a set no other may bring a commune. */
  readonly first?: Audience['first'];
  units(world: AudienceWorld): readonly Unit[];
}

const communes = ({ tree, from, day }: AudienceWorld): readonly Unit[] => tree.communesUnder(from, day);

export const AUDIENCE_SETS: readonly AudienceSet[] = [
  {
    id: 'everybody',
    says: [
      'toan tinh',
      'ca tinh',
      'tat ca',
      'tat ca cac xa',
      'tat ca cac xa phuong',
      'cac xa phuong',
      'cac xa',
      'cac phuong',
      'cac xa va phuong',
      'cac dia phuong',
      'toan xa',
      'ca xa',
      'toan phuong',
      'ca phuong',
      'tat ca cac thon',
      'cac thon',
      'cac thon to dan pho',
      'cac thon va to dan pho',
      'cac to dan pho',
      'tat ca cac to dan pho',
      'cac truong thon',
      'tat ca cac truong thon',
      'tat ca truong thon',
      'cac bac truong thon',
      'cac ong truong thon',
      'truong thon to truong',
      'cac truong thon to truong',
      'cac to truong',
      'moi thon',
    ],
    units: (world) =>
      world.tree.get(world.from, world.day)?.level === 'commune'
        ? world.tree.villagesUnder(world.from, world.day)
        : communes(world),
  },
  {
    id: 'mountain',
    says: ['cac xa mien nui', 'xa mien nui', 'mien nui', 'cac xa vung cao'],
    units: (world) => communes(world).filter(({ code }) => world.tags.mountain.has(code)),
  },
  {
    id: 'pilots',
    says: ['cac xa thi diem', 'xa thi diem', 'cac xa phuong thi diem', 'thi diem'],
    units: (world) => communes(world).filter(({ code }) => world.pilots.includes(code)),
  },
  {
    id: 'agencies',
    says: [
      'cac so nganh',
      'cac so ban nganh',
      'cac so ban nganh doan the',
      'cac nganh',
      'cac so',
      'so nganh',
      'cac co quan',
      'cac co quan cap tinh',
      'cac co quan don vi',
      'tat ca cac so nganh',
      'tat ca cac co quan',
    ],
    units: ({ tree, from, day }) => tree.within(from, day).filter(({ level }) => level === 'agency'),
  },
  {
    id: 'officers',
    says: [
      'can bo cac xa',
      'can bo cac xa phuong',
      'can bo xa',
      'can bo xa phuong',
      'cac can bo xa',
      'cac can bo xa phuong',
      'tat ca can bo xa',
      'tat ca can bo cac xa',
    ],
    alone: true,
    units: communes,
  },
  {
    id: 'chairs',
    says: [
      'chu tich cac xa',
      'chu tich cac xa phuong',
      'chu tich xa',
      'chu tich xa phuong',
      'cac chu tich xa',
      'cac chu tich xa phuong',
      'tat ca chu tich xa',
      'tat ca chu tich cac xa',
      'chu tich ubnd cac xa',
      'chu tich ubnd cac xa phuong',
    ],
    alone: true,
    first: 'commune_chair',
    units: communes,
  },
];

/** Words in a set's name that people part by commas: «các sở, ban, ngành». */
const MOST_PARTS = 4;

/** The set that the parts from the first on name, and how many of them; the longest name wins. */
export function setAt(parts: readonly string[]): { readonly set: AudienceSet; readonly size: number } | null {
  for (let size = Math.min(MOST_PARTS, parts.length); size > 0; size -= 1) {
    const said = foldName(parts.slice(0, size).join(' '));
    const set = AUDIENCE_SETS.find(({ says }) => says.includes(said));
    if (set) return { set, size };
  }
  return null;
}
