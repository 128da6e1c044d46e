import { asObject, asText } from '../json';
import type { OpenApi } from '../openapi';
import { PATHS } from '../wire';

/** When a person last interacted with the account, by Zalo's own book, and how many free answers are left; null where it says nothing. */
export interface PersonQuota {
  readonly lastInteractionAt: Date | null;
  readonly freeRemain: number | null;
}

/** Null when Zalo did not answer or refused; whoever asks must do without. */
export async function personQuota(api: OpenApi, token: string, userId: string): Promise<PersonQuota | null> {
  const answer = await api.call({ method: 'POST', path: PATHS.quota, token, body: { user_id: userId } });
  if (answer.outcome !== 'ok') return null;
  const last = Number(asText(answer.data['last_interaction']));
  const remain = Number(asText(asObject(answer.data['cs_reply'])?.['remain']) ?? NaN);
  return {
    lastInteractionAt: last > 0 ? new Date(last) : null,
    freeRemain: Number.isInteger(remain) ? remain : null,
  };
}
