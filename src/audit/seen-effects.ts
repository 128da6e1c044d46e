import type { UserKey } from '../kernel/ids';
import type { AuditService } from './audit.service';

/** Somebody opened what is another's: a report that was sent to them, a release. What is their own is no entry. */
export interface NoteSeen {
  readonly kind: 'audit.seen';
  readonly id: string;
  readonly what: 'report' | 'release';
  readonly by: UserKey;
  readonly at: Date;
  /** Null: no unit below the top. */
  readonly unit: string | null;
  /** `village-month/2026-03` */
  readonly subject: string;
  readonly eventId: string;
}

/** Each opening is an entry, `report.seen`; done again by the same effect it is one. */
export function seenEffects(audit: Pick<AuditService, 'note'>) {
  return {
    async 'audit.seen'({ id, what, by, at, unit, subject, eventId }: NoteSeen): Promise<'done'> {
      await audit.note({ id: `seen:${id}`, at, act: `${what}.seen`, by, unit, subject, eventId });
      return 'done';
    },
  };
}
