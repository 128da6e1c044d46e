import { show } from '../bson-text';
import { encode, isNumber, toNumber, type Doc } from '../bson-values';
import { badValue, typeMismatch, unsupported } from '../errors';
import { compileProjection } from '../project';
import type { Command } from './command';
import { countOf, databaseOf, docOf, flagOf, listOf, takeOnly, textOf } from './options';

/** find, the aggregation that counts, getMore and killCursors. */
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
    });
    const documents =
      project === null ? slots.map((slot) => slot.bytes) : slots.map((slot) => encode(project(slot.doc)));
    return cursors.begin(
      `${database}.${name}`,
      documents,
      batchSizeOf(command),
      flagOf(command, 'singleBatch'),
    );
  },
};

function batchSizeOf(command: Doc): number | undefined {
  return command.batchSize === undefined ? undefined : countOf(command, 'batchSize', 0);
}

const AGGREGATE_FIELDS = new Set(['pipeline', 'cursor']);
const COUNTED = '{ _id: 1, n: { $sum: 1 } }';

/** Only what `countDocuments` of the driver sends: $match, perhaps $skip and $limit, and a sum of ones. */
export const aggregate: Command = {
  writes: false,
  run({ engine, cursors, command }) {
    takeOnly(command, 'aggregate', AGGREGATE_FIELDS);
    const database = databaseOf(command);
    const name = textOf(command, 'aggregate');
    const stages = new Map(listOf(command, 'pipeline').flatMap((stage) => Object.entries(stage as Doc)));
    for (const stage of stages.keys())
      if (!['$match', '$skip', '$limit', '$group'].includes(stage))
        throw unsupported(`the stage ${stage}`, 40324, 'Location40324');
    if (show(stages.get('$group')) !== COUNTED)
      throw unsupported('an aggregation other than a count', 40324, 'Location40324');
    const search = Object.fromEntries(stages);
    const found = engine.search(engine.collection(database, name), docOf(search, '$match'), {
      skip: countOf(search, '$skip', 0),
      limit: countOf(search, '$limit', 0),
    });
    const counted = found.length === 0 ? [] : [encode({ _id: 1, n: found.length })];
    return cursors.begin(`${database}.${name}`, counted, undefined);
  },
};

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
