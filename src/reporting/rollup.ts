import { sleep } from '../kernel/retry';
import { askedFigures, formOf, type OptionalFigures } from './forms';
import type { ReportChange, ReportsRepo, WriteMark } from './reports.repo';
import { RollupIndex } from './rollup-index';
import type { RollupTable } from './rollup-table';
import type { CountedReport, UnitTotals } from './totals';
import type { FormRun, FormRuns } from './runs';
import type { UnitsView } from './units-view';

/** How many (form, period) are held in memory; the one used longest ago goes first and is built again when asked for. */
const KEPT = 12;
/** Rows are looked at again for this long, since another process may have stamped an earlier time on a later write. Harmless: a known report changes nothing. */
const OVERLAP_MS = 15_000;
const PAGE = 500;

interface Entry {
  readonly index: RollupIndex;
  readonly ready: Promise<void>;
}

export interface RollupDeps {
  readonly repo: Pick<ReportsRepo, 'eachOf' | 'changedSince' | 'machineNow'>;
  /** The tree as it is now; a different object means that the organisation changed. */
  readonly units: () => UnitsView;
  readonly optionalFigures: OptionalFigures;
  /** What was put to a chosen audience. Absent: nothing. */
  readonly runs?: FormRuns;
}

/**
 * Totals at every level, kept in memory. The first question about a form and a period reads its reports once; after
 * that each report written here moves the sums at once (`note`), and those written by other processes as soon as
 * `catchUp` sees them. Every total says how much of it is there; what is missing is never a zero.
 */
export class Rollup {
  private readonly entries = new Map<string, Entry>();
  /** How far the writes of all processes have been looked at; null while nothing is held. */
  private mark: WriteMark | null = null;
  private catching: Promise<void> | null = null;

  constructor(private readonly deps: RollupDeps) {}

  /** The totals of a unit; null when the unit is not there in that period. Throws `not_found` for an unknown form, `bad_request` for a period that is not of its kind. */
  async totals(form: string, period: string, unit: string): Promise<UnitTotals | null> {
    return (await this.indexOf(form, period)).totals(unit);
  }

  /** Every unit's totals at once. */
  async table(form: string, period: string): Promise<RollupTable> {
    return (await this.indexOf(form, period)).table();
  }

  /** Codes at or below the unit that owe the form and have not sent it. */
  async notSent(form: string, period: string, unit: string): Promise<string[]> {
    return (await this.indexOf(form, period)).notSent(unit);
  }

  /** Takes in a report just written. Reports of a form and period that nobody has asked about are read when somebody does. */
  note(report: CountedReport): void {
    this.entries.get(keyOf(report.form, report.period))?.index.apply(report);
  }

  /** Takes in what any process wrote since the last time. Calls at the same time share one look. */
  catchUp(): Promise<void> {
    this.catching ??= this.lookAtChanges().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  /** Catches up again and again, with pauses of `intervalMs`, until the function it returns is called. A look that fails is told and tried again. */
  follow(intervalMs: number, onError: (error: unknown) => void): () => void {
    let running = true;
    const run = async (): Promise<void> => {
      while (running) {
        await sleep(intervalMs);
        if (running) await this.catchUp().catch(onError);
      }
    };
    void run();
    return () => {
      running = false;
    };
  }

  private async lookAtChanges(): Promise<void> {
    while (this.mark !== null) {
      const changes: ReportChange[] = await this.deps.repo.changedSince(this.mark, PAGE);
      for (const change of changes) this.note(change.report);
      const last = changes.at(-1)?.mark;
      if (changes.length === PAGE && last) {
        this.mark = last;
        continue;
      }
      const seen = last ?? this.mark;
      const backTo = Math.min(seen.at.getTime(), this.deps.repo.machineNow().getTime() - OVERLAP_MS);
      this.mark = { at: new Date(backTo), id: '' };
      return;
    }
  }

  private async indexOf(form: string, period: string): Promise<RollupIndex> {
    const key = keyOf(form, period);
    const units = this.deps.units();
    const held = this.entries.get(key);
    const entry =
      held && held.index.units === units && held.index.run === this.runOf(period)
        ? held
        : this.build(form, period, units);
    // Set again, so that the order of the map is that of use.
    this.entries.delete(key);
    this.entries.set(key, entry);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= KEPT) break;
      this.entries.delete(oldest);
    }
    try {
      await entry.ready;
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    }
    return entry.index;
  }

  private runOf(period: string): FormRun | null {
    return this.deps.runs?.get(period) ?? null;
  }

  /** Held from the first moment, so that a report written during the reading is not lost: whichever of the two is newer stays. */
  private build(formId: string, period: string, units: UnitsView): Entry {
    const form = formOf(formId);
    const asked = askedFigures(form, period, this.deps.optionalFigures);
    const index = new RollupIndex(form, period, asked, units, this.runOf(period));
    this.mark ??= { at: new Date(this.deps.repo.machineNow().getTime() - OVERLAP_MS), id: '' };
    return { index, ready: this.deps.repo.eachOf(formId, period, (report) => void index.apply(report)) };
  }
}

function keyOf(form: string, period: string): string {
  return `${form}:${period}`;
}
