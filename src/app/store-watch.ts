import type { Connection } from 'mongoose';
import { stopwatch } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { sleep } from '../kernel/retry';
import type { Logger } from '../observability/logger';

/**
 * Sees to it that a MongoDB that is back is found again. The driver looks by itself, but such a look has been seen to
 * hang for good when the server died in the middle of it, on a busy machine; then nothing is ever stored again. A store
 * that has not answered for some seconds is therefore connected to anew, as often as needed. Calls that are under way at
 * that moment fail, as they would have anyhow.
 */
const LOOK_MS = 1_000;
const ANSWER_MS = 1_500;
const ANEW_AFTER_MS = 4_000;

/** Looks until the function it answers is called. */
export function watchStore(connection: Connection, log: Logger): () => void {
  let watching = true;
  let silent: (() => number) | null = null;

  async function answers(): Promise<boolean> {
    const ping = Promise.resolve(connection.db?.admin().ping()).then(
      (answer) => answer?.['ok'] === 1,
      () => false,
    );
    return Promise.race([ping, sleep(ANSWER_MS).then(() => false)]);
  }

  async function anew(): Promise<void> {
    const client = connection.getClient();
    try {
      await Promise.race([client.close(), sleep(ANSWER_MS)]);
      await client.connect();
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'the store is still away');
    }
  }

  async function run(): Promise<void> {
    while (watching) {
      await sleep(LOOK_MS);
      if (!watching) return;
      if (await answers()) {
        silent = null;
        continue;
      }
      silent ??= stopwatch();
      if (!watching || silent() < ANEW_AFTER_MS) continue;
      await anew();
      silent = stopwatch();
    }
  }

  void run();
  return () => {
    watching = false;
  };
}
