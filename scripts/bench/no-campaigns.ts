import type { CampaignsView } from '../../src/campaigns/campaigns.view';

/** Surveys as a reader sees them where there are none: for measurements and small worlds of talk. */
export const NO_CAMPAIGNS: Pick<CampaignsView, keyof CampaignsView> = {
  get: async () => null,
  answersOf: async () => [],
  answer: async () => null,
  openFor: async () => [],
  ofAsker: async () => [],
  maySee: () => false,
  holdsKey: () => false,
  preview: async () => ({ minutes: 0, unreachable: 0, key: null, keyHolders: [] }),
};
