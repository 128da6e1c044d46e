import { digestOfText, type AuditNote } from '../audit/entry';
import type { UserKey } from '../kernel/ids';
import type { Campaign } from './campaign';

/** What the audit says of each step of a survey; the question only as its digest. Noted twice it is noted once. */
export function noteOfCampaign(
  { id, kind, from, question, units }: Campaign,
  act: 'sent' | 'confirmed' | 'refused' | 'answered',
  by: UserKey,
  at: Date,
  answer?: { readonly unit: string; readonly value: number },
): AuditNote {
  const step = answer ? `${act}:${answer.unit}:${at.getTime()}` : act;
  return {
    id: `campaign:${id}:${step}`,
    ...{ at, act: `campaign.${act}`, by, unit: answer?.unit ?? from, subject: `campaign/${id}` },
    after: answer ? { value: answer.value } : { kind, question: digestOfText(question), units: units.length },
  };
}
