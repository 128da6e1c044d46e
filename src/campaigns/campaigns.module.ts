import type { Connection } from 'mongoose';
import { Offices } from '../directives/offices';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { addressVars } from '../org/chat/people';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import type { RunBook } from '../reporting/runs';
import type { ConditionOwner } from '../outbox/outbox-row';
import { createCampaigns } from './campaigns';
import { EquipmentRuns } from './equipment-runs';
import { campaignJobs } from './campaigns.jobs';
import { createCampaignsRepo } from './campaigns.repo';
import type { CampaignsDeps } from './campaigns.service';
import { keyWaits } from './key-waits';
import { campaignEffects } from './chat/campaign-effects';

export interface CampaignsModuleDeps {
  readonly connection: Connection;
  readonly org: { readonly directory: OrgDirectory; readonly service: OrgService };
  readonly outbox: CampaignsDeps['outbox'] & { readonly rows: CampaignsDeps['rows'] } & {
    readonly conditions: { owns(kind: 'campaign_key', owner: ConditionOwner): void };
  };
  readonly audit: { readonly service: CampaignsDeps['audit'] };
  readonly reporting: { readonly reports: CampaignsDeps['reports'] };
  /** The book that is filled with what was put to a chosen audience. */
  readonly calendars: { readonly runs: RunBook };
  readonly wordsFor: (user: UserKey) => Words;
}

/** Surveys and head-counts: the parts of this folder, joined. */
export function openCampaigns({
  connection,
  org,
  outbox,
  audit,
  wordsFor,
  reporting,
  calendars,
}: CampaignsModuleDeps) {
  const repo = createCampaignsRepo(connection);
  const equipment = new EquipmentRuns({ repo, book: calendars.runs });
  const { service, view, timers } = createCampaigns({
    ...{
      repo,
      offices: new Offices(org.directory),
      org: org.service,
      outbox,
      audit: audit.service,
      rows: outbox.rows,
      reports: reporting.reports,
      equipment,
      addressVars,
      wordsFor,
    },
  });
  org.directory.onChange(() => timers.notePeopleChanged());
  outbox.conditions.owns('campaign_key', keyWaits(view));
  return { repo, equipment, service, view, effects: campaignEffects(service), jobs: campaignJobs(timers) };
}
