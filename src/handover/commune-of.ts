import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { PlacesKnown } from '../org/communes';
import type { OrgDirectory } from '../org/directory';
import type { UnitTree } from '../org/units';

/**
 * The commune a person lives in: `said` is what they told us, else it is that of their post. One that became part of
 * another is that other; one that was divided is asked for again. Null: not known.
 */
export function communeOf(
  directory: Pick<OrgDirectory, 'tree' | 'officesOf'>,
  said: string | null,
  user: UserKey,
  at: Date,
): string | null {
  const day = vnDay(at);
  const { tree } = directory;
  if (said !== null) return present(tree, said, day);
  for (const { unit } of directory.officesOf(user, at)) {
    const found = [tree.get(unit, day), ...tree.ancestors(unit, day)].find((one) => one?.level === 'commune');
    if (found) return found.code;
  }
  return null;
}

function present(tree: UnitTree, code: string, day: string, hops = 3): string | null {
  if (tree.get(code, day)) return code;
  const into = tree.endOf(code, day)?.into ?? [];
  return into.length === 1 && into[0] && hops > 0 ? present(tree, into[0], day, hops - 1) : null;
}

/** The names of a day by which people say where they live; made once for each tree and day. */
export function createPlaces(
  directory: Pick<OrgDirectory, 'tree'>,
  former: readonly { readonly name: string; readonly into: string }[],
): (at: Date) => PlacesKnown {
  let held: { readonly tree: UnitTree; readonly day: string; readonly places: PlacesKnown } | null = null;
  return (at) => {
    const day = vnDay(at);
    const { tree } = directory;
    if (held?.tree === tree && held.day === day) return held.places;
    const communes = tree.roots(day).flatMap(({ code }) => tree.communesUnder(code, day));
    const villages = communes.flatMap(({ code }) =>
      tree.villagesUnder(code, day).map(({ name }) => ({ name, commune: code })),
    );
    const there = new Set(communes.map(({ code }) => code));
    held = {
      tree,
      day,
      places: { communes, former: former.filter(({ into }) => there.has(into)), villages },
    };
    return held.places;
  };
}
