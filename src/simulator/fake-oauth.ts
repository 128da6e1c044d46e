import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock';
import { DAY, HOUR, MINUTE } from '../kernel/vn-time';
import type { FakeZaloState } from './fake-zalo-state';

/** Zalo's token endpoint: single-use codes and refresh tokens, one live access token at a time. */

export const ACCESS_LIFE_MS = 25 * HOUR;
const REFRESH_LIFE_MS = 90 * DAY;
const CODE_LIFE_MS = 10 * MINUTE;

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface OAuthOptions {
  readonly state: FakeZaloState;
  readonly clock: Clock;
  readonly appId: string;
  readonly appSecret: string;
  /** Whether a refresh token that was used already is answered with an empty body instead of a code. */
  readonly usedTokenIsEmpty: () => boolean;
}

type Form = Readonly<Record<string, unknown>>;

function fault(error: number, name: string): Readonly<Record<string, unknown>> {
  return {
    error,
    error_name: name,
    error_reason: '',
    ref_doc: 'https://developers.zalo.me/docs/official-account',
  };
}

export class FakeOAuth {
  constructor(private readonly options: OAuthOptions) {}

  /** What the console's API Explorer does: a new pair without consent. The access token before it is dead. */
  issuePair(spent?: string): TokenPair {
    const pair = {
      accessToken: `oa_at_${randomBytes(120).toString('base64url')}`,
      refreshToken: `oa_rt_${randomBytes(120).toString('base64url')}`,
    };
    this.options.state.record({
      t: 'pair',
      access: pair.accessToken,
      refresh: pair.refreshToken,
      at: this.now(),
      ...(spent === undefined ? {} : { spent }),
    });
    return pair;
  }

  /** The callback address saved in the console; null: any. */
  callback: string | null = null;

  /** Why the consent page does not open: the number it shows, or null. */
  consentRefusal(appId: unknown, back: unknown): number | null {
    if (appId !== this.options.appId) return -14002;
    if (typeof back !== 'string' || !URL.canParse(back)) return -14003;
    return this.callback === null || this.callback === back ? null : -14003;
  }

  /** What an OA admin's consent gives: a code for ten minutes and one use. */
  issueCode(challenge: string | null = null): string {
    const code = randomBytes(24).toString('base64url');
    this.options.state.record({ t: 'code', code, challenge, at: this.now() });
    return code;
  }

  /**
   * The answer to a call of the token endpoint; `form` null when it brought no parameters. Always HTTP 200; null is an
   * empty body. `keepRefresh`: the pair comes without a new refresh token.
   */
  exchange(
    secretKey: string | undefined,
    form: Form | null,
    keepRefresh = false,
  ): Readonly<Record<string, unknown>> | null {
    if (form === null) return fault(-14001, 'Invalid parameter');
    if (secretKey !== this.options.appSecret) return fault(-14001, 'Invalid secret key');
    if (form['app_id'] !== this.options.appId) return fault(-14002, 'Invalid app id');
    if (form['grant_type'] === 'refresh_token')
      return this.byRefreshToken(form['refresh_token'], keepRefresh);
    if (form['grant_type'] === 'authorization_code') return this.byCode(form['code'], form['code_verifier']);
    return fault(-14001, 'Invalid grant type');
  }

  /** Whether an access token opens the API: the code to refuse with, or null. */
  refusal(token: string | undefined): number | null {
    const { access } = this.options.state;
    if (!token || access?.token !== token) return -216;
    return this.now() - access.at >= ACCESS_LIFE_MS ? -220 : null;
  }

  private byRefreshToken(token: unknown, keepRefresh: boolean): Readonly<Record<string, unknown>> | null {
    const known = typeof token === 'string' ? this.options.state.refresh.get(token) : undefined;
    if (known?.spent && this.options.usedTokenIsEmpty()) return null;
    if (!known || known.spent || this.now() - known.at >= REFRESH_LIFE_MS)
      return fault(-14014, 'Invalid refresh token');
    if (keepRefresh) return this.accessOnly();
    return answer(this.issuePair(token as string));
  }

  private accessOnly(): Readonly<Record<string, unknown>> {
    const token = `oa_at_${randomBytes(120).toString('base64url')}`;
    this.options.state.record({ t: 'access', token, at: this.now() });
    return { access_token: token, expires_in: String(ACCESS_LIFE_MS / 1000) };
  }

  private byCode(code: unknown, verifier: unknown): Readonly<Record<string, unknown>> {
    const known = typeof code === 'string' ? this.options.state.codes.get(code) : undefined;
    if (!known || known.used || this.now() - known.at >= CODE_LIFE_MS)
      return fault(-14019, 'Invalid authorization code');
    const challenge =
      typeof verifier === 'string' ? createHash('sha256').update(verifier).digest('base64url') : null;
    if (known.challenge !== null && known.challenge !== challenge)
      return fault(-14019, 'Invalid code verifier');
    this.options.state.record({ t: 'code_used', code: code as string });
    return answer(this.issuePair());
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }
}

function answer(pair: TokenPair): Readonly<Record<string, unknown>> {
  return {
    access_token: pair.accessToken,
    refresh_token: pair.refreshToken,
    expires_in: String(ACCESS_LIFE_MS / 1000),
  };
}
