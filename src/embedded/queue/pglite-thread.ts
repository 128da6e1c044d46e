import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import type { MessagePort } from 'node:worker_threads';

/** What the thread is started with. `dir` null: in memory. `once`: make the folder, close it, end. */
export interface ThreadData {
  /** Absolute path of the PGlite library. */
  readonly library: string;
  readonly dir: string | null;
  readonly once: boolean;
}

export interface ThreadRequest {
  readonly id: number;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Close the database instead of running `text`. */
  readonly close?: true;
}

export interface ThreadRows {
  readonly rows: unknown[];
  readonly rowCount: number;
}

export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string }
  | { readonly kind: 'result'; readonly id: number; readonly result: ThreadRows }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly error: { readonly message: string; readonly code?: string; readonly detail?: string };
    };

/**
 * The body of the database thread. It is handed over as text (`String(pgliteThread)`), so that the same code runs from
 * the compiled program and under jest, and so it may use nothing from this module but its argument, the thread's own
 * `require`. Queries never block the bot's event loop here, and the memory of `initdb` goes when its thread ends.
 */
/* istanbul ignore next */
export function pgliteThread(load: (name: string) => unknown): void {
  const { parentPort, workerData } = load('node:worker_threads') as {
    parentPort: MessagePort;
    workerData: ThreadData;
  };
  const library = load(workerData.library) as typeof import('@electric-sql/pglite');
  const post = (message: ThreadMessage): void => parentPort.postMessage(message);

  const open = async (): Promise<PGlite> => {
    const options: PGliteOptions = {
      // The defaults take 128 MB for buffers; wake-ups need a few. Lowering initialMemory too fails to link.
      startParams: [
        ...library.PGlite.defaultStartParams,
        ...['-c', 'shared_buffers=8MB', '-c', 'maintenance_work_mem=8MB'],
      ],
      // BullMQ reads bigint as text.
      parsers: { 20: (value: string) => value },
    };
    return library.PGlite.create(workerData.dir === null ? options : { ...options, dataDir: workerData.dir });
  };

  const run = async (db: PGlite, text: string, values: readonly unknown[]): Promise<ThreadRows> => {
    if (values.length > 0) {
      const result = await db.query(
        text,
        values.map((value) => (value === undefined ? null : value)),
      );
      return { rows: result.rows, rowCount: result.affectedRows ?? result.rows.length };
    }
    const last = (await db.exec(text)).at(-1);
    return { rows: last?.rows ?? [], rowCount: last?.affectedRows ?? last?.rows.length ?? 0 };
  };

  const serve = async (): Promise<void> => {
    const db = await open();
    if (workerData.once) {
      await db.close();
      return;
    }
    await db.exec('SET search_path TO bullmq, public');
    db.onNotification((channel, payload) => post({ kind: 'notification', channel, payload }));
    let tail: Promise<void> = Promise.resolve();
    parentPort.on('message', (request: ThreadRequest) => {
      tail = tail.then(async () => {
        try {
          if (request.close) {
            await db.close();
            post({ kind: 'result', id: request.id, result: { rows: [], rowCount: 0 } });
            parentPort.close();
            return;
          }
          const result = await run(db, request.text, request.values ?? []);
          post({ kind: 'result', id: request.id, result });
        } catch (thrown) {
          const { message, code, detail } = thrown as Error & { code?: string; detail?: string };
          const error = { message, ...(code ? { code } : {}), ...(detail ? { detail } : {}) };
          post({ kind: 'failed', id: request.id, error });
        }
      });
    });
    post({ kind: 'ready' });
  };
  // A failure here must end the thread: the parent takes an unhandled rejection as "cannot be opened".
  void serve();
}
