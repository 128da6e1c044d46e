import type { UserKey } from '../kernel/ids';

/** Found waiting, so few are tried one by one at once; of more, only those that are found a second time. */
const FEW = 64;
/** A conversation refused this often, half a second apart, was kept longer than any turn takes. */
const LONG_REFUSED = 4;
/** So often a suspect lets others go first. */
const STAND_BACK_TIMES = 5;
/** So far apart it looks whether nobody else is in hand; real time. */
export const STAND_BACK_MS = 150;

/**
 * People whose rows nobody handed over: the first of them may have been in hand when a process died. Who is suspected of
 * a death comes after everybody else, for a while at least: then a process that dies of something else, again and again,
 * is not likely to do so just in that turn.
 */
export class Suspects {
  private readonly found = new Set<UserKey | null>();
  /** How many people were found waiting at the last look. */
  private crowd = 0;
  /** How often in a row another process had the conversation of a person. */
  private readonly refusals = new Map<UserKey, number>();
  /** How often a suspect has let others go first. */
  private readonly standing = new Map<UserKey | null, number>();

  /** These wait, and nobody has them in hand. */
  note(users: readonly (UserKey | null)[]): void {
    for (const user of users) this.found.add(user);
    if (users.length > 0) this.crowd = this.found.size;
  }

  /** The person is being handled: whether they were found so. */
  take(user: UserKey | null): boolean {
    return this.found.delete(user);
  }

  /** They are to be found so the next time too. */
  again(user: UserKey | null): void {
    this.found.add(user);
  }

  get isCrowd(): boolean {
    return this.crowd > FEW;
  }

  /** Another process has the conversation; who keeps it so long may have died of it. */
  refused(user: UserKey, found: boolean): void {
    const times = (this.refusals.get(user) ?? 0) + 1;
    if (found || times >= LONG_REFUSED) this.found.add(user);
    this.refusals.set(user, times);
  }

  given(user: UserKey): void {
    this.refusals.delete(user);
  }

  /** Whether the suspect lets others go first once more; `alone`: nobody else is in hand. */
  standsBack(user: UserKey | null, alone: boolean): boolean {
    const times = this.standing.get(user) ?? 0;
    if (times >= STAND_BACK_TIMES || (this.found.size === 0 && alone)) {
      this.standing.delete(user);
      return false;
    }
    this.standing.set(user, times + 1);
    this.found.add(user);
    return true;
  }
}
