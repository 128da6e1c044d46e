import type { Item } from './items';
import type { FigureContext, NumberReading } from './number';
import { foldText } from '../kernel/vn-text';
import { COUNTED, fitsMeasure, type Said } from './said';
import type { Role } from './lexicon-words';

/**
 * Sums that people write out instead of adding them up: «20+25+30», «40 nam 60 nữ», «3 buổi mỗi buổi 20 người», «20
 * người x 3 buổi». Computed, and confirmed before anything is stored. Null: none of these.
 */
export function readSum(said: Said, context: FigureContext, text: string): NumberReading | null {
  const evenings = eachEvening(context, text);
  if (evenings) return evenings;
  if (said.has('plan', 'bound', 'approx', 'atLeast', 'part', 'cumulative', 'money', 'percent', 'or', 'fix'))
    return said.roles.has('part') ? perSession(said, context) : null;
  const total = ofParts(said, context, text);
  if (total) return total;
  return (
    added(said, context, text) ??
    joined(said, context) ??
    ofSessions(said, context) ??
    menAndWomen(said, context) ??
    perSession(said, context)
  );
}

/** «Chín hộ, gồm 4 hộ nghèo 5 hộ già»: the parts make up what is said first. */
function ofParts(said: Said, context: FigureContext, text: string): NumberReading | null {
  const [whole = NaN, ...parts] = wholes(said) ?? [];
  const counted = COUNTED.filter((role) => said.has(role));
  const told = /(?:^|[ ,:(])(?:gom|trong do|bao gom|la|co|thi)[ :]|[:(,]/.test(foldText(text));
  return told &&
    parts.length > 1 &&
    fitsMeasure(counted, context.measure) &&
    parts.reduce((a, b) => a + b, 0) === whole
    ? { kind: 'confirm', value: whole, why: 'question' }
    : null;
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

/** «Ba hộ nghèo với hai hộ cận nghèo», «50 và 42»: parts of one kind, each joined to the one before. */
function joined(said: Said, context: FigureContext): NumberReading | null {
  const values = wholes(said);
  if (!values || said.shapes.length > 0 || said.marks.replace(/[.!,]/g, '') !== '') return null;
  if (said.has('more', 'less', 'neg', 'notYet', 'vague', 'hedge', 'still', 'same', 'to', 'question'))
    return null;
  const joins = said.items.filter(
    (item) => item.type === 'phrase' && /^(?:va|voi|voi ca|cong|cong voi)$/.test(item.fold),
  ).length;
  const counted = COUNTED.filter((role) => said.has(role));
  const strange = said.items.flatMap((item) => (item.type === 'unknown' ? [item.fold] : []));
  const each =
    eachCounted(said.items) &&
    !strange.some((fold) => /^(?:nhung|con|co|thuc|mat|nghi|den|di|mua|vang|om|bo|trong|hong)$/.test(fold));
  const joint = joins === values.length - 1 && strange.length === 0;
  return (joint || each) && fitsMeasure(counted, context.measure)
    ? confirmed(values.reduce((a, b) => a + b, 0))
    : null;
}

/** «Hai lần ở nhà văn hóa một lần ở nhà tôi», «6 hộ nghèo 4 hộ thường»: each number has its own unit, and is told apart by something more. */
function eachCounted(items: readonly Item[]): boolean {
  const at = items.flatMap((item, i) => (item.type === 'number' ? [i] : []));
  const units = at.map((i) => {
    const item = items[i + 1];
    const unit = item?.type === 'phrase' && ['session', 'class', 'household', 'visit'].includes(item.role);
    return unit ? item.fold : null;
  });
  const apart = at.every((i, n) => (at[n + 1] ?? i + 3) - i > 2 || (units[n]?.includes(' ') ?? false));
  return units.every((unit) => unit !== null) && apart;
}

/** «Tổng 5 buổi cộng lại được 133»: the sessions, and what came of them. */
function ofSessions(said: Said, context: FigureContext): NumberReading | null {
  const values = wholes(said);
  if (context.measure !== 'visit' || !values || values.length !== 2 || said.shapes.length > 0 || said.unknown)
    return null;
  if (said.has('more', 'less', 'neg', 'notYet', 'vague', 'hedge') || !said.has('sum', 'have')) return null;
  const sessions = countOf(said.items, ['session']);
  const rest = COUNTED.filter((role) => said.has(role) && role !== 'session' && role !== 'held');
  if (sessions === null || sessions !== values[0] || !fitsMeasure(rest, context.measure)) return null;
  return { kind: 'confirm', value: values[1] ?? 0, why: 'question' };
}

const EVENING =
  '(?:buoi|toi|hom|lop|dot|lan) (?:dau(?: tien)?|hai|ba|tu|bon|nam|thu (?:nhat|hai|ba|tu|bon|nam|[1-9])|sau|tiep(?: theo)?|giua|cuoi(?: cung)?|truoc|[1-9])(?: (?:duoc|co|la|thi|hoc|den|cung))*[: ]+\\d{1,4}(?: ?(?:nguoi|ng|luot|ba con))?';
const EVENINGS = new RegExp(
  `^(?:(?:da|a|em|bac|toi) )*${EVENING}(?:(?:,|;| va| roi| con)* ${EVENING})+[.! ]*$`,
);

/** «Buổi đầu 30 buổi sau 25 buổi cuối 40»: one after the other. */
function eachEvening({ measure }: FigureContext, text: string): NumberReading | null {
  const fold = foldText(text);
  if (measure !== 'visit' || !EVENINGS.test(fold)) return null;
  const found = fold.match(new RegExp(EVENING, 'g')) ?? [];
  return confirmed(found.reduce((all, one) => all + Number(/(\d+)(?:\D*)$/.exec(one)?.[1] ?? NaN), 0));
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
