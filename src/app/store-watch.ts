import type { Connection } from 'mongoose';
import { stopwatch } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { sleep } from '../kernel/retry';
import type { Logger } from '../observability/logger';

/**
 * Sees to it that a MongoDB that is back is found again. The driver looks by itself, but such a look has been seen to
 * hang for good when the server died in the middle of it, on a busy machine; then nothing is ever stored again. A store
 * that has not answered for some seconds is therefore connected to anew, as often as needed; calls that are under way at
 * that moment fail. While members of a replica set answer they are left to elect a primary, which takes up to half a
 * minute, and the driver finds it: only when they have long named one that we do not reach is it our connection that
 * is at fault.
 */
export interface WatchTimes {
  readonly lookMs: number;
  readonly answerMs: number;
  /** So long nobody has answered. */
  readonly anewAfterMs: number;
  /** So long the members have named a primary that does not answer us. They name a dead one for some ten seconds. */
  readonly unreachedMs: number;
}

const TIMES: WatchTimes = { lookMs: 1_000, answerMs: 1_500, anewAfterMs: 4_000, unreachedMs: 30_000 };

/** `primary`: all is well. `named`, `electing`: members answer, and know of a primary or of none. `nobody`: none answers. */
type Look = 'primary' | 'named' | 'electing' | 'nobody';

/** Looks until the function it answers is called. */
export function watchStore(connection: Connection, log: Logger, times: WatchTimes = TIMES): () => void {
  let watching = true;
  let last: Look = 'primary';
  let since = stopwatch();

  async function look(): Promise<Look> {
    const [pong, told] = await Promise.all([
      answer(connection, { ping: 1 }, 'primary', times.answerMs),
      answer(connection, { hello: 1 }, 'nearest', times.answerMs),
    ]);
    if (pong !== null) return 'primary';
    if (told === null || typeof told['setName'] !== 'string') return 'nobody';
    return typeof told['primary'] === 'string' ? 'named' : 'electing';
  }

  async function anew(): Promise<void> {
    log.warn({ found: last }, 'the store does not answer; connecting anew');
    const client = connection.getClient();
    try {
      await Promise.race([client.close(), sleep(times.answerMs)]);
      await client.connect();
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'the store is still away');
    }
  }

  function isLost(): boolean {
    if (last === 'nobody') return since() >= times.anewAfterMs;
    return last === 'named' && since() >= times.unreachedMs;
  }

  async function run(): Promise<void> {
    while (watching) {
      await sleep(times.lookMs);
      if (!watching) return;
      const begun = stopwatch();
      const found = await look();
      if (found !== last) since = begun;
      last = found;
      if (!watching || !isLost()) continue;
      await anew();
      since = stopwatch();
    }
  }

  void run();
  return () => {
    watching = false;
  };
}

/** What the store says to a command, or null when nobody of that kind answers in time. */
async function answer(
  connection: Connection,
  command: object,
  readPreference: 'primary' | 'nearest',
  withinMs: number,
): Promise<Record<string, unknown> | null> {
  const asked = Promise.resolve(connection.db?.admin().command(command, { readPreference })).then(
    (told) => (told?.['ok'] === 1 ? told : null),
    () => null,
  );
  return Promise.race([asked, sleep(withinMs).then(() => null)]);
}
