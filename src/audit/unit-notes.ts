import type { OrgRepo } from '../org/org.repo';
import type { UnitChangeDoc, UnitDoc } from '../org/org.model';
import type { UnitSpan } from '../org/unit';
import { groupBy } from '../kernel/lists';
import { digestOf, type Plain } from '../kernel/canonical-json';
import { vnInstant } from '../kernel/vn-time';
import type { AuditNote } from './entry';
import type { AuditSource } from './audit.service';

/**
 * The tree of units, out of the units themselves: as it was loaded, and every change since, so that sums can be reckoned
 * from the audit alone. What changed together under one parent is one entry, of that parent.
 */

/** A unit as one change left it. */
interface Step {
  readonly code: string;
  readonly level: UnitDoc['level'];
  /** Null: it was loaded, nobody changed it. */
  readonly change: UnitChangeDoc | null;
  readonly was: readonly UnitSpan[] | null;
  readonly is: readonly UnitSpan[];
}

/** How each unit came to be as it is, oldest first: what was loaded, if it was, then its changes. */
function stepsOf({ _id: code, level, spans, log = [] }: UnitDoc): Step[] {
  const loaded = log.length === 0 ? spans : log[0]?.was;
  const changes = log.map((change, i): Step => {
    const next = log[i + 1];
    return { code, level, change, was: change.was, is: (next ? next.was : spans) ?? [] };
  });
  return loaded ? [{ code, level, change: null, was: null, is: loaded }, ...changes] : changes;
}

/** `units.known` of what was loaded, `units.changed` of each change; made again of the same units they are the same notes. */
export function notesOfUnits(units: readonly UnitDoc[]): AuditNote[] {
  const together = groupBy(
    units.flatMap(stepsOf),
    ({ code, change, is }) => `${change?.id ?? ''} ${is[0]?.parent ?? code}`,
  );
  return [...together.values()].map((steps) => {
    const [{ code, change, is }] = steps as [Step, ...Step[]];
    const unit = is[0]?.parent ?? code;
    const after = plainOf(steps.map((step) => [step, step.is]));
    const before = plainOf(steps.flatMap((step) => (step.was ? [[step, step.was] as const] : [])));
    const about = { unit, subject: 'units', before: Object.keys(before).length > 0 ? before : null, after };
    // Its content belongs to its id: what was noted half-done is noted whole as well.
    const id = `units:${change?.id ?? 'known'}:${unit}:${digestOf(after).slice(-16)}`;
    return change
      ? { ...{ id, at: change.at, act: 'units.changed', by: change.by, ...about }, eventId: eventOf(change) }
      : { id, at: beganOn(steps), act: 'units.known', by: null, ...about };
  });
}

function plainOf(units: readonly (readonly [Step, readonly UnitSpan[]])[]): {
  readonly [code: string]: Plain;
} {
  return Object.fromEntries(
    units.map(([{ code, level }, spans]) => [
      code,
      { level, spans: spans.map((span): Plain => ({ ...span, mergedInto: span.mergedInto ?? null })) },
    ]),
  );
}

/** The first day of any of them: before everything that can be said of them. */
function beganOn(steps: readonly Step[]): Date {
  const days = steps.flatMap(({ is }) => is[0]?.validFrom ?? []).sort();
  const [year, month, day] = (days[0] as string).split('-').map(Number) as [number, number, number];
  return vnInstant(year, month, day);
}

function eventOf({ id, by }: UnitChangeDoc): string | null {
  return by === null ? null : id.slice(0, Math.max(0, id.lastIndexOf(':'))) || null;
}

/** Looks at the units when the program begins, and whenever one of them has changed. */
export function unitSource(repo: Pick<OrgRepo, 'revision' | 'unitsWithChanges'>): AuditSource {
  let looked = false;
  return {
    name: 'units',
    async since(mark) {
      const { units } = await repo.revision();
      // A change whose writer died before it could tell of it is found at the next start.
      if (looked && mark === units) return { notes: [], mark, more: false };
      const notes = notesOfUnits(await repo.unitsWithChanges());
      looked = true;
      return { notes, mark: units, more: false };
    },
  };
}
