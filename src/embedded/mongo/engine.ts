import { decode, encode, get, type Doc } from './bson-values';
import { Collection, Slot } from './collection';
import { CommandError, cannotWrite } from './errors';
import type { LogFiles } from './log-files';
import { RECORD, type LogRecord, type RecordKind } from './log-frames';
import type { Replay } from './log-replay';
import { LogStore } from './log-store';
import { compileMatch } from './match';
import { planQuery } from './planner';
import type { IndexSpec } from './secondary-index';
import { parseSort, sortBy } from './sort';

/**
 * The store itself: collections in memory, every change recorded in the log. Changes are made at once and seen by
 * everybody at once; whoever changed something waits for `settled` before saying so. After a write the disk refused,
 * memory is thrown away and read anew from the disk, so it never shows what was not acknowledged for long.
 */
export interface EngineOptions {
  readonly folder: string;
  readonly files: LogFiles;
  readonly onWarning: (warning: EngineWarning) => void;
  /** The folder is gone; everything is refused from now on. */
  readonly onLost: (error: Error) => void;
  readonly compactBytes?: number;
  readonly retryMs?: number;
}

export type EngineWarning =
  | { readonly kind: 'many_documents'; readonly documents: number }
  | { readonly kind: 'writes_refused'; readonly reason: string }
  | { readonly kind: 'writes_resumed' }
  | { readonly kind: 'log'; readonly reason: string };

/** Beyond this many documents the embedded store says it is outgrown. */
export const MANY_DOCUMENTS = 100_000;

export interface Search {
  readonly sort?: unknown;
  readonly skip?: number;
  /** 0 means no limit. */
  readonly limit?: number;
}

export class Engine {
  private collections = new Map<string, Collection>();
  private readonly log: LogStore;
  private documents = 0;
  private warnedAt = MANY_DOCUMENTS;

  constructor(private readonly options: EngineOptions) {
    this.log = new LogStore({
      folder: options.folder,
      files: options.files,
      snapshot: () => this.records(),
      onFailure: (error) => this.reload(error),
      onLost: options.onLost,
      onRecovery: () => options.onWarning({ kind: 'writes_resumed' }),
      onWarning: (reason) => options.onWarning({ kind: 'log', reason }),
      compactBytes: options.compactBytes ?? 16 * 1024 * 1024,
      retryMs: options.retryMs ?? 1_000,
    });
  }

  /** Answers whether nothing was ever stored in the folder. */
  open(): boolean {
    let empty = false;
    this.replay((each) => (empty = this.log.load(each)));
    this.watchCount();
    return empty;
  }

  private replay(from: (each: Replay) => void): void {
    const collections = new Map<string, Collection>();
    const indexes = new Map<Collection, IndexSpec[]>();
    from((kind, label, body) => replayRecord(collections, indexes, kind, label, body));
    this.collections = collections;
    this.documents = 0;
    for (const collection of collections.values()) {
      this.documents += collection.slots.size;
      for (const spec of indexes.get(collection) ?? []) collection.addIndex(spec);
    }
  }

  private reload(error: Error): void {
    this.options.onWarning({ kind: 'writes_refused', reason: error.message });
    this.replay((each) => this.log.reload(each));
  }

  /** Throws once the folder is gone: what is in memory may never have been acknowledged. */
  assertThere(): void {
    if (this.log.lost) throw cannotWrite(this.log.failure);
  }

  /** Throws while the disk refuses writes. To be asked before anything is changed. */
  assertWritable(): void {
    if (this.log.failure !== null) throw cannotWrite(this.log.failure);
  }

  /** Resolves when every change made so far is on the disk; null when nothing is under way. */
  settled(): Promise<void> | null {
    return this.log.settled();
  }

  collection(database: string, name: string): Collection | undefined {
    return this.collections.get(`${database}.${name}`);
  }

  collectionsOf(database: string): Collection[] {
    return [...this.collections.values()].filter((collection) => collection.database === database);
  }

  /** The collection, made when it is not there yet. */
  ensure(database: string, name: string): Collection {
    const found = this.collections.get(`${database}.${name}`);
    if (found !== undefined) return found;
    if (name === '' || name.includes('$') || name.startsWith('system.') || name.includes('\0'))
      throw new CommandError(73, 'InvalidNamespace', `Invalid collection name: ${database}.${name}`);
    const made = new Collection(database, name);
    this.collections.set(made.namespace, made);
    this.recordIndexes(made);
    return made;
  }

  /** Records the collection with its present indexes. */
  recordIndexes(collection: Collection): void {
    this.log.append(collectionRecord(collection));
  }

  insert(collection: Collection, doc: Doc, bytes: Uint8Array): void {
    const slot = collection.insert(doc, bytes);
    this.documents++;
    this.log.append({ kind: RECORD.put, label: collection.label, body: slot.bytes });
    if (this.documents > this.warnedAt) this.watchCount();
  }

  replace(collection: Collection, slot: Slot, doc: Doc, bytes: Uint8Array): void {
    collection.replace(slot, doc, bytes);
    this.log.append({ kind: RECORD.put, label: collection.label, body: slot.bytes });
  }

  remove(collection: Collection, slot: Slot): void {
    collection.remove(slot);
    this.documents--;
    this.log.append({
      kind: RECORD.remove,
      label: collection.label,
      body: encode({ _id: get(slot.doc, '_id') }),
    });
  }

  /** The documents a query wants, in the order asked for. */
  search(collection: Collection | undefined, query: Doc | undefined, search: Search = {}): Slot[] {
    const matches = compileMatch(query);
    const sort = parseSort(search.sort);
    if (collection === undefined) return [];
    const plan = planQuery(collection, query, sort);
    const skip = search.skip ?? 0;
    const limit = search.limit ?? 0;
    const enough = limit > 0 && (sort === null || plan.sorted) ? skip + limit : Infinity;
    const found: Slot[] = [];
    for (const slot of plan.candidates()) {
      if (!matches(slot.doc)) continue;
      found.push(slot);
      if (found.length >= enough) break;
    }
    const ordered = sort === null || plan.sorted ? found : sortBy(found, sort, (slot) => slot.doc);
    return skip > 0 || limit > 0 ? ordered.slice(skip, limit > 0 ? skip + limit : undefined) : ordered;
  }

  private records(): LogRecord[] {
    const out: LogRecord[] = [];
    for (const collection of this.collections.values()) {
      out.push(collectionRecord(collection));
      for (const slot of collection.slots.values())
        out.push({ kind: RECORD.put, label: collection.label, body: slot.bytes });
    }
    return out;
  }

  /** Warns once past the limit, and again at each doubling. */
  private watchCount(): void {
    if (this.documents <= this.warnedAt) return;
    this.options.onWarning({ kind: 'many_documents', documents: this.documents });
    this.warnedAt = Math.max(this.warnedAt * 2, this.documents);
  }

  close(): Promise<void> {
    return this.log.close();
  }
}

function collectionRecord(collection: Collection): LogRecord {
  const indexes = collection.indexes.map((index) => index.spec);
  return { kind: RECORD.collection, label: collection.label, body: encode({ indexes }) };
}

function replayRecord(
  collections: Map<string, Collection>,
  indexes: Map<Collection, IndexSpec[]>,
  kind: RecordKind,
  label: string,
  body: Buffer,
): void {
  let collection = collections.get(label);
  if (kind === RECORD.drop) {
    collections.delete(label);
    return;
  }
  if (collection === undefined) {
    const dot = label.indexOf('.');
    collection = new Collection(label.slice(0, dot), label.slice(dot + 1));
    collections.set(label, collection);
  }
  // Indexes are built once at the end: on the way a unique one could meet a key that moved between two documents.
  if (kind === RECORD.collection) indexes.set(collection, decode(body).indexes as IndexSpec[]);
  else if (kind === RECORD.put) collection.restore(body);
  else collection.forget(decode(body)._id);
}
