/** One request and its answer, as the page's log and a test's assertion see it. Tokens and secrets are left out. */
export interface LogEntry {
  readonly seq: number;
  /** Epoch milliseconds of the program's clock. */
  readonly at: number;
  /** `api` and `oauth` were called by the bot; `webhook` was called by the fake. */
  readonly side: 'api' | 'oauth' | 'webhook';
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
  /** HTTP status; null when no answer was given or heard. */
  readonly status: number | null;
  readonly answer: unknown;
  /** Real milliseconds from request to answer. */
  readonly tookMs?: number;
  readonly user?: string;
  /** The repeat, the fault or the reason, in one word. */
  readonly note?: string;
}

export type Change =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'log'; readonly entry: LogEntry };

/** The last entries of the log, and those who want to hear of every change at once. */
export class Feed {
  private readonly listeners = new Set<(change: Change) => void>();
  private entries: LogEntry[] = [];
  private seq = 0;

  constructor(private readonly kept = 500) {}

  log(entry: Omit<LogEntry, 'seq'>): void {
    this.seq += 1;
    const whole = { ...entry, seq: this.seq };
    this.entries.push(whole);
    if (this.entries.length > this.kept * 2) this.entries = this.entries.slice(-this.kept);
    this.tell({ kind: 'log', entry: whole });
  }

  /** Oldest first; only entries after `since`, a `seq`. */
  recent(since = 0): readonly LogEntry[] {
    return this.entries.slice(-this.kept).filter((entry) => entry.seq > since);
  }

  tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
