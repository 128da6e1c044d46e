import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config/config';
import { keepKey, makeKey, readKey, unkeptKey } from '../../../src/config/encryption-key';
import { AppError } from '../../../src/kernel/errors';

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof AppError && error.code === 'config_invalid')
      return error.facts['faults'] as string[];
    throw error;
  }
  return [];
}

it('needs nothing: embedded stores and the simulator', () => {
  expect(readConfig({})).toMatchObject({
    mode: 'simulator',
    embeddedStore: true,
    PORT: 3000,
    ROLE: 'all',
  });
});

it('names every faulty variable at once', () => {
  const faults = faultsOf({
    PORT: 'abc',
    ROLE: 'boss',
    CLOCK_START: 'yesterday',
    ENCRYPTION_KEY: 'short',
    MONTH_OPENS: '31T08:00',
  });
  for (const name of ['PORT', 'ROLE', 'CLOCK_START', 'ENCRYPTION_KEY', 'MONTH_OPENS'])
    expect(faults.join('\n')).toContain(`${name}:`);
  expect(faults).toHaveLength(5);
});

it('keeps the simulator to this machine, unless the network is let in by name', () => {
  for (const HOST of ['127.0.0.1', '::1', 'localhost']) expect(faultsOf({ HOST })).toEqual([]);
  const faults = faultsOf({ HOST: '0.0.0.0' });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^HOST: .*SIMULATOR_ON_NETWORK=on/);
  expect(faultsOf({ HOST: '0.0.0.0', SIMULATOR_ON_NETWORK: 'on' })).toEqual([]);
  expect(faultsOf({ HOST: '0.0.0.0', ...ALL_FOUR })).toEqual([]);
});

const ALL_FOUR = { ZALO_APP_ID: '1', ZALO_APP_SECRET: 's', ZALO_OA_ID: '2', ZALO_OA_SECRET_KEY: 'k' };

it('is live with all four of the account’s keys, and refuses some of them by name', () => {
  expect(readConfig(ALL_FOUR).mode).toBe('live');
  const faults = faultsOf({ ZALO_APP_ID: '1', ZALO_OA_ID: '2' });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^ZALO_APP_SECRET, ZALO_OA_SECRET_KEY: missing/);
});

describe('the channel', () => {
  const BOT = {
    CHANNEL: 'zalo-bot',
    ZALO_BOT_TOKEN: '1234567890:abc-DEF_1',
    ZALO_BOT_SECRET_TOKEN: 'eight888',
    PUBLIC_URL: 'https://bot.example.vn',
  };

  it('is the Official Account unless something else is said', () => {
    expect(readConfig({})).toMatchObject({ CHANNEL: 'zalo', mode: 'simulator', unused: [] });
    expect(readConfig({ CHANNEL: 'zalo-bot' })).toMatchObject({ CHANNEL: 'zalo-bot', mode: 'simulator' });
    expect(readConfig(BOT)).toMatchObject({ CHANNEL: 'zalo-bot', mode: 'live' });
    expect(faultsOf({ CHANNEL: 'fax' })[0]).toMatch(/^CHANNEL: must be zalo or zalo-bot/);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['the secret is missing', { ZALO_BOT_SECRET_TOKEN: '' }, /^ZALO_BOT_SECRET_TOKEN: missing; set both/],
    ['the token is missing', { ZALO_BOT_TOKEN: '' }, /^ZALO_BOT_TOKEN: missing; set both/],
    [
      'the secret is short',
      { ZALO_BOT_SECRET_TOKEN: 'seven77' },
      /^ZALO_BOT_SECRET_TOKEN: must have 8 to 256/,
    ],
    ['the secret is long', { ZALO_BOT_SECRET_TOKEN: 'x'.repeat(257) }, /^ZALO_BOT_SECRET_TOKEN: must have/],
    ['the secret has a space', { ZALO_BOT_SECRET_TOKEN: 'two words' }, /^ZALO_BOT_SECRET_TOKEN: must have/],
    ['the token is none', { ZALO_BOT_TOKEN: '../../x' }, /^ZALO_BOT_TOKEN: must look like/],
    ['nobody can reach it', { PUBLIC_URL: '' }, /^PUBLIC_URL: must be the https address/],
    ['it is reached in the clear', { PUBLIC_URL: 'http://bot.example.vn' }, /^PUBLIC_URL: must be the https/],
  ])('zalo-bot is refused when %s, without showing a secret', (_why, change, said) => {
    const faults = faultsOf({ ...BOT, ...change });
    expect(faults).toEqual([expect.stringMatching(said)]);
    expect(faults[0]).not.toMatch(/abc-DEF_1|eight888|two words|seven77|\.\.\/|xxxx/);
  });

  it('a stand-in on this machine needs no https', () => {
    const env = { ...BOT, PUBLIC_URL: '', ZALO_BOT_API_URL: 'http://127.0.0.1:4000' };
    expect(readConfig(env).mode).toBe('live');
  });

  it('names what is set for the other channel, and refuses to bring up a simulator in its place', () => {
    const { CHANNEL: _, PUBLIC_URL: __, ...bot } = BOT;
    expect(readConfig({ ...ALL_FOUR, ...bot }).unused).toEqual(['ZALO_BOT_TOKEN', 'ZALO_BOT_SECRET_TOKEN']);
    expect(readConfig({ ...ALL_FOUR, ...BOT }).unused).toEqual(Object.keys(ALL_FOUR));
    expect(faultsOf(bot)).toEqual([expect.stringMatching(/^CHANNEL: is zalo, but .*set CHANNEL=zalo-bot/)]);
    expect(faultsOf({ ...ALL_FOUR, CHANNEL: 'zalo-bot' })).toEqual([
      expect.stringMatching(/^CHANNEL: is zalo-bot, but .*set CHANNEL=zalo,/),
    ]);
  });
});

it.each([
  ['a role of its own needs real engines', { ROLE: 'web' }, /^ROLE: web needs/],
  [
    'real documents need a key of their own',
    { MONGODB_URI: 'mongodb://127.0.0.1' },
    /^ENCRYPTION_KEY: required/,
  ],
  [
    'a clock is not moved in production',
    { NODE_ENV: 'production', CLOCK_START: '2026-03-12T08:00:00+07:00' },
    /^CLOCK_START: refused/,
  ],
  [
    'nor is the process killed there',
    { NODE_ENV: 'production', FAILPOINT: 'after_store:1' },
    /^FAILPOINT: refused/,
  ],
  ['a place to die needs its count', { FAILPOINT: 'after_store:soon' }, /^FAILPOINT: must look like/],
  [
    'an instant needs its offset',
    { CLOCK_START: '2026-03-12T08:00:00' },
    /^CLOCK_START: must be an ISO instant with offset/,
  ],
  ['a template needs a purpose we know', { ZALO_TEMPLATES: 'party:1' }, /^ZALO_TEMPLATES: «party:1»/],
  ['a token needs a name', { API_TOKENS: 'secret' }, /^API_TOKENS: each must look like/],
  ['an address must be one', { ZALO_OPENAPI_URL: 'zalo' }, /^ZALO_OPENAPI_URL: must be a URL/],
])('%s', (_why, env, fault) => {
  expect(faultsOf(env as Record<string, string>)).toEqual([expect.stringMatching(fault)]);
});

it('reads pairs, tokens and moments', () => {
  const config = readConfig({
    ZALO_TEMPLATES: 'period_opening:11, reminder:22',
    API_TOKENS: 'sở:abc,xã:def:07381',
    MONTH_VILLAGE_DUE: '16T16:30',
    OPTIONAL_FIGURES: '2026-04:level2_activated+vneid_confirmed',
  });
  expect(config.ZALO_TEMPLATES).toEqual({ period_opening: '11', reminder: '22' });
  expect(config.API_TOKENS).toEqual([
    { name: 'sở', token: 'abc', unit: null },
    { name: 'xã', token: 'def', unit: '07381' },
  ]);
  expect(config.MONTH_VILLAGE_DUE).toEqual({ day: 16, hour: 16, minute: 30 });
  expect(config.OPTIONAL_FIGURES).toEqual({ '2026-04': ['level2_activated', 'vneid_confirmed'] });
});

describe('the key', () => {
  it('is made, and kept for its owner only once it is said so', () => {
    const dir = mkdtempSync(join(tmpdir(), 'key-'));
    const config = { ENCRYPTION_KEY: '', DATA_DIR: dir };
    expect([readKey(config), unkeptKey(config)]).toEqual([null, null]);
    const key = makeKey(config);
    expect(key).toHaveLength(32);
    expect([readKey(config), unkeptKey(config)]).toEqual([null, key]);
    expect(makeKey(config)).toEqual(key);
    keepKey(config);
    keepKey(config);
    expect([readKey(config), unkeptKey(config)]).toEqual([key, null]);
    if (process.platform !== 'win32') expect(statSync(join(dir, 'encryption.key')).mode & 0o077).toBe(0);
    expect(Buffer.from(readFileSync(join(dir, 'encryption.key'), 'utf8').trim(), 'base64').equals(key)).toBe(
      true,
    );
  });

  it('is refused when its file was damaged, rather than made anew', () => {
    const dir = mkdtempSync(join(tmpdir(), 'key-'));
    writeFileSync(join(dir, 'encryption.key'), 'damaged');
    expect(() => readKey({ ENCRYPTION_KEY: '', DATA_DIR: dir })).toThrow(AppError);
  });
});
