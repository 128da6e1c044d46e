import type { Release } from '../../src/reporting/release';
import type { ReleasesRepo } from '../../src/reporting/releases.repo';

/** Releases in memory with the rules of the real store. */
export function memoryReleases(): ReleasesRepo {
  const all = new Map<string, { release: Release; effectId: string }>();
  const change = (id: string, what: Partial<Release>): void => {
    const known = all.get(id);
    if (known) all.set(id, { ...known, release: { ...known.release, ...what } });
  };
  return {
    async insert(release, effectId) {
      const known = all.get(release.id);
      if (!known) all.set(release.id, { release, effectId });
      return known === undefined || known.effectId === effectId;
    },
    heads: async (period) =>
      [...all.values()]
        .map(({ release: { forms: _forms, ...head } }) => head)
        .filter((head) => head.period === period),
    get: async (id) => all.get(id)?.release ?? null,
    async settle(id, by, at, confirms) {
      const known = all.get(id)?.release;
      if (!known || known.confirmedBy !== null || known.refusedBy !== null) return false;
      change(id, confirms ? { confirmedBy: by, confirmedAt: at } : { refusedBy: by });
      return true;
    },
    async unname(person, stand) {
      for (const { release } of all.values())
        for (const field of ['by', 'confirmedBy', 'refusedBy'] as const)
          if (release[field] === person) change(release.id, { [field]: stand });
    },
  };
}
