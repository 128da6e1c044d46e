import { Long } from 'bson';
import {
  compare,
  equal,
  get,
  isDoc,
  isLong,
  isNumber,
  isRegex,
  show,
  toNumber,
  typeName,
  type Doc,
} from './bson-values';
import type { Draft } from './draft';
import { CommandError, badValue, typeMismatch, unsupported } from './errors';
import { elementMatcher } from './match';
import { partsOf, valueAt } from './paths';
import { regexTest } from './regex';

/**
 * The update operators. Each entry checks its argument once and gives back the change of one path; a change that
 * would leave the value as it is does nothing, so the draft stays unchanged.
 */
export type Modifier = (draft: Draft, parts: readonly string[], path: string) => void;

export const MODIFIERS: Readonly<Record<string, (argument: unknown, path: string) => Modifier>> = {
  $set: assign,
  $setOnInsert: assign,
  $unset: () => (draft, parts) => draft.unset(parts),
  $inc: increment,
  $min: (argument) => bound(argument, (order) => order < 0),
  $max: (argument) => bound(argument, (order) => order > 0),
  $rename: (argument) => rename(argument as string),
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
};

/** Equal and of one shape: 1 and Long 1 are equal, yet writing one over the other changes nothing a reader could see. */
function same(a: unknown, b: unknown): boolean {
  return a !== undefined && equal(a, b);
}

function assign(argument: unknown): Modifier {
  return (draft, parts) => {
    if (!same(valueAt(draft.root, parts), argument)) draft.set(parts, argument);
  };
}

function increment(argument: unknown, path: string): Modifier {
  if (!isNumber(argument))
    throw typeMismatch(`Cannot increment with non-numeric argument: {${path}: ${show(argument)}}`);
  return (draft, parts) => {
    const current = valueAt(draft.root, parts);
    if (current === undefined) {
      draft.set(parts, argument);
      return;
    }
    if (!isNumber(current))
      throw typeMismatch(
        `Cannot apply $inc to a value of non-numeric type. {_id: ${show(get(draft.root, '_id'))}} has the field '${parts[parts.length - 1] ?? ''}' of non-numeric type ${typeName(current)}`,
      );
    if (toNumber(argument) !== 0) draft.set(parts, sum(current, argument));
  };
}

/** Adds as MongoDB does: a Long and a whole number stay a Long, and leaving 64 bits is an error. */
export function sum(a: number | Long, b: number | Long): number | Long {
  if ((isLong(a) || isLong(b)) && isWhole(a) && isWhole(b)) {
    const total = bigint(a) + bigint(b);
    if (BigInt.asIntN(64, total) !== total)
      throw badValue('Failed to apply $inc operations to current value: overflow');
    return Long.fromBigInt(total);
  }
  return toNumber(a) + toNumber(b);
}

function isWhole(value: number | Long): boolean {
  return isLong(value) || Number.isInteger(value);
}

function bigint(value: number | Long): bigint {
  return isLong(value) ? value.toBigInt() : BigInt(value);
}

function bound(argument: unknown, wins: (order: number) => boolean): Modifier {
  return (draft, parts) => {
    const current = valueAt(draft.root, parts);
    if (current === undefined || wins(compare(argument, current))) draft.set(parts, argument);
  };
}

function rename(to: string): Modifier {
  const target = partsOf(to);
  return (draft, parts, path) => {
    for (const [name, route] of [
      [path, parts],
      [to, target],
    ] as const)
      for (let i = 1; i < route.length; i++)
        if (Array.isArray(valueAt(draft.root, route.slice(0, i))))
          throw badValue(`The field of $rename cannot be an array element, '${name}' has an array field`);
    const current = valueAt(draft.root, parts);
    if (current === undefined) return;
    draft.unset(parts);
    draft.set(target, current);
  };
}

interface Additions {
  readonly each: readonly unknown[];
  readonly slice: number | undefined;
  readonly position: number | undefined;
}

function additions(operator: string, argument: unknown): Additions {
  if (!isDoc(argument) || !Object.hasOwn(argument, '$each'))
    return { each: [argument], slice: undefined, position: undefined };
  const allowed = operator === '$push' ? ['$each', '$slice', '$position'] : ['$each'];
  for (const key of Object.keys(argument))
    if (!allowed.includes(key)) throw unsupported(`${key} in ${operator}`, 2, 'BadValue');
  if (!Array.isArray(argument.$each))
    throw (operator === '$push' ? badValue : typeMismatch)(
      `The argument to $each in ${operator} must be an array but it was of type ${typeName(argument.$each)}`,
    );
  return {
    each: argument.$each,
    slice: wholeOf(argument, '$slice'),
    position: wholeOf(argument, '$position'),
  };
}

function wholeOf(argument: Doc, key: string): number | undefined {
  const value = get(argument, key);
  if (value === undefined) return undefined;
  if (!isNumber(value) || !Number.isInteger(toNumber(value)))
    throw badValue(`The value for ${key} must be an integer value but was given type: ${typeName(value)}`);
  return toNumber(value);
}

function push(argument: unknown): Modifier {
  const { each, slice, position } = additions('$push', argument);
  return (draft, parts, path) => {
    const current = valueAt(draft.root, parts);
    if (current !== undefined && !Array.isArray(current))
      throw badValue(
        `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${show(get(draft.root, '_id'))}}`,
      );
    const before: readonly unknown[] = current ?? [];
    const at = position === undefined ? before.length : position < 0 ? before.length + position : position;
    const next = before.toSpliced(Math.max(0, Math.min(at, before.length)), 0, ...each);
    const kept =
      slice === undefined ? next : slice === 0 ? [] : slice > 0 ? next.slice(0, slice) : next.slice(slice);
    // What was pushed counts as a change even where `$slice` leaves the array as it was.
    if (current === undefined || each.length > 0 || kept.length < before.length) draft.set(parts, kept);
  };
}

function addToSet(argument: unknown): Modifier {
  const { each } = additions('$addToSet', argument);
  return (draft, parts) => {
    const current = valueAt(draft.root, parts);
    if (current !== undefined && !Array.isArray(current))
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${parts[parts.length - 1] ?? ''}' has non-array type ${typeName(current)}`,
      );
    const next: unknown[] = [...((current as unknown[] | undefined) ?? [])];
    const before = next.length;
    for (const value of each) if (!next.some((other) => equal(other, value))) next.push(value);
    if (current === undefined || next.length > before) draft.set(parts, next);
  };
}

function pull(argument: unknown): Modifier {
  const leaves = isRegex(argument)
    ? regexTest(argument)
    : isDoc(argument)
      ? elementMatcher(argument)
      : (value: unknown) => equal(value, argument);
  return (draft, parts) => {
    const current = valueAt(draft.root, parts);
    if (current === undefined) return;
    if (!Array.isArray(current))
      throw new CommandError(2, 'BadValue', 'Cannot apply $pull to a non-array value');
    const kept = current.filter((value: unknown) => !leaves(value));
    if (kept.length < current.length) draft.set(parts, kept);
  };
}
