/**
 * What Zalo's error codes mean and what to do about them, as data. Meanings come from Zalo's tables; what we do is ours.
 * `words` is the locale key that tells an operator what happened and what to mend.
 */
import { PATHS } from './wire';

/** `oa`: openapi.zalo.me; `zns`: template messages, by phone number or by user id; `oauth`: the token endpoint. */
export type ErrorFamily = 'oa' | 'zns' | 'oauth';

/**
 * - `refresh`: renew the access token, repeat once.
 * - `minute`: the clock minute is used up; again in the next one.
 * - `retry`: failed without detail; again soon.
 * - `hours`, `morning`, `tomorrow`: again after some hours, after 06:00, on the next day in Viet Nam.
 * - `closed`: the person may not be written to freely now.
 * - `switch`: not this way to anybody; by phone perhaps.
 * - `unreachable`: this person can or will not receive it.
 * - `alert`: waits until an operator mends something.
 * - `drop`: our message was wrong or no longer possible; reported.
 */
export type ErrorAction =
  | 'refresh'
  | 'minute'
  | 'retry'
  | 'hours'
  | 'morning'
  | 'tomorrow'
  | 'closed'
  | 'switch'
  | 'unreachable'
  | 'alert'
  | 'drop';

export interface ZaloError {
  readonly code: number;
  readonly meaning: string;
  readonly action: ErrorAction;
  readonly words: string;
  /** Nobody told us of this code. */
  readonly unknown?: true;
}

type Row = readonly [code: number, action: ErrorAction, words: string, meaning: string];

const OA: readonly Row[] = [
  [-32, 'minute', 'rate', 'requests of this minute are used up, of the app or of the account'],
  [-124, 'refresh', 'token', 'access token invalid, as the other host says it'],
  [-100, 'drop', 'attachment_gone', 'attachment or token of an upload has expired'],
  [-200, 'retry', 'no_detail', 'sending failed, no detail'],
  [-201, 'drop', 'parameter', 'a parameter is invalid'],
  [-202, 'drop', 'parameter', 'permission denied, in older tables'],
  [-203, 'drop', 'parameter', 'invalid parameter, in older tables'],
  [-204, 'alert', 'account_off', 'the account is disabled or deleted'],
  [-205, 'alert', 'account_off', 'the account does not exist'],
  [-206, 'drop', 'parameter', 'app not linked, in older tables'],
  [-207, 'drop', 'parameter', 'invalid user id, in older tables'],
  [-208, 'drop', 'parameter', 'shop is off, in older tables'],
  [-209, 'alert', 'app_off', 'the app is not active or may not use this API'],
  [-210, 'drop', 'too_long', 'a parameter exceeds its limit'],
  [-211, 'alert', 'quota', 'out of quota'],
  [-212, 'alert', 'permission', 'the app is not registered for this API, or the consent lacks it'],
  [-213, 'closed', 'never_interacted', 'the person does not follow or never interacted'],
  [-214, 'hours', 'article', 'an article is still being processed'],
  [-216, 'refresh', 'token', 'access token invalid'],
  [-217, 'unreachable', 'person_refused', 'the person blocked invitations of the account'],
  [-218, 'hours', 'person_full', 'the person reached the limit of messages received'],
  [-219, 'alert', 'app_removed', 'the app was removed or disabled by the account'],
  [-220, 'refresh', 'token', 'access token expired or revoked'],
  [-221, 'alert', 'verification', 'the account must be verified'],
  [-223, 'alert', 'permission', 'the account did not authorise this API'],
  [-224, 'alert', 'package', 'the package of the account must be upgraded'],
  [-227, 'unreachable', 'person_gone', 'the person is banned or inactive for 45 days'],
  [-230, 'closed', 'window_closed', 'no interaction in the last 7 days'],
  [-231, 'drop', 'unclear', 'related to interaction or limits; the text differs'],
  [-232, 'closed', 'window_closed', 'never interacted, or the interaction has expired'],
  [-233, 'drop', 'message_kind', 'kind of message invalid or not supported'],
  [-234, 'morning', 'night', 'this kind is not allowed from 22:00 to 06:00'],
  [-235, 'alert', 'account_kind', 'the API is not for this kind of account'],
  [-237, 'alert', 'group_off', 'the group is disabled, its asset has expired'],
  [-238, 'alert', 'asset', 'the asset was used or is disabled'],
  [-240, 'drop', 'message_kind', 'the old message API is shut down'],
  [-241, 'alert', 'asset', 'the asset was used already'],
  [-242, 'alert', 'secret', 'appsecret_proof is wrong'],
  [-244, 'unreachable', 'person_refused', 'the person restricts this kind of message from the account'],
  [-248, 'drop', 'standards', 'breaks the standards of the platform'],
  [-249, 'switch', 'template_by_user', 'the template cannot be sent by user id'],
  [-320, 'alert', 'wallet', 'the app is not connected to a Zalo Cloud account'],
  [-321, 'alert', 'wallet', 'the Zalo Cloud account is out of money'],
  [-401, 'refresh', 'token', 'a problem with the token'],
  [-403, 'drop', 'not_in_group', 'the account is not in the group'],
  [-501, 'alert', 'abroad', 'personal data are not given to an address outside Viet Nam'],
  [401, 'refresh', 'token', 'a problem with the token'],
  [-1340, 'drop', 'message_kind', 'form of an advertisement not found'],
  [-1341, 'drop', 'message_kind', 'no access to the form of an advertisement'],
];

const ZNS: readonly Row[] = [
  [-100, 'retry', 'no_detail', 'unknown error'],
  [-101, 'alert', 'app_off', 'app invalid'],
  [-102, 'alert', 'app_off', 'app missing'],
  [-103, 'alert', 'app_off', 'app not active'],
  [-104, 'alert', 'secret', 'app secret invalid'],
  [-105, 'alert', 'permission', 'app not linked to an account'],
  [-106, 'drop', 'message_kind', 'method not supported'],
  [-107, 'drop', 'parameter', 'message id invalid'],
  [-108, 'drop', 'parameter', 'phone number invalid'],
  [-109, 'alert', 'template', 'template id invalid'],
  [-1091, 'alert', 'template', 'template cannot be edited'],
  [-110, 'unreachable', 'person_cannot', 'the person has too old a version'],
  [-111, 'drop', 'template_data', 'template data empty'],
  [-112, 'drop', 'template_data', 'type of template data undefined'],
  [-1121, 'drop', 'template_data', 'a value is too long'],
  [-1122, 'drop', 'template_data', 'a value is missing'],
  [-1123, 'retry', 'no_detail', 'generation of a QR code failed'],
  [-1124, 'drop', 'template_data', 'format of a value invalid'],
  [-113, 'alert', 'template', 'button invalid'],
  [-1131, 'alert', 'template', 'content of a button invalid'],
  [-1132, 'alert', 'template', 'content of a button invalid'],
  [-114, 'unreachable', 'person_cannot', 'the person cannot receive: status, refusal or old version'],
  [-115, 'alert', 'wallet', 'out of balance or quota'],
  [-116, 'drop', 'template_data', 'text invalid'],
  [-117, 'alert', 'template', 'no right to this template'],
  [-118, 'unreachable', 'person_cannot', 'no Zalo account with this phone number'],
  [-119, 'unreachable', 'person_cannot', 'the Zalo account cannot receive'],
  [-120, 'alert', 'package', 'the account lacks this feature'],
  [-1201, 'alert', 'package', 'the account lacks promotion templates'],
  [-1202, 'alert', 'package', 'the account lacks media templates'],
  [-121, 'drop', 'message_kind', 'body empty'],
  [-122, 'drop', 'message_kind', 'body is not JSON'],
  [-123, 'drop', 'message_kind', 'RSA decoding failed'],
  [-124, 'refresh', 'token', 'access token invalid'],
  [-1241, 'alert', 'secret', 'appsecret_proof is wrong'],
  [-125, 'alert', 'account_off', 'id of the account invalid'],
  [-126, 'alert', 'wallet', 'the development wallet is empty'],
  [-127, 'alert', 'template', 'a test template goes to administrators only'],
  [-128, 'alert', 'secret', 'RSA key missing'],
  [-129, 'alert', 'secret', 'RSA key could not be made'],
  [-130, 'drop', 'too_long', 'content too long'],
  [-131, 'alert', 'template', 'template not approved'],
  [-132, 'drop', 'parameter', 'parameter invalid'],
  [-133, 'morning', 'night', 'template not allowed at night'],
  [-134, 'drop', 'unclear', 'request for consent not answered'],
  [-135, 'alert', 'package', 'the account may not send: verification or package'],
  [-1351, 'alert', 'account_off', 'the account is blocked for violations'],
  [-136, 'alert', 'wallet', 'no Zalo Cloud account linked'],
  [-137, 'alert', 'wallet', 'charging failed'],
  [-138, 'alert', 'permission', 'the app lacks permission'],
  [-1381, 'alert', 'permission', 'the extension lacks permission'],
  [-139, 'unreachable', 'person_refused', 'the person refused this kind of message'],
  [-140, 'unreachable', 'person_cannot', 'the person is not eligible under the delivery policy'],
  [-141, 'unreachable', 'person_refused', 'the person refused messages of this account'],
  [-142, 'alert', 'secret', 'RSA key missing'],
  [-143, 'alert', 'secret', 'RSA key exists'],
  [-144, 'tomorrow', 'quota', 'daily limit of the account'],
  [-1441, 'tomorrow', 'quota', 'monthly promotion limit of the account'],
  [-145, 'alert', 'template', 'kind of content not allowed for the account'],
  [-146, 'alert', 'template', 'template disabled for low quality'],
  [-147, 'tomorrow', 'quota', 'daily limit of the template'],
  [-1471, 'unreachable', 'person_full', 'monthly follow-up limit of the person'],
  [-1472, 'tomorrow', 'person_full', 'daily promotion limit of the person'],
  [-148, 'drop', 'message_kind', 'journey token missing'],
  [-149, 'drop', 'message_kind', 'journey token invalid'],
  [-1491, 'drop', 'message_kind', 'journey token of the wrong kind'],
  [-150, 'drop', 'message_kind', 'journey token expired'],
  [-151, 'drop', 'template_data', 'end-to-end encryption problem'],
  [-152, 'drop', 'template_data', 'end-to-end encryption problem'],
  [-153, 'drop', 'template_data', 'data against the rule'],
  [-158, 'drop', 'too_long', 'upload too big'],
  [-159, 'drop', 'message_kind', 'upload of a wrong format'],
  [-160, 'tomorrow', 'quota', 'daily limit of creating or editing templates'],
  [-161, 'drop', 'message_kind', 'sending mode invalid'],
  [-162, 'drop', 'message_kind', 'sending mode not for this kind of template'],
];

const OAUTH: readonly Row[] = [
  [-14001, 'alert', 'login', 'a parameter is bad or missing, or app and secret do not fit'],
  [-14002, 'alert', 'login', 'app id invalid, or app not active'],
  [-14003, 'alert', 'login', 'callback address differs from the saved one'],
  [-14012, 'alert', 'login', 'secret or code, meaning not documented'],
  [-14014, 'alert', 'token_dead', 'refresh token expired, used or revoked'],
  [-14019, 'alert', 'login_code', 'authorization code or its verifier invalid'],
  [-14024, 'alert', 'login', 'secret or code, meaning not documented'],
  [-118, 'alert', 'token_dead', 'invalid grant: the refresh token is dead'],
];

const tableOf = (rows: readonly Row[]): ReadonlyMap<number, ZaloError> =>
  new Map(
    rows.map(([code, action, words, meaning]) => [code, { code, meaning, action, words: wordsKey(words) }]),
  );

/** Every code we know, by family. */
export const ZALO_ERRORS: Readonly<Record<ErrorFamily, ReadonlyMap<number, ZaloError>>> = {
  oa: tableOf(OA),
  zns: tableOf(ZNS),
  oauth: tableOf(OAUTH),
};

/** Which table the answer to a call is read by. */
export function familyOf(request: { readonly host?: 'oa' | 'business'; readonly path: string }): ErrorFamily {
  return request.host === 'business' || request.path === PATHS.template ? 'zns' : 'oa';
}

/** The locale key of a reason. */
export function wordsKey(reason: string): string {
  return `zalo:reasons.${reason}`;
}

/**
 * What a code means on this family of calls. Template calls by user id answer with codes of both tables. Where one
 * number has two meanings, the text decides. Codes nobody told us of: those of the wallet (-3xx) and of the log-in
 * (-14xxx) wait for an operator, as does an HTTP status that says we knock at a wrong door; any other drops the message and is reported.
 */
export function classify(family: ErrorFamily, code: number, text = ''): ZaloError {
  if (code === -201 && /access[ _]?token/i.test(text))
    return {
      code,
      meaning: 'access token invalid, says the text',
      action: 'refresh',
      words: wordsKey('token'),
    };
  if (code === -223 && /quota|article|bài viết/i.test(text))
    return { code, meaning: 'quota of articles reached', action: 'alert', words: wordsKey('quota') };
  const other = family === 'oa' ? 'zns' : 'oa';
  const known =
    ZALO_ERRORS[family].get(code) ?? (family === 'oauth' ? undefined : ZALO_ERRORS[other].get(code));
  if (known) return known;
  const guess = (meaning: string, action: ErrorAction, words: string): ZaloError => ({
    code,
    meaning,
    action,
    words: wordsKey(words),
    unknown: true,
  });
  if (code >= 300 && code < 500) return guess(`HTTP ${code}`, 'alert', 'gateway');
  if (code <= -300 && code > -400) return guess('unknown, of the wallet', 'alert', 'wallet');
  if (family === 'oauth' || (code <= -14_000 && code > -15_000))
    return guess('unknown, of the log-in', 'alert', 'login');
  return guess('unknown', 'drop', 'unknown');
}
