import type { Connection } from 'mongoose';
import { createClassNotices, type ClassNoticesDeps } from '../classes/chat/class-notices';
import { createClassTimers } from '../classes/class-timers';
import { createClassesRepo } from '../classes/classes.repo';
import { createClassesService, type ClassesDeps } from '../classes/classes.service';
import { vnDay } from '../kernel/vn-time';
import type { UserKey } from '../kernel/ids';
import type { OrgDirectory } from '../org/directory';

/** The parts of classes, joined: rows, what goes out, and what the clock does. */
export function openClasses(
  connection: Connection,
  deps: Omit<ClassNoticesDeps, 'directory'> &
    Pick<ClassesDeps, 'org' | 'clock'> & {
      readonly directory: OrgDirectory;
    },
) {
  const { directory } = deps;
  const notices = createClassNotices(deps);
  const repo = createClassesRepo(connection);
  const service = createClassesService({
    ...{ repo, notices, org: deps.org, clock: deps.clock, units: () => directory.tree },
    takeAskers: async () => [],
  });
  const communeOf = (user: UserKey, at: Date): string | null => {
    const day = vnDay(at);
    const units = directory
      .officesOf(user, at)
      .flatMap(({ unit }) => [directory.tree.get(unit, day), ...directory.tree.ancestors(unit, day)]);
    return units.find((unit) => unit?.level === 'commune')?.code ?? null;
  };
  return {
    service,
    timers: createClassTimers({ classes: service, notices }),
    /** What the talk reads. */
    view: { ...service, communeOf },
  };
}
