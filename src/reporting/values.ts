import { isDeepStrictEqual } from 'node:util';
import type { FigureDef } from './form';
import type { FigureDetail, FigureVersion } from './report';
import type { FigureAnswer } from './report-effect';

/** Values of every kind: how one is made out of what was said, compared, and told to the outside. Pure. */

/** The quotient of a ratio, 4 decimals; null when a part is missing or there is nothing to divide by. */
export function quotient(numerator: number | null, denominator: number | null): number | null {
  if (numerator === null || denominator === null || denominator === 0) return null;
  return Math.round((numerator / denominator) * 10_000) / 10_000;
}

export type RatioDetail = Extract<FigureDetail, { kind: 'ratio' }>;
export type RatioParts = Omit<RatioDetail, 'kind'>;

/** A ratio as an answer. Without both parts it is `missing`: a share nobody can check is no figure. */
export function ratioAnswer(figure: string, parts: RatioParts): FigureAnswer {
  const detail: RatioDetail = { kind: 'ratio', ...parts };
  const value = quotient(parts.numerator, parts.denominator);
  if (value === null) return { figure, value: null, detail, status: 'missing' };
  return { figure, value, detail, status: value === 0 ? 'zero' : 'reported' };
}

export function yesNoAnswer(figure: string, yes: boolean): FigureAnswer {
  return { figure, value: yes ? 1 : 0, status: yes ? 'reported' : 'zero' };
}

/** A text or link; an empty one says that there is nothing to say. */
export function textAnswer(figure: string, kind: 'text' | 'link', text: string): FigureAnswer {
  const trimmed = text.normalize('NFC').trim();
  if (trimmed === '') return { figure, value: 0, status: 'zero', detail: { kind, text: '' } };
  return { figure, value: 1, status: 'reported', detail: { kind, text: trimmed } };
}

export type EntryRow = Extract<FigureDetail, { kind: 'entries' }>['rows'][number];

export function entriesAnswer(figure: string, rows: readonly EntryRow[]): FigureAnswer {
  const status = rows.length === 0 ? 'zero' : 'reported';
  return { figure, value: rows.length, status, detail: { kind: 'entries', rows } };
}

/** What of a value adds up: of a ratio the numerator. */
export function amountOf({ value, detail }: Pick<FigureVersion, 'value' | 'detail'>): number | null {
  return detail?.kind === 'ratio' ? detail.numerator : value;
}

/** What a ratio is divided by; null for every other kind. */
export function wholeOf({ detail }: Pick<FigureVersion, 'detail'>): number | null {
  return detail?.kind === 'ratio' ? detail.denominator : null;
}

/** Whether two say the same, parts and words included. */
export function sameValue(
  a: Pick<FigureVersion, 'value' | 'status' | 'detail'>,
  b: Pick<FigureAnswer, 'value' | 'status' | 'detail'>,
): boolean {
  return a.value === b.value && a.status === b.status && isDeepStrictEqual(a.detail, b.detail);
}

/** Whether the detail is that of the figure's kind; a count and a yes or no have none. */
export function detailFits(figure: FigureDef, detail: FigureDetail | undefined): boolean {
  if (figure.kind === 'count' || figure.kind === 'yes_no') return detail === undefined;
  return detail?.kind === figure.kind;
}

/** The value in the shape of the figure's kind, as the API promises it: a number, true or false, a string, a list. */
export function valueOfKind(
  figure: FigureDef,
  version: Pick<FigureVersion, 'value' | 'detail'>,
): number | boolean | string | readonly EntryRow[] | null {
  const { value, detail } = version;
  if (value === null) return null;
  if (figure.kind === 'yes_no') return value === 1;
  if (detail?.kind === 'text' || detail?.kind === 'link') return detail.text;
  return detail?.kind === 'entries' ? detail.rows : value;
}
