import { get, isDoc } from './bson-values';

/** Dotted paths as MongoDB walks them: an array on the way stands for each of its embedded documents, a digit for a place in it. */
const cache = new Map<string, readonly string[]>();

/** The parts of a dotted path; kept, because the same few hundred paths come again and again. */
export function partsOf(path: string): readonly string[] {
  let parts = cache.get(path);
  if (parts === undefined) {
    parts = path.split('.');
    if (cache.size > 5_000) cache.clear();
    cache.set(path, parts);
  }
  return parts;
}

const DIGITS = /^(0|[1-9]\d*)$/;

/** The array place a path part names, or -1. */
export function placeOf(part: string): number {
  return DIGITS.test(part) ? Number(part) : -1;
}

/** `byPlace`: the path ended with a place in an array, so an array found there is not looked into. */
type LeafTest = (leaf: unknown, byPlace: boolean) => boolean;

/**
 * Calls `test` with every value the path leads to until one answers true, and says whether one did. A value that is
 * missing is handed over as undefined; an array at the end is handed over whole. An array on the way without any
 * embedded document hands over nothing at all.
 */
export function someLeaf(value: unknown, parts: readonly string[], from: number, test: LeafTest): boolean {
  let current = value;
  for (let i = from; i < parts.length; i++) {
    const part = parts[i] as string;
    if (Array.isArray(current)) return someOfArray(current, part, parts, i, test);
    if (!isDoc(current)) return test(undefined, false);
    current = get(current, part);
    if (current === undefined) return test(undefined, false);
  }
  return test(current, false);
}

function someOfArray(
  array: readonly unknown[],
  part: string,
  parts: readonly string[],
  at: number,
  test: LeafTest,
): boolean {
  const place = placeOf(part);
  if (place >= 0 && place < array.length) {
    const found = array[place];
    if (at + 1 === parts.length ? test(found, true) : someLeaf(found, parts, at + 1, test)) return true;
  }
  for (const element of array) if (isDoc(element) && someLeaf(element, parts, at, test)) return true;
  return false;
}

/** All values a path leads to, and whether an array stood on the way or at the end. */
export function leavesOf(doc: unknown, parts: readonly string[]): { leaves: unknown[]; arrays: boolean } {
  const leaves: unknown[] = [];
  let arrays = false;
  someLeaf(doc, parts, 0, (leaf) => {
    leaves.push(leaf);
    if (Array.isArray(leaf)) arrays = true;
    return false;
  });
  return { leaves, arrays: arrays || leaves.length !== 1 || crossesArray(doc, parts) };
}

function crossesArray(doc: unknown, parts: readonly string[]): boolean {
  let current = doc;
  for (const part of parts) {
    if (Array.isArray(current)) return true;
    if (!isDoc(current)) return false;
    current = get(current, part);
  }
  return false;
}

/** The one value at a path where arrays are entered by place only; undefined when there is none. */
export function valueAt(doc: unknown, parts: readonly string[]): unknown {
  let current = doc;
  for (const part of parts) {
    if (Array.isArray(current)) current = current[placeOf(part)];
    else if (isDoc(current)) current = get(current, part);
    else return undefined;
  }
  return current;
}
