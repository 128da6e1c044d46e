import { NOTHING_ELSE } from '../../scripts/nothing-else';
import { advance } from '../../src/conversation/advance';
import {
  type Conversation,
  type Effect,
  newConversation,
  type Say,
  type TurnEvent,
} from '../../src/conversation/dialog';
import { FEATURES } from '../../src/app/features';
import type { NoteSeen } from '../../src/audit/seen-effects';
import type { DialogDeps } from '../../src/dialogs/deps';
import type { ShowEvidence } from '../../src/evidence/chat/evidence-effects';
import type { Evidence } from '../../src/evidence/evidence';
import type { SendNotice, SendNotices } from '../../src/outbox/enqueue';
import { adjusting } from '../../src/reporting/chat/ledger-effects';
import {
  type Adjustment,
  adjustmentId,
  type AskAdjustment,
  type SettleAdjustment,
} from '../../src/reporting/ledger';
import { approvalsOf, type ApproveMany } from '../../src/reporting/chat/report-effects';
import type { DirectivesRepo } from '../../src/directives/directives.repo';
import type { Offices } from '../../src/directives/offices';
import { noDirectives } from '../../scripts/bench/no-directives';
import { createEngine } from '../../src/dialogs/router';
import { Dictionary } from '../../src/kernel/i18n';
import { loadLocales } from '../../src/app/load-locales';
import { groupBy } from '../../src/kernel/lists';
import type { HandOver } from '../../src/org/hand-over';
import type { Office } from '../../src/org/office';
import { mayActFor } from '../../src/org/rights';
import type { Role } from '../../src/org/roles';
import { UnitTree } from '../../src/org/units';
import { type ApplyContext, applyToReport } from '../../src/reporting/apply-report';
import { askedFigures, formOf } from '../../src/reporting/forms';
import { timesOf } from '../../src/reporting/deadlines';
import { timesAbove } from '../../src/reporting/extension';
import { cadenceOf, shiftPeriod } from '../../src/reporting/periods';
import { receiptFor, type Report, reportId, type ReportKey } from '../../src/reporting/report';
import type { ReportEffect } from '../../src/reporting/report-effect';
import { ReleasesService } from '../../src/reporting/releases.service';
import type { ReportsRepo } from '../../src/reporting/reports.repo';
import { memoryReleases } from './memory-releases';
import { Rollup } from '../../src/reporting/rollup';
import { type FormRun, RunBook } from '../../src/reporting/runs';
import { aTree, calendars as usualCalendars, type PlainUnit } from '../unit/reporting/builders';

/**
 * The talk of a commune's villages without a program around it: real dialogs, router, texts and rules; units, posts and
 * reports in memory. For what several people of one village say, which a transcript of one person cannot show.
 */

export interface Holder {
  readonly unit: string;
  readonly role: Role;
  readonly name: string;
  readonly address?: string;
  /** Absent: the post is not claimed. */
  readonly user?: string;
  /** It is on its way to somebody else. */
  readonly handover?: HandOver;
}

const dictionary = new Dictionary(loadLocales());
const engine = createEngine(FEATURES);

export interface Notice {
  readonly to: string;
  readonly text: string;
  /** Absent: none. */
  readonly buttons?: readonly { readonly label: string; readonly payload: string }[];
}

function noticeOf({ to, text, buttons = [] }: Pick<SendNotice, 'to' | 'text' | 'buttons'>): Notice {
  const replies = buttons.flatMap((one) => (one.kind === 'reply' ? [one] : []));
  const shown = replies.map(({ label, payload }) => ({ label, payload }));
  return shown.length > 0 ? { to, text, buttons: shown } : { to, text };
}

export interface VillageTalkOptions {
  readonly units: readonly PlainUnit[];
  readonly holders: readonly Holder[];
  readonly muted?: readonly string[];
  readonly optionalFigures?: Readonly<Record<string, readonly string[]>>;
  /** The chair of a commune is asked to confirm its month. */
  readonly chairConfirms?: boolean;
  /** What is read of directives and of questions to the villages. */
  readonly directives?: Partial<DirectivesRepo>;
  readonly campaigns?: Partial<DialogDeps['campaigns']>;
  /** What is known of the classes. */
  readonly classes?: Partial<DialogDeps['classes']>;
  /** What is known of the communes' groups. */
  readonly groups?: Partial<DialogDeps['groups']>;
  /** The last release of a month that was confirmed. */
  readonly confirmed?: DialogDeps['releases']['confirmed'];
  /** How the asking for reports has ended. */
  readonly chains?: DialogDeps['chains'];
  /** What was put to a chosen audience. Absent: nothing. */
  readonly runs?: readonly FormRun[];
  /** `false`: messages are not played twice, where the time of one is measured. */
  readonly replays?: false;
}

export class VillageTalk {
  readonly reports = new Map<string, Report>();
  readonly notices: Notice[] = [];
  /** What was sent beside reports. */
  readonly evidence: Evidence[] = [];
  /** What was shown of it, and what of another's was opened, as the effects say it. */
  readonly seen: (ShowEvidence | NoteSeen)[] = [];
  /** Unit → what its class book holds for the month. */
  readonly classBook = new Map<string, { readonly sessions: number; readonly visits: number }>();
  /** Corrections after the lock that wait. */
  readonly adjustments = new Map<string, Adjustment>();
  /** Settled by the message that is being played. */
  private readonly settled: string[] = [];
  private readonly conversations = new Map<string, Conversation>();
  private readonly runs = new RunBook();
  private readonly calendars = { ...usualCalendars, runs: this.runs };
  private units: UnitTree;
  private offices: Office[];
  private count = 0;
  /** Arrival of the next message; each takes a minute. */
  at: Date;

  constructor(
    private readonly options: VillageTalkOptions,
    at = '2026-03-13T19:00:00+07:00',
  ) {
    this.units = aTree(options.units);
    this.offices = options.holders.map(officeOf);
    this.at = new Date(at);
    this.runs.set(options.runs ?? []);
  }

  get tree(): UnitTree {
    return this.units;
  }

  /** What the person reads in answer; taps are typed as their label. */
  async say(user: string, text: string): Promise<string> {
    const says = await this.sayWhole(user, text);
    return says
      .map((say) => [say.text, ...(say.choices ?? []).map(({ label }) => `[${label}]`)].join('\n'))
      .join('\n');
  }

  /** The word of command behind a button of the answer. */
  buttonsOf(says: readonly Say[], label: string): string {
    const found = says.flatMap(({ choices = [] }) => choices).find((choice) => choice.label === label);
    if (!found?.command) throw new Error(`no [${label}] in ${JSON.stringify(says)}`);
    return found.command;
  }

  async sayWhole(user: string, text: string, more: Partial<TurnEvent> = {}): Promise<Say[]> {
    this.at = new Date(this.at.getTime() + 60_000);
    this.count += 1;
    const event: TurnEvent = {
      ...{ id: `e${this.count}`, kind: 'text', text, secrets: [], codeHash: null },
      ...{ arrivedAt: this.at, eventAt: this.at },
      ...more,
    };
    const before = this.conversations.get(user) ?? newConversation(user);
    const advanced = await advance(engine, before, event, this.deps(), (locale) => dictionary.in(locale));
    for (const effect of advanced.effects) this.apply(effect);
    // Played again after a crash, before the conversation was saved: it decides and says the same.
    if (this.options.replays !== false) {
      const again = await advance(engine, before, event, this.deps(), (locale) => dictionary.in(locale));
      expect([again.effects, again.says]).toEqual([advanced.effects, advanced.says]);
    }
    for (const id of this.settled.splice(0)) this.adjustments.delete(id);
    this.conversations.set(user, advanced.conversation);
    return advanced.says.map(({ say }) => say);
  }

  /** The last answer of several messages in a row. */
  async all(user: string, ...texts: string[]): Promise<string> {
    let last = '';
    for (const text of texts) last = await this.say(user, text);
    return last;
  }

  report(unit: string, period = '2026-03'): Report | null {
    return this.reports.get(reportId({ form: 'village-month', period, unit })) ?? null;
  }

  of(key: ReportKey): Report | null {
    return this.reports.get(reportId(key)) ?? null;
  }

  values(unit: string, period = '2026-03'): (number | null | undefined)[] {
    const figures = this.report(unit, period)?.figures ?? {};
    return formOf('village-month').figures.map(({ id }) => figures[id]?.value);
  }

  /** The post ends, or somebody else holds it. */
  setHolders(holders: readonly Holder[]): void {
    this.offices = holders.map(officeOf);
  }

  /** Something is put to a chosen audience. */
  setRuns(runs: readonly FormRun[]): void {
    this.runs.set(runs);
  }

  setUnits(units: readonly PlainUnit[]): void {
    this.units = aTree(units);
  }

  private apply(effect: Effect): void {
    if (effect.kind === 'notice.send') this.notices.push(noticeOf(effect as SendNotice));
    if (effect.kind === 'notices.send')
      this.notices.push(...(effect as SendNotices).notices.map((notice) => noticeOf(notice)));
    if (effect.kind === 'reports.approve')
      for (const each of approvalsOf(effect as ApproveMany)) this.apply(each);
    if (effect.kind === 'evidence.show' || effect.kind === 'audit.seen')
      this.seen.push(effect as ShowEvidence | NoteSeen);
    if (effect.kind === 'adjustment.ask') {
      const asked = effect as AskAdjustment;
      this.adjustments.set(adjustmentId(asked.id), { ...asked, id: adjustmentId(asked.id) });
    }
    if (effect.kind === 'adjustment.settle') {
      const settled = effect as SettleAdjustment;
      const asked = this.adjustments.get(settled.adjustment);
      if (asked && settled.approves) this.apply(adjusting(settled, asked));
      this.settled.push(settled.adjustment);
    }
    if (!effect.kind.startsWith('report.')) return;
    const given = effect as ReportEffect;
    const result = applyToReport(this.stored(given.key), given, this.contextOf(given.key));
    if (result.outcome !== 'applied') throw new Error(`${given.kind}: ${JSON.stringify(result)}`);
    this.reports.set(reportId(given.key), result.report);
  }

  private stored(key: ReportKey): Report | null {
    return this.reports.get(reportId(key)) ?? null;
  }

  private earlier(key: ReportKey, months: number): Report[] {
    if (cadenceOf(key.period) === null) return [];
    return Array.from({ length: months }, (_, i) => shiftPeriod(key.period, -i - 1)).flatMap(
      (period) => this.stored({ ...key, period }) ?? [],
    );
  }

  private contextOf(key: ReportKey): ApplyContext {
    const form = formOf(key.form);
    const times = timesOf(form, this.calendars, key.period);
    const unit = this.units.get(key.unit, times.deadline.toISOString().slice(0, 10));
    if (!unit) throw new Error(`no unit ${key.unit}`);
    const asked = askedFigures(form, key.period, this.options.optionalFigures ?? {}).map(({ id }) => id);
    const { opensAt, deadline, lockAt } = times;
    return {
      ...{ form, asked, unit, earlier: this.earlier(key, 12), opensAt, deadline, lockAt },
      ...timesAbove(form, this.calendars, key.period),
      ...{ undoMs: 600_000, receiptFor },
      confirms: this.options.chairConfirms === true && form.confirmedBy !== undefined,
    };
  }

  private releasesOf(service: ReleasesService): DialogDeps['releases'] {
    const { confirmed } = this.options;
    return {
      list: (period) => service.list(period),
      get: (id) => service.get(id),
      draft: (period) => service.draft(period),
      confirmed: confirmed ?? ((period) => service.confirmed(period)),
    };
  }

  private deps(): DialogDeps {
    const held = groupBy(
      this.offices.filter(({ user }) => user !== null),
      ({ user }) => user as string,
    );
    const byUnit = groupBy(this.offices, ({ unit }) => unit);
    const of = (unit: string): Office[] => byUnit.get(unit) ?? [];
    const day = (at: Date): string => at.toISOString().slice(0, 10);
    const optionalFigures = this.options.optionalFigures ?? {};
    const eachOf: ReportsRepo['eachOf'] = async (form, period, visit) => {
      for (const report of this.reports.values())
        if (report.form === form && report.period === period) visit(report);
    };
    const rollup = new Rollup({
      repo: {
        eachOf,
        changedSince: async () => [],
        machineNow: () => this.at,
      },
      units: () => this.units,
      optionalFigures,
      runs: this.runs,
    });
    const directory: DialogDeps['directory'] & Offices['directory'] = {
      tree: this.units,
      officesOf: (user, at) =>
        (held.get(user) ?? []).filter(({ unit }) => this.units.get(unit, day(at)) !== null),
      officesIn: of,
      officesActingFor: of,
      office: (id) => this.offices.find((office) => office.id === id) ?? null,
      holdersOf: (unit, roles) =>
        of(unit).filter(
          (office): office is Office & { user: string } =>
            office.user !== null && roles.includes(office.role),
        ),
      mayActFor: (user, unit, at) => mayActFor(held.get(user) ?? [], this.units, unit, at),
      lostRight: () => null,
      everHeldBy: () => [],
      offeredTo: () => [],
      refresh: async () => true,
    };
    return {
      ...NOTHING_ELSE,
      org: {
        lookUp: async () => ({ outcome: 'wrong', left: 2, blockedUntil: null }),
        findByCode: async () => null,
        findByPhone: async () => [],
        consentOf: async () => null,
        phoneOf: async () => null,
        codeMark: () => '4827 9135',
      },
      directory,
      reports: {
        get: async (key) => this.stored(key),
        history: async (key, months) => this.earlier(key, months),
        submissions: async (form, period, units) =>
          units.flatMap((unit) => this.stored({ form, period, unit }) ?? []),
        extensions: async ({ form, period, unit }) =>
          [...this.reports.values()].filter(
            (report) =>
              report.form === form && report.period === period && report.unit !== unit && report.extendedTo,
          ).length,
      },
      rollup,
      evidence: {
        of: async (key) => this.evidence.filter(({ subject }) => reportId(subject) === reportId(key)),
        ofAll: async ({ form, period }) =>
          this.evidence.filter(({ subject }) => subject.form === form && subject.period === period),
      },
      directives: noDirectives({
        ...{ directory, calendar: this.calendars.work, words: dictionary.in('vi') },
        known: this.options.directives ?? {},
      }).view,
      chains: this.options.chains ?? NOTHING_ELSE.chains,
      campaigns: { ...NOTHING_ELSE.campaigns, ...this.options.campaigns },
      groups: { ...NOTHING_ELSE.groups, ...this.options.groups },
      releases: this.releasesOf(
        new ReleasesService({
          repo: memoryReleases(),
          reports: { eachOf },
          units: () => this.units,
          optionalFigures,
          audit: { note: async () => undefined },
        }),
      ),
      offered: async (user, letters) =>
        this.notices
          .filter(({ to }) => to === user)
          .flatMap(({ buttons = [] }) => buttons.map(({ payload }) => payload))
          .filter((payload) => payload.startsWith(letters)),
      ledger: { ...NOTHING_ELSE.ledger, adjustments: async () => [...this.adjustments.values()] },
      classes: {
        ...NOTHING_ELSE.classes,
        proposalsFor: async (unit) => this.classBook.get(unit) ?? null,
        ...this.options.classes,
      },
      isMuted: (user) => this.options.muted?.includes(user) ?? false,
      articles: () => [],
      settings: {
        askPhoneImage: null,
        calendars: this.calendars,
        optionalFigures,
        undoMinutes: 10,
        noticeVersion: '1',
        chairConfirms: this.options.chairConfirms === true,
      },
    };
  }
}

function officeOf({ unit, role, name, address = '', user, handover }: Holder): Office {
  return {
    ...{ id: `${unit}:${role}:${name}`, unit, role, fullName: name, address, user: user ?? null },
    ...{ claimedAt: null, consent: null, hasPhone: false },
    ...(handover ? { handover } : {}),
  };
}

/** Bác Tư leads the first of them, chị Hạnh is the officer above. */
export const TU: Holder = {
  unit: '99001-01',
  role: 'village_head',
  name: 'Nguyễn Văn Tư',
  address: 'bác',
  user: 'zalo:tu',
};
export const HANH: Holder = {
  unit: '99001',
  role: 'commune_officer',
  name: 'Lê Thị Hạnh',
  address: 'chị',
  user: 'zalo:hanh',
};

/** Two villages of one commune, a head who leads both, a deputy of the first, an officer. */
export const TWO_VILLAGES: readonly PlainUnit[] = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99001-01', level: 'village', parent: '99001', name: 'Núi Hiểu', adults: 6000 },
  { code: '99001-02', level: 'village', parent: '99001', name: 'Nam Ngạn', adults: 6000 },
  { code: '99001-03', level: 'village', parent: '99001', name: 'Cầu Đen', adults: 6000 },
];
