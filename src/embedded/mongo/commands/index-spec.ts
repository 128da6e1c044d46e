import { hasOperators, isDoc, isNumber, toNumber, type Doc } from '../bson-values';
import { CommandError, unsupported } from '../errors';
import { isTrue } from '../match';
import type { IndexSpec } from '../secondary-index';

/** Index specifications as they are sent, checked and brought into one shape. */
const FIELDS = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'v',
  'background',
  'ns',
]);
const PARTIAL_OPERATORS = new Set(['$exists', '$eq', '$gt', '$gte', '$lt', '$lte']);

function cannot(message: string): CommandError {
  return new CommandError(67, 'CannotCreateIndex', message);
}

/** Throws what MongoDB would on a faulty specification, and «not supported» on one this store has no index for. */
export function checkedIndex(spec: Doc): IndexSpec {
  for (const key of Object.keys(spec)) if (!FIELDS.has(key)) throw unsupported(`the index option ${key}`);
  const key = checkedKey(spec.key);
  const { name } = spec;
  if (typeof name !== 'string' || name === '')
    throw new CommandError(
      9,
      'FailedToParse',
      "The 'name' field is a required property of an index specification",
    );
  const out: { -readonly [K in keyof IndexSpec]: IndexSpec[K] } = { name, key };
  if (isTrue(spec.unique)) out.unique = true;
  if (isTrue(spec.sparse)) out.sparse = true;
  if (spec.partialFilterExpression !== undefined) {
    if (out.sparse) throw cannot('cannot mix "partialFilterExpression" and "sparse" options');
    out.partialFilterExpression = checkedPartial(spec.partialFilterExpression);
  }
  return out;
}

function checkedKey(key: unknown): Record<string, number> {
  if (!isDoc(key) || Object.keys(key).length === 0) throw cannot('Index keys cannot be an empty object');
  const out: Record<string, number> = {};
  for (const [path, way] of Object.entries(key)) {
    if (typeof way === 'string') throw unsupported(`an index of kind '${way}'`, 67, 'CannotCreateIndex');
    if (!isNumber(way) || toNumber(way) === 0)
      throw cannot('Values in v:2 index key pattern must be numbers other than 0');
    if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$')))
      throw cannot(`Index key contains an illegal field name: '${path}'`);
    out[path] = toNumber(way);
  }
  return out;
}

function checkedPartial(filter: unknown): Doc {
  if (!isDoc(filter)) throw cannot('"partialFilterExpression" must be an object');
  for (const [path, condition] of Object.entries(filter)) {
    if (path.startsWith('$'))
      throw unsupported(`${path} in a partialFilterExpression`, 67, 'CannotCreateIndex');
    if (!hasOperators(condition)) continue;
    for (const [operator, argument] of Object.entries(condition)) {
      if (!PARTIAL_OPERATORS.has(operator) || (operator === '$exists' && argument !== true))
        throw unsupported(`${operator} in a partialFilterExpression`, 67, 'CannotCreateIndex');
    }
  }
  return filter;
}
