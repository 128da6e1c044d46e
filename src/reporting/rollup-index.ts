import type { FigureDef, Form } from './form';
import { dayOfPeriod } from './periods';
import { isCounted } from './report';
import { inOrderOfTotals, type CountedReport, type IndicatorTotal, type UnitTotals } from './totals';
import type { UnitsView } from './units-view';
import type { Unit } from '../org/units';

/** One column of the whole tree; place `i` belongs to `codes[i]` of its table. */
export interface FigureColumn {
  readonly id: string;
  readonly sum: Float64Array;
  readonly covered: Int32Array;
  readonly zero: Int32Array;
}

/** Every unit's totals at once, as columns. A picture: later reports do not move it. */
export interface RollupTable {
  /** Units in order of the tree: each before those below it. */
  readonly codes: readonly string[];
  readonly expected: Int32Array;
  readonly onTime: Int32Array;
  readonly late: Int32Array;
  readonly figures: readonly FigureColumn[];
}

const enum Sent {
  No = 0,
  OnTime = 1,
  Late = 2,
}

/**
 * The sums of one form in one period over one tree of units, kept as columns of numbers and moved by differences.
 * What each unit contributes is held by itself and replaced whole, keyed by the unit and the report's `rev`: an older
 * or repeated report changes nothing, so the order and the number of applications do not matter. A change costs as
 * many steps as the tree is deep, however many villages there are.
 */
export class RollupIndex {
  private readonly codes: string[] = [];
  private readonly places = new Map<string, number>();
  private readonly parents: Int32Array;
  /** Everything below `i` stands from `i + 1` up to, not including, `ends[i]`. */
  private readonly ends: Int32Array;
  private readonly owes: Uint8Array;
  private readonly revs: Int32Array;
  private readonly sent: Uint8Array;
  private readonly expected: Int32Array;
  private readonly onTime: Int32Array;
  private readonly late: Int32Array;
  private readonly figures: readonly FigureDef[];
  private readonly columns: readonly FigureColumn[];

  constructor(
    private readonly form: Form,
    private readonly period: string,
    private readonly asked: readonly FigureDef[],
    /** The tree it was built over; another tree needs another index. */
    readonly units: UnitsView,
  ) {
    const parents: number[] = [];
    const ends: number[] = [];
    const owes: number[] = [];
    const day = dayOfPeriod({ period });
    const place = (unit: Unit, parent: number): void => {
      const i = this.codes.push(unit.code) - 1;
      this.places.set(unit.code, i);
      parents.push(parent);
      ends.push(i + 1);
      owes.push(unit.level === form.level ? 1 : 0);
      if (unit.level !== form.level) for (const child of units.children(unit.code, day)) place(child, i);
      ends[i] = this.codes.length;
    };
    for (const root of units.roots(day)) place(root, -1);

    const size = this.codes.length;
    this.parents = Int32Array.from(parents);
    this.ends = Int32Array.from(ends);
    this.owes = Uint8Array.from(owes);
    this.revs = new Int32Array(size);
    this.sent = new Uint8Array(size);
    this.onTime = new Int32Array(size);
    this.late = new Int32Array(size);
    this.expected = Int32Array.from(owes);
    // Children stand after their parents, so from the end upwards each is complete before it is added.
    for (let i = size - 1; i >= 0; i -= 1) {
      const parent = parents[i] as number;
      if (parent >= 0) this.expected[parent]! += this.expected[i]!;
    }
    this.figures = inOrderOfTotals(form.figures, asked);
    this.columns = this.figures.map((figure) => ({
      id: figure.id,
      sum: new Float64Array(size),
      covered: new Int32Array(size),
      zero: new Int32Array(size),
    }));
  }

  /** Puts what the report now contributes in the place of what it did. False when it was known already, or its unit owes nothing here. */
  apply(report: CountedReport): boolean {
    const place = this.places.get(report.unit);
    if (place === undefined || this.owes[place] !== 1 || report.rev <= this.revs[place]!) return false;
    this.revs[place] = report.rev;
    this.applySending(place, report);
    for (const column of this.columns) {
      const version = report.figures[column.id];
      const value = version && isCounted(version) ? version.value : null;
      const isThere = value === null ? 0 : 1;
      const isZero = value === 0 ? 1 : 0;
      const more = (value ?? 0) - column.sum[place]!;
      const covered = isThere - column.covered[place]!;
      const zero = isZero - column.zero[place]!;
      if (more === 0 && covered === 0 && zero === 0) continue;
      for (let i = place; i >= 0; i = this.parents[i]!) {
        column.sum[i]! += more;
        column.covered[i]! += covered;
        column.zero[i]! += zero;
      }
    }
    return true;
  }

  private applySending(place: number, report: CountedReport): void {
    const before = this.sent[place] as Sent;
    const now = report.submittedAt === null ? Sent.No : report.late ? Sent.Late : Sent.OnTime;
    if (before === now) return;
    this.sent[place] = now;
    const onTime = Number(now === Sent.OnTime) - Number(before === Sent.OnTime);
    const late = Number(now === Sent.Late) - Number(before === Sent.Late);
    for (let i = place; i >= 0; i = this.parents[i]!) {
      this.onTime[i]! += onTime;
      this.late[i]! += late;
    }
  }

  /** The totals of one unit; null when it is not in the tree of this period, or lies below the level that reports. */
  totals(unit: string): UnitTotals | null {
    const place = this.places.get(unit);
    if (place === undefined) return null;
    const indicators: IndicatorTotal[] = [];
    for (const [n, figure] of this.figures.entries()) {
      const column = this.columns[n] as FigureColumn;
      const isAsked = n < this.asked.length;
      const covered = column.covered[place]!;
      if (!isAsked && covered === 0) continue;
      indicators.push({
        id: figure.id,
        measure: figure.measure,
        value: covered === 0 ? null : column.sum[place]!,
        covered,
        expected: isAsked ? this.expected[place]! : covered,
        zero: column.zero[place]!,
        missing: isAsked ? this.missing(place, column) : [],
      });
    }
    return {
      form: this.form.id,
      period: this.period,
      unit,
      expected: this.expected[place]!,
      onTime: this.onTime[place]!,
      late: this.late[place]!,
      indicators,
    };
  }

  private missing(place: number, column: FigureColumn): string[] {
    if (column.covered[place] === this.expected[place]) return [];
    const codes: string[] = [];
    for (let i = place; i < this.ends[place]!; i += 1)
      if (this.owes[i] === 1 && column.covered[i] === 0) codes.push(this.codes[i] as string);
    return codes;
  }

  /** Codes at or below the unit that owe the form and have not sent it, in order of the tree. */
  notSent(unit: string): string[] {
    const place = this.places.get(unit);
    if (place === undefined) return [];
    const codes: string[] = [];
    for (let i = place; i < this.ends[place]!; i += 1)
      if (this.owes[i] === 1 && (this.sent[i] as Sent) === Sent.No) codes.push(this.codes[i] as string);
    return codes;
  }

  /** The whole tree at every level. */
  table(): RollupTable {
    return {
      codes: this.codes,
      expected: this.expected.slice(),
      onTime: this.onTime.slice(),
      late: this.late.slice(),
      figures: this.columns.map(({ id, sum, covered, zero }) => ({
        id,
        sum: sum.slice(),
        covered: covered.slice(),
        zero: zero.slice(),
      })),
    };
  }
}
