import {
  alarmOfRefusal,
  alarmsOfAccount,
  alarmsOfToken,
  readAccount,
} from '../../../src/channels/zalo/account';
import { createAccountWatch, type AccountWatchOptions } from '../../../src/channels/zalo/account-watch';
import type { ApiAnswer } from '../../../src/channels/zalo/openapi';
import type { TokenHealth } from '../../../src/channels/zalo/tokens';
import { FrozenClock } from '../../../src/kernel/clock';
import { createLog } from '../../../src/observability/logger';

const NOW = new Date('2026-03-12T01:00:00Z');
const DAY = 86_400_000;
const OA = '2233445566778899001';
const RATE = { limit: null, remain: null };
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY);

describe('what Zalo says of the account', () => {
  it.each<[string, object, object]>([
    ['oaid', { oaid: OA, is_verified: true }, { id: OA, verified: true, packageUntil: null }],
    ['oa_id and texts', { oa_id: OA, is_verified: 'true' }, { id: OA, verified: true }],
    ['not verified', { oaid: OA, is_verified: false }, { verified: false }],
    ['nothing', {}, { id: null, verified: null, packageUntil: null }],
    [
      'the last day of the package, in Viet Nam',
      { package_valid_through_date: '31/03/2026' },
      { packageUntil: new Date('2026-03-31T16:59:59.999Z') },
    ],
    [
      'the same with a time',
      { package_valid_through_date: '31/03/2026 10:00:00' },
      { packageUntil: new Date('2026-03-31T16:59:59.999Z') },
    ],
    [
      'the same the other way round',
      { package_valid_through_date: '2026-03-31' },
      { packageUntil: new Date('2026-03-31T16:59:59.999Z') },
    ],
    [
      'milliseconds',
      { package_valid_through_date: '1774976399999' },
      { packageUntil: new Date(1_774_976_399_999) },
    ],
    ['no such day', { package_valid_through_date: '31/02/2026' }, { packageUntil: null }],
    ['words', { package_valid_through_date: 'vô thời hạn' }, { packageUntil: null }],
  ])('is read: %s', (_what, data, expected) => {
    expect(readAccount(data as Record<string, unknown>)).toMatchObject(expected);
  });

  it.each<[string, Partial<Parameters<typeof alarmsOfAccount>[0]>, string[]]>([
    ['is well', {}, []],
    ['is another one', { id: '1' }, ['account_other']],
    ['is not verified', { verified: false }, ['account_unverified']],
    ['has a package for 15 days', { packageUntil: later(15) }, []],
    ['has a package for 14 days', { packageUntil: later(14) }, ['package_ends_soon']],
    ['has no package any more', { packageUntil: later(-1) }, ['package_ended']],
    ['says nothing', { id: null, verified: null, packageUntil: null }, []],
  ])('%s', (_what, change, expected) => {
    const info = { id: OA, verified: true, packageUntil: later(200), ...change };
    expect(alarmsOfAccount(info, OA, NOW).map(({ alarm }) => alarm)).toEqual(expected);
  });

  it.each<[number, string | undefined]>([
    [-221, 'account_unverified'],
    [-224, 'package_insufficient'],
    [-223, 'permission_missing'],
    [-212, 'permission_missing'],
    [-219, 'app_removed'],
    [-209, 'app_off'],
    [-204, 'account_off'],
    [-242, 'secret_refused'],
    [-501, 'caller_abroad'],
    [-216, 'account_refused'],
    [-99999, 'account_refused'],
    [-32, undefined],
    [-200, undefined],
  ])('is refused with %d: %s', (code, alarm) => {
    expect(alarmOfRefusal(code, '')?.alarm).toBe(alarm);
  });
});

it.each<[TokenHealth, string[]]>([
  [{ ok: true, state: 'good', obtainedAt: NOW, refreshSince: NOW }, []],
  [{ ok: true, state: 'good', refreshSince: later(-61) }, ['refresh_token_old']],
  [{ ok: false, state: 'missing' }, ['token_missing']],
  [
    { ok: false, state: 'dead', since: NOW, code: -14014, refreshSince: later(-91) },
    ['token_dead', 'refresh_token_old'],
  ],
  [{ ok: false, state: 'failing', since: NOW, obtainedAt: NOW }, ['token_failing']],
  [{ ok: true, state: 'good', obtainedAt: NOW, revokedAt: NOW }, ['permission_revoked']],
])('of the token %j: %j', (health, expected) => {
  expect(alarmsOfToken(health, NOW).map(({ alarm }) => alarm)).toEqual(expected);
});

describe('the watch over the account', () => {
  const clock = new FrozenClock(NOW);
  let health: TokenHealth;
  let answer: ApiAnswer | 'no token';
  let asked: number;
  let lines: { msg: string; level: string; alarm?: string }[];

  beforeEach(() => {
    clock.moveTo(NOW);
    health = { ok: true, state: 'good', obtainedAt: NOW };
    answer = { outcome: 'ok', data: { oaid: OA, is_verified: true }, rate: RATE };
    asked = 0;
    lines = [];
  });

  function aWatch(change: Partial<AccountWatchOptions> = {}) {
    return createAccountWatch({
      caller: {
        call: async () => {
          asked += 1;
          if (answer === 'no token') throw new Error('no token');
          return answer;
        },
      },
      tokens: {
        tend: async () => undefined,
        health: () => health,
        noteRevoked: async (at) => void (health = { ...health, revokedAt: at }),
      },
      oaId: OA,
      clock,
      log: createLog({ level: 'info', write: (line) => lines.push(JSON.parse(line) as never) }).log,
      askAgainMs: 0,
      ...change,
    });
  }
  const said = () => lines.map(({ level, alarm }) => `${level} ${alarm}`);

  it('asks at the start, once a day, and with a new token', async () => {
    const watch = aWatch();
    await watch.tend();
    await watch.tend();
    expect(asked).toBe(1);
    clock.moveTo(later(0.99));
    await watch.tend();
    expect(asked).toBe(1);
    clock.moveTo(later(1));
    await watch.tend();
    expect(asked).toBe(2);
    health = { ...health, obtainedAt: later(1) };
    await watch.tend();
    expect(asked).toBe(3);
    expect(watch.standing()).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('asks again after a clock that was set back', async () => {
    clock.moveTo(later(30));
    const watch = aWatch();
    await watch.tend();
    clock.moveTo(NOW);
    await watch.tend();
    expect(asked).toBe(2);
  });

  it('says each alarm once when it begins and once when it ends', async () => {
    const watch = aWatch();
    await watch.tend();
    answer = { outcome: 'code', code: -224, text: '', rate: RATE };
    clock.moveTo(later(1));
    for (let i = 0; i < 5; i++) await watch.tend();
    expect(watch.standing()).toEqual(['package_insufficient']);
    health = { ...health, ok: false, state: 'dead', since: NOW, code: -14014 };
    for (let i = 0; i < 5; i++) await watch.tend();
    expect(watch.standing()).toEqual(['token_dead', 'package_insufficient']);
    expect(said()).toEqual(['error package_insufficient', 'error token_dead']);
    health = { ok: true, state: 'good', obtainedAt: later(1) };
    answer = { outcome: 'ok', data: { oaid: OA, is_verified: true }, rate: RATE };
    for (let i = 0; i < 5; i++) await watch.tend();
    expect(watch.standing()).toEqual([]);
    expect(said().slice(2).sort()).toEqual(['info package_insufficient', 'info token_dead']);
    expect(lines[0]).toMatchObject({ code: 'zalo_alarm', alarm: 'package_insufficient', zaloCode: -224 });
  });

  it('looks every hour while something is wrong, so that what was mended is seen', async () => {
    answer = { outcome: 'ok', data: { oaid: OA, is_verified: false }, rate: RATE };
    const watch = aWatch();
    await watch.tend();
    await watch.tend();
    expect(asked).toBe(1);
    clock.moveTo(later(1 / 24));
    answer = { outcome: 'ok', data: { oaid: OA, is_verified: true }, rate: RATE };
    await watch.tend();
    expect(watch.standing()).toEqual([]);
  });

  it('ends what a refused call has raised once Zalo takes such a call again', async () => {
    const watch = aWatch();
    watch.noteRefusal('oa', -219, '', '/v3.0/oa/message/cs');
    watch.noteRefusal('zns', -136, '', '/message/template');
    watch.noteAccepted('/v3.0/oa/message/cs');
    expect(watch.standing()).toEqual(['wallet_refused']);
    await watch.lookAgain();
    expect(watch.standing()).toEqual([]);
    expect(asked).toBe(1);
  });

  it('asks at once when told that something may be mended, and keeps what is not', async () => {
    answer = { outcome: 'ok', data: { oaid: OA, is_verified: false }, rate: RATE };
    const watch = aWatch({ askAgainMs: 600_000 });
    await watch.tend();
    await watch.lookAgain();
    expect(watch.standing()).toEqual(['account_unverified']);
    answer = { outcome: 'ok', data: { oaid: OA, is_verified: true }, rate: RATE };
    await watch.lookAgain();
    expect(watch.standing()).toEqual([]);
  });

  it('raises one alarm for wrong signatures that says what to check, until one matches', () => {
    const watch = aWatch();
    watch.noteSignature(true);
    watch.noteSignature(false);
    watch.noteSignature(false);
    expect(watch.standing()).toEqual(['webhook_signature']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ check: expect.stringContaining('ZALO_OA_SECRET_KEY') });
    watch.noteSignature(true);
    expect(watch.standing()).toEqual([]);
    expect(said()).toEqual(['error webhook_signature', 'info webhook_signature']);
  });

  it('asks nothing without a token, and leaves a Zalo that does not answer alone for a while', async () => {
    health = { ok: false, state: 'missing' };
    await aWatch().tend();
    expect(asked).toBe(0);
    health = { ok: true, state: 'good', obtainedAt: NOW };
    answer = { outcome: 'not_done', detail: 'HTTP 503' };
    const watch = aWatch({ askAgainMs: 60_000 });
    for (let i = 0; i < 5; i++) await watch.tend();
    expect(asked).toBe(1);
    expect(watch.standing()).toEqual([]);
    answer = 'no token';
    await aWatch().tend();
    expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      'error zalo account alarm',
      'warn the account could not be looked at',
    ]);
  });

  it('takes what Zalo refuses of any call for the state of the account, for a time', async () => {
    const watch = aWatch({ refusalStandsMs: 400 });
    watch.noteRefusal('oa', -230, '');
    watch.noteRefusal('zns', -108, '');
    watch.noteRefusal('oa', -233, '');
    expect(watch.standing()).toEqual([]);
    watch.noteRefusal('oa', -224, '');
    watch.noteRefusal('oa', -224, '');
    watch.noteRefusal('zns', -138, '');
    watch.noteRefusal('oa', -321, '');
    expect(watch.standing()).toEqual(['permission_missing', 'package_insufficient', 'wallet_refused']);
    expect(said()).toEqual([
      'error package_insufficient',
      'error permission_missing',
      'error wallet_refused',
    ]);
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(watch.standing()).toEqual([]);
    await watch.tend();
    expect(said().slice(3)).toEqual([
      'info package_insufficient',
      'info permission_missing',
      'info wallet_refused',
    ]);
  });

  it('raises an alarm when the permission is withdrawn, once however often the event comes, and asks how far it goes', async () => {
    const watch = aWatch();
    await watch.tend();
    await watch.noteEvent('oa_something_else', NOW);
    expect(watch.standing()).toEqual([]);
    answer = { outcome: 'code', code: -223, text: '', rate: RATE };
    await watch.noteEvent('permission_revoked', NOW);
    await watch.noteEvent('permission_revoked', NOW);
    await watch.tend();
    expect(watch.standing()).toEqual(['permission_revoked', 'permission_missing']);
    expect(said()).toEqual(['error permission_revoked', 'error permission_missing']);
    expect(asked).toBe(2);
  });
});
