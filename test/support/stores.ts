import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongoOptions } from '../../src/embedded/start';

/** Document stores for tests: the embedded engine on a temporary folder, or a database of its own on TEST_MONGODB_URI. */
export interface TestStore {
  readonly connection: mongoose.Connection;
  readonly uri: string;
  /** Closes the connection and removes the data. */
  stop(): Promise<void>;
}

/** A connection to an empty store. Stop it in `afterAll`. */
export async function freshStore(
  options: Partial<EmbeddedMongoOptions> = {},
  client: mongoose.ConnectOptions = {},
): Promise<TestStore> {
  const real = process.env['TEST_MONGODB_URI'];
  return real === undefined || real === '' ? embeddedStore(options, client) : realStore(real, client);
}

/** The embedded engine in this thread, whatever TEST_MONGODB_URI says. */
export async function embeddedStore(
  options: Partial<EmbeddedMongoOptions> = {},
  client: mongoose.ConnectOptions = {},
): Promise<TestStore> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'store-')));
  const engine = await startEmbeddedMongo({ ...options, dir });
  const connection = await connect(engine.uri, 'test', client);
  return {
    connection,
    uri: engine.uri,
    stop: async () => {
      await connection.close();
      await engine.stop();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

async function realStore(uri: string, client: mongoose.ConnectOptions): Promise<TestStore> {
  const connection = await connect(uri, `test-${randomBytes(6).toString('hex')}`, client);
  return {
    connection,
    uri,
    stop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

function connect(uri: string, dbName: string, client: mongoose.ConnectOptions): Promise<mongoose.Connection> {
  return mongoose.createConnection(uri, { dbName, serverSelectionTimeoutMS: 5_000, ...client }).asPromise();
}
