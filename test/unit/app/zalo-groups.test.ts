import { createZaloGroups } from '../../../src/app/zalo-groups';
import type { GroupAsset, GroupInfo, GroupMember } from '../../../src/channels/zalo/api/group-shapes';
import type { Groups } from '../../../src/channels/zalo/api/groups';
import { AppError } from '../../../src/kernel/errors';

/** Zalo's answers about groups in the words of the mirror. */

const INFO: GroupInfo = {
  ...{ id: 'g1', name: 'Học vụ số xã Tân Hòa', description: '', avatar: null, link: 'https://zalo.me/g/1' },
  ...{ status: 'enabled', members: 3, membersMax: 50, endsOn: null },
};

const hostOf = (groups: Partial<Groups>) =>
  createZaloGroups({ groups: () => groups as Groups, admins: () => ['9'] });
const refusing = (error: Error) => async (): Promise<never> => {
  throw error;
};
const refusal = (code: number) => new AppError('zalo_refused', { code, words: 'zalo:reasons.permission' });

async function* each<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

it.each([
  [refusal(-213), 'people'],
  [refusal(-217), 'people'],
  [refusal(-201), 'people'],
  [refusal(-241), 'asset'],
  [refusal(-210), 'full'],
  [refusal(-237), 'lapsed'],
  [refusal(-223), 'refused'],
  [new AppError('zalo_timeout'), 'uncertain'],
  [new AppError('zalo_unreachable'), 'later'],
  [new AppError('zalo_rate_limited'), 'later'],
  [new AppError('zalo_token_dead'), 'later'],
])('%s of a creation means %s', async (error, why) => {
  const made = hostOf({ create: refusing(error) }).create({ name: 'x', assetId: 'p', members: ['zalo:9'] });
  const words = why === 'refused' ? 'zalo:reasons.permission' : null;
  expect(await made).toEqual({ ok: false, why, words });
});

it('an unknown parameter of a reading is an unknown group', async () => {
  const host = hostOf({ get: refusing(refusal(-201)) });
  expect(await host.read('g1')).toEqual({ ok: false, why: 'unknown_group', words: null });
});

it('waits until the way to Zalo is open, and lets a bug be one', async () => {
  const closed = createZaloGroups({ groups: () => null, admins: () => [] });
  expect(await closed.all()).toEqual({ ok: false, why: 'later', words: null });
  await expect(hostOf({ get: refusing(new TypeError('bug')) }).read('g1')).rejects.toThrow('bug');
});

it('knows people by their address, and leaves the account itself out', async () => {
  const members: GroupMember[] = [
    { userId: null, name: 'OA' },
    { userId: '2', name: 'Tư' },
  ];
  const host = hostOf({ allMembers: () => each(...members) });
  expect(host.admins()).toEqual(['zalo:9']);
  expect(await host.members('g1')).toEqual({ ok: true, value: [{ user: 'zalo:2', name: 'Tư' }] });
});

it('an answer that names no group says nothing about what was done', async () => {
  const host = hostOf({ create: async () => ({ ...INFO, id: '' }) });
  expect(await host.create({ name: 'x', assetId: 'p', members: [] })).toMatchObject({ why: 'uncertain' });
});

it.each([
  ['08/09/2026', '2026-09-08'],
  ['8/9/2026', '2026-09-08'],
  ['2026-09-08T00:00:00', '2026-09-08'],
  ['', null],
  [null, null],
])('a place that lasts until %s lasts until %s', async (validThrough, day) => {
  const asset: GroupAsset = { id: 'p1', kind: 'gmf50', validThrough, free: false, usedBy: 'g1' };
  const assets: Groups['assets'] = async (product, quota) =>
    product === 'gmf50' && quota === 'sub_quota' ? [asset] : [];
  expect(await hostOf({ assets }).assets()).toEqual({
    ok: true,
    value: [{ id: 'p1', size: 50, validThrough: day, free: false, usedBy: 'g1' }],
  });
});
