import { CampaignTimers } from './campaign-timers';
import { CampaignsService, type CampaignsDeps } from './campaigns.service';
import { CampaignsView } from './campaigns.view';

/** The parts of this folder, joined. */
export function createCampaigns(deps: CampaignsDeps) {
  const service = new CampaignsService(deps);
  return { service, view: new CampaignsView(deps, service), timers: new CampaignTimers(deps, service) };
}
