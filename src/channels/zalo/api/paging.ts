import { AppError } from '../../../kernel/errors';
import type { JsonObject } from '../json';
import { asText } from '../json';

/** A page no larger than Zalo takes; `bad_request` for anything else. */
export interface Page {
  readonly offset: number;
  readonly count: number;
}

/** One page of a list; `total` is null where Zalo does not say. */
export interface Listed<T> {
  readonly items: readonly T[];
  /** Rows in the answer, those that could not be read included: the next page begins after so many. */
  readonly rows: number;
  readonly total: number | null;
}

/** Nobody walks further than this through one list. */
const FARTHEST = 100_000;

export function checkedPage(page: Page, countMax: number, offsetMax = FARTHEST): Page {
  const fits = (value: number, min: number, max: number): boolean =>
    Number.isInteger(value) && value >= min && value <= max;
  if (!fits(page.offset, 0, offsetMax) || !fits(page.count, 1, countMax))
    throw new AppError('bad_request', { ...page, countMax, offsetMax });
  return page;
}

/** The list found under the first of these names, or the bare list of the answer. */
export function listed<T>(
  data: JsonObject,
  names: readonly string[],
  read: (item: unknown) => T[],
): Listed<T> {
  const list = ['items', ...names].map((name) => data[name]).find(Array.isArray) as unknown[] | undefined;
  const total = Number(asText(data['total']) ?? NaN);
  return {
    items: (list ?? []).flatMap(read),
    rows: list?.length ?? 0,
    total: Number.isInteger(total) && total >= 0 ? total : null,
  };
}

/**
 * Everything in a list, page by page, up to the farthest offset Zalo takes. Asks only as far as somebody reads. A page may
 * hold fewer rows than were asked for, so only the rows that came say where the next one begins; what Zalo calls `count`
 * may be no more than our own number said back.
 */
export async function* everything<T>(
  fetch: (page: Page) => Promise<Listed<T>>,
  count: number,
  offsetMax = FARTHEST,
): AsyncGenerator<T> {
  for (let offset = 0; offset <= offsetMax;) {
    const { items, rows, total } = await fetch({ offset, count });
    yield* items;
    offset += rows;
    if (rows === 0 || (total !== null && offset >= total)) return;
  }
}
