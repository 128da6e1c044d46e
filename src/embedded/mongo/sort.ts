import { compare, isDoc, isNumber, toNumber, type Doc } from './bson-values';
import { CommandError, badValue, unsupported } from './errors';
import { leavesOf, partsOf } from './paths';

/** Sort orders. An array sorts by its least element ascending and its greatest descending; what is missing sorts as null. */
export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** The fields of a sort specification, or null when it asks for no order. */
export function parseSort(spec: unknown): SortField[] | null {
  if (spec === undefined || spec === null) return null;
  if (!isDoc(spec)) throw new CommandError(14, 'TypeMismatch', 'Expected field sort to be of type object');
  const fields = Object.entries(spec).map(([path, direction]): SortField => {
    if (path.startsWith('$')) throw unsupported(`sort by ${path}`, 2, 'BadValue');
    if (isDoc(direction)) throw unsupported('sort by an expression', 2, 'BadValue');
    const sign = isNumber(direction) ? toNumber(direction) : 0;
    if (sign !== 1 && sign !== -1)
      throw new CommandError(
        15975,
        'Location15975',
        '$sort key ordering must be 1 (for ascending) or -1 (for descending)',
      );
    if (path === '') throw badValue('FieldPath cannot be constructed with empty string');
    return { path, parts: partsOf(path), direction: sign };
  });
  return fields.length === 0 ? null : fields;
}

/** The value a document sorts by on one path. */
export function sortValue(doc: Doc, field: SortField): unknown {
  const { leaves } = leavesOf(doc, field.parts);
  let best: unknown;
  let found = false;
  for (const leaf of leaves) {
    const values: unknown[] = Array.isArray(leaf) ? (leaf.length === 0 ? [undefined] : leaf) : [leaf ?? null];
    for (const value of values) {
      if (!found || compare(value, best) * field.direction < 0) best = value;
      found = true;
    }
  }
  return found ? best : null;
}

/** Sorts a copy, keeping the order of equals. `docOf` gives the document of an item. */
export function sortBy<T>(items: readonly T[], fields: readonly SortField[], docOf: (item: T) => Doc): T[] {
  const keyed = items.map((item) => {
    const doc = docOf(item);
    return { item, keys: fields.map((field) => sortValue(doc, field)) };
  });
  keyed.sort((a, b) => {
    for (let i = 0; i < fields.length; i++) {
      const order = compare(a.keys[i], b.keys[i]);
      if (order !== 0) return order * (fields[i] as SortField).direction;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}
