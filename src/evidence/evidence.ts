import type { UserKey } from '../kernel/ids';
import type { ReportKey } from '../reporting/report';

/**
 * Evidence: photos, files and voice notes that people send while they report or say that something is done, kept beside
 * the report, the directive or the task they belong to.
 * A record is made by the turn that took the message; its bytes are fetched right after, since the messenger's own copy
 * does not last, and again by a sweep when that failed. Imports kernel, jobs and the shapes of reporting. Promises: one
 * record for each piece whatever is repeated; bytes are taken only from hosts that the operator allowed, and never more
 * than the limit; addresses of media are never logged and are forgotten once the bytes are here or given up.
 */

/** `waiting`: its bytes are still to be fetched. `kept`: they are in the media store. `lost`: given up; `reason` says why. */
export type EvidenceState = 'waiting' | 'kept' | 'lost';

/** What a piece belongs to: the report of a unit, or a unit's answer to a directive or a task, whose id stands as `period`. */
export type Subject = ReportKey;

/** What a unit shows of what a directive asked of it. */
export function ofDirective(directive: string, unit: string): Subject {
  return { form: 'directive', period: directive, unit };
}

/** What a unit shows of a task of the plan. */
export function ofTask(task: string, unit: string): Subject {
  return { form: 'task', period: task, unit };
}

export const isTask = ({ form }: Pick<Subject, 'form'>): boolean => form === 'task';

export type EvidenceKind = 'image' | 'audio' | 'video' | 'file';

/** A piece as the turn hands it in. */
export interface NewEvidence {
  /** `<eventId>:e<n>` */
  readonly id: string;
  readonly subject: Subject;
  /** The figure that was being asked when it came; null: the whole subject. */
  readonly figure: string | null;
  readonly kind: EvidenceKind;
  /** Where the messenger keeps it for now. */
  readonly url: string;
  /** The name its sender gave the file, masked. */
  readonly name: string | null;
  readonly by: UserKey;
  /** Arrival of the message. */
  readonly at: Date;
  readonly eventId: string;
}

export interface Evidence extends Omit<NewEvidence, 'url'> {
  readonly state: EvidenceState;
  /** Null unless it waits. */
  readonly url: string | null;
  /** Name in the media store; null unless kept. */
  readonly media: string | null;
  readonly bytes: number | null;
  readonly reason: string | null;
  readonly attempts: number;
}
