import { compare, isDoc, isNumber, put, toNumber, type Doc } from './bson-values';
import { CommandError, unsupported } from './errors';
import { compileExpression, type Expression } from './expressions';
import { keyOf } from './key-string';
import { sum } from './update-operators';

/** `$group` and its accumulators. Groups come out in the order in which they were first met. */
interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => {
    let total: Parameters<typeof sum>[0] = 0;
    return {
      add: (value) => {
        if (isNumber(value)) total = sum(total, value);
      },
      result: () => total,
    };
  },
  $avg: () => {
    let total = 0;
    let count = 0;
    return {
      add: (value) => {
        if (!isNumber(value)) return;
        total += toNumber(value);
        count++;
      },
      result: () => (count === 0 ? null : total / count),
    };
  },
  $min: () => extreme((order) => order < 0),
  $max: () => extreme((order) => order > 0),
  $first: () => {
    let first: unknown;
    let met = false;
    return {
      add: (value) => {
        if (!met) first = value;
        met = true;
      },
      result: () => first ?? null,
    };
  },
  $last: () => {
    let last: unknown;
    return {
      add: (value) => {
        last = value;
      },
      result: () => last ?? null,
    };
  },
  $push: () => {
    const values: unknown[] = [];
    return {
      add: (value) => {
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  },
  $addToSet: () => {
    const values = new Map<string, unknown>();
    return {
      add: (value) => {
        if (value !== undefined) values.set(keyOf(value), value);
      },
      result: () => [...values.values()],
    };
  },
};

function extreme(wins: (order: number) => boolean): Accumulator {
  let best: unknown;
  return {
    add: (value) => {
      if (value === null || value === undefined) return;
      if (best === undefined || wins(compare(value, best))) best = value;
    },
    result: () => best ?? null,
  };
}

interface Field {
  readonly name: string;
  readonly make: () => Accumulator;
  readonly argument: Expression;
}

/** The stage as a function over all documents that reach it. */
export function compileGroup(spec: unknown): (docs: Iterable<Doc>) => Doc[] {
  if (!isDoc(spec))
    throw new CommandError(15947, 'Location15947', "a group's fields must be specified in an object");
  if (!Object.hasOwn(spec, '_id'))
    throw new CommandError(15955, 'Location15955', 'a group specification must include an _id');
  const id = compileExpression(spec._id);
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, accumulator]) => compileField(name, accumulator));
  return (docs) => {
    const groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>();
    for (const doc of docs) {
      const value = id(doc) ?? null;
      const key = keyOf(value);
      let group = groups.get(key);
      if (group === undefined) {
        group = { id: value, accumulators: fields.map((field) => field.make()) };
        groups.set(key, group);
      }
      for (const [i, field] of fields.entries())
        (group.accumulators[i] as Accumulator).add(field.argument(doc));
    }
    return [...groups.values()].map((group) => {
      const out: Doc = { _id: group.id };
      for (const [i, field] of fields.entries())
        put(out, field.name, (group.accumulators[i] as Accumulator).result());
      return out;
    });
  };
}

function compileField(name: string, accumulator: unknown): Field {
  if (name.includes('.'))
    throw new CommandError(40235, 'Location40235', `The field name '${name}' cannot contain '.'`);
  if (!isDoc(accumulator))
    throw new CommandError(40234, 'Location40234', `The field '${name}' must be an accumulator object`);
  const operators = Object.keys(accumulator);
  const operator = operators[0] ?? '';
  if (operators.length !== 1)
    throw new CommandError(40238, 'Location40238', `The field '${name}' must specify one accumulator`);
  if (!Object.hasOwn(ACCUMULATORS, operator))
    throw unsupported(`the group operator ${operator}`, 15952, 'Location15952');
  return {
    name,
    make: ACCUMULATORS[operator] as () => Accumulator,
    argument: compileExpression(accumulator[operator]),
  };
}
