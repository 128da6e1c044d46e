import { join } from 'node:path';
import type { Connection } from 'mongoose';
import type { Channel, InboundEvent } from '../channels/channel';
import { ACCOUNT_ALARMS } from '../channels/zalo/account';
import { createAccountWatch, type AccountWatch } from '../channels/zalo/account-watch';
import { createCaller } from '../channels/zalo/api/caller';
import { familyOf } from '../channels/zalo/errors';
import { createAssetRepo } from '../channels/zalo/assets.repo';
import { appSecretProof, createOAuth } from '../channels/zalo/oauth';
import { createOpenApi, type OpenApi } from '../channels/zalo/openapi';
import { ZALO_LIMITS } from '../channels/zalo/render';
import type { ZaloTokens } from '../channels/zalo/tokens';
import { createZaloChannel } from '../channels/zalo/zalo-channel';
import type { Config } from '../config/config';
import { systemClock, type Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { keyedHash, type UserKey } from '../kernel/ids';
import { DAY } from '../kernel/vn-time';
import type { PartState } from '../http/health.routes';
import { createMediaStore, sweepHalfWritten } from '../media/media-store';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { openZaloTokens } from './zalo-tokens';

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
  /** For timers: the token, the state of the account, the alarms. It also happens by itself every few seconds. */
  freshen(): Promise<void>;
  /** Something happened to the account, by Zalo's own name of it (`permission_revoked`). May run twice. */
  noteAccountEvent(name: string, data: InboundEvent['data'], at: Date): Promise<void>;
  /** Not ok while any alarm stands; the detail names them all, or says how the token is. */
  health(): PartState;
  stop(): Promise<void>;
}

/** An alarm is seen, and what an operator did is found, within this time. */
const TEND_MS = 15_000;

interface Open {
  readonly api: OpenApi;
  readonly tokens: ZaloTokens;
  readonly channel: Channel;
  readonly watch: AccountWatch;
  readonly timer: NodeJS.Timeout;
}

export function openZalo(deps: {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly key: Buffer;
  readonly log: Logger;
  readonly metrics?: Pick<Metrics, 'gauge'>;
  /** The phone number behind an address as `84…`; null where none is kept. */
  readonly phoneOf?: (to: UserKey) => Promise<string | null>;
  /** Told what Zalo says of its limit of requests. */
  readonly onRate?: (rate: { readonly limit: number | null; readonly remain: number | null }) => void;
  /** Awaited before each request that is no message. */
  readonly pace?: () => Promise<void>;
}): Zalo {
  const { config, connection, clock, key, log } = deps;
  const keys = keysOf(config, key);
  const mediaDir = join(config.DATA_DIR, 'media');
  let open: Open | null = null;
  if (deps.metrics) measure(deps.metrics, clock, () => open);

  return {
    keys,
    channel: {
      name: 'zalo',
      limits: ZALO_LIMITS,
      send: async (to, message) =>
        open ? open.channel.send(to, message) : { outcome: 'retry', afterMs: 500, detail: 'starting' },
      lookUp: async (to, message, since) =>
        (await open?.channel.lookUp?.(to, message, since)) ?? { arrived: 'unknown' },
    },
    async start(base, fake) {
      const simulated = config.mode === 'simulator';
      const oauthUrl = simulated ? `${base}/simulator/zalo` : config.ZALO_OAUTH_URL;
      const apiUrl = simulated ? `${base}/simulator/zalo` : config.ZALO_OPENAPI_URL;
      const plain = createOpenApi({
        baseUrl: apiUrl,
        businessUrl: simulated ? `${base}/simulator/zalo` : config.ZALO_BUSINESS_URL,
        timeoutMs: config.ZALO_TIMEOUT_MS,
        ...(config.ZALO_APPSECRET_PROOF === 'on'
          ? { proofOf: (token: string) => appSecretProof(token, keys.appSecret) }
          : {}),
      });
      const oauth = createOAuth({
        baseUrl: oauthUrl,
        appId: keys.appId,
        appSecret: keys.appSecret,
        timeoutMs: config.ZALO_TIMEOUT_MS,
      });
      const tokens = await openZaloTokens({
        config,
        connection,
        clock,
        key,
        log,
        oauth,
        oaId: keys.oaId,
        fake,
      });
      const watch = createAccountWatch({
        caller: createCaller({ api: plain, tokens }),
        tokens,
        oaId: keys.oaId,
        clock,
        log,
      });
      const api: OpenApi = {
        close: () => plain.close(),
        call: async (request) => {
          const answer = await plain.call(request);
          if (answer.outcome === 'code') watch.noteRefusal(familyOf(request), answer.code, answer.text);
          return answer;
        },
      };
      const timer = setInterval(() => void watch.tend(), TEND_MS).unref();
      const channel = createZaloChannel({
        api,
        tokens,
        clock,
        log,
        lists: config.ZALO_LIST_MESSAGES === 'on',
        media: createMediaStore(mediaDir),
        assets: createAssetRepo(connection, keys.oaId),
        askTemplates: true,
        ...(deps.phoneOf ? { phoneOf: deps.phoneOf } : {}),
        ...(deps.onRate ? { onRate: deps.onRate } : {}),
        ...(deps.pace ? { pace: deps.pace } : {}),
      });
      open = { api, tokens, channel, watch, timer };
      sweepHalfWritten(mediaDir, systemClock.now()).catch((error: unknown) =>
        log.warn({ reason: messageOf(error) }, 'half-written media could not be swept'),
      );
      // The first look at the account goes on beside the start.
      await tokens.tend();
      void watch.tend();
    },
    freshen: async () => open?.watch.tend(),
    noteAccountEvent: async (name, _data, at) => open?.watch.noteEvent(name, at),
    health: () => {
      if (!open) return { ok: false, detail: 'starting' };
      const standing = open.watch.standing();
      return { ok: standing.length === 0, detail: standing.join(', ') || open.tokens.health().state };
    },
    stop: async () => {
      if (open) clearInterval(open.timer);
      open?.api.close();
    },
  };
}

/** One gauge for each alarm, 1 while it stands; and how the token is. */
function measure(metrics: Pick<Metrics, 'gauge'>, clock: Clock, open: () => Open | null): void {
  for (const alarm of ACCOUNT_ALARMS)
    metrics.gauge(`zalo_alarm_${alarm}`, '1 while this alarm of the account stands, see README', () =>
      open()?.watch.standing().includes(alarm) ? 1 : 0,
    );
  metrics.gauge('zalo_refresh_token_age_days', 'Days since Zalo issued the refresh token', () => {
    const at = open()?.tokens.health().obtainedAt;
    return at ? (clock.now().getTime() - at.getTime()) / DAY : 0;
  });
  metrics.gauge(
    'zalo_token_window_ms',
    'How long the last new token pair was in memory only, in milliseconds; 0 when this process renewed none',
    () => open()?.tokens.health().windowMs ?? 0,
  );
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
