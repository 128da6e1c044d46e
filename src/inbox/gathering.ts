import type { Clock } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import type { ConversationSession } from './conversation-session';
import type { InboxRow } from './inbox.repo';

/** People whose unfinished message waits for the rest, and for how long. */
export class Gathering {
  private readonly users = new Set<UserKey | null>();

  constructor(private readonly options: { readonly clock: Clock; readonly gatherMs: number }) {}

  has(user: UserKey | null): boolean {
    return this.users.has(user);
  }

  /** Whether these rows are unfinished and the rest may still come. */
  async waitsFor(session: ConversationSession, group: readonly InboxRow[]): Promise<boolean> {
    return this.left(group) > 0 && session.unfinished(group);
  }

  /** The person's rows wait now; answers after how many milliseconds they are looked at again. */
  begin(user: UserKey, group: readonly InboxRow[]): number {
    this.users.add(user);
    return Math.max(10, this.left(group) + 5);
  }

  /** What came is taken up; answers whether it had waited. */
  end(user: UserKey): boolean {
    return this.users.delete(user);
  }

  clear(): void {
    this.users.clear();
  }

  private left(group: readonly InboxRow[]): number {
    const newest = Math.max(...group.map((row) => row.arrivedAt.getTime()));
    return this.options.gatherMs - (this.options.clock.now().getTime() - newest);
  }
}
