import { deserialize } from 'bson';
import type { Connection } from 'mongoose';

/** Everything in a store at one moment, what changed since, and the way back. */
export interface Change {
  readonly collection: string;
  readonly before: Document | null;
  readonly after: Document | null;
}

export type Document = Readonly<Record<string, unknown>> & { readonly _id: string };

/** The documents of a collection, by their bytes. */
type Kept = ReadonlyMap<string, Buffer>;

/** What leaves a store as it is; whatever else is asked of a collection may have changed it. */
const READING = new Set(['find', 'getMore', 'killCursors', 'aggregate', 'listIndexes']);

/**
 * Reads again only the collections of which something else was asked, so whoever writes must do it over this connection,
 * which must tell of its commands (`monitorCommands`).
 */
export class StoreDiff {
  private kept = new Map<string, Kept>();
  /** Since they were last kept. */
  private readonly touched = new Set<string>();
  private begun = false;

  constructor(private readonly connection: Connection) {
    const client = connection.getClient();
    if (client.options.monitorCommands !== true)
      throw new Error('the connection does not tell of its commands');
    client.on('commandStarted', ({ commandName, command }) => {
      const collection: unknown = command[commandName];
      if (!READING.has(commandName) && typeof collection === 'string') this.touched.add(collection);
    });
  }

  /** What is there now is what changes are told from. */
  async keep(): Promise<void> {
    const names = this.begun ? [...this.touched] : await this.names();
    this.begun = true;
    for (const [name, docs] of await this.read(names)) this.kept.set(name, docs);
    this.touched.clear();
  }

  async changes(): Promise<Change[]> {
    const found: Change[] = [];
    for (const [collection, now] of await this.read([...this.touched])) {
      const old = this.kept.get(collection) ?? new Map<string, Buffer>();
      const [before, after] = [gone(old, now), gone(now, old)];
      for (const id of new Set([...before.keys(), ...after.keys()]))
        found.push({ collection, before: before.get(id) ?? null, after: after.get(id) ?? null });
      if (before.size + after.size === 0) this.touched.delete(collection);
    }
    return found;
  }

  async takeBack(changes: readonly Change[]): Promise<void> {
    for (const { collection, before, after } of changes) {
      const rows = this.connection.collection(collection);
      const _id = (before ?? after)?._id as never;
      await rows.deleteOne({ _id });
      if (before !== null) await rows.insertOne(before as never);
    }
  }

  private async names(): Promise<string[]> {
    return (await this.connection.listCollections()).map(({ name }) => name);
  }

  private read(names: readonly string[]): Promise<(readonly [string, Kept])[]> {
    return Promise.all(
      names.map(async (name) => {
        const found = this.connection.collection(name).find({}, { raw: true });
        const docs = (await found.toArray()) as unknown as Buffer[];
        return [name, new Map(docs.map((bytes) => [bytes.toString('latin1'), bytes]))] as const;
      }),
    );
  }
}

/** The documents that are not the same in `there`, by their id. */
function gone(here: Kept, there: Kept): Map<string, Document> {
  const docs = [...here].flatMap(([key, bytes]) => (there.has(key) ? [] : [deserialize(bytes) as Document]));
  return new Map(docs.map((doc) => [doc._id, doc]));
}
