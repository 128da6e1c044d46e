import { show } from './bson-text';
import { decode, get, type Doc } from './bson-values';
import { CommandError } from './errors';
import { idKey, keyOf } from './key-string';
import { keepBytes } from './arena';
import { readHead } from './bson-head';
import { partsOf } from './paths';
import { SecondaryIndex, type IndexSpec } from './secondary-index';

/**
 * One collection in memory: its documents by id and its indexes. Every change checks all unique indexes before it
 * touches anything, so a refused change leaves no trace. Documents handed out are shared and must not be written to.
 */
export class Slot {
  private decoded: Doc | undefined;

  constructor(
    readonly key: string,
    public bytes: Uint8Array,
    doc?: Doc,
  ) {
    this.decoded = doc;
  }

  /** The document, decoded when first asked for. */
  get doc(): Doc {
    return (this.decoded ??= decode(this.bytes));
  }

  replace(bytes: Uint8Array, doc: Doc): void {
    this.bytes = bytes;
    this.decoded = doc;
  }
}

const ID_ONLY: ReadonlySet<string> = new Set(['_id']);

export class Collection {
  readonly namespace: string;
  readonly slots = new Map<string, Slot>();
  readonly indexes: SecondaryIndex[] = [];
  /** The namespace as the log writes it. */
  readonly label: Uint8Array;
  private byId: SecondaryIndex | null = null;
  private headNames: ReadonlySet<string> | null = ID_ONLY;

  constructor(
    readonly database: string,
    readonly name: string,
  ) {
    this.namespace = `${database}.${name}`;
    this.label = Buffer.from(this.namespace);
  }

  find(id: unknown): Slot | undefined {
    return this.slots.get(idKey(id));
  }

  /** All that an insert has to know of a document: its id and what the indexes look at, or the whole where that is simpler. */
  headOf(bytes: Uint8Array): Doc {
    return (this.headNames && readHead(bytes, this.headNames)) ?? decode(bytes);
  }

  /** Adds a document, of which `doc` needs to be the head only; refuses a taken `_id` or unique key with code 11000. */
  insert(doc: Doc, bytes: Uint8Array): Slot {
    const id = get(doc, '_id');
    const key = idKey(id);
    if (this.slots.has(key)) throw this.duplicate('_id_', { _id: 1 }, doc);
    const { indexes } = this;
    const slot = new Slot(key, keepBytes(bytes));
    if (indexes.length > 0) {
      const keys = indexes.map((index) => this.claimed(index, doc, null));
      for (let i = 0; i < indexes.length; i++) (indexes[i] as SecondaryIndex).add(keys[i] as string[], slot);
    }
    this.slots.set(key, slot);
    this.byId?.add([keyOf(id)], slot);
    return slot;
  }

  /** Puts the successor of a document in its place; the id stays. */
  replace(slot: Slot, doc: Doc, bytes: Uint8Array): void {
    const moves: { index: SecondaryIndex; before: string[]; next: string[] }[] = [];
    for (const index of this.indexes) {
      const before = index.keysOf(slot.doc);
      const next = this.claimed(index, doc, slot);
      if (!sameKeys(before, next)) moves.push({ index, before, next });
    }
    for (const { index, before, next } of moves) {
      index.remove(before, slot);
      index.add(next, slot);
    }
    slot.replace(keepBytes(bytes), doc);
  }

  remove(slot: Slot): void {
    for (const index of this.indexes) index.remove(index.keysOf(slot.doc), slot);
    this.slots.delete(slot.key);
    this.byId?.remove([keyOf(get(slot.doc, '_id'))], slot);
  }

  /** Puts a document back at opening, before there are any indexes. */
  restore(bytes: Uint8Array): void {
    const kept = keepBytes(bytes);
    const doc = decode(kept);
    const key = idKey(get(doc, '_id'));
    const slot = this.slots.get(key);
    if (slot === undefined) this.slots.set(key, new Slot(key, kept, doc));
    else slot.replace(kept, doc);
  }

  /** Takes a document away at opening, before there are any indexes. */
  forget(id: unknown): void {
    this.slots.delete(idKey(id));
  }

  private claimed(index: SecondaryIndex, doc: Doc, self: Slot | null): string[] {
    const keys = index.keysOf(doc);
    if (index.unique && index.rival(keys, self) !== null)
      throw this.duplicate(index.spec.name, { ...index.spec.key }, doc);
    return keys;
  }

  /** Builds an index over what is there; a duplicate refuses it as a whole. */
  addIndex(spec: IndexSpec): SecondaryIndex {
    const index = new SecondaryIndex(spec);
    for (const slot of this.slots.values()) index.add(this.claimed(index, slot.doc, null), slot);
    this.indexes.push(index);
    this.headNames = headNames(this.indexes);
    return index;
  }

  dropIndex(name: string): void {
    const at = this.indexes.findIndex((index) => index.spec.name === name);
    if (at >= 0) this.indexes.splice(at, 1);
    this.headNames = headNames(this.indexes);
  }

  /** The ids in order; built when first needed and kept up to date from then on. */
  idIndex(): SecondaryIndex {
    if (this.byId === null) {
      const index = new SecondaryIndex({ name: '_id_', key: { _id: 1 }, unique: true });
      for (const slot of this.slots.values()) index.add([keyOf(get(slot.doc, '_id'))], slot);
      this.byId = index;
    }
    return this.byId;
  }

  private duplicate(index: string, keyPattern: Doc, doc: Doc): CommandError {
    const keyValue: Doc = {};
    for (const path of Object.keys(keyPattern)) keyValue[path] = lookup(doc, path);
    const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${show(value)}`);
    return new CommandError(
      11000,
      'DuplicateKey',
      `E11000 duplicate key error collection: ${this.namespace} index: ${index} dup key: { ${shown.join(', ')} }`,
      { keyPattern, keyValue },
    );
  }
}

/** The top-level fields that these indexes look at, and the id; null when a filter is too involved to say. */
function headNames(indexes: readonly SecondaryIndex[]): ReadonlySet<string> | null {
  const names = new Set(ID_ONLY);
  for (const { fields, spec } of indexes) {
    for (const { parts } of fields) names.add(parts[0] as string);
    for (const name of Object.keys(spec.partialFilterExpression ?? {})) {
      if (name.startsWith('$')) return null;
      names.add(partsOf(name)[0] as string);
    }
  }
  return names;
}

/** What the error names as the value at fault; null where the document has none. */
function lookup(doc: Doc, path: string): unknown {
  let current: unknown = doc;
  for (const part of path.split('.')) {
    if (typeof current !== 'object' || current === null) return null;
    current = (current as Doc)[part];
  }
  return current ?? null;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
