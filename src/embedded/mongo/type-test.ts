import { RANK, isNumber, rank, typeName } from './bson-values';
import { CommandError, badValue, unsupported } from './errors';
import { someLeaf } from './paths';

/** `$type` by names, such as 'string', 'number' or a list of them; the numeric codes of old are not taken. */
const NAMES = new Set([
  'double',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
  'regex',
  'javascript',
  'int',
  'timestamp',
  'long',
  'number',
  'minKey',
  'maxKey',
]);

export function typeTest(argument: unknown): (doc: unknown, parts: readonly string[]) => boolean {
  const wanted: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (wanted.length === 0) throw new CommandError(9, 'FailedToParse', '$type must match at least one type');
  for (const name of wanted) {
    if (typeof name !== 'string') throw unsupported('$type with a number', 2, 'BadValue');
    if (!NAMES.has(name)) throw badValue(`Unknown type name alias: ${name}`);
  }
  const names = new Set(wanted);
  const is = (value: unknown): boolean =>
    value !== undefined && (names.has(typeName(value)) || (names.has('number') && isNumber(value)));
  return (doc, parts) =>
    someLeaf(doc, parts, 0, (leaf) => {
      if (rank(leaf) !== RANK.array) return is(leaf);
      return is(leaf) || (leaf as unknown[]).some(is);
    });
}
