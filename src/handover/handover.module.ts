import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import type { Config } from '../config/config';
import type { StuckTalks } from '../directives/deps';
import { deskOf, takersAt } from '../handover/desk';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Preferences } from '../contacts/preferences';
import { ThreadSweep } from '../handover/chat/thread-sweep';
import { ThreadsService } from '../handover/chat/threads.service';
import { communeOf, createPlaces } from '../handover/commune-of';
import type { HandoverView, Reachable } from '../handover/handover-view';
import { threadTimes } from '../handover/thread-times';
import { Threads } from '../handover/threads';
import { createThreadsRepo } from '../handover/threads.repo';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { OrgDirectory } from '../org/directory';
import { formerCommunes } from '../org/seed/former-communes';
import type { Outbox } from '../outbox/outbox';
import { hasUnfollowed, type SendRules, windowOf } from '../outbox/policy';

/** The talks between people: their store, what the dialogs read, what writes them and what the calendar does. */
export interface Handover {
  readonly threads: Threads;
  readonly view: HandoverView;
  readonly service: ThreadsService;
  readonly sweep: ThreadSweep;
}

export interface HandoverDeps {
  readonly config: Config;
  readonly connection: Connection;
  readonly singleProcess: boolean;
  readonly work: WorkCalendar;
  readonly directory: OrgDirectory;
  readonly preferences: Pick<Preferences, 'communeOf'>;
  readonly contacts: Pick<ContactsRepo, 'get'>;
  readonly outbox: Pick<Outbox, 'enqueue' | 'reachOf'>;
  readonly rules: SendRules;
  readonly audit: Pick<AuditService, 'note'>;
  readonly wordsFor: (user: UserKey) => Words;
}

export function createHandover(deps: HandoverDeps): Handover {
  const { config, connection, singleProcess, directory, outbox, preferences, wordsFor } = deps;
  const times = threadTimes(deps.work, {
    promiseMinutes: config.HANDOVER_PROMISE_MINUTES,
    silenceMinutes: config.HUMAN_TAKEOVER_MINUTES,
  });
  const threads = new Threads({
    ...{ repo: createThreadsRepo(connection), times, directory, singleProcess, audit: deps.audit },
  });
  const reachable = createReachable(deps);
  const shared = { threads, times, directory, enqueue: outbox.enqueue, wordsFor };
  return {
    threads,
    service: new ThreadsService(shared),
    sweep: new ThreadSweep({ ...shared, reachable }),
    view: {
      times,
      openOf: (user) => threads.openOf(user),
      lastOf: (user, at) => threads.lastOf(user, at),
      get: (id) => threads.get(id),
      queueFor: (offices, at) => threads.queueFor(offices, at),
      reachable,
      communeOf: (user, at) => communeOf(directory, preferences.communeOf(user), user, at),
      places: createPlaces(directory, formerCommunes()),
    },
  };
}

function createReachable({ contacts, outbox, rules }: HandoverDeps) {
  return async (user: UserKey, at: Date): Promise<Reachable> => {
    const [contact, reply, notice] = await Promise.all([
      contacts.get(user),
      outbox.reachOf([user], 'reply', at),
      outbox.reachOf([user], 'notice', at),
    ]);
    const last = contact?.lastInteractionAt ?? null;
    const left = hasUnfollowed(contact);
    const byText = !left && reply.get(user)?.by === 'text';
    const free = byText && windowOf(contact, at, rules) === 'free';
    const ends = rules.windows !== false && free && last !== null;
    return {
      byText,
      atAll: byText || (!left && notice.get(user) !== undefined && notice.get(user)?.by !== 'nothing'),
      free,
      freeUntil: ends ? new Date(last.getTime() + rules.freeWindowMs) : null,
    };
  };
}

/** What a directive's «vướng» opens: a talk with the unit above. */
export function stuckTalks({ service, view }: Handover, directory: OrgDirectory): StuckTalks {
  return {
    promisedAt: (unit, at) =>
      takersAt(directory, deskOf(directory, 'stuck', unit, at), at).length > 0
        ? view.times.promise(at)
        : null,
    open: async ({ id, unit, user, topic, at }) =>
      (await service.open({ id, kind: 'stuck', unit, by: user, topic, at })) !== null,
  };
}
