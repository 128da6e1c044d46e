import type { AuditWords } from '../../src/audit/entry';
import type { UnitLevel, UnitRecord, UnitSpan } from '../../src/org/unit';

/** The tree of units reckoned from nothing but entries of the audit, in the order of the chain. */
type Entry = Pick<AuditWords, 'act'> & { readonly after?: unknown };
type After = Readonly<Record<string, { readonly level: UnitLevel; readonly spans: readonly UnitSpan[] }>>;

export function unitsOutOf(entries: readonly Entry[]): UnitRecord[] {
  const units = new Map<string, UnitRecord>();
  for (const { act, after } of entries) {
    if (act !== 'units.known' && act !== 'units.changed') continue;
    for (const [code, { level, spans }] of Object.entries(after as After))
      // What was loaded says how it began, whenever it was noted.
      if (act === 'units.changed' || !units.has(code))
        units.set(code, { code, level, spans: spans.map(asStored) });
  }
  return [...units.values()];
}

function asStored({ mergedInto, ...span }: UnitSpan): UnitSpan {
  return mergedInto ? { ...span, mergedInto } : span;
}
