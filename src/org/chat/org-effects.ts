import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { OrgService } from '../org.service';

/** What a talk about posts writes. Each may be repeated: the id makes it one. */

export interface ClaimPost extends Effect {
  readonly kind: 'org.claim';
  readonly officeId: string;
  readonly codeHash: string;
  readonly user: UserKey;
  readonly at: Date;
  /** The privacy notice the person had before them when they said yes. */
  readonly notice: { readonly version: string; readonly eventId: string };
}

/** With the number that is kept with the post, which the person shared. */
export interface ClaimByPhone extends Effect {
  readonly kind: 'org.claimByPhone';
  readonly officeId: string;
  readonly phoneHash: string;
  readonly user: UserKey;
  readonly at: Date;
  readonly notice: ClaimPost['notice'];
}

export interface NoteWrongCode extends Effect {
  readonly kind: 'org.wrongCode';
  readonly user: UserKey;
  readonly at: Date;
}

export type OrgEffect = ClaimPost | ClaimByPhone | NoteWrongCode;

export function orgEffects(
  org: Pick<OrgService, 'claim' | 'claimByPhone' | 'noteWrongCode' | 'recordConsent'>,
): EffectHandlers<OrgEffect> {
  return {
    async 'org.claim'({ id, officeId, codeHash, user, at, notice }) {
      // The consent first: a crash in between must not leave a post whose holder was never told.
      await org.recordConsent({ user, version: notice.version, at, eventId: notice.eventId });
      const outcome = await org.claim({ officeId, codeHash, user, effectId: id, at });
      return outcome === 'taken' ? 'conflict' : 'done';
    },
    async 'org.claimByPhone'({ id, officeId, phoneHash, user, at, notice }) {
      await org.recordConsent({ user, version: notice.version, at, eventId: notice.eventId });
      const outcome = await org.claimByPhone({ officeId, phoneHash, user, effectId: id, at });
      return outcome === 'taken' ? 'conflict' : 'done';
    },
    async 'org.wrongCode'({ id, user, at }) {
      await org.noteWrongCode({ user, effectId: id, at });
      return 'done';
    },
  };
}
