import { loadLocales } from '../../src/app/load-locales';
import { Dictionary, type Words } from '../../src/kernel/i18n';
import { formDuties } from '../../src/reminders/form-duties';
import { ReminderWords } from '../../src/reminders/reminder-texts';
import { timesOf } from '../../src/reporting/deadlines';
import type { Duty } from '../../src/reporting/duties';
import { formOf } from '../../src/reporting/forms';
import { VillageTalk } from '../support/village-talk';
import { escalationWorld, POSTS, TREE } from '../unit/reminders/escalation-world';
import { readAudience } from '../../src/directives/audience';
import { AUDIENCE_SETS, type AudienceSet } from '../../src/directives/audience-sets';
import { ESCALATION_STEPS, type EscalationStep } from '../../src/reminders/escalation/steps';
import { ORDER_COMMANDS } from '../../src/directives/chat/order-commands';
import { Offices } from '../../src/directives/offices';
import type { Person } from '../../src/org/chat/people';
import { readMembers } from '../../src/org/import/member-rows';
import type { Office } from '../../src/org/office';
import { holdsAbove } from '../../src/org/rights';
import { mayOversee, ROLES, rolesThat, type Role } from '../../src/org/roles';
import { planReminders } from '../../src/reminders/plan';
import { REMINDER_RULES, type ReminderRule } from '../../src/reminders/rules';
import { aDuty, theSettings, vn } from '../unit/reminders/builders';
import { aTree, calendars } from '../unit/reporting/builders';

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

/** The words of the program with some more, as the file of the locale would have them. */
const withWords = (reminders: { readonly rules?: object; readonly late?: object }): Words => {
  const known = loadLocales();
  const mine = known['vi']?.['reminders'] as { readonly rules: object; readonly late: object };
  const added = {
    ...mine,
    rules: { ...mine.rules, ...reminders.rules },
    late: { ...mine.late, ...reminders.late },
  };
  return new Dictionary({ ...known, vi: { ...known['vi'], reminders: added } }).in('vi');
};

it('a reminder rule: the head of a village reads its words on its day, and not without it', async () => {
  const rule: ReminderRule = { id: 'three-days-before', purpose: 'reminder', due: { daysBefore: 3 } };
  const words = withWords({
    rules: { 'three-days-before': { report: 'Chào {{person}}, còn ba ngày để gửi {{work}} ạ.' } },
  });
  const office = POSTS.find(({ unit }) => unit === 'V1');
  const texts = new ReminderWords({
    directory: { tree: TREE, officesIn: () => [] },
    wordsFor: () => words,
    settings: theSettings(),
  });
  const duty = {
    ...aDuty(),
    ...{ says: 'report' as const, office: office as Office, movedFrom: null, data: null },
    ...{ answered: 0, asked: 4, returned: 0 },
  };
  const heard = () =>
    planReminders([duty], theSettings(), vn('2026-03-14T07:00'), vn('2026-03-14T12:00')).map(
      ({ items, user, at }) => {
        const { message } = texts.of(
          user,
          items.map((item) => item.duty),
          at,
        );
        return `${user}: ${message.kind === 'text' ? message.text : ''}`;
      },
    );
  expect(heard()).toEqual([]);
  await having(REMINDER_RULES, rule, () =>
    expect(heard()).toEqual([
      'zalo:1: Chào bác Tư, còn ba ngày để gửi báo cáo tháng 3 ạ.\nEm chỉ nhắc thêm 3 lần nữa.',
    ]),
  );
});

it('a step of escalation: whoever it names reads of the village that is late, and not without it', async () => {
  const step: EscalationStep = {
    ...{ id: 'village-two-days', level: 'village', due: { workingDays: 2 } },
    ...{ to: ['commune_officer'], says: 'rate' },
  };
  const { opensAt, deadline, lockAt } = aDuty();
  const late: Duty = {
    ...{ form: 'village-month', period: '2026-03', unit: 'V1', opensAt, deadline, lockAt },
    ...{ status: 'overdue', submittedAt: null },
  };
  const kinds = formDuties([formOf('village-month')], {
    times: (form, period) => timesOf(formOf(form), calendars, period),
    asked: () => [],
    duties: async (_form, period) => (period === '2026-03' ? [late] : []),
    submissions: async () => [],
  });
  const words = withWords({ late: { 'village-two-days': { report: '{{unit}} còn chờ: {{names}}.' } } });
  const heard = async () => {
    const world = escalationWorld(kinds, { words });
    await world.heard(vn('2026-03-18T18:00'));
    return world.heard(vn('2026-03-19T17:00'));
  };
  expect(await heard()).toEqual([]);
  await having(ESCALATION_STEPS, step, async () =>
    expect(await heard()).toEqual([
      'zalo:commune_officer: Xã Tân Hòa còn chờ: Đông Lâm.\nNơi nào gửi xong, em tự cập nhật.',
    ]),
  );
});

it('an audience: its words are read as it says', async () => {
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

const PROVINCE = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '24001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '24002', level: 'commune', parent: '24', name: 'Vân Sơn' },
  { code: '24001-01', level: 'village', parent: '24001', name: 'Đông Lâm' },
] as const;
const holder = (unit: string, role: Role, name: string) =>
  ({ unit, role, name, address: 'chị', user: `zalo:${role}` }) as const;
const ORDER = 'hạn 20/3';

it('an audience: an order to it is shown with the offices that it reaches, and not understood without it', async () => {
  const set: AudienceSet = {
    id: 'odd',
    says: ['cac xa so le'],
    units: ({ tree, day }) => tree.communesUnder('24', day).filter(({ code }) => code === '24001'),
  };
  const shown = () =>
    new VillageTalk({
      units: PROVINCE,
      holders: [holder('24', 'department', 'Trần Nga'), holder('24001', 'commune_officer', 'Lê Thị Hạnh')],
    }).say('zalo:department', `giao 145/UBND-VX, ${ORDER}, các xã số lẻ: mở lớp`);
  expect(await shown()).not.toContain('Gửi: các xã số lẻ');
  await having(AUDIENCE_SETS, set, async () => {
    expect(await shown()).toContain('Gửi: các xã số lẻ – 1 xã, phường, 1 trưởng thôn, tổ trưởng');
  });
});

const SECRETS = { hashPhone: () => '', sealPhone: () => '', hashCode: () => '', newCode: () => '' };

it('a role: sheets, rights and orders know it', async () => {
  const role = {
    id: 'commune_secretary' as Role,
    level: 'commune',
    can: ['oversees', 'gives_orders', 'agrees_to_posts'],
    agreedBy: ['agrees_above'],
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

it('a role: its holder gives orders to the commune and sees who is missing there, and is nobody without it', async () => {
  const id = 'commune_secretary' as Role;
  const can = ['oversees', 'gives_orders'] as const;
  const says = (text: string) =>
    new VillageTalk({
      units: PROVINCE,
      holders: [holder('24001', id, 'Lê Thị Thư'), holder('24001-01', 'village_head', 'Nguyễn Văn Tư')],
    }).say(`zalo:${id}`, text);
  const order = `giao 12/TB, ${ORDER}, toàn xã: dọn nhà văn hóa`;
  expect(await says(order)).toContain('phần này của cán bộ xã, phường và tỉnh');
  await having(ROLES, { id, level: 'commune', can, agreedBy: ['agrees_above'] }, async () => {
    expect(await says(order)).toContain('Gửi: toàn xã – 1 trưởng thôn, tổ trưởng');
    expect(await says('tình hình')).toContain('nộp 0/1 thôn');
  });
});
