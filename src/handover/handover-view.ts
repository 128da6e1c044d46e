import type { UserKey } from '../kernel/ids';
import type { PlacesKnown } from '../org/communes';
import type { Office } from '../org/office';
import type { Thread } from './thread';
import type { ThreadTimes } from './thread-times';

/** Whether somebody can be written to, and how long for nothing. */
export interface Reachable {
  /** Free text reaches them now. */
  readonly byText: boolean;
  /** A message reaches them, be it as an approved template. */
  readonly atAll: boolean;
  /** Free text reaches them and costs nothing. */
  readonly free: boolean;
  /** Until when that costs nothing; null: already over, or the channel knows no such time. */
  readonly freeUntil: Date | null;
}

/** What the talk reads of threads and of where people live. */
export interface HandoverView {
  readonly times: ThreadTimes;
  openOf(user: UserKey): Promise<readonly Thread[]>;
  /** The newest talk, if it ended within a day or has not ended. */
  lastOf(user: UserKey, at: Date): Promise<Thread | null>;
  get(id: string): Promise<Thread | null>;
  queueFor(offices: readonly Office[], at: Date): Promise<readonly Thread[]>;
  /** How many at this desk wait for a first answer. */
  waitingAt(desk: string): Promise<number>;
  reachable(user: UserKey, at: Date): Promise<Reachable>;
  /** The commune a person lives in: what they said, else that of their post; null: not known. */
  communeOf(user: UserKey, at: Date): string | null;
  /** Names by which people say where they live. */
  places(at: Date): PlacesKnown;
}
