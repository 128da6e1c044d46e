import type { UserKey } from '../kernel/ids';
import type { HandOver } from './hand-over';
import type { Leave } from './leave';
import type { Role } from './roles';

/** How a person came off a post: somebody else's name came in a sheet, the post ended, they left it, or it went to their new phone. */
export type LossOfPost = 'replaced' | 'ended' | 'left' | 'moved';

export interface FormerHolding {
  readonly user: UserKey;
  readonly why: LossOfPost;
  /** From when until when; null: nobody knows. */
  readonly from: Date | null;
  readonly to: Date | null;
  /** The effect that took the post away; null in rows of earlier versions, of which nobody is told any more. */
  readonly lostBy: string | null;
}

/** A post in a unit and who holds it. The office stays when the person changes: drafts and duties belong to it. */
export interface Office {
  readonly id: string;
  readonly unit: string;
  readonly role: Role;
  readonly fullName: string;
  /** How the person is addressed: `bác`, `ông`, `bà`, `anh`, `chị`, `đồng chí`. */
  readonly address: string;
  /** The person on the channel; null until the post is claimed. */
  readonly user: UserKey | null;
  readonly claimedAt: Date | null;
  /** The effect that claimed it: a turn done again knows by it that the post was not the person's before. */
  readonly claimEffect?: string | null;
  /** When the person last confirmed having read the privacy notice, and which version. */
  readonly consent: { readonly version: string; readonly at: Date; readonly eventId: string } | null;
  readonly hasPhone: boolean;
  /** The last day of the post, `YYYY-MM-DD`; null or absent while it lasts. */
  readonly ends?: string | null;
  /** It ended, and is no post of the unit any more. */
  readonly closed?: boolean;
  /** It is on its way to somebody else. Absent or null: it is not. */
  readonly handover?: HandOver | null;
  /** Days on which its holder is away. Absent or null: none are known. */
  readonly leave?: Leave | null;
  /** The account that the commune has vouched for, which may take the post without a code. */
  readonly invited?: UserKey | null;
  /** The account that says it is the holder's, until the commune says so too. */
  readonly asking?: UserKey | null;
  /** Who held it before, oldest first. Absent: nobody. */
  readonly former?: readonly FormerHolding[];
}
