import { TokenState } from '../../../src/channels/zalo/token-state';
import type { OpenPair } from '../../../src/channels/zalo/token-store';
import { FrozenClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';

const START = new Date('2026-03-12T01:00:00Z');
const HOUR = 3_600_000;
const later = (hours: number): Date => new Date(START.getTime() + hours * HOUR);

function aPair(generation: number, stored: Partial<OpenPair['stored']> = {}): OpenPair {
  return {
    accessToken: `at-${generation}`,
    refreshToken: `rt-${generation}`,
    stored: {
      ...{ sealed: 'x', generation, obtainedAt: START, expiresAt: later(25), refreshSince: START },
      ...{ deadSince: null, deadCode: null, consentedAt: null, revokedAt: null },
      ...stored,
    },
  };
}

describe('what is known of the token', () => {
  let clock: FrozenClock;
  let state: TokenState;
  let againMs: number;

  beforeEach(() => {
    clock = new FrozenClock(START);
    againMs = 10_000;
    state = new TokenState({ clock, random: () => 0.5, againMs: () => againMs });
  });

  it('goes from unread to good, to failing and back with the next pair', () => {
    expect(state.health()).toEqual({ ok: true, state: 'unread' });
    state.read(aPair(1));
    expect(state.health()).toMatchObject({ ok: true, state: 'good', obtainedAt: START });
    state.failed(new AppError('zalo_refused', { code: -14001, detail: 'said' }));
    expect(state.health()).toMatchObject({ ok: false, state: 'failing', code: -14001, since: START });
    state.read(aPair(1));
    expect(state.isFailing).toBe(true);
    state.read(aPair(2));
    expect(state.health()).toMatchObject({ ok: true, state: 'good' });
  });

  it('is dead or missing as the store says, and then nobody gets a token', () => {
    state.read(aPair(1, { deadSince: START, deadCode: -14014 }));
    expect(state.health()).toMatchObject({ ok: false, state: 'dead', code: -14014 });
    expect(() => state.usable).toThrow('zalo_token_dead');
    state.read(null);
    expect(state.health()).toEqual({ ok: false, state: 'missing' });
    expect(() => state.usable).toThrow('zalo_token_dead');
  });

  it('looks into the store before the first token, and now and then while there is none', () => {
    expect(state.mustLook()).toBe(true);
    state.read(null);
    expect(state.mustLook()).toBe(false);
    state.read(aPair(1));
    expect(state.mustLook()).toBe(false);
  });

  it('leaves Zalo alone for a while after a failure', () => {
    state.read(aPair(1));
    expect(state.mayAsk()).toBe(true);
    state.failed(new Error('x'));
    expect(state.mayAsk()).toBe(false);
    expect(state.waitingError()).toMatchObject({ code: 'zalo_unreachable' });
    againMs = 0;
    expect(state.mayAsk()).toBe(true);
  });

  it.each([
    [19.9, false, false],
    [20, true, false],
    [25, true, true],
  ])('after %d hours is old: %s, expired: %s', (hours, isOld, isExpired) => {
    state.read(aPair(1));
    clock.moveTo(later(hours));
    expect([state.isOld(state.usable), state.isExpired(state.usable)]).toEqual([isOld, isExpired]);
  });

  it('replaces a fresh pair that is refused once, and then waits', () => {
    state.read(aPair(1));
    expect(state.mayReplace(1)).toBe(true);
    state.renewed(3);
    state.read(aPair(2));
    expect([state.mayReplace(2), state.mayReplace(2), state.mayReplace(1)]).toEqual([true, false, true]);
    expect(state.health().windowMs).toBe(3);
  });

  it('knows the second answer without tokens to the same refresh token', () => {
    expect([1, 2, 1, 1].map((generation) => state.answeredWithoutTokens(generation))).toEqual([
      ...[false, false, false, true],
    ]);
  });
});
