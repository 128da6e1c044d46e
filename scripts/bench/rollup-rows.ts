import { performance } from 'node:perf_hooks';
import { UnitTree } from '../../src/org/units';
import type { UnitRecord, UnitSpan } from '../../src/org/unit';
import { type ApplyContext, applyToReport } from '../../src/reporting/apply-report';
import { askedFigures, formOf } from '../../src/reporting/forms';
import { receiptFor, type Report } from '../../src/reporting/report';
import type { ReportEffect, ReportOutcome } from '../../src/reporting/report-effect';
import { Rollup } from '../../src/reporting/rollup';
import { median, rounded, type Row, row } from './numbers';
import type { RoundsOptions } from './webhook-rows';

/**
 * S9 and S10: totals of a month held warm, for the nation (90,000 villages) and for one province (3,000). The whole
 * table of the nation against a plain pass over columns of numbers; one confirmed figure in the great tree against the
 * same in the small one.
 */
const FORM = formOf('village-month');
const PERIOD = '2026-03';
const FIGURES = askedFigures(FORM, PERIOD, {}).map((figure) => figure.id);
const COMMUNES = 100;
const VILLAGES = 30;
const NATION = 30;
const CHANGES = 500;
const PARTS = 36;
const TABLES = 8;

/** A tree with everything below it reported, and its warm roll-up. */
class World {
  readonly reports = new Map<string, Report>();
  readonly tree: UnitTree;
  readonly rollup: Rollup;
  readonly villages: readonly string[];
  private changes = 0;

  constructor(provinces: number) {
    const records = unitRecords(provinces);
    this.tree = new UnitTree(records);
    this.villages = records.filter(({ level }) => level === 'village').map(({ code }) => code);
    for (const [n, unit] of this.villages.entries()) this.reports.set(unit, firstReport(unit, n));
    this.rollup = new Rollup({
      repo: {
        eachOf: async (_form, _period, visit) => {
          for (const report of this.reports.values()) visit(report);
        },
        changedSince: async () => [],
        machineNow: () => at(0),
      },
      units: () => this.tree,
      optionalFigures: {},
    });
  }

  /** A corrected figure of one village, ready to be applied: from the effect to the sums at every level. */
  correction(village: number): () => void {
    const unit = this.villages[village % this.villages.length] as string;
    this.changes += 1;
    const before = this.reports.get(unit) as Report;
    const figure = FIGURES[1] as string;
    // Always another value than before.
    const said: [string, number] = [figure, ((before.figures[figure]?.value ?? 0) % 60) + 1];
    const effect = answer(unit, `c${this.changes}`, [said], this.changes);
    const rules = context(unit);
    return () => {
      const after = reportOf(applyToReport(before, effect, rules));
      this.rollup.note(after);
      this.reports.set(unit, after);
    };
  }
}

export async function rollupRows({ rounds, wants, say }: RoundsOptions): Promise<Record<string, Row>> {
  const rows: Record<string, Row> = {};
  say('S9, S10: making 90,000 reports');
  const [nation, province] = [new World(NATION), new World(1)];
  for (const world of [nation, province]) await world.rollup.table(FORM.id, PERIOD);
  if (wants('S9')) rows['S9'] = await tableRow(nation, province, rounds);
  if (wants('S10')) rows['S10'] = await correctionRow(nation, province, rounds);
  return rows;
}

async function tableRow(nation: World, province: World, rounds: number): Promise<Row> {
  const pass = plainPass(nation);
  const found: { ours: number; yardstick: number }[] = [];
  const small: number[] = [];
  const check = await nation.rollup.table(FORM.id, PERIOD);
  const root = check.figures[0]?.sum[0];
  if (root !== pass()[0]) throw new Error(`the two tables differ: ${root} and ${pass()[0]}`);
  // A round more, unmeasured, so that both are compiled.
  for (let n = 0; n <= rounds; n += 1) {
    const [ours, yardstick, provinceMs]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < TABLES; i += 1) {
      ours.push(await timed(() => nation.rollup.table(FORM.id, PERIOD)));
      yardstick.push(await timed(() => pass()));
      provinceMs.push(await timed(() => province.rollup.table(FORM.id, PERIOD)));
    }
    if (n === 0) continue;
    found.push({ ours: median(ours), yardstick: median(yardstick) });
    small.push(median(provinceMs));
  }
  return row(found, 10, 'ms for 90,000 villages, all levels', {
    provinceMs: rounded(median(small)),
    provinceGoalMs: 5,
  });
}

async function correctionRow(nation: World, province: World, rounds: number): Promise<Row> {
  const found: { ours: number; yardstick: number }[] = [];
  // As many villages are touched in both, spread over the whole tree.
  const stride = Math.floor(nation.villages.length / province.villages.length);
  for (let n = 0; n <= rounds; n += 1) {
    const [ours, yardstick]: [number[], number[]] = [[], []];
    for (let part = 0; part < PARTS; part += 1) {
      const from = (n * PARTS + part) * CHANGES;
      ours.push(await corrected(nation, from, stride));
      yardstick.push(await corrected(province, from, 1));
    }
    if (n > 0) found.push({ ours: median(ours), yardstick: median(yardstick) });
  }
  const visible: number[] = [];
  for (let n = 0; n < 50; n += 1) {
    const apply = nation.correction(n * 1_777);
    const total = async () => (await nation.rollup.totals(FORM.id, PERIOD, 'N'))?.indicators[1]?.value ?? NaN;
    const before = await total();
    let after = before;
    visible.push(
      await timed(async () => {
        apply();
        after = await total();
      }),
    );
    if (after === before) throw new Error('a correction is not in the totals');
  }
  return row(found, 1.2, 'µs per corrected figure, 90,000 villages ÷ 3,000', {
    visibleMs: rounded(median(visible)),
    visibleGoalMs: 1_000,
  });
}

/** µs for each of a run of corrections, their preparation left aside. */
async function corrected(world: World, from: number, stride: number): Promise<number> {
  const work = Array.from({ length: CHANGES }, (_, i) => world.correction(((from + i) % 3_000) * stride));
  const ms = await timed(() => {
    for (const apply of work) apply();
  });
  return (ms * 1_000) / CHANGES;
}

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The least anybody has to do: every level's sum, coverage and zeros out of columns of numbers. */
function plainPass({ tree, reports, villages }: World): () => Float64Array {
  const day = '2026-03-31';
  const branches = tree.records.filter(({ level }) => level !== 'village').map(({ code }) => code);
  const place = new Map(branches.map((code, n) => [code, n]));
  const up = (code: string): number => place.get(tree.get(code, day)?.parent ?? '') ?? -1;
  const parents = Int32Array.from(villages, up);
  const above = Int32Array.from(branches, up);
  const values = Float64Array.from(
    FIGURES.flatMap((id) => villages.map((unit) => reports.get(unit)?.figures[id]?.value ?? NaN)),
  );
  const size = branches.length;
  return () => {
    const sum = new Float64Array(size * FIGURES.length);
    const covered = new Int32Array(size * FIGURES.length);
    const zero = new Int32Array(size * FIGURES.length);
    for (let f = 0; f < FIGURES.length; f += 1) {
      const [from, to] = [f * villages.length, f * size];
      for (let n = 0; n < villages.length; n += 1) {
        const value = values[from + n]!;
        if (!(value >= 0)) continue;
        const b = to + parents[n]!;
        sum[b]! += value;
        covered[b]! += 1;
        if (value === 0) zero[b]! += 1;
      }
      // Parents stand before their children.
      for (let b = size - 1; b > 0; b -= 1) {
        const parent = to + above[b]!;
        sum[parent]! += sum[to + b]!;
        covered[parent]! += covered[to + b]!;
        zero[parent]! += zero[to + b]!;
      }
    }
    return sum;
  };
}

function unitRecords(provinces: number): UnitRecord[] {
  const records: UnitRecord[] = [unit('N', 'province', null)];
  for (let p = 0; p < provinces; p += 1) {
    const province = `P${String(p).padStart(2, '0')}`;
    records.push(unit(province, 'province', 'N'));
    for (let c = 0; c < COMMUNES; c += 1) records.push(unit(communeOf(p, c), 'commune', province));
  }
  for (let p = 0; p < provinces; p += 1)
    for (let c = 0; c < COMMUNES; c += 1)
      for (let v = 0; v < VILLAGES; v += 1)
        records.push(unit(`${communeOf(p, c)}-${String(v).padStart(2, '0')}`, 'village', communeOf(p, c)));
  return records;
}

function communeOf(province: number, commune: number): string {
  return `P${String(province).padStart(2, '0')}.${String(commune).padStart(2, '0')}`;
}

function unit(code: string, level: UnitRecord['level'], parent: string | null): UnitRecord {
  const span: UnitSpan = {
    validFrom: '2025-07-01',
    validTo: null,
    name: code,
    kind: level,
    parent,
    adults: null,
    households: null,
    population: null,
  };
  return { code, level, spans: [span] };
}

function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 2, 12, 1, 0, 0, minutes));
}

function answer(
  unitCode: string,
  id: string,
  figures: readonly [string, number][],
  n: number,
): Extract<ReportEffect, { kind: 'report.answer' }> {
  return {
    kind: 'report.answer',
    id,
    key: { form: FORM.id, period: PERIOD, unit: unitCode },
    by: 'zalo:1',
    onBehalf: false,
    at: at(n),
    eventId: id,
    figures: figures.map(([figure, value]) => ({
      figure,
      value,
      status: value === 0 ? ('zero' as const) : ('reported' as const),
    })),
  };
}

function firstReport(unitCode: string, n: number): Report {
  const said = answer(
    unitCode,
    `a${n}`,
    FIGURES.map((figure, i) => [figure, figure === 'classes_held' ? 1 + ((n * 4) % 60) : (n * (i + 3)) % 60]),
    0,
  );
  const drafted = reportOf(applyToReport(null, said, context(unitCode)));
  const { figures: _figures, ...act } = said;
  return reportOf(applyToReport(drafted, { ...act, kind: 'report.submit', id: `s${n}` }, context(unitCode)));
}

function reportOf(outcome: ReportOutcome): Report {
  if (outcome.outcome !== 'applied') throw new Error(`not applied: ${outcome.outcome}`);
  return outcome.report;
}

const OPENS = new Date('2026-03-10T01:00:00Z');
const DEADLINE = new Date('2026-03-17T10:00:00Z');
const LOCKS = new Date('2026-03-18T10:00:00Z');

function context(unitCode: string): ApplyContext {
  return {
    form: FORM,
    asked: FIGURES,
    unit: { name: unitCode, adults: null, households: null, population: null },
    earlier: [],
    opensAt: OPENS,
    deadline: DEADLINE,
    lockAt: LOCKS,
    aboveLockAt: LOCKS,
    approveUntil: LOCKS,
    extendTo: null,
    undoMs: 600_000,
    receiptFor,
  };
}
