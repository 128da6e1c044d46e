import type { UserKey } from '../kernel/ids';
import { userKey } from '../kernel/ids';
import type { OrgDirectory } from '../org/directory';
import type { Office } from '../org/office';

/** The phone kept with a post, as an address. The number itself never stands in a message's row. */
export function phoneAddress(office: Pick<Office, 'id'>): UserKey {
  return userKey('zalo-phone', office.id);
}

/** The phone of a person who holds a post; null when none is kept. Leading posts first. */
export function phoneAddressOf(
  directory: Pick<OrgDirectory, 'officesOf'>,
  user: UserKey,
  at: Date,
): UserKey | null {
  const office = directory.officesOf(user, at).find(({ hasPhone }) => hasPhone);
  return office ? phoneAddress(office) : null;
}
