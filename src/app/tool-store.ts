import mongoose, { type Connection } from 'mongoose';
import type { Config } from '../config/config';
import { openStore } from '../embedded/data-dir';
import { databaseOf } from './stores';

export interface ToolStore {
  readonly connection: Connection;
  /** Nothing was ever stored in it. */
  readonly empty: boolean;
  stop(): Promise<void>;
}

/** The store for a command-line tool: that of the running server, or the one the server would open. Works beside a running server. */
export async function openToolStore(
  config: Pick<Config, 'embeddedStore' | 'DATA_DIR' | 'MONGODB_URI'>,
): Promise<ToolStore> {
  const store = config.embeddedStore
    ? await openStore({ dir: config.DATA_DIR })
    : { uri: config.MONGODB_URI, empty: false, stop: async () => undefined };
  const connection = mongoose.createConnection(store.uri, {
    dbName: databaseOf(store.uri),
    serverSelectionTimeoutMS: 10_000,
    autoIndex: false,
    autoCreate: false,
  });
  await connection.asPromise();
  return {
    connection,
    empty: store.empty,
    stop: async () => {
      await connection.close();
      await store.stop();
    },
  };
}
