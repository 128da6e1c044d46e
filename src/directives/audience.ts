import { foldName } from '../org/fold';
import { unitName } from '../org/names';
import type { Unit, UnitLevel } from '../org/unit';
import { setAt, type AudienceWorld } from './audience-sets';
import type { Audience } from './directive';

/**
 * Who a directive is for, out of the words that name it: units by name or code, or a saved set. A commune means its
 * office and its villages; a village named by somebody above its commune comes through that commune. Nothing is
 * guessed: a name that fits none or several is asked back. Pure.
 */
export type AudienceReading =
  | { readonly kind: 'audience'; readonly audience: Audience }
  | { readonly kind: 'unknown'; readonly typed: string }
  | { readonly kind: 'several'; readonly typed: string; readonly units: readonly Unit[] }
  /** One order goes to the chairs of communes or to whoever answers for them, not to both. */
  | { readonly kind: 'mixed'; readonly typed: string }
  /** The set or unit has nobody who could answer. */
  | { readonly kind: 'empty'; readonly typed: string };

const VILLAGE = /^(?:thon|to dan pho|tdp|khu pho|khu|ban|xom|lang)(?= )/;
const COMMUNE = /^(?:xa|phuong|thi tran)(?= )/;

/** The audience that the parts name, in order: `['xã Tân Hòa']`, `['thôn Đông Lâm', 'Ngọc Trì']`, `['toàn tỉnh']`. */
export function readAudience(parts: readonly string[], world: AudienceWorld): AudienceReading {
  const tops: Unit[] = [];
  const alone: Unit[] = [];
  const labels: string[] = [];
  let level: UnitLevel | null = null;
  let named = 0;
  /** A post that is written to, and the units of which it is. */
  let first = null as { readonly post: NonNullable<Audience['first']>; readonly said: string } | null;
  const chosen: Unit[] = [];
  for (const [i, typed] of parts.entries()) {
    if (i < named) continue;
    const found = setAt(parts.slice(i));
    if (found) {
      named = i + found.size;
      const said = parts.slice(i, named).join(', ').trim();
      const units = found.set.units(world);
      if (units.length === 0) return { kind: 'empty', typed: said };
      if (found.set.first) first = { post: found.set.first, said };
      (found.set.first ? chosen : found.set.alone ? alone : tops).push(...units);
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
  const { tree, day } = world;
  const others = expanded(tops, alone, world);
  if (first && others.some((code) => tree.get(code, day)?.level === 'commune'))
    return { kind: 'mixed', typed: first.said };
  const units = first ? expanded(tops, [...chosen, ...alone], world) : others;
  if (units.length === 0) return { kind: 'empty', typed: parts.join(', ') };
  const label = [...new Set(labels)].join(', ');
  return { kind: 'audience', audience: { label, units, ...(first ? { first: first.post } : {}) } };
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
  // «Sở Giáo dục» of the Sở Giáo dục và Đào tạo.
  const begun = `${foldName(typed)} `;
  return tree
    .within(from, day)
    .filter(({ level: at, name }) => at === 'agency' && foldName(name).startsWith(begun));
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
