import type { Connection } from 'mongoose';

/** Everything in a store at one moment, what changed since, and the way back. */
export interface Change {
  readonly collection: string;
  readonly before: Document | null;
  readonly after: Document | null;
}

export type Document = Readonly<Record<string, unknown>> & { readonly _id: string };

type Kept = ReadonlyMap<string, ReadonlyMap<string, { readonly text: string; readonly doc: Document }>>;

export class StoreDiff {
  private kept: Kept = new Map();

  constructor(private readonly connection: Connection) {}

  /** What is there now is what changes are told from. */
  async keep(): Promise<void> {
    this.kept = await this.read();
  }

  async changes(): Promise<Change[]> {
    const now = await this.read();
    const found: Change[] = [];
    for (const collection of new Set([...this.kept.keys(), ...now.keys()])) {
      const [old, fresh] = [this.kept.get(collection), now.get(collection)];
      for (const id of new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])) {
        const [before, after] = [old?.get(id), fresh?.get(id)];
        if (before?.text !== after?.text)
          found.push({ collection, before: before?.doc ?? null, after: after?.doc ?? null });
      }
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

  private async read(): Promise<Kept> {
    const { db } = this.connection;
    if (!db) throw new Error('there is no store');
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    const all = await Promise.all(
      names.map(async (name) => {
        const docs = (await db.collection(name).find({}).toArray()) as unknown as Document[];
        return [name, new Map(docs.map((doc) => [doc._id, { text: JSON.stringify(doc), doc }]))] as const;
      }),
    );
    return new Map(all);
  }
}
