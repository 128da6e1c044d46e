import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { Article } from '../knowledge/article';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import type { Enqueue } from '../outbox/outbox-row';
import { createAskedRepo } from './asked.repo';
import { createAskedService } from './asked.service';
import { classEffects } from './chat/class-effects';
import { createClassNotices } from './chat/class-notices';
import { createClassTimers } from './class-timers';
import { classJobs } from './classes.jobs';
import { createClassesRepo } from './classes.repo';
import { createClassesService } from './classes.service';

export interface ClassesModuleDeps {
  readonly connection: Connection;
  readonly key: Buffer;
  readonly calendars: { readonly work: WorkCalendar };
  readonly org: { readonly directory: OrgDirectory; readonly service: OrgService };
  readonly outbox: { readonly enqueue: Enqueue };
  readonly audit: { readonly service: Pick<AuditService, 'note'> };
  readonly articles: (locale: string) => readonly Article[];
  readonly wordsOf: (locale: string) => Words;
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
  /** The commune of the person, the one they live in before that of a post; null: not known. */
  readonly communeOf: (user: UserKey, at: Date) => string | null;
}

/** Classes and who asked for them: the parts of this folder, joined. */
export function openClasses(deps: ClassesModuleDeps) {
  const { connection, communeOf, wordsOf, wordsFor, isMuted } = deps;
  const { directory, service: org } = deps.org;
  const units = () => directory.tree;
  const notices = createClassNotices({
    ...{ directory, enqueue: deps.outbox.enqueue, calendar: deps.calendars.work, wordsFor, isMuted },
    titleOf: (locale, topic) =>
      deps.articles(locale).find(({ id }) => id === topic)?.title ?? wordsOf(locale).t('classes:asked.other'),
    ownerOf: (topic) => deps.articles('vi').find(({ id }) => id === topic)?.owner ?? null,
  });
  const askedRepo = createAskedRepo(connection, deps.key);
  const asked = createAskedService({ repo: askedRepo, communeOf });
  const service = createClassesService({
    ...{ repo: createClassesRepo(connection), notices, org, audit: deps.audit.service },
    takeAskers: (what) => asked.take(what),
  });
  const timers = createClassTimers({
    ...{ classes: service, notices, asked, calendar: deps.calendars.work, units },
  });
  return {
    service,
    /** What the talk reads. */
    view: {
      ...service,
      communeOf,
      askedIn: (week: string, commune: string) => asked.countsOf(week, commune),
    },
    /** What is kept about a person here. */
    kept: {
      signedUpBefore: (user: UserKey, at: Date) => service.signedUpBefore(user, at),
      wishesOf: (user: UserKey) => askedRepo.agreedTo(user),
    },
    effects: classEffects(service, asked),
    jobs: classJobs(timers),
    /** What they signed up for and asked goes; classes they led stay with the unit. */
    async unname(user: UserKey, stand: UserKey): Promise<void> {
      await service.unname(user, stand);
      await asked.erase(user);
    },
  };
}
