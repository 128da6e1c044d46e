import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realFiles, type LogFiles } from './log-files';
import { Engine, type EngineWarning } from './engine';
import { MongoServer } from './server';

/** The whole store in the thread it is started in: engine, log and server, opened and closed in the right order. */
export interface StoreOptions {
  readonly folder: string;
  /** A port of the loopback address to listen on, 0 for any free one; null for a socket, where one can be had. */
  readonly port: number | null;
  readonly token: string;
  readonly onWarning: (warning: EngineWarning) => void;
  /** A fault of the store itself; the request at hand was answered with code 1. */
  readonly onFault: (error: unknown) => void;
  readonly files?: LogFiles;
  readonly compactBytes?: number;
  readonly retryMs?: number;
}

export interface Store {
  /** The name of its socket, or its port. */
  readonly at: string | number;
  /** Nothing was ever stored in the folder. */
  readonly empty: boolean;
  stop(): Promise<void>;
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = new Engine({
    folder: options.folder,
    files: options.files ?? realFiles,
    onWarning: options.onWarning,
    onLost: options.onFault,
    ...(options.compactBytes === undefined ? {} : { compactBytes: options.compactBytes }),
    ...(options.retryMs === undefined ? {} : { retryMs: options.retryMs }),
  });
  const empty = engine.open();
  const server = new MongoServer(engine, options.token, options.onFault);
  try {
    const { at, cleanUp } =
      options.port === null
        ? await listenPrivately(server, options.folder)
        : { at: await server.listen(options.port), cleanUp: () => undefined };
    return {
      at,
      empty,
      stop: async () => {
        await server.close();
        cleanUp();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

interface Listening {
  readonly at: string | number;
  readonly cleanUp: () => void;
}

/**
 * Listens where no other user of the machine can: on a socket in the store's folder, or in a temporary one (the name of
 * the first may be too long, its disk may take no sockets), both for their owner only. Where there are no sockets, such as
 * on Windows, on the loopback address, whose clients have to know the secret.
 */
async function listenPrivately(server: MongoServer, folder: string): Promise<Listening> {
  if (process.platform !== 'win32') {
    if (isForOwnerOnly(folder)) {
      const name = join(folder, 'store.sock');
      // That of a process that was killed; the folder is ours alone.
      rmSync(name, { force: true });
      if (await server.listenOnSocket(name)) return { at: name, cleanUp: () => undefined };
    }
    const own = temporaryFolder();
    if (own !== null) {
      const cleanUp = (): void => rmSync(own, { recursive: true, force: true });
      const name = join(own, 'store.sock');
      if (await server.listenOnSocket(name)) return { at: name, cleanUp };
      cleanUp();
    }
  }
  return { at: await server.listen(0), cleanUp: () => undefined };
}

/** Closes the folder to others; false where the disk knows no such rights. */
function isForOwnerOnly(folder: string): boolean {
  try {
    chmodSync(folder, 0o700);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP') throw error;
  }
  return (statSync(folder).mode & 0o077) === 0;
}

/** One that its owner alone may enter; null where none can be made. */
function temporaryFolder(): string | null {
  try {
    return mkdtempSync(join(tmpdir(), 'store-'));
  } catch {
    // No such place, or not to be written: the loopback address serves as well.
    return null;
  }
}
