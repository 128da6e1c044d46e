import type { AuditService } from '../audit/audit.service';
import { sha256Hex, type UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { readSheet, refusal, type Refusal } from '../org/import/sheet';
import {
  FIGURE_COLUMN_NAMES,
  FIGURE_COLUMNS,
  FIGURE_COLUMNS_REQUIRED,
  formsOfRows,
  readFigureRows,
  type FigureRow,
  type SheetNames,
} from './figures-sheet';
import { FORMS, formOf } from './forms';
import { dayOfPeriod } from './periods';
import type { Report } from './report';
import type { ReportEffect, ReportOutcome } from './report-effect';
import type { ReportsService } from './reports.service';
import type { SheetsRepo } from './sheets.repo';
import type { UnitsView } from './units-view';

/**
 * A sheet of figures for many units: read, shown as what would come of it, and written all or not at all. The same sheet
 * read in again changes nothing, and completes what a crash cut short.
 */
export interface FiguresSheet {
  readonly bytes: Buffer;
  readonly name: string;
  readonly form: string;
  readonly period: string;
  /** Null: at the program's machine; then every sheet speaks for itself. */
  readonly by: UserKey | null;
  readonly at: Date;
  /** Whether the reader may write for the unit; a row of any other is refused. Absent: for every one. */
  readonly mayWriteFor?: (unit: string) => boolean;
  /** What else may stand for codes and ids. Absent: nothing. */
  readonly names?: SheetNames;
}

export interface FiguresPlan {
  readonly digest: string;
  readonly read: number;
  /** Units of which it says something. */
  readonly units: number;
  /** Figures that a unit did not have. */
  readonly created: number;
  /** Figures that differ from what was sent and stand beside it. */
  readonly beside: number;
  readonly unchanged: number;
  readonly refused: readonly Refusal[];
  readonly ignored: readonly string[];
  /** One for each unit; empty when a row is refused. */
  readonly effects: readonly ImportEffect[];
  /** Units that hear of it. */
  readonly told: readonly string[];
}

type ImportEffect = Extract<ReportEffect, { kind: 'report.import' }>;

export interface FiguresImportDeps {
  readonly reports: Pick<ReportsService, 'preview' | 'apply' | 'times' | 'timesAbove'>;
  readonly units: () => UnitsView;
  readonly sheets: SheetsRepo;
  readonly audit: Pick<AuditService, 'note'>;
}

/** Reasons of a refused effect that have words of their own under `import:reason`. */
const REASONS: readonly string[] = ['not_open', 'other_value', 'undecided', 'contradiction'];

export class FiguresImport {
  constructor(private readonly deps: FiguresImportDeps) {}

  /** What would come of the sheet. Throws `not_found` for an unknown form, `bad_request` for a period that is not of its kind. */
  async plan(sheet: FiguresSheet): Promise<FiguresPlan> {
    const form = formOf(sheet.form);
    const times = this.deps.reports.times(form.id, sheet.period);
    const { audience } = times;
    const day = dayOfPeriod(times);
    const digest = `sha256:${sha256Hex(sheet.bytes)}`;
    const found = await readFigureSheet(sheet.bytes);
    const base = { digest, read: found.sheet.rows.length, ignored: found.ignored };
    const nothing = { ...base, units: 0, created: 0, beside: 0, unchanged: 0, effects: [], told: [] };
    if (found.refused.length > 0) return { ...nothing, refused: found.refused };
    if (found.sheet.rows.length === 0) return { ...nothing, refused: [refusal(0, 'empty_file')] };
    const around = {
      ...{ form, day, units: this.deps.units(), sheet: sheet.name },
      ...(sheet.names ? { names: sheet.names } : {}),
      ...(audience ? { audience } : {}),
    };
    const { rows, refused } = readFigureRows(found.sheet, around);
    const all = { created: 0, beside: 0, unchanged: 0, effects: [] as ImportEffect[] };
    const byUnit = groupBy(rows, (row) => row.unit);
    for (const [unit, said] of byUnit) {
      if (sheet.mayWriteFor?.(unit) === false)
        refused.push(...said.map(({ row }) => refusal(row, 'unit_not_yours', { code: unit })));
      else refused.push(...(await this.planUnit(sheet, digest, unit, said, all)));
    }
    if (refused.length > 0) return { ...nothing, refused: [...refused].sort((a, b) => a.row - b.row) };
    // Past the lock of whoever is above it is history, of which no unit hears.
    const { aboveLockAt } = this.deps.reports.timesAbove(form.id, sheet.period);
    const told = sheet.at < aboveLockAt ? all.effects.map(({ key }) => key.unit) : [];
    return { ...base, units: byUnit.size, ...all, told, refused: [] };
  }

  /** The forms that the sheet can be of, as units stand on `day`; why it cannot be read, where it cannot. */
  async formsOf(
    bytes: Buffer,
    day: string,
    names: SheetNames,
  ): Promise<{ readonly forms: readonly string[]; readonly refused: readonly Refusal[] }> {
    const { sheet, refused } = await readFigureSheet(bytes);
    if (refused.length > 0 || sheet.rows.length === 0)
      return { forms: [], refused: refused.length > 0 ? refused : [refusal(0, 'empty_file')] };
    return { forms: formsOfRows(sheet, FORMS.values(), { day, units: this.deps.units(), names }), refused };
  }

  /** Writes what the plan says, then lets the running program know. */
  async apply(sheet: Omit<FiguresSheet, 'bytes'>, plan: FiguresPlan): Promise<void> {
    for (const effect of plan.effects) await this.deps.reports.apply(effect);
    const { form, period, by, at, name } = sheet;
    const { digest, created, beside, unchanged } = plan;
    const id = `${digest}:${form}:${period}`;
    await this.deps.audit.note({
      ...{ id: `sheet:${id}`, at, act: 'figures.imported', by, unit: null, subject: `${form}/${period}` },
      after: { sheet: digest, rows: plan.read, created, beside, unchanged },
    });
    const doc = { _id: id, name, digest, form, period, by: by ?? sheetKey(digest), at };
    await this.deps.sheets.add({ ...doc, units: [...plan.told] });
  }

  private async planUnit(
    { form, period, by, at, name }: FiguresSheet,
    digest: string,
    unit: string,
    said: readonly FigureRow[],
    all: { created: number; beside: number; unchanged: number; effects: ImportEffect[] },
  ): Promise<Refusal[]> {
    const key = { form, period, unit };
    const short = digest.slice('sha256:'.length, 'sha256:'.length + 20);
    const effect: ImportEffect = {
      ...{ kind: 'report.import', id: `sheet-${short}:${form}/${period}/${unit}`, key },
      ...{ by: by ?? sheetKey(digest), onBehalf: true, at, eventId: `sheet-${short}` },
      ...{ figures: said.map(({ answer }) => answer), sheet: name },
    };
    const outcome = await this.deps.reports.preview([effect]);
    const why = refusedWhy(outcome);
    if (why !== null) {
      const blamed = await this.blamed(effect, said, why);
      return blamed.map(({ row, answer }) =>
        refusal(row, REASONS.includes(why) ? why : 'figure_bad', {
          ...{ code: unit, value: answer.value ?? '', figure: answer.figure },
          known: outcome.report?.figures[answer.figure]?.value ?? '',
        }),
      );
    }
    if (outcome.outcome === 'already') {
      all.unchanged += said.length;
      return [];
    }
    const after = outcome.report as Report;
    for (const { answer } of said) {
      if (after.figures[answer.figure]?.effectId === effect.id) all.created += 1;
      else if (after.seconds[answer.figure]?.effectId === effect.id) all.beside += 1;
      else all.unchanged += 1;
    }
    all.effects.push(effect);
    return [];
  }

  /** The rows that are refused by themselves; all of the unit's, when none is. */
  private async blamed(
    effect: ImportEffect,
    said: readonly FigureRow[],
    why: string,
  ): Promise<readonly FigureRow[]> {
    const guilty: FigureRow[] = [];
    for (const row of said) {
      const alone = await this.deps.reports.preview([{ ...effect, figures: [row.answer] }]);
      if (refusedWhy(alone) === why) guilty.push(row);
    }
    return guilty.length > 0 ? guilty : said;
  }
}

function readFigureSheet(bytes: Buffer): ReturnType<typeof readSheet> {
  return readSheet(bytes, FIGURE_COLUMNS, FIGURE_COLUMNS_REQUIRED, FIGURE_COLUMN_NAMES);
}

/** Whoever speaks through a sheet read in at the machine. */
function sheetKey(digest: string): UserKey {
  return `sheet:${digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
}

function refusedWhy(outcome: ReportOutcome): string | null {
  if (outcome.outcome === 'refused') return outcome.why;
  return outcome.outcome === 'locked' ? 'locked' : null;
}
