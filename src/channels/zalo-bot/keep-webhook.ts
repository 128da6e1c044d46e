/**
 * Tells the platform where to bring messages, and with which secret. At the first look it is always told, for the
 * platform shows the address but not the secret, which may have changed; telling the same again changes nothing.
 * Later it is told only when the address has become another. While the platform cannot be asked, it is asked again.
 */
import type { Logger } from '../../observability/logger';
import { asText } from '../zalo/json';
import type { BotAnswer, BotApi } from './bot-api';

export type WebhookState = 'starting' | 'set' | 'token_refused' | 'refused' | 'unreachable';

export interface WebhookKeeper {
  readonly state: WebhookState;
  /** Looks, tells if need be, and goes on trying by itself until it is known. Never rejects. */
  keep(): Promise<WebhookState>;
  stop(): void;
}

const AGAIN_MS = 15_000;

export function createWebhookKeeper(options: {
  readonly api: BotApi;
  readonly url: string;
  readonly secretToken: string;
  readonly log: Logger;
  readonly againMs?: number;
}): WebhookKeeper {
  const { api, url, secretToken, log } = options;
  let state: WebhookState = 'starting';
  let told = false;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<WebhookState> | null = null;

  async function once(): Promise<WebhookState> {
    const info = await api.call('getWebhookInfo');
    // A bot without a webhook may be answered with a refusal; only a bad token is final here.
    if (info.outcome !== 'ok' && (info.outcome !== 'code' || info.code === 401)) return stateOf(info);
    const there = info.outcome === 'ok' ? asText(info.result['url']) : undefined;
    if (there === url && told) return 'set';
    if (there !== undefined && there !== url)
      log.warn({ host: hostOf(there) }, 'the webhook of the bot pointed elsewhere and is taken back');
    const answer = await api.call('setWebhook', { url, secret_token: secretToken });
    if (answer.outcome === 'ok') told = true;
    return stateOf(answer);
  }

  async function look(): Promise<WebhookState> {
    const found = await once();
    if (found !== state) {
      if (found === 'set') log.info({ host: hostOf(url) }, 'the bot platform brings messages here');
      else log.error({ state: found }, 'the bot platform does not bring messages here yet');
    }
    state = found;
    if (found !== 'set' && !stopped) {
      timer = setTimeout(() => void keep(), options.againMs ?? AGAIN_MS);
      timer.unref();
    }
    return found;
  }

  function keep(): Promise<WebhookState> {
    if (timer) clearTimeout(timer);
    timer = null;
    return (running ??= look().finally(() => (running = null)));
  }

  return {
    get state() {
      return state;
    },
    keep,
    stop: () => {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

function stateOf(answer: BotAnswer): WebhookState {
  if (answer.outcome === 'ok') return 'set';
  if (answer.outcome !== 'code') return 'unreachable';
  return answer.code === 401 ? 'token_refused' : 'refused';
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'unreadable';
}
