import type { UserKey } from '../kernel/ids';
import type { ClassRecord } from './class';
import type { Teacher } from './teachers';

/** What a talk about classes writes. Each may be repeated: the id makes it one. */

interface ClassAct {
  readonly id: string;
  readonly by: UserKey;
  /** Arrival of the message. */
  readonly at: Date;
}

/** A class that begins to exist: announced, or recorded with the number who came. */
export interface AddClass extends ClassAct {
  readonly kind: 'class.add';
  readonly record: ClassRecord;
  /** Those who asked and agreed are invited: the week and commune of their questions. Absent: nobody. */
  readonly invite?: { readonly week: string; readonly commune: string };
}

export interface MoveClass extends ClassAct {
  readonly kind: 'class.move';
  readonly class: ClassRecord;
  readonly startsAt: Date;
  readonly reason: string | null;
}

/** `notHeld`: it is over, and was not held; those who signed up are told that instead. */
export interface CancelClass extends ClassAct {
  readonly kind: 'class.cancel';
  readonly class: ClassRecord;
  readonly reason: string | null;
  readonly notHeld: boolean;
}

/** Signing up begins for a class that was only planned. */
export interface OpenSigningUp extends ClassAct {
  readonly kind: 'class.openSigningUp';
  readonly class: ClassRecord;
}

export interface RecordAttendance extends ClassAct {
  readonly kind: 'class.record';
  readonly class: ClassRecord;
  readonly attended: number;
}

/** What was taught and by whom, said once its number is there. What is absent stays as it is. */
export interface DescribeClass extends ClassAct {
  readonly kind: 'class.describe';
  readonly class: ClassRecord;
  readonly topic?: string;
  readonly teacher?: Teacher;
}

export interface SignUpForClass {
  readonly kind: 'class.signUp';
  readonly id: string;
  readonly class: string;
  readonly user: UserKey;
  readonly at: Date;
}

export interface BringRelatives {
  readonly kind: 'class.relatives';
  readonly id: string;
  readonly class: string;
  readonly user: UserKey;
  /** All of them, each with when they were added. */
  readonly relatives: readonly Date[];
  readonly at: Date;
}

export interface LeaveClass {
  readonly kind: 'class.leave';
  readonly id: string;
  readonly class: string;
  readonly user: UserKey;
  readonly at: Date;
}

/** «Báo tôi khi có lớp»: the person agrees to be invited, once, to a class about what they asked. */
export interface WishForClass {
  readonly kind: 'class.wish';
  readonly id: string;
  readonly user: UserKey;
  readonly topic: string;
  readonly commune: string;
  readonly at: Date;
}

/** No invitations any more. */
export interface NoInvitations {
  readonly kind: 'class.noInvitations';
  readonly id: string;
  readonly user: UserKey;
  readonly at: Date;
}

export type WishEffect = WishForClass | NoInvitations;

export type ClassEffect =
  | AddClass
  | MoveClass
  | CancelClass
  | OpenSigningUp
  | RecordAttendance
  | DescribeClass
  | SignUpForClass
  | BringRelatives
  | LeaveClass;
