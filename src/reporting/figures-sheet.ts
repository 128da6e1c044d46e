import { foldText } from '../kernel/vn-text';
import { readCode, readCount, readDay } from '../org/import/import-values';
import { refusal, type Refusal, type Sheet, type SheetRow } from '../org/import/sheet';
import type { Unit } from '../org/unit';
import { type FigureDef, type Form, takes } from './form';
import type { FigureAnswer } from './report-effect';
import { impossible, withSize } from './validation';
import type { UnitsView } from './units-view';
import { ratioAnswer, textAnswer, yesNoAnswer } from './values';

/** A sheet of figures → what each unit says. Pure; what cannot be read surely is refused with its row and never guessed. */

export const FIGURE_COLUMNS = [
  ...['unit_code', 'figure', 'value', 'numerator', 'denominator', 'as_of', 'source'],
] as const;
export const FIGURE_COLUMNS_REQUIRED = ['unit_code', 'figure'] as const;

/** What people call the columns, without marks. */
export const FIGURE_COLUMN_NAMES: Readonly<Record<string, string>> = {
  ma_don_vi: 'unit_code',
  don_vi: 'unit_code',
  chi_tieu: 'figure',
  gia_tri: 'value',
  so_lieu: 'value',
  tu_so: 'numerator',
  mau_so: 'denominator',
  den_ngay: 'as_of',
  nguon: 'source',
};

/** Names that stand for a code or an id where one person sends a sheet; null: none, or more than one could be meant. */
export interface SheetNames {
  unit(name: string): string | null;
  figure(form: string, name: string): string | null;
}

export interface FigureRow {
  readonly row: number;
  readonly unit: string;
  readonly answer: FigureAnswer;
}

interface Around {
  readonly form: Form;
  /** The day whose tree of units answers for the period. */
  readonly day: string;
  readonly units: UnitsView;
  /** Names the source of a share whose row names none. */
  readonly sheet: string;
  /** Absent: codes and ids alone are read. */
  readonly names?: SheetNames;
  /** The units that owe it, where they were chosen. Absent: all of its level. */
  readonly audience?: ReadonlySet<string>;
}

type Read = { readonly answer: FigureAnswer } | { readonly reason: string; readonly vars?: Refusal['vars'] };

/** Every row read; a figure that a unit has in two rows is refused. */
export function readFigureRows(sheet: Sheet, around: Around): { rows: FigureRow[]; refused: Refusal[] } {
  const codes = codesOf(around);
  const rows: FigureRow[] = [];
  const refused: Refusal[] = [];
  const seen = new Map<string, number>();
  for (const row of sheet.rows) {
    const read = readRow(row, codes, around);
    if ('reason' in read) {
      refused.push(refusal(row.row, read.reason, read.vars));
      continue;
    }
    const key = `${read.unit}/${read.answer.figure}`;
    const other = seen.get(key);
    if (other !== undefined) refused.push(refusal(row.row, 'figure_twice', { other }));
    else rows.push({ row: row.row, ...read });
    seen.set(key, other ?? row.row);
  }
  return { rows, refused };
}

/** Every unit of the day by its code. */
function codesOf({ units, day }: Pick<Around, 'units' | 'day'>): Map<string, Unit> {
  const all = units.roots(day).flatMap((root) => units.within(root.code, day));
  return new Map(all.map((unit) => [unit.code, unit]));
}

function readRow(
  row: SheetRow,
  codes: ReadonlyMap<string, Unit>,
  around: Around,
): { readonly unit: string; readonly answer: FigureAnswer } | Exclude<Read, { answer: FigureAnswer }> {
  const { form } = around;
  const unit = unitOf(row, codes, around);
  if ('reason' in unit) return unit;
  if (!takes(form, unit) || around.audience?.has(unit.code) === false)
    return { reason: 'unit_not_of_form', vars: { code: unit.code, form: form.id } };
  const named = row.cells['figure'] ?? '';
  const figure = figureCalled(form, named, around.names);
  if (!figure) return { reason: 'figure_unknown', vars: { value: named, form: form.id } };
  const read = readAnswer(row, figure, around.sheet);
  if ('reason' in read) return read;
  const { answer } = read;
  const fault =
    answer.value === null
      ? null
      : impossible(figure, answer.value, withSize(around.units, unit, around.day), answer.detail);
  if (fault) return { reason: 'figure_impossible', vars: { value: fault.value, max: fault.max } };
  return { unit: unit.code, answer };
}

function unitOf(
  row: SheetRow,
  codes: ReadonlyMap<string, Unit>,
  { names }: Pick<Around, 'names'>,
): Unit | { readonly reason: string; readonly vars: Refusal['vars'] } {
  const value = row.cells['unit_code'] ?? '';
  const named = codes.get(names?.unit(value) ?? '');
  if (named) return named;
  const code = readCode(row, 'unit_code', codes);
  if ('reason' in code && names) return { reason: 'place_unknown', vars: { value } };
  if ('reason' in code) return { reason: code.reason, vars: { value, column: 'unit_code' } };
  return codes.get(code.value) ?? { reason: 'unit_unknown', vars: { value } };
}

function figureCalled(form: Form, name: string, names: SheetNames | undefined): FigureDef | undefined {
  const id = names?.figure(form.id, name) ?? name;
  return form.figures.find((figure) => figure.id === id);
}

/** The forms to which most of the rows belong, by figure and level of the unit; empty: no row belongs to any. */
export function formsOfRows(
  sheet: Sheet,
  forms: Iterable<Form>,
  around: Omit<Around, 'form' | 'sheet'>,
): string[] {
  const codes = codesOf(around);
  const counted = [...forms].map((form) => {
    const fits = sheet.rows.filter((row) => {
      const unit = unitOf(row, codes, around);
      const figure = figureCalled(form, row.cells['figure'] ?? '', around.names);
      return !('reason' in unit) && figure !== undefined && takes(form, unit);
    });
    return { id: form.id, rows: fits.length };
  });
  const most = Math.max(0, ...counted.map(({ rows }) => rows));
  return most === 0 ? [] : counted.filter(({ rows }) => rows === most).map(({ id }) => id);
}

const MISSING = ['missing', 'chua co'];

function readAnswer(row: SheetRow, figure: FigureDef, sheet: string): Read {
  const cell = (name: string): string => row.cells[name] ?? '';
  const value = cell('value');
  if (MISSING.includes(foldText(value)))
    return { answer: { figure: figure.id, value: null, status: 'missing' } };
  switch (figure.kind) {
    case 'count':
      return readCountOf(figure.id, value);
    case 'ratio':
      return readRatioOf(figure.id, row, sheet);
    case 'yes_no':
      return readYesNo(figure.id, value);
    case 'text':
    case 'link':
      if (value === '' && figure.mayBeEmpty !== true) return empty('value');
      return { answer: textAnswer(figure.id, figure.kind, value) };
    case 'entries':
      return { reason: 'figure_not_in_sheet', vars: { value: figure.id } };
  }
}

function empty(column: string): Read {
  return { reason: 'cell_empty', vars: { column } };
}

function readCountOf(figure: string, text: string): Read {
  const read = readCount(text);
  if ('reason' in read) return { reason: read.reason, vars: { value: text, column: 'value' } };
  if (read.value === null) return empty('value');
  return { answer: { figure, value: read.value, status: read.value === 0 ? 'zero' : 'reported' } };
}

const YES = ['co', 'roi', 'da co', 'yes', 'true', 'x', '1'];
const NO = ['khong', 'chua', 'no', 'false', '0'];

function readYesNo(figure: string, text: string): Read {
  const said = foldText(text);
  if (YES.includes(said)) return { answer: yesNoAnswer(figure, true) };
  if (NO.includes(said)) return { answer: yesNoAnswer(figure, false) };
  return said === '' ? empty('value') : { reason: 'yes_no_bad', vars: { value: text } };
}

/** A share is taken with both its parts and its day; a quotient alone could be checked by nobody. */
function readRatioOf(figure: string, row: SheetRow, sheet: string): Read {
  const parts: number[] = [];
  for (const column of ['numerator', 'denominator']) {
    const text = row.cells[column] ?? '';
    const read = readCount(text);
    if ('reason' in read) return { reason: read.reason, vars: { value: text, column } };
    if (read.value === null) return empty(column);
    parts.push(read.value);
  }
  const asOf = readDay(row.cells['as_of'] ?? '');
  if ('reason' in asOf)
    return { reason: asOf.reason, vars: { value: row.cells['as_of'] ?? '', column: 'as_of' } };
  if (asOf.value === null) return empty('as_of');
  const [numerator = 0, denominator = 0] = parts;
  if (denominator === 0) return { reason: 'denominator_zero' };
  const source = row.cells['source'] || sheet;
  return { answer: ratioAnswer(figure, { numerator, denominator, asOf: asOf.value, source }) };
}
