import { Worker } from 'node:worker_threads';
import { AppError, messageOf } from '../../kernel/errors';
import { pgliteThread } from './pglite-thread';
import type { ThreadData, ThreadMessage, ThreadRequest, ThreadRows } from './pglite-thread';

/** A PGlite database in a thread of its own, one session, statements run one after the other in the order given. */
export interface PgliteDatabase {
  run(text: string, values?: readonly unknown[]): Promise<ThreadRows>;
  /** At most one listener; it gets every NOTIFY of a channel that was LISTENed to. */
  onNotification(listener: (channel: string, payload: string) => void): void;
  /** Resolves when the thread has ended by itself, with the reason. Never rejects, and stays open after `close()`. */
  readonly died: Promise<Error>;
  /** Closes the files and ends the thread. Statements not yet run are rejected. Twice is once. */
  close(): Promise<void>;
}

const OPEN_LIMIT_MS = 90_000;
const CLOSE_LIMIT_MS = 5_000;

function startThread(dir: string | null, once: boolean): Worker {
  const workerData: ThreadData = { library: require.resolve('@electric-sql/pglite'), dir, once };
  // The library prints to the console while it starts; the log is ours alone.
  const worker = new Worker(`(${String(pgliteThread)})(require)`, {
    eval: true,
    workerData,
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

/** Makes the files of a new database in `dir` and ends: the memory this takes is given back with its thread. */
export async function createDatabaseFolder(dir: string): Promise<void> {
  await withinLimit(startThread(dir, true), (worker, done, fail) => {
    worker.on('error', fail);
    worker.on('exit', (code) => (code === 0 ? done() : fail(new Error(`ended with ${code}`))));
  });
}

/** Opens what `createDatabaseFolder` made, or a database in memory. Rejects with `store_unavailable` when it cannot be opened. */
export async function openDatabase(dir: string | null): Promise<PgliteDatabase> {
  const worker = startThread(dir, false);
  const waiting = new Map<number, { resolve: (rows: ThreadRows) => void; reject: (error: Error) => void }>();
  let notify: (channel: string, payload: string) => void = () => undefined;
  let sequence = 0;
  let closing: Promise<void> | null = null;
  let gone: Error | null = null;
  let announceDeath: (error: Error) => void = () => undefined;
  const died = new Promise<Error>((resolve) => (announceDeath = resolve));

  function end(error: Error): void {
    gone ??= error;
    for (const call of waiting.values()) call.reject(gone);
    waiting.clear();
    if (!closing) announceDeath(gone);
  }
  worker.on('error', (error) => end(unavailable(error)));
  worker.on('exit', () => end(unavailable(new Error('the database thread has ended'))));
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'notification') notify(message.channel, message.payload);
    if (message.kind !== 'result' && message.kind !== 'failed') return;
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'result') call?.resolve(message.result);
    else call?.reject(Object.assign(new Error(message.error.message), message.error));
  });

  function send(request: Omit<ThreadRequest, 'id'>): Promise<ThreadRows> {
    if (gone) return Promise.reject(gone);
    return new Promise((resolve, reject) => {
      sequence += 1;
      waiting.set(sequence, { resolve, reject });
      worker.postMessage({ id: sequence, ...request } satisfies ThreadRequest);
    });
  }

  await withinLimit(worker, (thread, done, fail) => {
    thread.on('error', fail);
    thread.on('exit', () => fail(new Error('the database thread has ended')));
    thread.on('message', (message: ThreadMessage) => (message.kind === 'ready' ? done() : undefined));
  });

  async function close(): Promise<void> {
    const timer = setTimeout(() => void worker.terminate(), CLOSE_LIMIT_MS);
    // A thread that is already gone has nothing left to close.
    if (!gone) await send({ text: '', close: true }).catch(() => undefined);
    clearTimeout(timer);
    await worker.terminate();
  }
  return {
    run: (text, values) => send({ text, ...(values ? { values } : {}) }),
    onNotification: (listener) => (notify = listener),
    died,
    close: () => (closing ??= close()),
  };
}

function unavailable(cause: unknown): AppError {
  return new AppError('store_unavailable', { store: 'queue', detail: messageOf(cause) }, { cause });
}

/** Waits for a thread to do its part, ends it and rejects when it fails or takes longer than the limit. */
async function withinLimit(
  worker: Worker,
  watch: (worker: Worker, done: () => void, fail: (error: unknown) => void) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('not open in time')), OPEN_LIMIT_MS);
      watch(worker, resolve, (error) => reject(error instanceof Error ? error : new Error(String(error))));
    });
  } catch (error) {
    await worker.terminate();
    throw unavailable(error);
  } finally {
    clearTimeout(timer);
  }
}
