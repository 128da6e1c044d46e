import type { UserKey } from '../kernel/ids';
import type { Lease } from './conversation.repo';

/** So many conversations are held; the one answered longest ago goes first. */
const KEPT = 10_000;

/** Conversations that this process read and still holds, which are good only while it is the only one. */
export class HeldConversations {
  private readonly held = new Map<UserKey, Lease>();

  get(user: UserKey): Lease | undefined {
    return this.held.get(user);
  }

  /** Holds what was saved last; null lets go of it. */
  keep(user: UserKey, lease: Lease | null): void {
    this.held.delete(user);
    if (lease === null) return;
    this.held.set(user, lease);
    if (this.held.size > KEPT) this.held.delete(this.held.keys().next().value as UserKey);
  }
}
