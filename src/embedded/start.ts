import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError, messageOf } from '../kernel/errors';
import type { EngineWarning } from './mongo/engine';
import type { LogFiles } from './mongo/log-files';
import { codeOf, faultText } from './mongo/unreadable-log';
import { openStore } from './mongo/store';
import type { ToParent, WorkerStart } from './mongo/worker-messages';

/**
 * Starts the embedded document store: a MongoDB server with its data in a folder, on a socket that only the user who
 * runs the program can reach. It promises that an acknowledged write survives the end of the process. It does not guard
 * the folder: see `data-dir.ts`.
 */
export interface EmbeddedMongoOptions {
  /** The folder of the store's files; made when it is not there. */
  readonly dir: string;
  /** Listens on this port of the loopback address instead of a socket, for those who know the secret; 0 takes any. */
  readonly port?: number;
  /** In a worker thread of its own (needs the compiled files), or in this thread, the default. */
  readonly thread?: boolean;
  /** The secret of whoever may use this store, random by default. */
  readonly token?: string;
  readonly onWarning?: (warning: EngineWarning) => void;
  /** The store has failed or its thread has ended; it answers no more, or not reliably. */
  readonly onError?: (error: AppError) => void;
  /** Size of the log that calls for a snapshot. */
  readonly compactBytes?: number;
  /** How long after a refused write the disk is tried again. */
  readonly retryMs?: number;
  /** Stands for the file system in tests of a failing disk; only without a thread. */
  readonly files?: LogFiles;
}

export interface EmbeddedMongo {
  /** With the secret in it, where one is asked for. */
  readonly uri: string;
  /** The name of its socket, or its port. */
  readonly at: string | number;
  /** Nothing was ever stored in the folder. */
  readonly empty: boolean;
  /** Finishes what is under way and closes; a second call waits for the first. */
  stop(): Promise<void>;
}

/** What runs the store, here or in its thread. */
interface Running {
  readonly at: string | number;
  readonly empty: boolean;
  stop(): Promise<void>;
}

interface Listeners {
  warn(warning: EngineWarning): void;
  fail(message: string, code?: string | null): void;
}

export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const listeners: Listeners = {
    warn: (warning) => options.onWarning?.(warning),
    fail: (reason, code = null) => options.onError?.(failureOf(reason, code)),
  };
  const start: WorkerStart = {
    folder: options.dir,
    port: options.port ?? null,
    token: options.token ?? randomBytes(16).toString('hex'),
    ...(options.compactBytes === undefined ? {} : { compactBytes: options.compactBytes }),
    ...(options.retryMs === undefined ? {} : { retryMs: options.retryMs }),
  };
  const running =
    options.thread === true
      ? await startThread(start, listeners)
      : await startHere(start, options, listeners);
  let stopping: Promise<void> | null = null;
  return {
    uri: uriOf(running.at, start.token),
    at: running.at,
    empty: running.empty,
    stop: () => (stopping ??= running.stop()),
  };
}

/** The address of the store that listens there. */
export function uriOf(at: string | number, token: string): string {
  return typeof at === 'string'
    ? `mongodb://${encodeURIComponent(at)}/?directConnection=true`
    : `mongodb://store:${encodeURIComponent(token)}@127.0.0.1:${at}/?directConnection=true&authMechanism=PLAIN`;
}

async function startHere(
  start: WorkerStart,
  options: EmbeddedMongoOptions,
  listeners: Listeners,
): Promise<Running> {
  return openStore({
    ...start,
    onWarning: (warning) => listeners.warn(warning),
    onFault: (error) => listeners.fail(faultText(error), codeOf(error)),
    ...(options.files ? { files: options.files } : {}),
  }).catch((error: unknown) => {
    throw failureOf(messageOf(error), codeOf(error));
  });
}

const LOG_PROBLEMS = new Set<string>(['log_damaged', 'log_incomplete', 'log_newer', 'folder_gone']);

function failureOf(reason: string, code: string | null): AppError {
  if (code !== null && LOG_PROBLEMS.has(code))
    return new AppError('store_unsafe', { problem: code, found: reason });
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('store_full', { reason });
  if (code === 'EADDRINUSE') return new AppError('port_taken', { reason });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new AppError('data_dir_unwritable', { reason });
  return new AppError('store_unavailable', { reason });
}

/** The entry of the store's thread; beside the program that was made into one file it is one file too. */
function workerFile(): string {
  const beside = join(__dirname, 'mongo', 'worker.js');
  return existsSync(beside) ? beside : join(__dirname, 'store-thread.js');
}

function startThread(start: WorkerStart, listeners: Listeners): Promise<Running> {
  const worker = new Worker(workerFile(), { workerData: start });
  let state: 'starting' | 'running' | 'stopped' = 'starting';
  const end = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return new Promise<Running>((resolve, reject) => {
    const lost = (reason: string): void => {
      if (state === 'starting') reject(failureOf(reason, null));
      else if (state === 'running') listeners.fail(`the thread of the embedded store has ended: ${reason}`);
      state = 'stopped';
    };
    const stop = async (): Promise<void> => {
      if (state === 'running') {
        state = 'stopped';
        worker.postMessage('stop');
      }
      await end;
    };
    worker.on('message', (message: ToParent) => {
      switch (message.kind) {
        case 'ready':
          state = 'running';
          resolve({ at: message.at, empty: message.empty, stop });
          break;
        case 'failed':
          state = 'stopped';
          reject(failureOf(message.message, message.code));
          void worker.terminate();
          break;
        case 'warning':
          listeners.warn(message.warning);
          break;
        case 'fault':
          listeners.fail(message.message, message.code);
          break;
        case 'stopped':
          void worker.terminate();
          break;
      }
    });
    worker.on('error', (error) => lost(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => lost(`exit code ${code}`));
  });
}
