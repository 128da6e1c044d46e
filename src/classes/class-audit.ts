import { digestOfText, type AuditNote } from '../audit/entry';
import type { Plain } from '../kernel/canonical-json';
import type { ClassRecord } from './class';
import type { ClassEffect } from './class-effects';

/** What the audit says of each step of a class: the act, by whom, on which class; words only as their digest. */

/** `record`: the class as the step found it. */
export function noteOfClass(effect: ClassEffect, record: ClassRecord): AuditNote {
  const { act, after = {}, reason = null } = saidOf(effect, record);
  return {
    id: `class:${effect.id}`,
    ...{ at: effect.at, act: `class.${act}`, unit: record.unit, subject: `class/${record.id}` },
    by: 'by' in effect ? effect.by : effect.user,
    after,
    reason: reason === null ? null : digestOfText(reason),
    eventId: effect.id.slice(0, Math.max(0, effect.id.lastIndexOf(':'))) || null,
  };
}

interface SaidOf {
  readonly act: string;
  readonly after?: Plain;
  readonly reason?: string | null;
}

function saidOf(effect: ClassEffect, record: ClassRecord): SaidOf {
  switch (effect.kind) {
    case 'class.add': {
      const { startsAt, attended, announced } = effect.record;
      return {
        act: announced ? 'opened' : 'recorded',
        after: { startsAt: startsAt.toISOString(), attended },
      };
    }
    case 'class.move':
      return {
        act: 'moved',
        after: { from: record.startsAt.toISOString(), startsAt: effect.startsAt.toISOString() },
        reason: effect.reason,
      };
    case 'class.cancel':
      return { act: effect.notHeld ? 'not_held' : 'cancelled', reason: effect.reason };
    case 'class.openSigningUp':
      return { act: 'signing_up_opened' };
    case 'class.record':
      return { act: 'recorded', after: { attended: effect.attended } };
    case 'class.describe':
      return { act: 'described' };
    case 'class.signUp':
      return { act: 'signed_up' };
    case 'class.relatives':
      return { act: 'relatives', after: { count: effect.relatives.length } };
    case 'class.leave':
      return { act: 'left' };
  }
}
