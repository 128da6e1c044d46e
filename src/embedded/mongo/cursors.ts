import { randomInt } from 'node:crypto';
import { stopwatch } from '../../kernel/clock';
import { CommandError } from './errors';
import { ReplyWriter } from './reply';

/**
 * Results that did not fit one batch. A cursor holds the documents as they were when it was opened; nothing that is
 * written later shows through it. One that nobody asks for ten minutes is forgotten.
 */
const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60_000;

interface Cursor {
  readonly namespace: string;
  readonly documents: readonly Uint8Array[];
  next: number;
  idle: () => number;
}

export class Cursors {
  private readonly open = new Map<number, Cursor>();

  /** The reply with the first batch. `batchSize` undefined means the usual 101; `single` closes the cursor at once. */
  begin(namespace: string, documents: readonly Uint8Array[], batchSize?: number, single = false): Buffer {
    const { batch, bytes } = take(documents, 0, batchSize ?? FIRST_BATCH);
    let id = 0;
    if (batch.length < documents.length && !single) {
      this.forgetIdle();
      id = randomInt(1, 2 ** 47);
      this.open.set(id, { namespace, documents, next: batch.length, idle: stopwatch() });
    }
    return batchReply('firstBatch', batch, bytes, id, namespace);
  }

  /** The reply with the next batch; `batchSize` undefined or 0 means as many as fit a message. */
  more(id: number, namespace: string, batchSize?: number): Buffer {
    const cursor = this.open.get(id);
    if (cursor === undefined || cursor.namespace !== namespace)
      throw new CommandError(43, 'CursorNotFound', `cursor id ${id} not found`);
    cursor.idle = stopwatch();
    const { batch, bytes } = take(cursor.documents, cursor.next, batchSize || Infinity);
    cursor.next += batch.length;
    const done = cursor.next >= cursor.documents.length;
    if (done) this.open.delete(id);
    return batchReply('nextBatch', batch, bytes, done ? 0 : id, namespace);
  }

  /** Whether there was such a cursor. */
  kill(id: number): boolean {
    return this.open.delete(id);
  }

  private forgetIdle(): void {
    for (const [id, cursor] of this.open) if (cursor.idle() > IDLE_MS) this.open.delete(id);
  }
}

function take(
  documents: readonly Uint8Array[],
  from: number,
  size: number,
): { batch: readonly Uint8Array[]; bytes: number } {
  let bytes = 0;
  let end = from;
  while (end < documents.length && end - from < size) {
    const next = documents[end]?.length ?? 0;
    if (end > from && bytes + next > BATCH_BYTES) break;
    bytes += next + 8;
    end++;
  }
  const batch = from === 0 && end === documents.length ? documents : documents.slice(from, end);
  return { batch, bytes };
}

function batchReply(
  name: 'firstBatch' | 'nextBatch',
  batch: readonly Uint8Array[],
  bytes: number,
  id: number,
  namespace: string,
): Buffer {
  return new ReplyWriter(bytes)
    .nested('cursor', (writer) => writer.documents(name, batch).int64('id', id).text('ns', namespace))
    .ok();
}
