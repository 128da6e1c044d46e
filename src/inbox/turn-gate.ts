/**
 * Lets turns of many people go side by side, and one turn, when it must, quite alone: a message that may have cost a
 * process its life is tried with nothing else in hand, so that if it does so again, no innocent one is suspected.
 */
export class TurnGate {
  private inside = 0;
  private closed = false;
  private waiting: (() => void)[] = [];

  /** `patienceMs`: how long a lone turn waits for those in hand; one that hangs must not keep it out for ever. */
  constructor(private readonly patienceMs = 2_000) {}

  async beside(work: () => Promise<void>): Promise<void> {
    while (this.closed) await this.change();
    await this.enter(work);
  }

  async alone(work: () => Promise<void>): Promise<void> {
    while (this.closed) await this.change();
    this.closed = true;
    let patient = true;
    const timer = setTimeout(() => {
      patient = false;
      this.tell();
    }, this.patienceMs);
    try {
      while (this.inside > 0 && patient) await this.change();
      clearTimeout(timer);
      await this.enter(work);
    } finally {
      clearTimeout(timer);
      this.closed = false;
      this.tell();
    }
  }

  private async enter(work: () => Promise<void>): Promise<void> {
    this.inside += 1;
    try {
      await work();
    } finally {
      this.inside -= 1;
      if (this.closed) this.tell();
    }
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private tell(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
