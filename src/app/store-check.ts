import type { Connection } from 'mongoose';
import type { PartState } from '../http/health.routes';
import { stopwatch } from '../kernel/clock';
import { inTime } from '../kernel/retry';

/** Whoever asks more often gets the last answer, so that asking costs the disk nothing. */
const AT_MOST_EVERY_MS = 1_000;
const PATIENCE_MS = 900;
/** MongoDB's codes for a full disk. */
const DISK_FULL = new Set([14_031, 13_297]);

/**
 * How the store is, found out by a small write that has to reach the disk: a store that answers but can keep nothing is of
 * no use. Asked again within a second, it answers what it found.
 */
export function createStoreCheck(connection: Connection): () => Promise<PartState> {
  let last: Promise<PartState> | null = null;
  let age = stopwatch();
  return () => {
    if (last !== null && age() < AT_MOST_EVERY_MS) return last;
    age = stopwatch();
    last = inTime(tryToWrite(connection), PATIENCE_MS, () => new Error('no answer')).catch(
      (error: unknown): PartState => ({ ok: false, detail: detailOf(error) }),
    );
    return last;
  };
}

async function tryToWrite(connection: Connection): Promise<PartState> {
  await connection
    .collection<{ _id: string; n: number }>('start_checks')
    .updateOne(
      { _id: 'health' },
      { $inc: { n: 1 } },
      { upsert: true, writeConcern: { w: 'majority', j: true } },
    );
  return { ok: true };
}

function detailOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'number') return DISK_FULL.has(code) ? 'the disk is full' : 'writes are refused';
  return 'no answer';
}
