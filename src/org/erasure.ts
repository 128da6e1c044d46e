import type { UserKey } from '../kernel/ids';
import type { OfficeDoc } from '../org/org.model';

/** One post that an erased person held, as it stood. */
export interface LeftPost {
  readonly office: string;
  readonly unit: string;
  readonly role: OfficeDoc['role'];
}

/** A post without anything of a person; an import may bring a name and a number again, with a new code. */
export const FREE_POST = {
  user: null,
  claimedAt: null,
  claimEffect: null,
  consent: null,
  fullName: '',
  address: '',
  phone: null,
  phoneHash: null,
};

/**
 * What is written into a post that the person holds or once held, so that nothing of them is left in it: `stand` stands
 * where they stood among those who held it. A post without them comes out as it was.
 */
export function withoutPerson(
  { _id, user, claimedAt, claimEffect, former }: OfficeDoc,
  person: UserKey,
  stand: UserKey,
  at: Date,
): Partial<OfficeDoc> {
  const past = former.map((one) =>
    one.user === person ? { ...one, user: stand, fullName: '', why: 'left' as const } : one,
  );
  if (user !== person) return { former: past };
  const now = {
    user: stand,
    fullName: '',
    from: claimedAt,
    to: at,
    effectId: `erased:${_id}`,
    claimEffect,
    why: 'left' as const,
  };
  return { ...FREE_POST, former: [...past, now] };
}
