import { planMembers, type MemberPlan, type MemberSecrets } from '../../../../src/org/import/import-members';
import { MEMBER_COLUMNS } from '../../../../src/org/import/member-rows';
import type { OfficeDoc } from '../../../../src/org/org.model';
import { UnitTree } from '../../../../src/org/units';
import { csvSheet } from '../sheets';

const unit = (code: string, level: 'province' | 'commune' | 'village', parent: string | null) => ({
  code,
  level,
  spans: [
    {
      validFrom: '2025-07-01',
      validTo: null,
      name: code,
      kind: 'xã',
      parent,
      adults: null,
      households: null,
      population: null,
    },
  ],
});
const tree = new UnitTree([
  unit('24', 'province', null),
  unit('07210', 'commune', '24'),
  unit('07210-01', 'village', '07210'),
  unit('07210-02', 'village', '07210'),
]);

function secrets(): MemberSecrets {
  let next = 100_000;
  return {
    hashPhone: (phone) => `h(${phone})`,
    sealPhone: (office, phone) => `s(${office},${phone})`,
    hashCode: (code) => `c(${code})`,
    // Every code comes up twice, so that the planner must refuse the second.
    newCode: () => String(Math.floor((next += 0.5))),
  };
}

async function plan(lines: string[], offices: readonly OfficeDoc[] = [], codes = false): Promise<MemberPlan> {
  const sheet = await csvSheet(MEMBER_COLUMNS, 'unit_code,role,full_name,phone,title', ...lines);
  return planMembers(sheet, tree, offices, secrets(), codes, AT);
}

/** The offices after the plan, as the store would hold them. */
function applied(offices: readonly OfficeDoc[], done: MemberPlan): OfficeDoc[] {
  const after = new Map(offices.map((office) => [office._id, { ...office }]));
  for (const { id, set, dropCode, former } of done.changes) {
    const doc = { ...(after.get(id) as OfficeDoc), ...set };
    if (dropCode) delete doc.codeHash;
    if (former) doc.former = [...doc.former, former];
    after.set(id, doc);
  }
  for (const doc of done.adds) after.set(doc._id, doc);
  return [...after.values()];
}

const TU = '07210-01,village_head,Nguyễn Văn Tư,0900 000 123,';
const HOA = '07210-01,village_deputy,Trần Thị Hoa,,bà';
const HANH = '7210,commune_officer,Lê Thị Hạnh,0900000124,Chị';
const AT = new Date('2026-03-01T08:00:00+07:00');

it('makes the posts, with phones sealed and the ways to address their holders', async () => {
  const done = await plan([TU, HOA, HANH]);
  expect(done).toMatchObject({ read: 3, created: 3, changed: 0, refused: [], codes: [] });
  expect(done.adds).toMatchObject([
    {
      _id: '07210-01:village_head:1',
      phone: 's(07210-01:village_head:1,84900000123)',
      phoneHash: 'h(84900000123)',
      address: 'bác',
      user: null,
    },
    { _id: '07210-01:village_deputy:1', address: 'bà', title: 'bà', phone: null },
    { _id: '07210:commune_officer:1', unit: '07210', address: 'chị' },
  ]);
  expect(done.adds.some((doc) => 'codeHash' in doc)).toBe(false);
});

it('gives each a code of its own when asked, and a new one when asked again', async () => {
  const first = await plan([TU, HOA], [], true);
  expect(first.codes.map(({ fullName, code }) => [fullName, code])).toEqual([
    ['Nguyễn Văn Tư', '100000'],
    ['Trần Thị Hoa', '100001'],
  ]);
  const offices = applied([], first);
  expect(offices.map((doc) => doc.codeHash)).toEqual(['c(100000)', 'c(100001)']);

  const silent = await plan([TU, HOA], offices);
  expect(silent).toMatchObject({ created: 0, changed: 0, unchanged: 2, adds: [], changes: [], codes: [] });

  const again = await plan([TU, HOA], offices, true);
  expect(again).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
  expect(applied(offices, again).map((doc) => doc.codeHash)).toEqual(['c(100002)', 'c(100003)']);
});

it('gives the holder of a claimed post a code for a new phone, and leaves the post alone until it is used', async () => {
  const offices = applied([], await plan([TU])).map((doc) => ({ ...doc, user: 'zalo:1', claimedAt: AT }));
  const done = await plan([TU], offices, true);
  expect(done).toMatchObject({ unchanged: 1, codes: [{ fullName: 'Nguyễn Văn Tư', moves: true }] });
  expect(applied(offices, done)).toMatchObject([
    { user: 'zalo:1', claimedAt: AT, codeHash: 'c(100000)', former: [] },
  ]);
});

it('ends the post of the person a row names with its last day, and of nobody else', async () => {
  const offices = applied([], await plan([TU, HANH])).map((doc) => ({
    ...doc,
    user: 'zalo:1',
    claimedAt: AT,
  }));
  const ends = async (...lines: string[]) =>
    planMembers(
      await csvSheet(MEMBER_COLUMNS, 'unit_code,role,full_name,ends', ...lines),
      tree,
      offices,
      secrets(),
      true,
      AT,
    );
  const done = await ends('07210,commune_officer,Lê Thị Hạnh,31/3/2026');
  expect(done).toMatchObject({ changed: 1, codes: [], changes: [{ set: { ends: '2026-03-31' } }] });
  const wrong = await ends(
    '07210,commune_officer,Vũ Thu Lan,31/3/2026',
    '07210-01,village_head,Ai Khác,1/4/2026',
  );
  expect(wrong.refused.map(({ row, reason }) => [row, reason])).toEqual([
    [2, 'ends_nobody'],
    [3, 'ends_nobody'],
  ]);
  expect((await ends('07210,commune_officer,Lê Thị Hạnh,mai')).refused).toMatchObject([
    { reason: 'day_bad' },
  ]);
});

it('a post that ended goes on when a later sheet names it without a last day', async () => {
  const ended = applied([], await plan([HANH])).map((doc) => ({ ...doc, ends: '2026-03-31', closed: true }));
  expect(applied(ended, await plan([HANH], ended))).toMatchObject([{ ends: null, closed: false }]);
});

it('hands the one seat of a head over to another name, and remembers who held it', async () => {
  const claimed = applied([], await plan([TU])).map((doc) => ({
    ...doc,
    user: 'zalo:1',
    claimedAt: AT,
    claimEffect: 'e:0',
    consent: { version: '1', at: AT, eventId: 'e' },
  }));
  const done = await plan(['07210-01,village_head,Phạm Thị Mai,,'], claimed, true);
  expect(done).toMatchObject({ changed: 1, created: 0 });
  const [after] = applied(claimed, done);
  expect(after).toMatchObject({
    _id: '07210-01:village_head:1',
    fullName: 'Phạm Thị Mai',
    user: null,
    claimedAt: null,
    consent: null,
    phone: null,
    phoneHash: null,
    codeHash: 'c(100000)',
    former: [{ user: 'zalo:1', fullName: 'Nguyễn Văn Tư', from: AT, to: AT }],
  });
});

it('voids the code of a head who was replaced before claiming', async () => {
  const offices = applied([], await plan([TU], [], true));
  const [after] = applied(offices, await plan(['07210-01,village_head,Phạm Thị Mai,,'], offices));
  expect(after).toMatchObject({ fullName: 'Phạm Thị Mai' });
  expect(after && 'codeHash' in after).toBe(false);
});

it('keeps the holder when only the spelling changed and the phone says it is the same person', async () => {
  const claimed = applied([], await plan([TU])).map((doc) => ({ ...doc, user: 'zalo:1', claimedAt: AT }));
  const done = await plan(['07210-01,village_head,Nguyễn Văn Tự,0900000123,'], claimed);
  expect(applied(claimed, done)).toMatchObject([{ fullName: 'Nguyễn Văn Tự', user: 'zalo:1', former: [] }]);
});

it('adds a second deputy beside the first, and a real head in the place of an invented one', async () => {
  const first = applied([], await plan([HOA]));
  const second = await plan(['07210-01,village_deputy,Bùi Văn Sơn,,'], first);
  expect(second.adds.map(({ _id }) => _id)).toEqual(['07210-01:village_deputy:2']);

  const demo = applied([], await plan([HANH])).map((doc) => ({ ...doc, demo: true, codeHash: 'c(777777)' }));
  const real = await plan(['07210,commune_officer,Vũ Thu Lan,,'], demo);
  expect(real).toMatchObject({ created: 0, changed: 1 });
  const [after] = applied(demo, real);
  expect(after).toMatchObject({ _id: '07210:commune_officer:1', fullName: 'Vũ Thu Lan', demo: false });
  expect(after && 'codeHash' in after).toBe(false);
});

it.each`
  lines                                            | refused                     | why
  ${['99,village_head,A,,']}                       | ${[[2, 'unit_unknown']]}    | ${'there is no such unit'}
  ${[',village_head,A,,']}                         | ${[[2, 'cell_empty']]}      | ${'no unit is named'}
  ${['07210-01,truong thon,A,,']}                  | ${[[2, 'role_bad']]}        | ${'there is no such role'}
  ${['07210,village_head,A,,']}                    | ${[[2, 'role_level']]}      | ${'a commune has no village head'}
  ${['24,commune_officer,A,,']}                    | ${[[2, 'role_level']]}      | ${'a province has no commune officer'}
  ${['07210-01,village_head,,,']}                  | ${[[2, 'cell_empty']]}      | ${'nobody is named'}
  ${['07210-01,village_head,123,,']}               | ${[[2, 'name_bad']]}        | ${'the name is a number'}
  ${['07210-01,village_head,A,12345,']}            | ${[[2, 'phone_bad']]}       | ${'the phone number is none'}
  ${[TU, TU]}                                      | ${[[3, 'member_twice']]}    | ${'somebody is there twice'}
  ${[TU, '07210-01,village_head,B,,']}             | ${[[3, 'one_head']]}        | ${'a village has two heads'}
  ${[TU, '07210-02,village_head,B,+84900000123,']} | ${[[3, 'phone_two_names']]} | ${'one number has two names'}
`('refuses when $why', async ({ lines, refused }) => {
  const done = await plan(lines);
  expect(done.refused.map(({ row, reason }) => [row, reason])).toEqual(refused);
  expect(done).toMatchObject({ created: 0, adds: [], changes: [], codes: [] });
});

it('lets one person hold several posts', async () => {
  const done = await plan([TU, '07210-02,village_deputy,Nguyễn Văn Tư,0900000123,']);
  expect(done).toMatchObject({ created: 2, refused: [] });
});
