import { WorkCalendar } from '../../src/kernel/work-calendar';
import { readAudience } from '../../src/directives/audience';
import { AUDIENCE_SETS, type AudienceSet } from '../../src/directives/audience-sets';
import { dueSteps } from '../../src/reminders/escalation/plan';
import { ESCALATION_STEPS, type EscalationStep } from '../../src/reminders/escalation/steps';
import type { RemindedPeriod } from '../../src/reminders/duty-kinds';
import { ORDER_COMMANDS } from '../../src/directives/chat/order-commands';
import { Offices } from '../../src/directives/offices';
import type { Person } from '../../src/org/chat/people';
import { readMembers } from '../../src/org/import/member-rows';
import type { Office } from '../../src/org/office';
import { holdsAbove } from '../../src/org/rights';
import { mayOversee, ROLES, rolesThat, type Role } from '../../src/org/roles';
import { planReminders } from '../../src/reminders/plan';
import { REMINDER_RULES, type ReminderRule } from '../../src/reminders/rules';
import { aDuty, allKinds, theSettings, vn } from '../unit/reminders/builders';
import { aTree } from '../unit/reporting/builders';

/** A reminder rule, an escalation step, an audience and a role are each one entry in one list: shown by adding one and taking it out again. */

async function having<T>(list: readonly T[], entry: T, check: () => void | Promise<void>): Promise<void> {
  const open = list as T[];
  open.push(entry);
  try {
    await check();
  } finally {
    open.pop();
  }
}

it('a reminder rule', async () => {
  const rule: ReminderRule = { id: 'three-days-before', purpose: 'reminder', due: { daysBefore: 3 } };
  const planned = () =>
    planReminders([aDuty()], theSettings(), vn('2026-03-14T07:00'), vn('2026-03-14T12:00')).flatMap(
      ({ items }) => items.map((item) => item.rule.id),
    );
  expect(planned()).toEqual([]);
  await having(REMINDER_RULES, rule, () => expect(planned()).toEqual(['three-days-before']));
});

it('an escalation step', async () => {
  const step: EscalationStep = {
    ...{
      id: 'village-two-days',
      level: 'village',
      due: { workingDays: 2 },
      to: ['department'],
      says: 'rate',
    },
  };
  const { opensAt, deadline, lockAt } = aDuty();
  const kind = allKinds().find(({ id }) => id === 'village-month');
  const period = { kind, period: '2026-03', times: { opensAt, deadline, lockAt } };
  const due = () =>
    dueSteps(
      ESCALATION_STEPS,
      [period as RemindedPeriod],
      new WorkCalendar({ off: new Set(), worked: new Set() }),
      vn('2026-03-19T16:00'),
      vn('2026-03-19T17:00'),
    ).map((one) => one.step.id);
  expect(due()).toEqual([]);
  await having(ESCALATION_STEPS, step, () => expect(due()).toEqual(['village-two-days']));
});

it('an audience', async () => {
  const set: AudienceSet = {
    id: 'odd',
    says: ['cac xa so le'],
    units: ({ tree, day }) => tree.communesUnder('24', day).filter(({ code }) => code === '1'),
  };
  const tree = aTree([
    { code: '24', level: 'province', parent: null },
    { code: '1', level: 'commune', parent: '24', name: 'Tân Hòa' },
    { code: '2', level: 'commune', parent: '24', name: 'Vân Sơn' },
  ]);
  const world = { tree, day: '2026-03-16', from: '24', tags: { mountain: new Set<string>() }, pilots: [] };
  expect(readAudience(['các xã số lẻ'], world).kind).toBe('unknown');
  await having(AUDIENCE_SETS, set, () =>
    expect(readAudience(['các xã số lẻ'], world)).toMatchObject({
      audience: { label: 'các xã số lẻ', units: ['1'] },
    }),
  );
});

const SECRETS = { hashPhone: () => '', sealPhone: () => '', hashCode: () => '', newCode: () => '' };

it('a role', async () => {
  const role = {
    id: 'commune_secretary' as Role,
    level: 'commune',
    can: ['oversees', 'gives_orders', 'agrees_to_posts'],
  } as const;
  const tree = aTree([
    { code: '24', level: 'province', parent: null },
    { code: '1', level: 'commune', parent: '24', name: 'Tân Hòa' },
    { code: '1-1', level: 'village', parent: '1', name: 'Đông Lâm' },
  ]);
  const at = vn('2026-03-16T08:00');
  const post = { unit: '1', role: role.id, user: 'zalo:1', fullName: 'Lê Thị Thư', ends: null } as Office;
  const sheet = {
    columns: ['unit_code', 'role', 'full_name'],
    rows: [
      {
        row: 2,
        cells: { unit_code: '1', role: 'commune_secretary', full_name: 'Lê Thị Thư' },
        numbers: new Set<string>(),
      },
    ],
  };
  const directory = {
    tree,
    officesOf: () => [post],
    officesIn: () => [post],
  } as unknown as Offices['directory'];
  const refused = () => {
    const found: { reason: string }[] = [];
    readMembers(sheet, tree, SECRETS, found as never);
    return found.map(({ reason }) => reason);
  };
  const gives = () => new Offices(directory).issuing('zalo:1', at).length;
  const agrees = () => holdsAbove([post], tree, '1-1', rolesThat('agrees_to_posts'), at);
  expect([refused(), gives(), agrees(), mayOversee(role.id)]).toEqual([['role_bad'], 0, false, false]);
  await having(ROLES, role, () => {
    expect([refused(), gives(), agrees(), mayOversee(role.id)]).toEqual([[], 1, true, true]);
    expect(ORDER_COMMANDS[0]?.for?.({ offices: [post] } as unknown as Person)).toBe(true);
  });
});
