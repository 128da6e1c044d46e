import type { UserKey } from '../kernel/ids';
import type { AuditService } from './audit.service';

/** Somebody opened what is another's: a report that was sent to them, a release; or asked for all that is kept about them. */
export interface NoteSeen {
  readonly kind: 'audit.seen';
  readonly id: string;
  readonly what: 'report' | 'release' | 'data';
  readonly by: UserKey;
  readonly at: Date;
  /** Null: no unit below the top. */
  readonly unit: string | null;
  /** `village-month/2026-03` */
  readonly subject: string;
  readonly eventId: string;
}

const ACTS = { report: 'report.seen', release: 'release.seen', data: 'data.shown' } as const;

/** Each opening is an entry, `report.seen`; done again by the same effect it is one. */
export function seenEffects(audit: Pick<AuditService, 'note'>) {
  return {
    async 'audit.seen'({ id, what, by, at, unit, subject, eventId }: NoteSeen): Promise<'done'> {
      await audit.note({ id: `seen:${id}`, at, act: ACTS[what], by, unit, subject, eventId });
      return 'done';
    },
  };
}
