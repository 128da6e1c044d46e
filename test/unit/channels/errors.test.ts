import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  classify,
  familyOf,
  ZALO_ERRORS,
  type ErrorAction,
  type ErrorFamily,
} from '../../../src/channels/zalo/errors';

/** What Zalo's tables ask for in a few words → the actions of ours that do that. */
const DOES: Readonly<Record<string, readonly ErrorAction[]>> = {
  refresh: ['refresh'],
  retry: ['retry', 'minute'],
  later: ['hours', 'morning', 'tomorrow'],
  drop: ['drop', 'unreachable'],
  alert: ['alert'],
  closed: ['closed'],
  switch: ['unreachable', 'switch'],
};

const TABLE: readonly (readonly [family: ErrorFamily, asked: string, codes: readonly number[]])[] = [
  ['oa', 'refresh', [-216, -220, 401, -401, -124]],
  ['oa', 'retry', [-32, -200]],
  ['oa', 'later', [-214, -218, -234]],
  ['oa', 'closed', [-213, -230, -232]],
  [
    'oa',
    'drop',
    [-100, -201, -202, -203, -206, -207, -208, -210, -217, -227, -231, -233, -240, -244, -248, -403],
  ],
  ['oa', 'drop', [-1340, -1341]],
  [
    'oa',
    'alert',
    [-204, -205, -209, -211, -212, -219, -221, -223, -224, -235, -237, -238, -241, -242, -320, -321, -501],
  ],
  ['oa', 'switch', [-249]],
  ['zns', 'refresh', [-124]],
  ['zns', 'retry', [-100, -1123]],
  ['zns', 'later', [-133, -144, -1441, -147, -1472, -160]],
  ['zns', 'switch', [-110, -114, -118, -119]],
  [
    'zns',
    'drop',
    [-106, -107, -108, -111, -112, -1121, -1122, -1124, -116, -121, -122, -123, -130, -132, -134],
  ],
  [
    'zns',
    'drop',
    [-139, -140, -141, -1471, -148, -149, -1491, -150, -151, -152, -153, -158, -159, -161, -162],
  ],
  [
    'zns',
    'alert',
    [-101, -102, -103, -104, -105, -109, -1091, -113, -1131, -1132, -115, -117, -120, -1201, -1202],
  ],
  [
    'zns',
    'alert',
    [-1241, -125, -126, -127, -128, -129, -131, -135, -1351, -136, -137, -138, -1381, -142, -143],
  ],
  ['zns', 'alert', [-145, -146]],
  ['oauth', 'alert', [-14001, -14002, -14003, -14012, -14014, -14019, -14024, -118]],
];

const words = (locale: string): Record<string, string> =>
  (
    JSON.parse(readFileSync(join(__dirname, `../../../locales/${locale}/zalo.json`), 'utf8')) as {
      reasons: Record<string, string>;
    }
  ).reasons;

describe.each(TABLE)('%s: %s', (family, asked, codes) => {
  it.each(codes)('%d stands in the table and does that', (code) => {
    expect(ZALO_ERRORS[family].has(code)).toBe(true);
    expect(DOES[asked]).toContain(classify(family, code).action);
    expect(classify(family, code)).not.toHaveProperty('unknown');
  });
});

it('knows what a template by user id is refused for', () => {
  expect(classify('zns', -249)).toMatchObject({ words: 'zalo:reasons.template_by_user' });
});

it('has words in both languages for every code', () => {
  for (const table of Object.values(ZALO_ERRORS))
    for (const { words: key } of table.values())
      for (const locale of ['vi', 'en'])
        expect(words(locale)).toHaveProperty(key.replace('zalo:reasons.', ''));
});

it.each<[string, ErrorFamily, number, string, ErrorAction]>([
  ['-201 that speaks of the token', 'oa', -201, 'Access token is invalid', 'refresh'],
  ['-201 that speaks of anything else', 'oa', -201, 'user_id is invalid', 'drop'],
  ['-223 for articles', 'oa', -223, 'Article quota reached', 'alert'],
  ['a code of the wallet', 'oa', -377, '', 'alert'],
  ['a code of the log-in', 'oauth', -14999, '', 'alert'],
  ['a status of a gateway', 'oa', 403, '', 'alert'],
  ['anything else', 'oa', -987, '', 'drop'],
])('tells %s by its text or its family', (_what, family, code, text, action) => {
  expect(classify(family, code, text).action).toBe(action);
});

it('says which codes nobody told us of', () => {
  expect(classify('oa', -987).unknown).toBe(true);
  expect(classify('oauth', -216).unknown).toBe(true);
});

it.each([
  ['/v3.0/oa/message/cs', undefined, 'oa'],
  ['/v3.0/oa/message/template', undefined, 'zns'],
  ['/message/template', 'business', 'zns'],
] as const)('reads the answer of %s by the right table', (path, host, family) => {
  expect(familyOf(host ? { path, host } : { path })).toBe(family);
});
