import { encode, type Doc } from '../bson-values';
import { CommandError, failedToParse } from '../errors';
import { decode } from '../bson-values';
import { compileProjection } from '../project';
import { ReplyWriter } from '../reply';
import type { Command } from './command';
import { databaseOf, docOf, flagOf, takeOnly, textOf } from './options';
import { updateOnce } from './write';

/** findAndModify: one document found, changed or removed, and given back, before or after the change. */
const FIELDS = new Set(['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert']);

export const findAndModify: Command = {
  writes: true,
  run({ engine, command }) {
    takeOnly(command, 'findAndModify', FIELDS);
    const database = databaseOf(command);
    const name = textOf(command, 'findAndModify');
    const query = docOf(command, 'query') ?? {};
    const project = compileProjection(command.fields);
    const shown = (bytes: Uint8Array | null): Uint8Array | null =>
      bytes === null || project === null ? bytes : encode(project(decode(bytes)));
    const removing = flagOf(command, 'remove');
    if (removing) {
      if (command.update !== undefined || flagOf(command, 'upsert') || flagOf(command, 'new'))
        throw failedToParse("Cannot specify both an 'update', 'upsert' or 'new' and 'remove'=true");
      const collection = engine.collection(database, name);
      const [slot] = engine.search(collection, query, { sort: command.sort, limit: 1 });
      const found = slot?.bytes ?? null;
      if (collection !== undefined && slot !== undefined) engine.remove(collection, slot);
      const n = slot === undefined ? 0 : 1;
      return reply({ n }, shown(found));
    }
    if (command.update === undefined)
      throw failedToParse("Either an update or 'remove'=true must be specified");
    const done = run(() =>
      updateOnce(engine, database, name, {
        query,
        update: command.update,
        multi: false,
        upsert: flagOf(command, 'upsert'),
        sort: command.sort,
      }),
    );
    const value = shown(flagOf(command, 'new') ? done.after : done.before);
    if (done.upserted !== undefined)
      return reply({ n: 1, updatedExisting: false, upserted: done.upserted }, value);
    return reply({ n: done.matched, updatedExisting: done.matched > 0 }, value);
  },
};

function reply(lastErrorObject: Doc, value: Uint8Array | null): Buffer {
  const outcome = encode(lastErrorObject);
  return new ReplyWriter(outcome.length + (value?.length ?? 0))
    .document('lastErrorObject', outcome)
    .document('value', value)
    .ok();
}

/** Errors of the change itself come with the words MongoDB puts in front of them here. */
function run<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof CommandError) || error.code === 115 || error.code === 9) throw error;
    throw new CommandError(
      error.code,
      error.codeName,
      `Plan executor error during findAndModify :: caused by :: ${error.message}`,
      error.details,
    );
  }
}
