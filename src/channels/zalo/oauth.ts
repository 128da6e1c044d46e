/**
 * Zalo's token endpoint. A refresh token works once: what comes back must be kept before it is used, and a call that got
 * no answer may have used it up.
 */
import { createHash, randomBytes } from 'node:crypto';
import axios from 'axios';
import { messageOf } from '../../kernel/errors';
import { asObject, asText, parseJson, type JsonObject } from './json';
import { PATHS } from './wire';

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Life of the access token from now, in milliseconds. */
  readonly livesMs: number;
}

export type TokenAnswer =
  | { readonly outcome: 'pair'; readonly pair: TokenPair }
  /** The refresh token or code is used up, expired or revoked: only a new consent helps. */
  | { readonly outcome: 'dead'; readonly code: number }
  /** Zalo refused for another reason (app, secret); the token was not used up. */
  | { readonly outcome: 'refused'; readonly code: number }
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

const DEAD = new Set([-14014, -14019, -118]);
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

async function askForTokens(options: OAuthOptions, fields: Record<string, string>): Promise<TokenAnswer> {
  let text: string;
  let status: number;
  try {
    const answer = await axios.post<string>(
      options.baseUrl + PATHS.token,
      new URLSearchParams({ ...fields, app_id: options.appId }).toString(),
      {
        headers: { secret_key: options.appSecret, 'content-type': 'application/x-www-form-urlencoded' },
        proxy: false,
        maxRedirects: 0,
        responseType: 'text',
        transformResponse: (body: unknown) => body,
        validateStatus: () => true,
        signal: AbortSignal.timeout(options.timeoutMs),
      },
    );
    text = answer.data;
    status = answer.status;
  } catch (error) {
    // The error holds the request with its secret: only its code and words may go further.
    const code = (error as { code?: string }).code;
    return {
      outcome: 'unknown',
      detail: axios.isCancel(error) ? 'no answer in time' : (code ?? messageOf(error)),
    };
  }
  return read(text, status);
}

function read(text: string, status: number): TokenAnswer {
  let body: JsonObject | undefined;
  try {
    body = asObject(parseJson(text));
  } catch {
    // A page of a gateway or half an answer: handled as no answer, below.
    body = undefined;
  }
  const accessToken = asText(body?.['access_token']);
  const refreshToken = asText(body?.['refresh_token']);
  if (accessToken !== undefined && refreshToken !== undefined) {
    const seconds = Number(asText(body?.['expires_in']));
    const livesMs = seconds > 0 && seconds < 1e8 ? seconds * 1000 : LIFE_MS;
    return { outcome: 'pair', pair: { accessToken, refreshToken, livesMs } };
  }
  const code = Number(asText(body?.['error']) ?? NaN);
  if (!Number.isInteger(code) || code === 0)
    return { outcome: 'unknown', detail: `HTTP ${status} without tokens` };
  return DEAD.has(code) ? { outcome: 'dead', code } : { outcome: 'refused', code };
}
