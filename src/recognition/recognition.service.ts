import { vnDay } from '../kernel/vn-time';
import type { Report } from '../reporting/report';
import { COMMUNE_FORM, Records, VILLAGE_FORM, type RecordsDeps } from './records';
import type { MonthRecord } from './record';
import { evidenceOf, placeMeant, ranked, standsOut, type Candidate, type Nomination } from './shortlist';

export const AWARDS = 'awards-2026';
/** The awards are for the year of the plan. */
const FIRST_MONTH = '2026-01';
/** Form by which a unit of the level is measured. */
const OWN_FORM = { village: VILLAGE_FORM, commune: COMMUNE_FORM } as const;
/** Of those that only the figures show, no more. */
const BY_FIGURES = 10;

/** What can be read of records and of the list for the awards; who may read it is the caller's to check. */
export class Recognition {
  readonly records: Records;

  constructor(private readonly deps: RecordsDeps) {
    this.records = new Records(deps);
  }

  /** The months of one unit by its own form, oldest first; those since the beginning of the year. */
  async recordOf(unit: string, form: string, now: Date): Promise<readonly MonthRecord[]> {
    const periods = await this.records.months(form, FIRST_MONTH, now);
    return (await this.records.of(form, [unit], periods)).get(unit) ?? [];
  }

  /** Villages of a commune whose every month came in time, the best first: whom the commune may propose. */
  async villagesToPropose(commune: string, now: Date): Promise<Candidate[]> {
    return this.byFigures(VILLAGE_FORM, commune, now);
  }

  /** The list for the awards: what was proposed, with what is measured of it, then communes that their figures alone speak for. */
  async shortlist(province: string, now: Date): Promise<Candidate[]> {
    const nominations = await this.nominations(province, now);
    const named = new Set(nominations.flatMap(({ unit }) => unit ?? []));
    const measured = await this.measured([...named], now);
    const proposed = nominations.map((nomination): Candidate => {
      const { unit } = nomination;
      return { unit, nomination, evidence: (unit === null ? null : measured.get(unit)) ?? null };
    });
    const shown = (await this.byFigures(COMMUNE_FORM, province, now)).filter(
      ({ unit }) => unit !== null && !named.has(unit),
    );
    return ranked([...proposed, ...shown.slice(0, BY_FIGURES)]);
  }

  /** What is measured of a village, a commune or an agency by its own month; null: nothing is. */
  async evidenceFor(unit: string, now: Date): Promise<Candidate['evidence']> {
    return (await this.measured([unit], now)).get(unit) ?? null;
  }

  /** The same of several units at once; one of which nothing is measured has null, or is left out. */
  private async measured(
    units: readonly string[],
    now: Date,
  ): Promise<ReadonlyMap<string, Candidate['evidence']>> {
    const found = new Map<string, Candidate['evidence']>();
    for (const [level, form] of Object.entries(OWN_FORM)) {
      const own = units.filter((code) => this.deps.tree().getNearest(code, vnDay(now))?.level === level);
      if (own.length === 0) continue;
      const periods = await this.records.months(form, FIRST_MONTH, now);
      const all = await this.records.of(form, own, periods);
      for (const code of own) found.set(code, evidenceOf(all.get(code) ?? []));
    }
    return found;
  }

  private async byFigures(form: string, top: string, now: Date): Promise<Candidate[]> {
    const periods = await this.records.months(form, FIRST_MONTH, now);
    const all = await this.records.of(form, [top], periods);
    const candidates = [...all].flatMap(([unit, months]): Candidate[] => {
      const evidence = evidenceOf(months);
      return evidence && standsOut(evidence) ? [{ unit, nomination: null, evidence }] : [];
    });
    return ranked(candidates);
  }

  private async nominations(province: string, now: Date): Promise<Nomination[]> {
    const { tree, reports } = this.deps;
    const units = tree()
      .within(province, vnDay(now))
      .filter(({ level }) => level === 'commune' || level === 'agency')
      .map(({ code }) => code);
    return (await reports.submissions(AWARDS, AWARDS, units)).flatMap((report) => this.rowsOf(report, now));
  }

  private rowsOf(report: Report, now: Date): Nomination[] {
    const detail = report.figures['nominations']?.detail;
    const { submittedAt, unit: by, receipt } = report;
    if (submittedAt === null || detail?.kind !== 'entries') return [];
    return detail.rows.map((row): Nomination => {
      const name = row['name'] ?? '';
      const kind = row['kind'] === 'individual' ? 'individual' : 'collective';
      return {
        ...{ kind, name, achievement: row['achievement'] ?? '', evidence: row['evidence'] ?? null },
        ...{ by, receipt, sentAt: submittedAt },
        unit: kind === 'individual' ? null : placeMeant(this.deps.tree(), by, name, vnDay(now)),
      };
    });
  }
}
