import type { DialogDeps } from '../src/dialogs/deps';
import { differenceOf } from '../src/groups/difference';
import { noGroup } from '../src/groups/group';
import { threadTimes } from '../src/handover/thread-times';
import { workCalendar } from '../src/org/seed/days-off';
import { UnitTree } from '../src/org/units';
import { NOTHING_KEPT } from '../src/contacts/kept';
import { ReleasesService } from '../src/reporting/releases.service';

/** What a talk reads beside people, reports and directives, where there is nothing of it: for measurements and small worlds of talk. */
export const NOTHING_ELSE: Pick<
  DialogDeps,
  | 'ledger'
  | 'evidence'
  | 'releases'
  | 'classes'
  | 'sheets'
  | 'campaigns'
  | 'groups'
  | 'isMuted'
  | 'kept'
  | 'reminders'
  | 'lastContact'
  | 'chains'
  | 'recognition'
  | 'shown'
  | 'offered'
  | 'handover'
> = {
  ledger: {
    explanations: async () => [],
    done: async () => [],
    adjustments: async () => [],
    adjustment: async () => null,
  },
  releases: new ReleasesService({
    repo: {
      insert: async () => false,
      heads: async () => [],
      get: async () => null,
      settle: async () => false,
      unname: async () => undefined,
    },
    reports: { eachOf: async () => undefined },
    units: () => new UnitTree([]),
    optionalFigures: {},
    audit: { note: async () => undefined },
  }),
  classes: {
    get: async () => null,
    coming: async () => [],
    awaiting: async () => [],
    ofPerson: async () => [],
    held: async () => [],
    lastNumbers: async () => [],
    proposalsFor: async () => null,
    lastPlace: async () => null,
    communeOf: () => null,
    askedIn: async () => [],
  },
  evidence: { of: async () => [], ofAll: async () => [] },
  sheets: { shownTo: async () => null, get: async () => null },
  campaigns: {
    get: async () => null,
    replies: async () => ({ who: [], silent: [], text: () => '' }),
    answer: async () => null,
    openFor: async () => [],
    waitingFor: async () => [],
    ofAsker: async () => [],
    maySee: () => false,
    holdsKey: () => false,
    reached: async () => ({ all: 0, sent: 0, seen: 0, missing: [] }),
    preview: async () => ({ minutes: 0, unreachable: 0, key: null, keyHolders: [] }),
  },
  groups: {
    off: 'no_channel',
    of: async (commune, at) => {
      const group = noGroup(commune);
      const facts = { group, seats: [], admins: [], heldOne: () => false, cannotBeInvited: () => false, at };
      return { off: 'no_channel', group, seats: [], difference: differenceOf(facts), lasts: true };
    },
    inChargeOf: () => [],
    places: async () => null,
    names: () => ({ of: () => '', member: () => '' }),
  },
  isMuted: () => false,
  kept: async () => NOTHING_KEPT,
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
  offered: async () => [],
  handover: {
    times: threadTimes(workCalendar(), { promiseMinutes: 60, silenceMinutes: 30 }),
    openOf: async () => [],
    lastOf: async () => null,
    get: async () => null,
    queueFor: async () => [],
    waitingAt: async () => 0,
    reachable: async () => ({ byText: true, atAll: true, free: true, freeUntil: null }),
    communeOf: () => null,
    places: () => ({ communes: [], former: [], villages: [] }),
  },
};
