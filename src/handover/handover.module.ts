import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import type { StoredEvent } from '../channels/stored-event';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Preferences } from '../contacts/preferences';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { MINUTE } from '../kernel/vn-time';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { Logger } from '../observability/logger';
import type { OrgDirectory } from '../org/directory';
import type { StrangerNotices } from '../org/stranger-notices';
import { formerCommunes } from '../org/seed/former-communes';
import type { Conditions } from '../outbox/outbox-row';
import type { Outbox } from '../outbox/outbox';
import type { OwnSends } from '../outbox/send-records';
import { hasUnfollowed, windowOf } from '../outbox/policy';
import type { SendRules } from '../outbox/send-rules';
import { isOfThread } from './chat/tell';
import { threadEffects } from './chat/thread-effects';
import { ThreadSweep } from './chat/thread-sweep';
import { ThreadsService } from './chat/threads.service';
import { communeOf, createPlaces } from './commune-of';
import { deskOf, takersAt } from './desk';
import { handoverJobs } from './handover.jobs';
import type { HandoverView, Reachable } from './handover-view';
import { createTakeoverRepo } from './takeover.repo';
import { Takeovers } from './takeovers';
import { threadTimes } from './thread-times';
import { Threads } from './threads';
import { createThreadsRepo } from './threads.repo';

export interface HandoverModuleDeps {
  readonly config: { readonly HANDOVER_PROMISE_MINUTES: number; readonly HUMAN_TAKEOVER_MINUTES: number };
  readonly connection: Connection;
  readonly singleProcess: boolean;
  readonly calendars: { readonly work: WorkCalendar };
  readonly org: { readonly directory: OrgDirectory };
  readonly posts: { readonly strangers: Pick<StrangerNotices, 'admit'> };
  readonly contacts: {
    readonly repo: Pick<ContactsRepo, 'get' | 'noteHuman'>;
    readonly preferences: Pick<Preferences, 'communeOf'>;
  };
  readonly outbox: Pick<Outbox, 'enqueue' | 'reachOf'> & {
    readonly rules: SendRules;
    readonly conditions: Conditions;
    readonly ownSends: OwnSends;
  };
  readonly audit: { readonly service: Pick<AuditService, 'note'> };
  readonly log: Pick<Logger, 'info'>;
  readonly wordsFor: (user: UserKey) => Words;
}

/** The talks between people: their store, what the dialogs read, what writes them and what the calendar does. */
export function openHandover(deps: HandoverModuleDeps) {
  const { config, connection, singleProcess, contacts, outbox, wordsFor } = deps;
  const { directory } = deps.org;
  const times = threadTimes(deps.calendars.work, {
    promiseMinutes: config.HANDOVER_PROMISE_MINUTES,
    silenceMinutes: config.HUMAN_TAKEOVER_MINUTES,
  });
  const repo = createThreadsRepo(connection);
  const threads = new Threads({
    ...{ repo, times, directory, singleProcess, audit: deps.audit.service },
  });
  const takeovers = new Takeovers({
    ...{ repo: createTakeoverRepo(connection), singleProcess },
    forMs: config.HUMAN_TAKEOVER_MINUTES * MINUTE,
  });
  const reachable = createReachable(contacts.repo, outbox);
  const shared = { threads, times, directory, enqueue: outbox.enqueue, wordsFor };
  const { strangers } = deps.posts;
  const service = new ThreadsService({ ...shared, strangers });
  const sweep = new ThreadSweep({ ...shared, reachable });
  outbox.conditions.whenUnreachable(async (row, at) => {
    if (isOfThread(row)) await sweep.notReached(row.to, at);
  });
  const view: HandoverView = {
    times,
    openOf: (user) => threads.openOf(user),
    lastOf: (user, at) => threads.lastOf(user, at),
    get: (id) => threads.get(id),
    queueFor: (offices, at) => threads.queueFor(offices, at),
    waitingAt: (desk) => threads.waitingAt(desk),
    reachable,
    communeOf: (user, at) => communeOf(directory, contacts.preferences.communeOf(user), user, at),
    places: createPlaces(directory, formerCommunes()),
  };
  return {
    threads,
    takeovers,
    sweep,
    view,
    communeOf: (user: UserKey, at: Date) => view.communeOf(user, at),
    /** Every talk the person asked for. */
    ofPerson: (user: UserKey) => repo.of(user),
    stuck: stuckTalks(service, view, directory),
    effects: threadEffects(service),
    events: handoverEvents({
      ...{ takeovers, threads: sweep, contacts: contacts.repo, ownSends: outbox.ownSends, log: deps.log },
    }),
    jobs: handoverJobs(sweep, (after) => threads.nextDue(after)),
  };
}

export interface HandoverEventDeps {
  readonly takeovers: Pick<Takeovers, 'humanWrote'>;
  readonly threads: Pick<ThreadSweep, 'personLeft' | 'answeredByHand'>;
  readonly contacts: Pick<ContactsRepo, 'noteHuman'>;
  readonly ownSends: OwnSends;
  readonly log: Pick<Logger, 'info'>;
}

/** A person of the office wrote by hand, or the person who was waiting has left. */
export function handoverEvents({ takeovers, threads, contacts, ownSends, log }: HandoverEventDeps) {
  return {
    /** An echo of our own message never silences us, whatever it carries. */
    async echo({ user, event, eventAt, arrivedAt }: StoredEvent): Promise<void> {
      const to = user ?? event.from ?? null;
      if (event.byHuman !== true || to === null) return;
      if (await ownSends.isOurs(to, event.messageIds ?? [])) return;
      // One that was delivered late does not silence us now.
      const at = eventAt < arrivedAt ? eventAt : arrivedAt;
      await threads.answeredByHand(to, at);
      const until = await takeovers.humanWrote(to, at);
      if (until === null) return;
      await contacts.noteHuman(to, until);
      log.info({ until }, 'a person of the office writes in this talk');
    },
    async unfollowed({ user, eventAt }: StoredEvent): Promise<void> {
      if (user !== null) await threads.personLeft(user, eventAt);
    },
  };
}

function createReachable(contacts: Pick<ContactsRepo, 'get'>, outbox: HandoverModuleDeps['outbox']) {
  const { rules } = outbox;
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

interface StuckTalk {
  readonly id: string;
  readonly unit: string;
  readonly user: UserKey;
  readonly topic: string;
  readonly at: Date;
}

/** What a directive's «vướng» opens: a talk with the unit above. */
function stuckTalks(service: ThreadsService, view: HandoverView, directory: OrgDirectory) {
  return {
    promisedAt: (unit: string, at: Date): Date | null =>
      takersAt(directory, deskOf(directory, 'stuck', unit, at), at).length > 0
        ? view.times.promise(at)
        : null,
    open: async ({ id, unit, user, topic, at }: StuckTalk): Promise<boolean> =>
      (await service.open({ id, kind: 'stuck', unit, by: user, topic, at })) !== null,
  };
}
