import { foldName } from '../org/fold';
import { unitName } from '../org/names';
import type { UnitTree } from '../org/units';
import type { Unit, UnitLevel } from '../org/unit';
import type { UnitTag } from '../org/seed/tags';
import type { Audience } from './directive';

/**
 * Who a directive is for, out of the words that name it: units by name or code, or a saved set. A commune means its
 * office and its villages; a village named by somebody above its commune comes through that commune. Nothing is
 * guessed: a name that fits none or several is asked back. Pure.
 */
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

export type AudienceReading =
  | { readonly kind: 'audience'; readonly audience: Audience }
  | { readonly kind: 'unknown'; readonly typed: string }
  | { readonly kind: 'several'; readonly typed: string; readonly units: readonly Unit[] }
  /** The set or unit has nobody who could answer. */
  | { readonly kind: 'empty'; readonly typed: string };

/** A saved set: the ways to say it, folded, and its top units. A new one is an entry in the list below; commas in what is said count as blanks. */
export interface AudienceSet {
  readonly id: string;
  readonly says: readonly string[];
  /** The offices of these units alone, without what lies below them: «cán bộ các xã». */
  readonly alone?: true;
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
      'toan xa',
      'ca xa',
      'toan phuong',
      'ca phuong',
      'tat ca cac thon',
      'cac thon',
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
];

/** Words in a set's name that people part by commas: «các sở, ban, ngành». */
const MOST_PARTS = 4;

/** The set that the parts from the first on name, and how many of them; the longest name wins. */
function setAt(parts: readonly string[]): { readonly set: AudienceSet; readonly size: number } | null {
  for (let size = Math.min(MOST_PARTS, parts.length); size > 0; size -= 1) {
    const said = foldName(parts.slice(0, size).join(' '));
    const set = AUDIENCE_SETS.find(({ says }) => says.includes(said));
    if (set) return { set, size };
  }
  return null;
}

const VILLAGE = /^(?:thon|to dan pho|tdp|khu pho|khu|ban|xom|lang)(?= )/;
const COMMUNE = /^(?:xa|phuong|thi tran)(?= )/;

/** The audience that the parts name, in order: `['xã Tân Hòa']`, `['thôn Đông Lâm', 'Ngọc Trì']`, `['toàn tỉnh']`. */
export function readAudience(parts: readonly string[], world: AudienceWorld): AudienceReading {
  const tops: Unit[] = [];
  const alone: Unit[] = [];
  const labels: string[] = [];
  let level: UnitLevel | null = null;
  let named = 0;
  for (const [i, typed] of parts.entries()) {
    if (i < named) continue;
    const found = setAt(parts.slice(i));
    if (found) {
      named = i + found.size;
      const said = parts.slice(i, named).join(', ').trim();
      const units = found.set.units(world);
      if (units.length === 0) return { kind: 'empty', typed: said };
      (found.set.alone ? alone : tops).push(...units);
      labels.push(said);
      continue;
    }
    const above =
      level === 'village' || levelSaid(typed) === 'village' ? communeNamed(parts[i + 1], world) : null;
    level = levelSaid(typed) ?? level;
    // «thôn Đông Lâm, xã Tân Hòa»: the commune only says which Đông Lâm.
    if (
      level === 'commune' &&
      i > 0 &&
      levelSaid(parts[i - 1] ?? '') !== 'commune' &&
      tops.at(-1)?.level === 'village' &&
      isCommuneOf(tops, typed, world)
    )
      continue;
    const meant = find(typed, level, above, world);
    const [unit] = meant;
    if (!unit) return { kind: 'unknown', typed };
    if (meant.length > 1) return { kind: 'several', typed, units: meant };
    tops.push(unit);
    labels.push(unitName(unit));
  }
  const units = expanded(tops, alone, world);
  if (units.length === 0) return { kind: 'empty', typed: parts.join(', ') };
  return {
    kind: 'audience',
    audience: { label: [...new Set(labels)].join(', '), units },
  };
}

function levelSaid(typed: string): UnitLevel | null {
  const fold = foldName(typed);
  if (VILLAGE.test(fold)) return 'village';
  return COMMUNE.test(fold) ? 'commune' : null;
}

function communeNamed(typed: string | undefined, world: AudienceWorld): string | null {
  if (typed === undefined || levelSaid(typed) !== 'commune') return null;
  const found = world.tree.find(typed, world.day, { under: world.from, level: 'commune' });
  return found.length === 1 ? (found[0] as Unit).code : null;
}

function isCommuneOf(tops: readonly Unit[], typed: string, world: AudienceWorld): boolean {
  const code = communeNamed(typed, world);
  return code !== null && tops.some(({ parent }) => parent === code);
}

function find(
  typed: string,
  level: UnitLevel | null,
  above: string | null,
  world: AudienceWorld,
): readonly Unit[] {
  const { tree, day, from } = world;
  const code = typed.trim();
  const unit = /^\d[\w-]*$/.test(code) ? tree.get(code, day) : null;
  if (unit) return tree.isWithin(unit.code, from, day) ? [unit] : [];
  const inside = / (?:cua |thuoc |o )?(?=(?:xa|phuong|thi tran) )/.exec(foldName(typed));
  if (level === 'village' && inside && above === null) {
    const fold = foldName(typed);
    const commune = communeNamed(fold.slice(inside.index + inside[0].length), world);
    if (commune !== null) return named(fold.slice(0, inside.index), 'village', commune, world);
  }
  const under = above ?? from;
  if (level !== null) return named(typed, level, under, world);
  for (const each of ['commune', 'agency', 'village'] as const) {
    const found = named(typed, each, under, world);
    if (found.length > 0) return found;
  }
  return [];
}

/** Words for a village are alike («khu Đông Lâm» may be the thôn); a name that has the word in itself wins over one without. */
function named(
  typed: string,
  level: UnitLevel,
  under: string,
  { tree, day }: AudienceWorld,
): readonly Unit[] {
  const whole = foldName(typed);
  const bare = whole.replace(level === 'village' ? VILLAGE : COMMUNE, '').trim();
  const exact = tree.find(whole, day, { under, level });
  const itself = exact.filter(({ name }) => foldName(name) === whole);
  if (itself.length > 0) return itself;
  const alike = tree.find(bare, day, { under, level });
  return alike.length > 0 ? alike : exact;
}

/** Every office at or below the tops that must answer, and those that stand alone, each once; communes and agencies before villages. */
function expanded(
  tops: readonly Unit[],
  alone: readonly Unit[],
  { tree, day, from }: AudienceWorld,
): string[] {
  const offices = new Set(alone.map(({ code }) => code));
  const villages = new Set<string>();
  for (const top of tops) {
    for (const unit of tree.within(top.code, day)) {
      if (unit.level === 'province' || (unit.level === 'agency' && unit.code !== top.code)) continue;
      (unit.level === 'village' ? villages : offices).add(unit.code);
    }
    if (top.level === 'village' && top.parent !== null) offices.add(top.parent);
  }
  offices.delete(from);
  return [...offices, ...villages];
}
