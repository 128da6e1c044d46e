import { foldText } from '../kernel/vn-text';
import { keptAsBefore } from './line-rest';
import type { LineFigure, LineReading } from './line';
import { readFigure } from './number';

/**
 * «Tháng này nghỉ gặt không học buổi nào», «không có lớp nào, số người vẫn thế» where no figure is open: none of the one
 * that is named, as before where that is said, and nothing of the others. What stands is asked about first. Null: a part
 * of it says something else.
 */
export function noneHeld(text: string, figures: readonly LineFigure[]): LineReading[] | null {
  if (/\d|\?\s*$/.test(text)) return null;
  const clauses = text.split(/[,;\n]/).filter((clause) => clause.trim() !== '');
  const whole = noneOf(text, figures);
  if (whole) return [whole];
  const read = clauses.map((clause) => noneOf(clause, figures) ?? sameOf(clause, figures));
  const all = read.filter((one) => one !== null);
  const distinct = new Set(all.map(({ figure }) => figure)).size === all.length;
  const none = all.some(({ reading }) => reading.kind !== 'same');
  return none && distinct && all.length === clauses.length ? all : null;
}

/** «Buổi nào», «hộ nào»: «không có ai» may be of any figure. */
const NAMES_ONE = /(?:^| )(?:buoi|lop|ho|nha)(?: [a-z]+)? nao(?: |$)/;

function noneOf(clause: string, figures: readonly LineFigure[]): LineReading | null {
  if (!NAMES_ONE.test(foldText(clause))) return null;
  const none = figures.filter(
    ({ measure, nature, last, asked }) =>
      asked !== false && readFigure(clause, { measure, nature, last }).kind === 'nothing',
  );
  const [only] = none;
  if (!only || none.length > 1) return null;
  const reading = only.given
    ? ({ kind: 'confirm', value: 0, why: 'correction' } as const)
    : ({ kind: 'nothing' } as const);
  return { figure: only.id, reading };
}

function sameOf(clause: string, figures: readonly LineFigure[]): LineReading | null {
  const id = keptAsBefore(clause.trim(), figures);
  return id === null ? null : { figure: id, reading: { kind: 'same' } };
}
