import { audienceOf, treeDay } from './deadlines';
import type { FigureDef, Form } from './form';
import { isCounted } from './report';
import { plant, type Tree } from './rollup-tree';
import type { FormRun } from './runs';
import { inOrderOfTotals, type CountedReport, type IndicatorTotal, type UnitTotals } from './totals';
import { cameFrom, type UnitsView } from './units-view';
import { amountOf, quotient, wholeOf } from './values';
import { type FigureColumn, type RollupTable, isRatio, emptyColumn, isThere } from './rollup-table';

/** How the report of a leaf stands. */
const SENT = { no: 0, onTime: 1, late: 2 } as const;

/** Marks a figure without a value that counts; a true zero is 0. */
const NOTHING = NaN;

/**
 * The sums of one form in one period over one tree of units, moved by differences. What each reporting unit (leaf)
 * contributes is held by itself and replaced whole, keyed by the unit and the report's `rev`: an older or repeated
 * report changes nothing, so neither order nor repetition matters. The few units above them (branches) hold the sums,
 * as columns of numbers of their own, apart from the many leaves: a change costs as many steps as the tree is deep and
 * touches the same little memory, however many villages there are.
 */
export class RollupIndex {
  private readonly tree: Tree;
  private readonly figures: readonly FigureDef[];
  private readonly revs: Int32Array;
  private readonly sent: Uint8Array;
  /** The values of each leaf that count, side by side: leaf `n`, figure `f` at `n * width + f`. */
  private readonly said: Float64Array;
  /** The denominators of ratios, laid out as `said`; empty on a form without ratios. */
  private readonly wholes: Float64Array;
  private readonly width: number;
  private readonly day: string;
  /** How many of `figures` the period asks. */
  private readonly asks: number;
  /** Sums of the branches. */
  private readonly columns: readonly FigureColumn[];
  private readonly onTime: Int32Array;
  private readonly late: Int32Array;

  constructor(
    private readonly form: Form,
    private readonly period: string,
    asked: readonly FigureDef[],
    /** The tree it was built over; another tree needs another index. */
    readonly units: UnitsView,
    /** The run of a form with a chosen audience; null: none, so that nobody owes it. Another run needs another index. */
    readonly run: FormRun | null = null,
  ) {
    this.day = treeDay(form, period, run);
    this.tree = plant(form, this.day, units, audienceOf(form, run));
    const { leaves, branches } = this.tree;
    this.figures = inOrderOfTotals(form.figures, asked);
    this.width = this.figures.length;
    this.asks = inOrderOfTotals([], asked).length;
    const ratios = this.figures.some(isRatio);
    this.revs = new Int32Array(leaves.length);
    this.sent = new Uint8Array(leaves.length);
    this.said = new Float64Array(leaves.length * this.width).fill(NOTHING);
    this.wholes = new Float64Array(ratios ? this.said.length : 0);
    this.columns = this.figures.map((figure) => emptyColumn(figure, branches.length));
    this.onTime = new Int32Array(branches.length);
    this.late = new Int32Array(branches.length);
  }

  /** Puts what the report now contributes in the place of what it did. False when it was known already, or its unit owes nothing here. */
  apply(report: CountedReport): boolean {
    const leaf = this.tree.places.get(report.unit);
    if (leaf === undefined || leaf < 0 || report.rev <= this.revs[leaf]!) return false;
    this.revs[leaf] = report.rev;
    this.applySending(leaf, report);
    for (let f = 0; f < this.width; f += 1) {
      const version = report.figures[this.figures[f]!.id];
      const counts = version !== undefined && isCounted(version);
      const now = counts ? (amountOf(version) ?? NOTHING) : NOTHING;
      if (isRatio(this.figures[f]!)) this.applyWhole(leaf, f, counts ? (wholeOf(version) ?? 0) : 0);
      const before = this.said[leaf * this.width + f]!;
      if (Object.is(now, before)) continue;
      this.said[leaf * this.width + f] = now;
      const more = (now || 0) - (before || 0);
      const covered = isThere(now) - isThere(before);
      const zero = Number(now === 0) - Number(before === 0);
      const { sum, covered: coveredBy, zero: zeroOf } = this.columns[f]!;
      for (let b = this.tree.leafParents[leaf]!; b >= 0; b = this.tree.branchParents[b]!) {
        sum[b]! += more;
        coveredBy[b]! += covered;
        zeroOf[b]! += zero;
      }
    }
    return true;
  }

  private applyWhole(leaf: number, f: number, now: number): void {
    const at = leaf * this.width + f;
    const more = now - this.wholes[at]!;
    this.wholes[at] = now;
    const whole = this.columns[f]!.whole!;
    for (let b = this.tree.leafParents[leaf]!; b >= 0; b = this.tree.branchParents[b]!) whole[b]! += more;
  }

  private applySending(leaf: number, report: CountedReport): void {
    const before = this.sent[leaf]!;
    const now = report.submittedAt === null ? SENT.no : report.late ? SENT.late : SENT.onTime;
    if (before === now) return;
    this.sent[leaf] = now;
    const onTime = Number(now === SENT.onTime) - Number(before === SENT.onTime);
    const late = Number(now === SENT.late) - Number(before === SENT.late);
    for (let b = this.tree.leafParents[leaf]!; b >= 0; b = this.tree.branchParents[b]!) {
      this.onTime[b]! += onTime;
      this.late[b]! += late;
    }
  }

  /**
   * The totals of one unit; null when it is not in the tree of this period, or lies below the level that reports. A unit
   * that came from a merger after it has those of the units merged into it.
   */
  totals(unit: string): UnitTotals | null {
    const places = this.placesOf(unit);
    if (places.length === 0) return null;
    const { expected, onTime, late } = this.sendings(places);
    const indicators: IndicatorTotal[] = [];
    for (let f = 0; f < this.width; f += 1) {
      const { sum, whole, covered, zero } = this.cell(places, f);
      if (f >= this.asks && covered === 0) continue;
      const figure = this.figures[f]!;
      const nothing = covered === 0;
      indicators.push({
        id: figure.id,
        measure: figure.measure,
        value: nothing ? null : isRatio(figure) ? quotient(sum, whole) : sum,
        ...(isRatio(figure) ? { numerator: nothing ? null : sum, denominator: nothing ? null : whole } : {}),
        covered,
        expected,
        zero,
        missing:
          covered < expected
            ? this.leavesWhere(places, (n) => Number.isNaN(this.said[n * this.width + f]))
            : [],
      });
    }
    return { form: this.form.id, period: this.period, unit, expected, onTime, late, indicators };
  }

  /** Codes at or below the unit that owe the form and have not sent it, in order of the tree. */
  notSent(unit: string): string[] {
    return this.leavesWhere(this.placesOf(unit), (n) => this.sent[n] === SENT.no);
  }

  /** The whole tree at every level; the figures asked, and those given unasked by anybody. */
  table(): RollupTable {
    const { codes, leafRows, branchRows, leafStarts, leafEnds } = this.tree;
    const size = codes.length;
    const [expected, onTime, late] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
    for (let n = 0; n < leafRows.length; n += 1) {
      const row = leafRows[n]!;
      expected[row] = 1;
      if (this.sent[n] === SENT.onTime) onTime[row] = 1;
      else if (this.sent[n] === SENT.late) late[row] = 1;
    }
    for (let b = 0; b < branchRows.length; b += 1) {
      const row = branchRows[b]!;
      expected[row] = leafEnds[b]! - leafStarts[b]!;
      onTime[row] = this.onTime[b]!;
      late[row] = this.late[b]!;
    }
    const figures = this.columns.flatMap((column, f) => {
      const wholly = this.fullColumn(column, f);
      return wholly || f < this.asks ? [wholly ?? emptyColumn(this.figures[f]!, size)] : [];
    });
    return { codes, expected, onTime, late, figures };
  }

  /** One figure of every unit; null when nobody has it. One pass without calls: this is the whole cost of a national table. */
  private fullColumn(branches: FigureColumn, f: number): FigureColumn | null {
    const { codes, leafRows, branchRows } = this.tree;
    const { said, width } = this;
    const full = emptyColumn(this.figures[f]!, codes.length);
    const { sum, whole, covered, zero } = full;
    let found = false;
    for (let n = 0, at = f; n < leafRows.length; n += 1, at += width) {
      const value = said[at]!;
      // False for NaN, which marks a figure without a value.
      if (!(value >= 0)) continue;
      const row = leafRows[n]!;
      found = true;
      sum[row] = value;
      covered[row] = 1;
      if (value === 0) zero[row] = 1;
      if (whole) whole[row] = this.wholes[at]!;
    }
    for (let b = 0; b < branchRows.length; b += 1) {
      const row = branchRows[b]!;
      sum[row] = branches.sum[b]!;
      covered[row] = branches.covered[b]!;
      zero[row] = branches.zero[b]!;
      if (whole) whole[row] = branches.whole![b]!;
    }
    return found ? full : null;
  }

  /** Where the unit stands, or where those stood that it came from; empty for one that is not in this tree. */
  private placesOf(unit: string): number[] {
    const place = this.tree.places.get(unit);
    if (place !== undefined) return [place];
    if (this.units.get(unit, this.day)) return [];
    return cameFrom(this.units, unit, this.day).flatMap(({ code }) => this.tree.places.get(code) ?? []);
  }

  private sendings(places: readonly number[]): { expected: number; onTime: number; late: number } {
    const all = { expected: 0, onTime: 0, late: 0 };
    for (const place of places) {
      const branch = ~place;
      all.expected += place < 0 ? this.tree.leafEnds[branch]! - this.tree.leafStarts[branch]! : 1;
      all.onTime += place < 0 ? this.onTime[branch]! : Number(this.sent[place] === SENT.onTime);
      all.late += place < 0 ? this.late[branch]! : Number(this.sent[place] === SENT.late);
    }
    return all;
  }

  private cell(places: readonly number[], f: number) {
    const { sum, whole, covered, zero } = this.columns[f]!;
    const all = { sum: 0, whole: 0, covered: 0, zero: 0 };
    for (const place of places) {
      const at = place < 0 ? ~place : place * this.width + f;
      const value = place < 0 ? sum[at]! : this.said[at]!;
      all.sum += value || 0;
      if (whole) all.whole += place < 0 ? whole[at]! : this.wholes[at]!;
      all.covered += place < 0 ? covered[at]! : isThere(value);
      all.zero += place < 0 ? zero[at]! : Number(value === 0);
    }
    return all;
  }

  private leavesWhere(places: readonly number[], holds: (leaf: number) => boolean): string[] {
    const codes: string[] = [];
    for (const place of places) {
      const first = place < 0 ? this.tree.leafStarts[~place]! : place;
      const end = place < 0 ? this.tree.leafEnds[~place]! : place + 1;
      for (let n = first; n < end; n += 1) if (holds(n)) codes.push(this.tree.leaves[n] as string);
    }
    return codes;
  }
}
