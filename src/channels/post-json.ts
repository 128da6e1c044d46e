/**
 * One JSON request to a messenger and its bare answer. What matters to a sender is told apart: certainly not carried
 * out (never connected) or perhaps (no answer, or a broken one). Addresses may hold a secret, so neither an address nor
 * a library's error text ever leaves this file; of a failure only its code is told.
 */
import http from 'node:http';
import https from 'node:https';
import { neverLeft, watchConnect } from './connect-deadline';

export type Posted =
  | {
      readonly outcome: 'answered';
      readonly status: number;
      readonly headers: http.IncomingHttpHeaders;
      readonly text: string;
    }
  | { readonly outcome: 'not_done'; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly detail: string };

export interface JsonPoster {
  /** `path` comes behind the base URL. Never rejects. */
  post(path: string, body: object): Promise<Posted>;
  /** Closes the connections kept open. */
  close(): void;
}

/** Answers are small; what is longer is none. */
const ANSWER_MAX = 1024 * 1024;
/** Idle connections are given up before the other end does, which would make the next send uncertain. */
const IDLE = 4_000;

export function createJsonPoster(options: {
  readonly baseUrl: string;
  /** For the whole request, in milliseconds. */
  readonly timeoutMs: number;
}): JsonPoster {
  const secure = options.baseUrl.startsWith('https:');
  const pool = { keepAlive: true, maxSockets: 16, maxFreeSockets: 8, timeout: IDLE };
  const agent = secure ? new https.Agent(pool) : new http.Agent(pool);
  return {
    post: (path, body) => post(secure, agent, `${options.baseUrl}${path}`, body, options.timeoutMs),
    close: () => agent.destroy(),
  };
}

function post(
  secure: boolean,
  agent: http.Agent,
  url: string,
  body: object,
  timeoutMs: number,
): Promise<Posted> {
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length) };
  return new Promise((resolve) => {
    const request = (secure ? https : http).request(url, { method: 'POST', agent, headers });
    const line = watchConnect(request, secure);
    const failed = (code: string): void => {
      clearTimeout(deadline);
      if (neverLeft(line, code)) resolve({ outcome: 'not_done', detail: `not connected: ${code}` });
      else resolve({ outcome: 'unknown', detail: code });
    };
    const deadline = setTimeout(() => {
      failed('no answer in time');
      request.destroy();
    }, timeoutMs);
    request.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? 'broken off'));
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size <= ANSWER_MAX) return void parts.push(part);
        failed('answer too long');
        request.destroy();
      });
      response.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? 'broken off'));
      response.on('end', () => {
        clearTimeout(deadline);
        const text = Buffer.concat(parts).toString('utf8');
        resolve({
          outcome: 'answered',
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
        });
      });
    });
    request.end(bytes);
  });
}
