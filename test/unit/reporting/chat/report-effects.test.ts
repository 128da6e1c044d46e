import type { Office } from '../../../../src/org/office';
import type { Role } from '../../../../src/org/roles';
import { reportEffects } from '../../../../src/reporting/chat/report-effects';
import type { Report } from '../../../../src/reporting/report';
import type { ReportEffect } from '../../../../src/reporting/report-effect';
import { aTree, anEntry, anExtension, anObjection, aReturn, march, vn } from '../builders';

/** Who may do what with a report is asked where it is done, by the posts as they are then. */

const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '99001', level: 'commune', parent: '24' },
  { code: '99001-07', level: 'village', parent: '99001' },
  { code: '99002', level: 'commune', parent: '24' },
]);
const at = vn('16T09:00');
const approve: ReportEffect = {
  ...{ kind: 'report.approve', id: 'e1:0', key: march, by: 'zalo:1', onBehalf: false, at },
  ...{ eventId: 'e1', shown: 'sha256:0' },
};
const decide: ReportEffect = {
  ...{ kind: 'report.decide', id: 'e1:0', key: march, by: 'zalo:1', onBehalf: true, at },
  ...{ eventId: 'e1', figure: 'learners', take: 'second', second: 'e0:0' },
};
const EFFECTS: Readonly<Record<string, ReportEffect>> = {
  approve,
  decide,
  return: aReturn(['learners'], at),
  enter: anEntry({ learners: 1 }, at),
  extend: anExtension(at),
  'extend beyond': anExtension(at, true),
  object: anObjection(at),
};

function post(unit: string, role: Role): Office {
  return {
    ...{ id: `${unit}:${role}`, unit, role, fullName: 'A', address: '', user: 'zalo:1' },
    ...{ claimedAt: null, consent: null, hasPhone: false },
  };
}

async function done(effect: ReportEffect, posts: readonly Office[]): Promise<boolean> {
  let applied = 0;
  const handlers = reportEffects(
    {
      async apply() {
        applied += 1;
        return { outcome: 'applied', report: {} as Report };
      },
    },
    { mayDo: async (_user, may) => may(posts, tree) },
  );
  const run = handlers[effect.kind] as (effect: ReportEffect) => Promise<'done' | 'conflict'>;
  const outcome = await run(effect);
  expect(applied).toBe(outcome === 'done' ? 1 : 0);
  return outcome === 'done';
}

it.each`
  who                                 | unit          | role                 | may
  ${'the officer of the commune'}     | ${'99001'}    | ${'commune_officer'} | ${['approve', 'decide', 'return', 'enter', 'extend']}
  ${'the chair of the commune'}       | ${'99001'}    | ${'commune_chair'}   | ${['approve', 'decide', 'return', 'enter', 'extend']}
  ${'the officer of another commune'} | ${'99002'}    | ${'commune_officer'} | ${[]}
  ${'the head of the village'}        | ${'99001-07'} | ${'village_head'}    | ${['object']}
  ${'the department'}                 | ${'24'}       | ${'department'}      | ${['enter', 'extend beyond']}
  ${'the police'}                     | ${'24'}       | ${'police'}          | ${[]}
`('$who may $may', async ({ unit, role, may }) => {
  const allowed: string[] = [];
  for (const [name, effect] of Object.entries(EFFECTS))
    if (await done(effect, [post(unit, role)])) allowed.push(name);
  expect(allowed.sort()).toEqual([...(may as string[])].sort());
});

it('many approvals are refused whole when one of them is not the person’s', async () => {
  const applied: string[] = [];
  const handlers = reportEffects(
    {
      async apply({ id }) {
        applied.push(id);
        return { outcome: 'applied', report: {} as Report };
      },
    },
    { mayDo: async (_user, may) => may([post('99001', 'commune_officer')], tree) },
  );
  const many = { kind: 'reports.approve' as const, id: 'e1:0', by: 'zalo:1', at, eventId: 'e1' };
  const mine = { key: march, shown: 'sha256:0' };
  const other = { key: { ...march, form: 'commune-month', unit: '99001' }, shown: 'sha256:0' };
  expect(await handlers['reports.approve']({ ...many, reports: [mine, other] })).toBe('conflict');
  expect(applied).toEqual([]);
  expect(await handlers['reports.approve']({ ...many, reports: [mine] })).toBe('done');
  expect(applied).toEqual(['e1:0:village-month:99001-07']);
});
