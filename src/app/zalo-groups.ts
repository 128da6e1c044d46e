import type {
  Group,
  GroupAsset as ZaloAsset,
  GroupInfo,
  GroupMember,
} from '../channels/zalo/api/group-shapes';
import type { GroupProduct, Groups, QuotaKind } from '../channels/zalo/api/groups';
import { AppError, isAppError } from '../kernel/errors';
import { channelUserId, userKey, type UserKey } from '../kernel/ids';
import type {
  Answer,
  Failure,
  FailureWhy,
  GroupAsset,
  GroupFacts,
  GroupHost,
  Person,
} from '../groups/group-host';

/** The groups of the Official Account in the words of the mirror: Zalo's ids become addresses, its codes what can be done about them. */

export interface ZaloGroupsDeps {
  /** Null until the way to Zalo is open. */
  readonly groups: () => Groups | null;
  readonly admins: () => readonly string[];
  /** Before a group is made: a fake that nobody administers yet is given somebody who does. */
  readonly beforeCreate?: () => void;
}

const CHANNEL = 'zalo';
const SIZES: Readonly<Record<GroupProduct, number>> = { gmf10: 10, gmf50: 50, gmf100: 100, gmf1000: 1000 };
const QUOTAS: readonly QuotaKind[] = ['sub_quota', 'purchase_quota', 'reward_quota'];

/** What each code means for a group; any other is for an operator. */
const MEANINGS: ReadonlyMap<number, FailureWhy> = new Map([
  [-213, 'people'],
  [-217, 'people'],
  [-227, 'people'],
  [-244, 'people'],
  [-238, 'asset'],
  [-241, 'asset'],
  [-210, 'full'],
  [-237, 'lapsed'],
  [-403, 'unknown_group'],
]);
/** An unknown person or an unknown group, depending on what was asked. */
const PARAMETER = -201;

export function createZaloGroups(deps: ZaloGroupsDeps): GroupHost {
  /** `parameter`: what a refused parameter means for this call. */
  async function ask<T>(parameter: FailureWhy, call: (groups: Groups) => Promise<T>): Promise<Answer<T>> {
    const groups = deps.groups();
    if (groups === null) return { ok: false, why: 'later', words: null };
    try {
      return { ok: true, value: await call(groups) };
    } catch (error) {
      return { ok: false, ...failureOf(error, parameter) };
    }
  }
  const done = async (promise: Promise<unknown>): Promise<null> => {
    await promise;
    return null;
  };
  const ids = (users: readonly UserKey[]): string[] => users.map(channelUserId);

  return {
    admins: () => deps.admins().map((id) => userKey(CHANNEL, id)),
    create: ({ name, assetId, members }) => {
      deps.beforeCreate?.();
      return ask('people', async (groups) =>
        factsOf(await groups.create({ name, assetId, members: ids(members) })),
      );
    },
    read: (groupId) => ask('unknown_group', async (groups) => factsOfGroup(await groups.get(groupId))),
    all: () =>
      ask('refused', async (groups) => (await everyOne(groups.allOfAccount())).map((info) => factsOf(info))),
    members: (groupId) =>
      ask('unknown_group', async (groups) => peopleOf(await everyOne(groups.allMembers(groupId)))),
    pending: (groupId) =>
      ask('unknown_group', async (groups) => peopleOf(await everyOne(groups.allPending(groupId)))),
    invite: (groupId, users) => ask('people', (groups) => done(groups.invite(groupId, ids(users)))),
    accept: (groupId, users) => ask('people', (groups) => done(groups.acceptPending(groupId, ids(users)))),
    remove: (groupId, users) => ask('people', (groups) => done(groups.remove(groupId, ids(users)))),
    askBeforeJoining: (groupId) =>
      ask('unknown_group', (groups) => done(groups.update(groupId, { settings: { approveJoining: true } }))),
    assets: () => ask('refused', placesOf),
  };
}

/** Each size and kind of quota is asked for by itself: sources differ on whether fewer fields do. */
async function placesOf(groups: Groups): Promise<readonly GroupAsset[]> {
  const found = new Map<string, GroupAsset>();
  for (const product of Object.keys(SIZES) as GroupProduct[])
    for (const quota of QUOTAS)
      for (const asset of await groups.assets(product, quota)) found.set(asset.id, placeOf(asset, product));
  return [...found.values()];
}

function placeOf(asset: ZaloAsset, asked: GroupProduct): GroupAsset {
  const size = SIZES[asset.kind as GroupProduct] ?? SIZES[asked];
  return {
    id: asset.id,
    size,
    validThrough: dayOf(asset.validThrough),
    free: asset.free,
    usedBy: asset.usedBy || null,
  };
}

/** `dd/MM/yyyy`, or a day as ISO writes it; anything else is not known. */
function dayOf(text: string | null): string | null {
  const vietnamese = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text ?? '');
  if (vietnamese) {
    const [, day = '', month = '', year = ''] = vietnamese;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  return /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? null;
}

function factsOfGroup({ info, assetId }: Group): GroupFacts {
  return { ...factsOf(info), assetId };
}

function factsOf({ id, name, link, status }: GroupInfo): GroupFacts {
  // An answer without an id names no group; nobody knows what came of the call.
  if (id === '') throw new AppError('zalo_timeout', { detail: 'answer names no group' });
  return { groupId: id, name, link, enabled: status !== 'disabled', assetId: null };
}

function peopleOf(members: readonly GroupMember[]): Person[] {
  return members.flatMap(({ userId, name }) =>
    userId === null ? [] : [{ user: userKey(CHANNEL, userId), name }],
  );
}

async function everyOne<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function failureOf(error: unknown, parameter: FailureWhy): Failure {
  if (!isAppError(error)) throw error;
  const { code, facts } = error;
  if (code === 'zalo_timeout') return { why: 'uncertain', words: null };
  if (code === 'zalo_rate_limited' || code === 'zalo_unreachable' || code === 'zalo_token_dead')
    return { why: 'later', words: null };
  if (code !== 'zalo_refused') throw error;
  const refusal = Number(facts['code']);
  const why = refusal === PARAMETER ? parameter : (MEANINGS.get(refusal) ?? 'refused');
  return { why, words: why === 'refused' && typeof facts['words'] === 'string' ? facts['words'] : null };
}
