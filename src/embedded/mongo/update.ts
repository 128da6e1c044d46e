import { show, typeName } from './bson-text';
import { compareStrings, equal, get, hasOperators, isDoc, isRegex, type Doc } from './bson-values';
import { Draft } from './draft';
import { CommandError, failedToParse, immutableId, unsupported } from './errors';
import { partsOf } from './paths';
import { MODIFIERS, type Modifier } from './update-operators';

/**
 * Updates compiled into functions from a document to its successor. The document given is never written to; when
 * nothing changes, the very same object comes back, which is how `modifiedCount` is known.
 */
export interface Update {
  /** The successor of `doc`. `inserting` is true when an upsert found nothing and makes a document. */
  apply(doc: Doc, inserting: boolean): Doc;
}

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly modify: Modifier;
}

export function compileUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw unsupported('an update with a pipeline', 9, 'FailedToParse');
  if (!isDoc(update)) throw failedToParse('Update argument must be either an object or an array');
  const keys = Object.keys(update);
  if (!keys.some((key) => key.startsWith('$')))
    throw unsupported('an update that replaces the document', 9, 'FailedToParse');
  const steps: Step[] = [];
  const paths: string[] = [];
  for (const operator of keys) {
    if (!Object.hasOwn(MODIFIERS, operator)) throw unknownModifier(operator);
    const fields = update[operator];
    if (!isDoc(fields))
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
      );
    for (const [path, argument] of Object.entries(fields)) {
      const parts = checkedPath(path);
      claim(paths, path);
      const make = MODIFIERS[operator] as (argument: unknown, path: string) => Modifier;
      steps.push({ operator, path, parts, modify: make(argument, path) });
    }
  }
  // New fields appear in the order of their names, not of the operators.
  if (steps.length > 1) steps.sort((a, b) => compareStrings(a.path, b.path));
  return { apply: (doc, inserting) => applySteps(steps, doc, inserting) };
}

function applySteps(steps: readonly Step[], doc: Doc, inserting: boolean): Doc {
  const draft = new Draft(doc);
  for (const step of steps) {
    if (step.operator === '$setOnInsert' && !inserting) continue;
    step.modify(draft, step.parts, step.path);
  }
  if (!draft.changed) return doc;
  const before = get(doc, '_id');
  if (before !== undefined && !equal(before, get(draft.root, '_id'))) throw immutableId();
  return draft.root;
}

function unknownModifier(operator: string): CommandError {
  return operator.startsWith('$')
    ? unsupported(`the update operator ${operator}`, 9, 'FailedToParse')
    : failedToParse(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
}

function checkedPath(path: string): readonly string[] {
  if (path === '') throw new CommandError(56, 'EmptyFieldName', 'An empty update path is not valid.');
  const parts = partsOf(path);
  for (const part of parts) {
    if (part === '')
      throw new CommandError(
        56,
        'EmptyFieldName',
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    if (part === '$' || part.startsWith('$['))
      throw unsupported(`the positional path '${path}'`, 2, 'BadValue');
    if (part.startsWith('$'))
      throw new CommandError(
        52,
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document.`,
      );
  }
  return parts;
}

/** Refuses two changes of the same path or of one inside the other. */
function claim(paths: string[], path: string): void {
  for (const other of paths)
    if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`))
      throw new CommandError(
        40,
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${other.length < path.length ? other : path}'`,
      );
  paths.push(path);
}

/** The document an upsert starts from: every field the query asks to equal something. */
export function upsertSeed(query: Doc): Doc {
  const draft = new Draft({});
  const seen = new Map<string, unknown>();
  collectEqualities(query, (path, value) => {
    if (seen.has(path))
      throw new CommandError(
        54,
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      );
    seen.set(path, value);
    draft.set(partsOf(path), value);
  });
  return draft.root;
}

function collectEqualities(query: Doc, found: (path: string, value: unknown) => void): void {
  for (const [key, condition] of Object.entries(query)) {
    if (key === '$and' || (key === '$or' && (condition as Doc[]).length === 1)) {
      for (const branch of condition as Doc[]) collectEqualities(branch, found);
    } else if (!key.startsWith('$')) {
      const wanted = equalityOf(condition);
      if (wanted !== undefined) found(key, wanted);
    }
  }
}

function equalityOf(condition: unknown): unknown {
  if (isRegex(condition)) return undefined;
  if (!hasOperators(condition)) return condition;
  if (Object.hasOwn(condition, '$eq')) return condition.$eq;
  const list = condition.$in;
  const [only] = Array.isArray(list) && list.length === 1 ? (list as unknown[]) : [];
  return isRegex(only) || hasOperators(only) ? undefined : only;
}
