import { decodeTelex, foldText, normalText } from '../../kernel/vn-text';
import type { Role } from './lexicon';
import { isDenial, itemAt, itemsOf, type Item } from './items';
import { MAX_TEXT, readFigure, type NumberReading } from './number';
import { tokens, type Token } from './tokens';

/**
 * Several figures in one message, by place («BC 418 5 121 14»), by number («2=5 va 3 = 121») or by name («412 người
 * lớn, 4 buổi»). Null when the message is no such line: the open question reads it then. Numbers that cannot be
 * placed for certain are asked about, never guessed.
 */
export interface LineFigure {
  readonly id: string;
  /** 1-based place on every screen. */
  readonly number: number;
  readonly measure: string;
  readonly nature: 'stock' | 'flow';
  /** What people call it. */
  readonly words: readonly string[];
  readonly last: number | null;
  /** False: may be given by name only, never by place or number. */
  readonly asked?: boolean;
}

export interface LineReading {
  readonly figure: string;
  readonly reading: NumberReading;
}

export interface LineContext {
  /** Month 1-12 of the period: «bc t3 …» is believed only when it agrees. */
  readonly month?: number;
}

/** Reads a line of figures; see the head of this file. */
export function readLine(
  text: string,
  figures: readonly LineFigure[],
  context: LineContext = {},
): LineReading[] | null {
  const line = normalText(text).trim();
  if (line.length > MAX_TEXT || !/\d|\p{L}/u.test(line) || /\?\s*$/.test(line)) return null;
  const read = (typed: string): LineReading[] | null =>
    byNumber(typed, figures, context) ??
    byPlace(typed, figures, context) ??
    byName(typed, figures, context) ??
    unclearReport(typed, figures);
  const reading = read(line);
  const decoded = reading === null ? decodeTelex(line) : null;
  return decoded === null ? reading : read(decoded);
}

/** «BC 418 5 x 14»: meant as a line, but not all of it can be placed. */
function unclearReport(line: string, figures: readonly LineFigure[]): LineReading[] | null {
  const without = foldText(line).replace(
    /(?:thang|thg|t|nam|ngay|quy|tuan) ?\d{1,4}(?: ?[/-] ?\d{1,4})*(?: nam 20\d\d)?/g,
    ' ',
  );
  const numbers = (without.match(/\d+(?:\.\d{3})*/g) ?? []).map((n) => Number(n.replace(/\./g, '')));
  const [first] = figures;
  if (
    !first ||
    numbers.length < 2 ||
    !isReport(line) ||
    /^\s*so lieu/.test(without) ||
    itemsOf(tokens(line)).some((item) => item.type === 'phrase' && item.role === 'question')
  )
    return null;
  return [{ figure: first.id, reading: { kind: 'ask', why: 'several', numbers } }];
}

function isReport(line: string): boolean {
  return REPORT.test(foldText(line).replace(/^(?:(?:da|vang|em|bac|toi|xin|a|chau|thon toi)[ ,]+)+/, ''));
}

const REPORT =
  /^\s*(?:#?\s*bao\s?cao|bc|bcao|nop bao cao|nop bc|nop|gui bao cao|gui bc|gui so lieu|so lieu|report)(?![a-z])/;
const FRAME: readonly Role[] = ['particle', 'have', 'say', 'sum', 'month', 'fix', 'affirm'];

function byPlace(line: string, figures: readonly LineFigure[], context: LineContext): LineReading[] | null {
  const places = figures.filter((figure) => figure.asked !== false).sort((a, b) => a.number - b.number);
  const [first] = places;
  if (!first) return null;
  const items = itemsOf(tokens(withGaps(line.replace('#', ' '), places.length), { spaced: false }));
  const begin = items.findIndex((item) => item.type === 'number' || item.type === 'shape');
  if (begin < 0) return null;
  const head = items.slice(0, begin);
  const rest = items.slice(begin);
  const tail = rest.findLastIndex((item) => item.type === 'number' || item.type === 'shape') + 1;
  const harmless = (item: Item): boolean =>
    item.type === 'mark' ||
    item.type === 'month' ||
    item.type === 'weekday' ||
    (item.type === 'phrase' && FRAME.includes(item.role)) ||
    isReportWord(item);
  if (
    !head.every(harmless) ||
    !rest
      .slice(tail)
      .every((item) => item.type === 'mark' || (item.type === 'phrase' && item.role === 'particle'))
  )
    return null;
  const body = rest.slice(0, tail);
  if (
    !body.every(
      (item) =>
        item.type === 'number' ||
        (item.type === 'mark' && /[,;.|\n]/.test(item.mark)) ||
        (item.type === 'phrase' && item.role === 'and'),
    )
  ) {
    return null;
  }
  const numbers = body.filter((item) => item.type === 'number');
  const prefixed = isReport(line);
  if (numbers.length < 2 || (!prefixed && numbers.length < Math.max(3, places.length))) return null;
  const several = (why: 'several' | 'part_of_month'): LineReading[] => [
    { figure: first.id, reading: { kind: 'ask', why, numbers: numbers.map((item) => item.number.value) } },
  ];
  if (numbers.length > places.length) return several('several');
  const months = head.flatMap((item) =>
    item.type === 'month' ? [item.month] : item.type === 'weekday' ? [shortMonth(line)] : [],
  );
  if (months.some((month) => month !== context.month)) return several('part_of_month');
  return numbers.map((item, i) => ({ figure: (places[i] ?? first).id, reading: plainReading(item) }));
}

/** «418,5,121,14» without a space: the commas part the figures when there are just enough of them. */
function withGaps(line: string, places: number): string {
  return line.replace(/\d+(?:,\d+){2,}/, (run) => {
    const parts = run.split(',');
    return parts.length === places && !parts.slice(1).every((part) => part.length === 3)
      ? parts.join(' , ')
      : run;
  });
}

/** «bc t3»: a weekday by its shape, here the month. */
function shortMonth(line: string): number {
  return Number(/(?<![a-z])t([2-7])(?!\d)/.exec(foldText(line))?.[1] ?? 0);
}

function isReportWord(item: Item): boolean {
  return item.type === 'unknown' && /^(?:baocao|bcao|report)$/.test(item.fold);
}

function plainReading(item: Extract<Item, { type: 'number' }>): NumberReading {
  const { value, how } = item.number;
  return how === 'sure' ? { kind: 'value', value } : { kind: 'confirm', value, why: how };
}

const ASSIGN =
  /(?<=^|[\s,;.(])(?:(?:câu|cau|mục|muc|số|so|ý|dòng|dong)\s*(?:số|so)?\s*)?([1-9])\s*(?:=>?|->|→|:(?!\d\d(?!\d))|\)|\.(?=\s)|(?:(?:sửa|sua|đổi|doi|là|la|thay)\s+)?(?:thành|thanh|bằng|bang|là|la)(?!\p{L}))\s*(?=[^\s=])/giu;
const FIX_ONE =
  /^(?:(?:dạ|da|em|bác|bac|cho|tôi|toi)\s+)*(?:sửa|sua|đổi|doi)(?:\s+(?:lại|lai|giúp|giup))*\s+(?:(?:câu|cau|mục|muc|số|so|ý)\s*)?([1-9])\s+(?=\d)(.+)$/iu;

function byNumber(line: string, figures: readonly LineFigure[], context: LineContext): LineReading[] | null {
  const found = [...line.matchAll(ASSIGN)];
  const pairs: { number: number; text: string }[] = [];
  const [opening] = found;
  if (!opening) {
    const one = FIX_ONE.exec(line);
    if (!one) return null;
    pairs.push({ number: Number(one[1]), text: one[2] ?? '' });
  } else {
    const head = itemsOf(tokens(line.slice(0, opening.index)));
    if (
      !head.every(
        (item) =>
          item.type === 'mark' || (item.type === 'phrase' && FRAME.includes(item.role)) || isReportWord(item),
      )
    )
      return null;
    for (const [i, match] of found.entries()) {
      const text = line.slice(match.index + match[0].length, found[i + 1]?.index ?? line.length);
      pairs.push({
        number: Number(match[1]),
        text: text.replace(/(?:[\s,;.]|(?<!\p{L})(?:và|va|còn|con)(?!\p{L}))+$/iu, ''),
      });
    }
  }
  const out: LineReading[] = [];
  for (const { number, text } of pairs) {
    const figure = figures.find((f) => f.number === number && f.asked !== false);
    if (!figure || text === '') return null;
    const twice = pairs.filter((pair) => pair.number === number).length > 1;
    out.push({
      figure: figure.id,
      reading: twice ? severalOf(pairs, number) : readFigure(text, contextOf(figure, context)),
    });
  }
  return onePerFigure(out);
}

function severalOf(pairs: readonly { number: number; text: string }[], number: number): NumberReading {
  const numbers = pairs
    .filter((pair) => pair.number === number)
    .map((pair) => Number(pair.text.replace(/\D/g, '')));
  return { kind: 'ask', why: 'several', numbers };
}

function contextOf(figure: LineFigure, context: LineContext): Parameters<typeof readFigure>[1] {
  const { measure, nature, last } = figure;
  return { measure, nature, last, ...(context.month === undefined ? {} : { month: context.month }) };
}

function onePerFigure(readings: readonly LineReading[]): LineReading[] {
  const seen = new Map<string, LineReading>();
  for (const reading of readings) if (!seen.has(reading.figure)) seen.set(reading.figure, reading);
  return [...seen.values()];
}

type Piece =
  | {
      readonly type: 'name';
      readonly ids: readonly string[];
      readonly specific: boolean;
      readonly unsure: boolean;
    }
  | { readonly type: 'number'; readonly reading: NumberReading }
  | { readonly type: 'link' | 'none' | 'fix' | 'break' };

/** Roles that say which figures a number can belong to by what is counted. */
const COUNTS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  session: ['session'],
  class: ['session'],
  visit: ['visit'],
  household: ['household'],
  person: ['person', 'visit'],
  adult: ['person'],
  skilled: ['person'],
  learner: ['visit'],
};

function byName(line: string, figures: readonly LineFigure[], context: LineContext): LineReading[] | null {
  const pieces = piecesOf(line, figures, context);
  if (pieces === null) return null;
  const pairs: {
    names: Extract<Piece, { type: 'name' }>[];
    reading: NumberReading;
    nameFirst: boolean;
    linked: boolean;
  }[] = [];
  for (const segment of segmentsOf(pieces)) {
    const found = pairsOf(segment);
    if (found === null) return null;
    pairs.push(...found);
  }
  const [only] = pairs;
  if (!only) return null;
  const specific = only.names.some((name) => name.specific);
  const fix = pieces.some((piece) => piece.type === 'fix');
  if (pairs.length === 1 && !fix && !(specific || (only.nameFirst && only.linked))) return null;
  const out = pairs.map(({ names, reading }) => placed(names, reading, figures));
  if (out.some((reading) => reading === null)) return null;
  const readings = out as LineReading[];
  const twice = readings.find((a) => readings.filter((b) => b.figure === a.figure).length > 1);
  return twice
    ? [
        {
          figure: twice.figure,
          reading: { kind: 'ask', why: 'several', numbers: readings.flatMap((r) => numbersOf(r.reading)) },
        },
      ]
    : readings;
}

function placed(
  names: readonly Extract<Piece, { type: 'name' }>[],
  reading: NumberReading,
  figures: readonly LineFigure[],
): LineReading | null {
  const [first, ...others] = names;
  if (!first) return null;
  const ids = first.ids.filter((id) => others.every((name) => name.ids.includes(id)));
  const [id] = ids.length > 0 ? ids : first.ids;
  if (id === undefined || !figures.some((figure) => figure.id === id)) return null;
  if (ids.length === 0)
    return { figure: id, reading: { kind: 'ask', why: 'other_measure', numbers: numbersOf(reading) } };
  if (ids.length > 1)
    return {
      figure: id,
      reading: { kind: 'ask', why: 'other_measure', numbers: numbersOf(reading), between: ids },
    };
  if (reading.kind === 'value' && names.some((name) => name.unsure))
    return { figure: id, reading: { kind: 'confirm', value: reading.value, why: 'class' } };
  return { figure: id, reading };
}

function numbersOf(reading: NumberReading): readonly number[] {
  if (reading.kind === 'value' || reading.kind === 'confirm') return [reading.value];
  return reading.kind === 'ask' ? reading.numbers : [];
}

/** Names, numbers and what links them; null as soon as a word is not understood or speaks of another time or place. */
function piecesOf(line: string, figures: readonly LineFigure[], context: LineContext): Piece[] | null {
  const list = tokens(line, { spaced: false });
  const names = figures.flatMap((figure) =>
    figure.words.map((word) => ({ id: figure.id, words: foldText(word).split(' ') })),
  );
  const pieces: Piece[] = [];
  let rough: 'approximate' | 'at_least' | null = null;
  let held = false;
  let before: Item | undefined;
  let month = false;
  for (let at = 0; at < list.length;) {
    const name = nameAt(list, at, names);
    if (name) {
      const unsure = /^(?:so )?lop\b/.test(name.fold);
      pieces.push({
        type: 'name',
        ids: name.ids,
        specific: name.length > 1 && !/^(?:so )?(?:buoi|lop|luot|ho)(?: hoc)?$/.test(name.fold),
        unsure,
      });
      at += name.length;
      before = undefined;
      continue;
    }
    const [item, length] = itemAt(list, at, list[at] as Token, before);
    at += length;
    before = item;
    if (item.type === 'number') {
      const plain = plainReading(item);
      pieces.push({
        type: 'number',
        reading:
          rough && plain.kind === 'value' ? { kind: 'confirm', value: plain.value, why: rough } : plain,
      });
      rough = null;
    } else if (item.type === 'shape') {
      if (item.why === 'date' || item.why === 'time' || item.why === 'phone') return null;
      pieces.push({ type: 'number', reading: { kind: 'ask', why: item.why, numbers: item.numbers } });
    } else if (item.type === 'month') {
      if (item.month !== context.month) return null;
      month = true;
    } else if (item.type === 'mark') {
      if (/[=:]/.test(item.mark)) pieces.push({ type: 'link' });
      else if (/[,;.\n]/.test(item.mark)) pieces.push({ type: 'break' });
      else if (!/[!()"'«»]/.test(item.mark)) return null;
    } else if (item.type === 'phrase') {
      const counted = COUNTS[item.role];
      if (counted) {
        const ids = figures
          .filter(
            (figure) =>
              counted.includes(figure.measure) && (figure.asked !== false || item.role === 'person'),
          )
          .map((f) => f.id);
        pieces.push({
          type: 'name',
          ids,
          specific: false,
          unsure: item.role === 'class' || item.role === 'learner',
        });
      } else if (item.role === 'approx') rough = 'approximate';
      else if (item.role === 'atLeast') rough = 'at_least';
      else if (item.role === 'neg' || item.role === 'none') pieces.push({ type: 'none' });
      else if (isDenial(item)) return null;
      else if (item.role === 'fix')
        pieces.push({ type: /^(?:thanh|thay|lai la|doi thanh|sua thanh)$/.test(item.fold) ? 'link' : 'fix' });
      else if (item.role === 'have' || item.role === 'still') pieces.push({ type: 'link' });
      else if (item.role === 'and') pieces.push({ type: 'break' });
      else if (item.role === 'month' || item.role === 'sum') month = true;
      else if (item.role === 'held') held = true;
      else if (!['particle', 'say', 'affirm', 'any', 'helped'].includes(item.role)) return null;
    } else if (!isReportWord(item) && !(item.type === 'unknown' && /^(?:cai|cap|lam|dat)$/.test(item.fold)))
      return null;
  }
  return held && !month ? null : pieces;
}

function nameAt(
  list: readonly Token[],
  at: number,
  names: readonly { id: string; words: readonly string[] }[],
): { ids: string[]; length: number; fold: string } | null {
  let best: { ids: string[]; length: number; fold: string } | null = null;
  for (const { id, words } of names) {
    if (!words.every((word, i) => list[at + i]?.fold === word)) continue;
    if (best && words.length < best.length) continue;
    if (best && words.length === best.length) best.ids.push(id);
    else best = { ids: [id], length: words.length, fold: words.join(' ') };
  }
  return best && { ...best, ids: [...new Set(best.ids)] };
}

function segmentsOf(pieces: readonly Piece[]): Piece[][] {
  const out: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.type === 'break') out.push([]);
    else out.at(-1)?.push(piece);
  }
  return out.filter((segment) => segment.some((piece) => piece.type === 'name' || piece.type === 'number'));
}

interface Pair {
  names: Extract<Piece, { type: 'name' }>[];
  reading: NumberReading;
  nameFirst: boolean;
  linked: boolean;
}

/** A segment is names and numbers in turn, all with the name first or all with the number first; names that touch belong together. */
function pairsOf(segment: readonly Piece[]): Pair[] | null {
  const names: Extract<Piece, { type: 'name' }>[][] = [];
  const readings: NumberReading[] = [];
  const order: string[] = [];
  let linked = false;
  for (const piece of segment) {
    if (piece.type === 'link') linked = true;
    else if (piece.type === 'none') {
      readings.push({ kind: 'nothing' });
      order.push('number');
    } else if (piece.type === 'number') {
      if (order.at(-1) === 'number') return null;
      readings.push(piece.reading);
      order.push('number');
    } else if (piece.type === 'name') {
      if (order.at(-1) === 'name') names.at(-1)?.push(piece);
      else {
        names.push([piece]);
        order.push('name');
      }
    }
  }
  // «xác nhận vneid 31 người»: name, number and what is counted are one pair.
  if (readings.length === 1 && names.length === 2) names.splice(0, 2, names.flat());
  if (names.length !== readings.length || names.length === 0) return null;
  return names.map((group, i) => ({
    names: group,
    reading: readings[i] as NumberReading,
    nameFirst: order[0] === 'name',
    linked,
  }));
}
