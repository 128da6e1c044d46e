import {
  asksForConsent,
  communesInChargeOf,
  differenceOf,
  digestOf,
  heldOneIn,
  inChargeOf,
  seatsOf,
  type DifferenceFacts,
} from '../../../src/groups/difference';
import {
  afterEvent,
  afterReading,
  noGroup,
  withoutPerson,
  type CommuneGroup,
} from '../../../src/groups/group';
import type { Office } from '../../../src/org/office';
import type { Role } from '../../../src/org/roles';
import { aTree } from '../reporting/builders';

/** Who belongs in a commune's group and how that differs from who is in it. */

const AT = new Date('2026-03-12T08:00:00+07:00');
const DAY = 86_400_000;
const [HEAD, DEPUTY, OFFICER, ADMIN, OLD, STRANGER] = ['h', 'd', 'o', 'a', 'x', 's'].map(
  (id) => `zalo:${id}`,
) as [string, string, string, string, string, string];

const seat = (unit: string, role: Role, user: string | null): Office =>
  ({ id: `${unit}:${role}`, unit, role, user, fullName: 'Nguyễn Văn Tư', address: 'bác' }) as Office;
const SEATS = [
  seat('99001', 'commune_officer', OFFICER),
  seat('99001-01', 'village_head', HEAD),
  seat('99001-01', 'village_deputy', DEPUTY),
  seat('99001-02', 'village_head', null),
];
const named = (...users: string[]) => users.map((user) => ({ user, name: '' }));
const aGroup = (more: Partial<CommuneGroup> = {}): CommuneGroup => ({
  ...noGroup('99001'),
  ...{ state: 'on', groupId: 'g1', name: 'Nhóm', members: named(ADMIN, OFFICER), admins: [ADMIN] },
  comparedAt: new Date(0),
  ...more,
});
const differs = (group: CommuneGroup, more: Partial<DifferenceFacts> = {}) =>
  differenceOf({
    ...{ group, seats: SEATS, admins: [ADMIN], at: AT },
    heldOne: (user) => user === OLD,
    cannotBeInvited: () => false,
    ...more,
  });

it('asks for those who hold a post and are not in, and names the posts that nobody has taken', () => {
  const { add, untaken, remove, strangers } = differs(aGroup());
  expect(add).toEqual([HEAD, DEPUTY]);
  expect(untaken.map(({ unit }) => unit)).toEqual(['99001-02']);
  expect([remove, strangers]).toEqual([[], []]);
});

it('lets in whoever waits and holds a post; others who wait are only named', () => {
  const { add, accept, waiting } = differs(aGroup({ pending: named(HEAD, STRANGER) }));
  expect([add, accept]).toEqual([[DEPUTY], [HEAD]]);
  expect(waiting).toEqual(named(STRANGER));
});

it('takes out only who once held a post here; a stranger is named and stays', () => {
  const { remove, strangers } = differs(aGroup({ members: named(ADMIN, OFFICER, OLD, STRANGER) }));
  expect(remove).toEqual([OLD]);
  expect(strangers).toEqual(named(STRANGER));
});

it('never takes out who administers the account, nor the last administrator of the group', () => {
  const members = named(ADMIN, OFFICER, OLD);
  expect(differs(aGroup({ members }), { heldOne: () => true }).remove).toEqual([OLD]);
  expect(differs(aGroup({ members, admins: [OLD] })).remove).toEqual([]);
  expect(differs(aGroup({ members, admins: [OLD, OFFICER] })).remove).toEqual([OLD]);
});

it('asks for an administrator of the account again who has left', () => {
  expect(differs(aGroup({ members: named(OFFICER, HEAD, DEPUTY), admins: [] })).add).toEqual([ADMIN]);
});

it('sets those aside who cannot be invited', () => {
  const { add, notFollowing } = differs(aGroup(), { cannotBeInvited: (user) => user === DEPUTY });
  expect([add, notFollowing]).toEqual([[HEAD], [DEPUTY]]);
});

it.each`
  days  | add               | left      | why
  ${0}  | ${[DEPUTY]}       | ${[HEAD]} | ${'they have just gone'}
  ${29} | ${[DEPUTY]}       | ${[HEAD]} | ${'thirty days are not over'}
  ${30} | ${[HEAD, DEPUTY]} | ${[]}     | ${'thirty days are over'}
`('$days days after they left: invites $add, since $why', ({ days, add, left }) => {
  const group = aGroup({ left: [{ user: HEAD, at: new Date(AT.getTime() - Number(days) * DAY) }] });
  const difference = differs(group);
  expect(difference.add).toEqual(add);
  expect(difference.left.map(({ user }) => user)).toEqual(left);
});

it('one who left and asks to be let in is let in', () => {
  const group = aGroup({ left: [{ user: HEAD, at: AT }], pending: named(HEAD) });
  expect(differs(group)).toMatchObject({ accept: [HEAD], left: [] });
});

it('names an agreement by what it is about', () => {
  const one = differs(aGroup());
  expect(asksForConsent(one)).toBe(true);
  expect(digestOf(one)).toMatch(/^[A-Z]{8}$/);
  expect(digestOf({ ...one, add: [...one.add].reverse() })).toBe(digestOf(one));
  expect(digestOf({ ...one, add: [HEAD] })).not.toBe(digestOf(one));
  expect(digestOf({ add: [], accept: [], remove: [HEAD] })).not.toBe(
    digestOf({ add: [HEAD], accept: [], remove: [] }),
  );
  expect(asksForConsent(differs(aGroup({ members: named(ADMIN, OFFICER, HEAD, DEPUTY, STRANGER) })))).toBe(
    false,
  );
});

describe('an event', () => {
  const isWanted = (user: string) => user === HEAD;
  const event = (what: Parameters<typeof afterEvent>[1]['what'], ...users: string[]) => ({
    what,
    users,
    at: AT,
  });

  it('brings somebody in, also one who had left or waited', () => {
    const group = aGroup({ left: [{ user: HEAD, at: AT }], pending: named(HEAD) });
    const after = afterEvent(group, event('joined', HEAD), isWanted);
    expect(after).toMatchObject({ members: named(ADMIN, OFFICER, HEAD), left: [], pending: [] });
    expect(afterEvent(after, event('joined', HEAD), isWanted)).toEqual(after);
  });

  it('lets somebody go, and remembers who held a post', () => {
    const group = aGroup({ members: named(ADMIN, HEAD, STRANGER) });
    const after = afterEvent(group, event('out', HEAD, STRANGER), isWanted);
    expect(after).toMatchObject({ members: named(ADMIN), left: [{ user: HEAD, at: AT }] });
  });

  it('takes nobody for gone by themselves whom we take out', () => {
    const order = {
      id: 'e',
      kind: 'change',
      add: [],
      accept: [],
      remove: [HEAD],
      by: OFFICER,
      at: AT,
      tries: 1,
    } as const;
    const group = aGroup({ members: named(HEAD), order });
    expect(afterEvent(group, event('out', HEAD), isWanted).left).toEqual([]);
  });

  it('notes who waits, who was refused and who administers', () => {
    const waits = afterEvent(aGroup(), event('asked', STRANGER), isWanted);
    expect(waits.pending).toEqual(named(STRANGER));
    expect(afterEvent(waits, event('refused', STRANGER), isWanted).pending).toEqual([]);
    const two = afterEvent(aGroup(), event('admin', OFFICER), isWanted);
    expect(two.admins).toEqual([ADMIN, OFFICER]);
    expect(afterEvent(two, event('no_admin', ADMIN), isWanted).admins).toEqual([OFFICER]);
  });

  it('that is older than the last reading says nothing new; that the group is dissolved always counts', () => {
    const group = aGroup({ comparedAt: new Date(AT.getTime() + 1) });
    expect(afterEvent(group, event('joined', HEAD), isWanted)).toBe(group);
    const gone = afterEvent(group, event('dissolved'), isWanted);
    expect(gone.state).toBe('gone');
    expect(afterEvent(gone, event('dissolved'), isWanted)).toBe(gone);
  });
});

it('a reading finds who went without an event, and forgets refusals of those who are in', () => {
  const group = aGroup({
    members: named(ADMIN, HEAD),
    admins: [ADMIN, HEAD],
    notInvited: [{ user: DEPUTY, at: AT }],
    pending: named(STRANGER),
  });
  const read = {
    members: [
      { user: ADMIN, name: 'Quản trị' },
      { user: DEPUTY, name: '' },
    ],
    pending: [],
  };
  expect(afterReading(group, read, (user) => user === HEAD, AT)).toMatchObject({
    ...{ members: read.members, pending: [], admins: [ADMIN], notInvited: [], comparedAt: AT },
    left: [{ user: HEAD, at: AT }],
  });
});

it('keeps no trace of somebody who is forgotten', () => {
  const order = {
    id: 'e',
    kind: 'change',
    add: [HEAD],
    accept: [HEAD],
    remove: [HEAD],
    by: OFFICER,
    at: AT,
    tries: 1,
  } as const;
  const group = aGroup({
    ...{ members: named(HEAD, ADMIN), pending: named(HEAD), admins: [HEAD, ADMIN], order },
    ...{ left: [{ user: HEAD, at: AT }], notInvited: [{ user: HEAD, at: AT }] },
  });
  expect(JSON.stringify(withoutPerson(group, HEAD))).not.toContain(HEAD);
});

describe('the organisation', () => {
  const village = (code: string, parent: string, span = {}) =>
    ({ code, level: 'village', parent, name: code, ...span }) as const;
  const tree = aTree([
    { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
    { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
    { code: '99002', level: 'commune', parent: '24', name: 'Vân Sơn' },
    village('99001-01', '99001'),
    village('99001-02', '99001'),
    village('99002-01', '99002'),
  ]);
  const posts = [
    ...SEATS,
    seat('99001', 'commune_chair', 'zalo:c'),
    seat('99002-01', 'village_head', HEAD),
    { ...seat('99001-02', 'village_deputy', OLD), ends: '2026-03-11' },
  ];
  const directory = {
    tree,
    officesIn: (unit: string) => posts.filter((post) => post.unit === unit),
    officesOf: (user: string) => posts.filter((post) => post.user === user),
    everHeldBy: (user: string) => posts.filter((post) => post.user === user),
  };

  it('seats the posts that last that day, of the commune and its villages', () => {
    expect(seatsOf(directory, '99001', AT).map(({ id }) => id)).toEqual([
      ...['99001:commune_officer', '99001:commune_chair', '99001-01:village_head', '99001-01:village_deputy'],
      '99001-02:village_head',
    ]);
    expect(seatsOf(directory, '99009', AT)).toEqual([]);
  });

  it('puts somebody with posts in two communes into both groups', () => {
    for (const commune of ['99001', '99002'])
      expect(seatsOf(directory, commune, AT).map(({ user }) => user)).toContain(HEAD);
    const [, , two] = [0, 1, aGroup({ commune: '99002', members: named(ADMIN, HEAD) })];
    const seats = seatsOf(directory, '99002', AT);
    expect(differs(two, { seats }).remove).toEqual([]);
  });

  it('leaves the group to the officers, and to the chair where there is none', () => {
    expect(inChargeOf(directory, '99001', AT).map(({ user }) => user)).toEqual([OFFICER]);
    const alone = {
      officesIn: (unit: string) => directory.officesIn(unit).filter(({ role }) => role !== 'commune_officer'),
    };
    expect(inChargeOf(alone, '99001', AT).map(({ user }) => user)).toEqual(['zalo:c']);
    expect(communesInChargeOf(directory, OFFICER, AT)).toEqual(['99001']);
    expect(communesInChargeOf(directory, HEAD, AT)).toEqual([]);
  });

  it('remembers who held a post here, and not who held one elsewhere', () => {
    expect(heldOneIn(directory, '99001', OLD)).toBe(true);
    expect(heldOneIn(directory, '99002', OLD)).toBe(false);
    expect(heldOneIn(directory, '99001', STRANGER)).toBe(false);
  });
});
