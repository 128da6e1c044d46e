import type { Item } from './items';
import type { Role } from './lexicon-words';
import type { WordNumber } from './number-words';

/** Which of them fit a measure. */
const MEASURES: Readonly<Record<string, readonly Role[]>> = {
  person: ['person', 'adult', 'skilled'],
  session: ['session', 'class', 'held'],
  visit: ['visit', 'person', 'learner'],
  household: ['household', 'helped'],
};
/** Words for what is counted. */
export const COUNTED: readonly Role[] = [
  'session',
  'class',
  'person',
  'adult',
  'skilled',
  'learner',
  'visit',
  'household',
  'held',
  'helped',
];
/** Words that change nothing. */
export const POLITE: readonly Role[] = ['particle', 'have', 'month', 'sum'];

/** Whether all that is counted is what the figure counts. */
export function fitsMeasure(counted: readonly Role[], measure: string): boolean {
  const allowed = MEASURES[measure];
  return allowed !== undefined && counted.every((role) => allowed.includes(role));
}

/** The items sorted by kind, once. */
export class Said {
  readonly numbers: WordNumber[] = [];
  readonly shapes: Extract<Item, { type: 'shape' }>[] = [];
  readonly roles = new Set<Role>();
  readonly months: number[] = [];
  unknown = false;
  weekday = false;
  marks = '';

  constructor(readonly items: readonly Item[]) {
    for (const item of items) {
      if (item.type === 'number') this.numbers.push(item.number);
      else if (item.type === 'shape') this.shapes.push(item);
      else if (item.type === 'phrase') this.roles.add(item.role);
      else if (item.type === 'month') this.months.push(item.month);
      else if (item.type === 'weekday') this.weekday = true;
      else if (item.type === 'unknown') this.unknown = true;
      else this.marks += item.mark;
    }
  }

  has(...roles: readonly Role[]): boolean {
    return roles.some((role) => this.roles.has(role));
  }

  /** Nothing but these roles, and marks. */
  only(...roles: readonly Role[]): boolean {
    return !this.unknown && !this.weekday && [...this.roles].every((role) => roles.includes(role));
  }

  /** Every number seen, for the question. */
  get all(): number[] {
    return [...this.numbers.map((n) => n.value), ...this.shapes.flatMap((shape) => shape.numbers)];
  }
}

/** «Xóm trên», «nhà tôi»: a part of the village, another one, or one family. «Số 5» and «câu 2» are none. */
export function namesPlace({ items }: Said): boolean {
  return items.some(
    (item) => item.type === 'phrase' && item.role === 'place' && !/^(?:so|cau|muc|y)$/.test(item.fold),
  );
}
