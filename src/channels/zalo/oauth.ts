/**
 * Zalo's token endpoint. A refresh token works once: what comes back must be kept before it is used, and a call that got
 * no answer may have used it up.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { stopwatch } from '../../kernel/clock';
import { messageOf } from '../../kernel/errors';
import { classify, wordsKey } from './errors';
import { asText, readObject } from './json';
import { PATHS } from './wire';

export interface TokenPair {
  readonly accessToken: string;
  /** Null where Zalo named none: then the one that was sent still serves. */
  readonly refreshToken: string | null;
  /** Life of the access token from now, in milliseconds. */
  readonly livesMs: number;
}

/** What Zalo said of a refusal, without anything we sent. */
export interface TokenRefusal {
  readonly code: number;
  readonly meaning: string;
  /** The locale key that says what to do. */
  readonly words: string;
  readonly said?: string;
}

export type TokenAnswer =
  | {
      readonly outcome: 'pair';
      readonly pair: TokenPair;
      /** Milliseconds since the first byte of the answer was read; absent where nobody measured. */
      readonly sinceRead?: () => number;
    }
  /** The refresh token or code is used up, expired or revoked: only a new consent helps. */
  | ({ readonly outcome: 'dead' } & TokenRefusal)
  /** Zalo refused for another reason (app, secret); the token was not used up. */
  | ({ readonly outcome: 'refused' } & TokenRefusal)
  /**
   * A whole answer, but neither tokens nor a number: an empty one, or words only. Zalo answers so for a refresh token that
   * was used already, so twice for the same one means that it is dead. `code` is 0.
   */
  | ({ readonly outcome: 'no_tokens' } & TokenRefusal)
  /** No answer or one that cannot be read: the token may be used up. */
  | { readonly outcome: 'unknown'; readonly detail: string };

export interface OAuthOptions {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly timeoutMs: number;
}

export interface OAuth {
  refresh(refreshToken: string): Promise<TokenAnswer>;
  /** The first pair, for the code that the consent page sent back. */
  exchange(code: string, verifier: string): Promise<TokenAnswer>;
  /** The page where an administrator of the account consents. */
  consentUrl(redirectUri: string, challenge: string, state: string): string;
}

/** What was sent is worth nothing any more; with every other code an operator must look, and the token still is good. */
const DEAD = new Set([wordsKey('token_dead'), wordsKey('login_code')]);
/** Two calls must fit into the time of a lease. */
const PATIENCE_MAX = 10_000;
const SAID_MAX = 200;
const ANSWER_MAX = 64 * 1024;
/** Assumed when Zalo names no life: 25 hours. */
const LIFE_MS = 90_000_000;

export function createOAuth(options: OAuthOptions): OAuth {
  const ask = (fields: Record<string, string>): Promise<TokenAnswer> => askForTokens(options, fields);
  return {
    refresh: (refreshToken) => ask({ refresh_token: refreshToken, grant_type: 'refresh_token' }),
    exchange: (code, verifier) => ask({ code, code_verifier: verifier, grant_type: 'authorization_code' }),
    consentUrl: (redirectUri, challenge, state) => {
      const query = { app_id: options.appId, redirect_uri: redirectUri, code_challenge: challenge, state };
      return `${options.baseUrl}${PATHS.consent}?${new URLSearchParams(query).toString()}`;
    },
  };
}

/** A fresh PKCE verifier: 43 letters and digits. */
export function pkceVerifier(): string {
  let text = '';
  while (text.length < 43)
    text += randomBytes(48)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  return text.slice(0, 43);
}

/** The challenge of a verifier, base64url without padding. */
export function pkceChallenge(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}

/** The `appsecret_proof` of a call: lower-case hex HMAC-SHA256 of its access token, keyed with the app's secret. */
export function appSecretProof(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}

async function askForTokens(options: OAuthOptions, fields: Record<string, string>): Promise<TokenAnswer> {
  const form = new URLSearchParams({ ...fields, app_id: options.appId }).toString();
  let raw: RawAnswer;
  try {
    raw = await post(options, form);
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string };
    const late = name === 'AbortError' || name === 'TimeoutError';
    return { outcome: 'unknown', detail: late ? 'no answer in time' : (code ?? messageOf(error)) };
  }
  const answer = read(raw.text, raw.status, 'code' in fields ? 'login_code' : 'token_dead');
  switch (answer.outcome) {
    case 'pair':
      return { ...answer, sinceRead: raw.sinceRead };
    case 'dead':
    case 'refused':
    case 'no_tokens':
      return withoutSecrets(answer, [options.appSecret, ...Object.values(fields)]);
    case 'unknown':
      return answer;
  }
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly sinceRead: () => number;
}

/**
 * Node's own client, without a library over it: from the first byte of the answer on, the only good pair is in our hands
 * alone, and every layer takes its time.
 */
function post(options: OAuthOptions, form: string): Promise<RawAnswer> {
  const url = new URL(options.baseUrl + PATHS.token);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const req = request(url, {
      method: 'POST',
      headers: {
        secret_key: options.appSecret,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(form),
        accept: 'application/json',
      },
      agent: false,
      signal: AbortSignal.timeout(Math.min(options.timeoutMs, PATIENCE_MAX)),
    });
    req.on('error', reject);
    req.on('response', (res) => {
      const sinceRead = stopwatch();
      const parts: Buffer[] = [];
      let size = 0;
      res.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size > ANSWER_MAX) req.destroy(new Error('answer too long'));
      });
      res.on('error', reject);
      res.on('aborted', () => reject(new Error('answer cut off')));
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8'), sinceRead }),
      );
    });
    req.end(form);
  });
}

/** Zalo's words may repeat what was sent. */
function withoutSecrets<T extends TokenRefusal>(answer: T, secrets: readonly string[]): T {
  if (answer.said === undefined) return answer;
  const said = secrets
    .filter((secret) => secret.length > 7)
    .reduce((text, secret) => text.replaceAll(secret, '…'), answer.said);
  return { ...answer, said: said.slice(0, SAID_MAX) };
}

/** `spent`: the reason to give when Zalo gives none. */
function read(text: string, status: number, spent: 'token_dead' | 'login_code'): TokenAnswer {
  // What cannot be read is handled as no answer, below.
  const body = readObject(text);
  const accessToken = asText(body?.['access_token']);
  if (accessToken !== undefined) {
    const seconds = Number(asText(body?.['expires_in']));
    const livesMs = seconds > 0 && seconds < 1e8 ? seconds * 1000 : LIFE_MS;
    const refreshToken = asText(body?.['refresh_token']) ?? null;
    return { outcome: 'pair', pair: { accessToken, refreshToken, livesMs } };
  }
  const code = Number(asText(body?.['error']) ?? NaN);
  const said = ['error_name', 'error_reason', 'error_description']
    .map((name) => asText(body?.[name]))
    .filter(Boolean)
    .join(': ');
  const words = said === '' ? {} : { said };
  if (Number.isInteger(code) && code !== 0) {
    const known = classify('oauth', code);
    const outcome = DEAD.has(known.words) ? 'dead' : 'refused';
    return { outcome, code, meaning: known.meaning, words: known.words, ...words };
  }
  const detail = `HTTP ${status} without tokens`;
  if (!isWhole(status, text, said)) return { outcome: 'unknown', detail };
  return { outcome: 'no_tokens', code: 0, meaning: detail, words: wordsKey(spent), ...words };
}

/** Whether the token endpoint itself has answered, and not a gateway before it. */
function isWhole(status: number, text: string, said: string): boolean {
  if (said !== '' && status < 500 && status !== 429) return true;
  return status === 200 && (text.trim() === '' || readObject(text) !== undefined);
}
