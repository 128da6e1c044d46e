import type { Item } from './items';
import type { FigureContext, NumberReading } from './number';
import { fitsMeasure, type Said } from './said';
import type { Role } from './lexicon-words';

/**
 * Sums that people write out instead of adding them up: «20+25+30», «40 nam 60 nữ», «3 buổi mỗi buổi 20 người», «20
 * người x 3 buổi». Computed, and confirmed before anything is stored. Null: none of these.
 */
export function readSum(said: Said, context: FigureContext, text: string): NumberReading | null {
  if (said.has('plan', 'bound', 'approx', 'atLeast', 'part', 'cumulative', 'money', 'percent', 'or', 'fix'))
    return said.roles.has('part') ? perSession(said, context) : null;
  return added(said, context, text) ?? menAndWomen(said, context) ?? perSession(said, context);
}

function confirmed(value: number): NumberReading {
  return { kind: 'confirm', value, why: 'sum' };
}

function wholes(said: Said): number[] | null {
  const values = said.numbers.map(({ value }) => value);
  return said.numbers.every(({ how }) => how === 'sure') && values.length > 1 ? values : null;
}

/** «20+25+30»: nothing but numbers, plus signs, what is counted and courtesy. */
function added(said: Said, context: FigureContext, text: string): NumberReading | null {
  const values = wholes(said);
  const pluses = (said.marks.match(/\+/g) ?? []).length;
  const words = said.items.filter((item) => item.type === 'phrase' && item.fold === 'cong').length;
  if (!values || said.shapes.length > 0 || said.unknown || pluses + words !== values.length - 1) return null;
  if (/^\s*\+/.test(text) || !/^[+.!,\s]*$/.test(said.marks)) return null;
  const counted = said.items.flatMap((item) => (item.type === 'phrase' ? [item.role] : []));
  const others = counted.filter((role) => !['particle', 'have', 'sum', 'month', 'and', 'say'].includes(role));
  return fitsMeasure(others, context.measure) ? confirmed(values.reduce((a, b) => a + b, 0)) : null;
}

/** «40 nam 60 nữ»: both parts of one whole of people. */
function menAndWomen(said: Said, context: FigureContext): NumberReading | null {
  const values = wholes(said);
  if (!values || values.length !== 2 || (context.measure !== 'person' && context.measure !== 'visit'))
    return null;
  const kinds = said.items.flatMap((item, i) => {
    const before = said.items[i - 1];
    const beside = before?.type === 'number' || said.items[i + 1]?.type === 'number';
    return item.type === 'unknown' && beside && /^(?:nam|nu)$/.test(item.fold) ? [item.fold] : [];
  });
  const rest = said.items.filter((item) => item.type === 'unknown' && !/^(?:nam|nu)$/.test(item.fold));
  const both = kinds.length === 2 && kinds.includes('nam') && kinds.includes('nu');
  return both && rest.length === 0 && said.shapes.length === 0
    ? confirmed((values[0] ?? 0) + (values[1] ?? 0))
    : null;
}

const TIMES = /^(?:x|\*|×|nhan)$/;

/** «3 buổi mỗi buổi 20 người», «20 người x 3 buổi»: the visits are the product, the sessions the first of them. */
function perSession(said: Said, context: FigureContext): NumberReading | null {
  const values = wholes(said);
  if (!values || values.length !== 2 || said.shapes.length > 0) return null;
  const each = said.items.some(
    (item) => item.type === 'phrase' && /^(?:moi|tung) (?:buoi|lop|lan|bua|hom)$/.test(item.fold),
  );
  const times = said.items.some(
    (item) =>
      (item.type === 'unknown' && TIMES.test(item.fold)) || (item.type === 'mark' && /[*×]/.test(item.mark)),
  );
  const stray = said.items.some((item) => item.type === 'unknown' && !TIMES.test(item.fold));
  if ((!each && !times) || stray) return null;
  const sessions = countOf(said.items, ['session', 'class']);
  const people = countOf(said.items, ['person', 'learner', 'visit', 'adult']);
  const known = sessions ?? (people === null ? null : (values.find((value) => value !== people) ?? people));
  if (known === null) return null;
  if (context.measure === 'session') return { kind: 'confirm', value: known, why: 'class' };
  if (context.measure !== 'visit') return null;
  return confirmed((values[0] ?? 0) * (values[1] ?? 0));
}

/** The number that stands before one of these counted things. */
function countOf(items: readonly Item[], roles: readonly Role[]): number | null {
  const at = items.findIndex((item) => item.type === 'phrase' && roles.includes(item.role));
  const before = items[at - 1];
  return before?.type === 'number' ? before.number.value : null;
}
