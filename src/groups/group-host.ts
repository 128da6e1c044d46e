import type { UserKey } from '../kernel/ids';

/**
 * What a messenger can do with groups, in our words. `app` gives the one of the account; where there is none, no group can
 * be made and the officer is told so. Nothing here throws for what the messenger answers.
 */
export interface GroupHost {
  /** People who administer the account: one of them sits in every group. Empty: no group can be made. */
  admins(): readonly UserKey[];
  create(group: {
    readonly name: string;
    readonly assetId: string;
    /** At most `CREATE_MAX`, administrators among them. */
    readonly members: readonly UserKey[];
  }): Promise<Answer<GroupFacts>>;
  read(groupId: string): Promise<Answer<GroupFacts>>;
  /** Every group of the account. */
  all(): Promise<Answer<readonly GroupFacts[]>>;
  /** Everybody in the group but the account itself. */
  members(groupId: string): Promise<Answer<readonly Person[]>>;
  /** Who asked to join. */
  pending(groupId: string): Promise<Answer<readonly Person[]>>;
  /** All of them or none. */
  invite(groupId: string, users: readonly UserKey[]): Promise<Answer<null>>;
  accept(groupId: string, users: readonly UserKey[]): Promise<Answer<null>>;
  remove(groupId: string, users: readonly UserKey[]): Promise<Answer<null>>;
  /** From now on whoever follows the link waits until they are let in. */
  askBeforeJoining(groupId: string): Promise<Answer<null>>;
  /** Every place for a group that the account has paid for. */
  assets(): Promise<Answer<readonly GroupAsset[]>>;
}

/** So many people go into one creation; the others are invited after it. */
export const CREATE_MAX = 99;

export interface Person {
  readonly user: UserKey;
  readonly name: string;
}

export interface GroupFacts {
  readonly groupId: string;
  readonly name: string;
  readonly link: string | null;
  /** False: its place has lapsed. */
  readonly enabled: boolean;
  /** Null: not said. */
  readonly assetId: string | null;
}

/** A place for one group, by its size. */
export interface GroupAsset {
  readonly id: string;
  /** The most members, the account among them. */
  readonly size: number;
  /** The last day, `YYYY-MM-DD`; null: not said. */
  readonly validThrough: string | null;
  readonly free: boolean;
  /** The group in it. */
  readonly usedBy: string | null;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Failure);

export interface Failure {
  readonly why: FailureWhy;
  /** Locale key that tells an operator what happened; null where there is none. */
  readonly words: string | null;
}

/**
 * `people`: one of those named may not be invited. `asset`: the place is taken or lapsed. `full`: more than the place
 * holds. `lapsed`: the group's place has lapsed. `unknown_group`: no such group, or the account is not in it.
 * `uncertain`: may have been done. `later`: certainly not done, worth another try. `refused`: an operator must mend it.
 * `no_place`: said before the messenger is asked, since no place for a group is free. `no_admin`: those named as
 * administrators of the account are none.
 */
export type FailureWhy =
  | 'people'
  | 'asset'
  | 'full'
  | 'lapsed'
  | 'unknown_group'
  | 'uncertain'
  | 'later'
  | 'refused'
  | 'no_place'
  | 'no_admin';
