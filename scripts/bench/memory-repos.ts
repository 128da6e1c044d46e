import type { Conversation } from '../../src/conversation/dialog';
import { newConversation } from '../../src/conversation/dialog';
import type { ConversationRepo } from '../../src/conversation/conversation.repo';
import type { InboxWorkerOptions } from '../../src/inbox/inbox-worker';
import type { InboxRepo, InboxRow } from '../../src/inbox/inbox.repo';
import type { UserKey } from '../../src/kernel/ids';
import type { UnitRecord } from '../../src/org/unit';
import type { OfficeDoc } from '../../src/org/org.model';
import type { OrgRepo } from '../../src/org/org.repo';
import { freshContact, type Contact } from '../../src/contacts/contact';
import type { ContactsRepo } from '../../src/contacts/contacts.repo';
import type { HeldRow, Insertion, OutboxRepo, PaceRepo, StoredPace } from '../../src/outbox/outbox.repo';
import { NO_PACE } from '../../src/outbox/rate-limit';
import { reportId, type Report } from '../../src/reporting/report';
import type { ReportsRepo } from '../../src/reporting/reports.repo';

/**
 * The repositories of one turn, held in memory: what S5 is measured against. They forget everything with their process
 * and write nothing. Only what a turn of a claimed leader asks of a repository is there.
 */
export function memoryInbox(): Pick<InboxRepo, 'insert'> & InboxWorkerOptions['repo'] {
  const seen = new Set<string>();
  const waiting = new Map<UserKey | null, InboxRow[]>();
  const owners = new Map<string, UserKey | null>();
  const drop = (id: string): void => {
    const user = owners.get(id) ?? null;
    const left = (waiting.get(user) ?? []).filter((row) => row.id !== id);
    if (left.length > 0) waiting.set(user, left);
    else waiting.delete(user);
    owners.delete(id);
  };
  return {
    async insert(row) {
      if (seen.has(row.id)) return 'seen';
      seen.add(row.id);
      owners.set(row.id, row.user);
      const list = waiting.get(row.user);
      if (list) list.push(row);
      else waiting.set(row.user, [row]);
      return 'new';
    },
    waiting: async (user, limit) => (waiting.get(user) ?? []).slice(0, limit),
    waitingUsers: async () => [...waiting.keys()],
    countWaiting: async () => waiting.size,
    done: async (id) => drop(id),
    interrupted: async () => undefined,
    // A yardstick that fails measures nothing, and its retries would take the time of what is measured.
    failed: async (id, reason) => {
      process.stderr.write(`${id}: ${reason}\n`);
      process.exit(1);
    },
    setAside: async (id) => drop(id),
  };
}

export function memoryConversations(): ConversationRepo {
  const held = new Map<UserKey, { conversation: Conversation; fence: number }>();
  return {
    async take(user) {
      const before = held.get(user) ?? { conversation: newConversation(user), fence: 0 };
      const lease = { ...before, fence: before.fence + 1 };
      held.set(user, lease);
      return lease;
    },
    async save(conversation, fence) {
      if (held.get(conversation.user)?.fence !== fence) return false;
      held.set(conversation.user, { conversation, fence });
      return true;
    },
    renew: async () => undefined,
    release: async () => undefined,
    find: async (user) => held.get(user)?.conversation ?? null,
  };
}

export function memoryReports(now: () => Date): ReportsRepo {
  const held = new Map<string, Report>();
  const all = (form: string, period: string): Report[] =>
    [...held.values()].filter((report) => report.form === form && report.period === period);
  return {
    machineNow: now,
    get: async (key) => held.get(reportId(key)) ?? null,
    extended: async (form, period) =>
      new Map(all(form, period).flatMap(({ unit, extendedTo }) => (extendedTo ? [[unit, extendedTo]] : []))),
    getMany: async (keys) => keys.flatMap((key) => held.get(reportId(key)) ?? []),
    async save(before, after) {
      if ((held.get(after.id)?.rev ?? 0) !== (before?.rev ?? 0)) return false;
      held.set(after.id, after);
      return true;
    },
    unname: async () => 0,
    ofUnits: async (form, period, units) => all(form, period).filter((report) => units.includes(report.unit)),
    sendings: async (form, period) =>
      new Map(
        all(form, period).flatMap(({ unit, late, submittedAt }) =>
          submittedAt ? [[unit, { unit, late, submittedAt }] as const] : [],
        ),
      ),
    async eachOf(form, period, visit) {
      for (const report of all(form, period)) visit(report);
    },
    changedSince: async () => [],
  };
}

export function memoryContacts(): ContactsRepo {
  const held = new Map<UserKey, Contact>();
  const note = async (user: UserKey, change: Partial<Contact>): Promise<void> => {
    held.set(user, { ...(held.get(user) ?? freshContact(user, null)), ...change });
  };
  return {
    noteInteraction: (user, at) => note(user, { lastInteractionAt: at }),
    noteUnfollowed: (user, at) => note(user, { unfollowedAt: at }),
    noteClosed: (user, at) => note(user, { closedAt: at }),
    noteUnreachable: (user, at, reason) => note(user, { unreachableAt: at, unreachableReason: reason }),
    noteHuman: (user, until) => note(user, { humanUntil: until }),
    get: async (user) => held.get(user) ?? null,
    getMany: async (users) =>
      new Map(
        users.flatMap((user) => {
          const contact = held.get(user);
          return contact ? [[user, contact] as const] : [];
        }),
      ),
  };
}

export function memoryPace(): PaceRepo {
  let held: StoredPace = { rev: 0, state: NO_PACE };
  return {
    load: async () => held,
    async save(rev, state) {
      if (rev !== held.rev) return false;
      held = { rev: rev + 1, state };
      return true;
    },
  };
}

type OutboxPart = Pick<
  OutboxRepo,
  | 'insert'
  | 'claim'
  | 'record'
  | 'due'
  | 'sending'
  | 'nextDue'
  | 'adopt'
  | 'byIds'
  | 'noteReceipts'
  | 'spentIn'
  | 'forget'
  | 'forgetEarly'
  | 'noteEarly'
  | 'aliveSenders'
>;

export function memoryOutbox(): OutboxRepo {
  const held = new Map<string, Insertion>();
  const finished = new Set<string>();
  const rowOf = ({ row, order, state, owner, notBefore }: Insertion): HeldRow => ({
    ...row,
    order,
    state,
    owner,
    notBefore,
    reason: null,
    attempts: 0,
    messageId: null,
    sentAt: null,
    deliveredAt: null,
    seenAt: null,
    quota: null,
  });
  const open = (state: string): Insertion[] => [...held.values()].filter((row) => row.state === state);
  const part: OutboxPart = {
    async insert(item) {
      if (held.has(item.row.id) || finished.has(item.row.id)) return 'already';
      held.set(item.row.id, item);
      return 'new';
    },
    async claim({ id, owner }) {
      const row = held.get(id);
      if (!row) return false;
      held.set(id, { ...row, state: 'sending', owner });
      return true;
    },
    async record({ id, state, notBefore }) {
      const row = held.get(id);
      if (state === 'queued' && row) held.set(id, { ...row, state, notBefore: notBefore ?? row.notBefore });
      else if (held.delete(id)) finished.add(id);
    },
    due: async (now, limit) =>
      open('queued')
        .filter((row) => row.notBefore <= now)
        .slice(0, limit)
        .map(rowOf),
    sending: async () => open('sending').map(rowOf),
    async nextDue(after) {
      const later = open('queued').filter((row) => row.notBefore > after);
      return later.reduce<Date | null>((a, b) => (a && a < b.notBefore ? a : b.notBefore), null);
    },
    adopt: async () => undefined,
    byIds: async (ids) => ids.flatMap((id) => held.get(id) ?? []).map(rowOf),
    noteReceipts: async () => undefined,
    spentIn: async () => ({ vnd: 0, messages: 0 }),
    forget: async () => 0,
    forgetEarly: async () => undefined,
    noteEarly: async () => undefined,
    aliveSenders: async () => new Set(),
  };
  return part as OutboxRepo;
}

/** An organisation that does not change. */
export function memoryOrg(units: readonly UnitRecord[], offices: readonly OfficeDoc[]): OrgRepo {
  const part: Pick<OrgRepo, 'revision' | 'units' | 'offices' | 'officesOfUser' | 'latestConsent'> = {
    revision: async () => ({ units: 1, offices: 1 }),
    units: async () =>
      units.map(({ code, level, spans }) => ({ _id: code, level, spans: [...spans], rev: 1 })),
    offices: async () => [...offices],
    officesOfUser: async (user) => offices.filter((office) => office.user === user),
    latestConsent: async (user) => offices.find((office) => office.user === user)?.consent ?? null,
  };
  return part as OrgRepo;
}
