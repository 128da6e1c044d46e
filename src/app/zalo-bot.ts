import type { Channel } from '../channels/channel';
import { createBotApi, type BotApi } from '../channels/zalo-bot/bot-api';
import { createBotChannel } from '../channels/zalo-bot/bot-channel';
import { createWebhookKeeper, type WebhookKeeper } from '../channels/zalo-bot/keep-webhook';
import { CHANNEL, GROUP } from '../channels/zalo-bot/parse-update';
import { BOT_LIMITS } from '../channels/zalo-bot/render';
import { createBotWebhookHandler } from '../channels/zalo-bot/webhook.routes';
import { WEBHOOK_PATH } from '../channels/zalo-bot/wire';
import { messageOf } from '../kernel/errors';
import { keyedHash } from '../kernel/ids';
import { sleep } from '../kernel/retry';
import { onceOpen, type ChannelModule, type ChannelModuleDeps } from './channel-module';
import { startBotSimulator } from './simulated-bot';

/** Where the fake platform stands in the program's own server. */
export const FAKE_PATH = '/simulator/zalo-bot';
const START_WAIT_MS = 3_000;

/** The Zalo Bot Platform as the channelModule: a fixed token, and a webhook that is told where to come at each start. */
export function openZaloBot(deps: ChannelModuleDeps): ChannelModule {
  const { config, clock, key, log } = deps;
  const simulated = config.mode === 'simulator';
  const token = simulated
    ? `1000000001:${keyedHash(key, 'simulator', 'bot token').slice(0, 40)}`
    : config.ZALO_BOT_TOKEN;
  const secretToken = simulated ? keyedHash(key, 'simulator', 'bot secret') : config.ZALO_BOT_SECRET_TOKEN;
  // A worker without an address for the internet has nothing to tell the platform; the web process does.
  const tells = config.ROLE !== 'worker' || config.PUBLIC_URL !== '';
  let open: { readonly api: BotApi; readonly channel: Channel; readonly keeper: WebhookKeeper } | null = null;

  return {
    name: CHANNEL,
    channel: onceOpen({ name: CHANNEL, limits: BOT_LIMITS }, () => open?.channel),
    addresses: [CHANNEL, GROUP],
    part: 'zalo_bot_webhook',
    chatLink: '',
    asksPhone: false,
    groups: null,
    webhook: (options) => createBotWebhookHandler({ ...options, secretToken }),
    simulate: (given) => startBotSimulator({ ...given, token, fakePath: FAKE_PATH }),
    async start(base, limit) {
      const baseUrl = simulated ? `${base}${FAKE_PATH}` : config.ZALO_BOT_API_URL;
      const address = config.PUBLIC_URL === '' || simulated ? base : config.PUBLIC_URL;
      const api = createBotApi({ baseUrl, token, timeoutMs: config.ZALO_TIMEOUT_MS });
      // What the sender has not counted beforehand counts in the same limit.
      const paced: BotApi = {
        ...api,
        call: async (method, body) => {
          try {
            await limit.pace();
          } catch (error) {
            return { outcome: 'not_done', detail: `no pace: ${messageOf(error)}` };
          }
          return api.call(method, body);
        },
      };
      const keeper = createWebhookKeeper({ api: paced, url: `${address}${WEBHOOK_PATH}`, secretToken, log });
      open = { api, channel: createBotChannel({ api, paced, clock, log }), keeper };
      // A platform that stays silent does not hold up the start; the keeper goes on by itself.
      if (tells) await Promise.race([keeper.keep(), sleep(START_WAIT_MS)]);
    },
    renewIfDue: async () => {
      if (tells) await open?.keeper.keep();
    },
    health: () => {
      if (!tells) return { ok: true, detail: 'told by another process' };
      const state = open?.keeper.state ?? 'starting';
      return { ok: state === 'set', detail: state };
    },
    stop: async () => {
      open?.keeper.stop();
      open?.api.close();
    },
  };
}
