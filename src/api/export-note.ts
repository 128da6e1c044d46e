import type { AuditNote } from '../audit/entry';
import { digestOf } from '../kernel/canonical-json';
import { vnDay } from '../kernel/vn-time';
import type { ApiCaller } from './tokens';

/**
 * Figures that a neighbouring system took: one entry a day for each of its tokens and each thing it asked for, of the unit
 * the token is bound to.
 */
export function exportNote(
  { name: token, unit }: ApiCaller,
  subject: string,
  asked: Readonly<Record<string, string | undefined>>,
  at: Date,
): AuditNote {
  const said = Object.fromEntries(
    Object.entries(asked).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const after = { token, ...said };
  const id = `export:${vnDay(at)}:${digestOf({ subject, ...after }).slice(-24)}`;
  return { id, at, act: 'figures.exported', by: null, unit, subject, after };
}
