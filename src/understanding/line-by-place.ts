import { foldText } from '../kernel/vn-text';
import { itemsOf, type Item } from './items';
import type { LineContext, LineFigure, LineReading } from './line';
import { FRAME, isReport, isReportWord, plainReading } from './line-frame';
import { tokens } from './tokens';

/** «BC 418 5 121 14»: the figures in the order of the screen. Null: the line is none of this kind. */
export function byPlace(
  line: string,
  figures: readonly LineFigure[],
  context: LineContext,
): LineReading[] | null {
  const places = figures.filter((figure) => figure.asked !== false).sort((a, b) => a.number - b.number);
  const [first] = places;
  if (!first) return null;
  const items = itemsOf(tokens(withGaps(line.replace('#', ' '), places.length), { spaced: false }));
  const begin = items.findIndex((item) => item.type === 'number' || item.type === 'shape');
  if (begin < 0) return null;
  const head = items.slice(0, begin);
  const rest = items.slice(begin);
  const tail =
    rest.findLastIndex((item) => item.type === 'number' || item.type === 'shape' || isNone(item)) + 1;
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
        isNone(item) ||
        (item.type === 'mark' && /[,;.|\n]/.test(item.mark)) ||
        (item.type === 'phrase' && item.role === 'and'),
    )
  ) {
    return null;
  }
  const given = body.filter((item) => item.type === 'number' || isNone(item));
  const numbers = body.filter((item) => item.type === 'number');
  const prefixed = isReport(line);
  if (given.length < 2 || (!prefixed && numbers.length < Math.max(3, places.length))) return null;
  if (given.length > numbers.length && given.length !== places.length) return null;
  const several = (why: 'several' | 'part_of_month'): LineReading[] => [
    { figure: first.id, reading: { kind: 'ask', why, numbers: numbers.map((item) => item.number.value) } },
  ];
  if (given.length > places.length) return several('several');
  const months = head.flatMap((item) =>
    item.type === 'month' ? [item.month] : item.type === 'weekday' ? [shortMonth(line)] : [],
  );
  if (months.some((month) => month !== context.month)) return several('part_of_month');
  return given.map((item, i) => ({
    figure: (places[i] ?? first).id,
    reading: item.type === 'number' ? plainReading(item) : { kind: 'nothing' },
  }));
}

/** Signs people put between figures when there are just enough of them: «418/5/121/14», «418 - 5 - 121 - 14», «418. 5. 121. 14.» */
const PARTED = /(?<![\d/.,-])\d+(?:(\s*[-/]\s*|\.\s+)\d+){2,}(?![\d/-])/g;

/** «418,5,121,14» without a space: the commas part the figures when there are just enough of them. */
function withGaps(line: string, places: number): string {
  return line
    .replace(PARTED, (run) => {
      const parts = run.split(/\s*[-/]\s*|\.\s+/);
      const signs = new Set((run.match(/[-/.]/g) ?? []).join(''));
      return parts.length === places && places > 3 && signs.size === 1 ? parts.join(' , ') : run;
    })
    .replace(/\d+(?:,\d+){2,}/, (run) => {
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

/** «bc 418 k k k»: none of it, in the place of a figure. */
function isNone(item: Item): boolean {
  return item.type === 'phrase' && item.role === 'neg' && /^(?:k|ko|kg|khong|kh)$/.test(item.fold);
}
