import type { Unit } from './unit';
import type { UnitTree } from './units';

/** How the units below a commune are called together: `village` «thôn», `quarter` «tổ dân phố», `both` where there are some of each. */
export type VillageWord = 'village' | 'quarter' | 'both';

/**
 * The word for the villages at or below a unit on that day; where none is known, that of the commune's own kind: a phường has
 * tổ dân phố. Its words are `common:places.<word>`.
 */
export function villageWord(tree: UnitTree, unit: string, day: string): VillageWord {
  const villages = tree.villagesUnder(unit, day);
  if (villages.length > 0) return wordOf(villages);
  const top = tree.getNearest(unit, day);
  if (top?.level === 'village') return isQuarter(top.kind) ? 'quarter' : 'village';
  if (top?.level === 'commune') return top.kind === 'phường' ? 'quarter' : 'village';
  return 'both';
}

/** Whether the commune that the unit is or lies in is a xã (`commune`) or a phường (`ward`). Its words are `common:communes.<word>`. */
export function communeWord(tree: UnitTree, unit: string, day: string): 'commune' | 'ward' {
  const own = tree.getNearest(unit, day);
  const commune = own?.level === 'village' && own.parent !== null ? tree.getNearest(own.parent, day) : own;
  return commune?.kind === 'phường' ? 'ward' : 'commune';
}

function wordOf(villages: readonly Unit[]): VillageWord {
  const known = words.get(villages);
  if (known) return known;
  const quarters = villages.filter(({ kind }) => isQuarter(kind)).length;
  const word = quarters === 0 ? 'village' : quarters === villages.length ? 'quarter' : 'both';
  words.set(villages, word);
  return word;
}

/** By the list that the tree keeps for a stretch of days. */
const words = new WeakMap<readonly Unit[], VillageWord>();

function isQuarter(kind: string): boolean {
  return /^(?:tổ dân phố|khu phố|tdp)/iu.test(kind);
}
