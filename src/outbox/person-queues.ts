import type { UserKey } from '../kernel/ids';
import type { HeldRow } from './outbox.repo';
import type { Lane as Kind } from './rate-limit';

/** One person's rows of one kind, oldest first. While the first waits, those behind it wait too. */
interface Line {
  rows: HeldRow[];
  blockedUntil: number;
}

interface PersonQueue {
  readonly user: UserKey;
  busy: boolean;
  readonly reply: Line;
  readonly campaign: Line;
}

const KINDS: readonly Kind[] = ['reply', 'campaign'];

export function kindOf(row: Pick<HeldRow, 'purpose'>): Kind {
  return row.purpose === 'reply' ? 'reply' : 'campaign';
}

/** Whether the first was written before the second. */
export function isBefore(a: HeldRow, b: HeldRow): boolean {
  return a.createdAt < b.createdAt || (a.createdAt.getTime() === b.createdAt.getTime() && a.order < b.order);
}

/**
 * The rows this process has in hand, by person. Each person has at most one row under way; replies go before what we
 * began ourselves, and within each the order of writing holds. A person is busy, or offered for one kind, or waits until
 * the first row of a line may be tried again. Nothing here is stored.
 */
export class PersonQueues {
  private readonly people = new Map<UserKey, PersonQueue>();
  private readonly ids = new Set<string>();
  private readonly ready: Record<Kind, Set<UserKey>> = { reply: new Set(), campaign: new Set() };
  /** Those whose row was tried before: they have waited longest and go first. */
  private readonly again: Record<Kind, Set<UserKey>> = { reply: new Set(), campaign: new Set() };
  private readonly blocked = new Set<UserKey>();

  /** Rows in hand, those under way included. */
  get size(): number {
    return this.ids.size;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** Whether nothing of this person is in hand. */
  isIdle(user: UserKey): boolean {
    return !this.people.has(user);
  }

  /** Puts a row in its place. False when it was in hand already. */
  add(row: HeldRow, now: number): boolean {
    if (this.ids.has(row.id)) return false;
    this.ids.add(row.id);
    const person = this.person(row.to);
    const { rows } = person[kindOf(row)];
    const at = rows.findLastIndex((other) => !isBefore(row, other));
    rows.splice(at + 1, 0, row);
    this.offer(person, now);
    return true;
  }

  /** A row whose send begins without waiting; its person must be idle. */
  addBusy(row: HeldRow): void {
    this.ids.add(row.id);
    const person = this.person(row.to);
    person.busy = true;
    person[kindOf(row)].rows.push(row);
  }

  /** The kind of the next row to leave; replies first. Null when none can. */
  nextKind(): Kind | null {
    for (const kind of KINDS) if (this.ready[kind].size + this.again[kind].size > 0) return kind;
    return null;
  }

  /** Takes the next row of the kind in hand; its person is busy until `finish` or `block`. */
  begin(kind: Kind): HeldRow | null {
    const [user] = this.again[kind].size > 0 ? this.again[kind] : this.ready[kind];
    const person = user === undefined ? undefined : this.people.get(user);
    if (!person) return null;
    person.busy = true;
    this.withdraw(person);
    return person[kind].rows[0] ?? null;
  }

  /** The row is done with, stored or given free; the person's next may leave. */
  finish(row: HeldRow, now: number): void {
    const person = this.people.get(row.to);
    if (!person) return;
    const line = person[kindOf(row)];
    line.rows = line.rows.filter((other) => other.id !== row.id);
    line.blockedUntil = 0;
    this.ids.delete(row.id);
    person.busy = false;
    this.offer(person, now);
  }

  /** The row stays first in its line and is tried again after `until`; it and those behind it wait. */
  block(row: HeldRow, until: number, now: number): void {
    const person = this.people.get(row.to);
    if (!person) return;
    const line = person[kindOf(row)];
    line.rows = line.rows.map((other) => (other.id === row.id ? row : other));
    line.blockedUntil = until;
    person.busy = false;
    this.blocked.add(row.to);
    this.offer(person, now);
  }

  /** Lines whose wait is over are offered again. Answers when the next one's is, null when none waits. */
  wake(now: number): number | null {
    let next: number | null = null;
    for (const user of [...this.blocked]) {
      const person = this.people.get(user);
      if (!person) continue;
      this.offer(person, now);
      for (const kind of KINDS) {
        const { rows, blockedUntil } = person[kind];
        if (rows.length > 0 && blockedUntil > now) next = Math.min(next ?? blockedUntil, blockedUntil);
      }
      if (KINDS.every((kind) => person[kind].blockedUntil <= now)) this.blocked.delete(user);
    }
    return next;
  }

  /** Whether anything of the person (of anybody, when not given) is under way or could leave now. */
  isPending(user: UserKey | undefined, now: number): boolean {
    const people = user === undefined ? this.people.values() : [this.people.get(user)];
    for (const person of people) if (person && (person.busy || leaving(person, now) !== null)) return true;
    return false;
  }

  private person(user: UserKey): PersonQueue {
    let person = this.people.get(user);
    if (!person) {
      const lines = { reply: { rows: [], blockedUntil: 0 }, campaign: { rows: [], blockedUntil: 0 } };
      person = { user, busy: false, ...lines };
      this.people.set(user, person);
    }
    return person;
  }

  private offer(person: PersonQueue, now: number): void {
    this.withdraw(person);
    if (person.busy) return;
    const kind = leaving(person, now);
    if (kind !== null) {
      (person[kind].blockedUntil > 0 ? this.again : this.ready)[kind].add(person.user);
    } else if (person.reply.rows.length + person.campaign.rows.length === 0) {
      this.people.delete(person.user);
      this.blocked.delete(person.user);
    }
  }

  private withdraw({ user }: PersonQueue): void {
    for (const kind of KINDS) {
      this.ready[kind].delete(user);
      this.again[kind].delete(user);
    }
  }
}

/** The kind of the person's next row that need not wait; replies first. */
function leaving(person: PersonQueue, now: number): Kind | null {
  for (const kind of KINDS) {
    const { rows, blockedUntil } = person[kind];
    if (rows.length > 0 && blockedUntil <= now) return kind;
  }
  return null;
}
