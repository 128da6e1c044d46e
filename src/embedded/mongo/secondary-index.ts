import BTree from 'sorted-btree';
import { isNumber, toNumber, type Doc } from './bson-values';
import type { Slot } from './collection';
import { CommandError } from './errors';
import { keyOf, reversed } from './key-string';
import { compileMatch, type Matcher } from './match';
import { leavesOf, partsOf } from './paths';

/**
 * One index: a sorted tree from key strings to the slots of documents. A unique index holds the bare key, any other
 * the key followed by that of the document, so equal keys stand in the order of their ids.
 */
export interface IndexSpec {
  readonly name: string;
  readonly key: Readonly<Record<string, number>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly partialFilterExpression?: Doc;
}

export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** A stretch of an index: from `low` on, up to but without `high`; null means to the end. */
export interface KeyRange {
  readonly low: string;
  readonly high: string | null;
}

const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export class SecondaryIndex {
  readonly fields: readonly IndexField[];
  /** True once any document had an array on an indexed path; it never becomes false again. */
  multikey = false;
  private readonly covers: Matcher | null;
  private readonly tree = new BTree<string, Slot>(undefined, compareKeys);

  constructor(readonly spec: IndexSpec) {
    this.fields = Object.entries(spec.key).map(([path, direction]) => ({
      path,
      parts: partsOf(path),
      direction: direction < 0 ? -1 : 1,
    }));
    this.covers = spec.partialFilterExpression ? compileMatch(spec.partialFilterExpression) : null;
  }

  get unique(): boolean {
    return this.spec.unique === true;
  }

  /** The keys under which a document stands in this index; none when the index is partial or sparse and leaves it out. */
  keysOf(doc: Doc): string[] {
    if (this.covers !== null && !this.covers(doc)) return [];
    if (this.fields.length === 1) return this.singleKeys(doc, this.fields[0] as IndexField);
    let keys = [''];
    let found = false;
    let arrays = '';
    for (const field of this.fields) {
      const values = this.valuesOf(doc, field);
      if (values.missing !== true) found = true;
      if (values.arrays) {
        if (arrays !== '')
          throw new CommandError(
            171,
            'CannotIndexParallelArrays',
            `cannot index parallel arrays [${field.path}] [${arrays}]`,
          );
        arrays = field.path;
      }
      const parts = values.keys;
      keys =
        parts.length === 1
          ? keys.map((key) => key + (parts[0] as string))
          : keys.flatMap((key) => parts.map((part) => key + part));
    }
    return this.spec.sparse === true && !found ? [] : keys;
  }

  private singleKeys(doc: Doc, field: IndexField): string[] {
    const values = this.valuesOf(doc, field);
    return this.spec.sparse === true && values.missing ? [] : values.keys;
  }

  private valuesOf(doc: Doc, field: IndexField): { keys: string[]; arrays: boolean; missing: boolean } {
    const turn = (value: unknown): string => {
      const key = keyOf(value);
      return field.direction < 0 ? reversed(key) : key;
    };
    const { leaves, arrays } = leavesOf(doc, field.parts);
    if (!arrays) {
      const leaf = leaves[0];
      return { keys: [turn(leaf ?? null)], arrays: false, missing: leaf === undefined };
    }
    this.multikey = true;
    const keys = new Set<string>();
    for (const leaf of leaves) {
      if (!Array.isArray(leaf)) keys.add(turn(leaf ?? null));
      else if (leaf.length === 0) keys.add(turn(undefined));
      else for (const element of leaf as unknown[]) keys.add(turn(element ?? null));
    }
    if (keys.size === 0) keys.add(turn(null));
    return { keys: [...keys], arrays: true, missing: leaves.every((leaf) => leaf === undefined) };
  }

  /** The slot that already holds one of these keys in a unique index, if it is not `self`. */
  rival(keys: readonly string[], self: Slot | null): Slot | null {
    for (const key of keys) {
      const holder = this.tree.get(key);
      if (holder !== undefined && holder !== self) return holder;
    }
    return null;
  }

  add(keys: readonly string[], slot: Slot): void {
    for (const key of keys) this.tree.set(this.unique ? key : key + slot.key, slot);
  }

  remove(keys: readonly string[], slot: Slot): void {
    for (const key of keys) this.tree.delete(this.unique ? key : key + slot.key);
  }

  /** The slots of a stretch in the order of the index, or against it. A multikey index may name a slot more than once. */
  *scan(range: KeyRange, backwards: boolean): Generator<Slot> {
    const { low, high } = range;
    if (this.tree.size === 0) return;
    // The tree reuses this pair for every step.
    const pair: (string | Slot)[] = [];
    if (backwards) {
      const from = high ?? undefined;
      for (const [key, slot] of this.tree.entriesReversed(from, pair, true)) {
        if (key < low) return;
        yield slot;
      }
      return;
    }
    for (const [key, slot] of this.tree.entries(low, pair)) {
      if (high !== null && key >= high) return;
      yield slot;
    }
  }

  get size(): number {
    return this.tree.size;
  }
}

/** Whether two specifications ask for the same index but for its name. */
export function sameIndex(a: IndexSpec, b: IndexSpec): boolean {
  const shape = (spec: IndexSpec): string =>
    JSON.stringify([
      Object.entries(spec.key).map(([path, way]) => [path, isNumber(way) ? toNumber(way) : way]),
      spec.unique === true,
      spec.sparse === true,
      spec.partialFilterExpression ?? null,
    ]);
  return shape(a) === shape(b);
}
