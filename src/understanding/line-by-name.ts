import type { LineContext, LineFigure, LineReading } from './line';
import { piecesOf, type Piece } from './line-pieces';
import type { NumberReading } from './number';

interface Pair {
  names: Extract<Piece, { type: 'name' }>[];
  reading: NumberReading;
  nameFirst: boolean;
  linked: boolean;
}

/** «412 người lớn, 4 buổi»: each figure by its name or by what is counted. Null: the line is none of this kind. */
export function byName(
  line: string,
  figures: readonly LineFigure[],
  context: LineContext,
): LineReading[] | null {
  const pieces = piecesOf(line, figures, context);
  if (pieces === null) return null;
  const pairs: Pair[] = [];
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
  const alone = attended(
    pairs.map(({ names, reading }) => placed(names, reading, figures)),
    figures,
  ).map((said) => openFirst(said, context.open));
  // «418 người, 5 buổi, 121 lượt»: what the others leave over is meant.
  const taken = new Set(alone.flatMap((one) => (one && !isBetween(one.reading) ? [one.figure] : [])));
  const out = pairs.map(({ names, reading }, i) =>
    alone[i] && isBetween(alone[i].reading) ? placed(names, reading, figures, taken) : (alone[i] ?? null),
  );
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
  taken: ReadonlySet<string> = new Set(),
): LineReading | null {
  const [first, ...others] = names;
  if (!first) return null;
  const fitting = first.ids.filter((id) => others.every((name) => name.ids.includes(id)));
  const left = fitting.filter(
    (id) => !taken.has(id) && figures.some((f) => f.id === id && f.asked !== false),
  );
  const ids = taken.size > 1 && left.length === 1 ? left : fitting;
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

/** «Hai buổi, ba mươi lăm bà con»: people named right behind the sessions came to them, which is asked before it is stored. */
function attended(
  said: readonly (LineReading | null)[],
  figures: readonly LineFigure[],
): (LineReading | null)[] {
  const measureOf = (id: string | undefined): string | undefined =>
    figures.find((figure) => figure.id === id)?.measure;
  const given = new Set(said.flatMap((one) => (one && !isBetween(one.reading) ? [one.figure] : [])));
  return said.map((one, i) => {
    const before = said[i - 1];
    if (one?.reading.kind !== 'ask' || before?.reading.kind !== 'value') return one;
    const visits = one.reading.between?.find((id) => measureOf(id) === 'visit');
    const [value] = one.reading.numbers;
    if (visits === undefined || value === undefined || given.has(visits)) return one;
    if (measureOf(before.figure) !== 'session') return one;
    return { figure: visits, reading: { kind: 'confirm', value, why: 'class' } };
  });
}

/** «418 người, mở 5 buổi» while the question is about people: the open figure is meant, not the other that counts them. */
function openFirst(said: LineReading | null, open: string | undefined): LineReading | null {
  if (!said || open === undefined || said.reading.kind !== 'ask' || !said.reading.between?.includes(open))
    return said;
  const [value] = said.reading.numbers;
  return value === undefined ? said : { figure: open, reading: { kind: 'value', value } };
}

function isBetween(reading: NumberReading): boolean {
  return reading.kind === 'ask' && reading.between !== undefined;
}

function numbersOf(reading: NumberReading): readonly number[] {
  if (reading.kind === 'value' || reading.kind === 'confirm') return [reading.value];
  return reading.kind === 'ask' ? reading.numbers : [];
}

function segmentsOf(pieces: readonly Piece[]): Piece[][] {
  const out: Piece[][] = [[]];
  for (const piece of pieces) {
    const last = out.at(-1)?.at(-1);
    // «người lớn 418 5 buổi»: two numbers that touch are two figures.
    if (piece.type === 'break' || (piece.type === 'number' && last?.type === 'number')) out.push([]);
    if (piece.type !== 'break') out.at(-1)?.push(piece);
  }
  return out.filter((segment) => segment.some((piece) => piece.type === 'name' || piece.type === 'number'));
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
