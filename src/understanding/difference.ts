import { foldText } from '../kernel/vn-text';
import type { AskWhy, FigureContext, NumberReading } from './number';
import type { WordNumber } from './number-words';
import { COUNTED, fitsMeasure, type Said } from './said';

/** Figures told by how they differ from last month's. */

/** «Bốn trăm hai mươi, tăng 20»: what it is and by how much, where both agree with last month. */
export function toldWithDifference(said: Said, { measure, last }: FigureContext): boolean {
  const [first, second, more] = said.numbers;
  const [opening] = said.items.filter((item) => item.type === 'number' || item.type === 'phrase');
  if (!first || !second || more || last === null || said.unknown) return false;
  const counted = COUNTED.filter((role) => said.has(role));
  const sign = said.has('less') ? -1 : 1;
  return (
    opening?.type === 'number' &&
    said.has('more') !== said.has('less') &&
    first.how === 'sure' &&
    last + sign * second.value === first.value &&
    fitsMeasure(counted, measure)
  );
}

/** Said of where a figure has come to. */
export const COME_TO =
  /(?:^| )(?:tang|giam|tut|bot)(?: (?:len|xuong|con|thanh|den|toi|duoc))* (?:len|xuong|con|thanh|den|toi)(?: (?:la|duoc|con))* \d/;

/** «Thêm 12 người», «hơn tháng trước 12»: worked out from last month's value and confirmed. */
export function delta(
  said: Said,
  context: FigureContext,
  text: string,
  ask: (why: AskWhy) => NumberReading,
): NumberReading {
  const sign = said.has('less') ? -1 : 1;
  const [number] = said.numbers as [WordNumber];
  const value = (context.last ?? NaN) + sign * number.value;
  const counted = COUNTED.filter((role) => said.has(role));
  // «Tăng lên 420»: where it has come to, and no difference.
  if (COME_TO.test(foldText(text))) {
    const likely =
      context.last !== null && number.value > context.last / 2 && number.value < context.last * 2;
    return likely && !said.unknown && fitsMeasure(counted, context.measure)
      ? { kind: 'confirm', value: number.value, why: 'question' }
      : ask('delta');
  }
  const based = said.items.some((item) => item.type === 'phrase' && /thang truoc|so voi/.test(item.fold));
  // What grows from month to month grows from last month's.
  const grown = context.nature === 'stock' && context.last !== null && counted.length > 0 && !said.has('neg');
  return (based || grown) && value >= 0 && !said.unknown && fitsMeasure(counted, context.measure)
    ? { kind: 'confirm', value, why: 'delta' }
    : ask('delta');
}
