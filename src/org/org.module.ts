import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock';
import { channelUserId, type UserKey } from '../kernel/ids';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { isPhone } from '../outbox/policy';
import { handOverEffects } from './chat/hand-over-effects';
import { orgEffects } from './chat/org-effects';
import { leaveEffects } from './chat/leave-effects';
import { createSweepPosts, type LostNoticesDeps } from './chat/lost-notices';
import { addressVars } from './chat/people';
import { row, strangerEffects } from './chat/stranger-effects';
import { unitChangeEffects } from './chat/unit-change-effects';
import { withCodes } from './codes';
import { OrgDirectory } from './directory';
import { createHandOverRepo } from './hand-over.repo';
import { createHandOvers } from './hand-over.service';
import { createLeaves } from './leaves.service';
import { orgJobs } from './org.jobs';
import { createOrgRepo } from './org.repo';
import { createOrgService } from './org.service';
import { createDemoCodes, seedHolders } from './seed/demo-holders';
import { seedUnits } from './seed/seed';
import { createNewHeads } from './new-heads.service';
import { StrangerNotices } from './stranger-notices';
import { createStrangerNoticesRepo } from './stranger-notices.repo';
import { createUnitChanges } from './unit-change.service';
import { WrongCodes } from './wrong-codes';

/** Units, posts and who holds them: the parts of this folder, joined. */
export type Org = ReturnType<typeof openOrg>;

export interface OrgModuleDeps {
  readonly connection: Connection;
  readonly key: Buffer;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'error'>;
  readonly metrics: Pick<Metrics, 'gauge'>;
}

export function openOrg({ connection, key, clock, log, metrics }: OrgModuleDeps) {
  const repo = createOrgRepo(connection);
  const directory = new OrgDirectory(repo);
  const wrongCodes = new WrongCodes(repo, log);
  metrics.gauge('claim_codes_wrong_in_hour', 'Wrong claim codes of the last hour, from all people', () =>
    wrongCodes.inTheHour(clock.now()),
  );
  const service = createOrgService({ wrongCodes, repo, directory, key });
  const handOverParts = { repo: createHandOverRepo(connection), orgRepo: repo, org: service, directory, key };
  const handOvers = createHandOvers(handOverParts);
  return {
    repo,
    directory,
    service,
    handOvers,
    units: () => directory.tree,
    /** The phone number behind an address as `84…`, for channels that write to phone numbers; null: none is kept. */
    phoneOf: async (to: UserKey): Promise<string | null> =>
      isPhone(to) ? service.phoneOf(channelUserId(to)) : null,
    /** The text with the codes that it stands for, for the moment it leaves. */
    withCodes: (text: string) => withCodes(key, text),
    /** Not well while too many wrong claim codes stop all. */
    claimCodes: () =>
      wrongCodes.standing(clock.now()) ? { ok: false, detail: 'too many wrong claim codes' } : { ok: true },
    demoCodes: createDemoCodes({ repo, directory, key, clock }),
    effects: {
      ...orgEffects(service),
      ...handOverEffects(handOvers, createNewHeads(handOverParts)),
      ...leaveEffects(createLeaves({ repo: handOverParts.repo, orgRepo: repo, directory })),
      ...unitChangeEffects(createUnitChanges({ repo, org: service, directory, key })),
    },
    /** Loads what a new store lacks, and reads it. `demo`: with invented holders. */
    async start(demo: boolean): Promise<void> {
      const fresh = await seedUnits(repo);
      if (demo) await seedHolders(repo, key);
      if (fresh) log.info({}, 'the province, its communes and the sample villages were loaded');
      await directory.refresh();
    },
  };
}

/** Posts that end by the calendar, the word to those who lost one, and what strangers say to officers. */
export function openPostNotices(
  { repo, service, handOvers, directory }: Org,
  deps: Pick<LostNoticesDeps, 'enqueue' | 'wordsFor'> & { readonly connection: Connection },
) {
  const { connection, enqueue, wordsFor } = deps;
  const strangers = new StrangerNotices({
    ...{ repo: createStrangerNoticesRepo(connection), wordsFor, addressVars },
    officesOf: (user, at) => directory.officesOf(user, at),
    write: (list) => enqueue([row(list)]),
  });
  return {
    strangers,
    effects: strangerEffects(strangers, enqueue),
    jobs: orgJobs(
      createSweepPosts({ enqueue, wordsFor, repo, org: service, handOvers, directory }),
      strangers,
    ),
  };
}
