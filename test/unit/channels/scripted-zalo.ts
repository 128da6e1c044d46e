import { createCaller, type Caller } from '../../../src/channels/zalo/api/caller';
import type { ApiAnswer, ApiRequest, OpenApi } from '../../../src/channels/zalo/openapi';
import type { ZaloChannelOptions } from '../../../src/channels/zalo/zalo-channel';
import { FrozenClock } from '../../../src/kernel/clock';
import { silentLog } from '../../../src/observability/logger';

export const rate = { limit: null, remain: null };
export const code = (value: number, text = ''): ApiAnswer => ({ outcome: 'code', code: value, text, rate });
export const ok = (data: Record<string, unknown>): ApiAnswer => ({ outcome: 'ok', data, rate });
export const accepted = ok({ message_id: 'm1' });

/** A Zalo that gives these answers in turn; one call too many is a failure of the test. */
export interface Scripted extends OpenApi {
  readonly requests: ApiRequest[];
  /** Answers nobody asked for. */
  readonly left: ApiAnswer[];
}

export function scriptedApi(answers: readonly ApiAnswer[]): Scripted {
  const requests: ApiRequest[] = [];
  const left = [...answers];
  return {
    requests,
    left,
    call: async (request) => {
      requests.push(request);
      const answer = left.shift();
      if (!answer) throw new Error(`one call too many: ${request.path}`);
      return answer;
    },
    close: () => undefined,
  };
}

/** Tokens that are always good. */
export const goodTokens: ZaloChannelOptions['tokens'] = {
  current: async () => ({ accessToken: 'at-1', generation: 1 }),
  renew: async () => ({ accessToken: 'at-2', generation: 2 }),
};

export function scriptedCaller(answers: readonly ApiAnswer[]): { api: Scripted; caller: Caller } {
  const api = scriptedApi(answers);
  return { api, caller: createCaller({ api, tokens: goodTokens }) };
}

/** What a channel needs beside its script. */
export function channelOptions(api: OpenApi, more: Partial<ZaloChannelOptions> = {}): ZaloChannelOptions {
  const clock = new FrozenClock(new Date('2026-03-12T15:00:20Z'));
  return { api, tokens: goodTokens, clock, log: silentLog, random: () => 0, ...more };
}
