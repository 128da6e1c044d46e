import { ObjectId } from 'bson';
import type { Collection, Slot } from '../collection';
import { show, typeName } from '../bson-text';
import { decode, encode, firstKey, get, hasOperators, isRegex, type Doc } from '../bson-values';
import { CommandError, failedToParse } from '../errors';
import { ReplyWriter } from '../reply';
import { compileUpdate, upsertSeed } from '../update';
import type { Engine } from '../engine';
import type { Command } from './command';
import { checkBatch, databaseOf, docOf, flagOf, statementsOf, takeOnly, textOf } from './options';

/** insert, update and delete. Within one command each statement sees what the ones before it did. */
const MOST_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Runs the statements one by one; an ordered command stops at the first error, an unordered one collects them. */
function eachStatement<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => void,
): Doc[] {
  const errors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (ordered) break;
    }
  }
  return errors;
}

const INSERT_FIELDS = new Set(['documents', 'ordered']);

export const insert: Command = {
  writes: true,
  run({ engine, command, documents }) {
    takeOnly(command, 'insert', INSERT_FIELDS);
    const raw = documents ?? statementsOf(command, 'documents').map(encode);
    checkBatch(raw.length);
    const collection = engine.ensure(databaseOf(command), textOf(command, 'insert'));
    let n = 0;
    const writeErrors = eachStatement(raw, command.ordered !== false, (bytes) => {
      const doc = collection.headOf(bytes);
      if (firstKey(doc) === '_id') {
        checkDocument(doc, bytes);
        engine.insert(collection, doc, bytes);
      } else insertDoc(engine, collection, decode(bytes));
      n++;
    });
    return writeErrors.length > 0 ? { n, writeErrors, ok: 1 } : new ReplyWriter(0).int32('n', n).ok();
  },
};

/** Inserts with the id in front, making one when there is none. Answers the document as stored. */
function insertDoc(engine: Engine, collection: Collection, doc: Doc): Doc {
  const { _id: id = new ObjectId(), ...rest } = doc;
  const whole: Doc = { _id: id, ...rest };
  const bytes = encode(whole);
  checkDocument(whole, bytes);
  engine.insert(collection, whole, bytes);
  return whole;
}

function checkDocument(doc: Doc, bytes: Uint8Array): void {
  const id = get(doc, '_id');
  if (Array.isArray(id) || isRegex(id) || id === undefined)
    throw new CommandError(53, 'InvalidIdField', `The '_id' value cannot be of type ${typeName(id)}`);
  if (hasOperators(id))
    throw new CommandError(
      52,
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${show(id)} is not valid for storage.`,
    );
  checkSize(bytes);
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.length > MOST_DOCUMENT_BYTES)
    throw new CommandError(
      10334,
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${MOST_DOCUMENT_BYTES}`,
    );
}

export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  /** The id of the document an upsert made; undefined when it made none. */
  readonly upserted: unknown;
  /** The bytes before and after, of the first document updated; null where there is none. */
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

/** One update statement; `collection` undefined means there is none yet. */
export function updateOnce(
  engine: Engine,
  database: string,
  name: string,
  statement: { query: Doc; update: unknown; multi: boolean; upsert: boolean; sort?: unknown },
): UpdateOutcome {
  const collection = engine.collection(database, name);
  const update = compileUpdate(statement.update);
  const limit = statement.multi ? 0 : 1;
  const slots = engine.search(collection, statement.query, { sort: statement.sort, limit });
  if (collection === undefined || slots.length === 0) {
    if (!statement.upsert) return { matched: 0, modified: 0, upserted: undefined, before: null, after: null };
    const target = collection ?? engine.ensure(database, name);
    const made = insertDoc(engine, target, update.apply(upsertSeed(statement.query), true));
    const after = target.find(made._id)?.bytes ?? null;
    return { matched: 0, modified: 0, upserted: made._id, before: null, after };
  }
  const before = slots[0]?.bytes ?? null;
  let modified = 0;
  for (const slot of slots)
    if (replaceWith(engine, collection, slot, update.apply(slot.doc, false))) modified++;
  return { matched: slots.length, modified, upserted: undefined, before, after: slots[0]?.bytes ?? null };
}

function replaceWith(engine: Engine, collection: Collection, slot: Slot, next: Doc): boolean {
  if (next === slot.doc) return false;
  const bytes = encode(next);
  checkSize(bytes);
  engine.replace(collection, slot, next, bytes);
  return true;
}

const UPDATE_FIELDS = new Set(['updates', 'ordered']);
const UPDATE_STATEMENT = new Set(['q', 'u', 'multi', 'upsert']);

export const update: Command = {
  writes: true,
  run({ engine, command }) {
    takeOnly(command, 'update', UPDATE_FIELDS);
    const database = databaseOf(command);
    const name = textOf(command, 'update');
    let n = 0;
    let nModified = 0;
    const upserted: Doc[] = [];
    const writeErrors = eachStatement(
      statementsOf(command, 'updates'),
      command.ordered !== false,
      (statement, index) => {
        takeOnly(statement, 'q', UPDATE_STATEMENT);
        const done = updateOnce(engine, database, name, {
          query: docOf(statement, 'q') ?? {},
          update: statement.u,
          multi: flagOf(statement, 'multi'),
          upsert: flagOf(statement, 'upsert'),
        });
        n += done.matched;
        nModified += done.modified;
        if (done.upserted === undefined) return;
        n++;
        upserted.push({ index, _id: done.upserted });
      },
    );
    if (upserted.length === 0 && writeErrors.length === 0)
      return new ReplyWriter(0).int32('n', n).int32('nModified', nModified).ok();
    return {
      n,
      nModified,
      ...(upserted.length > 0 ? { upserted } : {}),
      ...(writeErrors.length > 0 ? { writeErrors } : {}),
      ok: 1,
    };
  },
};

const DELETE_FIELDS = new Set(['deletes', 'ordered']);
const DELETE_STATEMENT = new Set(['q', 'limit']);

export const remove: Command = {
  writes: true,
  run({ engine, command }) {
    takeOnly(command, 'delete', DELETE_FIELDS);
    const collection = engine.collection(databaseOf(command), textOf(command, 'delete'));
    let n = 0;
    const writeErrors = eachStatement(
      statementsOf(command, 'deletes'),
      command.ordered !== false,
      (statement) => {
        takeOnly(statement, 'q', DELETE_STATEMENT);
        const { limit } = statement;
        if (limit !== 0 && limit !== 1)
          throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${show(limit)}`);
        const slots = engine.search(collection, docOf(statement, 'q') ?? {}, { limit });
        for (const slot of slots) engine.remove(collection as Collection, slot);
        n += slots.length;
      },
    );
    return writeErrors.length > 0 ? { n, writeErrors, ok: 1 } : new ReplyWriter(0).int32('n', n).ok();
  },
};
