import { nextDay } from '../kernel/work-calendar';
import { holdsOn } from './days';
import type { UnitSpan } from './unit';

/** What a row of a sheet says of a unit. A null was not said: what is known stays. */
export interface SaidOfUnit {
  readonly name: string;
  readonly kind: string;
  readonly parent: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly adults: number | null;
  readonly households: number | null;
  readonly population: number | null;
  /** Codes that follow it after `validTo`; absent: not said. */
  readonly mergedInto?: readonly string[];
}

/** `reason` is a key under `import:reason`. */
export type Merge =
  | { readonly spans: readonly UnitSpan[]; readonly changed: boolean }
  | { readonly reason: string };

/**
 * The unit's life with what a row says merged in. A new first day with other values begins a new span and ends the one
 * it falls into; the first day of a known span corrects that span; without a first day the only span is corrected, and
 * with several the row must match one. The same row merged again changes nothing. `begins` is the first day of a unit
 * not seen before when the row names none.
 */
export function mergeSpan(spans: readonly UnitSpan[], said: SaidOfUnit, begins: string): Merge {
  const first = spans[0];
  if (!first) {
    const made = { ...said, validFrom: said.validFrom ?? begins };
    return checked([made], true);
  }
  if (said.validFrom === null) {
    if (spans.some((span) => agrees(span, said))) return { spans, changed: false };
    return spans.length === 1 ? correct(spans, 0, said) : { reason: 'which_span' };
  }
  const { validFrom } = said;
  if (said.validTo !== null && said.validTo < validFrom) return { reason: 'ends_before_begin' };
  const same = spans.findIndex((span) => span.validFrom === validFrom);
  if (same !== -1) return correct(spans, same, said);

  const cut = spans.findIndex((span) => holdsOn(span, validFrom));
  const base = spans[cut];
  if (base) {
    if (agrees({ ...base, validTo: said.validTo }, said))
      return correct(spans, cut, { ...said, validFrom: base.validFrom });
    const next = { ...valuesOver(base, said), validFrom, validTo: said.validTo ?? base.validTo };
    const before = { ...base, validTo: nextDay(validFrom, -1) };
    if (leavesGap(next.validTo, base.validTo, spans[cut + 1])) return { reason: 'gap' };
    return checked([...spans.slice(0, cut), before, next, ...spans.slice(cut + 1)], true);
  }

  const after = spans.findIndex((span) => span.validFrom > validFrom);
  const following = spans[after];
  if (!following) return checked([...spans, { ...valuesOver(spans.at(-1) ?? first, said), validFrom }], true);
  if (said.validTo === null && agrees({ ...following, validTo: null }, said))
    return checked(replaced(spans, after, { ...following, validFrom }), true);
  const made = {
    ...valuesOver(following, said),
    validFrom,
    validTo: said.validTo ?? nextDay(following.validFrom, -1),
  };
  return checked([...spans.slice(0, after), made, ...spans.slice(after)], true);
}

function correct(spans: readonly UnitSpan[], at: number, said: SaidOfUnit): Merge {
  const old = spans[at] as UnitSpan;
  const made = {
    ...valuesOver(old, said),
    validFrom: old.validFrom,
    validTo: said.validTo ?? old.validTo,
  };
  if (agrees(old, said)) return { spans, changed: false };
  if (leavesGap(made.validTo, old.validTo, spans[at + 1])) return { reason: 'gap' };
  return checked(replaced(spans, at, made), true);
}

/** What the row says, and what it does not say from what is known. */
function valuesOver(base: UnitSpan, said: SaidOfUnit): Omit<UnitSpan, 'validFrom'> {
  return {
    name: said.name,
    kind: said.kind,
    parent: said.parent,
    validTo: said.validTo,
    adults: said.adults ?? base.adults,
    households: said.households ?? base.households,
    population: said.population ?? base.population,
    ...followers(said.mergedInto ?? base.mergedInto),
  };
}

function followers(codes: readonly string[] | undefined): Pick<UnitSpan, 'mergedInto'> {
  return codes === undefined ? {} : { mergedInto: codes };
}

/** Whether the span already is what the row says, its first day aside. */
function agrees(span: UnitSpan, said: SaidOfUnit): boolean {
  const keeps = <T>(known: T, told: T | null): boolean => told === null || told === known;
  return (
    span.name === said.name &&
    span.kind === said.kind &&
    span.parent === said.parent &&
    keeps(span.validTo, said.validTo) &&
    keeps(span.adults, said.adults) &&
    keeps(span.households, said.households) &&
    keeps(span.population, said.population) &&
    (said.mergedInto === undefined || said.mergedInto.join(' ') === (span.mergedInto ?? []).join(' '))
  );
}

/** Whether a last day moved by a row would leave days without the unit before its next span begins. */
function leavesGap(to: string | null, was: string | null, next: UnitSpan | undefined): boolean {
  return next !== undefined && to !== null && to !== was && nextDay(to, 1) < next.validFrom;
}

function replaced(spans: readonly UnitSpan[], at: number, made: UnitSpan): UnitSpan[] {
  return spans.map((span, i) => (i === at ? made : span));
}

/** Spans must end before the next begins, and not before they begin. Only the end of the last one is an end of the unit, with followers. */
function checked(spans: readonly UnitSpan[], changed: boolean): Merge {
  for (const [i, span] of spans.entries()) {
    if (span.validTo !== null && span.validTo < span.validFrom) return { reason: 'ends_before_begin' };
    const next = spans[i + 1];
    if (next && (span.validTo === null || span.validTo >= next.validFrom)) return { reason: 'overlap' };
  }
  return {
    spans: spans.map((span, i) => (i === spans.length - 1 && span.validTo !== null ? span : alone(span))),
    changed,
  };
}

function alone({ mergedInto: _none, ...span }: UnitSpan): UnitSpan {
  return span;
}

/** Whether the spans leave no day of `from`…`to` (null: for ever) without one. */
export function covers(spans: readonly UnitSpan[], from: string, to: string | null): boolean {
  let day = from;
  for (const span of spans) {
    if (!holdsOn(span, day)) continue;
    if (span.validTo === null || (to !== null && to <= span.validTo)) return true;
    day = nextDay(span.validTo, 1);
  }
  return false;
}
