import { Signal } from '../kernel/signal';

/**
 * Lets turns of many people go side by side, and one turn, when it must, quite alone: a message that may have cost a
 * process its life is tried with nothing else in hand, so that if it does so again, no innocent one is suspected.
 */
export class TurnGate {
  private inside = 0;
  /** Lone turns that wait or are under way; while there are any, no other begins. */
  private lone = 0;
  private last: Promise<void> = Promise.resolve();
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
    const mine = this.last.then(() => this.emptied()).then(work);
    this.last = mine.catch(() => undefined);
    try {
      await mine;
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
