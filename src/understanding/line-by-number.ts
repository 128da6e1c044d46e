import { itemsIn } from './items';
import type { LineContext, LineFigure, LineReading } from './line';
import { FRAME, isReportWord } from './line-frame';
import { readFigure, type NumberReading } from './number';

const ASSIGN =
  /(?<=^|[\s,;.(])(?:(?:câu|cau|mục|muc|số|so|ý|dòng|dong)\s*(?:số|so)?\s*)?([1-9])\s*(?:=>?|->|→|:(?!\d\d(?!\d))|\)|\.(?=\s)|(?:(?:sửa|sua|đổi|doi|là|la|thay)\s+)?(?:thành|thanh|bằng|bang|là|la)(?!\p{L}))\s*(?=[^\s=])/giu;
const FIX_ONE =
  /^(?:(?:dạ|da|em|bác|bac|cho|tôi|toi)\s+)*(?:sửa|sua|đổi|doi)(?:\s+(?:lại|lai|giúp|giup))*\s+(?:(?:câu|cau|mục|muc|số|so|ý)\s*)?([1-9])\s+(?=\d)(.+)$/iu;

/** «2=5 va 3 = 121», «sửa câu 2 thành 5»: each figure by its place on the screen. Null: the line is none of this kind. */
export function byNumber(
  line: string,
  figures: readonly LineFigure[],
  context: LineContext,
): LineReading[] | null {
  const found = [...line.matchAll(ASSIGN)];
  const pairs: { number: number; text: string }[] = [];
  const [opening] = found;
  if (!opening) {
    const one = FIX_ONE.exec(line);
    if (!one) return null;
    pairs.push({ number: Number(one[1]), text: one[2] ?? '' });
  } else {
    const head = itemsIn(line.slice(0, opening.index));
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
