import { encode, type Doc } from '../bson-values';
import type { Collection } from '../collection';
import { CommandError, unsupported } from '../errors';
import { sameIndex, type IndexSpec } from '../secondary-index';
import type { Command, CommandContext } from './command';
import { checkedIndex } from './index-spec';
import { countOf, databaseOf, docOf, statementsOf, takeOnly, textOf } from './options';

/** Indexes, made, dropped and listed, and the names of collections. */
function existing({ engine, command }: CommandContext, key: string): Collection {
  const database = databaseOf(command);
  const name = textOf(command, key);
  const collection = engine.collection(database, name);
  if (collection === undefined)
    throw new CommandError(26, 'NamespaceNotFound', `ns does not exist: ${database}.${name}`);
  return collection;
}

export const createIndexes: Command = {
  writes: true,
  run({ engine, command }) {
    takeOnly(command, 'createIndexes', new Set(['indexes']));
    const specs = statementsOf(command, 'indexes').map(checkedIndex);
    const database = databaseOf(command);
    const name = textOf(command, 'createIndexes');
    const createdCollectionAutomatically = engine.collection(database, name) === undefined;
    const collection = engine.ensure(database, name);
    const numIndexesBefore = collection.indexes.length + 1;
    const added: string[] = [];
    try {
      for (const spec of specs) {
        if (isThere(collection, spec)) continue;
        collection.addIndex(spec);
        added.push(spec.name);
      }
    } catch (error) {
      // All or none.
      for (const index of added) collection.dropIndex(index);
      throw error;
    }
    if (added.length > 0) engine.recordIndexes(collection);
    return {
      numIndexesBefore,
      numIndexesAfter: collection.indexes.length + 1,
      createdCollectionAutomatically,
      ok: 1,
    };
  },
};

/** True when the very same index exists; refuses one that differs under the same name, or has another name. */
function isThere(collection: Collection, spec: IndexSpec): boolean {
  if (isIdKey(spec)) return true;
  for (const { spec: other } of collection.indexes) {
    if (other.name === spec.name) {
      if (sameIndex(other, spec)) return true;
      throw new CommandError(
        86,
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(other)}`,
      );
    }
    if (sameKeyAndFilter(other, spec))
      throw new CommandError(
        85,
        'IndexOptionsConflict',
        `Index already exists with a different name: ${other.name}`,
      );
  }
  return false;
}

function isIdKey(spec: IndexSpec): boolean {
  const keys = Object.entries(spec.key);
  return keys.length === 1 && keys[0]?.[0] === '_id';
}

function sameKeyAndFilter(a: IndexSpec, b: IndexSpec): boolean {
  const shape = (spec: IndexSpec): string =>
    JSON.stringify([Object.entries(spec.key), spec.partialFilterExpression ?? null]);
  return shape(a) === shape(b);
}

export const dropIndexes: Command = {
  writes: true,
  run(context) {
    const { engine, command } = context;
    takeOnly(command, 'dropIndexes', new Set(['index']));
    const collection = existing(context, 'dropIndexes');
    const nIndexesWas = collection.indexes.length + 1;
    const name = command.index;
    if (typeof name !== 'string' || name === '*') throw unsupported('dropping an index but by its name');
    if (name === '_id_') throw new CommandError(72, 'InvalidOptions', 'cannot drop _id index');
    if (!collection.indexes.some(({ spec }) => spec.name === name))
      throw new CommandError(27, 'IndexNotFound', `index not found with name [${name}]`);
    collection.dropIndex(name);
    engine.recordIndexes(collection);
    return { nIndexesWas, ok: 1 };
  },
};

export const listIndexes: Command = {
  writes: false,
  run(context) {
    const { command, cursors } = context;
    takeOnly(command, 'listIndexes', new Set(['cursor']));
    const collection = existing(context, 'listIndexes');
    const specs = [
      { v: 2, key: { _id: 1 }, name: '_id_' },
      ...collection.indexes.map(({ spec }) => ({ v: 2, ...spec })),
    ];
    return cursors.begin(collection.namespace, specs.map(encode), batchSize(command));
  },
};

function batchSize(command: Doc): number | undefined {
  const cursor = docOf(command, 'cursor') ?? {};
  return cursor.batchSize === undefined ? undefined : countOf(cursor, 'batchSize', 0);
}

/** Their names alone, which tools and tests look for. */
export const listCollections: Command = {
  writes: false,
  run({ engine, cursors, command }) {
    takeOnly(command, 'listCollections', new Set(['filter', 'cursor', 'nameOnly', 'authorizedCollections']));
    if (Object.keys(docOf(command, 'filter') ?? {}).length > 0)
      throw unsupported('a filter in listCollections');
    const database = databaseOf(command);
    const rows = engine.collectionsOf(database).map(({ name }) => encode({ name, type: 'collection' }));
    return cursors.begin(`${database}.$cmd.listCollections`, rows, batchSize(command));
  },
};
