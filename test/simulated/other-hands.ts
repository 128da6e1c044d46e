import { openToolStore, type ToolStore } from '../../src/app/tool-store';
import { type AuditRepo, createAuditRepo } from '../../src/audit/audit.repo';
import { AuditService } from '../../src/audit/audit.service';
import { createCampaignsRepo } from '../../src/campaigns/campaigns.repo';
import { EquipmentRuns } from '../../src/campaigns/equipment-runs';
import { readConfig } from '../../src/config/config';
import { FrozenClock } from '../../src/kernel/clock';
import { chunks } from '../../src/kernel/lists';
import { OrgDirectory } from '../../src/org/directory';
import { createOrgRepo } from '../../src/org/org.repo';
import { workCalendar } from '../../src/org/seed/days-off';
import { formOf } from '../../src/reporting/forms';
import { createReportsRepo, holdReports } from '../../src/reporting/reports.repo';
import { createLedger } from '../../src/reporting/ledger.repo';
import type { FigureAnswer, ReportEffect, ReportOutcome } from '../../src/reporting/report-effect';
import { ReportsService } from '../../src/reporting/reports.service';
import { RunBook } from '../../src/reporting/runs';
import { createSheetsRepo } from '../../src/reporting/sheets.repo';
import { amountOf, wholeOf } from '../../src/reporting/values';
import { pause, type Province } from './province';

/**
 * The people whose messages nobody plays: what they say goes through the real services into the store of the running
 * program, as a sheet would, and is written down beside, to be summed without any of the program's code.
 */
const AT_ONCE = 400;

/** What stands of one figure of one unit. */
export interface Expected {
  readonly amount: number;
  readonly whole: number | null;
}

export class OtherHands {
  /** Form and period → unit → figure → what counts. */
  readonly expected = new Map<string, Map<string, Map<string, Expected>>>();
  applied = 0;
  private told = 0;

  private constructor(
    private readonly store: ToolStore,
    readonly reports: ReportsService,
    readonly directory: OrgDirectory,
    readonly ledger: ReturnType<typeof createLedger>,
    readonly audit: AuditRepo,
    /** What was put to a chosen audience. */
    readonly runs: RunBook,
    private readonly surveys: EquipmentRuns,
  ) {}

  static async open(province: Province): Promise<OtherHands> {
    const config = readConfig({ ...province.program.env, PORT: '3000' });
    const store = await openToolStore(config);
    const directory = await OrgDirectory.load(createOrgRepo(store.connection));
    const runs = new RunBook();
    const surveys = new EquipmentRuns({ repo: createCampaignsRepo(store.connection), book: runs });
    const reports = new ReportsService({
      repo: holdReports(createReportsRepo(store.connection), 60_000),
      units: () => directory.tree,
      calendars: { month: config, work: workCalendar(), runs },
      optionalFigures: config.OPTIONAL_FIGURES,
      undoMs: 600_000,
      clock: new FrozenClock(province.now),
    });
    const audit = createAuditRepo(store.connection);
    const ledger = createLedger(store.connection, new AuditService({ repo: audit }));
    return new OtherHands(store, reports, directory, ledger, audit, runs, surveys);
  }

  /** Reads what the running program has put to a chosen audience. */
  readRuns(): Promise<void> {
    return this.surveys.refresh();
  }

  /** Does these, many people at once, each of them in order. Throws when one comes out otherwise than `applied`. */
  async do(byPerson: readonly (readonly Said[])[]): Promise<void> {
    for (const batch of chunks(byPerson, AT_ONCE))
      await Promise.all(
        batch.map(async (saids) => {
          for (const said of saids) await this.one(said);
        }),
      );
  }

  /** The running program reads again what was written beside it. */
  async tell(): Promise<void> {
    this.told += 1;
    const at = new Date();
    await createSheetsRepo(this.store.connection).add({
      ...{ _id: `year:${this.told}`, name: 'year', digest: '', form: 'village-month', period: '2026-01' },
      ...{ by: 'zalo:year', at, units: [] },
    });
    await pause(1_200);
  }

  /** What somebody whose messages are played has said. */
  expect(form: string, period: string, unit: string, figures: Readonly<Record<string, number>>): void {
    for (const [figure, amount] of Object.entries(figures))
      this.note(form, period, unit, figure, { amount, whole: null });
  }

  expectRatio(
    form: string,
    period: string,
    unit: string,
    figures: Readonly<Record<string, readonly [number, number]>>,
  ): void {
    for (const [figure, [amount, whole]] of Object.entries(figures))
      this.note(form, period, unit, figure, { amount, whole });
  }

  async close(): Promise<void> {
    await this.store.stop();
  }

  private async one({ make, otherwise = 'applied' }: Said): Promise<void> {
    const effect = await make(this.reports);
    const result: ReportOutcome = await this.reports.apply(effect);
    const came = result.outcome === 'refused' ? result.why : result.outcome;
    if (came !== otherwise)
      throw new Error(`${effect.kind} of ${effect.key.unit}, ${effect.key.period}: ${came}`);
    this.applied += 1;
    if (result.outcome !== 'applied') return;
    for (const answer of answersIn(effect)) this.standing(effect, answer);
    if (effect.kind === 'report.return')
      for (const figure of effect.figures)
        this.expected.get(`${effect.key.form}/${effect.key.period}`)?.get(effect.key.unit)?.delete(figure);
  }

  private standing({ key }: ReportEffect, answer: FigureAnswer): void {
    if (formOf(key.form).figures.find(({ id }) => id === answer.figure)?.rollUp === 'none') return;
    const amount = amountOf(answer);
    if (answer.value === null || amount === null) return;
    this.note(key.form, key.period, key.unit, answer.figure, { amount, whole: wholeOf(answer) });
  }

  private note(form: string, period: string, unit: string, figure: string, value: Expected): void {
    const key = `${form}/${period}`;
    const units = this.expected.get(key) ?? new Map<string, Map<string, Expected>>();
    const figures = units.get(unit) ?? new Map<string, Expected>();
    figures.set(figure, value);
    units.set(unit, figures);
    this.expected.set(key, units);
  }
}

/** One thing that somebody does, made when its turn comes; `otherwise`: how it must come out when it is not applied. */
export interface Said {
  readonly make: (reports: ReportsService) => ReportEffect | Promise<ReportEffect>;
  readonly otherwise?: string;
}

function answersIn(effect: ReportEffect): readonly FigureAnswer[] {
  if (effect.kind === 'report.adjust') return [effect.answer];
  return 'figures' in effect && effect.kind !== 'report.return' ? effect.figures : [];
}
