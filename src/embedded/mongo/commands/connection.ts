import { Binary } from 'bson';
import { proofOf } from '../proof';
import type { Command } from './command';

/** What a driver asks before it asks anything else. The store says it is a standalone of wire version 21 without sessions. */
export const VERSION = '7.0.0';

export const hello: Command = {
  writes: false,
  run: ({ command, token }) => ({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ...(typeof command.prove === 'string' ? { proof: proofOf(token, command.prove) } : {}),
    ok: 1,
  }),
};

export const ping: Command = { writes: false, run: () => ({ ok: 1 }) };

export const buildInfo: Command = {
  writes: false,
  run: () => ({
    version: VERSION,
    versionArray: [7, 0, 0, 0],
    modules: ['embedded'],
    bits: 64,
    maxBsonObjectSize: 16 * 1024 * 1024,
    ok: 1,
  }),
};

/** The server has looked at the secret before it runs this. */
export const saslStart: Command = {
  writes: false,
  run: () => ({ conversationId: 1, done: true, payload: new Binary(new Uint8Array(0)), ok: 1 }),
};
