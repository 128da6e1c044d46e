import mongoose, { type Connection } from 'mongoose';
import type { Config } from '../config/config';
import { openDataDir, type DataDir } from '../embedded/data-dir';
import { startEmbeddedMongo } from '../embedded/start';
import { AppError, messageOf } from '../kernel/errors';
import type { Logger } from '../observability/logger';
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

/** How long an operation may wait for a store that is away before it fails; the webhook must answer within 1.5 s. */
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
    const connection = await connect(config.MONGODB_URI, 10_000);
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
    const connection = await connect(engine.uri, 5_000);
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

async function connect(uri: string, firstMs: number): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    dbName: databaseOf(uri),
    serverSelectionTimeoutMS: firstMs,
    socketTimeoutMS: 20_000,
    waitQueueTimeoutMS: 5_000,
    maxPoolSize: 20,
    autoIndex: false,
    autoCreate: false,
  });
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw new AppError('store_unavailable', { reason: messageOf(error) }, { cause: error });
  }
  // Found once, it is not waited for long any more: a webhook that cannot store must say so in time.
  const options = connection.getClient().options as { serverSelectionTimeoutMS?: number };
  options.serverSelectionTimeoutMS = SERVER_SELECTION_MS;
  return connection;
}

/** The database named in the URI, else ours. */
export function databaseOf(uri: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/.exec(uri)?.[1] ?? '';
  return path === '' ? 'binh_dan_hoc_vu_so' : decodeURIComponent(path);
}

/** A store whose writes are not journaled would forget what was acknowledged: throws `store_unsafe`. */
export async function refuseUnsafe(connection: Connection): Promise<void> {
  const { w, journal } = (connection.getClient().options.writeConcern ?? {}) as {
    w?: unknown;
    journal?: boolean;
  };
  if (w === 0 || journal === false) throw new AppError('store_unsafe', { problem: 'uri_not_journaled' });
  const engine = await storageEngine(connection);
  if (engine?.persistent === false)
    throw new AppError('store_unsafe', { problem: 'engine_forgets', found: engine.name });
  try {
    // The write that every event is stored with: a server without a journal refuses it.
    await connection
      .collection('start_checks')
      .updateOne(
        { _id: 'journal' as never },
        { $inc: { starts: 1 } },
        { upsert: true, writeConcern: { w: 'majority', j: true } },
      );
  } catch (error) {
    if ((error as { code?: number }).code === 2 && /journal/i.test(messageOf(error)))
      throw new AppError('store_unsafe', { problem: 'server_not_journaled' }, { cause: error });
    throw new AppError('store_unavailable', { reason: messageOf(error) }, { cause: error });
  }
}

/** What the server says of its storage; null when it does not tell, which an account with few rights may not ask. */
async function storageEngine(connection: Connection): Promise<{ name: string; persistent?: boolean } | null> {
  const status = await connection.db
    ?.admin()
    .command({ serverStatus: 1 })
    .catch((error: unknown) => {
      if ((error as { name?: string }).name === 'MongoServerError') return null;
      throw new AppError('store_unavailable', { reason: messageOf(error) }, { cause: error });
    });
  return (status?.['storageEngine'] as { name: string; persistent?: boolean } | undefined) ?? null;
}

/** Makes the indexes of every model; harmless when they are there. */
export async function prepareIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
}
