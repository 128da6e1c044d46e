import {
  compare,
  equal,
  hasOperators,
  isDoc,
  isNumber,
  isRegex,
  rank,
  toNumber,
  type Doc,
} from './bson-values';
import { CommandError, badValue, unsupported } from './errors';
import { partsOf, someLeaf } from './paths';
import { regexTest } from './regex';

/**
 * Queries compiled into plain functions. A condition on a path holds when some value the path leads to, or some
 * element of an array there, fulfils it; `$ne` and `$nin` are the exact opposites of their positives.
 */
export type Matcher = (doc: Doc) => boolean;
type Test = (value: unknown) => boolean;
/** Whether a condition holds at the end of a path; `walk` hands over the values there. */
type PathTest = (doc: unknown, parts: readonly string[]) => boolean;

const ALWAYS: Matcher = () => true;

/** The function that says whether a document fulfils the query. Throws what MongoDB would on a malformed query. */
export function compileMatch(query: Doc | undefined): Matcher {
  if (query === undefined) return ALWAYS;
  const tests: Matcher[] = [];
  for (const [key, condition] of Object.entries(query)) tests.push(clause(key, condition));
  return allOf(tests);
}

function allOf(tests: readonly Matcher[]): Matcher {
  if (tests.length === 0) return ALWAYS;
  if (tests.length === 1) return tests[0] as Matcher;
  return (doc) => {
    for (const test of tests) if (!test(doc)) return false;
    return true;
  };
}

function clause(key: string, condition: unknown): Matcher {
  switch (key) {
    case '$and':
      return allOf(branches(key, condition));
    case '$or': {
      const tests = branches(key, condition);
      return (doc) => tests.some((test) => test(doc));
    }
    default:
  }
  if (key.startsWith('$')) throw unsupported(`the query operator ${key}`, 2, 'BadValue');
  const parts = partsOf(key);
  const test = conditionTest(condition);
  return (doc) => test(doc, parts);
}

function branches(key: string, condition: unknown): Matcher[] {
  if (!Array.isArray(condition)) throw badValue(`${key} must be an array`);
  if (condition.length === 0) throw badValue('$and/$or must be a nonempty array');
  return condition.map((branch: unknown) => {
    if (!isDoc(branch)) throw badValue('$or/$and entries need to be full objects');
    return compileMatch(branch);
  });
}

/** What stands behind a path in a query: a value to equal, a regular expression, or a document of operators. */
function conditionTest(condition: unknown): PathTest {
  if (isRegex(condition)) return anyOf(regexTest(condition));
  if (!hasOperators(condition)) return anyOf(equalTest(condition));
  const tests: PathTest[] = [];
  for (const [operator, argument] of Object.entries(condition)) {
    if (operator === '$options') {
      if (!Object.hasOwn(condition, '$regex')) throw badValue('$options needs a $regex');
      continue;
    }
    tests.push(operatorTest(operator, argument, condition));
  }
  if (tests.length === 1) return tests[0] as PathTest;
  return (doc, parts) => tests.every((test) => test(doc, parts));
}

function anyOf(test: Test): PathTest {
  const leafTest = (leaf: unknown, byPlace: boolean): boolean => {
    if (byPlace || !Array.isArray(leaf)) return test(leaf);
    for (const element of leaf) if (test(element)) return true;
    return test(leaf);
  };
  return (doc, parts) => someLeaf(doc, parts, 0, leafTest);
}

function not(test: PathTest): PathTest {
  return (doc, parts) => !test(doc, parts);
}

function equalTest(wanted: unknown): Test {
  switch (typeof wanted) {
    case 'string':
    case 'boolean':
      return (value) => value === wanted;
    case 'undefined':
      return (value) => value === undefined || value === null;
    default:
  }
  if (wanted === null) return (value) => value === undefined || value === null;
  return (value) => value !== undefined && equal(value, wanted);
}

function rangeTest(bound: unknown, holds: (order: number) => boolean): Test {
  if (bound === null || bound === undefined)
    return (value) => (value === null || value === undefined) && holds(0);
  if (isRegex(bound)) throw badValue("Can't have RegEx as arg to predicate over field");
  const type = rank(bound);
  if (typeof bound === 'number' && Number.isNaN(bound))
    return (value) => typeof value === 'number' && Number.isNaN(value) && holds(0);
  return (value) =>
    value !== undefined &&
    rank(value) === type &&
    !(typeof value === 'number' && Number.isNaN(value)) &&
    holds(compare(value, bound));
}

function operatorTest(operator: string, argument: unknown, condition: Doc): PathTest {
  switch (operator) {
    case '$eq':
      return anyOf(equalTest(argument));
    case '$ne':
      if (isRegex(argument)) throw badValue("Can't have regex as arg to $ne.");
      return not(anyOf(equalTest(argument)));
    case '$gt':
      return anyOf(rangeTest(argument, (order) => order > 0));
    case '$gte':
      return anyOf(rangeTest(argument, (order) => order >= 0));
    case '$lt':
      return anyOf(rangeTest(argument, (order) => order < 0));
    case '$lte':
      return anyOf(rangeTest(argument, (order) => order <= 0));
    case '$in':
      return anyOf(membershipTest(operator, argument));
    case '$nin':
      return not(anyOf(membershipTest(operator, argument)));
    case '$exists': {
      const exists: PathTest = (doc, parts) => someLeaf(doc, parts, 0, (leaf) => leaf !== undefined);
      return isTrue(argument) ? exists : not(exists);
    }
    case '$regex': {
      if (isRegex(argument) && argument.options !== '' && condition.$options !== undefined)
        throw new CommandError(51074, 'Location51074', 'options set in both $regex and $options');
      return anyOf(regexTest(argument, condition.$options));
    }
    default:
      throw unsupported(`the query operator ${operator}`, 2, 'BadValue');
  }
}

/** What MongoDB takes for true where a flag is expected: anything but false, null, missing and zero. */
export function isTrue(value: unknown): boolean {
  if (isNumber(value)) return toNumber(value) !== 0;
  return value !== false && value !== null && value !== undefined;
}

function membershipTest(operator: string, argument: unknown): Test {
  if (!Array.isArray(argument)) throw badValue(`${operator} needs an array`);
  const texts = new Set<unknown>();
  const others: Test[] = [];
  for (const wanted of argument as unknown[]) {
    if (hasOperators(wanted)) throw badValue(`cannot nest $ under ${operator}`);
    if (typeof wanted === 'string') texts.add(wanted);
    else others.push(isRegex(wanted) ? regexTest(wanted) : equalTest(wanted));
  }
  if (others.length === 0) return (value) => texts.has(value);
  return (value) => texts.has(value) || others.some((test) => test(value));
}
