import type { AuditService } from '../audit/audit.service';
import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { DAY, vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import type { Office } from '../org/office';
import { takersAt, type DeskView } from './desk';
import { isOpen, type Thread, type ThreadState } from './thread';
import { written } from './thread-acts';
import { threadNote } from './thread-audit';
import { nextStep, type ThreadTimes } from './thread-times';
import type { ThreadsRepo } from './threads.repo';

/**
 * The threads as everybody else reads and writes them. A write is the whole thread as it is to be, with the one it was
 * decided on and the effect that does it: done twice it is done once, and of two at the same moment the first wins.
 */
export interface ThreadsDeps {
  readonly repo: ThreadsRepo;
  readonly times: ThreadTimes;
  readonly directory: DeskView & Pick<OrgDirectory, 'tree'>;
  /** No other process writes threads in this store, so that who has an open one is known without asking. */
  readonly singleProcess: boolean;
  readonly audit: Pick<AuditService, 'note'>;
}

export type Committed = 'saved' | 'already' | 'conflict';

export class Threads {
  private known: Promise<Map<UserKey, readonly Thread[]>> | null = null;

  constructor(private readonly deps: ThreadsDeps) {}

  /** The person's open talks, the oldest first; mostly none. */
  async openOf(user: UserKey): Promise<readonly Thread[]> {
    if (!this.deps.singleProcess) return this.deps.repo.openOf(user);
    return (await this.all()).get(user) ?? [];
  }

  /** Their newest talk with this end or none, if it is not older than a day. */
  async lastOf(user: UserKey, at: Date): Promise<Thread | null> {
    const last = (await this.deps.repo.of(user)).at(-1) ?? null;
    return last?.closedAt && at.getTime() - last.closedAt.getTime() > DAY ? null : last;
  }

  get(id: string): Promise<Thread | null> {
    return this.deps.repo.get(id);
  }

  /** What waits for somebody with these posts, the oldest first. The province sees its own, what nobody is there to take, and what is late. */
  async queueFor(offices: readonly Office[], at: Date): Promise<readonly Thread[]> {
    const desks = offices.flatMap(({ role, unit }) => (isCommuneDesk(role) ? [unit] : []));
    const above = offices.flatMap(({ role, unit }) => (isProvinceDesk(role) ? [unit] : []));
    const own = desks.length > 0 ? await this.deps.repo.openAt(desks) : [];
    if (above.length === 0) return own;
    const day = vnDay(at);
    const { directory, repo } = this.deps;
    const mine = new Set(offices.map(({ user }) => user));
    const wide = (await repo.open()).filter(
      ({ desk, escalated, standing }) =>
        above.includes(desk) ||
        mine.has(standing.holder?.user ?? null) ||
        (above.some((unit) => directory.tree.isWithin(desk, unit, day)) &&
          (escalated > 0 || takersAt(directory, desk, at).length === 0)),
    );
    return [...new Map([...own, ...wide].map((thread) => [thread.id, thread])).values()].sort(
      (a, b) => a.openedAt.getTime() - b.openedAt.getTime(),
    );
  }

  /** How many talks at this desk wait for their first answer. */
  async waitingAt(desk: string): Promise<number> {
    return (await this.deps.repo.openAt([desk])).filter(({ answeredAt }) => answeredAt === null).length;
  }

  /** Those of a unit and of what is or was below it, newest last. */
  async list(unit: string | null, state?: ThreadState): Promise<readonly Thread[]> {
    const all = await this.deps.repo.all(state);
    const { tree } = this.deps.directory;
    return unit === null ? all : all.filter((thread) => tree.isWithinEver(thread.unit, unit));
  }

  /** Writes `after` in the place of `before` (null: a new thread). `effect` names the cause; the same one again is `already`. `by` null: the calendar. */
  async commit(
    effect: string,
    before: Thread | null,
    after: Thread,
    done: { readonly by: UserKey | null; readonly at: Date },
  ): Promise<Committed> {
    const { repo, times } = this.deps;
    const next = written(after, effect);
    const due = nextStep(next, times)?.at ?? null;
    const wrote = before ? await repo.replace(next, before.version, due) : await repo.insert(next, due);
    if (wrote) await this.note(next, before?.by ?? next.by);
    else if (!(await repo.get(after.id))?.applied.includes(effect)) return 'conflict';
    const note = threadNote(effect, before, after, done.by, done.at);
    if (note) await this.deps.audit.note(note);
    return wrote ? 'saved' : 'already';
  }

  due(now: Date): Promise<Thread[]> {
    return this.deps.repo.due(now);
  }

  nextDue(after: Date): Promise<Date | null> {
    return this.deps.repo.nextDue(after);
  }

  held(): Promise<Thread[]> {
    return this.deps.repo.held();
  }

  /** All the person ever asked, open or not. */
  of(user: UserKey): Promise<Thread[]> {
    return this.deps.repo.of(user);
  }

  heldBy(user: UserKey): Promise<Thread[]> {
    return this.deps.repo.heldBy(user);
  }

  private all(): Promise<Map<UserKey, readonly Thread[]>> {
    this.known ??= this.deps.repo.open().then(
      (found): Map<UserKey, readonly Thread[]> => groupBy(found, ({ by }) => by),
      (error: unknown) => {
        this.known = null;
        throw error;
      },
    );
    return this.known;
  }

  /** `was`: who asked before this write; another after an erasure. */
  private async note(thread: Thread, was: UserKey): Promise<void> {
    if (!this.deps.singleProcess) return;
    const known = await this.all();
    for (const user of new Set([was, thread.by])) {
      const others = (known.get(user) ?? []).filter(({ id }) => id !== thread.id);
      const now = isOpen(thread) && user === thread.by ? [...others, thread] : others;
      if (now.length > 0) known.set(user, now);
      else known.delete(user);
    }
  }
}

function isCommuneDesk(role: Office['role']): boolean {
  return role === 'commune_officer' || role === 'commune_chair';
}

function isProvinceDesk(role: Office['role']): boolean {
  return role === 'department' || role === 'province';
}
