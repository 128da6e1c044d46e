import type { Connection, mongo } from 'mongoose';
import { describeIndex } from '../../src/app/index-spec';
import type { Doc } from '../../src/embedded/mongo/bson-values';
import { Collection } from '../../src/embedded/mongo/collection';
import { planQuery } from '../../src/embedded/mongo/planner';
import { parseSort } from '../../src/embedded/mongo/sort';

/**
 * By which index queries are served. Queries are taken as they leave for the store; the embedded engine's own planner
 * says what it would use with the indexes that the models declare, and a real MongoDB is asked to explain itself.
 */
export interface Query {
  readonly collection: string;
  readonly filter: Doc;
  readonly sort: Doc | null;
}

/** What `work` asks of the store. The connection must monitor its commands. */
export async function queriesOf(connection: Connection, work: () => Promise<unknown>): Promise<Query[]> {
  const seen: Query[] = [];
  const note = ({ commandName, command }: mongo.CommandStartedEvent): void => {
    seen.push(...queriesIn(commandName, command));
  };
  const client = connection.getClient();
  client.on('commandStarted', note);
  await work();
  client.off('commandStarted', note);
  return seen;
}

function queriesIn(name: string, command: Doc): Query[] {
  const collection = String(command[name]);
  const query = (filter: unknown, sort: unknown = null): Query => ({
    collection,
    filter: (filter ?? {}) as Doc,
    // The driver keeps the order in a map.
    sort: sort instanceof Map ? Object.fromEntries(sort as Map<string, unknown>) : (sort as Doc | null),
  });
  switch (name) {
    case 'find':
      return [query(command['filter'], command['sort'])];
    case 'findAndModify':
      return [query(command['query'], command['sort'])];
    case 'aggregate':
      return [query((command['pipeline'] as Doc[])[0]?.['$match'])];
    case 'update':
      return (command['updates'] as Doc[]).map(({ q }) => query(q));
    case 'delete':
      return (command['deletes'] as Doc[]).map(({ q }) => query(q));
    default:
      return [];
  }
}

/** `<collection> <index>`; `ids` for a look by id, `scan` when all documents are walked. */
export function embeddedUse(connection: Connection, { collection, filter, sort }: Query): string {
  const stand = new Collection('plans', collection);
  const model = Object.values(connection.models).find(
    (each) => each.collection.collectionName === collection,
  );
  for (const [key, options] of model?.schema.indexes() ?? [])
    stand.addIndex(describeIndex({ ...options, key }) as Parameters<Collection['addIndex']>[0]);
  return `${collection} ${planQuery(stand, filter, parseSort(sort)).name}`;
}

/** The same, as a real MongoDB explains it. */
export async function realUse(connection: Connection, { collection, filter, sort }: Query): Promise<string> {
  const plan = await connection
    .collection(collection)
    .find(filter as never)
    .sort((sort ?? {}) as never)
    .explain('queryPlanner');
  const text = JSON.stringify(plan);
  const names = [...text.matchAll(/"indexName":"([^"]+)"/g)].map(([, name]) => name as string);
  const winner = names.includes('_id_') || /IDHACK|EXPRESS_IXSCAN/.test(text) ? 'ids' : (names[0] ?? 'scan');
  return `${collection} ${text.includes('COLLSCAN') ? 'scan' : winner}`;
}
