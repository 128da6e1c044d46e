import type { UserKey } from '../../../src/kernel/ids';
import { freshContact, type Contact } from '../../../src/contacts/contact';
import type { ContactsRepo } from '../../../src/contacts/contacts.repo';
import type { HeldRow, Outcome, OutboxRepo, PaceRepo, StoredPace } from '../../../src/outbox/outbox.repo';
import { NO_PACE } from '../../../src/outbox/rate-limit';

export interface Repos {
  readonly rows: OutboxRepo;
  readonly contacts: ContactsRepo;
  readonly pace: PaceRepo;
}

/**
 * What the document store would keep, in memory: for runs of thousands of messages in moved time. It outlives the
 * processes of a test, as a store does; each call answers a moment later, so that a kill can fall in between.
 */
export function memoryStore(): Repos {
  return { rows: memoryRows(), contacts: memoryContacts(), pace: memoryPace() };
}

const later = async <T>(value: () => T): Promise<T> => {
  await new Promise((resolve) => setImmediate(resolve));
  return value();
};

const isOpen = ({ state }: HeldRow): boolean => state === 'queued' || state === 'sending';
const byAge = (a: HeldRow, b: HeldRow): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || a.order - b.order;

function memoryRows(): OutboxRepo {
  const held = new Map<string, HeldRow>();
  const all = (which: (row: HeldRow) => boolean): HeldRow[] => [...held.values()].filter(which).sort(byAge);
  const change = ({ id, at, by, ...item }: Outcome): void => {
    const row = held.get(id);
    if (!row) return;
    const mine = isOpen(row) && (row.owner === null || row.owner === by);
    if (by !== undefined && item.state !== 'sent' && !mine) return;
    const waits = item.state === 'queued' || item.state === 'sending';
    held.set(id, {
      ...row,
      ...item,
      reason: item.reason ?? row.reason,
      notBefore: item.notBefore ?? row.notBefore,
      messageId: item.messageId ?? row.messageId,
      message: item.message ?? row.message,
      quota: item.quota ?? row.quota,
      sentAt: item.state === 'sent' ? at : row.sentAt,
      owner: waits ? item.owner : null,
    });
  };
  const part: Partial<OutboxRepo> = {
    insert: ({ row, order, state, owner, notBefore, begunAt }) =>
      later(() => {
        if (held.has(row.id)) return 'already';
        held.set(row.id, {
          ...row,
          order,
          state,
          owner,
          notBefore,
          ...(begunAt ? { begunAt } : {}),
          reason: null,
          attempts: 0,
          messageId: null,
          sentAt: null,
          deliveredAt: null,
          seenAt: null,
          quota: null,
        });
        return 'new';
      }),
    claim: ({ id, owner, at, sentAs }) =>
      later(() => {
        const row = held.get(id);
        if (!row || !(row.state === 'queued' || (row.state === 'sending' && row.owner === owner)))
          return false;
        const { sending: _, ...rest } = row;
        const sending = sentAs ? { sending: sentAs } : {};
        held.set(id, { ...rest, state: 'sending', owner, begunAt: at, ...sending });
        return true;
      }),
    record: (outcome) => later(() => change(outcome)),
    settleSending: (id, owner, outcome) =>
      later(() => {
        const row = held.get(id);
        if (row?.state !== 'sending' || (owner !== null && row.owner !== owner)) return false;
        change(outcome);
        return true;
      }),
    due: (now, limit) =>
      later(() => all((row) => row.state === 'queued' && row.notBefore <= now).slice(0, limit)),
    adopt: (ids, owner) =>
      later(() => {
        for (const id of ids) {
          const row = held.get(id);
          if (row?.state === 'queued') held.set(id, { ...row, owner });
        }
      }),
    byIds: (ids) => later(() => ids.flatMap((id) => held.get(id) ?? [])),
    isKnown: (ids) =>
      later(() => all(({ messageId }) => messageId !== null && ids.includes(messageId)).length > 0),
    sending: () => later(() => all((row) => row.state === 'sending')),
    openOf: (users) => later(() => all((row) => isOpen(row) && users.includes(row.to))),
    nextDue: (after) =>
      later(() => {
        const times = all((row) => row.state === 'queued' && row.notBefore > after).map(
          ({ notBefore }) => notBefore,
        );
        return times.reduce<Date | null>((a, b) => (a && a < b ? a : b), null);
      }),
    noteReceipts: () => later(() => undefined),
    noteEarly: () => later(() => undefined),
    forgetEarly: () => later(() => undefined),
    toPeople: (users, purposes, from, to) =>
      later(() => {
        const people = new Set(users);
        return all(
          (row) =>
            people.has(row.to) &&
            purposes.includes(row.purpose) &&
            row.createdAt >= from &&
            row.createdAt < to,
        );
      }),
    counts: () =>
      later(() => {
        const counts: Record<string, number> = {};
        for (const { state } of held.values()) counts[state] = (counts[state] ?? 0) + 1;
        return counts;
      }),
    spentIn: () =>
      later(() => {
        const paid = all((row) => (row.cost ?? 0) > 0);
        return { vnd: paid.reduce((sum, row) => sum + (row.cost ?? 0), 0), messages: paid.length };
      }),
    beat: () => later(() => undefined),
    leave: () => later(() => undefined),
    aliveSenders: () => later(() => new Set<string>()),
  };
  return part as OutboxRepo;
}

function memoryContacts(): ContactsRepo {
  const held = new Map<UserKey, Contact>();
  const note = (user: UserKey, change: Partial<Contact>): Promise<void> =>
    later(() => void held.set(user, { ...(held.get(user) ?? freshContact(user, null)), ...change }));
  return {
    noteInteraction: (user, at) => note(user, { lastInteractionAt: at }),
    noteUnfollowed: (user, at) => note(user, { unfollowedAt: at }),
    noteClosed: (user, at) => note(user, { closedAt: at }),
    noteUnreachable: (user, at, reason) => note(user, { unreachableAt: at, unreachableReason: reason }),
    noteHuman: (user, until) => note(user, { humanUntil: until }),
    get: (user) => later(() => held.get(user) ?? null),
    getMany: (users) =>
      later(() => {
        const found = users.flatMap((user) => held.get(user) ?? []);
        return new Map(found.map((contact) => [contact.user, contact]));
      }),
  };
}

function memoryPace(): PaceRepo {
  let held: StoredPace = { rev: 0, state: NO_PACE };
  return {
    load: () => later(() => held),
    save: (rev, state) =>
      later(() => {
        if (rev !== held.rev) return false;
        held = { rev: rev + 1, state };
        return true;
      }),
  };
}
