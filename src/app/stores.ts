import type { Connection } from 'mongoose';
import type { Config } from '../config/config';
import { openDataDir, type DataDir } from '../embedded/data-dir';
import { startEmbeddedMongo } from '../embedded/start';
import type { AppError } from '../kernel/errors';
import type { Logger } from '../observability/logger';
import { connect, connectMongo, refuseUnsafe } from './mongo';
import { watchStore } from './store-watch';

export interface Stores {
  readonly connection: Connection;
  /** Nothing was ever stored in it; false where that is not known. */
  readonly empty: boolean;
  /** Null with real engines; else the folder, locked for this process. */
  readonly dataDir: DataDir | null;
  /** No other process shares this store. */
  readonly singleProcess: boolean;
  stop(): Promise<void>;
}

/**
 * How long an operation may wait for a store that is away before it fails, once it was found: a webhook that cannot store
 * must say so within 1.5 s.
 */
const SERVER_SELECTION_MS = 1_000;

/**
 * Opens the document store: MongoDB by its URI, or the embedded one in DATA_DIR, locked against a second program.
 * Throws `data_dir_in_use`, `data_dir_unwritable`, `store_unavailable` or `store_unsafe`.
 */
export async function openStores(
  config: Config,
  log: Logger,
  onFatal: (error: AppError) => void,
): Promise<Stores> {
  if (!config.embeddedStore) {
    const connection = await connectMongo(config.MONGODB_URI, {
      firstMs: 10_000,
      thenMs: SERVER_SELECTION_MS,
    });
    try {
      await refuseUnsafe(connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
    const stopWatching = watchStore(connection, log);
    const stop = (): Promise<void> => {
      stopWatching();
      return connection.close();
    };
    return { connection, empty: false, dataDir: null, singleProcess: false, stop };
  }
  const dataDir = await openDataDir(config.DATA_DIR);
  try {
    const engine = await startEmbeddedMongo({
      dir: dataDir.storeDir,
      token: dataDir.token,
      thread: true,
      onWarning: (warning) => log.warn({ warning }, 'embedded store'),
      onError: onFatal,
    });
    dataDir.announce(engine.at);
    const connection = await connect(engine.uri, { firstMs: 5_000, thenMs: SERVER_SELECTION_MS });
    const stop = async (): Promise<void> => {
      await connection.close();
      await engine.stop();
      dataDir.release();
    };
    return { connection, empty: engine.empty, dataDir, singleProcess: true, stop };
  } catch (error) {
    dataDir.release();
    throw error;
  }
}
