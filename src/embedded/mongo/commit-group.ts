import type { LogRecord } from './log-frames';

/** Records that become one frame, and the promise that it is on the disk. */
export interface CommitGroup {
  readonly records: LogRecord[];
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export function newGroup(): CommitGroup {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits gets the failure; a group nobody waits for must not end the process.
  done.catch(() => undefined);
  return { records: [], done, resolve, reject };
}
