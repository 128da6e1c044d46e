import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { Campaign } from '../campaign';
import type { CampaignsService } from '../campaigns.service';

/** What talks about surveys write. Each may be repeated: the id of the campaign, and its unit, make it one. */

export interface SendCampaign extends Effect {
  readonly kind: 'campaign.send';
  readonly campaign: Campaign;
  readonly at: Date;
}

export interface DecideCampaign extends Effect {
  readonly kind: 'campaign.decide';
  readonly campaign: string;
  readonly yes: boolean;
  readonly by: UserKey;
  readonly at: Date;
}

export interface AnswerCampaign extends Effect {
  readonly kind: 'campaign.answer';
  readonly campaign: string;
  readonly unit: string;
  readonly value: number;
  readonly by: UserKey;
  readonly at: Date;
}

export type CampaignEffect = SendCampaign | DecideCampaign | AnswerCampaign;

export function campaignEffects(
  service: Pick<CampaignsService, 'send' | 'decide' | 'answer'>,
): EffectHandlers<CampaignEffect> {
  return {
    'campaign.send': (effect) => service.send(effect),
    'campaign.decide': (effect) => service.decide(effect),
    'campaign.answer': (effect) => service.answer(effect),
  };
}
