import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Channel } from '../channels/channel';
import { createOAuth } from '../channels/zalo/oauth';
import { createOpenApi, type OpenApi } from '../channels/zalo/openapi';
import { ZALO_LIMITS } from '../channels/zalo/render';
import { createTokenRepo } from '../channels/zalo/tokens.repo';
import { createZaloTokens, type ZaloTokens } from '../channels/zalo/tokens';
import { createZaloChannel } from '../channels/zalo/zalo-channel';
import type { Config } from '../config/config';
import type { Clock } from '../kernel/clock';
import { keyedHash } from '../kernel/ids';
import type { PartState } from '../http/health.routes';
import type { Logger } from '../observability/logger';

/** Who we are to Zalo: the real account's keys, or those of the simulated one. */
export interface ZaloKeys {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecrets: readonly string[];
}

/** The part of the fake Zalo that is needed to begin: a first pair of tokens. */
export interface FirstPair {
  issuePair(): { readonly accessToken: string; readonly refreshToken: string };
}

export interface Zalo {
  readonly keys: ZaloKeys;
  readonly channel: Channel;
  /** Opens the way to Zalo, or to the fake one at `base`, once that address is known. */
  start(base: string, fake: FirstPair | null): Promise<void>;
  freshen(): Promise<void>;
  health(): PartState;
  stop(): Promise<void>;
}

export function openZalo(deps: {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly key: Buffer;
  readonly log: Logger;
}): Zalo {
  const { config, connection, clock, key, log } = deps;
  const keys = keysOf(config, key);
  let open: { readonly api: OpenApi; readonly tokens: ZaloTokens; readonly channel: Channel } | null = null;

  return {
    keys,
    channel: {
      name: 'zalo',
      limits: ZALO_LIMITS,
      send: async (to, message) =>
        open ? open.channel.send(to, message) : { outcome: 'retry', afterMs: 500, detail: 'starting' },
    },
    async start(base, fake) {
      const simulated = config.mode === 'simulator';
      const oauthUrl = simulated ? `${base}/simulator/zalo` : config.ZALO_OAUTH_URL;
      const apiUrl = simulated ? `${base}/simulator/zalo` : config.ZALO_OPENAPI_URL;
      const repo = createTokenRepo(connection, keys.oaId);
      const given = { accessToken: config.ZALO_ACCESS_TOKEN, refreshToken: config.ZALO_REFRESH_TOKEN };
      const first = fake && !(await repo.load()) ? fake.issuePair() : given;
      const api = createOpenApi({ baseUrl: apiUrl, timeoutMs: config.ZALO_TIMEOUT_MS });
      const oauth = createOAuth({
        baseUrl: oauthUrl,
        appId: keys.appId,
        appSecret: keys.appSecret,
        timeoutMs: config.ZALO_TIMEOUT_MS,
      });
      const tokens = createZaloTokens({
        repo,
        oauth,
        encryptionKey: key,
        accountId: keys.oaId,
        clock,
        log,
        owner: randomUUID(),
        ...(first.accessToken !== '' && first.refreshToken !== '' ? { first } : {}),
      });
      open = { api, tokens, channel: createZaloChannel({ api, tokens, clock, log }) };
      await tokens.refreshIfDue();
    },
    freshen: async () => open?.tokens.refreshIfDue(),
    health: () => {
      const state = open?.tokens.health();
      return state ? { ok: state.ok, detail: state.state } : { ok: false, detail: 'starting' };
    },
    stop: async () => {
      open?.api.close();
    },
  };
}

function keysOf(config: Config, key: Buffer): ZaloKeys {
  if (config.mode === 'live')
    return {
      appId: config.ZALO_APP_ID,
      appSecret: config.ZALO_APP_SECRET,
      oaId: config.ZALO_OA_ID,
      oaSecrets: config.ZALO_OA_SECRET_KEY.split(',')
        .map((secret) => secret.trim())
        .filter(Boolean),
    };
  return {
    appId: '2400000000000000001',
    appSecret: keyedHash(key, 'simulator', 'app secret'),
    oaId: '2400000000000000002',
    oaSecrets: [keyedHash(key, 'simulator', 'oa secret')],
  };
}
