import type { UserKey } from '../kernel/ids';

/** What we know about reaching one person. Each refusal holds only until the person writes again. */
export interface Contact {
  readonly user: UserKey;
  /** The newest act that opens the channel's window; only moves forward. Null: never. */
  readonly lastInteractionAt: Date | null;
  /** When a send was begun to which the channel answered that the window is closed. */
  readonly closedAt: Date | null;
  /** When a send was begun that the channel refused for good, and what it said. */
  readonly unreachableAt: Date | null;
  readonly unreachableReason: string | null;
  readonly unfollowedAt: Date | null;
  /** Until then a person of the office answers in the channel's own console and the bot keeps silent. */
  readonly humanUntil: Date | null;
  /** The hour at which the person last wrote on a day of the month, in Viet Nam; absent: nothing is known. */
  readonly wrote?: Readonly<Record<string, number>>;
}

/** A person of whom nothing is stored; `at` stands for an interaction just now. */
export function freshContact(user: UserKey, at: Date | null): Contact {
  return {
    user,
    lastInteractionAt: at,
    closedAt: null,
    unreachableAt: null,
    unreachableReason: null,
    unfollowedAt: null,
    humanUntil: null,
  };
}
