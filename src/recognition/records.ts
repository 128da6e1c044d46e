import { vnDay } from '../kernel/vn-time';
import type { UnitTree } from '../org/units';
import { timesOf, type Calendars } from '../reporting/deadlines';
import { unitsOwing } from '../reporting/duties';
import { formOf } from '../reporting/forms';
import { monthOf, shiftPeriod } from '../reporting/periods';
import type { Report } from '../reporting/report';
import type { UnitTotals } from '../reporting/totals';
import { monthRecord, type MonthRecord } from './record';

export const VILLAGE_FORM = 'village-month';
export const COMMUNE_FORM = 'commune-month';

export interface RecordsDeps {
  readonly reports: {
    submissions(form: string, period: string, units: readonly string[]): Promise<readonly Report[]>;
  };
  readonly rollup: { totals(form: string, period: string, unit: string): Promise<UnitTotals | null> };
  readonly calendars: Calendars;
  readonly tree: () => UnitTree;
}

/** Reads the months of units out of their reports. */
export class Records {
  constructor(private readonly deps: RecordsDeps) {}

  /**
   * The months of a form whose lock is over, from `first` on, oldest first. Those before anybody in the province had sent a
   * report are left out: the program was not there yet.
   */
  async months(form: string, first: string, now: Date): Promise<string[]> {
    const { calendars, rollup, tree } = this.deps;
    const found: string[] = [];
    for (let period = first; period <= monthOf(now); period = shiftPeriod(period, 1)) {
      const times = timesOf(formOf(form), calendars, period);
      if (now < times.lockAt) break;
      const tops = tree().roots(vnDay(times.lockAt));
      const totals = await Promise.all(tops.map(({ code }) => rollup.totals(VILLAGE_FORM, period, code)));
      const begun = totals.some((one) => one !== null && one.onTime + one.late > 0);
      if (begun || found.length > 0) found.push(period);
    }
    return found;
  }

  /** Unit at or below these → its months, oldest first: of each those in which it owed the form. One read for a month. */
  async of(
    form: string,
    tops: readonly string[],
    periods: readonly string[],
  ): Promise<Map<string, MonthRecord[]>> {
    const { calendars, reports, tree } = this.deps;
    const found = new Map<string, MonthRecord[]>();
    for (const period of periods) {
      const times = timesOf(formOf(form), calendars, period);
      const owing = [...new Set(tops.flatMap((top) => unitsOwing(formOf(form), times, tree(), top)))];
      const sent = new Map(
        (await reports.submissions(form, period, owing)).map((report) => [report.unit, report]),
      );
      for (const unit of owing) {
        const months = found.get(unit) ?? [];
        months.push(monthRecord(period, sent.get(unit) ?? null));
        found.set(unit, months);
      }
    }
    return found;
  }
}
