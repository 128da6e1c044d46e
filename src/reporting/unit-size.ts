import type { Unit } from '../org/unit';
import type { UnitsView } from './units-view';

/** How many people and households there are where a unit reports from: what bounds its figures. Pure. */

/**
 * The unit with its size as far as it is known: its own number; of the province, else the sum of its communes when every
 * one of them is known; of an agency, that of the province it serves. Villages are never summed: their list may not be
 * whole, and a commune is no smaller for it. Null stays null.
 */
export function withSize(units: UnitsView, unit: Unit, day: string): Unit {
  if (unit.level === 'agency') {
    const above = unit.parent === null ? null : units.get(unit.parent, day);
    if (!above) return unit;
    const { adults, households, population } = withSize(units, above, day);
    return { ...unit, adults, households, population };
  }
  if (unit.level !== 'province') return unit;
  const communes = units.children(unit.code, day).filter(({ level }) => level === 'commune');
  const size = (of: 'adults' | 'households' | 'population'): number | null =>
    unit[of] ?? sumOf(communes.map((each) => each[of]));
  return { ...unit, adults: size('adults'), households: size('households'), population: size('population') };
}

function sumOf(parts: readonly (number | null)[]): number | null {
  if (parts.length === 0) return null;
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}
