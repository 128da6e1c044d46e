import type { UnitTree } from './units';

/** How the units below a commune are called together: `village` «thôn», `quarter` «tổ dân phố», `both` where there are some of each. */
export type VillageWord = 'village' | 'quarter' | 'both';

/**
 * The word for the villages at or below a unit on that day; where none is known, that of the commune's own kind: a phường has
 * tổ dân phố. Its words are `common:places.<word>`.
 */
export function villageWord(tree: UnitTree, unit: string, day: string): VillageWord {
  const quarters = tree.villagesUnder(unit, day).map(({ kind }) => isQuarter(kind));
  if (quarters.length > 0)
    return quarters.every(Boolean) ? 'quarter' : quarters.some(Boolean) ? 'both' : 'village';
  const top = tree.getNearest(unit, day);
  if (top?.level === 'village') return isQuarter(top.kind) ? 'quarter' : 'village';
  if (top?.level === 'commune') return top.kind === 'phường' ? 'quarter' : 'village';
  return 'both';
}

function isQuarter(kind: string): boolean {
  return /^(?:tổ dân phố|khu phố|tdp)/iu.test(kind);
}
