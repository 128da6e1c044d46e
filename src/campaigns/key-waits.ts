import type { ConditionOwner } from '../outbox/outbox-row';
import type { CampaignsView } from './campaigns.view';

/** Whether a survey still waits for its second key, and for this person, at the moment the request would leave. */
export function keyWaits(view: Pick<CampaignsView, 'get' | 'holdsKey'>): ConditionOwner {
  return {
    async isStillNeeded({ onlyIf, to }, at) {
      const campaign = onlyIf?.kind === 'campaign_key' ? await view.get(onlyIf.ref) : null;
      const waits = campaign?.state === 'waiting' && view.holdsKey(to, campaign, at);
      return waits ? { now: 'send' } : { now: 'drop' };
    },
  };
}
