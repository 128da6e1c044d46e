import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string | undefined>();

/**
 * Runs `work` under the id of the event (or job) that caused it; every log line written inside, however many awaits
 * later, carries it as `eventId`. Nested calls see the innermost id. Work for many events that one of them merely set
 * going (a queue, a timer) is begun with `undefined`, so that nothing is told of the wrong event.
 */
export function withEventId<T>(eventId: string | undefined, work: () => T): T {
  return storage.run(eventId, work);
}

/** The id of what is being handled, or undefined outside of any. */
export function currentEventId(): string | undefined {
  return storage.getStore();
}
