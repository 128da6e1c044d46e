import { foldText } from '../kernel/vn-text';
import { hasStopWord } from './stop';
import { readSum } from './sum';
import { isDenial } from './items';
import type { Role } from './lexicon-words';
import type { AskWhy, ConfirmWhy, FigureContext, NumberReading } from './number';
import type { WordNumber } from './number-words';
import { delta, toldWithDifference } from './difference';
import { COUNTED, fitsMeasure, namesPlace, type Said } from './said';

/** «20 tháng 3» is a day as well as twenty in March. */
const DAY = /(?<![\d.,] ?)(?:[1-9]|[12]\d|3[01]) (?:thang|thg) ?(?:0?[1-9]|1[0-2])(?!\d)/;

/** A message with numbers in it: the one that is meant, if it is certain that there is one and what it counts. */
export function withNumbers(said: Said, context: FigureContext, text: string): NumberReading {
  const reading = inKnownWords(said, context, text);
  return reading.kind === 'ask' && isOwn(said, context)
    ? { kind: 'confirm', value: said.numbers[0]?.value ?? 0, why: 'question' }
    : reading;
}

/** By words that are all known; with any other it is asked about. */
function inKnownWords(said: Said, context: FigureContext, text: string): NumberReading {
  const ask = (why: AskWhy): NumberReading => ({ kind: 'ask', why, numbers: said.all });
  if (said.has('question')) return { kind: 'none' };
  const summed = readSum(said, context, text);
  if (summed) return summed;
  if (said.has('plan')) return ask('plan');
  if (said.has('bound')) return ask('bound');
  const shapes = said.shapes.filter((shape) => shape.why !== 'name');
  if (shapes.length > 0)
    return ask(
      shapes.some((shape) => shape.why === 'date' || shape.why === 'time') ? 'part_of_month' : 'several',
    );
  if (said.has('percent')) return ask('percent');
  if (said.has('money')) return ask('money');
  if (said.has('age')) return ask('other_measure');
  if (said.has('cumulative') || (said.has('toNow') && context.nature === 'flow')) return ask('cumulative');
  if (
    said.has('part', 'future', 'later') ||
    said.weekday ||
    otherMonth(said, context) ||
    DAY.test(foldText(text))
  )
    return ask('part_of_month');
  if (said.numbers.length > 1) return several(said, ask, context);
  if (said.has('more', 'less') || /^\s*\+/.test(text)) return delta(said, context, text, ask);
  if (said.has('place')) return ask('place');
  if (said.has('neg', 'notYet', 'vague', 'none', 'versus')) return ask('vague');
  if (deniedBefore(said)) return ask('unclear');
  if (said.has('same') && isLast(said, context)) return { kind: 'value', value: context.last ?? 0 };
  if (said.unknown || said.has('same', 'or', 'to', 'and', 'any') || /[+*/\\<>^#@&]/.test(said.marks))
    return ask('unclear');
  const counted = COUNTED.filter((role) => said.has(role));
  if (counted.length > 0 && !measured(counted, said, context))
    return ask(onlyHeld(counted, context) ? 'part_of_month' : 'other_measure');
  const [number] = said.numbers as [WordNumber];
  return believed(number, said, text, context);
}

function believed(number: WordNumber, said: Said, text: string, context: FigureContext): NumberReading {
  const confirm = (why: ConfirmWhy): NumberReading => ({ kind: 'confirm', value: number.value, why });
  if (said.has('atLeast')) return confirm('at_least');
  if (
    said.has('approx') ||
    (said.has('hedge') && !(context.nature === 'flow' && onlySoFar(said))) ||
    number.how === 'approximate' ||
    /~/.test(said.marks)
  )
    return confirm('approximate');
  if (number.how !== 'sure') return confirm(number.how);
  if (said.has('fix')) return confirm('correction');
  if (said.has('class') && !onlyTimes(said)) return confirm('class');
  if (
    said.shapes.length > 0 ||
    hasStopWord(text) ||
    /\?\s*$/.test(text) ||
    monthBehind(said) ||
    doubtful(said, context)
  )
    return confirm('question');
  return { kind: 'value', value: number.value };
}

/** Words that say of a number that it is of those who were not there, or of another matter. */
const NOT_THOSE =
  /^(?:vang|nghi|om|mat|thieu|hong|chet|sai|chua|bo|xac|dinh|cks|ky|tuoi|moi|nam|nu|nhung|x|nhan)$/;

/** Beside a number with its own unit these still make it another figure, or no figure yet. */
const OTHERWISE: readonly Role[] = [
  ...(['plan', 'bound', 'percent', 'age', 'cumulative', 'part', 'more', 'less', 'versus'] as const),
  ...(['or', 'to', 'same', 'fix', 'hedge', 'none'] as const),
];

/** «13 nhà neo đơn lắm», «biết dùng máy thì 430 người cô nhé»: one number with the unit of the open figure behind it, among words nobody knows: confirmed. */
function isOwn(said: Said, context: FigureContext): boolean {
  const strange = said.items.flatMap((item) => (item.type === 'unknown' ? [item.fold] : []));
  if (context.measure !== 'household' && strange.includes('vneid')) return false;
  if (said.numbers.length !== 1 || said.shapes.some(({ why }) => why !== 'name') || said.weekday)
    return false;
  if (said.has('toNow') && context.nature === 'flow') return false;
  if (
    said.has(...OTHERWISE) ||
    namesPlace(said) ||
    otherMonth(said, context) ||
    /[+*/\\<>^#@&]/.test(said.marks)
  )
    return false;
  const at = said.items.findIndex((item) => item.type === 'number');
  const before = said.items[at - 1];
  const unit = said.items[at + 1];
  const counted = COUNTED.filter((role) => said.has(role));
  return (
    unit?.type === 'phrase' &&
    COUNTED.includes(unit.role) &&
    unit.role !== 'held' &&
    unit.role !== 'helped' &&
    fitsMeasure([unit.role], context.measure) &&
    measured(counted, said, context) &&
    said.numbers[0]?.how === 'sure' &&
    !(before?.type === 'phrase' && (before.role === 'neg' || before.role === 'notYet')) &&
    !strange.some((fold) => NOT_THOSE.test(fold))
  );
}

/** «Bốn lần», «5 bữa»: so many times it was held; a «lớp» may be a class of many evenings. */
function onlyTimes(said: Said): boolean {
  return said.items.every(
    (item) => item.type !== 'phrase' || item.role !== 'class' || /^(?:lan|bua)/.test(item.fold),
  );
}

/** «Mới được một buổi»: no more than that until now. */
function onlySoFar(said: Said): boolean {
  return said.items.every(
    (item) => item.type !== 'phrase' || item.role !== 'hedge' || /^moi(?: co| duoc)?$/.test(item.fold),
  );
}

/** «Bốn buổi như tháng trước», where last month had four. */
function isLast(said: Said, context: FigureContext): boolean {
  const [number] = said.numbers;
  const counted = COUNTED.filter((role) => said.has(role));
  return (
    number?.value === context.last &&
    !said.unknown &&
    !said.has('or', 'to', 'neg') &&
    fitsMeasure(counted, context.measure)
  );
}

/** «không phải 5»: the one number that is not meant. */
function deniedBefore(said: Said): boolean {
  const at = said.items.findIndex((item) => item.type === 'number');
  return said.items.slice(0, at).some(isDenial);
}

/** «buổi 5» may be the fifth one, «12 cháu» twelve children or a word to the bot, «5 người vang» absent ones or a yes. */
function doubtful(said: Said, context: FigureContext): boolean {
  const at = said.items.findIndex((item) => item.type === 'number');
  const before = said.items[at - 1];
  const after = said.items[at + 1];
  if (
    before?.type === 'phrase' &&
    /^(?:buoi|ho|luot|nguoi|nha)(?: hoc)?$/.test(before.fold) &&
    before.role !== 'particle'
  )
    return true;
  const absent = said.items.slice(at).some((item) => item.type === 'phrase' && item.fold === 'vang');
  if (absent) return true;
  const people = context.measure === 'person' || context.measure === 'visit';
  return (
    !people && after?.type === 'phrase' && /^(?:chau|em|anh|chi|co|chu|ong|ba|con|bac)$/.test(after.fold)
  );
}

/** «70 là cả tháng đấy» explains an earlier number; «cả tháng 70» is the answer. */
function monthBehind(said: Said): boolean {
  const number = said.items.findIndex((item) => item.type === 'number');
  return said.items.slice(number).some((item) => item.type === 'phrase' && item.fold.startsWith('ca thang'));
}

function otherMonth(said: Said, context: FigureContext): boolean {
  return said.months.some((month) => month !== context.month);
}

/** Verbs of teaching fit only a count of sessions: «đã học 32 người» is one evening, not the month, unless the month is said. */
function measured(counted: readonly Role[], said: Said, context: FigureContext): boolean {
  const month = said.has('month', 'sum') || said.months.length > 0;
  const tolerated = counted.filter((role) => !(role === 'held' && month && context.measure === 'visit'));
  return fitsMeasure(tolerated, context.measure);
}

function onlyHeld(counted: readonly Role[], context: FigureContext): boolean {
  return fitsMeasure(
    counted.filter((role) => role !== 'held'),
    context.measure,
  );
}

function several(said: Said, ask: (why: AskWhy) => NumberReading, context: FigureContext): NumberReading {
  const between = said.items.slice(
    said.items.findIndex((item) => item.type === 'number'),
    said.items.findLastIndex((item) => item.type === 'number') + 1,
  );
  const role = (wanted: Role, fold?: string): boolean =>
    between.some(
      (item) =>
        item.type === 'phrase' && item.role === wanted && (fold === undefined || item.fold.startsWith(fold)),
    );
  const counted = COUNTED.filter((counts) => said.has(counts));
  const [first, second] = said.numbers as [WordNumber, WordNumber];
  if (
    said.numbers.length === 2 &&
    role('fix', 'chu') &&
    !said.unknown &&
    fitsMeasure(counted, context.measure)
  )
    return { kind: 'confirm', value: first.value, why: 'correction', instead: second.value };
  if (toldWithDifference(said, context)) return { kind: 'value', value: first.value };
  const counts = COUNTED.filter((counted) => said.has(counted));
  const listed =
    said.numbers.length > 2 &&
    said.items.every(
      (item) =>
        item.type === 'number' ||
        (item.type === 'mark' && /[,;+.\n]/.test(item.mark)) ||
        (item.type === 'phrase' && ['particle', 'sum', 'and', ...COUNTED].includes(item.role)),
    );
  // «20, 25, 30, 22, 24»: the sessions one by one.
  if (context.measure === 'visit' && listed && fitsMeasure(counts, context.measure))
    return { kind: 'confirm', value: said.numbers.reduce((all, { value }) => all + value, 0), why: 'sum' };
  if (said.numbers.length === 2 && role('or')) return ask('choice');
  if (said.numbers.length === 2 && role('to')) return ask('range');
  return ask(
    between.every((item) => item.type === 'number' || (item.type === 'mark' && /[,;.?\n]/.test(item.mark))) &&
      said.numbers.length === 2
      ? 'choice'
      : 'several',
  );
}

/** «tăng 5 so với tháng trước» has a base; a bare «bớt 3» may mean what was typed a moment ago. */
