import type { Channel } from '../channels/channel';
import { ACCOUNT_ALARMS } from '../channels/zalo/account';
import { createAccountWatch, type AccountWatch } from '../channels/zalo/account-watch';
import { createCaller } from '../channels/zalo/api/caller';
import { createGroups, type Groups } from '../channels/zalo/api/groups';
import { familyOf } from '../channels/zalo/errors';
import { chatLink } from '../channels/zalo/event-kinds';
import { createAssetRepo } from '../channels/zalo/assets.repo';
import { appSecretProof, createOAuth } from '../channels/zalo/oauth';
import { createOpenApi, type OpenApi } from '../channels/zalo/openapi';
import { ZALO_LIMITS } from '../channels/zalo/render';
import type { ZaloTokens } from '../channels/zalo/tokens';
import { createWebhookHandler } from '../channels/zalo/webhook.routes';
import { createZaloChannel } from '../channels/zalo/zalo-channel';
import type { Config } from '../config/config';
import type { Clock } from '../kernel/clock';
import { keyedHash } from '../kernel/ids';
import { commaList } from '../kernel/lists';
import { DAY } from '../kernel/vn-time';
import type { Metrics } from '../observability/metrics';
import { onceOpen, type ChannelModule, type ChannelModuleDeps, type SharedLimit } from './channel-module';
import { groupCostLog } from './group-cost';
import { ACCESS_LIFE_MS } from '../simulator/fake-oauth';
import { startSimulator, type ZaloSimulated } from './simulated';
import { createZaloGroups } from './zalo-groups';
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

/** An alarm is seen, and what an operator did is found, within this time. */
const TEND_MS = 15_000;

interface Open {
  readonly api: OpenApi;
  readonly tokens: ZaloTokens;
  readonly channel: Channel;
  readonly groups: Groups;
  readonly watch: AccountWatch;
  readonly timer: NodeJS.Timeout;
}

/** Zalo's Official Account as the channelModule: tokens that are renewed, and an account that is watched. */
export function openOfficialAccount(deps: ChannelModuleDeps): ChannelModule {
  const { config, connection, clock, key, log } = deps;
  const keys = keysOf(config, key);
  let open: Open | null = null;
  let simulated: ZaloSimulated | null = null;
  if (deps.metrics) measure(deps.metrics, clock, () => open);

  return {
    name: 'zalo',
    channel: {
      ...onceOpen({ name: 'zalo', limits: ZALO_LIMITS }, () => open?.channel),
      lookUp: async (to, message, since) =>
        (await open?.channel.lookUp?.(to, message, since)) ?? { arrived: 'unknown' },
    },
    addresses: ['zalo', 'zalo-group', 'zalo-visitor', 'zalo-phone'],
    part: 'zalo_token',
    chatLink: chatLink(keys.oaId),
    asksPhone: true,
    webhook: (options) =>
      createWebhookHandler({
        ...options,
        appId: keys.appId,
        oaId: keys.oaId,
        secrets: keys.oaSecrets,
        onSignature: (matches) => open?.watch.noteSignature(matches),
      }),
    groups: createZaloGroups({
      groups: () => open?.groups ?? null,
      admins: () =>
        config.ZALO_GROUP_ADMINS.length > 0 || !simulated ? config.ZALO_GROUP_ADMINS : [simulated.admin],
      beforeCreate: () => {
        if (config.ZALO_GROUP_ADMINS.length === 0) simulated?.seatAdmin();
      },
    }),
    simulate: (given) => (simulated = startSimulator({ ...given, keys })),
    async start(base, limit) {
      const fakeUrl = config.mode === 'simulator' ? `${base}/simulator/zalo` : null;
      const plain = createOpenApi({
        baseUrl: fakeUrl ?? config.ZALO_OPENAPI_URL,
        businessUrl: fakeUrl ?? config.ZALO_BUSINESS_URL,
        timeoutMs: config.ZALO_TIMEOUT_MS,
        ...(config.ZALO_APPSECRET_PROOF === 'on'
          ? { proofOf: (token: string) => appSecretProof(token, keys.appSecret) }
          : {}),
      });
      const oauth = createOAuth({
        baseUrl: fakeUrl ?? config.ZALO_OAUTH_URL,
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
        fake: simulated?.fake ?? null,
      });
      // Whatever asks Zalo counts in the same limit.
      const shared = {
        onRate: (rate: Parameters<SharedLimit['noteRate']>[0]) => limit.noteRate(rate),
        pace: () => limit.pace(),
      };
      const watch = createAccountWatch({
        caller: createCaller({ api: plain, tokens, ...shared }),
        tokens,
        oaId: keys.oaId,
        clock,
        log,
      });
      const api: OpenApi = {
        close: () => plain.close(),
        call: async (request) => {
          const answer = await plain.call(request);
          if (answer.outcome === 'code')
            watch.noteRefusal(familyOf(request), answer.code, answer.text, request.path);
          else if (answer.outcome === 'ok') watch.noteAccepted(request.path);
          return answer;
        },
      };
      if (simulated) followConsole(simulated.fake, tokens, watch);
      const noteGroupCost = groupCostLog({ config, clock, log });
      noteGroupCost();
      const timer = setInterval(() => {
        void watch.tend();
        noteGroupCost();
      }, TEND_MS).unref();
      const channel = createZaloChannel({
        api,
        tokens,
        clock,
        log,
        media: deps.media,
        assets: createAssetRepo(connection, keys.oaId),
        askTemplates: true,
        ...(deps.phoneOf ? { phoneOf: deps.phoneOf } : {}),
        ...shared,
      });
      const groups = createGroups(createCaller({ api, tokens, ...shared }));
      open = { api, tokens, channel, groups, watch, timer };
      // The first look at the account goes on beside the start.
      await tokens.tend();
      void watch.tend();
    },
    renewIfDue: async () => open?.watch.tend(),
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

/** What an operator would do by `zalo:login` and by waiting for the next look, the simulator's console does at once. */
function followConsole(fake: ZaloSimulated['fake'], tokens: ZaloTokens, watch: AccountWatch): void {
  fake.onConsent = async (pair) => {
    await tokens.link(async () => ({ outcome: 'pair', pair: { ...pair, livesMs: ACCESS_LIFE_MS } }));
  };
  fake.onAccountChange = () => watch.lookAgain();
}

/** One gauge for each alarm, 1 while it stands; and how the token is. */
function measure(metrics: Pick<Metrics, 'gauge'>, clock: Clock, open: () => Open | null): void {
  for (const alarm of ACCOUNT_ALARMS)
    metrics.gauge(
      `zalo_alarm_${alarm}`,
      '1 while this alarm of the account stands, see docs/operating.md',
      () => (open()?.watch.standing().includes(alarm) ? 1 : 0),
    );
  metrics.gauge('zalo_refresh_token_age_days', 'Days since Zalo issued the refresh token', () => {
    const at = open()?.tokens.health().refreshSince;
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
      oaSecrets: commaList(config.ZALO_OA_SECRET_KEY),
    };
  return {
    appId: '2400000000000000001',
    appSecret: keyedHash(key, 'simulator', 'app secret'),
    oaId: '2400000000000000002',
    oaSecrets: [keyedHash(key, 'simulator', 'oa secret')],
  };
}
