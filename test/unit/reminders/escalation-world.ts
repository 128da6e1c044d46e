import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary, type Words } from '../../../src/kernel/i18n';
import type { Office } from '../../../src/org/office';
import type { Role } from '../../../src/org/roles';
import { unitsActedFor } from '../../../src/org/roles';
import type { NewOutboxMessage, OutboxRow } from '../../../src/outbox/outbox-row';
import { dutiesOf, type DutyKind } from '../../../src/reminders/duty-kinds';
import { Chains } from '../../../src/reminders/escalation/chains';
import { EscalationService } from '../../../src/reminders/escalation/escalation.service';
import { ESCALATION_STEPS } from '../../../src/reminders/escalation/steps';
import type { UnreachableWhy } from '../../../src/reminders/unreachable';
import { workCalendar } from '../../../src/org/seed/days-off';
import { aTree } from '../reporting/builders';

/** A province with a few posts, whose late duties are told to whoever can help: the service as it runs, without a store. */

export const TREE = aTree([
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '24-KHCN', level: 'agency', parent: '24', name: 'Sở Khoa học và Công nghệ' },
  { code: '24-GDDT', level: 'agency', parent: '24', name: 'Sở Giáo dục và Đào tạo' },
  { code: 'C1', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: 'V1', level: 'village', parent: 'C1', name: 'Đông Lâm' },
]);

function post(unit: string, role: Role, fullName: string, address: string): Office {
  const kept = { claimedAt: null, consent: null, hasPhone: true };
  return { id: `${unit}:${role}`, unit, role, fullName, address, user: `zalo:${role}`, ...kept };
}

export const POSTS: readonly Office[] = [
  post('24', 'department', 'Vũ Tiến Dũng', 'anh'),
  post('24', 'province', 'Ngô Thị Mai', 'bà'),
  post('24-GDDT', 'agency_officer', 'Đỗ Thị Lan', 'chị'),
  post('C1', 'commune_officer', 'Trần Thị Hạnh', 'chị'),
  post('V1', 'village_head', 'Nguyễn Văn Tư', 'bác'),
];

export const words = new Dictionary(loadLocales()).in('vi');

interface Silences {
  readonly told?: ReadonlySet<string>;
  readonly why?: ReadonlyMap<string, UnreachableWhy>;
  /** Other words than those of the locale. */
  readonly words?: Words;
  /** In other posts than those there are. */
  readonly posts?: readonly Office[];
}

export function escalationWorld(kinds: readonly DutyKind[], over: Silences = {}) {
  const posts = over.posts ?? POSTS;
  const written: NewOutboxMessage[] = [];
  const chains = new Chains({
    duties: dutiesOf(kinds),
    unreachable: async () => over.why ?? new Map(),
    told: async (_kind, _period, units) => new Set(units.filter((unit) => over.told?.has(unit) ?? true)),
    reasons: async () => new Map(),
  });
  let until: Date | null = null;
  const service = new EscalationService({
    ...{ kinds, chains, steps: ESCALATION_STEPS, calendar: workCalendar() },
    directory: {
      tree: TREE,
      officesIn: (unit) => posts.filter((office) => office.unit === unit),
      officesActingFor: (unit) => posts.filter((office) => unitsActedFor(office).includes(unit)),
    },
    contacts: { getMany: async () => new Map() },
    phoneOf: async () => null,
    outbox: {
      enqueue: async (rows) => void written.push(...rows),
      reachOf: async (users) => new Map(users.map((user) => [user, { by: 'text', cost: 0 } as const])),
    },
    runs: {
      plannedUntil: async () => until,
      notePlanned: async (at) => void (until = at),
    },
    enterUntil: () => null,
    wordsFor: () => over.words ?? words,
    isMuted: () => false,
  });
  return {
    service,
    chains,
    /** What each person is told in this planning, as «person: text». */
    heard: async (now: Date): Promise<string[]> => {
      written.length = 0;
      await service.plan(now);
      return written.map(({ to, message }) => `${to}: ${message.kind === 'text' ? message.text : ''}`);
    },
    /** Whether what was written last would still leave. */
    stillNeeded: async (at: Date): Promise<string[]> => {
      const rows = written as unknown as OutboxRow[];
      return Promise.all(rows.map(async (row) => `${row.to} ${(await service.isStillNeeded(row, at)).now}`));
    },
  };
}
