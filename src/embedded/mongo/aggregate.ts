import { get, isDoc, isNumber, put, toNumber, type Doc } from './bson-values';
import { CommandError, failedToParse, unsupported } from './errors';
import { compileGroup } from './group';
import { compileMatch } from './match';
import { partsOf } from './paths';
import { compileProjection } from './project';
import { parseSort, sortBy } from './sort';

/** Aggregation pipelines: each stage compiled to a function from the documents that reach it to those that leave it. */
type Stage = (docs: readonly Doc[]) => readonly Doc[];

const STAGES: Readonly<Record<string, (argument: unknown) => Stage>> = {
  $match: (query) => {
    if (!isDoc(query))
      throw new CommandError(15959, 'Location15959', 'the match filter must be an expression in an object');
    const match = compileMatch(query);
    return (docs) => docs.filter(match);
  },
  $sort: (spec) => {
    const fields = parseSort(spec);
    if (fields === null)
      throw new CommandError(15976, 'Location15976', '$sort stage must have at least one sort key');
    return (docs) => sortBy(docs, fields, (doc) => doc);
  },
  $skip: (argument) => {
    const count = wholeNumber('$skip', argument, 0);
    return (docs) => docs.slice(count);
  },
  $limit: (argument) => {
    const count = wholeNumber('$limit', argument, 1);
    return (docs) => docs.slice(0, count);
  },
  $project: (spec) => {
    if (!isDoc(spec) || Object.keys(spec).length === 0)
      throw new CommandError(51272, 'Location51272', '$project specification must have at least one field');
    const project = compileProjection(spec, true);
    return (docs) => (project === null ? docs : docs.map(project));
  },
  $group: (spec) => compileGroup(spec),
  $count: (name) => {
    if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.includes('.'))
      throw new CommandError(40156, 'Location40156', 'the count field must be a non-empty string');
    return (docs) => (docs.length === 0 ? [] : [{ [name]: docs.length }]);
  },
  $unwind: unwind,
};

/** Compiles every stage before any runs, so a faulty pipeline does nothing. */
export function compilePipeline(pipeline: readonly unknown[]): Stage {
  const stages = pipeline.map((stage) => {
    const [name, ...more] = isDoc(stage) ? Object.keys(stage) : [];
    if (!isDoc(stage) || name === undefined || more.length > 0)
      throw new CommandError(
        40323,
        'Location40323',
        'A pipeline stage specification object must contain exactly one field.',
      );
    if (!Object.hasOwn(STAGES, name)) throw unsupported(`the pipeline stage ${name}`, 40324, 'Location40324');
    return (STAGES[name] as (argument: unknown) => Stage)(stage[name]);
  });
  return (docs) => stages.reduce((current, stage) => stage(current), docs);
}

function wholeNumber(stage: string, argument: unknown, least: number): number {
  const value = isNumber(argument) ? toNumber(argument) : NaN;
  if (!Number.isInteger(value) || value < least)
    throw new CommandError(
      15957,
      'Location15957',
      `invalid argument to ${stage} stage: expected a whole number of at least ${least}`,
    );
  return value;
}

function unwind(argument: unknown): Stage {
  const options: Doc = isDoc(argument) ? argument : { path: argument };
  for (const key of Object.keys(options))
    if (!['path', 'preserveNullAndEmptyArrays'].includes(key))
      throw unsupported(`${key} in $unwind`, 28811, 'Location28811');
  const path = options.path;
  if (typeof path !== 'string' || !path.startsWith('$') || path.startsWith('$$'))
    throw new CommandError(
      28818,
      'Location28818',
      "path option to $unwind stage should be prefixed with a '$'",
    );
  const parts = partsOf(path.slice(1));
  const keep = options.preserveNullAndEmptyArrays === true;
  return (docs) =>
    docs.flatMap((doc) => {
      const value = fieldAt(doc, parts);
      if (!Array.isArray(value)) return value === undefined || value === null ? (keep ? [doc] : []) : [doc];
      if (value.length === 0) return keep ? [withField(doc, parts, 0, undefined)] : [];
      return value.map((element: unknown) => withField(doc, parts, 0, element));
    });
}

function fieldAt(doc: Doc, parts: readonly string[]): unknown {
  let current: unknown = doc;
  for (const part of parts) {
    if (!isDoc(current)) return undefined;
    current = get(current, part);
  }
  return current;
}

function withField(doc: Doc, parts: readonly string[], at: number, value: unknown): Doc {
  const part = parts[at];
  if (part === undefined) throw failedToParse('an empty path');
  const copy = { ...doc };
  if (at < parts.length - 1) put(copy, part, withField(get(doc, part) as Doc, parts, at + 1, value));
  else if (value === undefined) delete copy[part];
  else put(copy, part, value);
  return copy;
}
