import type { Clock } from '../kernel/clock';
import { AppError } from '../kernel/errors';
import { backoffMs, sleep } from '../kernel/retry';
import { contextOf } from './apply-context';
import { applyToReport, type ApplyContext } from './apply-report';
import { PERIODS_BACK } from './earlier';
import { timesAbove, type TimesAbove } from './extension';
import { dutiesFor, unitsOwing, type Duty } from './duties';
import { withSize } from './validation';
import { takes, type FigureDef } from './form';
import { askedFigures, formOf, type OptionalFigures } from './forms';
import { timesOf, type Calendars, type PeriodTimes } from './deadlines';
import { cadenceOf, dayOfPeriod, shiftPeriod } from './periods';
import type { Report, ReportKey } from './report';
import type { ReportEffect, ReportOutcome } from './report-effect';
import type { ReportsRepo, WriteMark } from './reports.repo';
import type { UnitsView } from './units-view';

/** More than any number of people who touch one report in the same moment. */
const TRIES = 12;

export interface ReportsDeps {
  readonly repo: ReportsRepo;
  readonly units: () => UnitsView;
  readonly calendars: Calendars;
  readonly optionalFigures: OptionalFigures;
  readonly undoMs: number;
  /** The setting asks the chairs of communes to confirm. Absent: it does not. */
  readonly chairConfirms?: boolean;
  /** Only for what is asked «now», such as whether a duty is overdue; effects carry their own time. */
  readonly clock: Clock;
}

/**
 * Reports: what units say, month by month. Reads are free; the one write is `apply`, which takes an effect, may be
 * repeated without harm and leaves a report whole. What came of it is a value, and `onChange` hears of every write.
 */
export class ReportsService {
  private readonly listeners = new Set<(report: Report) => void>();

  constructor(private readonly deps: ReportsDeps) {}

  get(key: ReportKey): Promise<Report | null> {
    return this.deps.repo.get(key);
  }

  /** The unit's reports of up to `periods` periods before this one, the latest first; periods without a report are left out. */
  async history(key: ReportKey, periods: number): Promise<Report[]> {
    const keys = keysBefore(key, periods);
    const found = new Map((await this.deps.repo.getMany(keys)).map((report) => [report.period, report]));
    return keys.flatMap(({ period }) => found.get(period) ?? []);
  }

  /** Opening, deadline and lock of a period of a form. */
  times(form: string, period: string): PeriodTimes {
    return timesOf(formOf(form), this.deps.calendars, period);
  }

  /** What whoever is above a unit goes by in a period of a form. */
  timesAbove(form: string, period: string): TimesAbove {
    return timesAbove(formOf(form), this.deps.calendars, period);
  }

  /** The figures asked in the period, in order. */
  asked(form: string, period: string): FigureDef[] {
    return askedFigures(formOf(form), period, this.deps.optionalFigures);
  }

  /** Everything `applyToReport` needs for this report. Throws `not_found` for a form, or a unit in that period, that does not exist. */
  async contextFor(key: ReportKey): Promise<ApplyContext> {
    return this.contextWith(key, await this.history(key, PERIODS_BACK));
  }

  private contextWith(key: ReportKey, earlier: readonly Report[]): ApplyContext {
    const form = formOf(key.form);
    const times = this.times(key.form, key.period);
    const units = this.deps.units();
    const there = units.get(key.unit, dayOfPeriod(times));
    if (!there || !takes(form, there)) throw new AppError('not_found', { unit: key.unit });
    const unit = withSize(units, there, dayOfPeriod(times));
    const { calendars, undoMs, chairConfirms = false } = this.deps;
    const asked = this.asked(key.form, key.period);
    return contextOf({ form, asked, unit, earlier, times, calendars, undoMs, chairConfirms });
  }

  /** The report and those of earlier periods, in one look. */
  private async withEarlier(key: ReportKey): Promise<[Report | null, Report[]]> {
    const keys = keysBefore(key, PERIODS_BACK);
    const found = new Map(
      (await this.deps.repo.getMany([key, ...keys])).map((report) => [report.period, report]),
    );
    return [found.get(key.period) ?? null, keys.flatMap(({ period }) => found.get(period) ?? [])];
  }

  /** What would come of the effects, one after the other, without writing anything. Stops at the first that is not applied. */
  async preview(effects: readonly [ReportEffect, ...ReportEffect[]]): Promise<ReportOutcome> {
    const [first, ...others] = effects;
    const [known, earlier] = await this.withEarlier(first.key);
    const context = this.contextWith(first.key, earlier);
    let result = applyToReport(known, first, context);
    for (const effect of others) {
      if (result.outcome !== 'applied' && result.outcome !== 'already') break;
      result = applyToReport(result.report, effect, context);
    }
    return result;
  }

  /** Applies an effect and keeps the result. A repeated effect answers `already`; two at the same time are both applied, one after the other. */
  async apply(effect: ReportEffect): Promise<ReportOutcome> {
    const { key } = effect;
    const [known, earlier] = await this.withEarlier(key);
    const granted = effect.kind === 'report.extend' ? await this.extensions(key) : 0;
    const context = { ...this.contextWith(key, earlier), extensions: granted };
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const before = attempt === 1 ? known : await this.get(key);
      const result = applyToReport(before, effect, context);
      if (result.outcome !== 'applied') return result;
      if (await this.deps.repo.save(before, result.report)) {
        for (const listener of this.listeners) listener(result.report);
        return result;
      }
      await sleep(backoffMs(attempt, 2, 100));
    }
    throw new AppError('turn_conflict', { effect: effect.id });
  }

  /** How many other units of the same commune had their lock moved in the period. */
  async extensions(key: ReportKey): Promise<number> {
    const day = dayOfPeriod(this.times(key.form, key.period));
    const units = this.deps.units();
    const parent = units.get(key.unit, day)?.parent ?? key.unit;
    const among = units.within(parent, day).map(({ code }) => code);
    const extended = await this.deps.repo.extended(key.form, key.period, among);
    return among.filter((unit) => unit !== key.unit && extended.has(unit)).length;
  }

  /** The reports of these units for the period, in the order given; drafts too. Units without a report are left out. */
  submissions(form: string, period: string, units: readonly string[]): Promise<Report[]> {
    return this.deps.repo.ofUnits(form, period, units);
  }

  /** Who owes the form at or below the unit, and how it stands at `now` (absent: now). */
  async duties(form: string, period: string, unit: string, now = this.deps.clock.now()): Promise<Duty[]> {
    const times = this.times(form, period);
    const owing = unitsOwing(formOf(form), times, this.deps.units(), unit);
    const [sendings, extended] = await Promise.all([
      this.deps.repo.sendings(form, period, owing),
      this.deps.repo.extended(form, period, owing),
    ]);
    const known = (unit: string) => ({
      submittedAt: sendings.get(unit)?.submittedAt ?? null,
      lockAt: extended.get(unit) ?? times.lockAt,
    });
    return dutiesFor(formOf(form), times, owing, known, now);
  }

  /** Reports in the order in which they were last written, by any process, after the mark. */
  async changedSince(mark: WriteMark, limit: number): Promise<Report[]> {
    return (await this.deps.repo.changedSince(mark, limit)).map((change) => change.report);
  }

  /** Calls `listener` after every write of this process. Returns the function that ends it. The listener must not throw. */
  onChange(listener: (report: Report) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

function keysBefore(key: ReportKey, periods: number): ReportKey[] {
  // A one-off has no periods before it.
  if (cadenceOf(key.period) === null) return [];
  return Array.from({ length: periods }, (_, i) => ({ ...key, period: shiftPeriod(key.period, -i - 1) }));
}
