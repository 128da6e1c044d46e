import type { Connection } from 'mongoose';
import { createClassNotices, type ClassNoticesDeps } from '../classes/chat/class-notices';
import { createClassTimers } from '../classes/class-timers';
import { createClassesRepo } from '../classes/classes.repo';
import { createClassesService, type ClassesDeps } from '../classes/classes.service';
import { createAskedRepo } from '../classes/asked.repo';
import { createAskedService } from '../classes/asked.service';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { UserKey } from '../kernel/ids';
import type { OrgDirectory } from '../org/directory';

/** The parts of classes, joined: rows, what goes out, and what the clock does. */
export function openClasses(
  connection: Connection,
  deps: Omit<ClassNoticesDeps, 'directory'> &
    Pick<ClassesDeps, 'org' | 'clock'> & {
      readonly directory: OrgDirectory;
      readonly key: Buffer;
      readonly calendar: WorkCalendar;
      /** The commune of the person, the one they live in before that of a post; null: not known. */
      readonly communeOf: (user: UserKey, at: Date) => string | null;
    },
) {
  const { directory } = deps;
  const notices = createClassNotices(deps);
  const asked = createAskedService({
    repo: createAskedRepo(connection, deps.key),
    communeOf: deps.communeOf,
  });
  const repo = createClassesRepo(connection);
  const service = createClassesService({
    ...{ repo, notices, org: deps.org, clock: deps.clock, units: () => directory.tree },
    takeAskers: (what) => asked.take(what),
  });
  return {
    service,
    timers: createClassTimers({
      ...{ classes: service, notices, asked, calendar: deps.calendar },
      units: () => directory.tree,
    }),
    /** What the talk reads. */
    view: {
      ...service,
      communeOf: deps.communeOf,
      askedIn: (week: string, commune: string) => asked.countsOf(week, commune),
    },
    asked,
    /** What they signed up for and asked goes; classes they led stay with the unit. */
    async unname(user: UserKey, stand: UserKey): Promise<void> {
      await service.unname(user, stand);
      await asked.erase(user);
    },
  };
}
