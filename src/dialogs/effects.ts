import { AppError } from '../kernel/errors';
import type { Effect } from '../conversation/dialog';
import type { UserKey } from '../kernel/ids';
import type { OrgService } from '../org/org.service';
import type { Enqueue } from '../outbox/outbox-row';
import type { ReportEffect, ReportKey, ReportOutcome } from '../reporting/report';

/** Every write a dialog can ask for, and the service that does it. Each may be repeated: the id makes it one. */

export interface ClaimPost extends Effect {
  readonly kind: 'org.claim';
  readonly officeId: string;
  readonly codeHash: string;
  readonly user: UserKey;
  readonly at: Date;
  /** The privacy notice the person had before them when they said yes. */
  readonly notice: { readonly version: string; readonly eventId: string };
}

export interface NoteWrongCode extends Effect {
  readonly kind: 'org.wrongCode';
  readonly user: UserKey;
  readonly at: Date;
}

/** A sentence to somebody else, as a notice. */
export interface SendNotice extends Effect {
  readonly kind: 'notice.send';
  readonly to: UserKey;
  readonly text: string;
  readonly at: Date;
}

/** The person asked to be left alone, or to be reminded again. */
export interface MutePerson extends Effect {
  readonly kind: 'contact.mute';
  readonly user: UserKey;
  readonly muted: boolean;
  readonly at: Date;
}

/** The person chose a language. */
export interface ChooseLanguage extends Effect {
  readonly kind: 'contact.language';
  readonly user: UserKey;
  readonly locale: string;
  readonly at: Date;
}

/** A picture, file or voice that came while a report was open, to be kept beside it. */
export interface EvidencePiece {
  /** `<eventId>:e<n>` */
  readonly id: string;
  readonly report: ReportKey;
  /** The figure that was being asked; null: the whole report. */
  readonly figure: string | null;
  readonly kind: 'image' | 'audio' | 'video' | 'file';
  readonly url: string;
  readonly name: string | null;
  readonly by: UserKey;
  readonly at: Date;
  readonly eventId: string;
}

export interface KeepEvidence extends Effect {
  readonly kind: 'evidence.keep';
  readonly pieces: readonly EvidencePiece[];
}

export type DialogEffect =
  | KeepEvidence
  | ReportEffect
  | ClaimPost
  | NoteWrongCode
  | SendNotice
  | MutePerson
  | ChooseLanguage;

export interface EffectServices {
  readonly reports: { apply(effect: ReportEffect): Promise<ReportOutcome> };
  readonly org: Pick<OrgService, 'claim' | 'noteWrongCode' | 'recordConsent' | 'mayWriteFor'>;
  readonly preferences: {
    mute(user: UserKey, muted: boolean, at: Date): Promise<void>;
    speak(user: UserKey, locale: string, at: Date): Promise<void>;
  };
  readonly evidence: { keep(pieces: readonly EvidencePiece[]): Promise<void> };
  readonly enqueue: Enqueue;
}

/** Does one write. 'conflict': the facts changed since the turn read them, so it must be decided again. */
export function createApplyEffect(
  services: EffectServices,
): (effect: Effect) => Promise<'done' | 'conflict'> {
  return async (given) => {
    const effect = given as DialogEffect;
    switch (effect.kind) {
      case 'report.answer':
      case 'report.submit':
      case 'report.decide':
      case 'report.undo': {
        const { by, key, onBehalf, at } = effect;
        if (!(await services.org.mayWriteFor({ user: by, unit: key.unit, onBehalf, at }))) return 'conflict';
        const { outcome } = await services.reports.apply(effect);
        return outcome === 'applied' || outcome === 'already' ? 'done' : 'conflict';
      }
      case 'org.claim': {
        const { officeId, codeHash, user, at, notice } = effect;
        // The consent first: a crash in between must not leave a post whose holder was never told.
        await services.org.recordConsent({ user, version: notice.version, at, eventId: notice.eventId });
        const outcome = await services.org.claim({ officeId, codeHash, user, effectId: effect.id, at });
        return outcome === 'taken' ? 'conflict' : 'done';
      }
      case 'org.wrongCode':
        await services.org.noteWrongCode({ user: effect.user, effectId: effect.id, at: effect.at });
        return 'done';
      case 'notice.send':
        await services.enqueue([
          {
            id: effect.id,
            to: effect.to,
            purpose: 'notice',
            message: { kind: 'text', text: effect.text },
            cause: effect.id,
            createdAt: effect.at,
          },
        ]);
        return 'done';
      case 'evidence.keep':
        await services.evidence.keep(effect.pieces);
        return 'done';
      case 'contact.mute':
        await services.preferences.mute(effect.user, effect.muted, effect.at);
        return 'done';
      case 'contact.language':
        await services.preferences.speak(effect.user, effect.locale, effect.at);
        return 'done';
      default:
        throw new AppError('turn_failed', { effect: given.kind });
    }
  };
}
