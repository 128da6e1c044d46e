import type { FigureDetail, Report } from './report';
import type { FigureAnswer } from './report-effect';
import type { RatioDetail } from './values';
import type { FigureCheck, FigureDef, Form } from './form';
import { judgeAgainstHistory, type Oddity } from './plausibility';
import type { Unit } from '../org/unit';
import type { UnitsView } from './units-view';

/**
 * What may be refused outright: a value that cannot be, and two figures that contradict each other. Results are data,
 * with the numbers a sentence needs; the words belong to the dialogs. «Are you sure» is `plausibility.ts`.
 */

/** What a hard limit may depend on. */
export interface UnitLimits {
  readonly adults: number | null;
  readonly households: number | null;
  readonly population: number | null;
}

export interface Impossible {
  readonly kind: 'not_whole' | 'negative' | 'too_big';
  readonly figure: string;
  readonly value: number;
  readonly max: number;
}

/** Two known figures that contradict each other; both numbers, so that both can be named. */
export interface Contradiction {
  readonly kind: 'contradiction';
  readonly check: FigureCheck;
  readonly left: number;
  readonly right: number;
}

/** The largest value that can be true for this unit; of a share, the largest its whole can be. */
export function limitOf(figure: FigureDef, unit: UnitLimits): number {
  if (typeof figure.max === 'number') return figure.max;
  // Nobody counted the adults: of a share they are no more than all who live there.
  if (figure.kind === 'ratio' && unit[figure.max.of] === null) return unit.population ?? figure.max.otherwise;
  return unit[figure.max.of] ?? figure.max.otherwise;
}

/** Why the value cannot be, or null. Zero is always possible; of a ratio both parts are looked at, and the part is no more than the whole. */
export function impossible(
  figure: FigureDef,
  value: number,
  unit: UnitLimits,
  detail?: FigureDetail,
): Impossible | null {
  const max = limitOf(figure, unit);
  if (detail?.kind === 'ratio') return impossibleRatio(figure, detail, max);
  const kind = !Number.isInteger(value)
    ? 'not_whole'
    : value < 0
      ? 'negative'
      : value > max
        ? 'too_big'
        : null;
  return kind === null ? null : { kind, figure: figure.id, value, max };
}

/** What stands in a report and cannot be, such as after the unit was counted anew. A hard limit has no «it is so». */
export function cannotBe(form: Form, report: Pick<Report, 'figures'> | null, unit: UnitLimits): Impossible[] {
  return form.figures.flatMap((figure) => {
    const version = report?.figures[figure.id];
    if (!version || version.value === null || figure.kind === 'text' || figure.kind === 'link') return [];
    return impossible(figure, version.value, unit, version.detail) ?? [];
  });
}

function impossibleRatio(
  figure: FigureDef,
  { numerator, denominator }: RatioDetail,
  max: number,
): Impossible | null {
  for (const part of [denominator, numerator]) {
    if (part === null) continue;
    const bound = part === numerator && denominator !== null ? Math.min(denominator, max) : max;
    const kind = !Number.isInteger(part)
      ? 'not_whole'
      : part < 0
        ? 'negative'
        : part > bound
          ? 'too_big'
          : null;
    if (kind !== null) return { kind, figure: figure.id, value: part, max: bound };
  }
  return null;
}

/** The values known so far, by figure; null for one said to be missing. */
export type KnownValues = Readonly<Record<string, number | null | undefined>>;

/** Every rule of the form that refuses, whose two figures are both known, and that fails. `about` narrows it to rules that name this figure. */
export function contradictions(form: Form, known: KnownValues, about?: string): Contradiction[] {
  return failing(
    form.checks.filter((check) => !check.asks),
    known,
    about,
  );
}

/** The same of the rules that only ask. */
export function doubts(form: Form, known: KnownValues, about?: string): Contradiction[] {
  return failing(
    form.checks.filter((check) => check.asks),
    known,
    about,
  );
}

function failing(checks: readonly FigureCheck[], known: KnownValues, about?: string): Contradiction[] {
  const failed: Contradiction[] = [];
  for (const check of checks) {
    if (about !== undefined && check.left !== about && check.right !== about) continue;
    const left = known[check.left];
    const right = known[check.right];
    if (typeof left !== 'number' || typeof right !== 'number') continue;
    if (!holds(check.op, left, right)) failed.push({ kind: 'contradiction', check, left, right });
  }
  return failed;
}

function holds(op: FigureCheck['op'], left: number, right: number): boolean {
  switch (op) {
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case 'needs':
      return left === 0 || right > 0;
  }
}

/** An answer in its one proper shape: a reported 0 is `zero`, a zero is 0, and what has no value has null. Null when it contradicts itself. */
export function normalAnswer(answer: FigureAnswer): FigureAnswer | null {
  switch (answer.status) {
    case 'reported':
    case 'zero':
      if (answer.value === null) return answer.status === 'zero' ? { ...answer, value: 0 } : null;
      if (answer.status === 'zero' && answer.value !== 0) return null;
      return {
        ...answer,
        value: answer.value === 0 ? 0 : answer.value,
        status: answer.value === 0 ? 'zero' : 'reported',
      };
    case 'missing':
    case 'not_applicable':
      return answer.value === null ? answer : null;
  }
}

export interface ReviewFacts {
  readonly form: Form;
  readonly figure: FigureDef;
  readonly value: number;
  readonly unit: UnitLimits;
  /** The other figures of the same report, as far as they are known. */
  readonly known: KnownValues;
  /** Counted values of this unit in the months before, the last month first. */
  readonly history: readonly number[];
}

/** What to do with a value just given: take it, ask whether it is meant (`odd`, with how firmly to ask), or refuse it. */
export type Review =
  | { readonly verdict: 'accept' }
  | { readonly verdict: 'odd'; readonly oddity: Oddity }
  /** Possible, but not beside another figure that is known: asked about. */
  | { readonly verdict: 'doubt'; readonly because: Contradiction }
  | { readonly verdict: 'refuse'; readonly because: Impossible | Contradiction };

/** Everything that can be said about one value at the moment it is given. The first reason to refuse wins over any oddity. */
export function review(facts: ReviewFacts): Review {
  const { form, figure, value, unit } = facts;
  const cannot = impossible(figure, value, unit);
  if (cannot) return { verdict: 'refuse', because: cannot };
  const known = { ...facts.known, [figure.id]: value };
  const [contradiction] = contradictions(form, known, figure.id);
  if (contradiction) return { verdict: 'refuse', because: contradiction };
  const [doubt] = doubts(form, known, figure.id);
  if (doubt) return { verdict: 'doubt', because: doubt };
  const oddity = judgeAgainstHistory(figure, value, facts.history);
  return oddity ? { verdict: 'odd', oddity } : { verdict: 'accept' };
}

/** How many people and households there are where a unit reports from: what bounds its figures. Pure. */

/**
 * The unit with its size as far as it is known: its own number; of the province, else the sum of its communes when every
 * one of them is known; of an agency, that of the province it serves. Villages are never summed: their list may not be
 * whole, and a commune is no smaller for it. Null stays null.
 */
export function withSize(units: UnitsView, unit: Unit, day: string): Unit {
  if (unit.level === 'agency') {
    const above = unit.parent === null ? null : units.get(unit.parent, day);
    if (!above) return unit;
    const { adults, households, population } = withSize(units, above, day);
    return { ...unit, adults, households, population };
  }
  if (unit.level !== 'province') return unit;
  const communes = units.children(unit.code, day).filter(({ level }) => level === 'commune');
  const size = (of: 'adults' | 'households' | 'population'): number | null =>
    unit[of] ?? sumOf(communes.map((each) => each[of]));
  return { ...unit, adults: size('adults'), households: size('households'), population: size('population') };
}

function sumOf(parts: readonly (number | null)[]): number | null {
  if (parts.length === 0) return null;
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}
