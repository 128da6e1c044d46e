import { reportId, type Report, type ReportKey } from './report';
import type { ReportsRepo } from './reports.repo';

/** So many reports are held; the one used longest ago goes first. A province of 2,850 villages has seven months in it. */
const HELD_MAX = 20_000;

/**
 * The reports of a process that is the only one to write them: what was read or written stays in memory, so that a turn
 * asks the store for nothing it already knows. Writes go to the store first and are held only once they are there; a
 * write that was refused or failed makes the next read look again. Where another process writes too, as a sheet read in does, `forget` must follow.
 */
export function holdReports(repo: ReportsRepo, max = HELD_MAX): ReportsRepo & { forget(): void } {
  const held = new Map<string, Report | null>();

  function hold(id: string, report: Report | null): void {
    held.delete(id);
    held.set(id, report);
    if (held.size > max) held.delete(held.keys().next().value as string);
  }

  async function get(key: ReportKey): Promise<Report | null> {
    const id = reportId(key);
    const known = held.get(id);
    if (known !== undefined) {
      hold(id, known);
      return known;
    }
    const read = await repo.get(key);
    // A write that ended while we read knows better.
    const newer = held.get(id);
    if (newer !== undefined) return newer;
    hold(id, read);
    return read;
  }

  return {
    ...repo,
    get,
    /** Lets go of everything: a sheet was read in beside this process. */
    forget: () => held.clear(),
    async getMany(keys) {
      return (await Promise.all(keys.map(get))).filter((report) => report !== null);
    },
    async unname(person, stand) {
      try {
        return await repo.unname(person, stand);
      } finally {
        held.clear();
      }
    },
    async save(before, after) {
      try {
        const saved = await repo.save(before, after);
        if (saved) hold(after.id, after);
        else held.delete(after.id);
        return saved;
      } catch (error) {
        held.delete(after.id);
        throw error;
      }
    },
  };
}
