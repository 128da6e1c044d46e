import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../kernel/errors';
import { openStore, type Store } from './store';
import { faultText } from './unreadable-log';
import type { ToParent, ToWorker, WorkerStart } from './worker-messages';

/**
 * The entry of the store's own thread. It opens the store, says `ready` with where it listens, and does what it is
 * told; a fault that nobody catches ends the thread, which its parent hears of.
 */
function main(): void {
  const parent = parentPort;
  if (parent === null) throw new Error('this file is the entry of a worker thread');
  const say = (message: ToParent): void => parent.postMessage(message);
  const start = workerData as WorkerStart;
  const opening = openStore({
    ...start,
    onWarning: (warning) => say({ kind: 'warning', warning }),
    onFault: (error) => say({ kind: 'fault', message: faultText(error), code: codeOf(error) }),
  });
  opening.then(
    (store) => {
      parent.on('message', (message: ToWorker) => obey(store, message, say));
      say({ kind: 'ready', at: store.at, empty: store.empty });
    },
    (error: unknown) =>
      say({
        kind: 'failed',
        message: messageOf(error),
        code: codeOf(error),
      }),
  );
}

function codeOf(error: unknown): string | null {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? null;
}

function obey(store: Store, message: ToWorker, say: (message: ToParent) => void): void {
  if (message.kind === 'sweep') {
    say({ kind: 'swept', request: message.request, removed: store.sweep(message.now) });
    return;
  }
  store.stop().then(
    () => say({ kind: 'stopped' }),
    (error: unknown) => {
      throw error;
    },
  );
}

main();
