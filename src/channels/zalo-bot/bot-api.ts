/**
 * One call to the Zalo Bot Platform, and what its answer means. The token stands in the path, so no address is ever
 * told. Failures come as `ok: false`, often with HTTP status 200; a call has no idempotency key, so what may have been
 * carried out is told apart from what certainly was not.
 */
import { createJsonPoster, type Posted } from '../post-json';
import { asObject, asText, readObject, type JsonObject } from '../zalo/json';
import { methodPath, type Method } from './wire';

export type BotAnswer =
  | { readonly outcome: 'ok'; readonly result: JsonObject }
  /** Refused with one of the platform's codes; `text` is for telling meanings apart, never for the log. */
  | { readonly outcome: 'code'; readonly code: number; readonly text: string }
  /** Certainly not carried out: not connected, or a failure of theirs. */
  | { readonly outcome: 'not_done'; readonly detail: string }
  | { readonly outcome: 'throttled'; readonly afterMs: number | null }
  /** Perhaps carried out: no answer in time, or one that cannot be read. */
  | { readonly outcome: 'unknown'; readonly detail: string };

export interface BotApi {
  /** Never rejects. */
  call(method: Method, body?: object): Promise<BotAnswer>;
  close(): void;
}

export function createBotApi(options: {
  readonly baseUrl: string;
  readonly token: string;
  readonly timeoutMs: number;
}): BotApi {
  const poster = createJsonPoster(options);
  return {
    call: async (method, body = {}) => readAnswer(await poster.post(methodPath(options.token, method), body)),
    close: () => poster.close(),
  };
}

function readAnswer(posted: Posted): BotAnswer {
  if (posted.outcome !== 'answered') return posted;
  const body = readObject(posted.text);
  if (body?.['ok'] === true && posted.status < 300)
    return { outcome: 'ok', result: asObject(body['result']) ?? {} };
  const named = Number(asText(body?.['error_code']) ?? NaN);
  const code = Number.isInteger(named) ? named : posted.status;
  if (code === 429) return { outcome: 'throttled', afterMs: waitOf(posted, body) };
  // Somebody on the way gave up waiting and does not know either what became of the request.
  if (code === 408 || code === 504 || code === 524) return { outcome: 'unknown', detail: `code ${code}` };
  if (code >= 500) return { outcome: 'not_done', detail: `code ${code}` };
  if (code >= 300 || Number.isInteger(named))
    return { outcome: 'code', code, text: asText(body?.['description']) ?? '' };
  return { outcome: 'unknown', detail: 'answer cannot be read' };
}

/** Seconds to wait, from the header or the body; null where nobody says. */
function waitOf(
  posted: Extract<Posted, { outcome: 'answered' }>,
  body: JsonObject | undefined,
): number | null {
  const inside = asText(asObject(body?.['parameters'])?.['retry_after']);
  const seconds = posted.headers['retry-after'] ?? inside ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
}
