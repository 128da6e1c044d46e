import { decode, encode, type Doc } from '../bson-values';
import { compileProjection } from '../project';
import { unsupported } from '../errors';
import { ReplyWriter } from '../reply';
import type { Command } from './command';
import { databaseOf, docOf, flagOf, takeOnly, textOf } from './options';
import { updateOnce } from './write';

/** findAndModify: one document found, changed and given back, before or after the change. */
const FIELDS = new Set(['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert']);

export const findAndModify: Command = {
  writes: true,
  run({ engine, command }) {
    takeOnly(command, 'findAndModify', FIELDS);
    if (flagOf(command, 'remove')) throw unsupported('remove in findAndModify');
    const database = databaseOf(command);
    const name = textOf(command, 'findAndModify');
    const project = compileProjection(command.fields);
    const shown = (bytes: Uint8Array | null): Uint8Array | null =>
      bytes === null || project === null ? bytes : encode(project(decode(bytes)));
    const done = updateOnce(engine, database, name, {
      query: docOf(command, 'query') ?? {},
      update: command.update,
      multi: false,
      upsert: flagOf(command, 'upsert'),
      sort: command.sort,
    });
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
