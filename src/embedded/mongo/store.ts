import { join } from 'node:path';
import { realFiles, type LogFiles } from './log-files';
import { Engine, type EngineWarning } from './engine';
import { MongoServer } from './server';

/** The whole store in the thread it is started in: engine, log and server, opened and closed in the right order. */
export interface StoreOptions {
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly token: string;
  readonly onWarning: (warning: EngineWarning) => void;
  /** A fault of the store itself; the request at hand was answered with code 1. */
  readonly onFault: (error: unknown) => void;
  readonly files?: LogFiles;
  readonly compactBytes?: number;
  readonly retryMs?: number;
}

export interface Store {
  readonly port: number;
  /** The name of its socket, where there is one. */
  readonly socket: string | null;
  /** Removes what has expired at `now` (milliseconds); answers how many documents. */
  sweep(now: number): number;
  stop(): Promise<void>;
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = new Engine({
    folder: options.folder,
    files: options.files ?? realFiles,
    onWarning: options.onWarning,
    ...(options.compactBytes === undefined ? {} : { compactBytes: options.compactBytes }),
    ...(options.retryMs === undefined ? {} : { retryMs: options.retryMs }),
  });
  engine.open();
  const server = new MongoServer(engine, options.token, options.onFault);
  try {
    const port = await server.listen(options.port);
    const socket = await server.listenBeside(join(options.folder, 'store.sock'));
    return {
      port,
      socket,
      sweep: (now) => engine.sweep(now),
      stop: async () => {
        await server.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
