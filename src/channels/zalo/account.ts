import { DAY, vnInstant } from '../../kernel/vn-time';
import { classify, wordsKey, type ErrorFamily } from './errors';
import { asText, type JsonObject } from './json';
import type { TokenHealth } from './tokens';

/**
 * What can be wrong with the account itself, and how to tell: from the token, from what Zalo says of the account once a
 * day, and from what it refuses. Pure; who looks and who is told stands in account-watch.ts.
 */
export const ACCOUNT_ALARMS = [
  'token_missing',
  'token_dead',
  'token_failing',
  'refresh_token_old',
  'permission_revoked',
  'permission_missing',
  'app_removed',
  'app_off',
  'secret_refused',
  'account_off',
  'account_other',
  'account_unverified',
  'package_insufficient',
  'package_ends_soon',
  'package_ended',
  'wallet_refused',
  'caller_abroad',
  'webhook_signature',
  'account_refused',
] as const;
export type AccountAlarm = (typeof ACCOUNT_ALARMS)[number];

export interface StandingAlarm {
  readonly alarm: AccountAlarm;
  /** For the log: codes and dates, no names. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A refresh token lives for three months. */
const REFRESH_OLD = 60 * DAY;
const PACKAGE_SOON = 14 * DAY;

export interface AccountInfo {
  readonly id: string | null;
  /** Null where Zalo does not say. */
  readonly verified: boolean | null;
  /** The end of the last day of the package; null where Zalo does not say, or not in a way we read. */
  readonly packageUntil: Date | null;
}

/** The answer of `getoa`. */
export function readAccount(data: JsonObject): AccountInfo {
  const verified = data['is_verified'];
  return {
    id: asText(data['oaid']) ?? asText(data['oa_id']) ?? null,
    verified:
      verified === undefined || verified === null ? null : [true, 'true', 1, '1'].includes(verified as never),
    packageUntil: endOfDay(asText(data['package_valid_through_date'])),
  };
}

/** `dd/MM/yyyy` and `yyyy-MM-dd` as the end of that day in Viet Nam, also with a time behind; epoch milliseconds as they are. */
function endOfDay(text: string | undefined): Date | null {
  if (text === undefined) return null;
  if (/^\d{12,13}$/.test(text)) return new Date(Number(text));
  const vietnamese = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const [year, month, day] = vietnamese
    ? [vietnamese[3], vietnamese[2], vietnamese[1]].map(Number)
    : (iso ?? []).slice(1, 4).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  try {
    return new Date(vnInstant(year, month, day).getTime() + DAY - 1);
  } catch {
    // The thirty-first of February: no date is better than a wrong one.
    return null;
  }
}

/** What Zalo's answer says is wrong. `oaId` is the account of the configuration. */
export function alarmsOfAccount(info: AccountInfo, oaId: string, now: Date): StandingAlarm[] {
  const found: StandingAlarm[] = [];
  if (info.id !== null && info.id !== oaId) found.push({ alarm: 'account_other', facts: { got: info.id } });
  if (info.verified === false) found.push({ alarm: 'account_unverified', facts: {} });
  if (info.packageUntil !== null) {
    const left = info.packageUntil.getTime() - now.getTime();
    const facts = { until: info.packageUntil };
    if (left < 0) found.push({ alarm: 'package_ended', facts });
    else if (left <= PACKAGE_SOON) found.push({ alarm: 'package_ends_soon', facts });
  }
  return found;
}

const BY_WORDS: Readonly<Record<string, AccountAlarm>> = {
  [wordsKey('permission')]: 'permission_missing',
  [wordsKey('app_removed')]: 'app_removed',
  [wordsKey('app_off')]: 'app_off',
  [wordsKey('account_off')]: 'account_off',
  [wordsKey('verification')]: 'account_unverified',
  [wordsKey('package')]: 'package_insufficient',
  [wordsKey('secret')]: 'secret_refused',
  [wordsKey('wallet')]: 'wallet_refused',
  [wordsKey('abroad')]: 'caller_abroad',
};

/** What it means that Zalo refuses to speak of the account; null for a refusal that passes by itself. */
export function alarmOfRefusal(code: number, text: string): StandingAlarm | null {
  const { action, words } = classify('oa', code, text);
  if (!['alert', 'refresh', 'drop'].includes(action)) return null;
  return { alarm: BY_WORDS[words] ?? 'account_refused', facts: { zaloCode: code } };
}

/** What the refusal of any call says of the account; null when it concerns that call only. */
export function alarmOfCall(family: ErrorFamily, code: number, text: string): StandingAlarm | null {
  const { action, words } = classify(family, code, text);
  const alarm = action === 'alert' ? BY_WORDS[words] : undefined;
  return alarm === undefined ? null : { alarm, facts: { zaloCode: code } };
}

/** What is wrong with the token. */
export function alarmsOfToken(health: TokenHealth, now: Date): StandingAlarm[] {
  const found: StandingAlarm[] = [];
  const { state, since, code, detail, refreshSince, revokedAt } = health;
  const facts = {
    ...(since ? { since } : {}),
    ...(code === undefined ? {} : { zaloCode: code }),
    ...(detail === undefined ? {} : { detail }),
  };
  if (state === 'missing') found.push({ alarm: 'token_missing', facts });
  if (state === 'dead') found.push({ alarm: 'token_dead', facts });
  if (state === 'failing') found.push({ alarm: 'token_failing', facts });
  if (refreshSince && now.getTime() - refreshSince.getTime() > REFRESH_OLD)
    found.push({ alarm: 'refresh_token_old', facts: { since: refreshSince } });
  if (revokedAt) found.push({ alarm: 'permission_revoked', facts: { at: revokedAt } });
  return found;
}
