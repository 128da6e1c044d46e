import { nextDay } from '../kernel/work-calendar';
import { UNIT_COLUMNS } from './import/import-units';
import type { Sheet, SheetRow } from './import/sheet';
import type { UnitTree } from './units';
import type { Unit } from './unit';

/**
 * Villages that become one, become part of another, or are divided, from a day on: what is said in chat as the rows of the
 * sheet that would say the same, so that both are judged by the same rules. Pure.
 */
export interface UnitChange {
  /** The commune that all of them lie in. */
  readonly commune: string;
  /** The first day of what follows, `YYYY-MM-DD`. */
  readonly day: string;
  /** Codes of the villages that last until the day before. */
  readonly ending: readonly string[];
  /** Villages that begin with the day. */
  readonly beginning: readonly { readonly code: string; readonly name: string; readonly kind: string }[];
  /** Codes that follow those that end: one after a merger, two or more after a split. */
  readonly into: readonly string[];
}

/** The codes of the next villages of a commune, after all it ever had: `07210-13`, `07210-14`. */
export function nextCodes(tree: UnitTree, commune: string, count: number): string[] {
  const own = new RegExp(`^${commune}-(\\d+)$`);
  const last = Math.max(0, ...tree.everWithin(commune).map((code) => Number(own.exec(code)?.[1] ?? 0)));
  return Array.from({ length: count }, (_, i) => `${commune}-${String(last + 1 + i).padStart(2, '0')}`);
}

/** The rows of a sheet of units that do it. */
export function sheetOf(tree: UnitTree, { commune, day, ending, beginning, into }: UnitChange): Sheet {
  const begins = beginning.map(({ code, name, kind }) => ({
    ...{ code, level: 'village', name, kind, parent_code: commune, valid_from: day },
  }));
  const ends = ending.flatMap((code) => {
    const last = tree.spansOf(code).at(-1);
    return last ? [{ ...valuesOf(last), valid_to: nextDay(day, -1), merged_into: into.join(' ') }] : [];
  });
  const rows = [...begins, ...ends].map((cells, i): SheetRow => ({ row: i + 1, cells, numbers: new Set() }));
  return { columns: [...UNIT_COLUMNS], rows };
}

function valuesOf({ code, level, name, kind, parent, validFrom }: Unit): Record<string, string> {
  return { code, level, name, kind, parent_code: parent ?? '', valid_from: validFrom };
}
