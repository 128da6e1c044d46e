import { createDoorMask } from '../../../src/app/door-mask';
import { MASK } from '../../../src/kernel/secrets';
import type { Role } from '../../../src/org/roles';

describe('what comes in at the door', () => {
  const start = new Date('2026-03-12T08:00:00+07:00');
  let now = start;
  const roles: Record<string, Role> = {
    'zalo:1': 'village_head',
    'zalo:2': 'police',
    'zalo:3': 'agency_officer',
  };
  const door = () =>
    createDoorMask({
      hashCode: (digits) => `#${digits}`,
      officesOf: (user) => (roles[user] ? [{ role: roles[user] }] : []),
      now: () => now,
    });
  beforeEach(() => (now = start));

  it('a password in the message after the one that named it is covered for two minutes, and once', () => {
    const mask = door();
    mask('mật khẩu của tôi là', 'zalo:1');
    expect(mask('TreXanh44p', 'zalo:2').text).toBe('TreXanh44p');
    expect(mask('TreXanh44p', 'zalo:1')).toEqual({ text: MASK, secrets: ['password'] });
    expect(mask('TreXanh44p', 'zalo:1').text).toBe('TreXanh44p');
    mask('mật khẩu của tôi là', 'zalo:1');
    now = new Date(start.getTime() + 121_000);
    expect(mask('TreXanh44p', 'zalo:1').text).toBe('TreXanh44p');
  });

  it('the name of a file keeps nothing waiting and ends no waiting', () => {
    const mask = door();
    mask('mật khẩu của tôi là', 'zalo:1');
    expect(mask('TreXanh44p', 'zalo:1', 'beside').secrets).toEqual([]);
    expect(mask('TreXanh44p', 'zalo:1').secrets).toEqual(['password']);
    mask('mật khẩu của tôi là', 'zalo:1', 'beside');
    expect(mask('TreXanh44p', 'zalo:1').secrets).toEqual([]);
    expect(mask('bc 412345.xlsx', 'zalo:2', 'beside').secrets).toEqual([]);
    expect(mask('bc 412345.xlsx', 'zalo:1', 'beside').secrets).toEqual(['six_digits']);
  });

  it('a button tapped after a password was named is no password', () => {
    const mask = door();
    mask('#CHIDAN_FORGOT-VNEID-PASSWORD', 'zalo:1');
    expect(mask('#HELP-TREE|FORGOT-VNEID-PASSWORD/START|12|FAILED', 'zalo:1').secrets).toEqual([]);
    mask('#FAQ_FORGOT-VNEID-PASSWORD', 'zalo:1');
    expect(mask('#LOPDAT_2026-W12_99001_NEW-PHONE', 'zalo:1').secrets).toEqual([]);
    mask('#FAQ_FORGOT-VNEID-PASSWORD', 'zalo:1');
    expect(mask('TreXanh44p', 'zalo:1').secrets).toEqual(['password']);
  });

  it.each([
    ['zalo:1', ['six_digits']],
    ['zalo:2', []],
    ['zalo:3', []],
    ['zalo:9', ['six_digits']],
    [null, ['six_digits']],
  ])('a lone 412345 from %s', (sender, secrets) => {
    expect(door()('412345', sender).secrets).toEqual(secrets);
    expect(door()('otp 412345', sender).secrets).toEqual(['code']);
  });
});
