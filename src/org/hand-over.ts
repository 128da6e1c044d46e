import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import { foldName } from './fold';
import { givenName } from './names';
import type { Office } from './office';
import type { Role } from './roles';

/** A post on its way to somebody else: asked for by its holder, agreed to by those above, carried out at 00:00 of the day said. Pure. */

export interface HandOver {
  /** The effect that asked for it. */
  readonly id: string;
  /** The first day of the new holder, `YYYY-MM-DD`. */
  readonly day: string;
  /** The last day of somebody who stands in for a while, as a further deputy; null: the post changes hands for good. */
  readonly until: string | null;
  readonly fullName: string;
  readonly address: string;
  /** The new holder's account, where it is known. */
  readonly user: UserKey | null;
  readonly agreed: boolean;
  /** The new holder has read the notice and said yes. */
  readonly accepted: boolean;
}

/** Whether the post has left its present holder by then: at 00:00 of the day, once those above agreed, claimed or not. */
export function isHandedOver({ handover }: Pick<Office, 'handover'>, day: string): boolean {
  return handover != null && handover.until === null && handover.agreed && day >= handover.day;
}

/** A change that nobody agreed to before its day begins with the day on which somebody does. */
export function isDue(handover: HandOver, at: Date): boolean {
  return handover.agreed && vnDay(at) >= handover.day;
}

/**
 * Those a name can mean among the posts of that role: by given name or in full. With marks typed only the very name;
 * without any, every name that reads so.
 */
export function namedAmong(name: string, offices: readonly Office[], role: Role): Office[] {
  const there = offices.filter((office) => office.role === role);
  const exact = there.filter(({ fullName }) =>
    isNamed(name, fullName, (text) => text.normalize('NFC').toLowerCase()),
  );
  if (exact.length > 0 || foldName(name) !== name.toLowerCase()) return exact;
  return there.filter(({ fullName }) => isNamed(name, fullName, foldName));
}

function isNamed(name: string, fullName: string, same: (text: string) => string): boolean {
  return same(name) === same(fullName) || same(name) === same(givenName(fullName));
}
