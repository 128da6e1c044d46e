import type { UserKey } from '../kernel/ids';
import type { InboxRow } from './inbox.repo';

/** More than this is left to the store: a backlog must not fill the memory. */
const MOST = 2_000;

interface Coming {
  /** The same row may be delivered twice at once. */
  deliveries: number;
  /** Its own wake-up has come. */
  given: boolean;
  leftOut?: { readonly user: UserKey | null };
}

/**
 * What this very process has just stored and not taken up yet, so that the store need not be asked for it again. Only of
 * use where no other process stores rows. The store stays the truth: whenever anything about a person is uncertain they
 * are looked up, and a row is then never handed out twice, once from here and once from the look.
 */
export class RecentRows {
  private readonly rows = new Map<UserKey | null, InboxRow[]>();
  private readonly unsure = new Set<UserKey | null>();
  private readonly coming = new Map<string, Coming>();
  private held = 0;

  /** A delivery of this row is on its way into the store; `end` follows, and `give` before it if the row was new. */
  begin(id: string): void {
    const known = this.coming.get(id);
    if (known) known.deliveries += 1;
    else this.coming.set(id, { deliveries: 1, given: false });
  }

  /** Answers whom to look up: a look has left the row out, and it did not come by itself after all. */
  end(id: string): { readonly user: UserKey | null } | null {
    const coming = this.coming.get(id);
    if (!coming) return null;
    coming.deliveries -= 1;
    if (coming.deliveries > 0) return null;
    this.coming.delete(id);
    return coming.given ? null : (coming.leftOut ?? null);
  }

  /** A row that was stored a moment ago. */
  give(row: InboxRow): void {
    const coming = this.coming.get(row.id);
    if (coming) coming.given = true;
    if (this.held >= MOST) return this.lookUp(row.user);
    this.held += 1;
    const before = this.rows.get(row.user);
    if (before) before.push(row);
    else this.rows.set(row.user, [row]);
  }

  /** The next time, the store must be asked for this person. */
  lookUp(user: UserKey | null): void {
    this.unsure.add(user);
  }

  /** The person's rows in the order in which they were stored; null: ask the store, and `sift` what it says. */
  take(user: UserKey | null): InboxRow[] | null {
    const rows = this.rows.get(user) ?? [];
    this.drop(user);
    return this.unsure.delete(user) ? null : rows;
  }

  /** What of a look is to be handled now: not what comes by itself in a moment. Nothing of it is handed out again. */
  sift(user: UserKey | null, looked: readonly InboxRow[]): InboxRow[] {
    const seen = new Set(looked.map((row) => row.id));
    const newer = (this.rows.get(user) ?? []).filter((row) => !seen.has(row.id));
    this.drop(user);
    if (newer.length > 0) this.rows.set(user, newer);
    this.held += newer.length;
    return looked.filter((row) => {
      const coming = this.coming.get(row.id);
      if (!coming || coming.given) return true;
      coming.leftOut = { user };
      return false;
    });
  }

  private drop(user: UserKey | null): void {
    this.held -= this.rows.get(user)?.length ?? 0;
    this.rows.delete(user);
  }
}
