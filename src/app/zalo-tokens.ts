import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import type { OAuth } from '../channels/zalo/oauth';
import { createTokenJournal } from '../channels/zalo/token-journal';
import { createTokenRepo } from '../channels/zalo/tokens.repo';
import { createZaloTokens, type ZaloTokens } from '../channels/zalo/tokens';
import type { Config } from '../config/config';
import type { Clock } from '../kernel/clock';
import type { Logger } from '../observability/logger';
import type { FirstPair } from './zalo';

/** The tokens of one account, over the store and the journal that the program and `zalo:login` share. */
export async function openZaloTokens(deps: {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly key: Buffer;
  readonly log: Logger;
  readonly oauth: OAuth;
  readonly oaId: string;
  /** The fake Zalo gives a first pair where there is none. */
  readonly fake?: FirstPair | null;
  /** A tool beside the program. */
  readonly tool?: boolean;
}): Promise<ZaloTokens> {
  const { config, connection, clock, key, log, oauth, oaId, fake } = deps;
  const repo = createTokenRepo(connection, oaId);
  const given = { accessToken: config.ZALO_ACCESS_TOKEN, refreshToken: config.ZALO_REFRESH_TOKEN };
  const first = fake && !(await repo.load()) ? fake.issuePair() : given;
  return createZaloTokens({
    repo,
    oauth,
    encryptionKey: key,
    accountId: oaId,
    clock,
    log,
    // With embedded stores there is one program only: after a crash it takes its own lease up again at once.
    owner: config.embeddedStore && !deps.tool ? 'program' : randomUUID(),
    journal: createTokenJournal(join(config.DATA_DIR, `zalo-token-${oaId}.kept`), log),
    ...(first.accessToken !== '' && first.refreshToken !== '' ? { first } : {}),
  });
}
