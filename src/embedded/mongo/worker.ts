import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../kernel/errors';
import { openStore } from './store';
import { codeOf, faultText } from './unreadable-log';
import type { ToParent, WorkerStart } from './worker-messages';

/**
 * The entry of the store's own thread. It opens the store, says `ready` with where it listens, and stops when it is
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
      parent.once('message', () => void store.stop().then(() => say({ kind: 'stopped' })));
      say({ kind: 'ready', at: store.at, empty: store.empty });
    },
    (error: unknown) => say({ kind: 'failed', message: messageOf(error), code: codeOf(error) }),
  );
}

main();
