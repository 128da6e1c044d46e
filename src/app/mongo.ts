import mongoose, { type Connection, type ConnectOptions } from 'mongoose';
import { AppError, messageOf } from '../kernel/errors';

/**
 * A connection to a document store, and what a MongoDB must be before anything is acknowledged on it: 5.0 or newer, with
 * a journal, on a disk. Writes wait for the majority and the journal, reads go to the primary; that is set here for every
 * command and not left to the address, which may not ask for less.
 */

/** Write waits that long for the majority; then its sender is told that it may not last, and sends it again. */
const MAJORITY_MS = 5_000;
const PINNED = {
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY_MS },
  readPreference: 'primary',
} as const;
/** Of MongoDB 5.0. */
const OLDEST_WIRE_VERSION = 13;

/** `firstMs`: how long the store may stay away at first; afterwards `thenMs`, where that differs. */
export interface Patience {
  readonly firstMs: number;
  readonly thenMs?: number;
}

/** Connects to MongoDB. Throws `store_unsafe` when the address asks for less than we promise, or `store_unavailable`. */
export async function connectMongo(uri: string, patience: Patience): Promise<Connection> {
  refuseWeakUri(uri);
  return connect(uri, patience, PINNED);
}

/** Connects to any document store. Throws `store_unavailable`. */
export async function connect(
  uri: string,
  { firstMs, thenMs }: Patience,
  more: ConnectOptions = {},
): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    dbName: databaseOf(uri),
    serverSelectionTimeoutMS: firstMs,
    socketTimeoutMS: 20_000,
    waitQueueTimeoutMS: 5_000,
    maxPoolSize: 20,
    autoIndex: false,
    autoCreate: false,
    ...more,
  });
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw new AppError('store_unavailable', { reason: messageOf(error) }, { cause: error });
  }
  const options = connection.getClient().options as { serverSelectionTimeoutMS?: number };
  if (thenMs !== undefined) options.serverSelectionTimeoutMS = thenMs;
  return connection;
}

/** The database named in the URI, else ours. */
export function databaseOf(uri: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/.exec(uri)?.[1] ?? '';
  return path === '' ? 'binh_dan_hoc_vu_so' : decodeURIComponent(path);
}

/** Throws `store_unsafe` when the address asks for writes that may be lost, or reads of what is not there yet. */
export function refuseWeakUri(uri: string): void {
  const { writeConcern, readPreference, readConcern } = asked(uri);
  const { w, journal } = writeConcern ?? {};
  const refuse = (problem: string, found: string): never => {
    throw new AppError('store_unsafe', { problem, found });
  };
  if (w === 0) refuse('uri_not_journaled', 'w=0');
  if (journal === false) refuse('uri_not_journaled', 'journal=false');
  if (w !== undefined && w !== 'majority') refuse('uri_weak_writes', `w=${w}`);
  const from = readPreference?.mode ?? 'primary';
  if (from !== 'primary') refuse('uri_weak_reads', `readPreference=${from}`);
  if (readConcern?.level === 'available') refuse('uri_weak_reads', 'readConcernLevel=available');
}

/** What the address itself asks for. */
function asked(uri: string): mongoose.mongo.MongoOptions {
  try {
    return new mongoose.mongo.MongoClient(uri).options;
  } catch (error) {
    throw new AppError('store_unavailable', { reason: messageOf(error) }, { cause: error });
  }
}

/** Throws `store_unsafe` for a server that is too old, or would forget what was acknowledged. */
export async function refuseUnsafe(connection: Connection): Promise<void> {
  await refuseOld(connection);
  const engine = await storageEngine(connection);
  if (engine?.persistent === false)
    throw new AppError('store_unsafe', { problem: 'engine_forgets', found: engine.name });
  try {
    // The write that every event is stored with: a server without a journal refuses it.
    await connection
      .collection('start_checks')
      .updateOne({ _id: 'journal' as never }, { $inc: { starts: 1 } }, { upsert: true });
  } catch (error) {
    if ((error as { code?: number }).code === 2 && /journal/i.test(messageOf(error)))
      throw new AppError('store_unsafe', { problem: 'server_not_journaled' }, { cause: error });
    throw new AppError('store_unavailable', { reason: messageOf(error) }, { cause: error });
  }
}

async function refuseOld(connection: Connection): Promise<void> {
  const told = await ask(connection, 'hello');
  if (Number(told?.['maxWireVersion']) >= OLDEST_WIRE_VERSION) return;
  const build = await ask(connection, 'buildInfo');
  const found = typeof build?.['version'] === 'string' ? build['version'] : '?';
  throw new AppError('store_unsafe', { problem: 'server_too_old', found });
}

/** What the server says of its storage; null when it does not tell, which an account with few rights may not ask. */
async function storageEngine(connection: Connection): Promise<{ name: string; persistent?: boolean } | null> {
  const status = await ask(connection, 'serverStatus');
  return (status?.['storageEngine'] as { name: string; persistent?: boolean } | undefined) ?? null;
}

/** An answer of the server about itself; null when it refuses to give it. Throws `store_unavailable` when it is away. */
async function ask(connection: Connection, command: string): Promise<Record<string, unknown> | null> {
  try {
    return (await connection.db?.admin().command({ [command]: 1 })) ?? null;
  } catch (error) {
    if ((error as { name?: string }).name === 'MongoServerError') return null;
    throw new AppError('store_unavailable', { reason: messageOf(error) }, { cause: error });
  }
}
