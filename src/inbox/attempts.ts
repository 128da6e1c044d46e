import { AppError, messageOf } from '../kernel/errors';
import { isDuplicate } from '../kernel/store-faults';
import { backoffMs, OneByOne, Signal, sleep } from '../kernel/retry';
import { withEventId } from '../observability/logger';
import type { InboxRepo, InboxRow } from './inbox.repo';

/**
 * The tries of one row: done, it is closed; a row that keeps failing is set aside with its reason, so that it never
 * blocks others. So is a row that takes the process with it: a suspect — one that may have been in hand at a death — is
 * counted, durably, before it is tried again, once for each life of a process, and mostly alone.
 */
export interface AttemptsOptions {
  readonly repo: Pick<InboxRepo, 'done' | 'interrupted' | 'failed' | 'setAside'>;
  readonly maxTries?: number;
  readonly log: {
    debug(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
  readonly counted?: (what: 'processed' | 'failed' | 'set_aside') => void;
  /** Pause between tries, for tests. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** What is known of the row besides itself. */
export interface Circumstances {
  /** It may have been in hand when a process died. */
  readonly suspect: boolean;
  /** So many suspects were found that they are not tried one by one at once, but only those that are found again. */
  readonly crowded: boolean;
}

/** Taken up this often after a death, the last time alone: then it is the message. With the first try, before anything was suspected, that makes three. */
const INTERRUPTED_MAX = 2;

export class Attempts {
  private readonly gate = new TurnGate();
  /** Suspects that this process has counted. */
  private readonly counted = new Set<string>();

  constructor(private readonly options: AttemptsOptions) {}

  /** Whether the row was in hand at an earlier death, and this process has not taken it up yet. */
  isSuspected(row: InboxRow): boolean {
    return row.interrupted > 0 && !this.counted.has(row.id);
  }

  /**
   * Tries one row; `refused` hears why it was set aside. Throws what says nothing about the message (the store is away,
   * another process took the conversation); the row then stays as it is.
   */
  attempt(
    row: InboxRow,
    work: () => Promise<void>,
    circumstances: Circumstances,
    refused: (reason: string) => Promise<void>,
  ): Promise<void> {
    return withEventId(row.id, () => this.tryOften(row, work, circumstances, refused));
  }

  private async tryOften(
    row: InboxRow,
    work: () => Promise<void>,
    circumstances: Circumstances,
    refused: (reason: string) => Promise<void>,
  ): Promise<void> {
    const { repo, log, counted, maxTries = 3, pause = sleep } = this.options;
    const setAside = async (reason: string): Promise<void> => {
      await repo.setAside(row.id, reason);
      this.counted.delete(row.id);
      counted?.('set_aside');
      log.error({ reason }, 'event set aside');
      await refused(reason);
    };
    if (circumstances.suspect && row.interrupted >= INTERRUPTED_MAX && this.isSuspected(row))
      return setAside('the process died each time this was in hand');
    for (let tries = row.attempts + 1; ; tries += 1) {
      try {
        await this.carryOut(row, work, circumstances);
        await repo.done(row.id);
        this.counted.delete(row.id);
        counted?.('processed');
        log.debug({ kind: row.event.kind, tries }, 'event handled');
        return;
      } catch (error) {
        if (notThisMessage(error)) throw error;
        const reason = messageOf(error);
        counted?.('failed');
        log.warn({ tries, reason }, 'turn failed');
        if (tries >= maxTries) return setAside(reason);
        await repo.failed(row.id, reason);
        await pause(backoffMs(tries, 150, 2_000));
      }
    }
  }

  /** A suspect is counted before it is tried, and with nothing else in hand, so that a death can only be its own doing. */
  private carryOut(
    row: InboxRow,
    work: () => Promise<void>,
    { suspect, crowded }: Circumstances,
  ): Promise<void> {
    const counted = this.counted.has(row.id);
    if (!suspect && !counted) return this.gate.beside(work);
    const lone = counted || row.interrupted > 0 || !crowded;
    return this.gate[lone ? 'alone' : 'beside'](async () => {
      if (!counted) await this.options.repo.interrupted(row.id);
      this.counted.add(row.id);
      await work();
    });
  }
}

/** Troubles that say nothing about the message. */
function notThisMessage(error: unknown): boolean {
  if (error instanceof AppError)
    return ['store_unavailable', 'store_full', 'turn_conflict'].includes(error.code);
  return error instanceof Error && /^Mongo(?!ose)/.test(error.name) && !isDuplicate(error);
}

/**
 * Lets turns of many people go side by side, and one turn, when it must, quite alone: a message that may have cost a
 * process its life is tried with nothing else in hand, so that if it does so again, no innocent one is suspected.
 */
export class TurnGate {
  private inside = 0;
  /** Lone turns that wait or are under way; while there are any, no other begins. */
  private lone = 0;
  private readonly loners = new OneByOne();
  private readonly changed = new Signal();

  /** `patienceMs`: how long a lone turn waits for those in hand; one that hangs must not keep it out for ever. */
  constructor(private readonly patienceMs = 2_000) {}

  async beside(work: () => Promise<void>): Promise<void> {
    while (this.lone > 0) await this.changed.next();
    this.inside += 1;
    try {
      await work();
    } finally {
      this.inside -= 1;
      if (this.lone > 0) this.changed.fire();
    }
  }

  /** One after the other, in the order they came, before anybody else begins. */
  async alone(work: () => Promise<void>): Promise<void> {
    this.lone += 1;
    try {
      await this.loners.run(async () => {
        await this.emptied();
        await work();
      });
    } finally {
      this.lone -= 1;
      if (this.lone === 0) this.changed.fire();
    }
  }

  /** Resolves when no other turn is in hand, or patience is at its end. */
  private async emptied(): Promise<void> {
    let patient = true;
    const timer = setTimeout(() => {
      patient = false;
      this.changed.fire();
    }, this.patienceMs);
    while (this.inside > 0 && patient) await this.changed.next();
    clearTimeout(timer);
  }
}
