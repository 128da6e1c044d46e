import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { momentShort, monthName } from '../kernel/moment';
import { capital, formatCount } from '../kernel/vn-text';
import { vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import { unitNameOn, villageWord } from '../org/names';
import type { Enqueue } from '../outbox/outbox-row';
import { periodsToApprove } from '../reporting/approvers';
import { type Calendars, timesOf } from '../reporting/deadlines';
import { unitsOwing } from '../reporting/duties';
import { textsOf } from '../reporting/form';
import { formOf } from '../reporting/forms';
import type { Report, ReportAct } from '../reporting/report';
import type { ReportsService } from '../reporting/reports.service';
import type { Rollup } from '../reporting/rollup';
import { actsWithSums, type ChangedSum, changedSums, lastChange, sumsOf } from '../reporting/shown-sums';

/**
 * Whoever sent or approved a commune's month with the sums of its villages hears once, and quietly, when a later change moves
 * one of them («tổng đã đổi: 120 → 102»). The commune's own figures stay as they are (contract 5.1).
 */
export interface SumWatchDeps {
  readonly reports: Pick<ReportsService, 'submissions'>;
  readonly rollup: Pick<Rollup, 'totals'>;
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesOf'>;
  readonly calendars: Calendars;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
}

const COMMUNE_FORM = 'commune-month';
const VILLAGE_FORM = 'village-month';

export class SumWatch {
  /** Told by this process already, so that nothing is written again and again; the rows themselves are written once. */
  private readonly told = new Set<string>();

  constructor(private readonly deps: SumWatchDeps) {}

  /** Looks at every month that can still be approved. A second look tells nothing new. Answers how many were told. */
  async look(now: Date): Promise<number> {
    const form = formOf(COMMUNE_FORM);
    const { tree } = this.deps.directory;
    let told = 0;
    for (const period of periodsToApprove(form, this.deps.calendars, now)) {
      const times = timesOf(form, this.deps.calendars, period);
      const owing = tree.roots(vnDay(now)).flatMap((root) => unitsOwing(form, times, tree, root.code));
      for (const report of await this.deps.reports.submissions(form.id, period, owing))
        for (const act of actsWithSums(report)) told += await this.tellOf(report, act, now);
    }
    return told;
  }

  private async tellOf(report: Report, act: ReportAct, now: Date): Promise<number> {
    const id = `sums:${report.id}:${act.effectId}`;
    if (this.told.has(id) || this.deps.isMuted(act.by)) return 0;
    const totals = await this.deps.rollup.totals(VILLAGE_FORM, report.period, report.unit);
    const moved = totals && act.sums ? changedSums(act.sums, sumsOf(totals)) : [];
    if (moved.length === 0) return 0;
    const villages = this.deps.directory.tree.villagesUnder(report.unit, vnDay(now)).map(({ code }) => code);
    const said = await this.deps.reports.submissions(VILLAGE_FORM, report.period, villages);
    // What was sent back is on its way to another value: it is told when that has come.
    const changes = moved.filter(({ figure }) =>
      said.every(({ figures }) => figures[figure]?.state !== 'returned'),
    );
    if (changes.length === 0) return 0;
    this.told.add(id);
    const text = this.textOf(report, act, { changes, said }, now);
    await this.deps.enqueue([
      {
        ...{ id, to: act.by, purpose: 'notice', cause: 'reminders.watchSums', createdAt: now },
        message: { kind: 'text', text },
      },
    ]);
    return 1;
  }

  private textOf(
    report: Report,
    act: ReportAct,
    { changes, said }: { readonly changes: readonly ChangedSum[]; readonly said: readonly Report[] },
    now: Date,
  ): string {
    const { directory } = this.deps;
    const words = this.deps.wordsFor(act.by);
    const day = vnDay(now);
    const value = (shown: number | null): string =>
      shown === null ? words.t('reports:missing_value') : formatCount(shown);
    const lines = changes.map(({ figure, from, to }) => {
      const last = lastChange(said, figure, act.at);
      return words.t('approval:sums.line', {
        name: words.t(`${textsOf(VILLAGE_FORM, figure)}.name`),
        ...{ from: value(from.value), to: value(to.value) },
        by: last
          ? words.t('approval:sums.by', {
              unit: unitNameOn(directory.tree, last.unit, day),
              moment: momentShort(words, last.at),
            })
          : '',
      });
    });
    const own = words.locale === 'vi' ? (directory.officesOf(act.by, now)[0]?.address ?? '') : '';
    const address = own === '' ? words.t('common:address.officer') : own;
    return words.t(`approval:sums.told.${act.kind}`, {
      ...{ address, Address: capital(address), lines: lines.join('\n') },
      month: monthName(words, report.period, now),
      unit: unitNameOn(directory.tree, report.unit, day),
      places: words.t(`common:places.${villageWord(directory.tree, report.unit, day)}`),
      moment: momentShort(words, act.at),
    });
  }
}
