import type { DialogDeps } from '../src/dialogs/deps';
import { NO_CAMPAIGNS } from './bench/no-campaigns';
import { NO_CLASSES } from './bench/no-classes';
import { NO_GROUPS } from './bench/no-groups';
import { NO_SHEETS } from './bench/no-sheets';
import { noThreads } from './bench/no-threads';
import { noReleases } from './no-releases';

/** What a talk reads beside people, reports and directives, where there is nothing of it: for measurements and small worlds of talk. */
export const NOTHING_ELSE: Pick<
  DialogDeps,
  | 'ledger'
  | 'releases'
  | 'classes'
  | 'sheets'
  | 'campaigns'
  | 'groups'
  | 'isMuted'
  | 'reminders'
  | 'lastContact'
  | 'chains'
  | 'recognition'
  | 'shown'
  | 'handover'
> = {
  ledger: {
    explanations: async () => [],
    done: async () => [],
    adjustments: async () => [],
    adjustment: async () => null,
  },
  releases: noReleases,
  classes: NO_CLASSES,
  sheets: NO_SHEETS,
  campaigns: NO_CAMPAIGNS,
  groups: NO_GROUPS,
  isMuted: () => false,
  reminders: { wouldAsk: async () => ({ outcome: 'nothing_owed' }) },
  lastContact: async () => new Map(),
  chains: {
    of: async () => [],
    counts: () => ({ done: 0, late: 0, refused: 0, unreachable: 0, open: 0 }),
  },
  recognition: {
    recordOf: async () => [],
    villagesToPropose: async () => [],
    shortlist: async () => [],
    evidenceFor: async () => null,
  },
  shown: async () => null,
  handover: noThreads,
};
