import type { Connection, mongo } from 'mongoose';
import { stopwatch } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { sleep } from '../kernel/retry';
import type { Logger } from '../observability/logger';
import { describeIndex, isNamedAlike, isSame, type Index } from './index-spec';

/**
 * Makes the indexes that the models declare, on a new database and on one that an earlier version of the program has
 * used: an index of ours whose declaration has changed is made anew, one that is no longer declared goes, and what an
 * operator has added stays unless it is in the way. Unique ones are there before anything is stored; the others may go on being built while
 * messages are taken. Two processes that do this at once end with the same indexes.
 */
export interface PrepareOptions {
  readonly log?: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** So long indexes that only make queries quick are waited for; then they are built beside the work. Absent: to the end. */
  readonly waitMs?: number;
}

/** Which indexes of each collection the program has made, so that it knows its own: one document. */
const RECORD = { collection: 'start_checks', id: 'indexes' } as const;
const TRIES = 5;
const AGAIN_MS = 1_000;
/** A build is asked after for so long; a connection waits 20 s, a build of a large collection takes minutes. */
const BUILD_LIMIT_MS = 30 * 60_000;

/** Resolves when every index that must be there is; rejects when a unique one cannot be made. */
export async function prepareIndexes(connection: Connection, options: PrepareOptions = {}): Promise<void> {
  const { log, waitMs } = options;
  const builder = new Builder(connection, await isReplicaSet(connection));
  const wanted = wantedOf(connection);
  for (const [collection, indexes] of wanted)
    await builder.build(
      collection,
      indexes.filter(({ unique }) => unique),
    );
  const rest = (async () => {
    const own = await recorded(connection);
    for (const [collection, indexes] of wanted)
      await builder.build(
        collection,
        indexes.filter(({ unique }) => !unique),
      );
    for (const [collection, indexes] of wanted) await builder.retire(collection, indexes, own[collection]);
    await record(connection, wanted);
  })();
  if (waitMs === undefined) return rest;
  const since = stopwatch();
  const done = rest.then(
    () => 'built' as const,
    (error: unknown) => {
      // Every query works without them, only slower; the next start tries again.
      log?.error({ reason: messageOf(error) }, 'indexes could not be built');
      return 'failed' as const;
    },
  );
  if ((await Promise.race([done, sleep(waitMs)])) !== undefined) return;
  log?.warn({}, 'indexes are still being built; queries are slower meanwhile');
  void done.then((how) => how === 'built' && log?.info({ ms: Math.round(since()) }, 'indexes are built'));
}

class Builder {
  constructor(
    private readonly connection: Connection,
    private readonly onSet: boolean,
  ) {}

  /** Makes those that are missing or differ; all of a collection in one pass over it. */
  async build(collection: string, wanted: readonly Index[]): Promise<void> {
    const since = stopwatch();
    for (let tries = 1; wanted.length > 0; tries += 1) {
      const there = await this.list(collection);
      const missing = wanted.filter((index) => !there.some((other) => isSame(other, index)));
      if (missing.length === 0) return;
      for (const other of there)
        if (missing.some((index) => isNamedAlike(other, index))) await this.drop(collection, other.name);
      try {
        await this.create(collection, missing);
        return;
      } catch (error) {
        const waits = isInterrupted(error) && since() < BUILD_LIMIT_MS;
        if (!waits && (!isConflict(error) || tries >= TRIES)) throw error;
        await sleep(AGAIN_MS);
      }
    }
  }

  /** Takes away what the program made once and does not want any more. */
  async retire(collection: string, wanted: readonly Index[], own: readonly string[] = []): Promise<void> {
    const names = new Set(wanted.map(({ name }) => name));
    for (const name of own) if (!names.has(name)) await this.drop(collection, name);
  }

  private async list(collection: string): Promise<Index[]> {
    try {
      const found = await this.connection.collection(collection).listIndexes().toArray();
      return found.map(describeIndex).filter(({ name }) => name !== '_id_');
    } catch (error) {
      if (codeOf(error) === NAMESPACE_NOT_FOUND) return [];
      throw error;
    }
  }

  private async create(collection: string, indexes: readonly Index[]): Promise<void> {
    // A member that is away must not hold the build up for ever.
    const options = this.onSet ? { commitQuorum: 'majority' } : {};
    const specs: mongo.IndexDescription[] = indexes.map((index) => ({ ...index }));
    await this.connection.collection(collection).createIndexes(specs, options);
  }

  private async drop(collection: string, name: string): Promise<void> {
    try {
      await this.connection.collection(collection).dropIndex(name);
    } catch (error) {
      // Another process was quicker.
      if (codeOf(error) !== INDEX_NOT_FOUND && codeOf(error) !== NAMESPACE_NOT_FOUND) throw error;
    }
  }
}

const NAMESPACE_NOT_FOUND = 26;
const INDEX_NOT_FOUND = 27;
/** IndexOptionsConflict, IndexKeySpecsConflict, IndexBuildAborted: somebody else is at work on the same index. */
const CONFLICTS: readonly unknown[] = [85, 86, 276];

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}

function isConflict(error: unknown): boolean {
  return CONFLICTS.includes(codeOf(error));
}

/** The build goes on without us, or must be begun again at another member: asking again joins it. */
function isInterrupted(error: unknown): boolean {
  const { name = '' } = error as { name?: string };
  return /^Mongo(?:Network|ServerSelection|WriteConcern|NotPrimary)/.test(name) || codeOf(error) === 10_107;
}

/** Declared by the models, by collection. */
function wantedOf(connection: Connection): Map<string, Index[]> {
  return new Map(
    Object.values(connection.models).map((model) => [
      model.collection.collectionName,
      model.schema.indexes().map(([key, options]) => describeIndex({ ...options, key })),
    ]),
  );
}

async function isReplicaSet(connection: Connection): Promise<boolean> {
  const told = await connection.db?.admin().command({ hello: 1 });
  return typeof told?.['setName'] === 'string';
}

type Recorded = Readonly<Record<string, readonly string[]>>;

async function recorded(connection: Connection): Promise<Recorded> {
  const found = await connection.collection(RECORD.collection).findOne({ _id: RECORD.id as never });
  return (found?.['made'] as Recorded | undefined) ?? {};
}

async function record(connection: Connection, wanted: ReadonlyMap<string, readonly Index[]>): Promise<void> {
  const made = Object.fromEntries([...wanted].map(([name, all]) => [name, all.map((index) => index.name)]));
  await connection
    .collection(RECORD.collection)
    .updateOne({ _id: RECORD.id as never }, { $set: { made } }, { upsert: true });
}
