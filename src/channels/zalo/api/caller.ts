/**
 * Calls with the account's token. A refused token is renewed once and the call repeated once, which is safe because Zalo
 * did nothing. Calls that nobody counted beforehand wait for their turn of the minute.
 */
import { AppError } from '../../../kernel/errors';
import { classify, familyOf } from '../errors';
import type { JsonObject } from '../json';
import type { ApiAnswer, ApiRequest, OpenApi, RateState } from '../openapi';
import type { ZaloTokens } from '../tokens';

export type CallRequest = Omit<ApiRequest, 'token'>;

/** How many calls of this errand were counted beforehand; used up by calling. */
export interface Counted {
  left: number;
  /** Awaited right before each call of the errand; false: it is another's by now, and nothing is called. */
  readonly still?: () => Promise<boolean>;
}

export interface Caller {
  /** Throws only what the tokens throw: `zalo_token_dead`, `zalo_refused`, `zalo_unreachable`, a store that is away. */
  call(request: CallRequest, counted?: Counted): Promise<ApiAnswer>;
}

export interface CallerOptions {
  readonly api: OpenApi;
  readonly tokens: Pick<ZaloTokens, 'current' | 'renew'>;
  /** Told after each answer that carries Zalo's rate headers. */
  readonly onRate?: (rate: RateState) => void;
  /** Awaited before each call that was not counted beforehand. */
  readonly pace?: () => Promise<void>;
}

export function createCaller(options: CallerOptions): Caller {
  const attempt = async (
    token: string,
    request: CallRequest,
    counted: Counted | undefined,
  ): Promise<ApiAnswer> => {
    if (counted && counted.left > 0) counted.left -= 1;
    else await options.pace?.();
    if (counted?.still && !(await counted.still())) return { outcome: 'not_done', detail: 'sent by another' };
    const answer = await options.api.call({ ...request, token });
    if ('rate' in answer && (answer.rate.limit ?? answer.rate.remain) !== null) options.onRate?.(answer.rate);
    return answer;
  };
  return {
    async call(request, counted) {
      const token = await options.tokens.current();
      const answer = await attempt(token.accessToken, request, counted);
      if (answer.outcome !== 'code') return answer;
      if (classify(familyOf(request), answer.code, answer.text).action !== 'refresh') return answer;
      const next = await options.tokens.renew(token.generation);
      return attempt(next.accessToken, request, counted);
    },
  };
}

/**
 * The value of a call, or an `AppError`: `zalo_refused` with code and words, `zalo_rate_limited`, `zalo_unreachable` where
 * it was certainly not done or only read, `zalo_timeout` where it may have been done.
 */
export async function demand(caller: Caller, request: CallRequest): Promise<JsonObject> {
  const answer = await caller.call(request);
  switch (answer.outcome) {
    case 'ok':
      return answer.data;
    case 'code': {
      const { code, action, words } = classify(familyOf(request), answer.code, answer.text);
      if (action === 'minute') throw new AppError('zalo_rate_limited', { code });
      throw new AppError('zalo_refused', { code, words, path: request.path });
    }
    case 'throttled':
      throw new AppError('zalo_rate_limited', { afterMs: answer.afterMs });
    case 'not_done':
      throw new AppError('zalo_unreachable', { detail: answer.detail, path: request.path });
    case 'unknown': {
      const facts = { detail: answer.detail, path: request.path };
      throw new AppError(request.method === 'GET' ? 'zalo_unreachable' : 'zalo_timeout', facts);
    }
  }
}
