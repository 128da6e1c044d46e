import { compilePipeline } from '../aggregate';
import type { Slot } from '../collection';
import { compare, encode, isDoc, isNumber, toNumber, type Doc } from '../bson-values';
import { CommandError, badValue, failedToParse, typeMismatch } from '../errors';
import { keyOf } from '../key-string';
import { leavesOf, partsOf } from '../paths';
import { compileProjection } from '../project';
import { ReplyWriter } from '../reply';
import type { Command } from './command';
import { countOf, databaseOf, docOf, flagOf, listOf, takeOnly, textOf } from './options';

/** find, count, distinct, aggregate, getMore and killCursors. */
const FIND_FIELDS = new Set(['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch']);

export const find: Command = {
  writes: false,
  run({ engine, cursors, command }) {
    takeOnly(command, 'find', FIND_FIELDS);
    const database = databaseOf(command);
    const name = textOf(command, 'find');
    const project = compileProjection(command.projection);
    const slots = engine.search(engine.collection(database, name), docOf(command, 'filter'), {
      sort: command.sort,
      skip: countOf(command, 'skip', 0),
      limit: countOf(command, 'limit', 0),
      maxTimeMs: countOf(command, 'maxTimeMS', 0),
    });
    const documents = project === null ? slots.map(bytesOf) : slots.map((slot) => encode(project(slot.doc)));
    return cursors.begin(
      `${database}.${name}`,
      documents,
      batchSizeOf(command),
      flagOf(command, 'singleBatch'),
    );
  },
};

function bytesOf(slot: Slot): Uint8Array {
  return slot.bytes;
}

function batchSizeOf(command: Doc): number | undefined {
  return command.batchSize === undefined ? undefined : countOf(command, 'batchSize', 0);
}

const COUNT_FIELDS = new Set(['query', 'skip', 'limit']);

export const count: Command = {
  writes: false,
  run({ engine, command }) {
    takeOnly(command, 'count', COUNT_FIELDS);
    const collection = engine.collection(databaseOf(command), textOf(command, 'count'));
    const query = docOf(command, 'query');
    const skip = countOf(command, 'skip', 0);
    const limit = countOf(command, 'limit', 0);
    const all = query === undefined || Object.keys(query).length === 0;
    const n =
      all && skip === 0 && limit === 0
        ? (collection?.slots.size ?? 0)
        : engine.search(collection, query, { skip, limit, maxTimeMs: countOf(command, 'maxTimeMS', 0) })
            .length;
    return new ReplyWriter(0).int32('n', n).ok();
  },
};

const DISTINCT_FIELDS = new Set(['key', 'query']);

export const distinct: Command = {
  writes: false,
  run({ engine, command }) {
    takeOnly(command, 'distinct', DISTINCT_FIELDS);
    const collection = engine.collection(databaseOf(command), textOf(command, 'distinct'));
    if (typeof command.key !== 'string') throw typeMismatch('key has to be a string');
    const parts = partsOf(command.key);
    const values = new Map<string, unknown>();
    for (const slot of engine.search(collection, docOf(command, 'query')))
      for (const leaf of leavesOf(slot.doc, parts).leaves)
        for (const value of Array.isArray(leaf) ? (leaf as unknown[]) : [leaf])
          if (value !== undefined) values.set(keyOf(value), value);
    return { values: [...values.values()].sort(compare), ok: 1 };
  },
};

const AGGREGATE_FIELDS = new Set(['pipeline', 'cursor', 'allowDiskUse']);

export const aggregate: Command = {
  writes: false,
  run({ engine, cursors, command }) {
    takeOnly(command, 'aggregate', AGGREGATE_FIELDS);
    const database = databaseOf(command);
    const name = textOf(command, 'aggregate');
    if (!isDoc(command.cursor)) throw failedToParse("The 'cursor' option is required");
    const pipeline = listOf(command, 'pipeline');
    const run = compilePipeline(pipeline);
    const { query, sort, limit, rest } = leadingSearch(pipeline);
    const slots = engine.search(engine.collection(database, name), query, {
      sort,
      limit,
      maxTimeMs: countOf(command, 'maxTimeMS', 0),
    });
    const results = (rest === pipeline ? run : compilePipeline(rest))(slots.map((slot) => slot.doc));
    return cursors.begin(`${database}.${name}`, results.map(encode), batchSizeOf(command.cursor));
  },
};

/** The stages at the beginning that an index can do: $match, then $sort, then $limit. */
function leadingSearch(pipeline: readonly unknown[]): {
  query: Doc | undefined;
  sort: unknown;
  limit: number;
  rest: readonly unknown[];
} {
  let at = 0;
  const argument = (stage: string): unknown => {
    const found = (pipeline[at] as Doc | undefined)?.[stage];
    if (found !== undefined) at++;
    return found;
  };
  const query = argument('$match') as Doc | undefined;
  const sort = argument('$sort');
  const limit = argument('$limit');
  return {
    query,
    sort,
    limit: isNumber(limit) ? toNumber(limit) : 0,
    rest: at === 0 ? pipeline : pipeline.slice(at),
  };
}

const GET_MORE_FIELDS = new Set(['collection', 'batchSize']);

export const getMore: Command = {
  writes: false,
  run({ cursors, command }) {
    takeOnly(command, 'getMore', GET_MORE_FIELDS);
    const namespace = `${databaseOf(command)}.${textOf(command, 'collection')}`;
    return cursors.more(cursorId(command.getMore), namespace, batchSizeOf(command));
  },
};

function cursorId(value: unknown): number {
  if (!isNumber(value)) throw typeMismatch('the cursor id has to be a number');
  return toNumber(value);
}

export const killCursors: Command = {
  writes: false,
  run({ cursors, command }) {
    takeOnly(command, 'killCursors', new Set(['cursors']));
    const killed: unknown[] = [];
    const unknown: unknown[] = [];
    for (const id of listOf(command, 'cursors')) (cursors.kill(cursorId(id)) ? killed : unknown).push(id);
    if (killed.length + unknown.length === 0) throw badValue('cursors must not be empty');
    return { cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};

export function noSuchCommand(name: string): CommandError {
  return new CommandError(
    59,
    'CommandNotFound',
    `no such command: '${name}' (it is not supported by the embedded store)`,
  );
}
