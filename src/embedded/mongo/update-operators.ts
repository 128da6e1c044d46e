import { Long } from 'bson';
import { show, typeName } from './bson-text';
import { compare, equal, get, isDoc, isLong, isNumber, toNumber } from './bson-values';
import type { Draft } from './draft';
import { badValue, typeMismatch, unsupported } from './errors';
import { valueAt } from './paths';

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
  $push: push,
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
function sum(a: number | Long, b: number | Long): number | Long {
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

interface Additions {
  readonly each: readonly unknown[];
  readonly slice: number | undefined;
}

function additions(argument: unknown): Additions {
  if (!isDoc(argument) || !Object.hasOwn(argument, '$each')) return { each: [argument], slice: undefined };
  for (const key of Object.keys(argument))
    if (key !== '$each' && key !== '$slice') throw unsupported(`${key} in $push`, 2, 'BadValue');
  if (!Array.isArray(argument.$each))
    throw badValue(
      `The argument to $each in $push must be an array but it was of type ${typeName(argument.$each)}`,
    );
  const slice = get(argument, '$slice');
  if (slice !== undefined && !(isNumber(slice) && Number.isInteger(toNumber(slice))))
    throw badValue(`The value for $slice must be an integer value but was given type: ${typeName(slice)}`);
  return { each: argument.$each, slice: slice === undefined ? undefined : toNumber(slice) };
}

function push(argument: unknown): Modifier {
  const { each, slice } = additions(argument);
  return (draft, parts, path) => {
    const current = valueAt(draft.root, parts);
    if (current !== undefined && !Array.isArray(current))
      throw badValue(
        `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${show(get(draft.root, '_id'))}}`,
      );
    const before: readonly unknown[] = current ?? [];
    const next = [...before, ...each];
    const kept =
      slice === undefined ? next : slice === 0 ? [] : slice > 0 ? next.slice(0, slice) : next.slice(slice);
    // What was pushed counts as a change even where `$slice` leaves the array as it was.
    if (current === undefined || each.length > 0 || kept.length < before.length) draft.set(parts, kept);
  };
}
