import { show } from './bson-text';
import { get, isDoc, put, type Doc } from './bson-values';
import { CommandError, badValue } from './errors';
import { placeOf } from './paths';

/** Beyond this a place in an array is a mistake, not a place. */
const MOST_PLACES = 1_500_000;

/**
 * A document being changed. Only the containers on the paths written are copied; the stored document, which readers
 * and snapshots share, is never touched. `changed` tells whether anything came out different.
 */
export class Draft {
  readonly root: Doc;
  changed = false;
  private readonly own = new Set<object>();

  constructor(doc: Doc) {
    this.root = { ...doc };
    this.own.add(this.root);
  }

  /** Sets a value, making embedded documents on the way; refuses to go through a scalar (code 28). */
  set(parts: readonly string[], value: unknown): void {
    let target: Doc | unknown[] = this.root;
    for (let i = 0; i < parts.length - 1; i++) target = this.enter(target, parts, i);
    this.write(target, parts, parts.length - 1, value);
    this.changed = true;
  }

  /** Removes a field; a place in an array becomes null. Nothing happens where there is nothing. */
  unset(parts: readonly string[]): void {
    let probe: unknown = this.root;
    for (const part of parts) {
      probe = Array.isArray(probe) ? probe[placeOf(part)] : isDoc(probe) ? get(probe, part) : undefined;
      if (probe === undefined) return;
    }
    let target: Doc | unknown[] = this.root;
    for (let i = 0; i < parts.length - 1; i++) target = this.enter(target, parts, i);
    const last = parts[parts.length - 1] as string;
    if (Array.isArray(target)) target[placeOf(last)] = null;
    else delete target[last];
    this.changed = true;
  }

  private enter(target: Doc | unknown[], parts: readonly string[], at: number): Doc | unknown[] {
    const part = parts[at] as string;
    const current = Array.isArray(target) ? target[this.place(target, parts, at)] : get(target, part);
    if (current !== undefined && !Array.isArray(current) && !isDoc(current))
      throw notViable(parts[at + 1] as string, part, current);
    if (current !== undefined && this.own.has(current)) return current;
    const copy: Doc | unknown[] = Array.isArray(current)
      ? [...(current as unknown[])]
      : { ...(current ?? {}) };
    this.own.add(copy);
    this.write(target, parts, at, copy);
    return copy;
  }

  private write(target: Doc | unknown[], parts: readonly string[], at: number, value: unknown): void {
    if (!Array.isArray(target)) {
      put(target, parts[at] as string, value);
      return;
    }
    const place = this.place(target, parts, at);
    while (target.length < place) target.push(null);
    target[place] = value;
  }

  private place(target: unknown[], parts: readonly string[], at: number): number {
    const place = placeOf(parts[at] as string);
    if (place < 0) throw notViable(parts[at] as string, parts[at - 1] ?? '', target);
    if (place > target.length + MOST_PLACES) throw badValue('the place in the array is too far out');
    return place;
  }
}

function notViable(field: string, parent: string, value: unknown): CommandError {
  return new CommandError(
    28,
    'PathNotViable',
    `Cannot create field '${field}' in element {${parent}: ${show(value)}}`,
  );
}
