import type { AnyBulkWriteOperation, Connection } from 'mongoose';
import { Coalescer, lookUps } from '../kernel/coalesce';
import type { Erases } from '../kernel/erases';
import type { UserKey } from '../kernel/ids';
import { inVietnam } from '../kernel/vn-time';
import { newer } from '../kernel/instants';
import { freshContact, type Contact } from './contact';
import { contactModel, type ContactDoc } from './contacts.model';

/** When and how each person can be reached. Writes of many people go out together; instants only move forward. */
export interface ContactsRepo {
  /** The person did something that opens the channel's window, at this instant. */
  noteInteraction(user: UserKey, at: Date): Promise<void>;
  noteUnfollowed(user: UserKey, at: Date): Promise<void>;
  /** The channel said the window is closed, to a send begun at `at`. */
  noteClosed(user: UserKey, at: Date): Promise<void>;
  /** The channel refused for good, to a send begun at `at`. */
  noteUnreachable(user: UserKey, at: Date, reason: string): Promise<void>;
  /** Somebody of the office answers the person by hand; until then the bot keeps silent. An earlier, longer silence stands. */
  noteHuman(user: UserKey, until: Date): Promise<void>;
  get(user: UserKey): Promise<Contact | null>;
  /** People of whom nothing is known are left out. */
  getMany(users: readonly UserKey[]): Promise<ReadonlyMap<UserKey, Contact>>;
}

/** When these people last wrote; those never heard of are left out. */
export async function lastContacts(
  contacts: Pick<ContactsRepo, 'getMany'>,
  users: readonly UserKey[],
): Promise<ReadonlyMap<UserKey, Date>> {
  const found = await contacts.getMany(users);
  return new Map(
    [...found].flatMap(([user, { lastInteractionAt }]) =>
      lastInteractionAt ? [[user, lastInteractionAt] as const] : [],
    ),
  );
}

type Instant = 'lastInteractionAt' | 'closedAt' | 'unreachableAt' | 'unfollowedAt' | 'humanUntil';

interface Note {
  readonly user: UserKey;
  readonly max: Partial<Record<Instant, Date>>;
  readonly reason?: string;
  readonly wrote?: Readonly<Record<string, number>>;
}

/** Contacts in the document store. A read sees every note handed in before it, written or not. */
export function createContactsRepo(connection: Connection): ContactsRepo & Erases {
  const model = contactModel(connection);
  const writing = new Map<UserKey, { contact: Contact; notes: number }>();

  const writer = new Coalescer<Note, void>(
    async (notes) => {
      await model.collection.bulkWrite(merge(notes) as never[], { ordered: false });
      return notes.map(() => undefined);
    },
    // No answer waits for it, and a read sees what is not written yet.
    { max: 500, everyMs: 20 },
  );
  const reader = lookUps(
    (users) => model.collection.find<ContactDoc>({ _id: { $in: users } } as never).toArray(),
    contactOf,
    2,
  );

  async function note(entry: Note): Promise<void> {
    const held = writing.get(entry.user) ?? { contact: freshContact(entry.user, null), notes: 0 };
    writing.set(entry.user, { contact: applied(held.contact, entry), notes: held.notes + 1 });
    try {
      await writer.add(entry);
    } finally {
      const left = writing.get(entry.user);
      if (left && left.notes > 1) writing.set(entry.user, { ...left, notes: left.notes - 1 });
      else writing.delete(entry.user);
    }
  }

  async function getMany(users: readonly UserKey[]): Promise<ReadonlyMap<UserKey, Contact>> {
    const found = new Map<UserKey, Contact>();
    await Promise.all(
      users.map(async (user) => {
        const pending = writing.get(user)?.contact;
        const stored = await reader.add(user);
        const contact = pending ? combined(stored, pending) : stored;
        if (contact) found.set(user, contact);
      }),
    );
    return found;
  }

  return {
    noteInteraction: (user, at) => note({ user, max: { lastInteractionAt: at }, wrote: hourOf(at) }),
    noteUnfollowed: (user, at) => note({ user, max: { unfollowedAt: at } }),
    noteClosed: (user, at) => note({ user, max: { closedAt: at } }),
    noteUnreachable: (user, at, reason) => note({ user, max: { unreachableAt: at }, reason }),
    noteHuman: (user, until) => note({ user, max: { humanUntil: until } }),
    get: async (user) => (await getMany([user])).get(user) ?? null,
    getMany,
    /** All but that the person must not be written to. */
    async erase(user) {
      const all = {
        lastInteractionAt: '',
        closedAt: '',
        unreachableAt: '',
        unreachableReason: '',
        humanUntil: '',
        wrote: '',
      } as const;
      await model.collection.updateOne({ _id: user as never }, { $unset: all });
    },
  };
}

/** One update for each person, since two upserts of the same person in one unordered batch could collide. */
function merge(notes: readonly Note[]): AnyBulkWriteOperation<ContactDoc>[] {
  const byUser = new Map<UserKey, Note>();
  for (const entry of notes) {
    const before = byUser.get(entry.user);
    byUser.set(entry.user, before ? joined(before, entry) : entry);
  }
  return [...byUser.values()].map(({ user, max, reason, wrote }) => ({
    updateOne: {
      filter: { _id: user },
      update: { $max: max, ...setting(reason, wrote) },
      upsert: true,
    },
  }));
}

function setting(reason?: string, wrote: Readonly<Record<string, number>> = {}) {
  const set: Record<string, string | number> = reason === undefined ? {} : { unreachableReason: reason };
  for (const [day, hour] of Object.entries(wrote)) set[`wrote.${day}`] = hour;
  return Object.keys(set).length === 0 ? {} : { $set: set };
}

/** One hour for each day of the month: what a person did a month ago on that day is overwritten, so little is kept. */
function hourOf(at: Date): Record<string, number> {
  const { day, hour } = inVietnam(at);
  return { [`d${day}`]: hour };
}

function joined(a: Note, b: Note): Note {
  const max = { ...a.max };
  for (const [key, at] of Object.entries(b.max) as [Instant, Date][]) max[key] = newer(max[key] ?? null, at);
  const reason = b.reason ?? a.reason;
  const wrote = both(a.wrote, b.wrote);
  return { user: a.user, max, ...(reason === undefined ? {} : { reason }), ...(wrote ? { wrote } : {}) };
}

function applied(contact: Contact, entry: Note): Contact {
  return combined(contact, {
    ...freshContact(contact.user, null),
    ...entry.max,
    unreachableReason: entry.reason ?? null,
    ...(entry.wrote ? { wrote: entry.wrote } : {}),
  });
}

function both(a?: Readonly<Record<string, number>>, b?: Readonly<Record<string, number>>) {
  return a || b ? { ...a, ...b } : undefined;
}

function combined(a: Contact | null, b: Contact): Contact {
  if (!a) return b;
  const wrote = both(a.wrote, b.wrote);
  return {
    ...(wrote ? { wrote } : {}),
    user: b.user,
    lastInteractionAt: newer(a.lastInteractionAt, b.lastInteractionAt),
    closedAt: newer(a.closedAt, b.closedAt),
    unreachableAt: newer(a.unreachableAt, b.unreachableAt),
    unreachableReason: b.unreachableReason ?? a.unreachableReason,
    unfollowedAt: newer(a.unfollowedAt, b.unfollowedAt),
    humanUntil: newer(a.humanUntil, b.humanUntil),
  };
}

function contactOf(doc: ContactDoc): Contact {
  return {
    user: doc._id,
    lastInteractionAt: doc.lastInteractionAt ?? null,
    closedAt: doc.closedAt ?? null,
    unreachableAt: doc.unreachableAt ?? null,
    unreachableReason: doc.unreachableReason ?? null,
    unfollowedAt: doc.unfollowedAt ?? null,
    humanUntil: doc.humanUntil ?? null,
    ...(doc.wrote ? { wrote: doc.wrote } : {}),
  };
}
