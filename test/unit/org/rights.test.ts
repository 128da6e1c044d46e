import type { Office } from '../../../src/org/office';
import { lostRight, mayActFor, mayActOnBehalf, saysWhoHolds } from '../../../src/org/rights';
import { UnitTree } from '../../../src/org/units';
import type { UnitRecord } from '../../../src/org/unit';

const AT = new Date('2026-04-02T08:00:00+07:00');
const ME = 'zalo:1';

function unit(code: string, level: UnitRecord['level'], parent: string | null, end: object = {}): UnitRecord {
  const values = { kind: 'x', name: code, parent, adults: null, households: null, population: null };
  return { code, level, spans: [{ validFrom: '2025-07-01', validTo: null, ...values, ...end }] };
}
const tree = new UnitTree([
  unit('24', 'province', null),
  unit('24-CA', 'agency', '24'),
  unit('X', 'commune', '24'),
  unit('Y', 'commune', '24'),
  unit('X-1', 'village', 'X'),
  unit('X-2', 'village', 'X', { validTo: '2026-03-31', mergedInto: ['X-1'] }),
  unit('X-3', 'village', 'X', { validTo: '2026-03-31', mergedInto: ['X-1', 'X-4'] }),
  unit('X-4', 'village', 'X', { validTo: '2026-04-01' }),
]);

function aPost(unitCode: string, role: Office['role'], more: Partial<Office> = {}): Office {
  const rest = { fullName: 'A', address: '', claimedAt: null, consent: null, hasPhone: false };
  return { id: `${unitCode}:${role}:1`, unit: unitCode, role, user: ME, ...rest, ...more };
}

it.each`
  post                                                     | of         | own      | onBehalf
  ${aPost('X-1', 'village_head')}                          | ${'X-1'}   | ${true}  | ${false}
  ${aPost('X-1', 'village_head')}                          | ${'X'}     | ${false} | ${false}
  ${aPost('X-2', 'village_head')}                          | ${'X-2'}   | ${false} | ${false}
  ${aPost('X-1', 'village_head', { ends: '2026-04-02' })}  | ${'X-1'}   | ${true}  | ${false}
  ${aPost('X-1', 'village_head', { ends: '2026-04-01' })}  | ${'X-1'}   | ${false} | ${false}
  ${aPost('X', 'commune_officer')}                         | ${'X-1'}   | ${false} | ${true}
  ${aPost('X', 'commune_chair')}                           | ${'X-1'}   | ${false} | ${true}
  ${aPost('X', 'commune_officer', { ends: '2026-04-01' })} | ${'X-1'}   | ${false} | ${false}
  ${aPost('Y', 'commune_officer')}                         | ${'X-1'}   | ${false} | ${false}
  ${aPost('24', 'department')}                             | ${'X-1'}   | ${false} | ${true}
  ${aPost('24', 'police')}                                 | ${'24-CA'} | ${true}  | ${false}
  ${aPost('24', 'police')}                                 | ${'X-1'}   | ${false} | ${false}
  ${aPost('24', 'province')}                               | ${'X-1'}   | ${false} | ${false}
`('$post.role of $post.unit (until $post.ends): for $of itself $own, on its behalf $onBehalf', (row) => {
  const { post, of, own, onBehalf } = row as { post: Office; of: string; own: boolean; onBehalf: boolean };
  expect([mayActFor([post], tree, of, AT), mayActOnBehalf([post], tree, of, AT)]).toEqual([own, onBehalf]);
});

const formerly = (why: 'replaced' | 'moved') => ({
  user: null,
  former: [{ user: ME, why, lostBy: null, from: null, to: null }],
});
it.each`
  why                                 | held                                                      | of       | lost
  ${'it is theirs'}                   | ${[aPost('X-1', 'village_head')]}                         | ${'X-1'} | ${null}
  ${'it never was'}                   | ${[aPost('Y', 'commune_officer')]}                        | ${'X-1'} | ${null}
  ${'another name came'}              | ${[aPost('X-1', 'village_head', formerly('replaced'))]}   | ${'X-1'} | ${{ why: 'replaced' }}
  ${'it is on a new phone'}           | ${[aPost('X-1', 'village_head', formerly('moved'))]}      | ${'X-1'} | ${{ why: 'moved' }}
  ${'its last day is over'}           | ${[aPost('X-1', 'village_head', { ends: '2026-04-01' })]} | ${'X-1'} | ${{ why: 'ended' }}
  ${'the village became part of one'} | ${[aPost('X-2', 'village_head')]}                         | ${'X-2'} | ${{ why: 'merged', since: '2026-04-01', into: ['X-1'] }}
  ${'the village became two'}         | ${[aPost('X-3', 'village_head')]}                         | ${'X-3'} | ${{ why: 'split', since: '2026-04-01', into: ['X-1', 'X-4'] }}
  ${'the village ended'}              | ${[aPost('X-4', 'village_head')]}                         | ${'X-4'} | ${{ why: 'unit_ended', since: '2026-04-02' }}
`('why a right was lost: $why', ({ held, of, lost }: { held: Office[]; of: string; lost: unknown }) => {
  expect(lostRight(ME, held, tree, of, AT)).toEqual(lost);
});

const another = { user: 'zalo:2' };
it.each`
  by                               | of                                               | says
  ${aPost('X', 'commune_officer')} | ${aPost('X-1', 'village_head', another)}         | ${true}
  ${aPost('X', 'commune_chair')}   | ${aPost('X-1', 'village_deputy', another)}       | ${true}
  ${aPost('Y', 'commune_officer')} | ${aPost('X-1', 'village_head', another)}         | ${false}
  ${aPost('24', 'department')}     | ${aPost('X-1', 'village_head', another)}         | ${false}
  ${aPost('X', 'commune_chair')}   | ${aPost('X', 'commune_officer', another)}        | ${true}
  ${aPost('24', 'department')}     | ${aPost('X', 'commune_officer', another)}        | ${true}
  ${aPost('X', 'commune_officer')} | ${aPost('X', 'commune_officer', another)}        | ${false}
  ${aPost('Y', 'commune_chair')}   | ${aPost('X', 'commune_officer', another)}        | ${false}
  ${aPost('24', 'department')}     | ${aPost('X', 'commune_chair', another)}          | ${true}
  ${aPost('X', 'commune_officer')} | ${aPost('X', 'commune_chair', another)}          | ${false}
  ${aPost('X', 'commune_chair')}   | ${aPost('X', 'commune_chair', another)}          | ${false}
  ${aPost('24', 'department')}     | ${aPost('24-CA', 'agency_officer', another)}     | ${true}
  ${aPost('24', 'department')}     | ${aPost('24', 'police', another)}                | ${true}
  ${aPost('24', 'police')}         | ${aPost('24-CA', 'agency_officer', another)}     | ${false}
  ${aPost('24', 'operator')}       | ${aPost('X', 'commune_officer', another)}        | ${false}
  ${aPost('24', 'department')}     | ${aPost('24', 'department', another)}            | ${true}
  ${aPost('24', 'department')}     | ${aPost('24', 'department')}                     | ${false}
  ${aPost('X', 'commune_chair')}   | ${aPost('X', 'commune_officer')}                 | ${false}
  ${aPost('X', 'commune_chair')}   | ${aPost('X', 'commune_officer', { user: null })} | ${true}
`('$by.role of $by.unit says who is $of.role of $of.unit ($of.user): $says', (row) => {
  const { by, of, says } = row as { by: Office; of: Office; says: boolean };
  expect(saysWhoHolds([by], tree, of, AT)).toBe(says);
});

it('a post that ended or was handed over says nothing of others any more', () => {
  const of = aPost('X', 'commune_officer', another);
  expect(saysWhoHolds([aPost('X', 'commune_chair', { ends: '2026-04-01' })], tree, of, AT)).toBe(false);
});
