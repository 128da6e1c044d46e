import { NOTHING_ELSE } from '../nothing-else';
import { ARTICLES } from './articles';
import { noDirectives } from '../bench/no-directives';
import { loadLocales } from '../../src/app/load-locales';
import { workCalendar } from '../../src/org/seed/days-off';
import { readConfig } from '../../src/config/config';
import { advance } from '../../src/conversation/advance';
import {
  newConversation,
  type Conversation,
  type Effect,
  type TurnEvent,
} from '../../src/conversation/dialog';
import { FEATURES } from '../../src/app/features';
import type { DialogDeps } from '../../src/dialogs/deps';
import { createEngine } from '../../src/dialogs/router';
import type { MovableClock } from '../../src/kernel/clock';
import { Dictionary, type Words } from '../../src/kernel/i18n';
import { maskSecrets } from '../../src/kernel/secrets';
import { MINUTE } from '../../src/kernel/vn-time';
import { OrgDirectory } from '../../src/org/directory';
import { toOffice, type OrgRepo } from '../../src/org/org.repo';
import type { OfficeDoc } from '../../src/org/org.model';
import type { UnitRecord } from '../../src/org/unit';
import { ReportsService } from '../../src/reporting/reports.service';
import { reportId, type Report } from '../../src/reporting/report';
import type { ReportEffect } from '../../src/reporting/report-effect';
import type { ReportsRepo } from '../../src/reporting/reports.repo';
import { cpuStopwatch, type Micros } from './cpu';
import { Rollup } from '../../src/reporting/rollup';

/**
 * The real engine, dialogs and rules over repositories that only remember, without a network and without a store: what
 * a line makes of a talk is seen in microseconds. Every talk can be copied, so that each line begins from the same state.
 */

export const VILLAGE = '99001-07';
const COMMUNE = '99001';
export const LEADER = 'zalo:1000000001';
export const NEWCOMER = 'zalo:1000000002';
export const OFFICER = 'zalo:1000000003';
/** What a claim code hashes to here. */
const hash = (digits: string): string => `hash:${digits}`;
export const CLAIM_CODE = '4827 9135';

/** What one message led to. */
export interface Heard {
  readonly text: string;
  readonly buttons: readonly string[];
  /** Keys of `locales` that were used to answer. */
  readonly keys: readonly string[];
  readonly effects: readonly Effect[];
  /** Where the person stands now: `report.question`; empty when nothing is open. */
  readonly at: string;
  readonly slots: Readonly<Record<string, unknown>>;
  /** The article that answered; null: none did. */
  readonly article: string | null;
  readonly micros: Micros;
}

/** One person's talk: can be copied and goes on from there. */
export interface Talk {
  readonly user: string;
  conversation: Conversation;
  readonly reports: Map<string, Report>;
}

export class World {
  private turns = 0;
  private keys: string[] = [];

  private constructor(
    private readonly clock: MovableClock,
    private readonly deps: DialogDeps,
    private readonly service: ReportsService,
    private readonly hold: { reports: Map<string, Report> },
    private readonly dictionary: Dictionary,
  ) {}

  static async open(clock: MovableClock): Promise<World> {
    const hold = { reports: new Map<string, Report>() };
    const config = readConfig({});
    const dictionary = new Dictionary(loadLocales());
    const offices = officeDocs();
    const directory = await OrgDirectory.load(orgRepo(offices));
    const repo = reportsRepo(hold, () => clock.now());
    const calendars = { month: config, work: workCalendar() };
    const { OPTIONAL_FIGURES: optionalFigures, UNDO_MINUTES: undoMinutes } = config;
    const units = () => directory.tree;
    const undoMs = undoMinutes * MINUTE;
    const service = new ReportsService({ repo, units, calendars, optionalFigures, undoMs, clock });
    const invited = offices.find(({ codeHash }) => codeHash !== undefined) as OfficeDoc;
    const deps: DialogDeps = {
      ...NOTHING_ELSE,
      org: {
        lookUp: async ({ codeHash }) =>
          codeHash === invited.codeHash
            ? { outcome: 'office', office: toOffice(invited) }
            : { outcome: 'wrong', left: 4, blockedUntil: null },
        findByCode: async (codeHash) => (codeHash === invited.codeHash ? toOffice(invited) : null),
        findByPhone: async () => [],
        consentOf: async () => null,
        phoneOf: async () => null,
      },
      directory,
      reports: service,
      rollup: new Rollup({ repo, units, optionalFigures }),
      directives: noDirectives({
        ...{ directory, calendar: calendars.work },
        words: dictionary.in('vi'),
      }).view,
      articles: (locale) => (locale === 'vi' ? ARTICLES.vi : []),
      reminders: {
        wouldAsk: async (_user, wished) => ({
          ...{ outcome: 'will', at: wished, deadline: new Date('2026-03-17T17:00:00+07:00'), owed: [] },
        }),
      },
      settings: { askPhoneImage: null, calendars, optionalFigures, undoMinutes, noticeVersion: '2026-1' },
    };
    return new World(clock, deps, service, hold, dictionary);
  }

  /** Somebody with nothing said yet. */
  begin(user: string): Talk {
    return { user, conversation: newConversation(user), reports: new Map() };
  }

  copy(talk: Talk): Talk {
    return { user: talk.user, conversation: talk.conversation, reports: new Map(talk.reports) };
  }

  /** Says one thing and carries out what it leads to. */
  async say(talk: Talk, typed: string): Promise<Heard> {
    this.hold.reports = talk.reports;
    this.keys = [];
    const masked = maskSecrets(typed, hash);
    const at = this.clock.now();
    const event: TurnEvent = {
      ...{ id: `line:${(this.turns += 1)}`, kind: 'text', text: masked.text },
      ...{ secrets: masked.secrets, codeHash: masked.codeHash ?? null, arrivedAt: at, eventAt: at },
    };
    const micros = cpuStopwatch();
    const done = await advance(createEngineOnce(), talk.conversation, event, this.deps, (locale) =>
      this.words(locale),
    );
    const spent = micros();
    talk.conversation = done.conversation;
    for (const effect of done.effects)
      if (effect.kind.startsWith('report.')) await this.service.apply(effect as ReportEffect);
    const last = done.says.at(-1);
    const top = done.conversation.stack.at(-1);
    const text = done.says.map(({ say }) => say.text).join('\n');
    return {
      text,
      article: ARTICLES.vi.find(({ parts }) => text.includes(parts[0] ?? '\0'))?.id ?? null,
      buttons: (last?.say.choices ?? []).map(({ label }) => label),
      keys: this.keys,
      effects: done.effects,
      at: top ? `${top.dialog}.${top.step}` : '',
      slots: top?.slots ?? {},
      micros: spent,
    };
  }

  /** The report of the village as the talk left it. */
  report(talk: Talk, period: string): Report | null {
    return talk.reports.get(reportId({ form: 'village-month', period, unit: VILLAGE })) ?? null;
  }

  private words(locale: string): Words {
    const words = this.dictionary.in(locale === '' ? 'vi' : locale);
    return {
      locale: words.locale,
      has: (key) => words.has(key),
      t: (key, vars) => {
        this.keys.push(key);
        return words.t(key, vars);
      },
    };
  }
}

let engine: ReturnType<typeof createEngine> | null = null;
function createEngineOnce(): ReturnType<typeof createEngine> {
  engine ??= createEngine(FEATURES);
  return engine;
}

function unit(
  code: string,
  level: 'commune' | 'village',
  name: string,
  kind: string,
  parent: string,
): UnitRecord {
  const size =
    level === 'village'
      ? { adults: 1500, households: 400, population: 2100 }
      : { adults: null, households: null, population: null };
  return { code, level, spans: [{ validFrom: '2025-07-01', validTo: null, name, kind, parent, ...size }] };
}

function officeDocs(): OfficeDoc[] {
  const since = new Date('2026-01-05T01:00:00Z');
  const office = (
    unitCode: string,
    role: OfficeDoc['role'],
    fullName: string,
    user: string | null,
  ): OfficeDoc => ({
    _id: `${unitCode}:${role}:1`,
    ...{ unit: unitCode, role, fullName, address: 'bác', title: null },
    user,
    claimedAt: user === null ? null : since,
    ...{ claimEffect: null, phone: null, phoneHash: null, demo: false, former: [] },
    consent: user === null ? null : { version: '2026-1', at: since, eventId: `seed:${unitCode}` },
    ...(user === null ? { codeHash: hash(CLAIM_CODE.replace(' ', '')) } : {}),
  });
  return [
    office(VILLAGE, 'village_head', 'Nguyễn Văn Tư', LEADER),
    office('99001-12', 'village_head', 'Vũ Văn Mạnh', null),
    office(COMMUNE, 'commune_officer', 'Lê Thị Hạnh', OFFICER),
  ];
}

function orgRepo(offices: readonly OfficeDoc[]): OrgRepo {
  const units = [
    unit(COMMUNE, 'commune', 'Tân Hòa', 'xã', '24'),
    unit(VILLAGE, 'village', 'Đông Lâm', 'thôn', COMMUNE),
    unit('99001-12', 'village', 'Ngọc Trì', 'thôn', COMMUNE),
  ];
  const part: Pick<OrgRepo, 'revision' | 'units' | 'offices' | 'latestConsent'> = {
    revision: async () => ({ units: 1, offices: 1 }),
    units: async () =>
      units.map(({ code, level, spans }) => ({ _id: code, level, spans: [...spans], rev: 1 })),
    offices: async () => [...offices],
    latestConsent: async (user) => offices.find((office) => office.user === user)?.consent ?? null,
  };
  return part as OrgRepo;
}

function reportsRepo(hold: { reports: Map<string, Report> }, machineNow: () => Date): ReportsRepo {
  const all = (form: string, period: string): Report[] =>
    [...hold.reports.values()].filter((report) => report.form === form && report.period === period);
  return {
    machineNow,
    get: async (key) => hold.reports.get(reportId(key)) ?? null,
    extended: async (form, period) =>
      new Map(all(form, period).flatMap(({ unit, extendedTo }) => (extendedTo ? [[unit, extendedTo]] : []))),
    getMany: async (keys) => keys.flatMap((key) => hold.reports.get(reportId(key)) ?? []),
    async save(_before, after) {
      hold.reports.set(after.id, after);
      return true;
    },
    unname: async () => 0,
    ofUnits: async (form, period, units) => all(form, period).filter((report) => units.includes(report.unit)),
    sendings: async () => new Map(),
    async eachOf(form, period, visit) {
      for (const report of all(form, period)) visit(report);
    },
    changedSince: async () => [],
  };
}
