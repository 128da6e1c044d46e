import { readLeave } from '../../../src/org/chat/read-leave';
import { isAway, leaveOf, thereFirst } from '../../../src/org/leave';
import { takersAt, departmentAbove, headsOf, type DeskView } from '../../../src/handover/desk';
import { toOffice } from '../../../src/org/org.repo';
import type { OfficeDoc } from '../../../src/org/org.model';
import type { Office } from '../../../src/org/office';
import { aTree } from '../reporting/builders';

const NOW = new Date('2026-03-17T08:00:00+07:00');

it.each`
  said                                         | from            | to
  ${'tôi nghỉ phép từ 3/4 đến 7/4'}            | ${'2026-04-03'} | ${'2026-04-07'}
  ${'toi nghi phep tu 3/4 den het 7/4'}        | ${'2026-04-03'} | ${'2026-04-07'}
  ${'em xin nghỉ phép từ mai đến hết thứ Sáu'} | ${'2026-03-18'} | ${'2026-03-20'}
  ${'từ mai đến hết 20/3 tôi đi công tác ạ'}   | ${'2026-03-18'} | ${'2026-03-20'}
  ${'mai em nghỉ phép'}                        | ${'2026-03-18'} | ${'2026-03-18'}
  ${'hôm nay tôi nghỉ ốm'}                     | ${'2026-03-17'} | ${'2026-03-17'}
  ${'tuần sau tôi đi tập huấn'}                | ${'2026-03-23'} | ${'2026-03-29'}
  ${'tôi nghỉ phép tuần này'}                  | ${'2026-03-17'} | ${'2026-03-22'}
  ${'tôi nghỉ phép từ mai'}                    | ${'2026-03-18'} | ${null}
  ${'tôi nghỉ phép từ hôm qua đến mai'}        | ${null}         | ${'2026-03-18'}
  ${'tôi nghỉ phép mấy hôm'}                   | ${null}         | ${null}
`('«$said»: $from to $to', ({ said, from, to }) => {
  expect(readLeave(said as string, NOW)).toEqual({ from, to });
});

it.each(['em nghỉ phép ai duyệt thay', 'tôi nghỉ làm trưởng thôn rồi', 'lớp nghỉ từ mai', 'tôi đi làm lại'])(
  '«%s» is no leave',
  (said) => expect(readLeave(said, NOW)).toBeNull(),
);

function post(id: string, role: Office['role'], leave: Office['leave'] = null): Office & { user: string } {
  const unit = role === 'department' ? '24' : 'X';
  const rest = { fullName: id, address: '', claimedAt: null, consent: null, hasPhone: false };
  return { id, unit, role, user: `zalo:${id}`, leave, ...rest };
}
const away = { id: 'e1', from: '2026-03-16', to: '2026-03-20' };

it('lasts from its first day through its last, and ends by itself', () => {
  const days = ['2026-03-15', '2026-03-16', '2026-03-20', '2026-03-21'];
  expect(days.map((day) => isAway(post('a', 'commune_officer', away), day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  const posts = [post('a', 'commune_officer', away), post('b', 'commune_officer')];
  expect(thereFirst(posts, '2026-03-17').map(({ id }) => id)).toEqual(['b', 'a']);
  expect(thereFirst(posts, '2026-03-23').map(({ id }) => id)).toEqual(['a', 'b']);
  const directory = { officesOf: () => [post('a', 'commune_officer', away)] };
  expect([
    leaveOf(directory, 'zalo:a', NOW)?.to,
    leaveOf(directory, 'zalo:a', new Date('2026-03-21T01:00:00Z')),
  ]).toEqual(['2026-03-20', null]);
});

it('is of whoever holds the post since that claim, and of nobody after them', () => {
  const doc = { _id: 'X:commune_officer:1', user: 'zalo:a', claimEffect: 'e0', phone: null, former: [] };
  const leave = { ...away, claim: 'e0' };
  const shown = (more: object) => toOffice({ ...doc, leave, ...more } as unknown as OfficeDoc).leave;
  expect(shown({})).toEqual(away);
  expect([shown({ user: null }), shown({ user: 'zalo:b', claimEffect: 'e9' })]).toEqual([null, null]);
});

describe('who answers at a desk', () => {
  const tree = aTree([
    { code: '24', level: 'province', parent: null },
    { code: 'X', level: 'commune', parent: '24' },
  ]);
  const view = (posts: readonly (Office & { user: string })[]): DeskView => ({
    tree,
    officesOf: (user) => posts.filter((one) => one.user === user),
    holdersOf: (unit, roles) => posts.filter((one) => one.unit === unit && roles.includes(one.role)),
  });
  const named = (posts: readonly Office[]): string[] => posts.map(({ id }) => id);
  const chair = post('chair', 'commune_chair');
  const nga = post('nga', 'department');

  it.each`
    posts                                                                             | takers       | why
    ${[post('hanh', 'commune_officer'), chair]}                                       | ${['hanh']}  | ${'she is there'}
    ${[post('hanh', 'commune_officer', away), post('mai', 'commune_officer'), chair]} | ${['mai']}   | ${'the deputy is'}
    ${[post('hanh', 'commune_officer', away), chair]}                                 | ${['chair']} | ${'nobody else takes talks'}
    ${[post('hanh', 'commune_officer', away), post('c', 'commune_chair', away)]}      | ${[]}        | ${'nobody can keep a promise'}
  `('$takers: $why', ({ posts, takers }) => {
    expect(named(takersAt(view(posts as (Office & { user: string })[]), 'X', NOW))).toEqual(takers);
  });

  it('above them stands the department, also where all of it is away', () => {
    const all = [post('c', 'commune_chair', away), post('dung', 'department', away), nga];
    expect(named(headsOf(view(all), 'X', NOW))).toEqual(['nga']);
    const none = [post('dung', 'department', away), post('nga', 'department', away)];
    expect(named(departmentAbove(view(none), 'X', NOW))).toEqual(['dung', 'nga']);
  });
});
