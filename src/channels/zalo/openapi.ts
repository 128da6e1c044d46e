/**
 * One call to Zalo's OA API, and what its answer means. Failures come with HTTP status 200 and a negative `error`, so the
 * status alone says little. The answer tells apart what certainly did not reach Zalo from what may have: a send has no
 * idempotency key, so only the first kind may be repeated.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { AppError, messageOf } from '../../kernel/errors';
import { neverLeft, watchConnect, type ConnectDeadline } from '../connect-deadline';
import { asObject, asText, readObject, type JsonObject } from './json';

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string;
  /** `business`: the host of templates by phone number. */
  readonly host?: 'oa' | 'business';
  /** POST: the JSON body. */
  readonly body?: object;
  /** POST: a file to upload instead; its name ends in its extension. */
  readonly file?: UploadFile;
  /** GET: the one query parameter `data`, as JSON. */
  readonly data?: object;
  /** GET: plain query parameters, as groups and templates have them. */
  readonly query?: Readonly<Record<string, string | number>>;
}

export interface UploadFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** What Zalo says of the present minute; null where it says nothing. */
export interface RateState {
  readonly limit: number | null;
  readonly remain: number | null;
}

export type ApiAnswer =
  | { readonly outcome: 'ok'; readonly data: JsonObject; readonly rate: RateState }
  /** Zalo answered with one of its codes; `text` is for telling meanings apart and never for the log. */
  | { readonly outcome: 'code'; readonly code: number; readonly text: string; readonly rate: RateState }
  /** Certainly not carried out: not connected, or answered with 5xx. */
  | { readonly outcome: 'not_done'; readonly detail: string }
  /** HTTP 429. */
  | { readonly outcome: 'throttled'; readonly afterMs: number | null }
  /** Perhaps carried out: no answer in time, or one that cannot be read. */
  | { readonly outcome: 'unknown'; readonly detail: string };

export interface OpenApi {
  call(request: ApiRequest): Promise<ApiAnswer>;
  /** Closes the connections kept open. */
  close(): void;
}

export interface OpenApiOptions {
  readonly baseUrl: string;
  /** Base address of the business host; without it a call to that host throws. */
  readonly businessUrl?: string;
  /** A call without an answer is given up after so long; never more than ten seconds. */
  readonly timeoutMs: number;
  /** Connections at most to each host, idle ones included; never more than 64 in all. */
  readonly sockets?: number;
  /** Proof that goes with each token, where the app demands one. */
  readonly proofOf?: (token: string) => string;
}

/** Answers are small; more than this is not one of Zalo's. */
const ANSWER_MAX = 1024 * 1024;
const PATIENCE_MAX = 10_000;
const SOCKETS_MAX = 64;
/** Idle connections are given up before the other end does, which would make the next send uncertain. */
const IDLE = 4_000;

export function createOpenApi(options: OpenApiOptions): OpenApi {
  const pool = {
    keepAlive: true,
    maxSockets: Math.min(options.sockets ?? 16, SOCKETS_MAX),
    maxTotalSockets: SOCKETS_MAX,
    maxFreeSockets: 8,
    timeout: IDLE,
  };
  const agents = { http: new http.Agent(pool), https: new https.Agent(pool) };
  const client = axios.create({
    httpAgent: agents.http,
    httpsAgent: agents.https,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: ANSWER_MAX,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  });
  return {
    call: (request) => call(client, options, request),
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

async function call(client: AxiosInstance, options: OpenApiOptions, request: ApiRequest): Promise<ApiAnswer> {
  const base = request.host === 'business' ? options.businessUrl : options.baseUrl;
  if (base === undefined) throw new AppError('config_invalid', { missing: 'business host' });
  const line: ConnectDeadline = { stood: false };
  const content = contentOf(request);
  let answer: AxiosResponse<string>;
  try {
    answer = await client.request<string>({
      method: request.method,
      url: base + request.path,
      headers: {
        access_token: request.token,
        ...(options.proofOf ? { appsecret_proof: options.proofOf(request.token) } : {}),
        ...(content ? { 'content-type': content.type } : {}),
      },
      ...(content ? { data: content.bytes } : {}),
      ...(request.data ? { params: { data: JSON.stringify(request.data) } } : {}),
      ...(request.query ? { params: request.query } : {}),
      signal: AbortSignal.timeout(Math.min(options.timeoutMs, PATIENCE_MAX)),
      transport: watched(base, line),
    });
  } catch (error) {
    const { code } = error as { code?: string };
    const detail = axios.isCancel(error) ? 'no answer in time' : (code ?? messageOf(error));
    if (neverLeft(line, code)) return { outcome: 'not_done', detail: `not connected: ${detail}` };
    return { outcome: 'unknown', detail };
  }
  return readAnswer(answer);
}

function contentOf(request: ApiRequest): { type: string; bytes: Buffer } | null {
  if (request.body) return { type: 'application/json', bytes: Buffer.from(JSON.stringify(request.body)) };
  return request.file ? multipart(request.file) : null;
}

/** One file under the field `file`. Zalo takes its kind from the extension of the name. */
function multipart(file: UploadFile): { type: string; bytes: Buffer } {
  const boundary = `----${randomUUID()}`;
  const name = file.name.replace(/["\\\r\n]/g, '_');
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
    `content-type: ${file.type}\r\n\r\n`;
  const bytes = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}

interface Transport {
  request(options: http.RequestOptions, answered: (res: http.IncomingMessage) => void): http.ClientRequest;
}

/** The plain transport, watched. */
function watched(baseUrl: string, line: ConnectDeadline): Transport {
  const secure = baseUrl.startsWith('https:');
  return {
    request(options, answered) {
      const req = secure ? https.request(options, answered) : http.request(options, answered);
      watchConnect(req, secure, line);
      return req;
    },
  };
}

function readAnswer(answer: AxiosResponse<string>): ApiAnswer {
  const { status } = answer;
  const rate = {
    limit: count(answer.headers['x-ratelimit-limit']),
    remain: count(answer.headers['x-ratelimit-remain']),
  };
  const body = readObject(answer.data);
  const code = body ? Number(asText(body['error']) ?? NaN) : NaN;
  if (Number.isInteger(code) && code !== 0)
    return { outcome: 'code', code, text: asText(body?.['message']) ?? '', rate };
  if (status === 429) {
    const seconds = count(answer.headers['retry-after']);
    return { outcome: 'throttled', afterMs: seconds === null ? null : seconds * 1000 };
  }
  // A gateway that gave up waiting does not know either what became of the request.
  if (status === 504 || status === 408 || status === 524)
    return { outcome: 'unknown', detail: `HTTP ${status}` };
  if (status >= 500) return { outcome: 'not_done', detail: `HTTP ${status}` };
  if (status >= 300) return { outcome: 'code', code: status, text: '', rate };
  if (!body || (code !== 0 && body['data'] === undefined))
    return { outcome: 'unknown', detail: 'answer cannot be read' };
  return { outcome: 'ok', data: dataOf(body), rate };
}

/** The useful part, which Zalo sometimes wraps once more; a list stays under `items`, and `sent_time` may stand beside. */
function dataOf(body: JsonObject): JsonObject {
  const { data } = body;
  if (Array.isArray(data)) return { items: data as unknown[] };
  const outer = asObject(data) ?? {};
  const inner = Object.keys(outer).length === 1 ? outer['data'] : undefined;
  if (Array.isArray(inner)) return { items: inner as unknown[] };
  const found = asObject(inner) ?? outer;
  return body['sent_time'] === undefined ? found : { sent_time: body['sent_time'], ...found };
}

function count(header: unknown): number | null {
  const text = typeof header === 'string' || typeof header === 'number' ? String(header).trim() : '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
