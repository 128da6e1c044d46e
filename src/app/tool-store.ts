import type { Connection } from 'mongoose';
import type { Config } from '../config/config';
import { openStore } from '../embedded/data-dir';
import { connect, connectMongo } from './mongo';

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
  const patience = { firstMs: 10_000 };
  if (!config.embeddedStore) {
    const connection = await connectMongo(config.MONGODB_URI, patience);
    return { connection, empty: false, stop: () => connection.close() };
  }
  const store = await openStore({ dir: config.DATA_DIR });
  const connection = await connect(store.uri, patience);
  return {
    connection,
    empty: store.empty,
    stop: async () => {
      await connection.close();
      await store.stop();
    },
  };
}
